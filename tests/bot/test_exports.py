"""Making files: their names, how many at a time, and what is left when one cannot be made."""

import asyncio
import errno
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from actions.errors import NotAllowed, NotSaved
from actions.exporting import FORMATS, Format, Order
from actions.ports import Ports
from actions.responses import Response
from bot import exports
from bot.exports import AT_ONCE, LONGEST_NAME, Exports, file_name
from tests.fakes import CountingIds, FakeRoster, FixedClock, MemoryStore, a_posting, an_action

ORDER = Order("action", "tenant/ada", "csv", "en-GB")


class HeldStore(MemoryStore):
    """Gives responses when it is let, and counts who waits for them."""

    def __init__(self) -> None:
        """Hold everything back."""
        super().__init__(FixedClock())
        self.open = asyncio.Event()
        self.waiting = self.most = 0
        self.failure: Exception | None = None
        self.arrived = asyncio.Event()

    async def all_responses(self, action_id: str) -> AsyncGenerator[Sequence[Response], None]:
        """Give all, or fail after the first few."""
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        self.arrived.set()
        await self.open.wait()
        self.waiting -= 1
        async for some in super().all_responses(action_id):
            yield some
        if self.failure is not None:
            raise self.failure


@pytest.fixture
async def store() -> HeldStore:
    made = HeldStore()
    action = an_action()
    assert await made.post(action, a_posting(action))
    return made


@pytest.fixture
def making(store: HeldStore, tmp_path: Path) -> Exports:
    return Exports(Ports(store, store.clock, CountingIds(), FakeRoster()), tmp_path)


@pytest.mark.parametrize("form", FORMATS)
async def test_a_file_is_alone_in_its_folder_until_it_is_discarded(
    store: HeldStore, making: Exports, tmp_path: Path, form: Format
) -> None:
    store.open.set()
    made = await making.make(Order("action", "tenant/ada", form, "en-GB"))
    assert made.name == f"Lunch.{form}"
    assert made.path.parent.parent == tmp_path
    assert list(made.path.parent.iterdir()) == [made.path]
    assert made.size == made.path.stat().st_size > 0
    made.discard()
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240


async def test_headings_are_in_the_readers_language(store: HeldStore, making: Exports) -> None:
    store.open.set()
    made = await making.make(Order("action", "tenant/ada", "csv", "xx"))
    assert made.path.read_text("utf-8-sig").startswith("Name,Person,Submitted,Response,")


async def test_few_are_made_at_a_time_and_the_others_wait(
    store: HeldStore, making: Exports
) -> None:
    all_of_them = [asyncio.create_task(making.make(ORDER)) for _ in range(AT_ONCE + 2)]
    while store.waiting < AT_ONCE:
        store.arrived.clear()
        await store.arrived.wait()
    store.open.set()
    assert len(await asyncio.gather(*all_of_them)) == AT_ONCE + 2
    assert store.most == AT_ONCE


@pytest.mark.parametrize("form", FORMATS)
async def test_a_database_that_fails_on_the_way_leaves_nothing(
    store: HeldStore, making: Exports, tmp_path: Path, form: Format
) -> None:
    store.open.set()
    store.failure = NotSaved("not_saved")
    with pytest.raises(NotSaved, match="not_saved"):
        await making.make(Order("action", "tenant/ada", form, "en-GB"))
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240


async def test_a_full_disk_is_told_and_leaves_nothing(
    store: HeldStore, making: Exports, tmp_path: Path
) -> None:
    store.open.set()
    store.failure = OSError(errno.ENOSPC, "full")
    with pytest.raises(NotSaved, match="export_failed"):
        await making.make(ORDER)
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240


async def test_who_does_not_manage_it_gets_nothing(making: Exports, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="creator_only"):
        await making.make(Order("action", "tenant/ben", "csv", "en-GB"))
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Lunch", "Lunch.csv"),
        ('Où? Là/bas: "ici" <*>|\\~', "Où Là bas ici.csv"),
        ("two\nlines\tand\u2028more", "two lines and more.csv"),
        (" . dots . ", "dots.csv"),
        ("../../etc/passwd", "etc passwd.csv"),
        ("???", "Muster.csv"),
        ("", "Muster.csv"),
        ("昼食は？", "昼食は？.csv"),
        ("\u202egnp.exe", "gnp.exe.csv"),
    ],
)
def test_a_files_name_is_the_title_as_far_as_it_can_be(title: str, name: str) -> None:
    assert file_name(title, "csv") == name


def test_a_long_title_makes_no_long_name() -> None:
    assert file_name("x" * 500, "json") == "x" * LONGEST_NAME + ".json"


def test_every_format_has_a_writer() -> None:
    assert set(exports.WRITERS) == set(FORMATS)

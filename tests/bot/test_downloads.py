"""Links to exports: what a browser gets, and when it is to come again."""

import string
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import aiohttp
import pytest
from aiohttp import web

from actions.errors import NotSaved
from actions.exporting import LINK_LASTS, Order
from actions.history import Entry
from actions.people import Person
from actions.ports import Ports
from bot.downloads import DOWNLOADS, Downloads
from bot.exports import Exports
from bot.tickets import Tickets
from cards.sentences import SENTENCES
from tests.bot.servers import serving
from tests.fakes import (
    CountingIds,
    FakeRoster,
    FixedClock,
    MemoryStore,
    a_person,
    a_posting,
    an_action,
)

PUBLIC = "https://muster.example.org"
ORDER = Order("action", "tenant/ada", "json", "de-DE")


class FailingStore(MemoryStore):
    """Writes nothing down while it `is_down`."""

    def __init__(self, clock: FixedClock) -> None:
        """Be well."""
        super().__init__(clock)
        self.is_down = False

    async def record(self, action_id: str, entry: Entry) -> None:
        """Add a line to the history."""
        if self.is_down:
            raise NotSaved("not_saved")
        await super().record(action_id, entry)


@dataclass(frozen=True, slots=True)
class Site:
    """A bot's downloads behind a real server."""

    store: FailingStore
    clock: FixedClock
    downloads: Downloads
    address: str
    folder: Path

    async def get(
        self, link: str, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Open a link: status, headers, and what there is."""
        async with (
            aiohttp.ClientSession() as browser,
            browser.request(method, link.replace(PUBLIC, self.address), headers=headers) as answer,
        ):
            return answer.status, dict(answer.headers), await answer.read()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    clock = FixedClock()
    store = FailingStore(clock)
    action = an_action()
    assert await store.post(action, a_posting(action))
    ports = Ports(store, clock, CountingIds(), FakeRoster())
    downloads = Downloads(ports, Exports(ports, tmp_path), Tickets(b"secret"), PUBLIC)
    routes = [web.get(f"{DOWNLOADS}{{ticket}}", downloads.answer, allow_head=False)]
    async with serving(routes) as address:
        yield Site(store, clock, downloads, address, tmp_path)
    assert list(tmp_path.iterdir()) == [], "a file is left"  # noqa: ASYNC240 - a test's folder


async def test_a_file_is_downloaded_whole(site: Site) -> None:
    status, headers, content = await site.get(site.downloads.link(ORDER))
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Lunch.json"
    assert headers["Content-Length"] == str(len(content))
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert content.endswith(b"]}\n")


async def test_a_link_works_for_its_time_and_no_longer(site: Site) -> None:
    link = site.downloads.link(ORDER)
    site.clock.time += LINK_LASTS
    assert (await site.get(link))[0] == 200
    site.clock.advance(seconds=1)
    status, headers, _ = await site.get(link)
    assert (status, headers["Content-Type"]) == (410, "text/plain; charset=utf-8")


async def test_who_is_no_longer_a_co_creator_gets_nothing(site: Site) -> None:
    link = site.downloads.link(Order("action", "tenant/chloe", "json", "en"))
    assert (await site.get(link))[0] == 404
    assert site.store.posted["action"].history == []


async def test_who_was_a_co_creator_gets_nothing_once_they_are_not(site: Site) -> None:
    entry = Entry(site.clock.now(), Person("tenant/ada", "Ada"), "edited")
    link = site.downloads.link(Order("action", "tenant/chloe", "json", "en"))
    await site.store.change(
        "action", lambda a: replace(a, co_creators=(a_person("Chloe"),)), entry
    )
    assert (await site.get(link))[0] == 200
    await site.store.change("action", lambda a: replace(a, co_creators=()), entry)
    status, _, content = await site.get(link)
    assert (status, content.decode()) == (404, SENTENCES["creator_only"])


async def test_a_link_ends_with_what_it_is_of(site: Site) -> None:
    link = site.downloads.link(ORDER)
    entry = Entry(site.clock.now(), Person("tenant/ada", "Ada"), "deleted")
    await site.store.delete("action", entry)
    status, headers, content = await site.get(link)
    assert (status, headers["Cache-Control"]) == (410, "no-store, private")
    assert b"Lunch" not in content


async def test_with_another_secret_every_link_has_ended(site: Site) -> None:
    ports = Ports(site.store, site.clock, CountingIds(), FakeRoster())
    before = Downloads(ports, Exports(ports, site.folder), Tickets(b"the old one"), PUBLIC)
    assert (await site.get(before.link(ORDER)))[0] == 404


async def test_a_link_is_for_its_person_and_its_form_alone(site: Site) -> None:
    theirs = Order("action", "tenant/chloe", "json", "en")
    mine, _, _ = site.downloads.link(ORDER).rpartition("/")[2].partition(".")
    _, _, signature = site.downloads.link(theirs).rpartition("/")[2].partition(".")
    assert (await site.get(f"{PUBLIC}{DOWNLOADS}{mine}.{signature}"))[0] == 404


async def test_asking_for_the_head_or_for_parts_makes_no_part_of_a_file(site: Site) -> None:
    link = site.downloads.link(ORDER)
    assert (await site.get(link, "HEAD"))[0] == 405
    whole = await site.get(link)
    status, headers, content = await site.get(link, Range="bytes=0-9")
    assert (status, content) == (200, whole[2])
    assert headers["Accept-Ranges"] == "none"
    assert "Content-Range" not in headers


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("He said \"hi\"; rm='x'", "He said hi ; rm='x'.json"),
        ("One\r\nSet-Cookie: a=b", "One Set-Cookie a=b.json"),
        ("\u202egnp.exe", "gnp.exe.json"),
        ("../../etc/passwd", "etc passwd.json"),
        ("مرحبا 🍕", "مرحبا 🍕.json"),
    ],
    ids=["quotes", "line break", "right to left", "path", "letters"],
)
async def test_whatever_the_title_the_files_name_is_safe(
    site: Site, title: str, name: str
) -> None:
    entry = Entry(site.clock.now(), Person("tenant/ada", "Ada"), "edited")
    await site.store.change(
        "action", lambda a: replace(a, content=replace(a.content, title=title)), entry
    )
    status, headers, _ = await site.get(site.downloads.link(ORDER))
    said = headers["Content-Disposition"]
    prefix = "attachment; filename*=UTF-8''"
    assert status == 200
    assert said.isascii()
    assert said.startswith(prefix)
    assert set(said.removeprefix(prefix)) <= set(f"{string.ascii_letters}{string.digits}_.-~%")
    assert unquote(said.removeprefix(prefix)) == name
    assert "Set-Cookie" not in headers


async def test_nothing_is_given_out_that_could_not_be_written_down(site: Site) -> None:
    link = site.downloads.link(ORDER)
    site.store.is_down = True
    assert (await site.get(link))[0] == 503
    site.store.is_down = False
    assert (await site.get(link))[0] == 200


def test_without_an_address_of_its_own_a_bot_gives_no_links(site: Site) -> None:
    ports = Ports(site.store, site.clock, CountingIds(), FakeRoster())
    unknown = Downloads(ports, Exports(ports, site.folder), Tickets(b"secret"), None)
    assert unknown.link(ORDER) == ""

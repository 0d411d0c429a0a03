"""Links of lessons: where a browser is sent, and what is noted of it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

import aiohttp
import pytest
from aiohttp import web

from actions.action import Action, Status
from actions.attempts import attempts_in
from actions.errors import NotSaved
from actions.history import Entry
from actions.lesson import Lesson
from actions.material import Link
from bot.links import LINKS, Links
from bot.signing import Signer
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.exams import READ, a_training, started
from tests.actions.world import World, a_world
from tests.bot.servers import serving

PUBLIC = "https://muster.example.org"
SECRET = b"a secret that only these tests have"


@dataclass(frozen=True, slots=True)
class Site:
    """A training that the voter has begun, and its links behind a real server."""

    world: World
    training: Action
    links: Links
    address: str

    def link(self, link: str = "film", lesson: str = "read") -> str:
        """Give the voter's address of a link."""
        return self.links.address(self.training.id, VOTER.key, lesson, link)

    async def open(
        self, address: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Open an address: status, where it leads, and what there is."""
        here = address.replace(PUBLIC, self.address)
        async with (
            aiohttp.ClientSession() as browser,
            browser.request(method, here, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status, answer.headers.get("Location", ""), await answer.text()

    async def opened(self) -> tuple[str, ...]:
        """Give the links that were noted."""
        stands = attempts_in(await self.world.store.answers(self.training.id, VOTER.key))
        return stands.attempts[0].opened

    async def edit(self, lesson: Lesson) -> None:
        """Let the creator change the lesson."""
        entry = Entry(NOW, CREATOR, "edited")
        content = replace(self.training.content, questions=(lesson,))
        await self.world.store.change(
            self.training.id, lambda action: replace(action, content=content), entry
        )


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    world = await a_world()
    training = await world.posted(a_training())
    await started(world, training, VOTER)
    links = Links(world.ports, SECRET, PUBLIC)
    async with serving([web.get(f"{LINKS}{{token}}", links.answer)]) as address:
        yield Site(world, training, links, address)


async def test_who_opens_a_link_goes_on_to_it_and_that_is_noted(site: Site) -> None:
    assert await site.open(site.link()) == (302, "https://x.example/a", "")
    assert await site.opened() == ("read.film",)


async def test_nothing_on_the_way_is_kept_or_passed_on(site: Site) -> None:
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(site.link().replace(PUBLIC, site.address), allow_redirects=False) as answer,
    ):
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_link_leads_where_the_lesson_says_now(site: Site) -> None:
    before = site.link()
    await site.edit(replace(READ, links=(Link("film", "Film", "https://y.example/é?q=%20+"),)))
    assert (await site.open(before))[:2] == (302, "https://y.example/%C3%A9?q=%20+")


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"X-Moz": "Prefetch"}),
    ],
)
async def test_who_only_looks_beforehand_has_not_opened_it(
    site: Site, method: str, headers: dict[str, str]
) -> None:
    assert (await site.open(site.link(), method, headers))[:2] == (302, "https://x.example/a")
    assert await site.opened() == ()


async def test_learning_goes_on_when_it_cannot_be_noted(site: Site) -> None:
    site.world.store.fails = NotSaved("not_saved")
    assert (await site.open(site.link()))[:2] == (302, "https://x.example/a")
    site.world.store.fails = None
    assert await site.opened() == ()


async def test_who_has_not_begun_goes_on_all_the_same(site: Site) -> None:
    address = site.links.address(site.training.id, CREATOR.key, "read", "film")
    assert (await site.open(address))[0] == 302
    assert await site.world.store.own_responses(site.training.id, CREATOR.key) == []


@pytest.mark.parametrize(("link", "lesson"), [("gone", "read"), ("film", "one"), ("film", "no")])
async def test_a_link_that_is_gone_says_so(site: Site, link: str, lesson: str) -> None:
    status, location, words = await site.open(site.link(link, lesson))
    assert (status, location) == (410, "")
    assert words == "This link is no longer in the lesson. Open the lesson again in Teams."


async def test_a_training_that_was_deleted_says_so_in_the_readers_language(site: Site) -> None:
    store = site.world.store
    entry = Entry(NOW, CREATOR, "deleted")
    await store.change(site.training.id, lambda a: replace(a, status=Status.DELETED), entry)
    status, _, words = await site.open(site.link(), headers={"Accept-Language": "de-AT,de"})
    assert (status, words[:5]) == (410, "Das w")


@pytest.mark.parametrize("token", ["x", "x.y", "%C3%A9.y", "W10.W10"])
async def test_what_was_not_signed_leads_nowhere(site: Site, token: str) -> None:
    status, location, words = await site.open(f"{PUBLIC}{LINKS}{token}")
    assert (status, location) == (404, "")
    assert words == "This link is not right. Open the lesson again in Teams."


async def test_nobody_opens_a_link_in_anothers_name(site: Site) -> None:
    parts = (site.training.id, VOTER.key, "read", "film")
    for forged in (
        Signer(b"another secret", "links of lessons").sign(parts),
        Signer(SECRET, "tickets for exports").sign(parts),
    ):
        assert (await site.open(f"{PUBLIC}{LINKS}{forged}"))[0] == 404
    assert await site.opened() == ()


def test_without_an_address_of_its_own_a_bot_gives_no_links() -> None:
    assert Links(World().ports, SECRET, None).address("a", "p", "l", "f") == ""

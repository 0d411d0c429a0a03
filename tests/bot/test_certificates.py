"""Confirming certificates over HTTP: what a browser gets, and how little anybody else learns."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from actions.certificates import Certificate, code_of
from actions.errors import NotSaved
from actions.marking import Score
from actions.ports import Ports
from bot.certificates import CERTIFICATES, Certificates
from tests.bot.servers import serving
from tests.fakes import (
    NOON,
    CountingIds,
    FakeRoster,
    FixedClock,
    MemoryStore,
    a_posting,
    an_action,
)

PUBLIC = "https://muster.example.org"
CODE = code_of(1)


class CountingStore(MemoryStore):
    """Counts how often a certificate is looked for, and fails while it `is_down`."""

    def __init__(self, clock: FixedClock) -> None:
        """Be well."""
        super().__init__(clock)
        self.reads = 0
        self.is_down = False

    async def certificate(self, code: str) -> Certificate:
        """Look one up by its code."""
        self.reads += 1
        if self.is_down:
            raise NotSaved("not_saved")
        return await super().certificate(code)


@dataclass(frozen=True, slots=True)
class Site:
    """Certificates behind a real server."""

    store: CountingStore
    clock: FixedClock
    certificates: Certificates
    address: str

    async def get(self, path: str, language: str = "") -> tuple[int, dict[str, str], bytes]:
        """Open a page: status, headers but the date, and what there is."""
        headers = {"Accept-Language": language} if language else {}
        async with (
            aiohttp.ClientSession() as browser,
            browser.get(f"{self.address}{CERTIFICATES}{path}", headers=headers) as answer,
        ):
            told = {name: value for name, value in answer.headers.items() if name != "Date"}
            return answer.status, told, await answer.read()

    async def page(self, path: str = CODE, language: str = "") -> str:
        """Open a page that is there."""
        status, _, content = await self.get(path, language)
        assert status == 200
        return content.decode()

    async def kept(self, **changes: Any) -> Certificate:
        """Keep Ada's certificate."""
        score, until = Score(Fraction(14), 15), NOON + timedelta(days=365)
        made = Certificate(CODE, "action", "tenant/ada", 1, "Ada", "Fire", score, NOON, until)
        return await self.store.keep_certificate(replace(made, **changes))


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    clock = FixedClock()
    store = CountingStore(clock)
    action = an_action()
    assert await store.post(action, a_posting(action))
    certificates = Certificates(Ports(store, clock, CountingIds(), FakeRoster()), PUBLIC)
    routes = [
        web.get(f"{CERTIFICATES}{{code}}.pdf", certificates.file, allow_head=False),
        web.get(f"{CERTIFICATES}{{code}}", certificates.page),
    ]
    async with serving(routes) as address:
        yield Site(store, clock, certificates, address)


async def test_a_certificate_is_confirmed_with_what_it_says(site: Site) -> None:
    await site.kept()
    page = await site.page()
    for part in ("This certificate is valid.", "Ada", "Fire", "93.33 %", "Mar 2, 2027", CODE):
        assert part in page
    assert f'href="{CODE}.pdf"' in page


async def test_a_code_may_be_typed_anyhow(site: Site) -> None:
    await site.kept()
    assert "This certificate is valid." in await site.page(CODE.lower().replace("-", " "))


async def test_after_its_time_it_is_no_longer_valid(site: Site) -> None:
    await site.kept()
    site.clock.advance(days=364, hours=23)
    assert "is valid" in await site.page()
    site.clock.advance(hours=1)
    page = await site.page()
    assert "no longer valid" in page
    assert "Ada" in page


async def test_its_file_is_downloaded_under_the_titles_name(site: Site) -> None:
    await site.kept(title="Fire: Łódź / 2026")
    status, headers, content = await site.get(f"{CODE}.pdf")
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    expected = "attachment; filename*=UTF-8''Fire%20%C5%81%C3%B3d%C5%BA%202026.pdf"
    assert headers["Content-Disposition"] == expected
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("ending", ["", ".pdf"])
async def test_an_unknown_code_is_not_found(site: Site, ending: str) -> None:
    await site.kept()
    status, headers, content = await site.get(code_of(2) + ending)
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"There is no certificate of this code." in content
    assert site.store.reads == 1


async def test_what_can_be_no_code_costs_no_read_and_looks_like_an_unknown_one(
    site: Site,
) -> None:
    assert await site.get("nonsense") == await site.get("more nonsense")
    assert site.store.reads == 0
    (_, _, nonsense), (_, _, unknown) = await site.get("nonsense"), await site.get(code_of(2))
    assert nonsense == unknown


async def test_while_the_database_is_down_nothing_is_denied(site: Site) -> None:
    await site.kept()
    site.store.is_down = True
    status, _, content = await site.get(CODE)
    assert status == 503
    assert b"try again" in content
    assert b"no certificate" not in content


async def test_what_people_typed_is_escaped(site: Site) -> None:
    await site.kept(name='<script>alert("Ada")</script>', title='"><img src=x>&amp;')
    page = await site.page()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "&amp;amp;" in page


@pytest.mark.parametrize("path", [CODE, f"{CODE}.pdf", "nonsense"])
async def test_nothing_is_kept_indexed_framed_or_run(site: Site, path: str) -> None:
    await site.kept()
    _, headers, _ = await site.get(path)
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.9", "de-AT"),
        ("en;q=0.5, ar;q=0.9", "ar"),
        ("xx, *, de;q=0.1", "de"),
        ("fr-CH;q=x, ;;;, ../../etc", "en"),
        ("q" * 5000, "en"),
    ],
)
async def test_the_page_is_in_the_language_that_the_browser_asks_for(
    site: Site, asked: str, language: str
) -> None:
    await site.kept()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in await site.page(language=asked)


async def test_a_link_leads_to_the_page(site: Site) -> None:
    certificate = await site.kept()
    link = site.certificates.link(certificate.code)
    assert link == f"{PUBLIC}{CERTIFICATES}{CODE}"
    assert "is valid" in await site.page(link.removeprefix(PUBLIC + CERTIFICATES))


def test_without_an_address_of_its_own_a_bot_gives_no_links(site: Site) -> None:
    ports = Ports(site.store, site.clock, CountingIds(), FakeRoster())
    assert Certificates(ports, None).link(CODE) == ""

"""Files that people send: fetched whole, from OneDrive alone, without a token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.errors import TryLater, Unreachable
from bot.config import ONEDRIVE_HOSTS
from bot.received_files import MOST_REDIRECTS, ReceivedFiles
from tests.teams import Teams

CONTENT = bytes(range(256)) * 1_000


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def files(session: aiohttp.ClientSession) -> ReceivedFiles:
    return ReceivedFiles(session, ("127.0.0.1",), time_limit=5)


@asynccontextmanager
async def serving(status: int = 200, body: bytes = b"", location: str = "") -> AsyncIterator[str]:
    """Answer every request so; gives the address."""

    async def handle(_: web.Request) -> web.Response:
        headers = {"Location": location} if location else {}
        return web.Response(status=status, body=body, headers=headers)

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/file"))


async def test_a_file_is_fetched_whole(files: ReceivedFiles) -> None:
    async with Teams() as teams:
        address = teams.state.onedrive.keep("bank.txt", CONTENT)["downloadUrl"]
        assert await files.fetch(address, len(CONTENT)) == CONTENT


async def test_of_a_larger_one_no_more_comes_than_tells_so(files: ReceivedFiles) -> None:
    async with Teams() as teams:
        address = teams.state.onedrive.keep("bank.txt", CONTENT)["downloadUrl"]
        assert await files.fetch(address, 1_000) == CONTENT[:1_001]


async def test_a_file_that_is_not_there_any_more_is_not_asked_for_again(
    files: ReceivedFiles,
) -> None:
    async with Teams() as teams:
        with pytest.raises(Unreachable, match="Http404"):
            await files.fetch(f"{teams.state.onedrive.url}/files/gone", 10)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_onedrive_that_is_busy_may_have_it_later(
    files: ReceivedFiles, status: int
) -> None:
    async with serving(status) as address:
        with pytest.raises(TryLater):
            await files.fetch(address, 10)


async def test_who_does_not_answer_may_do_so_later(files: ReceivedFiles) -> None:
    with pytest.raises(TryLater):
        await files.fetch("http://127.0.0.1:1/file", 10)


async def test_a_redirect_is_followed(files: ReceivedFiles) -> None:
    async with (
        serving(body=CONTENT) as there,
        serving(302, location=there) as here,
    ):
        assert await files.fetch(here, len(CONTENT)) == CONTENT


@pytest.mark.parametrize("location", ["https://example.com/x", "file:///etc/passwd", "http://["])
async def test_a_redirect_leads_to_no_other_host(files: ReceivedFiles, location: str) -> None:
    async with serving(307, location=location) as here:
        with pytest.raises(Unreachable, match="UrlNotAllowed"):
            await files.fetch(here, 10)


async def test_redirects_come_to_an_end(files: ReceivedFiles) -> None:
    assert MOST_REDIRECTS == 3
    async with serving(302, location="/again") as here:
        with pytest.raises(Unreachable, match="TooManyRedirects"):
            await files.fetch(here, 10)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.com/file",
        "https://sharepoint.com.example.com/file",
        "http://contoso-my.sharepoint.com/file",
        "https://user@contoso-my.sharepoint.com/file",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(
    session: aiohttp.ClientSession, address: str
) -> None:
    with pytest.raises(Unreachable, match="UrlNotAllowed"):
        await ReceivedFiles(session, ONEDRIVE_HOSTS).fetch(address, 10)

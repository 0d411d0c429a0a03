"""Uploads: whole files, piece by piece, and to OneDrive alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from actions.errors import TryLater, Unreachable
from bot.config import ONEDRIVE_HOSTS
from bot.connector import Patience
from bot.uploads import LONGEST_PAUSE, PIECE, Uploads
from tests.teams import Teams
from tests.teams.onedrive import UNIT, Upload

CONTENT = bytes(range(256)) * (UNIT * 5 // 2 // 256)
"""Two and a half pieces."""


class Pauses:
    """Time that passes at once; `seconds` are the pauses."""

    def __init__(self) -> None:
        """Have made no pause yet."""
        self.seconds: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Pause."""
        self.seconds.append(seconds)


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    async with Teams() as made:
        yield made


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def uploads(session: aiohttp.ClientSession, pauses: Pauses) -> Uploads:
    patience = Patience(4, time_limit=5.0, sleep=pauses.sleep, chance=lambda: 1.0)
    return Uploads(session, ("127.0.0.1",), patience, piece=UNIT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file."""
    path = tmp_path / "export.csv"
    path.write_bytes(CONTENT)
    return path


def begun(teams: Teams) -> tuple[Upload, str]:
    upload, info = teams.state.onedrive.begin("export.csv")
    return upload, str(info["uploadUrl"])


async def test_a_file_arrives_whole_in_pieces(teams: Teams, uploads: Uploads, file: Path) -> None:
    upload, address = begun(teams)
    await uploads.send(address, file)
    assert upload.done
    assert upload.content == CONTENT
    assert upload.pieces == [(0, UNIT - 1), (UNIT, 2 * UNIT - 1), (2 * UNIT, UNIT * 5 // 2 - 1)]


def test_pieces_are_such_as_onedrive_takes() -> None:
    assert PIECE % UNIT == 0
    assert PIECE <= 60 * 1024 * 1024


@pytest.mark.parametrize("status", [408, 429, 500, 503])
@pytest.mark.parametrize("after", [False, True])
async def test_after_a_failure_it_goes_on_where_the_file_ended(
    teams: Teams, uploads: Uploads, file: Path, status: int, *, after: bool
) -> None:
    upload, address = begun(teams)
    teams.faults.answer(status=status, method="PUT", path_contains="/onedrive/", after=after)
    await uploads.send(address, file)
    assert upload.done
    assert upload.content == CONTENT
    assert len(upload.pieces) == 3


async def test_a_broken_connection_is_made_anew(
    teams: Teams, uploads: Uploads, file: Path
) -> None:
    upload, address = begun(teams)
    teams.faults.reset(method="PUT", path_contains="/onedrive/")
    await uploads.send(address, file)
    assert upload.content == CONTENT


async def test_no_answer_is_waited_for_no_longer_than_the_limit(
    teams: Teams, session: aiohttp.ClientSession, file: Path, pauses: Pauses
) -> None:
    upload, address = begun(teams)
    teams.faults.never_answer(method="PUT", path_contains="/onedrive/")
    patience = Patience(2, time_limit=0.2, sleep=pauses.sleep)
    await Uploads(session, ("127.0.0.1",), patience, piece=UNIT).send(address, file)
    assert upload.content == CONTENT


async def test_who_fails_again_and_again_is_left_with_growing_pauses(
    teams: Teams, uploads: Uploads, file: Path, pauses: Pauses
) -> None:
    upload, address = begun(teams)
    teams.faults.answer(status=503, method="PUT", path_contains="/onedrive/", times=None)
    with pytest.raises(TryLater):
        await uploads.send(address, file)
    assert not upload.done
    assert pauses.seconds == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(("wish", "pause"), [("7", 7.0), ("100000", LONGEST_PAUSE), ("x", 1.0)])
async def test_a_wish_for_a_pause_is_granted_within_reason(
    teams: Teams, uploads: Uploads, file: Path, pauses: Pauses, wish: str, pause: float
) -> None:
    _, address = begun(teams)
    headers = {"Retry-After": wish}
    teams.faults.answer(status=429, method="PUT", path_contains="/onedrive/", headers=headers)
    await uploads.send(address, file)
    assert pauses.seconds == [pause]


async def test_an_address_that_is_gone_is_given_up(
    teams: Teams, uploads: Uploads, file: Path, pauses: Pauses
) -> None:
    upload, address = begun(teams)
    upload.done = True
    with pytest.raises(Unreachable, match="Http404"):
        await uploads.send(address, file)
    assert pauses.seconds == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://10.0.0.1/x",
        "http://contoso-my.sharepoint.com/x",
        "https://sharepoint.com.evil.example/x",
        "https://evilsharepoint.com/x",
        "https://user@contoso-my.sharepoint.com/x",
        "https://contoso-my.sharepoint.com@evil.example/x",
        "https://[::1/x",
        "https://contoso-my.sharepoint.com/\n",
        "https://169.254.169.254/latest",
        "http://127.0.0.1:1/x",
    ],
)
async def test_files_go_nowhere_else(
    session: aiohttp.ClientSession, file: Path, address: str
) -> None:
    with pytest.raises(Unreachable, match="UrlNotAllowed"):
        await Uploads(session, ONEDRIVE_HOSTS).send(address, file)


async def test_a_redirect_is_not_followed(teams: Teams, uploads: Uploads, file: Path) -> None:
    upload, address = begun(teams)
    headers = {"Location": f"{teams.url}/elsewhere"}
    teams.faults.answer(status=307, method="PUT", path_contains="/onedrive/", headers=headers)
    with pytest.raises(Unreachable, match="Http307"):
        await uploads.send(address, file)
    assert not upload.done
    assert not any(call.path == "/elsewhere" for call in teams.calls)

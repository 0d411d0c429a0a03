"""The commands: what each does, and that what is wrong is said in a sentence."""

import asyncio
import csv
import gc
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.command_line import USAGE, main
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import a_change, a_posting, an_action
from tests.logged import restored
from tests.scenarios.house import ROOT, SECRET, environment

EVERYTHING_IS_RIGHT = "Every tally is right.\n"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Start from an environment with a database of its own; gives its file."""
    for name in os.environ:
        if name.upper().startswith(("MUSTER_", "MICROSOFTAPP")) or name == "PORT":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'muster.db'}")
    monkeypatch.setenv("MUSTER_SECRET_KEY", SECRET)
    thresholds = gc.get_threshold()
    with restored():
        yield tmp_path / "muster.db"
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def tables(database: Path) -> set[str]:
    connection = sqlite3.connect(database)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    finally:
        connection.close()


def with_a_vote(database: Path) -> None:
    """Store a poll with one vote."""

    async def vote() -> None:
        engine = open_engine(f"sqlite:///{database}")
        store = SqlStore(engine, SECRET.encode(), RandomIds(), SystemClock())
        action = an_action()
        await store.post(action, a_posting(action))
        await store.respond(a_change("Ben", "yes"))
        await store.close()

    asyncio.run(vote())


def carry_out(statement: str, database: Path) -> None:
    """Change the database behind the service's back."""
    connection = sqlite3.connect(database)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "arguments",
    [
        *(["nonsense"], ["migrate", "now"], ["--help"], ["recount", "x"], [""], ["MIGRATE"]),
        *(["person"], ["person", "export"], ["person", "forget", "ben"]),
    ],
)
def test_a_command_that_there_is_not_gives_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", f"{USAGE}\n")


@pytest.mark.parametrize("arguments", [[], ["migrate"], ["recount"]])
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "many", "PORT cannot be used"),
        ("MUSTER_HOST", "192.0.2.1", "MUSTER_HOST must be 127.0.0.1"),
        ("MUSTER_SECRET_KY", "x", "Did you mean MUSTER_SECRET_KEY?"),
        ("DATABASE_URL", "mysql://db/muster", "DATABASE_URL names mysql"),
        ("DATABASE_URL", "muster.db", "DATABASE_URL is no address"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL names no file"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    name: str,
    value: str,
    words: str,
) -> None:
    monkeypatch.setenv(name, value)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("Muster cannot start: ")
    assert words in err


def test_a_wrong_setting_ends_the_real_process_without_a_trace(tmp_path: Path) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/muster.db", "PORT": "many"}
    ended = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Muster cannot start: PORT cannot be used")
    assert "Traceback" not in ended.stderr


def test_migrating_makes_the_tables_and_twice_does_no_harm(settings: Path) -> None:
    assert main(["migrate"]) == 0
    made = tables(settings)
    assert {"actions", "postings", "responses", "alembic_version"} <= made
    with_a_vote(settings)
    assert main(["migrate"]) == 0
    assert tables(settings) == made
    assert main(["recount"]) == 0


def test_migrating_makes_the_folder_of_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "here" / "muster.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    assert main(["migrate"]) == 0
    assert file.exists()


@pytest.mark.parametrize("arguments", [[], ["migrate"], ["recount"]])
def test_a_database_that_cannot_be_opened_is_told_in_a_sentence(
    settings: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    settings.write_bytes(b"not a database, but long enough to be read as a header of one" * 9)
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("The database does not answer (")


@pytest.mark.parametrize("arguments", [[], ["migrate"], ["recount"]])
def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: list[str],
) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/taken/muster.db")
    assert main(arguments) in {1, 2}
    assert capsys.readouterr().err.count("\n") == 1


def test_recounting_an_empty_database_finds_nothing_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["migrate"]) == 0
    assert main(["recount"]) == 0
    assert capsys.readouterr().out == EVERYTHING_IS_RIGHT


def test_recounting_a_database_without_tables_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recount"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("The database does not answer (")


def test_recounting_names_the_tallies_that_are_wrong(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["migrate"])
    with_a_vote(settings)
    assert main(["recount"]) == 0
    carry_out("UPDATE tallies SET count = count + 1", settings)
    capsys.readouterr()
    assert main(["recount"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("action: kept ")
    assert last == "1 are wrong."


# The audit log, and one person


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "--csv"], "--csv is not known here."),
        (["audit", "--tenant", "x"], "--tenant is not known here."),
        (["audit", "--since"], "--since needs something after it."),
        (["audit", "--since", "monday"], "--since takes a day such as 2026-03-31, not monday."),
        (["person", "erase", "ben", "--json"], "--json is not known here."),
    ],
)
def test_an_option_that_there_is_not_is_told_in_a_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", f"{words}\n{USAGE}\n")


def test_the_audit_log_is_a_table_that_no_spreadsheet_runs(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["migrate"])
    with_a_vote(settings)
    carry_out("UPDATE audit SET name = '=1+1'", settings)
    capsys.readouterr()
    assert main(["audit"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\ufeff")
    names, line = list(csv.reader(out.removeprefix("\ufeff").splitlines()))
    assert names == ["at", "tenant", "person", "name", "did", "subject", "detail"]
    assert line[1:] == ["tenant", "tenant/ada", "'=1+1", "posted", "action", "kind: poll"]
    assert "yes" not in out
    assert "Ben" not in out


def test_the_audit_log_is_told_as_json_from_a_day_on(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["migrate"])
    with_a_vote(settings)
    capsys.readouterr()
    assert main(["audit", "--json", "--since", "2026-03-02"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "at": "2026-03-02 12:00:00+00:00",
        "tenant": "tenant",
        "person": "tenant/ada",
        "name": "Ada",
        "did": "posted",
        "subject": "action",
        "detail": {"kind": "poll"},
    }
    assert main(["audit", "--since", "2026-03-02T13:00", "--json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("who", ["ben", "BEN", "tenant/ben", "29:ben"])
def test_someone_is_told_all_and_erased_and_no_longer_known(
    settings: Path, capsys: pytest.CaptureFixture[str], who: str
) -> None:
    main(["migrate"])
    with_a_vote(settings)
    capsys.readouterr()
    assert main(["person", "export", who, "--tenant", "tenant"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["names"] == ["Ben"]
    assert told["actions"][0]["responses"][0]["answered"] == [
        {"question": "Lunch?", "answer": ["Yes"]}
    ]
    assert main(["person", "erase", who]) == 0
    done = capsys.readouterr().out.splitlines()
    assert done[0] == "1 responses without their person and words"
    for command in ("export", "erase"):
        assert main(["person", command, who]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"Nothing is stored about {who}.")
    assert main(["recount"]) == 0
    capsys.readouterr()
    main(["audit", "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["did"], line["person"]) for line in lines[-2:]] == [
        ("person_exported", "operator"),
        ("person_erased", "operator"),
    ]
    assert "ben" not in json.dumps(lines).lower()


# Serving


class Server:
    """Takes the place of aiohttp's; keeps what it was to serve, and where."""

    def __init__(self) -> None:
        """Serve nothing yet."""
        self.app: web.Application | None = None
        self.where: tuple[object, object] = (None, None)
        self.failure: Exception | None = None

    def __call__(self, app: web.Application, *, host: str, port: int, **_: object) -> None:
        """Be told to serve."""
        self.app, self.where = app, (host, port)
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr("bot.command_line.web.run_app", made)
    return made


def test_serving_migrates_first_and_listens_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, settings: Path, server: Server
) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert main([]) == 0
    assert server.where == ("127.0.0.1", 8123)
    assert server.app is not None
    assert "actions" in tables(settings)


def test_a_port_that_is_taken_is_told_in_a_sentence(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.failure = OSError(98, "error while attempting to bind on address: in use")
    assert main([]) != 0
    assert capsys.readouterr().err.count("\n") == 1


def test_a_secret_key_that_is_lost_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MUSTER_SECRET_KEY")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret.key").write_text("short")
    commands: list[Callable[[], int]] = [lambda: main(["recount"]), lambda: main([])]
    for command in commands:
        assert command() == 2
        assert "holds no key" in capsys.readouterr().err

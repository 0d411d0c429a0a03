"""The image holds what Muster needs to run and nothing else, and runs as nobody special.

There is no Docker where these tests run: they read the Dockerfile and .dockerignore themselves,
and run its command on what it copies.
"""

import asyncio
import json
import re
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest

from tests.container.image import Image, is_ignored, shipped
from tests.scenarios.house import ROOT, SECRET, environment
from tests.scenarios.processes import Process, free_port
from tests.teams import Teams

OWN_FOLDERS = ("actions", "bot", "cards", "dialogs", "migrations", "storage")


@pytest.fixture
def image() -> Image:
    return Image()


def test_it_is_built_on_the_python_that_the_code_is_checked_for(image: Image) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    checked = project["tool"]["mypy"]["python_version"]
    bases = {one.words[0] for one in image.all if one.name == "FROM"}
    assert len(bases) == 1
    assert re.fullmatch(rf"python:{checked}-slim-\w+", bases.pop())


def test_its_packages_are_the_locked_ones(image: Image) -> None:
    [install] = [one.rest for one in image.all if "pip install" in one.rest]
    assert "--require-hashes -r /tmp/requirements.lock" in install
    assert "COPY requirements.lock /tmp/requirements.lock" in {
        f"{one.name} {one.rest}" for one in image.all
    }
    assert not is_ignored(PurePosixPath("requirements.lock"))


def test_it_runs_as_a_user_of_its_own_with_a_number_that_stays(image: Image) -> None:
    user, group = image.the("USER").rest.split(":")
    assert int(user) >= 1000
    made = " ".join(one.rest for one in image.said("RUN"))
    assert f"useradd --uid {user} --gid {group}" in made
    # Kubernetes' runAsNonRoot asks for a number; whoever owns var/ must be the same.
    assert f"install -d -o {user} -g {group} -m 0700 var" in made


def test_only_var_is_its_own(image: Image) -> None:
    assert image.the("VOLUME").words == [f"{image.the('WORKDIR').rest}/var"]
    assert not any("chown" in one.rest for one in image.said("COPY"))


def test_it_holds_all_the_code_and_nothing_else(image: Image) -> None:
    assert sorted(image.sources) == sorted([*OWN_FOLDERS, "app.py", "alembic.ini"])
    assert all((ROOT / source).exists() for source in image.sources)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(OWN_FOLDERS) - {"migrations"}


@pytest.mark.parametrize(
    "path",
    [
        "var/muster.db",
        "var/secret.key",
        ".env",
        ".git/config",
        ".venv/bin/python",
        "node_modules/x/index.js",
        "tests/fakes.py",
        "tools/run.py",
        "build/muster.zip",
        "actions/__pycache__/poll.cpython-311.pyc",
        "requirements-dev.lock",
    ],
)
def test_what_is_private_or_not_needed_does_not_reach_the_build(path: str) -> None:
    assert is_ignored(PurePosixPath(path))


def test_every_file_of_the_code_reaches_the_build_but_what_python_makes_of_it() -> None:
    for folder in OWN_FOLDERS:
        there = {path for path in files(ROOT / folder) if "__pycache__" not in path.parts}
        assert {Path(path.relative_to(folder)) for path in shipped(folder)} == there


def test_no_secret_is_set_in_it(image: Image) -> None:
    assert image.environment.keys() == {
        "PATH",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
        "MUSTER_HOST",
        "PORT",
    }
    assert not [one for one in image.all if one.name == "ARG"]


async def test_its_command_serves_is_healthy_and_writes_into_var_alone(
    image: Image, tmp_path: Path
) -> None:
    image.lay_out(tmp_path)
    before = files(tmp_path)
    assert image.the("CMD").words == ["python", "app.py"]
    async with Teams() as teams:
        settings = teams.subprocess_settings() | image.environment
        settings |= {"PORT": free_port(), "MUSTER_SERVICE_HOSTS": "127.0.0.1"}
        del settings["PATH"]
        muster = Process(settings, tmp_path)
        try:
            await muster.starts()
            await muster.is_ready()
            assert await health(image, settings) == 0
            teams.connect(f"{muster.address}/api/messages")
            ada = teams.user("Ada Okafor", locale="de-DE")
            chat = teams.group_chat([ada], "Early shift")
            await ada.says(chat, "poll Lunch? | Pizza | Sushi")
            await chat.wait_for_message(1)
        finally:
            await muster.stops()
    assert muster.exit_code == 0
    assert await health(image, settings) != 0
    made = files(tmp_path) - before
    assert {path.parts[0] for path in made} == {"var"}
    assert {path.name for path in made} >= {"muster.db", "secret.key"}


async def test_it_refuses_to_serve_others_while_nobody_is_checked(
    image: Image, tmp_path: Path
) -> None:
    image.lay_out(tmp_path)
    settings = {"MUSTER_HOST": image.environment["MUSTER_HOST"], "MUSTER_SECRET_KEY": SECRET}
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        "app.py",
        cwd=tmp_path,
        env=environment(settings),
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await bot.communicate()
    assert bot.returncode == 2
    assert b"Without MicrosoftAppId nobody is checked" in said


async def health(image: Image, settings: dict[str, str]) -> int:
    """Run the health check; gives its exit code."""
    _, _, command = image.the("HEALTHCHECK").rest.partition(" CMD ")
    [program, *arguments] = json.loads(command)
    assert program == "python"
    checking = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env=environment(settings),
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await checking.wait()


def files(folder: Path) -> set[Path]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return set(found)

"""The compose file fits the image, the settings and the pool of connections."""

import re
from typing import Any

import pytest
import yaml

from bot.command_line import PATIENCE
from bot.config import Config
from bot.rounds import GRACE
from storage.engine import open_engine
from tests.container.image import Image
from tests.scenarios.house import ROOT

REPLICAS = 7
"""How many have a port each."""

Service = dict[str, Any]


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


@pytest.fixture
def muster(compose: Any) -> Service:
    return dict(compose["services"]["muster"])


@pytest.fixture
def postgres(compose: Any) -> Service:
    return dict(compose["services"]["postgres"])


def test_it_is_muster_and_its_database(compose: Any) -> None:
    assert compose["services"].keys() == {"muster", "postgres"}
    assert compose["volumes"].keys() == {"postgres"}


def test_every_setting_is_one_of_musters(muster: Service) -> None:
    known = {str(field.validation_alias) for field in Config.model_fields.values()}
    assert muster["environment"].keys() <= known


def test_nothing_secret_stands_in_it(compose: Any) -> None:
    """What is secret comes from .env, which is kept out of the repository and of the image."""
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search(r"PASSWORD|Password|SECRET|URL", name):
                assert "${" in value, name
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_what_it_asks_of_env_is_described(compose: Any) -> None:
    asked = set(re.findall(r"\$\{(\w+)", yaml.safe_dump(compose)))
    described = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert asked
    assert {name for name in asked if f"`{name}`" not in described} == set()


def test_muster_begins_when_the_database_answers_under_the_same_name(
    muster: Service, postgres: Service
) -> None:
    assert muster["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    user, database = (
        postgres["environment"]["POSTGRES_USER"],
        postgres["environment"]["POSTGRES_DB"],
    )
    address = muster["environment"]["DATABASE_URL"]
    assert address.startswith(f"postgresql://{user}:${{POSTGRES_PASSWORD:?")
    # Without that, Muster would insist on TLS, which the image has not.
    assert address.endswith(f"@postgres/{database}?sslmode=disable")
    assert postgres["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_the_database_outlives_its_container(compose: Any, postgres: Service) -> None:
    [volume] = postgres["volumes"]
    name, _, place = volume.partition(":")
    assert name in compose["volumes"]
    # Where the image of PostgreSQL 18 keeps its data; older ones had it one folder below.
    assert (postgres["image"].split("-")[0], place) == ("postgres:18", "/var/lib/postgresql")


def test_muster_may_write_temporary_files_alone(muster: Service) -> None:
    assert muster["read_only"] is True
    assert [one.partition(":")[0] for one in muster["tmpfs"]] == ["/tmp"]  # noqa: S108 - Its own.
    assert "volumes" not in muster
    assert muster["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in muster["security_opt"]


def test_replicas_take_ports_of_their_own_on_this_machine(muster: Service) -> None:
    [ports] = muster["ports"]
    found = re.fullmatch(r"127\.0\.0\.1:(\d+)-(\d+):(\d+)", ports)
    assert found is not None
    first, last, inside = map(int, found.groups())
    assert last - first + 1 == REPLICAS
    assert str(inside) == Image().environment["PORT"]
    assert "container_name" not in muster


def test_a_stop_leaves_time_to_end_what_is_under_way(muster: Service) -> None:
    assert int(muster["stop_grace_period"].removesuffix("s")) > PATIENCE + GRACE


def test_the_database_has_connections_for_every_replica(postgres: Service) -> None:
    pool = open_engine("postgresql://muster@postgres/muster").pool
    most = pool.size() + pool._max_overflow  # type: ignore[attr-defined]
    [setting] = [word for word in postgres["command"] if word.startswith("max_connections=")]
    assert int(setting.partition("=")[2]) > REPLICAS * most

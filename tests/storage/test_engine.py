"""Addresses of databases."""

from pathlib import Path

import pytest

from storage.engine import open_engine


async def token() -> str:
    """Give a password."""
    return "token"


def test_driver_is_chosen_for_the_address(tmp_path: Path) -> None:
    assert open_engine(f"sqlite:///{tmp_path}/x.db").driver == "aiosqlite"
    for scheme in ("postgres", "postgresql"):
        assert open_engine(f"{scheme}://user@host/name").driver == "asyncpg"


def test_folder_of_the_file_is_made(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{tmp_path}/a/b/x.db")
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize(
    "url",
    [
        *(
            "mysql://host/name",
            "sqlite://",
            "sqlite:///a%00b.db",
            "sqlite:///:memory:",
            "nonsense",
            "",
        ),
        "postgresql://bot@host:port/name",
    ],
)
def test_address_that_makes_no_sense_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        open_engine(url)


def test_identity_takes_the_place_of_a_password() -> None:
    url = "postgresql://bot@host/name?azure_identity=true"
    with pytest.raises(ValueError, match="azure_identity"):
        open_engine(url)
    engine = open_engine(url, token)
    assert dict(engine.url.query) == {"ssl": "require"}


def test_sslmode_is_understood() -> None:
    engine = open_engine("postgresql://bot@host/name?sslmode=verify-full")
    assert dict(engine.url.query) == {"ssl": "verify-full"}


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("postgresql://bot@db.example.org/name", {"ssl": "require"}),
        ("postgresql://bot@10.1.2.3:5433/name", {"ssl": "require"}),
        ("postgresql://bot@localhost.example.org/name", {"ssl": "require"}),
        (
            "postgresql://bot@/name?host=db.example.org",
            {"host": "db.example.org", "ssl": "require"},
        ),
        ("postgresql://bot@db.example.org/name?sslmode=disable", {"ssl": "disable"}),
        ("postgresql://bot@db.example.org/name?ssl=verify-ca", {"ssl": "verify-ca"}),
        ("postgresql://bot@localhost/name", {}),
        ("postgresql://bot@127.0.0.1:5433/name", {}),
        ("postgresql://bot@[::1]/name", {}),
        ("postgresql://bot@/name?host=/run/postgresql", {"host": "/run/postgresql"}),
    ],
)
def test_another_machine_must_offer_tls_unless_told_otherwise(
    address: str, query: dict[str, str]
) -> None:
    assert dict(open_engine(address).url.query) == query


async def test_password_is_asked_for_at_every_connection(postgresql_url: str) -> None:
    asked = []

    async def password() -> str:
        asked.append(1)
        return "any"

    engine = open_engine(f"{postgresql_url}&azure_identity=true&sslmode=disable", password)
    async with engine.connect() as one, engine.connect() as two:
        await one.exec_driver_sql("SELECT 1")
        await two.exec_driver_sql("SELECT 1")
    await engine.dispose()

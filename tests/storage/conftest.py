"""The stores that the suite runs on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from actions.action import Action
from actions.ports import Store
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import CountingIds, FixedClock, MemoryStore, a_posting, an_action
from tests.storage.databases import (
    copied_sqlite,
    emptied,
    migrated_sqlite,
    postgresql_server,
)

SECRET = b"kept outside the database"

AnyStore = MemoryStore | SqlStore
STORES: tuple[type[Store], ...] = (MemoryStore, SqlStore)


async def posted(store: AnyStore, action: Action | None = None) -> Action:
    """Post an action."""
    action = action or an_action()
    assert await store.post(action, a_posting(action))
    return action


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    return migrated_sqlite(tmp_path_factory.mktemp("sqlite") / "template.db")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: str, tmp_path: Path) -> str:
    return copied_sqlite(sqlite_template, tmp_path / "muster.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a migrated database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a migrated database, none for memory."""
    is_memory = request.param == "memory"
    return "" if is_memory else str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
async def sql_store(database_url: str, clock: FixedClock) -> AsyncIterator[SqlStore]:
    made = await opened(database_url, clock)
    yield made
    await made.close()


@pytest.fixture
async def store(store_url: str, clock: FixedClock) -> AsyncIterator[AnyStore]:
    made = await opened(store_url, clock) if store_url else MemoryStore(clock)
    yield made
    await made.close()


async def opened(url: str, clock: FixedClock) -> SqlStore:
    """Give a store over an empty database."""
    await emptied(url)
    return SqlStore(open_engine(url), SECRET, CountingIds(), clock)

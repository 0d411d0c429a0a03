"""What someone has who got hold of the database: every row as it is stored, and SQLite's bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import text

from storage.engine import open_engine
from storage.schema import metadata

Raw: TypeAlias = Mapping[str, Any]
"""A row by its columns; with `(xmin)` and `(place)` where the database keeps such."""

XMIN, PLACE = "(xmin)", "(place)"
"""The transaction that wrote a row, and where among the table's rows it lies."""

_SYSTEM = 'xmin::text::bigint AS "(xmin)", cmin::text AS "(cmin)", ctid::text AS "(ctid)"'


@dataclass(frozen=True, slots=True)
class Loot:
    """All tables, each in the order in which the database keeps it; `file` and `log` of SQLite."""

    tables: Mapping[str, Sequence[Raw]]
    file: bytes = b""
    log: bytes = b""

    def rows(self, name: str) -> Sequence[Raw]:
        """Give a table's rows."""
        return self.tables[name]


async def looted(url: str) -> Loot:
    """Read everything, without our types: as a dump has it."""
    engine = open_engine(url)
    is_sqlite = url.startswith("sqlite")
    tables: dict[str, Sequence[Raw]] = {}
    async with engine.connect() as connection:
        for table in metadata.sorted_tables:
            asked = _asked_of_sqlite(table.name) if is_sqlite else _asked_of_postgresql(table.name)
            found = (await connection.execute(text(asked))).mappings().all()
            tables[table.name] = [{**row, PLACE: place} for place, row in enumerate(found)]
        # While it is open: the last one to close it would tidy up.
        path = Path(url.removeprefix("sqlite:///"))
        file, log = _bytes_of(path), _bytes_of(path.with_name(f"{path.name}-wal"))
    await engine.dispose()
    return Loot(tables, file, log) if is_sqlite else Loot(tables)


def _asked_of_sqlite(name: str) -> str:
    """Without an order SQLite gives rows as they lie: by rowid, or by the key."""
    return f"SELECT * FROM {name} NOT INDEXED"  # noqa: S608 - our own tables


def _asked_of_postgresql(name: str) -> str:
    return f"SELECT {_SYSTEM}, t.* FROM {name} AS t ORDER BY t.ctid"  # noqa: S608 - the same


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""

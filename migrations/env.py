"""Alembic's environment: `storage.migrate` hands over a connection, the command line an address."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, text

from storage.database import Database
from storage.engine import open_engine
from storage.migrate import DEFAULT_URL
from storage.schema import metadata

_LOCK = 6_879_220_131
"""Names PostgreSQL's advisory lock; any number that nothing else uses."""


def _run(connection: Connection) -> None:
    """Bring the schema up, once however many processes start together."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_alone() -> None:
    engine = open_engine(os.environ.get("DATABASE_URL", DEFAULT_URL))
    async with Database(engine).writing() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    asyncio.run(_run_alone())

"""Alembic's environment: `storage.migrate` hands a connection over, the command line does not."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from storage.engine import open_engine
from storage.migrate import DEFAULT_URL, alone
from storage.schema import metadata


def run(connection: Connection) -> None:
    """Do what Alembic was asked for, in the caller's transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        # SQLite alters little in place; what it cannot is done on a copy of the table.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    """Connect to the database that the environment names."""
    engine = open_engine(os.environ.get("DATABASE_URL", DEFAULT_URL))
    async with alone(engine) as connection:
        await connection.run_sync(run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(run_alone())
else:
    run(given)

"""The least that a vote can cost: aiohttp, one upsert, and a card that is always the same.

`python -m tests.bench.bare <database address> <file with the answer>`: no tokens, no rules, no
tallies, a transaction for each vote.
"""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite
import asyncpg
import orjson
from aiohttp import web

TABLE = """
CREATE TABLE IF NOT EXISTS bench_votes (
    poll text, person text, name text, answer text, at timestamptz, PRIMARY KEY (poll, person)
)
"""
UPSERT = """
INSERT INTO bench_votes VALUES ($1, $2, $3, $4, $5) ON CONFLICT (poll, person)
DO UPDATE SET name = excluded.name, answer = excluded.answer, at = excluded.at
"""
POOL = 10
"""Connections to PostgreSQL, as many as Muster's pool holds."""

Save = Callable[[str, str, str, str], Awaitable[object]]


def create_app(database_url: str, answer: bytes) -> web.Application:
    """Give the server."""
    app = web.Application()
    saves: list[Save] = []

    async def serve(_: web.Application) -> AsyncIterator[None]:
        opened = _sqlite if database_url.startswith("sqlite") else _postgresql
        async with opened(database_url) as save:
            saves.append(save)
            yield

    async def vote(request: web.Request) -> web.Response:
        activity = orjson.loads(await request.read())
        sender, data = activity["from"], activity["value"]["action"]["data"]["muster"]
        _, _, poll, option = data.split(" ", 3)
        await saves[0](poll, sender["aadObjectId"], sender["name"], option)
        return web.Response(body=answer, content_type="application/json")

    app.cleanup_ctx.append(serve)
    app.router.add_post("/api/messages", vote)
    return app


@asynccontextmanager
async def _postgresql(url: str) -> AsyncIterator[Save]:
    pool = asyncpg.create_pool(url, min_size=POOL, max_size=POOL)  # type: ignore[no-untyped-call]
    async with pool:
        await pool.execute(TABLE)

        async def save(poll: str, person: str, name: str, answer: str) -> object:
            return await pool.execute(UPSERT, poll, person, name, answer, datetime.now(UTC))

        yield save


@asynccontextmanager
async def _sqlite(url: str) -> AsyncIterator[Save]:
    """Open a file with Muster's own settings of safety."""
    path = url.removeprefix("sqlite:///")
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = FULL")
        await connection.execute(TABLE)
        numbered = UPSERT.replace("$", "?")

        async def save(poll: str, person: str, name: str, answer: str) -> object:
            values = (poll, person, name, answer, datetime.now(UTC).isoformat())
            return await connection.execute_insert(numbered, values)

        yield save


def main() -> None:
    """Serve until told to stop."""
    _, database_url, file = sys.argv
    app = create_app(database_url, Path(file).read_bytes())
    port = int(os.environ["PORT"])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main()

"""Whether the process lives, and whether it can serve."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict

from aiohttp import web

from actions.timed_store import Queue

Check = Callable[[], Awaitable[bool]]


def add_health(
    app: web.Application,
    checks: Callable[[], Mapping[str, Check]],
    queue: Callable[[], Awaitable[Queue | None]],
) -> None:
    """Add `GET /healthz` (the process answers) and `GET /readyz` (every check holds).

    What waits is told too; a process is not ready only if that cannot be counted, however much it
    is: others would have to deliver it just as well.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        found = {name: await check() for name, check in checks().items()}
        waiting = await queue()
        ready = all(found.values()) and waiting is not None
        status = {
            "status": "ready" if ready else "not ready",
            "checks": found,
            "queue": None if waiting is None else asdict(waiting),
        }
        return web.json_response(status, status=200 if ready else 503)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)

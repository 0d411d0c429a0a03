"""Whether the process lives, and whether it can serve."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[bool]]


def add_health(app: web.Application, checks: Callable[[], Mapping[str, Check]]) -> None:
    """Add `GET /healthz` (the process answers) and `GET /readyz` (every check holds)."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        found = {name: await check() for name, check in checks().items()}
        ready = all(found.values())
        status = {"status": "ready" if ready else "not ready", "checks": found}
        return web.json_response(status, status=200 if ready else 503)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)

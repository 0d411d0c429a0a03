"""Teams' connector as a script of answers, and tokens for it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from tests.bot.servers import Json


@dataclass
class Answer:
    """What Teams says: a status, a body (JSON unless bytes), headers."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Call:
    """What Teams was asked."""

    method: str
    path: str
    token: str
    json: Json | None


class FakeTeams:
    """Answers with what it was told, in turn, and the last one ever after."""

    def __init__(self) -> None:
        """Answer at once with an empty object."""
        self.answers: list[Answer] = [Answer()]
        self.calls: list[Call] = []
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def handle(self, request: web.Request) -> web.Response:
        """Remember the call and answer it."""
        sent = await request.read()
        token = request.headers.get("Authorization", "")
        json = orjson.loads(sent) if sent else None
        self.calls.append(Call(request.method, request.raw_path, token, json))
        self.asked.set()
        await self.open.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        body = answer.body if isinstance(answer.body, bytes) else orjson.dumps(answer.body)
        return web.Response(status=answer.status, body=body, headers=answer.headers)


class FakeTokens:
    """Gives `token`; a forgotten one is followed by another."""

    def __init__(self, token: str = "token") -> None:
        """Give this token."""
        self.token = token
        self.given = 0

    async def get_token(self) -> str:
        """Give it."""
        self.given += 1
        return self.token

    def forget(self, token: str) -> None:
        """Give another from now on."""
        assert token == self.token
        self.token += "+"

    async def close(self) -> None:
        """There is nothing to close."""

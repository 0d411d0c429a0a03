"""A tiny bot to try the stand-in with: it answers as each test says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import jwt
from aiohttp import web
from jwt.algorithms import RSAAlgorithm

from tests.teams import Message, Teams, User
from tests.teams.chats import CARD_TYPE
from tests.teams.keys import ISSUER

Json = dict[str, Any]
Reply = Callable[[Json], Json | None]


@dataclass
class Bot:
    """A bot that checks tokens, keeps what it hears, and answers as told."""

    teams: Teams
    session: aiohttp.ClientSession
    heard: list[Json] = field(default_factory=list)
    reply: Reply = lambda _: None
    token: str = ""

    async def messages(self, request: web.Request) -> web.Response:
        """Hear one activity."""
        raw = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            await self._verify(raw)
        except (jwt.PyJWTError, KeyError):
            return web.Response(status=401)
        activity = await request.json()
        self.heard.append(activity)
        if activity["type"] != "invoke":
            return web.Response(status=200)
        body = self.reply(activity)
        return web.Response(status=200) if body is None else web.json_response(body)

    async def call(self, method: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        """Call the connector."""
        if not self.token:
            self.token = await self._new_token()
        address = f"{self.teams.service_url}v3/conversations{path}"
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.request(method, address, json=body, headers=headers) as response:
            raw = await response.read()
            return response.status, await response.json() if raw else {}

    async def post(self, chat_id: str, activity: Json) -> tuple[int, Json]:
        """Post to a chat."""
        return await self.call("POST", f"/{quote(chat_id)}/activities", activity)

    async def shares(self, card: Json, *people: User) -> Message:
        """Post a card to a new group chat of these people."""
        chat = self.teams.group_chat(list(people))
        await self.post(chat.id, a_posting(card))
        return await chat.wait_for_message()

    async def _verify(self, raw: str) -> None:
        async with self.session.get(self.teams.openid_url) as response:
            address = (await response.json())["jwks_uri"]
        async with self.session.get(address) as response:
            keys = {key["kid"]: key for key in (await response.json())["keys"]}
        key = RSAAlgorithm.from_jwk(keys[jwt.get_unverified_header(raw)["kid"]])
        required = {"require": ["exp", "iss", "aud", "serviceurl"]}
        known = {"audience": self.teams.app_id, "issuer": ISSUER}
        jwt.decode(raw, key, algorithms=["RS256"], options=required, **known)  # type: ignore[arg-type]

    async def _new_token(self) -> str:
        teams = self.teams
        form = {"grant_type": "client_credentials", "client_id": teams.app_id}
        form |= {"client_secret": teams.app_password}
        form |= {"scope": teams.settings()["MUSTER_OAUTH_SCOPE"]}
        address = f"{teams.url}/{teams.tenant_id}/oauth2/v2.0/token"
        async with self.session.post(address, data=form) as response:
            return str((await response.json())["access_token"])


def a_card(*body: Json, actions: list[Json] | None = None, **more: Any) -> Json:
    """Build a card."""
    content = list(body) or [{"type": "TextBlock", "text": "Lunch?", "wrap": True}]
    buttons = {"actions": actions} if actions else {}
    return {"type": "AdaptiveCard", "version": "1.5", "body": content} | buttons | more


def a_posting(card: Json) -> Json:
    """Build a message with a card."""
    attachment = {"contentType": CARD_TYPE, "content": card}
    return {"type": "message", "summary": "Lunch?", "attachments": [attachment]}


def an_execute(title: str, verb: str, **data: Any) -> Json:
    """Build an Action.Execute."""
    fallback = {"type": "Action.Submit", "title": title, "data": {"verb": verb} | data}
    action = {"type": "Action.Execute", "title": title, "verb": verb, "data": data}
    return action | {"fallback": fallback}


def a_submit(title: str, **data: Any) -> Json:
    """Build an Action.Submit."""
    return {"type": "Action.Submit", "title": title, "data": data}


def an_input(name: str, **more: Any) -> Json:
    """Build a text input."""
    return {"type": "Input.Text", "id": name, "label": name.title()} | more


def a_card_answer(card: Json) -> Json:
    """Build an invoke's answer with a card."""
    return {"statusCode": 200, "type": CARD_TYPE, "value": card}


def a_task(card: Json, title: str = "Form") -> Json:
    """Build an answer that goes on with a dialog."""
    attachment = {"contentType": CARD_TYPE, "content": card}
    return {"task": {"type": "continue", "value": {"title": title, "card": attachment}}}


def a_poll(*mris: str) -> Json:
    """Build a card with a row to tap that refreshes for some."""
    row: Json = {"type": "Container", "selectAction": an_execute("Vote Pizza", "vote", option="p")}
    row["items"] = [{"type": "TextBlock", "text": "Pizza"}]
    refresh = {"action": an_execute("Refresh", "show", action="1"), "userIds": list(mris)}
    return a_card(row, actions=[an_execute("Results", "results")], refresh=refresh)

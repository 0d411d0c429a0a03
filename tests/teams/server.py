"""The stand-in for Teams: its servers, its people and its chats."""

import socket
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import aiohttp
from aiohttp import web

from tests.teams.activities import conversation_update
from tests.teams.chats import Chat
from tests.teams.client import PATIENCE, Json, Line
from tests.teams.connector import PREFIX, Connector
from tests.teams.faults import Faults
from tests.teams.identity import SCOPE, Identity
from tests.teams.keys import ISSUER, SigningKeys
from tests.teams.limits import Limits
from tests.teams.onedrive import PATH as ONEDRIVE
from tests.teams.onedrive import Upload
from tests.teams.people import new_mri
from tests.teams.state import Call, State
from tests.teams.tls import server_context
from tests.teams.users import User


class Teams:
    """Teams on 127.0.0.1, for one bot; an asynchronous context manager.

    Leaving it raises AssertionError if the bot posted something that Teams would choke on;
    `complaints` lists that, a test that expects it clears the list.
    """

    def __init__(self, bot_url: str = "") -> None:
        """Prepare for a bot whose /api/messages is at `bot_url`, or see `connect`."""
        self.state = State()
        self.faults = Faults()
        self.limits = Limits(self.state)
        self.keys = SigningKeys(self.state.app_id)
        self.identity = Identity(self.state, self.keys)
        self.connector = Connector(self.state, self.identity)
        self.url = self.https_url = ""
        self.ca_file = Path()
        self._bot_url = bot_url
        self._line: Line | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Start the servers."""
        async with AsyncExitStack() as stack:
            folder = stack.enter_context(TemporaryDirectory())
            context, self.ca_file = server_context(Path(folder))
            # A bot that gives up on a call is not at it any more.
            options: dict[str, Any] = {"handler_cancellation": True, "access_log": None}
            runner = web.AppRunner(self._app(), shutdown_timeout=1, **options)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            stack.callback(self.faults.clear)
            plain, secure = _listener(), _listener()
            await web.SockSite(runner, plain).start()
            await web.SockSite(runner, secure, ssl_context=context).start()
            self.url = f"http://127.0.0.1:{plain.getsockname()[1]}"
            self.https_url = f"https://127.0.0.1:{secure.getsockname()[1]}"
            self.state.service_url = f"{self.url}{PREFIX}/"
            self.state.onedrive.url = f"{self.url}{ONEDRIVE}"
            session = await stack.enter_async_context(_session())
            self._line = Line(self.state, self.keys, session, (self._bot_url,))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the servers; raise if there are complaints."""
        await self._stack.aclose()
        complaints = "\n".join(self.complaints)
        if complaints and error is not None:
            error.add_note(complaints)
        elif complaints:
            raise AssertionError(complaints)

    def connect(self, *bot_urls: str) -> None:
        """Say where the bot's /api/messages is; of several processes each is asked in turn."""
        self.line.bot_urls = bot_urls

    @property
    def line(self) -> Line:
        """The way to the bot."""
        if self._line is None:
            msg = "Teams has not been entered"
            raise RuntimeError(msg)
        return self._line

    @property
    def tenant_id(self) -> str:
        """The tenant that chats belong to."""
        return self.state.tenant_id

    @property
    def app_id(self) -> str:
        """The bot's app id."""
        return self.state.app_id

    @property
    def app_password(self) -> str:
        """The bot's secret at the token server."""
        return self.state.app_password

    @property
    def bot_mri(self) -> str:
        """The bot's id in Teams."""
        return self.state.bot_mri

    @property
    def service_url(self) -> str:
        """Where the connector is."""
        return self.state.service_url

    @property
    def openid_url(self) -> str:
        """Where the key server's metadata is."""
        return f"{self.url}/.well-known/openidconfiguration"

    @property
    def calls(self) -> list[Call]:
        """Every request that the bot made, oldest first."""
        return self.state.calls

    @property
    def complaints(self) -> list[str]:
        """What Teams would choke on in what the bot posted."""
        return self.state.complaints

    @property
    def uploads(self) -> list[Upload]:
        """Every file that was to be saved to a OneDrive, oldest first."""
        return self.state.onedrive.uploads

    def settings(self) -> dict[str, str]:
        """Give the environment of a bot in this process: tokens over http."""
        return {
            "MicrosoftAppId": self.app_id,
            "MicrosoftAppType": "SingleTenant",
            "MicrosoftAppTenantId": self.tenant_id,
            "MicrosoftAppPassword": self.app_password,
            "MUSTER_OPENID_METADATA_URL": self.openid_url,
            "MUSTER_TOKEN_ISSUER": ISSUER,
            "MUSTER_LOGIN_URL": self.url,
            "MUSTER_OAUTH_SCOPE": SCOPE,
        }

    def subprocess_settings(self) -> dict[str, str]:
        """Give the environment of a bot in its own process: tokens over https."""
        secure = {"MUSTER_LOGIN_URL": self.https_url, "SSL_CERT_FILE": str(self.ca_file)}
        return self.settings() | secure

    def token(self, **wrong: Any) -> str:
        """Make a token for the bot; `wrong` is what `SigningKeys.token` takes."""
        return self.keys.token(**({"service_url": self.service_url} | wrong))

    def user(
        self,
        name: str,
        *,
        locale: str = "en-GB",
        time_zone: str = "Europe/Berlin",
        tenant: str | None = None,
        guest: bool = False,
        anonymous: bool = False,
    ) -> User:
        """Make someone: of this tenant or another, a guest, or an anonymous meeting guest."""
        role = "anonymous" if anonymous else "guest" if guest else "user"
        user = User(
            name=f"{name} (Guest)" if anonymous or guest else name,
            mri=new_mri(),
            object_id="" if anonymous else str(uuid4()),
            tenant_id=tenant or self.tenant_id,
            role=role,
            locale=locale,
            time_zone=time_zone,
            state=self.state,
            line=self.line,
        )
        self.state.people[user.mri] = user
        return user

    def personal(self, user: User, *, bot: bool = True) -> Chat:
        """Give the 1:1 chat of the bot and a user, by default with the app installed."""
        chat = self.state.personal_chat(user)
        chat.has_bot = bot
        return chat

    def group_chat(self, users: Sequence[User], name: str = "", *, bot: bool = True) -> Chat:
        """Make a group chat."""
        chat_id = f"19:{uuid4().hex}@thread.v2"
        return self.state.add_chat("groupChat", [*users], id=chat_id, name=name, has_bot=bot)

    def channel(self, team: str, name: str, users: Sequence[User], *, bot: bool = True) -> Chat:
        """Make a channel of the team with this name."""
        team_id = self.state.team_ids.setdefault(team, f"19:{uuid4().hex}@thread.tacv2")
        chat_id = f"19:{uuid4().hex}@thread.tacv2"
        more = {"name": name, "team_id": team_id, "team_name": team, "has_bot": bot}
        return self.state.add_chat("channel", [*users], id=chat_id, **more)

    async def add_bot(self, chat: Chat, by: User) -> int:
        """Add the bot to a chat; it is told so."""
        return await by.adds_bot(chat)

    async def remove_bot(self, chat: Chat, by: User) -> int:
        """Remove the bot from a chat; it is told so."""
        return await by.removes_bot(chat)

    async def add_member(self, chat: Chat, user: User, by: User) -> int:
        """Add someone to a chat; the bot is told so."""
        chat.members.append(user)
        return await self._tell(chat, user, by, "membersAdded")

    async def remove_member(self, chat: Chat, user: User, by: User) -> int:
        """Remove someone from a chat; the bot is told so."""
        chat.members.remove(user)
        return await self._tell(chat, user, by, "membersRemoved")

    async def remove_from_team(self, team: str, user: User, by: User) -> int:
        """Remove someone from a team, and so from its channels; the bot is told once."""
        team_id = self.state.team_ids[team]
        channels = [chat for chat in self.state.chats.values() if chat.team_id == team_id]
        for channel in channels:
            channel.members.remove(user)
        return await self._tell(channels[0], user, by, "membersRemoved")

    async def post_raw(self, activity: Json, token: str | None = None) -> tuple[int, bytes]:
        """Send any activity, quickly; give status and raw body."""
        return await self.line.post(activity, token)

    async def _tell(self, chat: Chat, user: User, by: User, change: str) -> int:
        if not chat.has_bot:
            return 0
        members = [user.account()]
        status, _ = await by.sends(conversation_update(self.state, by, chat, change, members))
        return status

    def _app(self) -> web.Application:
        layers = [
            self.connector.records,
            self.limits.middleware,
            self.faults.middleware,
            self.connector.answers,
        ]
        app = web.Application(middlewares=layers, client_max_size=8 * 1024**2)
        app.add_routes([*self.identity.routes(), *self.connector.routes()])
        app.add_routes(self.state.onedrive.routes())
        return app


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        timeout=aiohttp.ClientTimeout(total=PATIENCE),
    )

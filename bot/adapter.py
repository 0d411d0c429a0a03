"""HTTP in: checks each request, runs its turn through the SDK, and writes the answer."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final, NoReturn, Protocol

import aiohttp
import orjson
import structlog
from aiohttp import web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)
from yarl import URL

from bot.activities import activity_of
from bot.config import is_loopback
from bot.keys import KeysUnavailable
from bot.tokens import TokenValidator, Unauthorized, Verified
from bot.turn import tenant_of

log = structlog.get_logger()

LARGEST_BODY: Final = 256 * 1024
"""Bytes; Teams' messages have at most 100 KB."""


class Bot(Protocol):
    """What turns are run by."""

    async def on_turn(self, turn_context: TurnContext) -> None:
        """Run one turn."""


class EdgeAdapter(CloudAdapter):
    """The SDK's adapter with its authentication and (de)serialisation replaced.

    The SDK's own answers 500 to bad tokens and to every card (botbuilder-python 4.17.1;
    https://github.com/microsoft/teams-sdk/issues/2547), and is some 60 times slower.
    """

    def __init__(
        self, validator: TokenValidator | None, allowed_tenants: frozenset[str] = frozenset()
    ) -> None:
        """Take requests that `validator` finds good; without it, this machine's own.

        An empty `allowed_tenants` serves all tenants.
        """
        super().__init__(_EdgeAuthentication())
        self._validator = validator
        self._allowed_tenants = allowed_tenants

    async def process(self, request: web.Request, bot: Bot, _: object = None) -> web.Response:
        """Answer POST /api/messages; whatever is wrong with a request is its 4xx."""
        try:
            return await self._process(request, bot)
        except _Refused as refused:
            log.info("request_refused", status=int(refused.status), reason=refused.reason)
            return refused.response()

    async def _process(self, request: web.Request, bot: Bot) -> web.Response:
        _check_form(request)
        # Before a byte of the body is read: who has no token gets no work out of us.
        verified = await self._verify(request)
        activity = _parse(await _read(request))
        self._check_origin(activity, verified)
        self._check_tenant(activity)
        answer = await self._run(activity, verified, bot.on_turn)
        return _response(answer)

    async def _verify(self, request: web.Request) -> Verified | None:
        if self._validator is None:
            if not is_loopback(request.remote or ""):
                raise _Refused(HTTPStatus.UNAUTHORIZED, "unsigned and from elsewhere")
            return None
        try:
            return await self._validator.verify(request.headers.get("Authorization", ""))
        except Unauthorized as refusal:
            raise _Refused(HTTPStatus.UNAUTHORIZED, str(refusal)) from refusal
        except KeysUnavailable as failure:
            # The sender may be genuine: it shall come again.
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, "no keys") from failure

    @staticmethod
    def _check_origin(activity: Activity, verified: Verified | None) -> None:
        """A token is good for one service URL, where the answers go with our own token."""
        service_url, channel_id = activity.service_url or "", activity.channel_id or ""
        if verified is None:
            fits = bool(channel_id) and is_loopback(_host(service_url))
        else:
            fits = verified.covers(channel_id, service_url)
        if not fits:
            raise _Refused(HTTPStatus.UNAUTHORIZED, "service URL or channel")

    def _check_tenant(self, activity: Activity) -> None:
        if self._allowed_tenants and tenant_of(activity).lower() not in self._allowed_tenants:
            raise _Refused(HTTPStatus.FORBIDDEN, "tenant")

    async def _run(
        self,
        activity: Activity,
        verified: Verified | None,
        logic: Callable[[TurnContext], Awaitable[None]],
    ) -> InvokeResponse | None:
        result = AuthenticateRequestResult()
        claims = dict(verified.claims) if verified else {}
        result.claims_identity = ClaimsIdentity(claims, is_authenticated=True)
        result.connector_factory = _NO_CONNECTORS
        result.audience = ""
        answer: InvokeResponse | None = await self.process_activity(result, activity, logic)
        return answer


class _Refused(Exception):
    """A request that is not carried out; the reason is for the log alone."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason

    def response(self) -> web.Response:
        code = self.status.phrase.title().replace(" ", "")
        response = _json(
            {"error": {"code": code, "message": f"{self.status.phrase}."}}, self.status
        )
        if self.status == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = "POST"
        if self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            # The rest of the body would have to be read before the next request.
            response.force_close()
        return response


def _check_form(request: web.Request) -> None:
    if request.method != "POST":
        raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method")
    if request.content_type != "application/json":
        raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content type")


async def _read(request: web.Request) -> bytes:
    """Read the body up to the limit, whatever length it claims or leaves open."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "length")
    body = bytearray()
    try:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "length")
    except (web.RequestPayloadError, aiohttp.http_exceptions.HttpProcessingError) as error:
        raise _Refused(HTTPStatus.BAD_REQUEST, "encoding") from error
    return bytes(body)


def _parse(body: bytes) -> Activity:
    try:
        activity = activity_of(orjson.loads(body))
    except ValueError as error:
        raise _Refused(HTTPStatus.BAD_REQUEST, "no activity") from error
    if not activity.type:
        raise _Refused(HTTPStatus.BAD_REQUEST, "no type")
    return activity


def _host(url: str) -> str:
    try:
        return URL(url).host or ""
    except ValueError:
        return ""


def _response(answer: InvokeResponse | None) -> web.Response:
    if answer is None or answer.body is None:
        return web.Response(status=HTTPStatus.OK if answer is None else answer.status)
    return _json(answer.body, answer.status)


def _json(body: Any, status: int) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


class _NoConnector:
    """Stands where the SDK keeps its connector client, which blocks the event loop."""

    def __getattr__(self, name: str) -> NoReturn:
        raise RuntimeError(f"no {name} here: send through bot.connector")


class _NoConnectors(ConnectorFactory):
    async def create(self, service_url: str, audience: str) -> Any:
        del service_url, audience
        return _NO_CONNECTOR


_NO_CONNECTOR: Final = _NoConnector()
_NO_CONNECTORS: Final = _NoConnectors()


class _EdgeAuthentication(BotFrameworkAuthentication):
    """What the SDK asks of authentication; all of it happens in `EdgeAdapter.process`."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        del activity, auth_header
        raise PermissionError("requests are authenticated by EdgeAdapter.process")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> NoReturn:
        del auth_header, channel_id_header
        raise PermissionError("there is no streaming")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        del claims_identity
        return _NO_CONNECTORS

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> Any:
        """There are no OAuth connections in this product."""
        del claims_identity

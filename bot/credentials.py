"""The bot's own tokens, for what it sends to Teams."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import structlog
from azure.core.credentials import AccessToken
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError
from azure.identity.aio import (
    CertificateCredential,
    ClientSecretCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)

from actions.errors import TryLater
from bot.config import Config, ConfigError
from bot.flight import SingleFlight

log = structlog.get_logger()

TIME_LIMIT: Final = 10.0
"""Seconds to get a token in."""

MARGIN: Final = 5 * 60.0
"""Seconds before its end at which a token is replaced."""

PUBLIC_LOGIN: Final = "login.microsoftonline.com"

BOT_FRAMEWORK_TENANT: Final = "botframework.com"
"""Where bots of the multi-tenant type get their tokens.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""


class TokenSource(Protocol):
    """Where the connector gets its tokens."""

    async def get_token(self) -> str:
        """Give a token that is good now, or nothing where none is needed. Raises TryLater."""

    def forget(self, token: str) -> None:
        """Teams refused this token: do not give it again."""

    async def close(self) -> None:
        """Let go of connections."""


class NoCredentials:
    """For a bot without an identity: the local playground asks for no token."""

    async def get_token(self) -> str:
        """Give nothing: no Authorization header is sent."""
        return ""

    def forget(self, token: str) -> None:
        """There is nothing to forget."""

    async def close(self) -> None:
        """There is nothing to close."""


class Credentials:
    """One credential for the process, whose token is fetched once for all who need it."""

    def __init__(
        self,
        make: Callable[[], AsyncTokenCredential],
        scope: str,
        *,
        now: Callable[[], float] = time.time,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Get tokens for `scope` from what `make` gives; `now` gives seconds since 1970."""
        self._make = make
        self._credential = make()
        self._is_spent = False
        self._scope = scope
        self._now = now
        self._time_limit = time_limit
        self._token: AccessToken | None = None
        self._flight = SingleFlight(self._fetch)

    async def get_token(self) -> str:
        """Give a token that is good now. Raises TryLater."""
        token = self._token
        if token is not None and self._now() < token.expires_on - MARGIN:
            return token.token
        try:
            token = await self._flight.join()
        except TryLater:
            # The margin is there for this: the old token serves until its end.
            if token is None or self._now() >= token.expires_on:
                raise
        return token.token

    def forget(self, token: str) -> None:
        """Teams refused this token: do not give it again."""
        if self._token is not None and self._token.token == token:
            self._token = None
            self._is_spent = True

    async def close(self) -> None:
        """Let go of connections."""
        await self._flight.close()
        await self._credential.close()

    async def _fetch(self) -> AccessToken:
        try:
            async with asyncio.timeout(self._time_limit):
                if self._is_spent:
                    await self._replace_credential()
                self._token = await self._credential.get_token(self._scope)
        except (AzureError, TimeoutError, OSError) as failure:
            # Without the words: Entra's quote ids of the tenant and the request.
            log.error("token_not_issued", error=type(failure).__name__)  # noqa: TRY400
            raise TryLater from failure
        return self._token

    async def _replace_credential(self) -> None:
        """The credential has a cache of its own, which would give the refused token again."""
        spent, self._credential = self._credential, self._make()
        self._is_spent = False
        await spent.close()


def credentials_for(config: Config, **options: Any) -> TokenSource:
    """Choose by the app's type; `options` go to azure-identity. Raises ConfigError."""
    if not config.app_id:
        return NoCredentials()
    settings = _authority(config) | options
    try:
        return Credentials(lambda: _credential(config, settings), config.oauth_scope)
    except (ValueError, TypeError, OSError) as error:
        raise ConfigError(f"{config.app_type} credentials cannot be used: {error}") from None


def _credential(config: Config, options: dict[str, Any]) -> AsyncTokenCredential:
    app_id, tenant_id = config.app_id, config.app_tenant_id
    password = config.app_password.get_secret_value()
    match config.app_type:
        case "SingleTenant":
            return ClientSecretCredential(tenant_id, app_id, password, **options)
        case "MultiTenant":
            return ClientSecretCredential(BOT_FRAMEWORK_TENANT, app_id, password, **options)
        case "Certificate":
            return CertificateCredential(
                tenant_id, app_id, str(config.certificate_path), password=password, **options
            )
        case "WorkloadIdentity":
            return WorkloadIdentityCredential(tenant_id=tenant_id, client_id=app_id, **options)
        case "UserAssignedMSI":
            return ManagedIdentityCredential(client_id=app_id)


def _authority(config: Config) -> dict[str, Any]:
    """Sovereign clouds and tests sign in elsewhere, unknown to Microsoft's public directory."""
    if urlsplit(config.login_url).hostname == PUBLIC_LOGIN:
        return {"authority": config.login_url}
    return {"authority": config.login_url, "disable_instance_discovery": True}

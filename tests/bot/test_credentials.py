"""The bot's own tokens: fetched once, kept, replaced in time, and from the right place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import pytest
from aiohttp import web
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError
from azure.identity.aio import (
    CertificateCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)
from structlog.testing import capture_logs

from actions.errors import TryLater
from bot.config import Config, ConfigError
from bot.credentials import MARGIN, Credentials, NoCredentials, credentials_for
from tests.bot.servers import Clock, serving, tls_in

TENANT = "aaaaaaaa-0000-0000-0000-000000000001"


class FakeCredential:
    """Stands for azure-identity's; with the same habit of giving a known token again."""

    def __init__(self, office: "Office") -> None:
        """Get tokens from `office`."""
        self._office = office
        self._kept: AccessToken | None = None

    async def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        """Give a token."""
        if self._kept is None or self._kept.expires_on - MARGIN <= self._office.clock():
            self._kept = await self._office.issue(scopes)
        return self._kept

    async def close(self) -> None:
        """Remember that it was closed."""
        self._office.closed += 1

    async def __aenter__(self) -> Self:
        """Give itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()


class Office:
    """Where tokens are issued, and counted."""

    def __init__(self) -> None:
        """Issue good tokens at once."""
        self.clock = Clock()
        self.failure: Exception | None = None
        self.issued = 0
        self.closed = 0
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    def credential(self) -> FakeCredential:
        """Make a credential."""
        return FakeCredential(self)

    async def issue(self, scopes: tuple[str, ...]) -> AccessToken:
        """Issue a token for an hour."""
        assert scopes == ("the-scope",)
        self.asked.set()
        await self.open.wait()
        if self.failure is not None:
            raise self.failure
        self.issued += 1
        return AccessToken(f"token-{self.issued}", int(self.clock()) + 3600)


@pytest.fixture
async def office() -> Office:
    """An office."""
    return Office()


@pytest.fixture
async def credentials(office: Office) -> AsyncIterator[Credentials]:
    """What is tested, with the office's clock."""
    made = Credentials(office.credential, "the-scope", now=office.clock)
    yield made
    await made.close()


async def test_everybody_shares_one_token(office: Office, credentials: Credentials) -> None:
    tokens = await asyncio.gather(*(credentials.get_token() for _ in range(20)))
    assert set(tokens) == {"token-1"}
    assert await credentials.get_token() == "token-1"
    assert office.issued == 1


async def test_who_gives_up_waiting_takes_it_from_nobody(
    office: Office, credentials: Credentials
) -> None:
    office.open.clear()
    impatient = asyncio.create_task(credentials.get_token())
    patient = asyncio.create_task(credentials.get_token())
    await office.asked.wait()
    impatient.cancel()
    office.open.set()
    assert await patient == "token-1"


async def test_a_token_is_replaced_before_its_end(
    office: Office, credentials: Credentials
) -> None:
    await credentials.get_token()
    office.clock.go_on(3600 - MARGIN - 1)
    assert await credentials.get_token() == "token-1"
    office.clock.go_on(1)
    assert await credentials.get_token() == "token-2"


async def test_when_none_can_be_had_the_old_one_serves_to_its_end(
    office: Office, credentials: Credentials
) -> None:
    await credentials.get_token()
    office.failure = ServiceRequestError("away")
    office.clock.go_on(3600 - 1)
    assert await credentials.get_token() == "token-1"
    office.clock.go_on(1)
    with pytest.raises(TryLater):
        await credentials.get_token()


@pytest.mark.parametrize(
    "failure", [ClientAuthenticationError("secret words"), ServiceRequestError("x"), OSError("x")]
)
async def test_no_token_is_a_reason_to_try_later(
    office: Office, credentials: Credentials, failure: Exception
) -> None:
    office.failure = failure
    with capture_logs() as logs, pytest.raises(TryLater):
        await credentials.get_token()
    assert logs == [
        {"event": "token_not_issued", "error": type(failure).__name__, "log_level": "error"}
    ]
    office.failure = None
    assert await credentials.get_token() == "token-1"


async def test_waiting_for_a_token_has_an_end(office: Office) -> None:
    office.open.clear()
    credentials = Credentials(office.credential, "the-scope", time_limit=0.01)
    with pytest.raises(TryLater):
        await credentials.get_token()
    await credentials.close()


async def test_a_refused_token_is_not_given_again(
    office: Office, credentials: Credentials
) -> None:
    await credentials.get_token()
    credentials.forget("another")
    assert await credentials.get_token() == "token-1"
    credentials.forget("token-1")
    assert await credentials.get_token() == "token-2"
    assert office.closed == 1


async def test_without_an_app_id_there_is_no_token() -> None:
    credentials = credentials_for(a_config(app_id=""))
    assert isinstance(credentials, NoCredentials)
    assert await credentials.get_token() == ""
    credentials.forget("")
    await credentials.close()


@asynccontextmanager
async def entra(folder: Path) -> AsyncIterator[tuple[str, list[tuple[str, Any]], Path]]:
    """Serve tokens; gives the address, the requests, and the certificate to trust."""
    context, trusted = tls_in(folder)
    requests: list[tuple[str, Any]] = []

    async def token(request: web.Request) -> web.Response:
        requests.append((request.path, dict(await request.post())))
        body = {"token_type": "Bearer", "expires_in": 3600, "access_token": "from-entra"}
        return web.json_response(body)

    async with serving([web.post("/{tenant}/oauth2/v2.0/token", token)], context) as address:
        yield address, requests, trusted


@pytest.mark.parametrize(
    ("app_type", "tenant"), [("SingleTenant", TENANT), ("MultiTenant", "botframework.com")]
)
async def test_a_secret_is_shown_to_the_right_tenant(
    tmp_path: Path, app_type: str, tenant: str
) -> None:
    async with entra(tmp_path) as (address, requests, trusted):
        config = a_config(app_type=app_type, login_url=address)
        credentials = credentials_for(config, connection_verify=str(trusted))
        assert await credentials.get_token() == "from-entra"
        await credentials.close()
    ((path, form),) = requests
    assert path == f"/{tenant}/oauth2/v2.0/token"
    assert form["client_id"] == "the-app"
    assert form["client_secret"] == "the-password"
    assert form["scope"] == "https://api.botframework.com/.default"


async def test_each_type_has_its_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_FEDERATED_TOKEN_FILE", str(tmp_path / "token"))
    tls_in(tmp_path)
    for app_type, kind in (
        ("UserAssignedMSI", ManagedIdentityCredential),
        ("WorkloadIdentity", WorkloadIdentityCredential),
        ("Certificate", CertificateCredential),
    ):
        config = a_config(
            app_type=app_type, certificate_path=tmp_path / "own.pem", app_password=""
        )
        credentials = credentials_for(config)
        assert isinstance(credentials, Credentials)
        assert isinstance(credentials._credential, kind)
        await credentials.close()


async def test_what_cannot_work_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_FEDERATED_TOKEN_FILE", raising=False)
    junk = tmp_path / "junk.pem"
    junk.write_text("no certificate", encoding="ascii")
    for wrong in (
        {"app_type": "WorkloadIdentity"},
        {"app_type": "Certificate", "certificate_path": junk},
        {"app_tenant_id": "no/tenant"},
    ):
        with pytest.raises(ConfigError, match="credentials cannot be used"):
            credentials_for(a_config(**wrong))


def a_config(**changes: Any) -> Config:
    known: dict[str, Any] = {"app_id": "the-app", "app_tenant_id": TENANT}
    known["app_password"] = "the-password"
    values = known | changes
    return Config() if not values["app_id"] else Config(**values)

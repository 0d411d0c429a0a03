"""Every kind of identity gets a token from a server on this machine, by azure-identity itself."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from actions.errors import TryLater
from bot.config import Config
from bot.credentials import credentials_for
from bot.database_login import database_login
from tests.bot.servers import serving, tls_in

TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
SCOPE = "https://api.botframework.com/.default"


@dataclass
class Issuer:
    """A token server; `answer` is what it says, with `status`."""

    requests: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    status: int = 200
    answer: dict[str, Any] = field(default_factory=lambda: {"access_token": "issued"})

    async def token(self, request: web.Request) -> web.Response:
        """Answer as Entra, App Service or IMDS would."""
        told = dict(request.query) | dict(await request.post())
        self.requests.append((request.path, told, dict(request.headers)))
        ends = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
        times = {"expires_in": "3600", "expires_on": str(ends), "token_type": "Bearer"}
        resource = {"resource": told.get("resource", "")}
        return web.json_response(times | resource | self.answer, status=self.status)

    @asynccontextmanager
    async def at_entra(self, folder: Path) -> AsyncIterator[tuple[str, Path]]:
        """Serve by TLS; gives the address and the certificate to trust."""
        context, trusted = tls_in(folder)
        route = web.post("/{tenant}/oauth2/v2.0/token", self.token)
        async with serving([route], context) as address:
            yield address, trusted

    @asynccontextmanager
    async def on_the_host(self) -> AsyncIterator[str]:
        """Serve as a host does to what runs on it, without TLS."""
        async with serving([web.get("/{path:.*}", self.token)]) as address:
            yield address


def a_config(**changes: Any) -> Config:
    known: dict[str, Any] = {"app_id": "the-app", "app_tenant_id": TENANT}
    return Config(**(known | changes))


def a_certificate(folder: Path, password: str) -> tuple[Path, Path]:
    """Make a certificate; gives its PEM file, and its PFX file under the password."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "muster")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, pfx = folder / "own.pem", folder / "own.pfx"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    sealed = serialization.BestAvailableEncryption(password.encode())
    pfx.write_bytes(pkcs12.serialize_key_and_certificates(b"muster", key, made, None, sealed))
    return pem, pfx


def claims_of(assertion: str) -> dict[str, Any]:
    """Read what a signed assertion says."""
    middle = assertion.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return read


@pytest.mark.parametrize("sort", ["pem", "pfx"])
async def test_a_certificate_signs_for_the_app(tmp_path: Path, sort: str) -> None:
    pem, pfx = a_certificate(tmp_path, "open sesame")
    password = {"app_password": "open sesame"} if sort == "pfx" else {}
    issuer = Issuer()
    async with issuer.at_entra(tmp_path) as (address, trusted):
        config = a_config(
            app_type="Certificate",
            certificate_path=pfx if sort == "pfx" else pem,
            login_url=address,
            **password,
        )
        credentials = credentials_for(config, connection_verify=str(trusted))
        assert await credentials.get_token() == "issued"
        await credentials.close()
    ((path, form, _),) = issuer.requests
    assert path == f"/{TENANT}/oauth2/v2.0/token"
    assert (form["client_id"], form["scope"]) == ("the-app", SCOPE)
    claims = claims_of(form["client_assertion"])
    assert (claims["iss"], claims["aud"]) == ("the-app", f"{address}{path}")


async def test_a_workload_shows_the_token_that_its_cluster_gave_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "federated").write_text("from-the-cluster", encoding="ascii")
    monkeypatch.setenv("AZURE_FEDERATED_TOKEN_FILE", str(tmp_path / "federated"))
    issuer = Issuer()
    async with issuer.at_entra(tmp_path) as (address, trusted):
        config = a_config(app_type="WorkloadIdentity", login_url=address)
        credentials = credentials_for(config, connection_verify=str(trusted))
        assert await credentials.get_token() == "issued"
        await credentials.close()
    ((path, form, _),) = issuer.requests
    assert path == f"/{TENANT}/oauth2/v2.0/token"
    assert (form["client_id"], form["scope"]) == ("the-app", SCOPE)
    assert form["client_assertion"] == "from-the-cluster"


@pytest.fixture
def bare_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that says nothing of identities yet."""
    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET"):
        monkeypatch.delenv(name, raising=False)


def on_app_service(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Say what App Service says to what runs on it."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{address}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "known to this host alone")


@pytest.mark.usefixtures("bare_host")
async def test_an_app_services_identity_is_asked_for_by_the_apps_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer = Issuer()
    async with issuer.on_the_host() as address:
        on_app_service(monkeypatch, address)
        credentials = credentials_for(a_config(app_type="UserAssignedMSI"))
        assert await credentials.get_token() == "issued"
        await credentials.close()
    ((path, query, headers),) = issuer.requests
    assert path == "/msi/token"
    assert (query["resource"], query["client_id"]) == ("https://api.botframework.com", "the-app")
    assert headers["X-IDENTITY-HEADER"] == "known to this host alone"


@pytest.mark.usefixtures("bare_host")
async def test_a_virtual_machines_identity_is_asked_for_by_the_apps_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer = Issuer()
    async with issuer.on_the_host() as address:
        monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", address)
        credentials = credentials_for(a_config(app_type="UserAssignedMSI"))
        assert await credentials.get_token() == "issued"
        await credentials.close()
    path, query, headers = issuer.requests[-1]
    assert path == "/metadata/identity/oauth2/token"
    assert (query["resource"], query["client_id"]) == ("https://api.botframework.com", "the-app")
    assert headers["Metadata"] == "true"


@pytest.mark.usefixtures("bare_host")
async def test_an_identity_that_the_host_does_not_know_is_a_reason_to_try_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer = Issuer(status=400, answer={"error": "invalid_request"})
    async with issuer.on_the_host() as address:
        on_app_service(monkeypatch, address)
        credentials = credentials_for(a_config(app_type="UserAssignedMSI"))
        with pytest.raises(TryLater):
            await credentials.get_token()
        await credentials.close()


@pytest.mark.usefixtures("bare_host")
async def test_the_database_is_opened_with_a_token_for_its_own_scope(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer = Issuer()
    async with issuer.on_the_host() as address:
        on_app_service(monkeypatch, address)
        config = Config(
            database_url="postgresql://muster@db.example.org/muster?azure_identity=true",
            database_scope="https://db.example.org/.default",
        )
        async with database_login(config) as password:
            assert password is not None
            assert await password() == "issued"
    ((_, query, _),) = issuer.requests
    assert query["resource"] == "https://db.example.org"


async def test_a_database_with_a_password_of_its_own_needs_no_identity() -> None:
    config = Config(database_url="postgresql://muster:x@db.example.org/muster")
    async with database_login(config) as password:
        assert password is None

"""Small real servers on this machine, and clocks, for the tests of the edge."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"
APP_ID = "11111111-2222-3333-4444-555555555555"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"

Json = dict[str, Any]


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self, seconds: float = 1_800_000_000.0) -> None:
        """Begin at a fixed time."""
        self.seconds = seconds

    def __call__(self) -> float:
        """Give the time."""
        return self.seconds

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


@asynccontextmanager
async def serving(
    routes: Iterable[web.RouteDef], tls: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """Serve on a free port; gives the address."""
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        yield f"{'https' if tls else 'http'}://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@cache
def private_key(number: int) -> rsa.RSAPrivateKey:
    """Give a key of this process; making one takes long, so tests share them."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class KeyServer:
    """Bot Framework's key server; `listed` are the numbers of its keys."""

    listed: list[int] = field(default_factory=lambda: [1])
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])
    extra: list[Any] = field(default_factory=list)
    status: int = 200
    fetches: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Answer at once, until `open` is cleared."""
        self.open.set()

    def routes(self) -> list[web.RouteDef]:
        """Give both documents."""
        return [web.get("/metadata", self._metadata), web.get("/keys", self._keys)]

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        self.asked.set()
        await self.open.wait()
        return web.json_response(
            {"jwks_uri": str(request.url.origin() / "keys")}, status=self.status
        )

    async def _keys(self, _: web.Request) -> web.Response:
        keys = [jwk(number, endorsements=self.endorsements) for number in self.listed]
        return web.json_response({"keys": [*self.extra, *keys]})


def jwk(number: int, **more: Any) -> Json:
    """Give a public key as the key server lists it."""
    made: Json = RSAAlgorithm.to_jwk(private_key(number).public_key(), as_dict=True)
    return {**made, "kid": f"key-{number}", "use": "sig", **more}


def claims_at(now: float, **changes: Any) -> Json:
    """Give good claims; a change of None leaves that claim out."""
    claims = {
        "iss": ISSUER,
        "aud": APP_ID,
        "serviceurl": SERVICE_URL,
        "nbf": int(now),
        "exp": int(now) + 3600,
    }
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


def signed(claims: Json, number: int = 1, **headers: Any) -> str:
    """Sign claims with key `number`."""
    names = {"kid": f"key-{number}", **headers}
    names = {name: value for name, value in names.items() if value is not None}
    return jwt.encode(claims, private_key(number), algorithm="RS256", headers=names)


def tls_in(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a server's context, and the certificate that a client must trust for it."""
    key, now = private_key(0), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    trusted, own = folder / "trusted.pem", folder / "own.pem"
    trusted.write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    own.write_bytes(
        trusted.read_bytes()
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    return context, trusted

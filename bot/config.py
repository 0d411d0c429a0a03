"""What an operator sets, read from the environment and checked before anything starts."""

import difflib
import ipaddress
import os
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from yarl import URL

SECRET_KEY_FILE: Final = Path("var/secret.key")
SHORTEST_KEY: Final = 32
"""Characters; what `secrets.token_hex(16)` gives."""

ANY_TENANT: Final = "*"
LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "::1")
TEAMS_HOSTS: Final = (
    "smba.trafficmanager.net",
    "smba.infra.gcc.teams.microsoft.com",
    ".teams.microsoft.us",
    ".botframework.com",
    ".botframework.us",
)
"""Where Teams' connectors are; a leading dot takes every host below.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

AppType: TypeAlias = Literal[
    "SingleTenant", "UserAssignedMSI", "MultiTenant", "Certificate", "WorkloadIdentity"
]

_APP_TYPES: Final[tuple[AppType, ...]] = (
    "SingleTenant",
    "UserAssignedMSI",
    "MultiTenant",
    "Certificate",
    "WorkloadIdentity",
)
_PREFIX: Final = "MUSTER_"


ONEDRIVE_HOSTS: Final = (
    ".sharepoint.com",
    ".sharepoint.us",
    ".sharepoint-mil.us",
    ".sharepoint.cn",
    ".1drv.com",
    ".svc.ms",
)
"""Where people's OneDrives take files."""


DATABASE_SCOPE: Final = "https://ossrdbms-aad.database.windows.net/.default"
"""What a token for Azure Database for PostgreSQL is asked for by.

https://learn.microsoft.com/azure/postgresql/flexible-server/security-entra-configure
"""


class ConfigError(Exception):
    """A setting is missing or wrong; the message is one sentence, and never holds a secret."""


def is_loopback(host: str) -> bool:
    """Give whether a host name or address is this machine, seen from itself."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def covers(rules: Iterable[str], host: str) -> bool:
    """Give whether rules like `TEAMS_HOSTS` allow a host, in small letters."""
    return any(host.endswith(rule) if rule.startswith(".") else host == rule for rule in rules)


def _comma_separated(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _app_type(value: object) -> object:
    """Take any case, as the Bot Framework's own settings do."""
    known = {name.lower(): name for name in _APP_TYPES}
    return known.get(value.lower(), value) if isinstance(value, str) else value


def _secure_url(value: str) -> str:
    try:
        url = URL(value)
        host, scheme = url.host or "", url.scheme
    except ValueError:
        host = scheme = ""
    if not host or not (scheme == "https" or (scheme == "http" and is_loopback(host))):
        raise ValueError("it must be an https address")
    return value.rstrip("/")


_Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_comma_separated)]
_Url = Annotated[str, AfterValidator(_secure_url)]


class Config(BaseSettings):
    """The settings of docs/install.md. Raises ConfigError when one is wrong."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_ignore_empty=True,
        populate_by_name=True,
        hide_input_in_errors=True,
        extra="forbid",
    )

    app_id: str = Field("", validation_alias="MicrosoftAppId")
    app_type: Annotated[AppType, BeforeValidator(_app_type)] = Field(
        "SingleTenant", validation_alias="MicrosoftAppType"
    )
    app_tenant_id: str = Field("", validation_alias="MicrosoftAppTenantId")
    app_password: SecretStr = Field(SecretStr(""), validation_alias="MicrosoftAppPassword")
    certificate_path: Path | None = Field(None, validation_alias="MUSTER_CERTIFICATE_PATH")

    port: int = Field(3978, ge=0, le=65535, validation_alias="PORT")
    host: str = Field("127.0.0.1", validation_alias="MUSTER_HOST")
    public_url: _Url | None = Field(None, validation_alias="MUSTER_PUBLIC_URL")
    # An address may hold a password, so it stays out of what a log might show.
    database_url: str = Field(
        "sqlite:///var/muster.db", validation_alias="DATABASE_URL", repr=False
    )
    database_scope: str = Field(DATABASE_SCOPE, validation_alias="MUSTER_DATABASE_SCOPE")
    secret: SecretStr | None = Field(None, validation_alias="MUSTER_SECRET_KEY")
    tenants: _Names = Field((), validation_alias="MUSTER_ALLOWED_TENANTS")
    metrics: bool = Field(default=False, validation_alias="MUSTER_METRICS")
    retention_days: int | None = Field(
        None, ge=1, le=36_500, validation_alias="MUSTER_RETENTION_DAYS"
    )

    openid_metadata_url: _Url = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        validation_alias="MUSTER_OPENID_METADATA_URL",
    )
    token_issuer: str = Field(
        "https://api.botframework.com", validation_alias="MUSTER_TOKEN_ISSUER"
    )
    login_url: _Url = Field(
        "https://login.microsoftonline.com", validation_alias="MUSTER_LOGIN_URL"
    )
    oauth_scope: str = Field(
        "https://api.botframework.com/.default", validation_alias="MUSTER_OAUTH_SCOPE"
    )
    hosts: _Names = Field((), validation_alias="MUSTER_SERVICE_HOSTS")

    def __init__(self, **values: Any) -> None:
        """Read the environment; `values` win over it. Raises ConfigError."""
        _refuse_unknown(os.environ)
        try:
            super().__init__(**values)
        except ValidationError as error:
            # Not chained: pydantic's own error may quote a secret.
            raise ConfigError(_sentence(error)) from None

    @property
    def kept(self) -> timedelta | None:
        """How long what is closed is kept; None is for ever."""
        return None if self.retention_days is None else timedelta(days=self.retention_days)

    @property
    def allowed_tenants(self) -> frozenset[str]:
        """The tenants that are served; empty means all."""
        if ANY_TENANT in self.tenants:
            return frozenset()
        chosen = self.tenants or ((self.app_tenant_id,) if self.app_tenant_id else ())
        return frozenset(tenant.lower() for tenant in chosen)

    @property
    def service_hosts(self) -> tuple[str, ...]:
        """The hosts that the bot may send to; without an app id, this machine alone."""
        if self.hosts:
            return tuple(host.lower() for host in self.hosts)
        return TEAMS_HOSTS if self.app_id else LOOPBACK_HOSTS

    @property
    def upload_hosts(self) -> tuple[str, ...]:
        """The hosts that files may be sent to; this machine too where Teams itself is here."""
        return ONEDRIVE_HOSTS + tuple(host for host in self.service_hosts if is_loopback(host))

    def secret_key(self) -> bytes:
        """Give the HMAC key, made and kept at the first start. Raises ConfigError."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        try:
            return _kept_key(SECRET_KEY_FILE)
        except OSError as error:
            raise ConfigError(f"{SECRET_KEY_FILE} cannot be used: {error.strerror}.") from None

    @model_validator(mode="after")
    def _is_coherent(self) -> "Config":
        if self.secret is not None and len(self.secret.get_secret_value()) < SHORTEST_KEY:
            raise ConfigError(f"MUSTER_SECRET_KEY must have at least {SHORTEST_KEY} characters.")
        if self.app_id:
            self._check_identity()
        else:
            self._check_development()
        return self

    def _check_identity(self) -> None:
        needs: dict[AppType, dict[str, object]] = {
            "SingleTenant": self._tenant() | self._password(),
            "MultiTenant": self._password(),
            "Certificate": self._tenant() | {"MUSTER_CERTIFICATE_PATH": self.certificate_path},
            "WorkloadIdentity": self._tenant(),
            "UserAssignedMSI": {},
        }
        for name, value in needs[self.app_type].items():
            if not value:
                raise ConfigError(f"{name} is missing: {self.app_type} needs it.")
        if self.certificate_path and not self.certificate_path.is_file():
            raise ConfigError("MUSTER_CERTIFICATE_PATH names no file.")

    def _check_development(self) -> None:
        """Without an app id anybody who can connect is believed, so nobody else may connect."""
        others = self._tenant() | self._password()
        for name, value in others.items():
            if value:
                raise ConfigError(f"{name} is set, but MicrosoftAppId is not.")
        if not is_loopback(self.host):
            raise ConfigError(
                "Without MicrosoftAppId nobody is checked, so MUSTER_HOST must be 127.0.0.1."
            )

    def _tenant(self) -> dict[str, object]:
        return {"MicrosoftAppTenantId": self.app_tenant_id}

    def _password(self) -> dict[str, object]:
        return {"MicrosoftAppPassword": self.app_password.get_secret_value()}


def _refuse_unknown(environment: Iterable[str]) -> None:
    """A misspelt name must not leave a setting at its default unnoticed."""
    known = {str(field.validation_alias) for field in Config.model_fields.values()}
    for name in sorted(environment):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise ConfigError(f"{name} is not a setting of Muster.{hint}")


def _sentence(error: ValidationError) -> str:
    """Say what is wrong first; the rest shows when that is put right."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "A setting"
    field = Config.model_fields.get(name)
    name = str(field.validation_alias) if field else name
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name} cannot be used: {reason[0].lower()}{reason[1:]}."


def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Of several processes that start at once exactly one makes the file.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
    key = path.read_bytes().strip()
    if len(key) < SHORTEST_KEY:
        raise ConfigError(f"{path} holds no key; restore it, or delete it to make a new one.")
    return key

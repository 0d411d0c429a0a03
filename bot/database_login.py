"""Logging in to the database with an Entra identity instead of a password."""

from collections.abc import Awaitable, Callable

from azure.identity.aio import DefaultAzureCredential

from bot.credentials import Credentials

SCOPE = "https://ossrdbms-aad.database.windows.net/.default"
"""Azure Database for PostgreSQL.

https://learn.microsoft.com/azure/postgresql/flexible-server/security-entra-configure
"""


def database_password(database_url: str) -> Callable[[], Awaitable[str]] | None:
    """Give what `?azure_identity=true` asks for passwords, None for other addresses."""
    if "azure_identity=true" not in database_url:
        return None
    return Credentials(DefaultAzureCredential, SCOPE).get_token

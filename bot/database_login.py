"""Logging in to the database with an Entra identity instead of a password."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from azure.identity.aio import DefaultAzureCredential

from bot.config import Config
from bot.credentials import Credentials

Password: TypeAlias = Callable[[], Awaitable[str]]


@asynccontextmanager
async def database_login(config: Config) -> AsyncIterator[Password | None]:
    """Give what `?azure_identity=true` asks for passwords, None for other addresses."""
    if "azure_identity=true" not in config.database_url:
        yield None
        return
    credentials = Credentials(DefaultAzureCredential, config.database_scope)
    try:
        yield credentials.get_token
    finally:
        await credentials.close()

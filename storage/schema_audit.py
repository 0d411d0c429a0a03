"""The tables of who managed what, and of which secret is the right one."""

from sqlalchemy import JSON, Column, Index, LargeBinary, Table

from storage.columns import Time, Words
from storage.metadata import metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Words, primary_key=True),
    Column("tenant_id", Words, nullable=False),
    Column("at", Time, nullable=False),
    Column("person", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("verb", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("detail", JSON, nullable=False),
    Index(None, "at", "id"),
)
"""Who managed what, when; never what anybody answered.

`subject` is an action, series or person.
"""

keyring = Table(
    "keyring",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""What tells whether the secret is the one that this database was begun with."""

"""The tables of what happens by itself: series, messages, processes."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    text,
)

from storage.columns import Time, Words
from storage.metadata import metadata

series = Table(
    "series",
    metadata,
    Column("id", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("tenant_id", Words, nullable=False),
    Column("creator", Words, nullable=False),
    Column("creator_name", Words, nullable=False),
    Column("creator_mri", Words, nullable=False),
    Column("locale", Words, nullable=False),
    Column("time_zone", Words, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("content", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("folded", Words, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("conversation_id", Words, nullable=False),
    Column("starts_at", Time, nullable=False),
    Column("rule", JSON),
    Column("closes_after", Integer),
    Column("next_at", Time),
    Column("posted", Integer, nullable=False),
    Column("stopped", Words, nullable=False),
    Column("co_creators", JSON),
    Index(None, "creator", "created_at"),
    Index(
        "ix_series_next",
        "next_at",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
)
"""What is posted later; `closes_after` is in minutes. Each posting is an action of its own."""

notices = Table(
    "notices",
    metadata,
    Column("id", Words, primary_key=True),
    Column("about", Words, nullable=False),
    Column("tenant_id", Words, nullable=False),
    Column("action_id", Words, nullable=False),
    Column("round", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("sealed", LargeBinary),
    Column("name", Words, nullable=False),
    Column("mri", Words, nullable=False),
    Column("conversation_id", Words, nullable=False),
    Column("locale", Words, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time),
    Column("due_at", Time),
    Column("lease_until", Time),
    Column("attempts", Integer, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("code", Words, nullable=False),
    Column("settled_at", Time),
    Index(None, "action_id", "round", "outcome"),
    Index(None, "action_id", "person", "created_at"),
    Index(None, "settled_at"),
    Index(
        "ix_notices_due",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_notices_lease",
        "lease_until",
        sqlite_where=text("lease_until IS NOT NULL"),
        postgresql_where=text("lease_until IS NOT NULL"),
    ),
    Index(
        "ix_notices_unreached",
        "action_id",
        "round",
        sqlite_where=text("outcome = 'unreached'"),
        postgresql_where=text("outcome = 'unreached'"),
    ),
)
"""Messages of the bot's own accord, on their way and sent.

Of an anonymous action `person` is a keyed hash and the names are in `sealed`: who was reminded
when would otherwise say, beside the order of the ballots, whose ballot it is.
"""

processes = Table(
    "processes",
    metadata,
    Column("id", Words, primary_key=True),
    Column("seen_at", Time, nullable=False),
    Column("has_ended", Boolean, nullable=False),
    Column("claims", JSON, nullable=False),
)
"""The processes that run, and those that ran within the last hours: they share Teams' limits."""

"""The tables.

Everything big is keyed by its action first, so that it can be spread over servers by that. Kinds
and statuses are text, content and settings JSON with a version: a new kind needs no migration.

Of someone's several responses the first has the person's key for a slot, later ones the key and
`#2`, `#3` …; the slot of a shared checklist is the item, `history` keeps who and when.

Ballots and participations are the two halves of an anonymous response (`storage.secrecy`). They
have no time and no order, and no transaction that writes them writes anything that names a person:
PostgreSQL's `xmin` and `ctid` would join the two. What was not handed in yet, named or anonymous,
is in `progress` under a key of its own and sealed, so it may stay there when an anonymous action
closes, unless it changes what was handed in: it joins nobody to a ballot either.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    text,
)

from storage.columns import Time, Words
from storage.metadata import metadata
from storage.schema_audit import audit, keyring
from storage.schema_timed import notices, processes, series

__all__ = ["audit", "keyring", "metadata", "notices", "processes", "series"]
"""Tables of other files, which are known once this one is."""

conversations = Table(
    "conversations",
    metadata,
    Column("id", Words, primary_key=True),
    Column("tenant_id", Words, nullable=False),
    Column("scope", Words, nullable=False),
    Column("service_url", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("team_id", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("heard_at", Time, nullable=False),
    Column("dead_code", Words),
    Index(None, "person"),
    Index(None, "tenant_id", "heard_at"),
    Index(
        "ix_conversations_team",
        "team_id",
        sqlite_where=text("team_id <> ''"),
        postgresql_where=text("team_id <> ''"),
    ),
)

"""`dead_code` is why Teams takes nothing there any more; hearing from there ends that."""

drafts = Table(
    "drafts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("tenant_id", Words, nullable=False),
    Column("creator", Words, nullable=False),
    Column("creator_name", Words, nullable=False),
    Column("creator_mri", Words, nullable=False),
    Column("locale", Words, nullable=False),
    Column("time_zone", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("edits", Words, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("updated_at", Time),
    Column("posted_at", Time),
    Index(None, "creator", "updated_at"),
    Index(None, "edits"),
    Index(
        "ix_drafts_untouched",
        "updated_at",
        sqlite_where=text("posted_at IS NULL"),
        postgresql_where=text("posted_at IS NULL"),
    ),
)

actions = Table(
    "actions",
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
    Column("content_revision", Integer, nullable=False),
    Column("status", Words, nullable=False),
    Column("closes_at", Time),
    Column("closed_at", Time),
    Column("co_creators", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("audience", Integer),
    Column("recent", JSON, nullable=False),
    Column("folded", Words, nullable=False, server_default=""),
    Column("series", Words, nullable=False, server_default=""),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("remind_at", Time),
    Column("notify_at", Time),
    Column("notified", Integer, nullable=False, server_default="0"),
    Index(
        "ix_actions_series",
        "series",
        "number",
        sqlite_where=text("series <> ''"),
        postgresql_where=text("series <> ''"),
    ),
    Index(
        "ix_actions_remind",
        "remind_at",
        sqlite_where=text("remind_at IS NOT NULL"),
        postgresql_where=text("remind_at IS NOT NULL"),
    ),
    Index(
        "ix_actions_notify",
        "notify_at",
        sqlite_where=text("notify_at IS NOT NULL"),
        postgresql_where=text("notify_at IS NOT NULL"),
    ),
    Index(
        "ix_actions_closed",
        "closed_at",
        sqlite_where=text("status = 'closed'"),
        postgresql_where=text("status = 'closed'"),
    ),
    Index(
        "ix_actions_deleted",
        "id",
        sqlite_where=text("status = 'deleted'"),
        postgresql_where=text("status = 'deleted'"),
    ),
    Index(
        "ix_actions_due",
        "closes_at",
        sqlite_where=text("status = 'active'"),
        postgresql_where=text("status = 'active'"),
    ),
    # Every response raises the revision: PostgreSQL keeps such rows on their page, if it has room.
    postgresql_with={"fillfactor": 50},
)
"""`folded` is the title as it is searched in."""

managers = Table(
    "managers",
    metadata,
    Column("action_id", Words, ForeignKey("actions.id"), primary_key=True),
    Column("person", Words, primary_key=True),
    Index(None, "person"),
    sqlite_with_rowid=False,
)
"""Creators and co-creators, to find what someone manages."""

postings = Table(
    "postings",
    metadata,
    Column("action_id", Words, ForeignKey("actions.id"), primary_key=True),
    Column("id", Words, primary_key=True),
    Column("conversation_id", Words, nullable=False),
    Column("activity_id", Words, nullable=False),
    Column("shown_revision", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Time),
    Column("not_before", Time),
    Column("lease_until", Time),
    Column("dead_code", Words),
    Index(None, "conversation_id", "activity_id"),
    Index(
        "ix_postings_due",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_postings_lease",
        "lease_until",
        sqlite_where=text("lease_until IS NOT NULL"),
        postgresql_where=text("lease_until IS NOT NULL"),
    ),
    Index(
        "ix_postings_dead",
        "conversation_id",
        sqlite_where=text("dead_code IS NOT NULL"),
        postgresql_where=text("dead_code IS NOT NULL"),
    ),
    postgresql_with={"fillfactor": 50},
)
"""`due_at` is empty while a posting shows the newest, `lease_until` while nobody delivers it."""

audience = Table(
    "audience",
    metadata,
    Column("action_id", Words, primary_key=True),
    Column("person", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("mri", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Index(None, "action_id", "folded", "person"),
    Index(None, "person"),
    sqlite_with_rowid=False,
)

responses = Table(
    "responses",
    metadata,
    Column("action_id", Words, primary_key=True),
    Column("slot", Words, primary_key=True),
    Column("person", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("mri", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("submitted_at", Time),
    Column("changed_at", Time, nullable=False),
    Column("due_at", Time),
    Column("percent", BigInteger),
    Index(None, "action_id", "submitted_at", "slot"),
    Index(
        "ix_responses_due",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)
"""`submitted_at` is empty until something counts: an attempt that is under way is a row already.

`due_at` is when the clock has something to do with it: a time limit is over, a validity ends.
`percent` is what places on the leaderboard are by: the score in millionths of a percent, empty
where there is none. It follows from the answers and the keys, and is written whenever they are.
"""

Index(
    "ix_responses_leaders",
    responses.c.action_id,
    responses.c.percent.desc(),
    responses.c.submitted_at,
    responses.c.slot,
    sqlite_where=text("percent IS NOT NULL"),
    postgresql_where=text("percent IS NOT NULL"),
)

participations = Table(
    "participations",
    metadata,
    Column("action_id", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Who took part in an anonymous action, readable with the secret only."""

ballots = Table(
    "ballots",
    metadata,
    Column("action_id", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("answers", JSON, nullable=False),
    sqlite_with_rowid=False,
)
"""What was answered in an anonymous action."""

progress = Table(
    "progress",
    metadata,
    Column("action_id", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""What was filled in and not handed in yet, readable with the secret only."""

tallies = Table(
    "tallies",
    metadata,
    Column("action_id", Words, primary_key=True),
    Column("question", Words, primary_key=True),
    Column("bucket", Words, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 50},
)

history = Table(
    "history",
    metadata,
    Column("action_id", Words, ForeignKey("actions.id"), primary_key=True),
    Column("id", Words, primary_key=True),
    Column("person", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("verb", Words, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("at", Time, nullable=False),
)

bank = Table(
    "bank",
    metadata,
    Column("owner", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("item", JSON, nullable=False),
    Column("changed_at", Time, nullable=False),
    Index(None, "owner", "changed_at", "id"),
)
"""Questions that someone keeps. `item` holds question and key, `folded` what is searched in."""

bank_imports = Table(
    "bank_imports",
    metadata,
    Column("owner", Words, primary_key=True),
    Column("report", JSON, nullable=False),
)
"""What someone's last import did, to be read page by page."""

certificates = Table(
    "certificates",
    metadata,
    Column("code", Words, primary_key=True),
    Column("action_id", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("score", JSON),
    Column("completed_at", Time, nullable=False),
    Column("valid_until", Time),
    Column("time_zone", Words),
    Index(None, "action_id", "person", "attempt", unique=True),
    Index(
        "ix_certificates_lapsing",
        "valid_until",
        sqlite_where=text("valid_until IS NOT NULL"),
        postgresql_where=text("valid_until IS NOT NULL"),
    ),
)
"""What was confirmed to someone: it says the name and the title of that day.

`time_zone` is its training's, which it has of its own only once that is gone.
"""

"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
DUE = sa.text("due_at IS NOT NULL")
LEASED = sa.text("lease_until IS NOT NULL")
ACTIVE = sa.text("status = 'active'")


def upgrade() -> None:
    """Make the tables."""
    _conversations()
    _drafts()
    _actions()
    _managers()
    _postings()
    _audience()
    _responses()
    _participations_and_ballots()
    _tallies()
    _history()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("history", "managers", "postings", "actions", "drafts", "conversations"):
        op.drop_table(table)
    for table in ("audience", "responses", "participations", "ballots", "tallies"):
        op.drop_table(table)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("tenant_id", WORDS, nullable=False),
        sa.Column("scope", WORDS, nullable=False),
        sa.Column("service_url", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("team_id", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("heard_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_person", "conversations", ["person"])
    op.create_index(
        "ix_conversations_tenant_id_heard_at", "conversations", ["tenant_id", "heard_at"]
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("tenant_id", WORDS, nullable=False),
        sa.Column("creator", WORDS, nullable=False),
        sa.Column("creator_name", WORDS, nullable=False),
        sa.Column("creator_mri", WORDS, nullable=False),
        sa.Column("locale", WORDS, nullable=False),
        sa.Column("time_zone", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("edits", WORDS, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("updated_at", TIME, nullable=True),
        sa.Column("posted_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_creator_updated_at", "drafts", ["creator", "updated_at"])
    op.create_index("ix_drafts_edits", "drafts", ["edits"])


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("tenant_id", WORDS, nullable=False),
        sa.Column("creator", WORDS, nullable=False),
        sa.Column("creator_name", WORDS, nullable=False),
        sa.Column("creator_mri", WORDS, nullable=False),
        sa.Column("locale", WORDS, nullable=False),
        sa.Column("time_zone", WORDS, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("content_revision", sa.Integer(), nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("closes_at", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("co_creators", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=True),
        sa.Column("recent", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_actions"),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(
        "ix_actions_due", "actions", ["closes_at"], sqlite_where=ACTIVE, postgresql_where=ACTIVE
    )


def _managers() -> None:
    op.create_table(
        "managers",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name="fk_managers_action_id"),
        sa.PrimaryKeyConstraint("action_id", "person", name="pk_managers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_managers_person", "managers", ["person"])


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("conversation_id", WORDS, nullable=False),
        sa.Column("activity_id", WORDS, nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("not_before", TIME, nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("dead_code", WORDS, nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name="fk_postings_action_id"),
        sa.PrimaryKeyConstraint("action_id", "id", name="pk_postings"),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(
        "ix_postings_conversation_id_activity_id", "postings", ["conversation_id", "activity_id"]
    )
    op.create_index(
        "ix_postings_due", "postings", ["due_at"], sqlite_where=DUE, postgresql_where=DUE
    )
    op.create_index(
        "ix_postings_lease",
        "postings",
        ["lease_until"],
        sqlite_where=LEASED,
        postgresql_where=LEASED,
    )


def _audience() -> None:
    op.create_table(
        "audience",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("mri", WORDS, nullable=False),
        sa.Column("folded", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("action_id", "person", name="pk_audience"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_audience_action_id_folded_person", "audience", ["action_id", "folded", "person"]
    )


def _responses() -> None:
    op.create_table(
        "responses",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("slot", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("mri", WORDS, nullable=False),
        sa.Column("folded", WORDS, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=True),
        sa.Column("submitted_at", TIME, nullable=True),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("action_id", "slot", name="pk_responses"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_responses_action_id_submitted_at_slot",
        "responses",
        ["action_id", "submitted_at", "slot"],
    )


def _participations_and_ballots() -> None:
    op.create_table(
        "participations",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", "key", name="pk_participations"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", "key", name="pk_ballots"),
        sqlite_with_rowid=False,
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("question", WORDS, nullable=False),
        sa.Column("bucket", WORDS, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", "question", "bucket", name="pk_tallies"),
        postgresql_with={"fillfactor": 50},
        sqlite_with_rowid=False,
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("verb", WORDS, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name="fk_history_action_id"),
        sa.PrimaryKeyConstraint("action_id", "id", name="pk_history"),
    )

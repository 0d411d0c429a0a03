"""Time: series, messages of the bot's own accord, reminders, and the processes that run.

Adds columns with constant defaults and partial indexes of next to nothing, and makes three tables:
done in no time. Actions that are open already remind nobody by themselves; when they close, their
creators are told.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make room for what happens by the clock."""
    op.add_column("conversations", sa.Column("dead_code", WORDS, nullable=True))
    _partial("ix_conversations_team", "conversations", ["team_id"], "team_id <> ''")
    _partial("ix_postings_dead", "postings", ["conversation_id"], "dead_code IS NOT NULL")
    _actions()
    _series()
    _notices()
    op.create_table(
        "processes",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("has_ended", sa.Boolean(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_processes"),
    )


def _actions() -> None:
    series = sa.Column("series", WORDS, nullable=False, server_default="")
    op.add_column("actions", series)
    for name in ("number", "notified"):
        op.add_column("actions", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    for name in ("remind_at", "notify_at"):
        op.add_column("actions", sa.Column(name, TIME, nullable=True))
    _partial("ix_actions_series", "actions", ["series", "number"], "series <> ''")
    _partial("ix_actions_remind", "actions", ["remind_at"], "remind_at IS NOT NULL")
    _partial("ix_actions_notify", "actions", ["notify_at"], "notify_at IS NOT NULL")


def _series() -> None:
    op.create_table(
        "series",
        *_columns("id kind tenant_id creator creator_name creator_mri locale time_zone"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("folded", WORDS, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("conversation_id", WORDS, nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("rule", sa.JSON(), nullable=True),
        sa.Column("closes_after", sa.Integer(), nullable=True),
        sa.Column("next_at", TIME, nullable=True),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.Column("stopped", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
    )
    op.create_index("ix_series_creator_created_at", "series", ["creator", "created_at"])
    _partial("ix_series_next", "series", ["next_at"], "next_at IS NOT NULL")


def _notices() -> None:
    op.create_table(
        "notices",
        *_columns("id about tenant_id action_id round person"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        *_columns("name mri conversation_id locale"),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=True),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *_columns("outcome code"),
        sa.Column("settled_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    for columns in (
        ["action_id", "round", "outcome"],
        ["action_id", "person", "created_at"],
        ["settled_at"],
    ):
        op.create_index(f"ix_notices_{'_'.join(columns)}", "notices", columns)
    _partial("ix_notices_due", "notices", ["due_at"], "due_at IS NOT NULL")
    _partial("ix_notices_lease", "notices", ["lease_until"], "lease_until IS NOT NULL")
    _partial("ix_notices_unreached", "notices", ["action_id", "round"], "outcome = 'unreached'")


def _columns(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, WORDS, nullable=False) for name in names.split()]


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    """Remove it again."""
    for table in ("processes", "notices", "series"):
        op.drop_table(table)
    for name in ("ix_actions_notify", "ix_actions_remind", "ix_actions_series"):
        op.drop_index(name, "actions")
    for name in ("series", "number", "notified", "remind_at", "notify_at"):
        op.drop_column("actions", name)
    op.drop_index("ix_postings_dead", "postings")
    op.drop_index("ix_conversations_team", "conversations")
    op.drop_column("conversations", "dead_code")

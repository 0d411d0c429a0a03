"""Attempts: when the clock has to do with a response, and places by score; bank; certificates.

Adds two empty columns and two indexes of nothing, and makes three tables: done in no time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make room for what quizzes and trainings keep."""
    op.add_column("responses", sa.Column("due_at", TIME, nullable=True))
    op.create_index(
        "ix_responses_due",
        "responses",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.add_column("responses", sa.Column("percent", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_responses_leaders",
        "responses",
        ["action_id", sa.text("percent DESC"), "submitted_at", "slot"],
        sqlite_where=sa.text("percent IS NOT NULL"),
        postgresql_where=sa.text("percent IS NOT NULL"),
    )
    op.create_table(
        "bank",
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("folded", WORDS, nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_bank"),
    )
    op.create_index("ix_bank_owner_changed_at_id", "bank", ["owner", "changed_at", "id"])
    op.create_table(
        "bank_imports",
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_bank_imports"),
    )
    op.create_table(
        "certificates",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("score", sa.JSON(), nullable=True),
        sa.Column("completed_at", TIME, nullable=False),
        sa.Column("valid_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_certificates"),
    )
    op.create_index(
        "ix_certificates_action_id_person_attempt",
        "certificates",
        ["action_id", "person", "attempt"],
        unique=True,
    )


def downgrade() -> None:
    """Take the room away, with what is in it."""
    op.drop_table("certificates")
    op.drop_table("bank_imports")
    op.drop_table("bank")
    op.drop_index("ix_responses_leaders", table_name="responses")
    op.drop_column("responses", "percent")
    op.drop_index("ix_responses_due", table_name="responses")
    op.drop_column("responses", "due_at")

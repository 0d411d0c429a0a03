"""The audit log, what tells whether the secret is the right one, and what goes by its age.

Makes two tables, adds a column that may be empty, and four partial indexes of what has no end, or
has one behind it: seconds with a million actions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

BY_AGE = (
    ("ix_actions_closed", "actions", "closed_at", "status = 'closed'"),
    ("ix_actions_deleted", "actions", "id", "status = 'deleted'"),
    ("ix_drafts_untouched", "drafts", "updated_at", "posted_at IS NULL"),
    ("ix_certificates_lapsing", "certificates", "valid_until", "valid_until IS NOT NULL"),
)


def upgrade() -> None:
    """Make room."""
    names = ("person", "name", "verb", "subject")
    op.create_table(
        "audit",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("tenant_id", WORDS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, WORDS, nullable=False) for name in names),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at_id", "audit", ["at", "id"])
    op.create_table(
        "keyring",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_keyring"),
    )
    op.add_column("certificates", sa.Column("time_zone", WORDS, nullable=True))
    for name, table, column, where in BY_AGE:
        condition = sa.text(where)
        op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    """Take it all away."""
    for name, table, _, _ in BY_AGE:
        op.drop_index(name, table)
    op.drop_column("certificates", "time_zone")
    op.drop_table("keyring")
    op.drop_table("audit")

"""Progress, in a table of its own; the response's state, which nothing ever used, is gone.

Makes one table and forgets one column: both are done in no time, whatever is stored.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, drop the column."""
    op.create_table(
        "progress",
        sa.Column("action_id", WORDS, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", "key", name="pk_progress"),
        sqlite_with_rowid=False,
    )
    op.drop_column("responses", "state")


def downgrade() -> None:
    """Bring the column back, drop the table with what was not handed in."""
    op.add_column("responses", sa.Column("state", sa.JSON(), nullable=True))
    op.drop_table("progress")

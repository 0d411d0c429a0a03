"""Audience by person, to find what waits for someone's answer.

While PostgreSQL makes the index roster snapshots wait, votes do not: they only read the table.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_audience_person", "audience", ["person"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_audience_person", "audience")

"""Who else manages what is posted of a series.

Adds a column that may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.add_column("series", sa.Column("co_creators", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("series", "co_creators")

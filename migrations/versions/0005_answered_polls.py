"""Answered polls: how often a question was answered is counted in a bucket of its own, `*`.

Polls are all there was, and every response to a poll answers its one question `q`.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNT = """
INSERT INTO tallies (action_id, question, bucket, count, total)
SELECT responded.action_id, 'q', '*', responded.count, 0
FROM tallies AS responded
JOIN actions ON actions.id = responded.action_id
WHERE actions.kind = 'poll'
    AND responded.question = '' AND responded.bucket = 'responded' AND responded.count > 0
"""


def upgrade() -> None:
    """Count the answers of the polls that there are."""
    op.execute(COUNT)


def downgrade() -> None:
    """Forget how often questions were answered."""
    op.execute("DELETE FROM tallies WHERE bucket = '*'")

"""Folded titles of actions, to search in.

A column with a constant default is added in no time; the titles are folded a thousand at a time.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
CHUNK = 1000

actions = sa.table(
    "actions", sa.column("id", WORDS), sa.column("content", sa.JSON), sa.column("folded", WORDS)
)
PAGE = (
    sa.select(actions.c.id, actions.c.content)
    .where(actions.c.id > sa.bindparam("after"))
    .order_by(actions.c.id)
    .limit(CHUNK)
)
FILL = (
    sa.update(actions)
    .where(actions.c.id == sa.bindparam("of_action"))
    .values(folded=sa.bindparam("new_folded"))
)


def upgrade() -> None:
    """Add the column and fill it."""
    op.add_column("actions", sa.Column("folded", WORDS, nullable=False, server_default=""))
    connection, after = op.get_bind(), ""
    while rows := connection.execute(PAGE, {"after": after}).all():
        connection.execute(FILL, [_filled(row.id, row.content) for row in rows])
        after = rows[-1].id


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("actions", "folded")


def _filled(action_id: str, content: Mapping[str, Any]) -> dict[str, str]:
    title = unicodedata.normalize("NFKC", content["title"]).casefold()
    return {"of_action": action_id, "new_folded": title}

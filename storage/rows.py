"""Small values from rows."""

from typing import Any

from sqlalchemy import Row

from actions.action import Posting


def posting_of(row: Row[Any]) -> Posting:
    """Give a posting."""
    return Posting(
        id=row.id,
        action_id=row.action_id,
        conversation_id=row.conversation_id,
        activity_id=row.activity_id,
        shown_revision=row.shown_revision,
        attempts=row.attempts,
    )

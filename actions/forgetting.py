"""What is kept for a while only: messages that were sent long ago."""

from datetime import timedelta
from typing import Final

from actions.ports import Ports

KEPT: Final = timedelta(days=90)
"""How long it is known what became of a message."""


async def forget_notices(ports: Ports, limit: int = 1000) -> int:
    """Forget some of the messages that were sent, or given up, long ago; gives how many."""
    return await ports.store.forget_notices(ports.clock.now() - KEPT, limit)

"""What is kept no longer than an operator wants it kept (MUSTER_RETENTION_DAYS)."""

from datetime import timedelta

from actions.history import Entry
from actions.managing import CLOCK
from actions.ports import Ports


async def forget_old(ports: Ports, kept: timedelta, limit: int = 20) -> int:
    """Delete actions that have been closed for longer than `kept`, and what else is as old.

    That is what remains of deleted ones, drafts that nobody touched, messages that were sent,
    series that are over, and certificates that lapsed and whose training is gone. No more at
    once than others can wait for; gives how much it was.
    """
    now = ports.clock.now()
    before = now - kept
    done = await ports.store.forget_old(before, limit)
    entry, broken = Entry(now, CLOCK, "deleted"), None
    for action_id in await ports.store.closed_before(before, limit):
        # One that cannot be read does not keep the others.
        try:
            done += await ports.store.expire(action_id, before, entry)
        except Exception as error:  # noqa: BLE001 - raised below, once all had their turn
            broken = error
    if broken is not None:
        raise broken
    return done

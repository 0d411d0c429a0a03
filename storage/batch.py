"""A batch of changes in one transaction: read once, decided one after another, written once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.errors import MusterError, NotFound
from actions.responses import Change, Written
from storage.account import Account, Decided
from storage.audience import late_among
from storage.due import make_due
from storage.history import note
from storage.schema import actions
from storage.shared import Shared
from storage.writer import Result

Outcome = Written | MusterError

_RAISE = (
    update(actions)
    .where(actions.c.id == bindparam("of_action"))
    .values(
        revision=bindparam("new_revision"),
        recent=bindparam("new_recent"),
        notify_at=bindparam("new_notify_at"),
    )
)


async def commit(shared: Shared, changes: Sequence[Change]) -> Result[Written]:
    """Carry out changes in one transaction, and tell when postings are due by that.

    Changes of anonymous actions are left out where there are others: PostgreSQL's `xmin` would
    say which names and ballots were written together.
    """
    now = shared.clock.now()
    async with shared.database.writing() as connection:
        result = await _carry_out(shared, connection, changes, now)
    written = (one for one in result.outcomes.values() if isinstance(one, Written))
    if any(one.changed for one in written):
        shared.on_change()
    return result


async def _carry_out(
    shared: Shared, connection: AsyncConnection, changes: Sequence[Change], now: datetime
) -> Result[Written]:
    loaded = await shared.loader.load(connection, {c.action_id for c in changes}, lock=True)
    named = {a.id for a in loaded.values() if not a.settings.anonymous}
    chosen = {a.id: a for a in loaded.values() if not named or a.id in named}
    accounts = await _accounts(shared, connection, chosen, changes)
    decided: dict[int, Decided | MusterError] = {}
    left_out = []
    for position, change in enumerate(changes):
        if change.action_id in accounts:
            decided[position] = _decide(accounts[change.action_id], change)
        elif change.action_id in loaded:
            left_out.append(position)
        else:
            decided[position] = NotFound("no_such_action")
    changed = [account for account in accounts.values() if account.changed]
    if changed:
        await _write(shared, connection, changed, now)
    await shared.progress.end(connection, _ended(changes, decided))
    after = {action_id: account.action_after(now) for action_id, account in accounts.items()}
    return Result(_outcomes(changes, decided, accounts, after), left_out)


async def _accounts(
    shared: Shared,
    connection: AsyncConnection,
    chosen: dict[str, Action],
    changes: Sequence[Change],
) -> dict[str, Account]:
    if not chosen:
        return {}
    watched = {question for c in changes if c.action_id in chosen for question in c.watched}
    tallies = await shared.tallies.read(connection, chosen, watched)
    accounts = {}
    for action_id, action in chosen.items():
        concerned = [change for change in changes if change.action_id == action_id]
        slots = sorted({change.slot for change in concerned})
        found = await shared.records(action).found(connection, action, slots)
        late = await late_among(connection, action, {c.person.key for c in concerned})
        accounts[action_id] = Account(
            action,
            found,
            late,
            frozenset({"", *watched}),
            dict(tallies[action_id].counts),
            dict(tallies[action_id].sums),
        )
    return accounts


def _decide(account: Account, change: Change) -> Decided | MusterError:
    try:
        return account.carry_out(change)
    except MusterError as refused:
        return refused


async def _write(
    shared: Shared, connection: AsyncConnection, changed: Sequence[Account], now: datetime
) -> None:
    for account in changed:
        records = shared.records(account.action)
        await records.write(connection, account.action, account.kept(), account.withdrawn())
    lines = [(one.action.id, entry) for one in changed for entry in one.lines]
    await note(connection, shared.ids, lines)
    shown = [account for account in changed if account.shows]
    if not shown:
        return
    made = {account.action.id: account.moved.made for account in shown}
    await shared.tallies.move(connection, made)
    await connection.execute(
        _RAISE,
        [
            {
                "of_action": after.id,
                "new_revision": after.revision,
                "new_recent": list(after.recent),
                "new_notify_at": after.notify_at,
            }
            for after in (account.action_after(now) for account in shown)
        ],
    )
    await make_due(connection, list(made), now)


def _ended(
    changes: Sequence[Change], decided: dict[int, Decided | MusterError]
) -> set[tuple[str, str]]:
    """Give where something was handed in, also when it says what was there before."""
    return {
        (changes[position].action_id, changes[position].slot)
        for position, came_to in decided.items()
        if changes[position].ends_progress and isinstance(came_to, Decided)
    }


def _outcomes(
    changes: Sequence[Change],
    decided: dict[int, Decided | MusterError],
    accounts: dict[str, Account],
    after: dict[str, Action],
) -> dict[int, Outcome]:
    outcomes: dict[int, Outcome] = {}
    for position, came_to in decided.items():
        if isinstance(came_to, MusterError):
            outcomes[position] = came_to
        else:
            action_id = changes[position].action_id
            outcomes[position] = accounts[action_id].written(after[action_id], came_to)
    return outcomes

"""What is stored about someone: under which keys and addresses, and in which actions."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    false,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.fields import fold
from actions.places import thread_root
from actions.responses import slot_of
from storage.anonymous_lists import SLOTS
from storage.pages import CHUNK
from storage.schema import (
    actions,
    audience,
    audit,
    bank,
    bank_imports,
    certificates,
    conversations,
    drafts,
    history,
    managers,
    notices,
    participations,
    postings,
    progress,
    responses,
    series,
)
from storage.shared import Shared

ADDRESS = "29:"
"""Begins Teams' own ids of people."""

_ADDRESSED = (
    (audience.c.person, audience.c.mri, audience.c.name),
    (responses.c.person, responses.c.mri, responses.c.name),
    (notices.c.person, notices.c.mri, notices.c.name),
    (actions.c.creator, actions.c.creator_mri, actions.c.creator_name),
    (drafts.c.creator, drafts.c.creator_mri, drafts.c.creator_name),
    (series.c.creator, series.c.creator_mri, series.c.creator_name),
)
"""Where a person's key, address and name stand together."""

_NAMED = ((history.c.person, history.c.name), (audit.c.person, audit.c.name))
_TENANTS = (conversations, actions, drafts, series, audit)

OWNED: Mapping[str, tuple[Table, Column[str]]] = {
    "series": (series, series.c.creator),
    "bank": (bank, bank.c.owner),
    "bank_imports": (bank_imports, bank_imports.c.owner),
    "certificates": (certificates, certificates.c.person),
    "conversations": (conversations, conversations.c.person),
    "notices": (notices, notices.c.person),
    "drafts": (drafts, drafts.c.creator),
}
"""What is someone's own, and goes with them."""

_IN_BATCH = 64
"""Of how many actions it is looked up at once whether someone left something sealed in them."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Someone, by all the keys, `29:` ids and names that they are stored under."""

    keys: frozenset[str]
    mris: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def folded(self) -> frozenset[str]:
        """Their names, so that other ways to write one are the same."""
        return frozenset(fold(name) for name in self.names if fold(name))


async def whose(connection: AsyncConnection, said: str, tenant_id: str = "") -> Whose:
    """Give whom an id in Entra, a person's key or a `29:` id means.

    An id in Entra is looked for in every tenant that is known, unless one is given.
    """
    keys, mris = set[str](), set[str]()
    if said.startswith(ADDRESS):
        mris.add(said)
    elif "/" in said:
        keys |= {said, said.lower()}
    else:
        tenants = [tenant_id] if tenant_id else await _tenants(connection, said)
        keys |= {f"{tenant}/{said}".lower() for tenant in tenants}
    # Who once had no id in Entra is known by the address.
    mris |= await _column(connection, ((k, m) for k, m, _ in _ADDRESSED), keys)
    mris = {mri for mri in mris if mri.startswith(ADDRESS)}
    keys |= await _column(connection, ((m, k) for k, m, _ in _ADDRESSED), mris)
    named = [*((k, n) for k, _, n in _ADDRESSED), *_NAMED]
    return Whose(
        frozenset(keys), frozenset(mris), frozenset(await _column(connection, named, keys))
    )


async def places_of(
    connection: AsyncConnection, shared: Shared, who: Whose
) -> tuple[list[str], frozenset[str]]:
    """Give the ids of the actions that hold anything about someone, and their keys.

    Those come last by which an address is known to be theirs: so what was broken off can be done
    again by the same address. Guests of whom only sealed rows tell get their keys here.
    """
    found = set[str]()
    for table, condition in _traces(who):
        column = table.c.id if table is actions else table.c.action_id
        found |= set((await connection.execute(select(column).where(condition))).scalars())
    ids = (await connection.execute(select(actions.c.id).order_by(actions.c.id))).scalars().all()
    keys = set(who.keys)
    for start in range(0, len(ids), _IN_BATCH):
        sealed = await _sealed(connection, shared, who, ids[start : start + _IN_BATCH])
        found |= {action_id for action_id, _ in sealed}
        keys |= {key for _, key in sealed}
    addressed = set[str]()
    for table, column in (
        (audience, audience.c.action_id),
        (responses, responses.c.action_id),
        (actions, actions.c.id),
    ):
        mri = table.c.creator_mri if table is actions else table.c.mri
        their = select(column).where(mri.in_(who.mris))
        addressed |= set((await connection.execute(their)).scalars())
    existing = found & set(ids)
    return sorted(existing, key=lambda one: (one in addressed, one)), frozenset(keys)


async def is_known(connection: AsyncConnection, who: Whose) -> bool:
    """Give whether someone owns anything, shares a series, or is in the audit log."""
    for table, column in (*OWNED.values(), (audit, audit.c.person)):
        statement = select(literal(1)).select_from(table).where(column.in_(who.keys)).limit(1)
        if (await connection.execute(statement)).first() is not None:
            return True
    return (await connection.execute(shared_series(who).limit(1))).first() is not None


def shared_series(who: Whose) -> Select[Any]:
    """Select the series of others of which someone manages what is posted."""
    return select(series).where(mentions(series.c.co_creators, who.keys)).order_by(series.c.id)


def mentions(column: Column[Any], words: Collection[str]) -> ColumnElement[bool]:
    """Give whether a column of JSON holds one of some texts, as a whole."""
    inside = cast(column, Text)
    quoted = (json.dumps(one, ensure_ascii=False) for one in words)
    return or_(false(), *(inside.contains(one, autoescape=True) for one in quoted))


def possible_slots(key: str, taken: int = 0) -> list[str]:
    """Give the slots in which something of someone may stand, `taken` being their last number."""
    return [slot_of(key, number) for number in range(1, taken + SLOTS + 1)]


def _traces(who: Whose) -> Iterable[tuple[Table, ColumnElement[bool]]]:
    for table in (audience, responses, managers, certificates, history, notices):
        yield table, table.c.person.in_(who.keys)
    for detail in (history.c.detail, notices.c.detail):
        yield detail.table, mentions(detail, who.keys)
    yield actions, actions.c.creator.in_(who.keys)
    yield actions, mentions(actions.c.content, who.keys)
    yield actions, mentions(actions.c.recent, who.mris)


async def _sealed(
    connection: AsyncConnection, shared: Shared, who: Whose, action_ids: Sequence[str]
) -> set[tuple[str, str]]:
    """Give in which of some actions someone took part, is on the way, or was reminded; by keys."""
    keys = {(action_id, key) for action_id in action_ids for key in who.keys}
    if who.mris:
        posted = select(postings.c.action_id, postings.c.conversation_id)
        rows = await connection.execute(posted.where(postings.c.action_id.in_(action_ids)))
        for action_id, where in rows:
            keys |= {(action_id, f"{thread_root(where)}/{mri}") for mri in who.mris}
    secrecy, named = shared.secrecy, dict[Any, tuple[str, str]]()
    for action_id, key in keys:
        named[secrecy.reminder_key(action_id, key)] = action_id, key
        for slot in possible_slots(key):
            named[secrecy.participation_key(action_id, slot)] = action_id, key
            named[secrecy.progress_key(action_id, slot)] = action_id, key
    found = set[tuple[str, str]]()
    for table, column in (
        (participations, participations.c.key),
        (progress, progress.c.key),
        (notices, notices.c.person),
    ):
        asked = [name for name in named if isinstance(name, str) is (table is notices)]
        for start in range(0, len(asked), CHUNK):
            statement = select(column).where(
                table.c.action_id.in_(action_ids), column.in_(asked[start : start + CHUNK])
            )
            found |= {named[one] for one in (await connection.execute(statement)).scalars()}
    return found


async def _tenants(connection: AsyncConnection, object_id: str) -> set[str]:
    """Give the tenants that something is known of, and those of whoever has that id in a bank."""
    tenants = set[str]()
    for table in _TENANTS:
        tenants |= set((await connection.execute(select(table.c.tenant_id).distinct())).scalars())
    ending = f"/{object_id.lower()}"
    for column in (bank.c.owner, bank_imports.c.owner):
        owners = select(column).distinct().where(column.endswith(ending, autoescape=True))
        found = (await connection.execute(owners)).scalars()
        tenants |= {owner.removesuffix(ending) for owner in found}
    return tenants


async def _column(
    connection: AsyncConnection,
    pairs: Iterable[tuple[Column[str], Column[str]]],
    values: Collection[str],
) -> set[str]:
    """Give what stands beside some values, in each of the pairs of columns."""
    found = set[str]()
    for given, wanted in pairs:
        statement = select(wanted).distinct().where(given.in_(values), wanted != "")
        found |= set((await connection.execute(statement)).scalars())
    return found

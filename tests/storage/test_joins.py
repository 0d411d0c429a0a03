"""Someone gets the database, and tries to join people with their ballots.

As many answers as people: a guess by chance is right for one of them on average, and for more than
`LUCK` of them once in a hundred million tests.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any, ClassVar

import pytest
from sqlalchemy import text

from actions.action import Action, Settings, Status
from actions.history import Entry
from actions.notices import Outcome
from actions.places import Scope
from actions.poll import QUESTION
from storage.anonymous import AnonymousRecords
from storage.database import Database
from storage.progress import ProgressRows
from storage.reminders import ReminderPart
from storage.secrecy import Participation, Secrecy
from storage.store import SqlStore
from storage.text import dump_json
from tests.fakes import (
    NOON,
    FixedClock,
    a_change,
    a_conversation,
    a_person,
    a_poll,
    a_step,
    an_action,
)
from tests.storage.adversary import Adversary
from tests.storage.conftest import SECRET, posted
from tests.storage.loot import looted
from tests.storage.test_notices import claimed
from tests.storage.test_reminders import reminders

COUNT, LUCK = 32, 10
NAMES = [f"Voter {number:02}{'x' * number}" for number in range(COUNT)]
OPTIONS = [f"o{number}" for number in range(COUNT)]
POLL = an_action(settings=Settings(anonymous=True), content=a_poll(*map(str.upper, OPTIONS)))
_DRAWN = Random(1).sample(OPTIONS, COUNT)  # noqa: S311 - the same each time
CHOSEN: Mapping[str, str] = dict(zip(NAMES, _DRAWN, strict=True))
"""What each votes for in the end."""
OF_KEY = {a_person(name).key: option for name, option in CHOSEN.items()}


def shuffled(seed: int) -> list[str]:
    """Give the people in an order of its own for each purpose, the same in every run."""
    return Random(seed).sample(NAMES, COUNT)  # noqa: S311 - the same each time


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that is held on a database, and what the database then tells."""

    store: SqlStore
    clock: FixedClock
    url: str
    changes_minds: ClassVar[bool] = True

    async def held(self) -> None:
        """Let everybody vote, one after another, as it leaves the most behind.

        Half of them without being asked, the others each when they have just been reminded. All
        press in their own chat with the bot, some have begun to fill the form in, some change
        their minds.
        """
        for name in shuffled(2):
            await self._presses(name)
        await posted(self.store, POLL)
        await self.store.set_audience("action", [a_person(name) for name in shuffled(3)])
        early, late = shuffled(4)[: COUNT // 2], shuffled(4)[COUNT // 2 :]
        for name in early:
            await self._votes(name, CHOSEN[name])
        await self.store.remind("action", reminders("one", *late), NOON, by_clock=False)
        for notice in await claimed(self.store, self.clock, COUNT):
            assert notice.person is not None
            await self.store.settle_notice(notice, Outcome.SENT, self.clock.now())
            name = notice.person.name
            if self.changes_minds and late.index(name) % 4 == 0:
                await self._votes(name, "o0")
            await self._votes(name, CHOSEN[name])
        for name in shuffled(5)[: COUNT // 2]:
            await self._presses(name)
            await self.store.keep_progress(a_step(name, {QUESTION: CHOSEN[name]}))

    async def closes(self) -> None:
        """Close the poll."""
        entry = Entry(self.clock.now(), a_person("Ada"), "closed")
        await self.store.change("action", closed, entry)

    async def found(self, secret: bytes | None = None) -> tuple[int, str]:
        """Give of how many people the ballot is found by the best way, and that way."""
        loot = await looted(self.url)
        adversary = Adversary(loot, "action", [a_person(name) for name in NAMES], secret)
        assert len(adversary.ballots) == COUNT
        return max(
            (sum(is_right(key, told) for key, told in guess.items()), way)
            for way, guess in adversary.guesses().items()
        )

    async def _votes(self, name: str, option: str) -> None:
        await self._presses(name)
        await self.store.keep_progress(a_step(name, {QUESTION: option}))
        await self.store.respond(replace(a_change(name, option), ends_progress=True))

    async def _presses(self, name: str) -> None:
        self.clock.advance(minutes=70)
        key = a_person(name).key
        chat = a_conversation(f"a:{key}", scope=Scope.PERSONAL, person=key)
        await self.store.remember_conversation(chat)


def is_right(person_key: str, told: str) -> bool:
    """Give whether stored answers are those of someone."""
    return f'"{OF_KEY[person_key]}"' in told


def closed(action: Action) -> Action:
    """Close."""
    return replace(action, status=Status.CLOSED, closed_at=NOON)


@pytest.fixture
def vote(sql_store: SqlStore, clock: FixedClock, database_url: str) -> Vote:
    return Vote(sql_store, clock, database_url)


async def test_before_closing_the_database_alone_joins_nobody(vote: Vote) -> None:
    await vote.held()
    found = await vote.found()
    assert found[0] <= LUCK, found


async def test_after_closing_not_even_the_secret_helps(vote: Vote) -> None:
    await vote.held()
    await vote.closes()
    found = await vote.found(SECRET)
    assert found[0] <= LUCK, found


# Each protection, taken out: whoever looks for people then finds them

ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def finds_people(vote: Vote, secret: bytes | None = None, of: int = COUNT) -> None:
    """Hold the vote, close it where the secret is given away, and see most of some people found.

    Who voted twice may have been found with the first vote.
    """
    await vote.held()
    if secret is not None:
        await vote.closes()
    number, way = await vote.found(secret)
    assert number > max(LUCK, of * 2 // 3), (number, way)


async def test_plain_keys_would_join_everybody(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Secrecy, "ballot_key", lambda _self, _action, slot: slot.encode())
    await finds_people(vote)


async def test_hashes_without_a_secret_would_join_everybody(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashed(_self: Secrecy, _action: str, slot: str) -> bytes:
        return hashlib.sha256(slot.encode()).digest()

    monkeypatch.setattr(Secrecy, "ballot_key", hashed)
    await finds_people(vote)


async def test_the_key_of_the_participation_would_join_what_names_people(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On either database: two rows of one key, one of which says who."""
    monkeypatch.setattr(Secrecy, "ballot_key", Secrecy.participation_key)
    monkeypatch.setattr(Secrecy, "seal", in_the_clear)
    await finds_people(vote)


async def test_participations_in_the_clear_would_be_joined_by_when_they_were_written(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the transaction on PostgreSQL, by the log on SQLite."""
    monkeypatch.setattr(Secrecy, "seal", in_the_clear)
    await finds_people(vote)


@ON_POSTGRESQL
async def test_sealed_names_of_their_own_lengths_would_be_told_by_these(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.secrecy._PAD", 1)
    await finds_people(vote)


@ON_POSTGRESQL
async def test_reminders_in_the_clear_would_be_joined_with_the_next_ballots(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReminderPart, "_sealing", lambda _self, _action: None)
    await finds_people(vote, of=COUNT // 2)


async def test_chats_written_with_every_press_would_be_joined_with_the_next_ballots(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.conversations._conversation", lambda _row: None)
    # The others press again later, and only the last time shows.
    await finds_people(vote, of=COUNT // 2)


async def test_ballots_that_keep_their_keys_would_be_joined_by_the_secret(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def keep(*_: Any) -> None:
        """Leave the ballots as they are."""

    monkeypatch.setattr(AnonymousRecords, "shuffle", keep)
    await finds_people(vote, SECRET)


@ON_POSTGRESQL
async def test_ballots_that_keep_their_order_would_be_joined_by_the_secret(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = "UPDATE ballots SET key = uuid_send(gen_random_uuid()) WHERE action_id = :action_id"
    monkeypatch.setattr(vote.store._shared.anonymous, "_shuffle", text(renamed))
    monkeypatch.setattr(Vote, "changes_minds", False)
    await finds_people(vote, SECRET)


@ON_SQLITE
async def test_rows_in_the_order_of_their_writing_would_be_joined_by_the_secret(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Vote, "changes_minds", False)
    async with vote.store._database.writing() as connection:
        for table in ("participations", "ballots"):
            asked = f"SELECT sql FROM sqlite_master WHERE name = '{table}'"  # noqa: S608
            made = (await connection.execute(text(asked))).scalar_one()
            await connection.execute(text(f"DROP TABLE {table}"))
            await connection.execute(text(made.replace("WITHOUT ROWID", "")))
    await finds_people(vote, SECRET)


@ON_SQLITE
async def test_the_log_left_as_it_is_would_be_joined_by_the_secret(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "forget_log", lambda _self: None)
    await finds_people(vote, SECRET)


async def test_forms_left_begun_would_be_joined_by_the_secret(
    vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: Any) -> bool:
        """Say that nobody fills in anything."""
        return False

    monkeypatch.setattr(ProgressRows, "holds", never)
    await finds_people(vote, SECRET, of=COUNT // 2)


def in_the_clear(_self: Secrecy, _action_id: str, participation: Participation) -> bytes:
    """Give a participation that anyone can read."""
    return dump_json([participation.slot, participation.person.name]).encode()

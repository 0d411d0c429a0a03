"""A company in which everybody presses everything: who is who, what there is, and the tables.

All words that a stranger must not read hold SECRET.
"""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

import pytest

from actions import drafted
from actions.action import Action, Draft, Posting, Settings, Status, Visibility
from actions.bank import build_item
from actions.banked import Banked
from actions.choice import Choice, Option
from actions.content import Content
from actions.exam import Exam
from actions.item import Item
from actions.keys import Key
from actions.kinds import kind
from actions.lesson import Lesson
from actions.people import Person, person_key
from actions.poll import QUESTION
from actions.questions import Answers
from actions.responses import Change
from actions.series import Series
from actions.text import Text
from actions.ticks import Checklist, State, Tick, Wish
from bot import app as wiring
from bot.now import RandomIds
from bot.throttle import Rate, Throttle
from storage.store import SqlStore
from tests.actions.builders import BERLIN, a_poll
from tests.scenarios.house import running
from tests.scenarios.steps import opened
from tests.teams import Answer, Chat, Forgery, Teams, User

SECRET: Final = "Xyzzy"
OTHER_TENANT: Final = "22222222-2222-4222-8222-222222222222"
PATIENT: Final = Rate(1_000_000, 1_000_000)

ROLES: Final[Mapping[str, str]] = {
    "C": "the creator",
    "K": "a co-creator, in their own chat",
    "M": "a member of the chat, who checks lists",
    "G": "a guest in the chat",
    "X": "an external person in the chat",
    "A": "an anonymous meeting guest in the chat",
    "O": "somebody of the tenant, in their own chat",
    "E": "a member of another chat",
    "T": "somebody of another tenant that the bot serves",
}
STRANGERS: Final = "OET"

ONE = Choice("one", f"{SECRET} which?", (Option("a", f"{SECRET} red"), Option("b", "blue")))
OWN_WORDS = Text("text", f"{SECRET} why?")
ITEMS = tuple(Item(f"i{n}", f"{SECRET} item {n}") for n in range(3))
PAGE = Lesson("read", f"{SECRET} lesson", "Read it.")
SHOWN, HIDDEN = Visibility.EVERYONE, Visibility.CREATOR

BOARD = Exam(leaderboard=True)
POLLED = replace(ONE, id=QUESTION)

CONTENTS: Final[Mapping[str, tuple[str, Content, Settings]]] = {
    "poll": ("poll", Content("", (POLLED,)), Settings(visibility=SHOWN, may_add=True)),
    "hidden": ("poll", Content("", (POLLED,)), Settings(visibility=HIDDEN)),
    "survey": ("survey", Content("", (ONE, OWN_WORDS)), Settings(visibility=SHOWN)),
    "quiz": (
        "quiz",
        Content("", (ONE, OWN_WORDS), keys={"one": Key(("a",)), "text": Key(("x",))}, exam=BOARD),
        Settings(visibility=HIDDEN),
    ),
    "training": (
        "training",
        Content("", (PAGE, ONE), keys={"one": Key(("a",))}, exam=Exam(is_course=True)),
        Settings(visibility=HIDDEN),
    ),
    "shared": (
        "checklist",
        Content("", ITEMS, checklist=Checklist(anyone_edits=False)),
        Settings(visibility=SHOWN),
    ),
    "own": (
        "checklist",
        Content("", ITEMS, checklist=Checklist(individual=True, anyone_edits=False)),
        Settings(visibility=SHOWN),
    ),
}
"""By name: what is posted; of quizzes, trainings and `hidden` only who manages sees results."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, where they press, and the tenant that they say they are of."""

    user: User
    chat: Chat
    forged: Forgery | None = None

    @property
    def person(self) -> Person:
        """As the tables know them."""
        tenant = (self.forged.tenant_id if self.forged else None) or self.chat.tenant_id
        key = person_key(tenant, self.user.object_id, self.chat.id, self.user.mri)
        return Person(key, self.user.name, self.user.mri)

    async def presses(self, envelope: Mapping[str, Any], **forged: Any) -> Answer:
        """Press a button that need not be there, in a message."""
        changed = replace(self.forged or Forgery(), **forged)
        verb = str(envelope.get("muster", "")).split(" ")[1:2]
        return await self.user.executes(
            self.chat, None, "".join(verb), dict(envelope), forged=changed
        )


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody, by the letter of their role, and the tables, beside the bot."""

    teams: Teams
    store: SqlStore
    chat: Chat
    elsewhere: Chat
    cast: Mapping[str, Actor]

    async def posts(
        self, name: str, where: Chat | None = None, content: Content | None = None
    ) -> str:
        """Post what has that name in the chat, or another one with other words; gives its id."""
        ids, creator = RandomIds(), self.cast["C"].person
        action = self._made(name, ids.new())
        action = replace(action, content=content or action.content)
        place = where or self.chat
        assert await self.store.post(action, Posting(ids.new(), action.id, place.id))
        given = _given(name, creator)
        if given is not None:
            change = Change(action.id, creator.key, creator, _now(), lambda _: given)
            await self.store.respond(change)
        return action.id

    async def schedules(self) -> str:
        """Schedule a poll; gives the series' id."""
        template = replace(self._made("poll", RandomIds().new()), status=Status.SCHEDULED)
        template = replace(template, closes_at=None)
        at = _now() + timedelta(days=100)
        draft = self._draft("poll")
        series = Series(template.id, template, self.chat.id, at, next_at=at, values=draft.values)
        await self.store.save_series(series)
        return series.id

    async def drafts(self) -> str:
        """Begin a quiz with one question, as the creator; gives the draft's id."""
        draft = self._draft("quiz")
        fields = {"text": f"{SECRET} asked", "options": f"{SECRET} red\nblue", "right": "x"}
        draft = replace(draft, values=drafted.add(draft.values, "one", "q0", fields))
        await self.store.save_draft(draft)
        return draft.id

    async def banks(self) -> str:
        """Put a question into the creator's bank; gives its id."""
        fields = {"text": f"{SECRET} in the bank?", "right": "no"}
        banked = Banked(RandomIds().new(), build_item("q", "yes_no", fields), _now())
        await self.store.keep_items(self.cast["C"].person.key, [banked])
        return banked.id

    async def makes(self, name: str) -> str:
        """Make what a row of the table is about; gives its id."""
        match name:
            case "series":
                return await self.schedules()
            case "draft":
                return await self.drafts()
            case "bank":
                return await self.banks()
            case "new":
                return RandomIds().new()
            case "-":
                return ""
        return await self.posts(name)

    def _made(self, name: str, action_id: str) -> Action:
        kind_name, content, settings = CONTENTS[name]
        content = replace(content, title=f"{SECRET} {name}")
        if content.checklist is not None:
            kept = replace(content.checklist, checker=self.cast["M"].person)
            if not kept.individual:
                kept = kept.with_tick("i0", Tick(Wish(State.DONE), self.cast["C"].person, _now()))
            content = replace(content, checklist=kept)
        return replace(
            a_poll(),
            id=action_id,
            kind=kind_name,
            tenant_id=self.teams.tenant_id,
            creator=self.cast["C"].person,
            co_creators=(self.cast["K"].person,),
            content=content,
            settings=settings,
            created_at=_now(),
            closes_at=_now() + timedelta(days=7),
        )

    def _draft(self, kind_name: str) -> Draft:
        ids = RandomIds()
        values = kind(kind_name).blank(_now(), BERLIN, ids.short, f"{SECRET} draft")
        return Draft(
            id=ids.new(),
            kind=kind_name,
            tenant_id=self.teams.tenant_id,
            creator=self.cast["C"].person,
            locale="en-GB",
            time_zone=BERLIN,
            origin=self.chat.id,
            values=values,
            updated_at=_now(),
        )


@asynccontextmanager
async def company(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Company]:
    """Let everybody be there, and the bot have heard from everywhere; nobody is too fast."""
    patient = partial(Throttle, person=PATIENT, conversation=PATIENT)
    monkeypatch.setattr(wiring, "Throttle", patient)
    async with Teams() as teams:
        more = {"MUSTER_ALLOWED_TENANTS": f"{teams.tenant_id},{OTHER_TENANT}"}
        async with running(teams, database_url, more), opened(database_url) as store:
            made = _company(teams, store)
            for actor in made.cast.values():
                await actor.user.says(actor.chat, "help", forged=actor.forged)
                assert await store.conversation(actor.chat.id) is not None
            yield made


def _company(teams: Teams, store: SqlStore) -> Company:
    def user(name: str, **more: Any) -> User:
        return teams.user(f"{name} {SECRET}", **more)

    here = {
        "C": user("Cleo"),
        "M": user("Mia"),
        "G": user("Gil", guest=True),
        "X": user("Xavi", tenant="33333333-3333-4333-8333-333333333333"),
        "A": user("Ann", anonymous=True),
    }
    chat = teams.group_chat(list(here.values()), f"{SECRET} shift")
    cast = {role: Actor(one, chat) for role, one in here.items()}
    eve, tom = teams.user("Eve"), teams.user("Tom", tenant=OTHER_TENANT)
    elsewhere = teams.group_chat([eve], "Elsewhere")
    theirs = teams.group_chat([tom], "Another company")
    kim, oz = teams.user("Kim"), teams.user("Oz")
    cast |= {
        "K": Actor(kim, teams.personal(kim)),
        "O": Actor(oz, teams.personal(oz)),
        "E": Actor(eve, elsewhere),
        "T": Actor(tom, theirs, Forgery(tenant_id=OTHER_TENANT)),
    }
    return Company(teams, store, chat, elsewhere, {role: cast[role] for role in ROLES})


async def settled(house: Company, tables: "Tables") -> None:
    """Wait until every card is posted, and nothing is on its way any more."""
    async with asyncio.timeout(30):
        while (await house.store.queue(_now())).under_way or tables.waiting():
            continue


_OTHERS: Final = {
    "actions": "SELECT id, status, settings, closes_at, creator, co_creators FROM actions",
    "managers": "SELECT * FROM managers",
    "series": "SELECT * FROM series",
    "drafts": "SELECT * FROM drafts WHERE creator <> :me",
    "bank": "SELECT * FROM bank WHERE owner <> :me",
    "responses": "SELECT * FROM responses WHERE person <> :me",
    "audience": "SELECT action_id, person FROM audience WHERE person <> :me",
    "notices": "SELECT * FROM notices WHERE person <> :me",
    "history": "SELECT * FROM history WHERE person <> :me",
    "certificates": "SELECT * FROM certificates WHERE person <> :me",
}


class Tables:
    """The database file, to be asked whether anything in it has changed."""

    def __init__(self, database_url: str) -> None:
        """Look at a SQLite file."""
        self._connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        self._version, self._digests = -1, dict[str, str]()

    def close(self) -> None:
        """Look no more."""
        self._connection.close()

    def waiting(self) -> int:
        """Give how many cards do not show yet what holds, or who is expected."""
        found = self._connection.execute(
            "SELECT count(*) FROM postings JOIN actions ON actions.id = postings.action_id "
            "WHERE due_at IS NOT NULL OR lease_until IS NOT NULL OR audience IS NULL"
        )
        return int(found.fetchone()[0])

    def changed(self) -> list[str]:
        """Name the tables that have changed since this was asked last.

        When places and processes were heard from last does not count.
        """
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return []
        before, self._digests = self._digests, self._summed()
        self._version = version
        return [name for name, digest in self._digests.items() if before.get(name) != digest]

    def others(self, person_key: str) -> dict[str, str]:
        """Sum up, by table, what is none of someone's: they may do nothing to it."""
        return {
            name: repr(self._connection.execute(query, {"me": person_key}).fetchall())
            for name, query in _OTHERS.items()
        }

    def _summed(self) -> dict[str, str]:
        names = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {}
        for (name,) in names.fetchall():
            if name == "processes":
                continue
            cursor = self._connection.execute(f"SELECT * FROM {name}")  # noqa: S608 - our tables
            columns = [column[0] for column in cursor.description]
            rows = (dict(zip(columns, row, strict=True)) for row in cursor.fetchall())
            lines = sorted(repr(row | {"heard_at": ""}) for row in rows)
            found[name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return found


def _given(name: str, creator: Person) -> Answers | None:
    """Give what the creator answered, so that there is something to look at."""
    match name:
        case "poll" | "hidden":
            return {QUESTION: ("a",)}
        case "survey":
            return {"one": ("a",), "text": f"{SECRET} words"}
        case "own":
            return {"i0": Tick(Wish(State.DONE), creator, _now()).encode()}
    return None


def _now() -> datetime:
    return datetime.now(UTC)

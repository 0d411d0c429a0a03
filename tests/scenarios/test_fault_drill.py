"""The drill: whatever breaks at once, nothing acknowledged is lost, and nothing is double.

Two processes on one PostgreSQL, and 5,000 votes at 50 cards in 25 chats, while Teams refuses one
call in ten, fails one in twenty and leaves one in fifty unanswered. Each process is killed once
with `kill -9` and PostgreSQL is restarted; polls close at the moment of a kill, and people are to
be reminded at a moment at which there is no database.

A vote that was not acknowledged is pressed again, as a person would. What happens in the database
alone, votes and closings, happens once whenever a process dies. A message to a person cannot be
told from its repetition by Teams, which knows no key for that: one that was sent, and not noted as
sent when its process was killed or lost the database, is sent again when its lease ends
(`tests/bot/test_notifier.py`). So no reminder is on its way here when a process is killed: they
fall due while there is no database.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiohttp
import pytest
from sqlalchemy import select, update

from actions.action import Action
from actions.choice import Choice
from actions.history import Entry
from actions.managing import CLOCK
from actions.poll import QUESTION
from bot.now import SystemClock
from storage.schema import actions, history, responses
from tests.scenarios.pace import paced
from tests.scenarios.processes import Process, processes
from tests.scenarios.steps import action_id, miscounted, opened
from tests.scenarios.surveys import person_of
from tests.scenarios.test_crowd import OPTIONS
from tests.scenarios.votes import counts, vote
from tests.storage.databases import PostgreSql, a_postgresql
from tests.teams import Chat, Message, Teams, User
from tests.teams.activities import Json, invoke
from tests.teams.chances import Mishap

CHATS, POLLS, PEOPLE = 25, 2, 100
VOTES = CHATS * POLLS * PEOPLE
PER_SECOND = 200
CREWS, CREW = 6, 4
"""Small chats whose polls close and remind; their people vote in none."""

PATIENCE = 90
"""Seconds: a lease that nobody gives back takes 30 of them, a call that hangs 15."""

OUTAGE = timedelta(seconds=4)
"""Until when there is no database, at least."""

RATES: Mapping[Mishap, float] = {429: 0.10, 502: 0.05, "hang": 0.02}


@pytest.fixture(scope="module")
def postgresql() -> Iterator[PostgreSql]:
    """Run a server of the drill's own: others' would miss it."""
    with a_postgresql() as server:
        yield server


@dataclass(slots=True)
class Ballot:
    """Who votes for what on which card, and which of the votes were acknowledged."""

    teams: Teams
    votes: Sequence[tuple[User, Message, str]]
    acknowledged: set[int] = field(default_factory=set)
    _waiting: dict[int, asyncio.Event] = field(default_factory=dict)
    _rows: dict[tuple[str, str], Json] = field(default_factory=dict)

    async def all_vote(self) -> None:
        """Let everybody vote, and again who was not answered that the vote is stored."""
        while missing := [n for n in range(len(self.votes)) if n not in self.acknowledged]:

            async def vote(place: int, missing: Sequence[int] = missing) -> None:
                await self._vote(missing[place])

            await paced(PER_SECOND, len(missing), vote)

    async def reached(self, share: float) -> None:
        """Wait until that share of the votes is acknowledged."""
        wanted = int(share * len(self.votes))
        if len(self.acknowledged) < wanted:
            await self._waiting.setdefault(wanted, asyncio.Event()).wait()

    async def _vote(self, number: int) -> None:
        try:
            status, answer = await self.teams.post_raw(self._tap(*self.votes[number]))
        except (aiohttp.ClientError, TimeoutError):
            return
        if status == 200 and f"✔ You voted: {self.votes[number][2]}".encode() in answer:
            self.acknowledged.add(number)
            if waiting := self._waiting.get(len(self.acknowledged)):
                waiting.set()

    def _tap(self, user: User, message: Message, wish: str) -> Json:
        """Give what a tap sends; a card's rows do the same from its first version on."""
        known = self._rows.get((message.id, wish))
        if known is None:
            tap = vote(self.teams, user, message, wish)
            known = self._rows[message.id, wish] = tap["value"]
        return invoke(self.teams.state, user, message.chat, "adaptiveCard/action", known, message)

    def wanted(self) -> dict[str, Counter[str]]:
        """Give what each poll must show at the end, by the message's id."""
        found: dict[str, Counter[str]] = {}
        for _, message, wish in self.votes:
            found.setdefault(message.id, Counter())[wish] += 1
        return found


@dataclass(frozen=True, slots=True)
class Crew:
    """A small chat with a poll that nobody answers; all but its creator have the app."""

    chat: Chat
    poll: Message
    own: Sequence[Chat]

    def reminders(self) -> list[int]:
        """Give how many reminders of the poll there are in each person's own chat."""
        title = f"Shift of {self.chat.name}"
        return [sum(title in said(one) for one in chat.messages[1:]) for chat in self.own]

    def is_reminded(self) -> bool:
        """Give whether everybody was: all in their own chats, the creator by a mention."""
        return all(self.reminders()) and len(self.chat.messages) > 1

    def is_closed(self) -> bool:
        """Give whether the card says that the poll is closed."""
        return "POLL · closed" in said(self.poll)


def said(message: Message) -> str:
    """Give all that a message holds, roughly: it is looked at with each call of the bot."""
    return str(message.activity)


async def test_nothing_is_lost_and_nothing_is_double_whatever_breaks(
    teams: Teams, postgresql: PostgreSql
) -> None:
    async with processes(teams, postgresql.url, 2) as running:
        crews = [await a_crew(teams, f"crew {number}") for number in range(CREWS)]
        ballot = Ballot(teams, await a_ballot(teams))
        chances = teams.faults.rates(RATES, seed=6)
        async with asyncio.TaskGroup() as group:
            group.create_task(ballot.all_vote())
            await breaks(postgresql, running, ballot, crews)
        assert min(chances.met[429], chances.met[502], chances.met["hang"]) > 0
        await all_right(ballot, crews)
    assert teams.limits.exceeded == []
    await database_agrees(postgresql.url, ballot, crews)
    assert await miscounted(postgresql.url) == []


async def breaks(
    postgresql: PostgreSql, running: Sequence[Process], ballot: Ballot, crews: Sequence[Crew]
) -> None:
    """Kill both processes in turn, and restart the database, while people vote."""
    for share, process, crew in zip((0.1, 0.4), running, crews[:2], strict=True):
        await ballot.reached(share)
        # Both clocks look each second; one of them dies about then.
        await closes(postgresql.url, crew.poll)
        await process.is_killed()
        await process.starts()
    await ballot.reached(0.7)
    soon = await reminders_soon(postgresql.url, [crew.poll for crew in crews[2:]])
    await postgresql.stops()
    await until(soon)
    await postgresql.starts()
    for crew in crews[2:]:
        await crew.chat.wait_until(crew.is_reminded, PATIENCE)
        await closes(postgresql.url, crew.poll)


async def all_right(ballot: Ballot, crews: Sequence[Crew]) -> None:
    """Wait until every card says what the database does."""
    wanted, cards = ballot.wanted(), {message.id: message for _, message, _ in ballot.votes}
    behind = list(cards.values())

    def all_shown() -> bool:
        while behind and counts(behind[-1].card) == wanted[behind[-1].id]:
            behind.pop()
        return not behind

    await behind[0].chat.wait_until(all_shown, PATIENCE)
    for crew in crews:
        await crew.chat.wait_until(crew.is_closed, PATIENCE)
    reminded = [[*crew.reminders(), len(crew.chat.messages) - 1] for crew in crews]
    assert reminded == [[0] * CREW] * 2 + [[1] * CREW] * (CREWS - 2)


async def database_agrees(url: str, ballot: Ballot, crews: Sequence[Crew]) -> None:
    """Check each vote and each closing where they are kept."""
    polls = {action_id(message): message for _, message, _ in ballot.votes}
    async with opened(url) as store, store._database.reading() as connection:
        rows = (await connection.execute(select(responses))).all()
        closings = select(history.c.action_id).where(history.c.verb == "closed")
        closed = (await connection.execute(closings)).scalars().all()
        names = {poll: names_in(await store.action(poll)) for poll in polls}
    stored = Counter(
        (row.action_id, row.person, *(names[row.action_id][one] for one in row.answers[QUESTION]))
        for row in rows
    )
    assert stored == Counter(
        (action_id(message), person_of(user, message.chat).key, wish)
        for user, message, wish in ballot.votes
    )
    assert Counter(closed) == Counter(action_id(crew.poll) for crew in crews)


def names_in(action: Action) -> dict[str, str]:
    """Give what a poll's options are called."""
    [question] = action.content.questions
    assert isinstance(question, Choice)
    return {option.id: option.text for option in question.options}


async def a_ballot(teams: Teams) -> Sequence[tuple[User, Message, str]]:
    """Post two polls in each chat; gives all votes, which go from chat to chat."""
    rooms: list[tuple[list[User], list[Message]]] = []
    for number in range(CHATS):
        people = [teams.user(f"Person {number:02}-{one:02}") for one in range(PEOPLE)]
        chat = teams.group_chat(people, f"Site {number:02}")
        for poll in range(POLLS):
            await people[0].says(chat, f"poll Question {poll}? | {' | '.join(OPTIONS)}")
        rooms.append((people, [await chat.wait_for_message(POLLS), *chat.messages[:1]]))
    return [
        (people[one], message, OPTIONS[(one + number) % 3])
        for one in range(PEOPLE)
        for number, (people, messages) in enumerate(rooms)
        for message in messages
    ]


async def a_crew(teams: Teams, name: str) -> Crew:
    people = [teams.user(f"{name} {one}") for one in range(CREW)]
    chat = teams.group_chat(people, name)
    await people[0].says(chat, f"poll Shift of {name} | Early | Late")
    own = [await one.installs() for one in people[1:]]
    for each in own:
        await each.wait_for_message()
    return Crew(chat, await chat.wait_for_message(1), own)


async def closes(url: str, poll: Message) -> None:
    """Let a poll fall due now."""

    def due(action: Action) -> Action:
        return replace(action, closes_at=SystemClock().now())

    async with opened(url) as store:
        entry = Entry(SystemClock().now(), CLOCK, "edited")
        await store.change(action_id(poll), due, entry)


async def reminders_soon(url: str, polls: Sequence[Message]) -> datetime:
    """Let polls fall due to remind together; gives when, soon enough to be waited for."""
    ids = [action_id(poll) for poll in polls]
    async with opened(url) as store, store._database.writing() as connection:
        soon = SystemClock().now() + OUTAGE
        await connection.execute(
            update(actions).where(actions.c.id.in_(ids)).values(remind_at=soon)
        )
    return soon


async def until(moment: datetime) -> None:
    """Wait until a moment has come."""
    loop = asyncio.get_running_loop()
    come: asyncio.Future[None] = loop.create_future()
    seconds = (moment - SystemClock().now()).total_seconds()
    loop.call_later(max(seconds, 0), come.set_result, None)
    await come

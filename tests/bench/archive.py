"""Surveys with as many responses as one likes, written straight into the tables."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from actions.action import Action, Posting, Settings, Status
from actions.choice import Choice, Option
from actions.content import Content
from actions.either import Either
from actions.moment import Date, TimeOfDay
from actions.number import Number
from actions.people import Person
from actions.questions import Question, restore_answers
from actions.scale import Scale
from actions.text import Text
from storage.counting import Count
from storage.schema import responses, tallies
from storage.store import SqlStore

ACTION, CREATOR = "action", Person("tenant/creator", "Cleo Creator")
CHAT = "19:chat@thread.v2"
BEGIN = datetime(2026, 11, 1, 8, tzinfo=UTC)
CHUNK = 10_000

_OPTIONS = tuple(Option(f"o{n}", f"Option number {n}") for n in range(5))

QUESTIONS: tuple[Question, ...] = (
    Choice("q0", "Which one do you prefer?", _OPTIONS),
    Choice("q1", "Which ones do you know?", _OPTIONS, 5),
    Either("q2", "Would you come again?"),
    Scale("q3", "How was it?"),
    Scale("q4", "Would you recommend it?", "nps"),
    Text("q5", "What was best?"),
    Text("q6", "What else would you like to tell us?", long=True),
    Number("q7", "How far did you travel?", decimals=1, unit="km"),
    Date("q8", "Which day suits you?"),
    TimeOfDay("q9", "What time suits you?"),
)


def a_survey(action_id: str = ACTION, creator: Person = CREATOR, tenant: str = "tenant") -> Action:
    """Give an open survey of ten questions, all on one page."""
    return Action(
        id=action_id,
        kind="survey",
        tenant_id=tenant,
        creator=creator,
        content=Content("How was the summer party?", QUESTIONS),
        settings=Settings(),
        status=Status.ACTIVE,
        created_at=BEGIN,
        locale="en",
        time_zone="Europe/Berlin",
    )


async def fill(store: SqlStore, action: Action, count: int, chat: str = CHAT) -> None:
    """Post a survey with so many responses, and their tallies as if they had been counted."""
    await store.post(action, Posting(f"posting-{action.id}", action.id, chat))
    counted = Count(action.content)
    async with store._database.writing() as connection:
        for first in range(0, count, CHUNK):
            some = range(first, min(first + CHUNK, count))
            await connection.execute(insert(responses), list(_rows(action.id, some)))
            for number in some:
                counted.add(restore_answers(QUESTIONS, _answers(number)), ())
        if count:
            await connection.execute(insert(tallies), list(_tallies(action.id, counted)))


def _tallies(action_id: str, counted: Count) -> Iterator[dict[str, Any]]:
    stand = counted.tallies()
    for (question, bucket), number in stand.counts.items():
        total = stand.sums[question, bucket]
        row = {"question": question, "bucket": bucket, "count": number, "total": total}
        yield {"action_id": action_id, **row}


def _rows(action_id: str, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    for n in numbers:
        key, at = f"tenant/{n:032x}", BEGIN + timedelta(seconds=n)
        yield {
            "action_id": action_id,
            "slot": key,
            "person": key,
            "name": f"Person number {n}",
            "mri": f"29:{n}",
            "folded": f"person number {n}",
            "answers": _answers(n),
            "submitted_at": at,
            "changed_at": at,
        }


def _answers(n: int) -> dict[str, Any]:
    day = (BEGIN + timedelta(days=n % 60)).date()
    return {
        "q0": [f"o{n % 5}"],
        "q1": [f"o{k}" for k in range(5) if n >> k & 1],
        "q2": "yes" if n % 3 else "no",
        "q3": n % 5 + 1,
        "q4": n % 11,
        "q5": f"The music, number {n}",
        "q6": f"It was a pleasant evening, and I would like to say {n} times thank you. " * 2,
        "q7": n % 5000,
        "q8": day.isoformat(),
        "q9": f"{n % 24:02}:{n % 60:02}",
    }

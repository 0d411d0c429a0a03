"""What a survey's tallies say is what counting its responses one by one says."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.action import Action, Settings
from actions.choice import OTHER, Choice, Option
from actions.history import Entry
from actions.questions import Answer, Answers
from actions.responses import Change, Standing, slot_of
from tests.fakes import NOON, FixedClock, a_change, a_person, a_survey
from tests.storage.conftest import opened, posted
from tests.storage.databases import copied_sqlite

OPTIONS = tuple(Option(letter, letter.upper()) for letter in "abcd")
QUESTIONS = (
    Choice("one", "Which?", OPTIONS),
    Choice("own", "Which, or what else?", OPTIONS, other=True),
    Choice("some", "Which ones?", OPTIONS, 5, other=True),
)
ENTRY = Entry(NOON, a_person("Ada"), "edited")

letters = st.lists(st.sampled_from("abcd"), unique=True).map(sorted).map(tuple)
words = st.text(min_size=1, max_size=5).map(lambda text: OTHER + text)
some_or_own = st.builds(lambda chosen, own: (*chosen, *own), letters, st.lists(words, max_size=1))
one = letters.map(lambda chosen: chosen[:1])
answers = st.fixed_dictionaries(
    {},
    optional={
        "one": one,
        "own": st.one_of(one, words.map(lambda own: (own,))),
        "some": some_or_own,
    },
).map(lambda given: {question: answer for question, answer in given.items() if answer})
handed_in = st.tuples(st.sampled_from("PQRS"), st.integers(1, 3), st.one_of(st.none(), answers))
removed = st.sampled_from(QUESTIONS).map(lambda question: question.id)
steps = st.lists(st.one_of(handed_in, handed_in, handed_in, handed_in, removed), max_size=25)

Step = str | tuple[str, int, Answers | None]


@given(given_steps=steps, anonymous=st.booleans())
@settings(max_examples=25, deadline=None)
def test_survey_tallies_are_a_recount_on_sqlite(
    sqlite_template: str, given_steps: list[Step], *, anonymous: bool
) -> None:
    with TemporaryDirectory() as folder:
        url = copied_sqlite(sqlite_template, Path(folder) / "law.db")
        asyncio.run(check(url, given_steps, anonymous=anonymous))


@given(given_steps=steps, anonymous=st.booleans())
@settings(max_examples=15, deadline=None)
def test_survey_tallies_are_a_recount_on_postgresql(
    postgresql_url: str, given_steps: list[Step], *, anonymous: bool
) -> None:
    asyncio.run(check(postgresql_url, given_steps, anonymous=anonymous))


async def check(url: str, given_steps: Sequence[Step], *, anonymous: bool) -> None:
    """Carry the steps out; the tallies are what the store counts, and what is counted here."""
    store = await opened(url, FixedClock())
    action = a_survey(*QUESTIONS, settings=Settings(anonymous=anonymous, several=True))
    await posted(store, action)
    for step in given_steps:
        if isinstance(step, str):
            await store.change(action.id, partial(without, question_id=step), ENTRY)
        else:
            await store.respond(a_response(*step))
    tallies = await store.tallies(action.id)
    every = [response async for some in store.all_responses(action.id) for response in some]
    assert tallies == await store.recount(action.id)
    assert tallies.responded == len(every)
    asked = (await store.action(action.id)).content.questions
    for question in asked:
        given_answers = [
            r.answers[question.id] for r in every if r.answers and question.id in r.answers
        ]
        tallied = tallies.of(question.id)
        assert tallied.answered == len(given_answers)
        assert tallied.counts == counted(given_answers)
    assert {bucket[0] for bucket, n in tallies.counts.items() if n} <= {"", *(q.id for q in asked)}
    await store.close()


def without(action: Action, question_id: str) -> Action:
    """Give the action without a question; its last one stays."""
    questions = tuple(q for q in action.content.questions if q.id != question_id)
    if not questions:
        return action
    return replace(action, content=replace(action.content, questions=questions))


def a_response(name: str, number: int, wanted: Answers | None) -> Change:
    """Give someone's wish to answer what is asked of this at that moment."""

    def decide(standing: Standing) -> Answers | None:
        asked = {question.id for question in standing.action.content.questions}
        return wanted and {q: answer for q, answer in wanted.items() if q in asked}

    slot = slot_of(a_person(name).key, number)
    return a_change(name, slot=slot, decide=decide, watched=())


def counted(given_answers: Sequence[Answer]) -> Mapping[str, int]:
    """Count answers by option, one's own words together."""
    parts = [part for answer in given_answers if isinstance(answer, tuple) for part in answer]
    return Counter(OTHER if part.startswith(OTHER) else part for part in parts)

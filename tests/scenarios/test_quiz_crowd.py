"""A hundred people, three attempts each, five questions of twenty, the clock and a restart."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from actions.action import Action
from actions.attempts import Attempts
from actions.choice import Choice, Option
from actions.keys import Key
from actions.tallies import PASSED, SCORES, UNDER_WAY
from tests.actions.exams import a_quiz
from tests.fakes import FixedClock
from tests.scenarios.exams import Exam, posts_exam
from tests.scenarios.house import running
from tests.scenarios.steps import action_id, miscounted, opened
from tests.scenarios.votes import crowd
from tests.teams import Dialog, Teams, User
from tests.teams.cards import inputs

PEOPLE, AT_ONCE = 100, 16
QUESTIONS, DRAWN, LIMIT, PASS_MARK = 20, 5, 300, 60
RIGHT = {f"q{number:02}": "abc"[number % 3] for number in range(QUESTIONS)}


def the_quiz() -> Action:
    """Give twenty questions, of which five are drawn for each attempt."""
    options = tuple(Option(letter, f"Option {letter}") for letter in "abc")
    questions = tuple(Choice(name, f"Question {name}?", options) for name in RIGHT)
    keys = {name: Key((right,)) for name, right in RIGHT.items()}
    limits = {"attempts": 3, "seconds": LIMIT, "pass_mark": PASS_MARK}
    return a_quiz(questions, keys, draw=DRAWN, shuffle=True, **limits)


@dataclass(slots=True)
class Taker:
    """Someone who takes it, and what they said: by attempt, each question's answer in order."""

    user: User
    chance: Random
    said: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    dialog: Dialog | None = None

    async def begins(self, quiz: Exam) -> None:
        """Open it and start the next attempt, pressing the button twice."""
        dialog = self.dialog = await quiz.opens(self.user)
        number = len(self.said) + 1
        title = "Start" if number == 1 else f"Start attempt {number}"
        if number > 1 and "Take it again" in str(dialog.card):
            await dialog.submits("Take it again")
        self.said[number] = []
        pressed = dialog.card
        await dialog.submits(title)
        dialog.shown = pressed
        await dialog.submits(title)

    async def answers(self, count: int) -> None:
        """Answer some questions, each answer being sent twice."""
        for _ in range(count):
            assert self.dialog is not None
            (name,) = inputs(self.dialog.card)
            said = self.chance.choice((RIGHT[name], RIGHT[name], "a", "b", "c"))
            page = self.dialog.card
            await self.dialog.submits("Answer", {name: said})
            after = self.dialog.card
            if self.chance.random() < 0.3:
                self.dialog.shown = page
                await self.dialog.submits("Answer", {name: self.chance.choice("abc")})
                self.dialog.shown = after
            self.said[len(self.said)].append((name, said))

    async def goes_on(self, quiz: Exam) -> None:
        """Come back to an attempt that was begun."""
        self.dialog = await quiz.opens(self.user)
        await self.dialog.submits("Continue")

    def best(self) -> int | None:
        """Give their best percent, by what they said."""
        marks = [sum(RIGHT[q] == said for q, said in pages) for pages in self.said.values()]
        return max((100 * right // DRAWN for right in marks), default=None)


async def everyone(takers: Iterable[Taker], does: Callable[[Taker], Awaitable[None]]) -> None:
    """Let many do something, some at once."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(taker: Taker) -> None:
        async with turn:
            await does(taker)

    await asyncio.gather(*(one(taker) for taker in takers))


async def test_every_attempt_is_whole_and_the_pass_list_is_a_recount(
    teams: Teams, database_url: str
) -> None:
    clock, chance = FixedClock(), Random(20)  # noqa: S311 - The same each time.
    chat, people = crowd(teams, PEOPLE)
    takers = [Taker(user, Random(number)) for number, user in enumerate(people)]  # noqa: S311
    async with running(teams, database_url, clock=clock):
        message = await posts_exam(database_url, people[0], chat, the_quiz(), clock)
        quiz = Exam(database_url, message, action_id(message))
        # A third leaves the first attempt half done; the clock ends it.
        await everyone(takers, lambda taker: first_attempt(taker, quiz))
        clock.advance(seconds=LIMIT + 6)
        await settled(quiz)
        await everyone(takers[:80], lambda taker: begun(taker, quiz, 2))
    clock.advance(seconds=60)
    async with running(teams, database_url, clock=clock):
        await everyone(takers[:80], lambda taker: continued(taker, quiz))
        third = chance.sample(takers[:80], 30)
        await everyone(third, lambda taker: begun(taker, quiz, DRAWN))
        await check(quiz, takers)
        clock.advance(seconds=5)
        count = f"{PEOPLE} of {PEOPLE} responded"
        await chat.wait_until(lambda: count in str(message.card), timeout=30)
    assert await miscounted(database_url) == []


async def first_attempt(taker: Taker, quiz: Exam) -> None:
    await begun(taker, quiz, DRAWN if taker.chance.random() < 0.66 else 2)


async def begun(taker: Taker, quiz: Exam, count: int) -> None:
    await taker.begins(quiz)
    await taker.answers(count)


async def continued(taker: Taker, quiz: Exam) -> None:
    await taker.goes_on(quiz)
    await taker.answers(DRAWN - 2)


async def settled(quiz: Exam) -> None:
    """Wait until the bot's clock has ended what is over."""
    async with opened(quiz.database_url) as store, asyncio.timeout(20):
        while (await store.tallies(quiz.action_id)).counts.get(UNDER_WAY):
            continue


async def check(quiz: Exam, takers: Sequence[Taker]) -> None:
    """Compare what is stored, person by person, and the totals with what people said."""
    for taker in takers:
        stands = await quiz.attempts(taker.user)
        check_attempts(stands, taker)
    bests = [best for taker in takers if (best := taker.best()) is not None]
    async with opened(quiz.database_url) as store:
        tallies = await store.tallies(quiz.action_id)
    assert tallies.responded == len(bests) == PEOPLE
    assert tallies.counts[PASSED] == sum(best >= PASS_MARK for best in bests)
    scores = {int(name): count for name, count in tallies.of(SCORES).counts.items()}
    assert scores == {best: bests.count(best) for best in bests}


def check_attempts(stands: Attempts, taker: Taker) -> None:
    """Every attempt asked five of the twenty, and holds what was said first, in order."""
    assert len(stands.attempts) == len(taker.said)
    for attempt, said in zip(stands.attempts, taker.said.values(), strict=True):
        assert len(set(attempt.asked)) == DRAWN
        assert set(attempt.asked) <= RIGHT.keys()
        assert [(name, *given.answer) for name, given in attempt.given.items()] == said  # type: ignore[misc]
        assert list(attempt.given) == list(attempt.asked[: len(said)])
        assert attempt.ended is not None
        assert attempt.timed_out is (len(said) < DRAWN)

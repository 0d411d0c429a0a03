"""No answer of the bot to a respondent tells what is right before that may be known.

Every verb there is, is pressed by someone who does not manage the quiz, with every argument that
could lead anywhere: before, during and after an attempt, open and closed, under each setting. The
words of the keys must not be in any answer; and two quizzes that differ in nothing but what is
right must be answered byte for byte the same.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from actions.action import Settings, Visibility
from actions.exam import Feedback
from actions.keys import Key
from bot.verbs import VERBS
from cards.envelope import Envelope
from dialogs.place import Place
from tests.actions.exams import FIVE, a_quiz
from tests.fakes import FixedClock
from tests.scenarios.conftest import Shift
from tests.scenarios.exams import posts_exam
from tests.scenarios.house import running
from tests.scenarios.steps import a_shift, action_id
from tests.scenarios.surveys import person_of
from tests.storage.databases import migrated_sqlite
from tests.teams import Message, Teams, User

KEYS = {
    "one": Key(("paris",), explanation="because-one"),
    "several": Key(("paris", "rome"), 2, partial=True, explanation="because-several"),
    "true": Key("no", explanation="because-true"),
    "number": Key(73_519, tolerance=7, explanation="because-number"),
    "text": Key(("sesame-first", "sesame-second"), explanation="because-text"),
}
OTHER_KEYS = {
    "one": Key(("bergen",), explanation="for-one"),
    "several": Key(("bergen",), 2, partial=True, explanation="for-several"),
    "true": Key("yes"),
    "number": Key(1, explanation="for-number"),
    "text": Key(("barley",), explanation="for-text"),
}
"""The same points, since these are told; all else differs."""

ANSWERS = {"one": "paris", "several": "rome", "true": "yes", "number": "3", "text": "please"}
"""What the respondent says to either quiz."""

AGAIN = {"one": "bergen", "several": "bergen", "true": "yes", "number": "0.1", "text": "barley"}
"""What they say the second time: it is worth more with the other keys, and less with the first."""

TOLD, UNTOLD = ("one", "several"), ("true", "number", "text")
"""What is answered first, and what then."""

AT_ONCE = (Feedback.EACH, Feedback.END)

HIDDEN: Mapping[Feedback, Sequence[str]] = {
    Feedback.EACH: ("before", "during"),
    Feedback.END: ("before", "during"),
    Feedback.CLOSED: ("before", "during", "after", "again"),
    Feedback.NEVER: ("before", "during", "after", "again"),
}
"""At which stages of an attempt nothing may be known of what is asked then."""

SECRETS = {
    "one": ("because-one",),
    "several": ("because-several",),
    "true": ("because-true",),
    "number": ("because-number", "73519", "7351.9", "7,351.9"),
    "text": ("because-text", "sesame"),
}
"""What tells the key of each question."""

STEPS = ("take.begin", "take.answer", "take.pass", "take.on")
"""Verbs that move an attempt on; the test presses them in their order, and forges others."""

FORGED = (
    ("take.begin", "9"),
    ("take.answer", "1 text"),
    ("take.answer", "9 one"),
    ("take.pass", "1 text"),
    ("take.pass", "9 one"),
    ("take.on", "9"),
)
"""Steps that are none where they are pressed."""

UNLIKE = ("create",)
"""Verbs that make new names each time; nothing of a quiz goes in."""

PLACED = (
    *("results", "questions", "question", "texts", "drill", "response", "responded", "leaders"),
    *("under_way", "my_response", "export.make"),
)
"""Verbs whose argument is a place in the results, or a format."""

TAKEN = ("take.page", "take.result", "take.review", "take.certificate", "take.later")
"""Verbs whose argument is an attempt, a page or a part."""

TYPED = {"one": "paris", "several": "paris", "text": "please", "format": "json", "search": ""}

NAMES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|29:[\w-]+"
)
"""What has another name in each run."""


@dataclass
class House:
    """A chat with one quiz, and what the bot answers to Ben, who presses everything there is."""

    shift: Shift
    quiz: Message
    heard: dict[str, str] = field(default_factory=dict)

    async def press(self, user: User, verb: str, argument: str = "", **inputs: str) -> str:
        """Press something in a dialog, and give all of the answer."""
        data = Envelope(verb, action_id(self.quiz), argument).encode() | inputs
        sent = {"data": data, "context": {"theme": "default"}}
        answer = await user.invokes(self.quiz.chat, "task/submit", sent, about=self.quiz)
        return normal(answer.body)

    async def tap(self, user: User, verb: str, argument: str = "") -> str:
        """Press something on the card in the chat, and give all of the answer."""
        data = Envelope(verb, action_id(self.quiz), argument).encode()
        return normal((await user.executes(self.quiz.chat, self.quiz, verb, data)).body)

    async def take(self, user: User, names: Sequence[str], *, goes_on: bool) -> None:
        """Answer some questions, and `goes_on` from what is said of each."""
        for name in names:
            await self.press(user, "take.answer", f"1 {name}", **{name: ANSWERS[name]})
            if goes_on:
                await self.press(user, "take.on", "1")

    async def take_again(self, user: User, *, goes_on: bool) -> None:
        """Begin once more, and answer everything otherwise."""
        await self.press(user, "take.begin", "2")
        for name, said in AGAIN.items():
            await self.press(user, "take.answer", f"2 {name}", **{name: said})
            if goes_on:
                await self.press(user, "take.on", "2")

    async def look_everywhere(self, stage: str) -> None:
        """Press every verb with whatever could lead anywhere."""
        presses = [(verb, place) for verb in PLACED for place in self._places()]
        taken = ("", "1", "1 1", "1 9", "2", "2 1", "one")
        presses += [(verb, name) for verb in TAKEN for name in taken]
        presses += [(verb, "1 one") for verb in sorted({*VERBS, "choose"} - {*STEPS, *UNLIKE})]
        presses += FORGED
        for verb, argument in presses:
            said = await self.press(self.shift.ben, verb, argument, **TYPED)
            self.heard[NAMES.sub("#", f"{stage}: {verb} {argument}")] = said
        for verb in (*PLACED, *TAKEN, "show", "refresh", "open", "edit", "draft.open"):
            self.heard[f"{stage}: {verb} tapped"] = await self.tap(self.shift.ben, verb, "1 one")

    def check(self, stage: str, *hidden: str) -> None:
        """See that nothing that was heard at a stage tells the keys of these questions."""
        said = {name: answer for name, answer in self.heard.items() if name.startswith(stage)}
        assert said
        for name, answer in said.items():
            for secret in (secret for question in hidden for secret in SECRETS[question]):
                assert secret not in answer, name

    def _places(self) -> Sequence[str]:
        key = person_of(self.shift.chloe, self.quiz.chat).key
        places = (
            Place(question="one"),
            Place(question="text"),
            Place(question="one", bucket="paris"),
            Place(slot=key),
        )
        return ("", "json", *(place.encode() for place in places))


def normal(body: Any) -> str:
    """Give an answer without names that are others in each run."""
    return NAMES.sub("#", json.dumps(body, ensure_ascii=False, sort_keys=True))


@pytest.fixture
def databases(tmp_path: Path) -> tuple[str, str]:
    """Give the addresses of two empty databases."""
    return migrated_sqlite(tmp_path / "one.db"), migrated_sqlite(tmp_path / "two.db")


async def walked(url: str, feedback: Feedback, keys: Mapping[str, Key]) -> House:
    """Let Chloé take a quiz, and Ben press everything at each stage of his own attempt."""
    visibility = Visibility.CREATOR if feedback in AT_ONCE else Visibility.EVERYONE
    exam: dict[str, Any] = {"leaderboard": True, "pass_mark": 50, "attempts": 2}
    quiz = a_quiz(FIVE, dict(keys), feedback=feedback, **exam)
    quiz = replace(quiz, settings=Settings(visibility, may_change=False))
    clock = FixedClock()
    async with Teams() as teams, running(teams, url, clock=clock):
        shift = a_shift(teams)
        house = House(shift, await posts_exam(url, shift.ada, shift.chat, quiz, clock))
        goes_on = feedback is Feedback.EACH
        await house.press(shift.chloe, "take.begin", "1")
        await house.take(shift.chloe, [*ANSWERS], goes_on=goes_on)
        await house.look_everywhere("before")
        await house.press(shift.ben, "take.begin", "1")
        await house.take(shift.ben, TOLD, goes_on=goes_on)
        await house.look_everywhere("during")
        await house.take(shift.ben, UNTOLD, goes_on=goes_on)
        await house.look_everywhere("after")
        await house.take_again(shift.ben, goes_on=goes_on)
        await house.look_everywhere("again")
        await house.press(shift.ada, "close")
        await house.look_everywhere("closed")
        house.heard["messages"] = normal([m.versions for m in shift.chat.messages])
    return house


@pytest.mark.parametrize("feedback", Feedback)
async def test_nobody_is_told_what_is_right_before_the_time(
    databases: tuple[str, str], feedback: Feedback
) -> None:
    each = feedback is Feedback.EACH
    house = await walked(databases[0], feedback, KEYS)
    # What is told of the first questions after each of them is the same in both.
    same = {name: KEYS[name] for name in TOLD} if each else {}
    other = await walked(databases[1], feedback, {**OTHER_KEYS, **same})
    for stage in HIDDEN[feedback]:
        house.check(stage, *(UNTOLD if each and stage == "during" else ANSWERS))
        for name, answer in house.heard.items():
            if name.startswith(stage):
                assert answer == other.heard[name], name
    house.check("messages", *ANSWERS)
    house.check("closed", *(ANSWERS if feedback is Feedback.NEVER else ()))
    is_told = "because-text" in house.heard["closed: take.review 1 1"]
    assert is_told is (feedback is not Feedback.NEVER)
    after = "because-text" in house.heard["after: take.review 1 1"]
    assert after is (feedback in AT_ONCE)

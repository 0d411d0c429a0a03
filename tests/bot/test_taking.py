"""Verbs that take a quiz: what comes of presses that are late, double, refused or not saved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from actions.action import Action, Settings, Status
from actions.attempts import Attempts, attempts_in
from actions.errors import NotFound, NotSaved
from actions.exam import Feedback
from actions.history import Entry
from actions.keys import Key
from actions.ports import Ports
from bot.press import Press
from bot.reception import caller
from bot.summaries import Summaries
from bot.verbs import carry_out
from cards.envelope import Envelope
from cards.parts import Host
from cards.texts import texts_for
from dialogs.screen import Screen
from tests.actions.exams import FIVE, KEYS, READ, a_quiz, a_training
from tests.bot.exporting import NO_HANDOVER
from tests.bot.world import FakeMessenger, Watch, WatchedStore, a_turn, as_json
from tests.fakes import NOON, TENANT, CountingIds, FixedClock, a_conversation, a_person, a_posting
from tests.teams.cards import Card, actions, buttons, inputs, text

NOT_SAVED = "⚠ I could not confirm that this was saved. Please try again; it counts only once."


class Desk:
    """Something marked by Ada in the group chat, and Ben who takes it."""

    def __init__(self, action: Action) -> None:
        self.clock, self.ids = FixedClock(), CountingIds()
        self.store = WatchedStore(self.clock, Watch(), lambda: None)
        changes: dict[str, Any] = {"id": "action", "tenant_id": TENANT, "creator": a_person()}
        self.action = replace(action, **changes)

    async def posted(self) -> "Desk":
        """Post it."""
        await self.store.remember_conversation(a_conversation())
        await self.store.post(self.action, a_posting(self.action))
        return self

    async def pressed(
        self, verb: str, argument: str = "", sent: Mapping[str, str] | None = None
    ) -> Card:
        """Press something as Ben, and give the card that comes of it."""
        turn = a_turn(sender_object_id="ben", sender_mri="29:ben", sender_name="Ben")
        ports = Ports(self.store, self.clock, self.ids, FakeMessenger(Watch()))
        envelope, who = Envelope(verb, "action", argument), caller(turn)
        handover = replace(
            NO_HANDOVER,
            certificate=lambda code: f"https://muster.example/certificates/{code}",
            open_link=lambda *parts: "https://muster.example/open/" + "/".join(parts[2:]),
        )
        outcome = await carry_out(
            Press(
                *(ports, Summaries(), who, Host.DIALOG, envelope, sent or {}),
                texts_for("en-GB"),
                handover,
            )
        )
        assert isinstance(outcome, Screen)
        return as_json(outcome.card)

    async def attempts(self) -> Attempts:
        """Give what is stored of Ben's."""
        (own,) = await self.store.own_responses("action", f"{TENANT}/ben")
        return attempts_in(own.answers)

    async def close(self) -> None:
        """Close it."""

        def changed(action: Action) -> Action:
            return replace(action, status=Status.CLOSED, closed_at=self.clock.now())

        await self.store.change("action", changed, Entry(NOON, a_person("Ada"), "closed"))


async def a_desk(**exam: Any) -> Desk:
    """Give a quiz that is taken."""
    return await Desk(a_quiz(**exam)).posted()


async def a_course(*pages: Any, **exam: Any) -> Desk:
    """Give a training that is taken."""
    return await Desk(a_training(*pages, **exam)).posted()


async def test_a_quiz_is_taken_from_the_cover_to_the_result() -> None:
    desk = await a_desk(pass_mark=70)
    assert buttons(await desk.pressed("open")) == ["Start"]
    assert list(inputs(await desk.pressed("take.begin", "1"))) == ["one"]
    for name, typed, following in (
        ("one", "paris", "several"),
        ("several", "paris,rome", "true"),
        ("true", "no", "number"),
        ("number", "2,5", "number"),
    ):
        card = await desk.pressed("take.answer", f"1 {name}", {name: typed})
        assert list(inputs(card)) == [following]
    assert "⚠ Write decimals like this" in text(card)
    card = await desk.pressed("take.answer", "1 number", {"number": "2.5"})
    card = await desk.pressed("take.pass", "1 text")
    assert "✔ Passed\n83.33 %\n5 of 6 points" in text(card)
    assert await desk.pressed("open") == await desk.pressed("my_response") == card


async def test_a_double_press_changes_nothing_and_shows_where_one_is() -> None:
    desk = await a_desk()
    await desk.pressed("take.begin", "1")
    first = await desk.pressed("take.answer", "1 one", {"one": "rome"})
    desk.clock.advance(seconds=1)
    again = await desk.pressed("take.answer", "1 one", {"one": "paris"})
    assert list(inputs(again)) == list(inputs(first)) == ["several"]
    assert "what you gave first stands" in text(again)
    assert (await desk.attempts()).attempts[0].answers == {"one": ("rome",)}
    assert list(inputs(await desk.pressed("take.pass", "1 one"))) == ["several"]


async def test_a_stale_start_begins_nothing_again() -> None:
    desk = await a_desk(attempts=2)
    await desk.pressed("take.begin", "1")
    await desk.pressed("take.answer", "1 one", {"one": "paris"})
    assert list(inputs(await desk.pressed("take.begin", "1"))) == ["several"]
    assert len((await desk.attempts()).attempts) == 1


async def test_a_start_that_is_not_allowed_shows_why() -> None:
    desk = await a_desk()
    await desk.pressed("take.begin", "1")
    for question in FIVE:
        await desk.pressed("take.pass", f"1 {question.id}")
    card = await desk.pressed("take.begin", "2")
    assert "⚠ You have used all your attempts." in text(card)
    closed = await a_desk()
    await closed.close()
    card = await closed.pressed("take.begin", "1")
    assert "This is closed, so it cannot be started any more." in text(card)
    assert "⚠" not in text(card)


async def test_an_answer_after_the_time_is_told_not_to_count() -> None:
    desk = await a_desk(seconds=60)
    await desk.pressed("take.begin", "1")
    desk.clock.advance(seconds=65)
    card = await desk.pressed("take.answer", "1 one", {"one": "paris"})
    assert "⚠ This was over before your answer came" in text(card)
    assert "The time was over." in text(card)
    assert (await desk.attempts()).attempts[0].answers == {}


async def test_feedback_is_shown_until_one_goes_on() -> None:
    desk = await a_desk(feedback=Feedback.EACH)
    await desk.pressed("take.begin", "1")
    said = await desk.pressed("take.answer", "1 one", {"one": "rome"})
    assert "Right is: Paris" in text(said)
    assert await desk.pressed("take.page") == said
    assert list(inputs(await desk.pressed("take.on", "1"))) == ["several"]
    assert list(inputs(await desk.pressed("take.on", "1"))) == ["several"]


async def test_the_last_feedback_stands_before_the_result() -> None:
    desk = await a_desk(feedback=Feedback.EACH)
    await desk.pressed("take.begin", "1")
    for question in FIVE:
        card = await desk.pressed("take.pass", f"1 {question.id}")
        if "Next" in buttons(card):
            await desk.pressed("take.on", "1")
    assert buttons(card) == ["See the result"]
    result = await desk.pressed("take.result", "1")
    assert "0 of 6 points" in text(result)
    assert "Your answers" in text(await desk.pressed("take.review", "1 1"))


async def test_an_answer_that_was_not_saved_is_shown_as_it_was_sent() -> None:
    desk = await a_desk()
    await desk.pressed("take.begin", "1")
    desk.store.fails = NotSaved("not_saved")
    card = await desk.pressed("take.answer", "1 one", {"one": "rome"})
    assert NOT_SAVED in text(card)
    assert inputs(card) == {"one": "rome"}
    with pytest.raises(NotSaved):
        await desk.pressed("take.pass", "1 one")
    desk.store.fails = None
    assert list(inputs(await desk.pressed("take.answer", "1 one", {"one": "rome"}))) == ["several"]


async def test_putting_aside_says_so_only_while_something_is_under_way() -> None:
    desk = await a_desk()
    assert buttons(await desk.pressed("take.later")) == ["Start"]
    await desk.pressed("take.begin", "1")
    card = await desk.pressed("take.later")
    assert "What you answered is kept." in text(card)
    assert buttons(card) == ["Continue"]
    assert buttons(await desk.pressed("open")) == ["Continue"]


async def test_a_lesson_is_stayed_at_in_the_part_that_one_is_at() -> None:
    long = replace(READ, body="\n\n".join(["x" * 900] * 20), min_seconds=30, links=())
    desk = await a_course(long)
    await desk.pressed("take.begin", "1")
    card = await desk.pressed("take.page", "read 1")
    assert "Part 2 of 2" in text(card)
    desk.clock.advance(seconds=10)
    card = await desk.pressed("take.pass", "1 read 1")
    assert "⚠ Please take a little longer for this page: 20 s are left." in text(card)
    assert "Part 2 of 2" in text(card)
    desk.clock.advance(seconds=20)
    assert "✔ Completed" in text(await desk.pressed("take.pass", "1 read 1"))


async def test_a_training_is_gone_back_in_and_on_with() -> None:
    desk = await a_course()
    await desk.pressed("take.begin", "1")
    await desk.pressed("take.pass", "1 read 0")
    back = await desk.pressed("take.page", "read")
    assert "Page 1 of 3" in text(back)
    assert list(inputs(await desk.pressed("take.page"))) == ["one"]
    for unseen in ("last", "gone", "one"):
        assert list(inputs(await desk.pressed("take.page", unseen))) == ["one"]


async def test_links_of_lessons_lead_through_us() -> None:
    desk = await a_course()
    card = await desk.pressed("take.begin", "1")
    urls = [one["url"] for one in actions(card) if one["type"] == "Action.OpenUrl"]
    assert urls == ["https://muster.example/open/read/film"]


async def test_a_certificate_is_given_once_and_only_for_what_was_completed() -> None:
    desk = await a_course(pass_mark=50)
    refused = await desk.pressed("take.certificate")
    assert "⚠ There is a certificate once you have completed this." in text(refused)
    await desk.pressed("take.begin", "1")
    for verb, argument, sent in (
        ("take.pass", "1 read 0", {}),
        ("take.answer", "1 one", {"one": "paris"}),
        ("take.pass", "1 last 0", {}),
    ):
        done = await desk.pressed(verb, argument, sent)
    assert "Certificate" in buttons(done)
    card = await desk.pressed("take.certificate")
    assert "Download as PDF" in buttons(card)
    assert await desk.pressed("take.certificate") == card


@pytest.mark.parametrize("argument", ["", "0", "-1", "x", "1.5", "²", "3", "9" * 30])
async def test_a_number_that_is_none_is_not_found(argument: str) -> None:
    desk = await a_desk(attempts=9)
    await desk.pressed("take.begin", "1")
    with pytest.raises(NotFound):
        await desk.pressed("take.begin", argument)


@pytest.mark.parametrize("argument", ["1", "1 gone", "7 one", "1 one one one", "1 text"])
@pytest.mark.parametrize(
    "verb", ["answer", "pass", "on", "page", "later", "result", "review", "certificate"]
)
async def test_whatever_a_button_says_leads_somewhere_and_does_nothing_else(
    verb: str, argument: str
) -> None:
    desk = await a_desk(feedback=Feedback.CLOSED)
    await desk.pressed("take.begin", "1")
    before = await desk.attempts()
    assert buttons(await desk.pressed(f"take.{verb}", argument))
    if argument != "1 one one one":
        assert await desk.attempts() == before


async def test_what_is_not_marked_is_not_taken() -> None:
    poll = Desk(replace(a_quiz(), kind="survey", content=replace(a_quiz().content, exam=None)))
    await poll.posted()
    for verb in ("begin", "answer", "pass", "on", "page", "later", "result", "review"):
        with pytest.raises(NotFound):
            await poll.pressed(f"take.{verb}", "1 one")


async def test_no_order_tells_what_is_right() -> None:
    async def walked(keys: dict[str, Key]) -> list[Card]:
        quiz = a_quiz(FIVE, keys, feedback=Feedback.CLOSED, shuffle=True, draw=4, attempts=3)
        desk = await Desk(replace(quiz, settings=Settings(shuffle=True))).posted()
        cards = []
        for number in (1, 2, 3):
            cards.append(await desk.pressed("take.begin", str(number)))
            while names := list(inputs(cards[-1])):
                sent = {names[0]: "paris" if names[0] in {"one", "several"} else "1"}
                argument = f"{number} {names[0]}"
                cards.append(await desk.pressed("take.answer", argument, sent))
                cards.append(await desk.pressed("take.pass", argument))
        return [*cards, await desk.pressed("take.review", "3 1")]

    other = {"one": Key(("bergen",)), "several": Key(("bergen",), points=2), "number": Key(1)}
    assert await walked(KEYS) == await walked({**KEYS, **other, "text": Key(("x",))})

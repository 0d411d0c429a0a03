"""Verbs that answer page by page: what comes of a press that is refused or not saved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from actions.action import Action, Settings, Status
from actions.errors import NotFound, NotSaved
from actions.history import Entry
from actions.ports import Ports
from bot.press import Press
from bot.reception import caller
from bot.summaries import Summaries
from bot.verbs import carry_out
from cards.envelope import Envelope
from cards.parts import Host
from cards.texts import texts_for
from dialogs.screen import Screen
from tests.bot.exporting import NO_HANDOVER
from tests.bot.world import FakeMessenger, Watch, WatchedStore, a_turn, as_json
from tests.fakes import (
    NOON,
    CountingIds,
    FixedClock,
    a_conversation,
    a_person,
    a_posting,
    a_survey,
)
from tests.teams.cards import Card, buttons, inputs, text

NOT_SAVED = "⚠ I could not confirm that this was saved. Please try again; it counts only once."


class Desk:
    """A survey of one page by Ada in the group chat, and Ben who answers it."""

    def __init__(self, *, may_change: bool = True) -> None:
        self.clock = FixedClock()
        self.store = WatchedStore(self.clock, Watch(), lambda: None)
        self.survey = a_survey(settings=Settings(may_change=may_change))

    async def posted(self) -> "Desk":
        """Post it."""
        await self.store.remember_conversation(a_conversation())
        await self.store.post(self.survey, a_posting(self.survey))
        return self

    async def pressed(
        self, verb: str, argument: str = "", sent: Mapping[str, str] | None = None
    ) -> Card:
        """Press something as Ben, and give the card that comes of it."""
        turn = a_turn(sender_object_id="ben", sender_mri="29:ben", sender_name="Ben")
        ports = Ports(self.store, self.clock, CountingIds(), FakeMessenger(Watch()))
        envelope, who = Envelope(verb, "action", argument), caller(turn)
        texts = texts_for("en-GB")
        outcome = await carry_out(
            Press(ports, Summaries(), who, Host.DIALOG, envelope, sent or {}, texts, NO_HANDOVER)
        )
        assert isinstance(outcome, Screen)
        return as_json(outcome.card)

    async def change(self, **changes: Any) -> None:
        """Change the survey."""

        def changed(action: Action) -> Action:
            return replace(action, **changes)

        await self.store.change("action", changed, Entry(NOON, a_person("Ada"), "edited"))


@pytest.fixture
async def desk() -> Desk:
    return await Desk().posted()


async def test_answering_opens_the_form_and_then_the_receipt(desk: Desk) -> None:
    assert buttons(await desk.pressed("open")) == ["Hand in", "Later"]
    receipt = await desk.pressed("fill.hand_in", "1 q1 q2", {"q1": "yes"})
    assert "✔ Handed in" in text(receipt)
    assert await desk.pressed("open") == receipt
    assert await desk.pressed("fill.open") != receipt


@pytest.mark.parametrize("verb", ["fill.hand_in", "fill.later", "fill.next", "fill.done"])
async def test_a_page_that_was_not_saved_is_shown_as_it_was_sent(desk: Desk, verb: str) -> None:
    desk.store.fails = NotSaved("not_saved")
    card = await desk.pressed(verb, "1 q1 q2", {"q1": "yes", "q2": "no"})
    assert NOT_SAVED in text(card)
    assert inputs(card) == {"q1": "yes", "q2": "no"}
    desk.store.fails = None
    assert "✔ Handed in" in text(
        await desk.pressed("fill.hand_in", "1 q1 q2", {"q1": "yes", "q2": "no"})
    )


async def test_what_sends_no_page_and_was_not_saved_is_said(desk: Desk) -> None:
    desk.store.fails = NotSaved("not_saved")
    with pytest.raises(NotSaved):
        await desk.pressed("fill.hand_in", "1")


async def test_what_may_not_be_changed_is_told_above_the_receipt() -> None:
    desk = await Desk(may_change=False).posted()
    await desk.pressed("fill.hand_in", "1 q1 q2", {"q1": "yes"})
    for verb in ("fill.hand_in", "fill.later"):
        card = await desk.pressed(verb, "1 q1 q2", {"q1": "no"})
        assert "⚠ You handed this in already, and it cannot be changed." in text(card)
        assert "✔ Handed in" in text(card)


async def test_what_is_closed_is_told_above_the_receipt(desk: Desk) -> None:
    await desk.change(status=Status.CLOSED)
    card = await desk.pressed("fill.hand_in", "1 q1 q2", {"q1": "yes"})
    assert "⚠ This was closed, so your answers were not handed in." in text(card)
    assert "You have not handed anything in." in text(card)
    assert "⚠" not in text(await desk.pressed("fill.open", "1"))


async def test_putting_aside_says_so(desk: Desk) -> None:
    card = await desk.pressed("fill.later", "1 q1 q2", {"q1": "yes"})
    assert "What you typed is kept." in text(card)
    assert inputs(await desk.pressed("fill.open", "1"))["q1"] == "yes"


async def test_throwing_changes_away_leads_to_the_receipt(desk: Desk) -> None:
    receipt = await desk.pressed("fill.hand_in", "1 q1 q2", {"q1": "yes"})
    await desk.pressed("fill.later", "1 q1 q2", {"q1": "no"})
    assert await desk.pressed("fill.discard", "1") == receipt


@pytest.mark.parametrize("argument", ["0", "-1", "x", "1.5", "²", "2 q1"])
@pytest.mark.parametrize("verb", ["fill.open", "fill.next", "fill.page", "fill.review"])
async def test_a_number_that_is_none_is_not_found(desk: Desk, verb: str, argument: str) -> None:
    with pytest.raises(NotFound):
        await desk.pressed(verb, argument)


@pytest.mark.parametrize("argument", ["", " ", "1", "1 gone", "1 q1 q1 q1"])
@pytest.mark.parametrize("verb", ["next", "back", "done", "leave", "later", "page", "review"])
async def test_whatever_a_button_says_leads_somewhere(
    desk: Desk, verb: str, argument: str
) -> None:
    assert buttons(await desk.pressed(f"fill.{verb}", argument))

"""Rendered once for everybody who sees the same, and never for anybody who does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action, Status, Visibility
from actions.attempts import Attempt, Given
from actions.item import Item
from actions.tallies import Tallies
from actions.viewing import View, view_of
from bot.summaries import KEPT, Summaries
from cards.parts import Host
from cards.summary import summary
from cards.texts import texts_for
from tests.actions.attempted import attempts_of
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    DUE,
    NOW,
    VOTER,
    a_choice,
    a_poll,
    a_view,
)
from tests.actions.checklists import a_checklist, a_tick, ticked
from tests.actions.exams import a_quiz
from tests.fakes import a_person

Shown = tuple[View, str, Host, str]


def a_shown(action: Action | None = None, **changes: Any) -> Shown:
    """Give a view and where it is shown; by default anyone's, in a chat, in English."""
    tag, host = changes.pop("tag", "en-GB"), changes.pop("host", Host.CHAT)
    notice = changes.pop("notice", "")
    return a_view(action or a_poll(), "a", "b", **changes), tag, host, notice


def rendered(summaries: Summaries, shown: Shown) -> bytes:
    view, tag, host, notice = shown
    return summaries.card(view, texts_for(tag), host, notice)


def fresh(shown: Shown) -> Any:
    """Give the card as it must be."""
    view, tag, host, notice = shown
    made = summary(view, texts_for(tag), host, notice)
    return orjson.loads(made.model_dump_json(exclude_none=True))


def test_ones_own_score_is_not_anothers_who_answered_the_same() -> None:
    quiz, summaries = a_quiz(draw=2), Summaries()
    cards = []
    for asked, key in ((("one", "true"), "tenant/a"), (("one", "several"), "tenant/b")):
        given = {name: Given(None, NOW, NOW) for name in asked}
        given["one"] = Given(("paris",), NOW, NOW)
        own = attempts_of(quiz, Attempt(asked, NOW, given, ended=NOW))
        view = view_of(quiz, Tallies(), NOW, key, own)
        cards.append(summaries.card(view, texts_for("en"), Host.CHAT))
    assert b"50 %" in cards[0]
    assert b"33.33 %" in cards[1]


def a_list(*, is_ticked: bool = False, **kept: bool) -> Action:
    """Give a checklist with an item that is Vera's and falls due."""
    item = Item("i0", "Lights", assignee=VOTER.name, due=NOW + timedelta(hours=1))
    made = a_checklist(**kept)
    made = replace(made, content=replace(made.content, questions=(item,)))
    return ticked(made, i0=a_tick()) if is_ticked else made


def test_a_list_is_remembered_for_its_ticks_the_time_and_whose_items_they_are() -> None:
    summaries, later = Summaries(), NOW + timedelta(hours=1)
    ben = view_of(a_list(), Tallies(), NOW, "tenant/ben", reader="Ben")
    usual = summaries.card(ben, texts_for("en"), Host.CHAT)
    assert b"due Fri" in usual
    assert b"for you" not in usual
    views = {
        b"overdue since": replace(ben, now=later),
        b"for you": replace(ben, viewer=VOTER.key, reader=VOTER.name),
        b"All done": replace(ben, action=revised(a_list(is_ticked=True))),
    }
    for words, view in views.items():
        assert words in summaries.card(view, texts_for("en"), Host.CHAT)
    cleo = replace(ben, viewer="tenant/cleo", reader="Cleo", now=NOW + timedelta(minutes=59))
    assert summaries.card(cleo, texts_for("en"), Host.CHAT) is usual


def test_a_card_that_anyone_taps_is_not_the_own_card_of_who_may_not() -> None:
    own_only, summaries = a_list(own_only=True), Summaries()
    anyone = view_of(own_only, Tallies(), NOW)
    assert b"Tick: Lights" in summaries.card(anyone, texts_for("en"), Host.CHAT)
    ben = view_of(own_only, Tallies(), NOW, "tenant/ben", reader="Ben")
    assert b"Tick: Lights" not in summaries.card(ben, texts_for("en"), Host.CHAT)
    vera = replace(ben, viewer=VOTER.key, reader=VOTER.name)
    assert b"Tick: Lights" in summaries.card(vera, texts_for("en"), Host.CHAT)


def revised(action: Action, **changes: Any) -> Action:
    return replace(action, revision=action.revision + 1, **changes)


DIFFERENT: dict[str, Callable[[], Shown]] = {
    "another's": lambda: a_shown(viewer="tenant/ben", own="b"),
    "another answer": lambda: a_shown(viewer="tenant/ben", own="c"),
    "responded, sealed": lambda: a_shown(viewer="tenant/ben", took_part=True),
    "the creator's": lambda: a_shown(viewer=CREATOR.key),
    "a co-creator's": lambda: a_shown(a_poll(co_creators=(a_person("Co"),)), viewer="tenant/co"),
    "in place": lambda: a_shown(host=Host.IN_PLACE),
    "in a dialog": lambda: a_shown(host=Host.DIALOG),
    "with a notice": lambda: a_shown(notice="It is full."),
    "with another notice": lambda: a_shown(notice="It is closed."),
    "in German": lambda: a_shown(tag="de-DE"),
    "in Arabic": lambda: a_shown(tag="ar"),
    "in another English": lambda: a_shown(tag="en-US"),
    "due": lambda: a_shown(at=DUE),
    "after another vote": lambda: (a_view(revised(a_poll()), "a", "b", "b"), *a_shown()[1:]),
    "closed": lambda: a_shown(revised(a_poll(), status=Status.CLOSED)),
    "with other words": lambda: a_shown(revised(a_poll(title="Dinner?"))),
    "with hidden results": lambda: a_shown(revised(a_poll(visibility=Visibility.CREATOR))),
    "of a longer roster": lambda: a_shown(revised(a_poll(audience=4))),
    "another action": lambda: a_shown(a_poll(id="another")),
    "posted anew with other options": lambda: a_shown(
        a_poll(a_choice("Soup", "Rice"), created_at=NOW + timedelta(minutes=1))
    ),
}


def test_who_sees_the_same_gets_the_same_bytes() -> None:
    summaries = Summaries()
    first = rendered(summaries, a_shown())
    assert rendered(summaries, a_shown()) is first
    assert rendered(summaries, a_shown(viewer="tenant/ben")) is first
    own = rendered(summaries, a_shown(viewer="tenant/ben", own="a"))
    assert rendered(summaries, a_shown(viewer="tenant/cleo", own="a")) is own


@pytest.mark.parametrize("name", DIFFERENT)
def test_whatever_a_card_depends_on_makes_another_card(name: str) -> None:
    summaries = Summaries()
    usual = rendered(summaries, a_shown())
    other = rendered(summaries, DIFFERENT[name]())
    assert orjson.loads(other) == fresh(DIFFERENT[name]())
    assert rendered(summaries, a_shown()) is usual


@given(st.lists(st.sampled_from(["usual", *DIFFERENT]), max_size=20))
def test_what_is_remembered_is_what_would_be_made_now(names: list[str]) -> None:
    summaries = Summaries()
    for name in names:
        shown = a_shown() if name == "usual" else DIFFERENT[name]()
        assert orjson.loads(rendered(summaries, shown)) == fresh(shown)


def test_a_card_says_nothing_that_is_null() -> None:
    assert b"null" not in rendered(Summaries(), a_shown())
    assert ACTION_ID.encode() in rendered(Summaries(), a_shown())


def test_the_oldest_is_forgotten_beyond_the_bound() -> None:
    summaries = Summaries()
    first = rendered(summaries, a_shown())
    for number in range(KEPT - 1):
        rendered(summaries, a_shown(notice=str(number)))
    assert rendered(summaries, a_shown()) is first
    rendered(summaries, a_shown(notice="one more"))
    assert len(summaries._rendered) == KEPT
    assert rendered(summaries, a_shown()) == first
    assert rendered(summaries, a_shown()) is not first

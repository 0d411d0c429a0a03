"""Looking through what was answered."""

from dataclasses import replace

import pytest

from actions.about import About
from actions.conditions import Condition, Operator
from actions.sheet import REVIEW
from actions.text import Text
from cards.parts import Host
from dialogs.review import NAMED, PER_PAGE, fill_screen, review_screen
from dialogs.screen import Setting
from tests.cards.looks import RIGHT_TO_LEFT
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.dialogs.fillings import PAGES, TYPES, a_filling, full, many
from tests.teams.cards import buttons, input_elements, rows, text, texts

VALUES = {"team": "b", "why": "It is *near*.", "far": "3"}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_question_stands_there_with_its_answer(setting: Setting) -> None:
    card = shown(review_screen(a_filling(values=VALUES, at=REVIEW), setting))
    said = texts(card)
    assert said[said.index("1\\. Which team are you in?") + 1] == "Service"
    assert said[said.index("2\\. Why that one?") + 1] == "It is \\*near\\*."
    assert said[said.index("4\\. What else?") + 1] == "Not answered"
    assert input_elements(card) == []


def test_a_tap_on_an_answer_leads_to_its_page() -> None:
    card = shown(review_screen(a_filling(values=VALUES, at=REVIEW), DIALOG))
    assert rows(card) == [f"Change answer {number}" for number in range(1, 5)]
    envelope = envelopes(card)["Change answer 3"]
    assert (envelope.verb, envelope.argument) == ("fill.page", "1 far")


def test_it_is_handed_in_gone_back_from_or_put_aside() -> None:
    named = envelopes(shown(review_screen(a_filling(values=VALUES, at=REVIEW), DIALOG)))
    verbs = {title: named[title].verb for title in ("Hand in", "Back", "Later")}
    assert verbs == {"Hand in": "fill.hand_in", "Back": "fill.back", "Later": "fill.later"}
    assert named["Hand in"].argument == "1"


def test_a_change_can_be_thrown_away() -> None:
    changed = a_filling(values=VALUES, at=REVIEW, handed_in=1)
    assert "Discard changes" in buttons(shown(review_screen(changed, DIALOG)))
    untouched = a_filling(at=REVIEW, handed_in=1)
    assert "Discard changes" not in buttons(shown(review_screen(untouched, DIALOG)))


def test_what_is_wrong_is_told_at_its_question() -> None:
    card = shown(review_screen(a_filling(values={"far": "nine"}, at=REVIEW), DIALOG))
    said = texts(card)
    assert said[said.index("1\\. Which team are you in?") + 1] == "⚠ This needs an answer."
    assert said[said.index("3\\. How far is it?") + 1].startswith("⚠ This is not a number.")


def test_answers_that_are_left_out_are_told() -> None:
    rule = About(shown_if=Condition("team", Operator.IS, "a"))
    asked = (PAGES[0], *(Text(f"t{n}", f"Why *{n}*?", about=rule) for n in range(NAMED + 1)))
    one = a_filling(*asked, values={"team": "b", "t0": "So."}, at=REVIEW)
    expected = "⚠ 1 answer is left out, since its question is no longer asked: “Why \\*0\\*?”"
    assert expected in text(shown(review_screen(one, DIALOG)))
    every = {"team": "b", **{f"t{n}": "So." for n in range(NAMED + 1)}}
    many_left = text(shown(review_screen(a_filling(*asked, values=every, at=REVIEW), DIALOG)))
    assert "⚠ 6 answers are left out, since their questions are no longer asked" in many_left
    assert "Why \\*5" not in many_left


def test_a_long_review_has_pages() -> None:
    questions = many("yes or no", "x", large=False, count=2 * PER_PAGE + 1)
    filling = a_filling(*questions, values={"q00000": "yes"}, at=REVIEW)
    first = shown(review_screen(filling, DIALOG))
    assert "Questions 1–12 of 25" in text(first)
    further = envelopes(first)["More"]
    assert (further.verb, further.argument) == ("fill.review", "1 q00012")
    assert "Previous" not in buttons(first)
    last = shown(review_screen(filling, DIALOG, "q00024"))
    assert "Questions 25–25 of 25" in text(last)
    assert "More" not in buttons(last)
    assert envelopes(last)["Previous"].argument == "1 q00012"
    assert shown(review_screen(filling, DIALOG, "gone")) == first


def test_a_form_is_shown_where_it_is_at() -> None:
    filling = a_filling(values=VALUES, at=REVIEW)
    assert "Hand in" in buttons(shown(fill_screen(filling, DIALOG)))
    page = replace(filling, at="far")
    assert buttons(shown(fill_screen(page, DIALOG))) == ["Next", "Back", "Later"]
    assert "Done" in buttons(shown(fill_screen(page, DIALOG, returns=True)))
    assert fill_screen(filling, IN_PLACE).stays


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", TYPES)
def test_a_full_review_fits_its_card(name: str, sign: str) -> None:
    questions = many(name, SIGNS[sign], large=True, count=200)
    filling = a_filling(
        *questions, values=full(questions, SIGNS[sign]), at=REVIEW, handed_in=1, title="x" * 500
    )
    card = shown(review_screen(filling, Setting(Host.IN_PLACE, RIGHT_TO_LEFT), "q00100"))
    assert len(rows(card)) == PER_PAGE

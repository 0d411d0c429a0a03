"""The builder's screen for many questions at once."""

from dataclasses import replace

import pytest

from actions import survey
from actions.errors import InvalidAnswers, Problem
from actions.pasted import read_pasted
from actions.pasted_marked import EXAMPLE
from cards.envelope import decode
from dialogs.paste_questions import MOST_LOSSES, MOST_PROBLEMS, losses_notice, paste_screen
from dialogs.screen import Setting
from tests.actions.builders import new_ids
from tests.actions.drafts import a_form, a_survey_draft
from tests.actions.quiz_drafts import a_quiz_draft, a_quiz_form
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import IN_PLACE, SETTINGS, below, shown
from tests.teams.cards import (
    Card,
    actions,
    buttons,
    find_action,
    input_elements,
    inputs,
    labels,
    text,
)

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)


def paste(pasted: str = "", setting: Setting = IN_PLACE) -> Card:
    """Give the card with what was pasted, and what is wrong with it."""
    try:
        read_pasted(pasted, {})
    except InvalidAnswers as refused:
        problems = refused.problems if pasted else {}
        setting = replace(setting, problems=problems)
    return shown(paste_screen(a_survey_draft(a_form(pasted=pasted)), setting))


@each_host
def test_a_field_takes_many_lines_and_says_how(setting: Setting) -> None:
    card = paste(setting=setting)
    assert inputs(card) == {"pasted": None}
    assert "A question begins with ?" in text(card)
    assert "⚠" not in text(card)
    assert buttons(card) == ["Add the questions", "Back to the list"]
    assert all(action.get("associatedInputs") != "none" for action in actions(card))


def test_every_line_that_is_wrong_is_named_and_nothing_typed_is_lost() -> None:
    pasted = "- stray\n? Lunch?\n- Pizza\n- Pizza\nwords"
    card = paste(pasted)
    assert "Nothing was added yet." in text(card)
    for words in (
        "Line 1: an option without a question above it.",
        "Line 4: this option is in line 3 already.",
        "Line 5: “words” is neither a question nor an option.",
    ):
        assert words in text(card)
    assert inputs(card)["pasted"] == pasted


def test_lines_that_are_wrong_are_named_in_their_order_as_many_as_help() -> None:
    card = paste("words\n" * 40)
    places = [text(card).index(f"Line {n}:") for n in range(1, MOST_PROBLEMS + 1)]
    assert places == sorted(places)
    assert f"Line {MOST_PROBLEMS + 1}:" not in text(card)
    assert "and 25 more lines" in text(card)


def test_a_problem_with_the_whole_stands_below_the_field() -> None:
    setting = replace(IN_PLACE, problems={"pasted": Problem("paste_needed")})
    card = shown(paste_screen(a_survey_draft(a_form()), setting))
    assert below(card, "pasted") == "⚠ Write or paste at least one question."


@each_host
@pytest.mark.parametrize("sign", SIGNS)
def test_a_text_far_longer_than_a_card_fits_and_loses_nothing(sign: str, setting: Setting) -> None:
    lines = [f"? {n} {SIGNS[sign] * 150}" for n in range(150)]
    lines[140] = "words"
    pasted = "\n".join(lines)
    card = paste(pasted, setting)
    assert "Line 141: “words”" in text(card)
    held = str(inputs(card)["pasted"])
    assert "words" in held.splitlines()
    assert "lines 1" in labels(card)["pasted"]
    _, sent = decode(find_action(card, "Add the questions")["data"])
    values = a_form(pasted=pasted)
    unchanged = survey.typed(values, {**sent, "pasted": held}, new_ids())
    assert unchanged["pasted"] == pasted
    right = survey.typed(values, {**sent, "pasted": held.replace("words", "? words")}, new_ids())
    assert len(read_pasted(right["pasted"], {})) == 150


def quiz(problems: dict[str, Problem] | None = None) -> Card:
    """Give the card of a quiz, with what is wrong."""
    setting = replace(IN_PLACE, problems=problems or {})
    return shown(paste_screen(a_quiz_draft(a_quiz_form()), setting))


def test_a_quiz_says_how_what_is_right_is_written() -> None:
    card = quiz()
    assert r"a right option with \*" in text(card)
    assert "GIFT" in text(card)
    (field,) = input_elements(card)
    assert field["placeholder"] == EXAMPLE


def test_every_problem_names_its_line_once() -> None:
    card = quiz(
        {
            "pasted.3": Problem("star_needed"),
            "pasted.7": Problem("paste_option_first", {"line": 7}),
        }
    )
    assert "⚠ Line 3: Put a star" in text(card)
    twice = quiz({"pasted.2": Problem("duplicate_line", {"line": "Paris"})})
    assert "⚠ Line 2: “Paris” is there twice." in text(twice)
    assert "⚠ Line 7: an option without a question above it." in text(card)


def test_what_is_lost_is_named_by_line_as_far_as_it_fits() -> None:
    lost = Problem("gift_comments_lost")
    assert losses_notice(IN_PLACE, {}) == ""
    assert losses_notice(IN_PLACE, {"pasted.4": lost}).startswith("Line 4: Comments")
    many = {f"pasted.{line}": lost for line in range(1, MOST_LOSSES + 3)}
    said = losses_notice(IN_PLACE, many).split("\n\n")
    assert len(said) == MOST_LOSSES + 1
    assert said[-1] == "and 2 more lines"

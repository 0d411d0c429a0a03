"""The builder's screens for one question that is marked."""

from dataclasses import replace
from string import ascii_letters

import pytest

from actions import marked
from actions.drafted import typed as merged
from actions.errors import Problem
from actions.fields import Values
from actions.presets import MARKED
from cards.envelope import decode
from dialogs.edit_question import more_screen, question_screen, wrong_screen
from dialogs.key_fields import MARKED_FIELDS
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID
from tests.actions.drafts import typed
from tests.actions.quiz_drafts import RIGHT, a_quiz_draft, a_quiz_form
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import IN_PLACE, SETTINGS, below, shown
from tests.teams.cards import Card, buttons, find_action, inputs, labels, text

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
each_preset = pytest.mark.parametrize("name", MARKED)

OWN = {
    "one": {"options"},
    "several": {"options", "partial"},
    "drop_down": {"options"},
    "yes_no": {"right"},
    "number": {"right", "tolerance", "unit"},
    "short_text": {"right"},
}


def question(
    values: Values, name: str = "q1", setting: Setting = IN_PLACE, kind: str = "quiz"
) -> Card:
    """Give the card that asks what a question is."""
    return shown(question_screen(a_quiz_draft(values, kind), name, setting))


def more(values: Values, setting: Setting = IN_PLACE, kind: str = "quiz", edits: str = "") -> Card:
    """Give the card with more about a question."""
    return shown(more_screen(a_quiz_draft(values, kind, edits=edits), "q1", setting))


def problems_of(values: Values) -> dict[str, Problem]:
    """Give what is wrong with the questions, by field."""
    problems: dict[str, Problem] = {}
    marked.read(values, problems)
    return problems


def test_every_preset_that_can_be_marked_has_fields() -> None:
    assert MARKED_FIELDS.keys() == set(MARKED)


@each_host
@each_preset
def test_a_question_shows_its_own_fields_and_no_others(name: str, setting: Setting) -> None:
    own = {
        field.removeprefix("q.q1.") for field in inputs(question(a_quiz_form(name), "q1", setting))
    }
    assert own == OWN[name] | {"text", "points"}


@each_preset
def test_what_was_typed_is_shown_again(name: str) -> None:
    held = inputs(question(a_quiz_form(name)))
    for field, value in RIGHT[name].items():
        if field != "explanation":
            assert held[f"q.q1.{field}"] == value


@each_preset
def test_the_fields_of_a_question_come_back_as_they_are(name: str) -> None:
    values = a_quiz_form(name)
    card = question(values)
    _, sent = decode(find_action(card, "Done")["data"])
    raw = {**sent, **{field: value or "" for field, value in inputs(card).items()}}
    again = merged(values, raw, marked.known_fields(values))
    assert marked.read(again, {}) == marked.read(values, {})


def test_the_label_says_how_the_right_options_are_marked() -> None:
    assert (
        "with a star before the right one" in labels(question(a_quiz_form("one")))["q.q1.options"]
    )
    several = labels(question(a_quiz_form("several")))["q.q1.options"]
    assert "with a star before every right one" in several


@each_preset
def test_what_is_missing_is_said_at_the_field_of_what_is_right(name: str) -> None:
    values = typed(a_quiz_form(name), "q1", options="Paris\nRome", right="")
    card = question(values, setting=replace(IN_PLACE, problems=problems_of(values)))
    field = "options" if "options" in OWN[name] else "right"
    assert below(card, f"q.q1.{field}").startswith("⚠ ")


def test_explanation_help_picture_and_type_stand_behind_the_question() -> None:
    assert list(inputs(more(a_quiz_form("one")))) == [
        *("q.q1.explanation", "q.q1.help", "q.q1.image", "q.q1.image_alt", "change"),
    ]
    assert inputs(more(a_quiz_form("one")))["q.q1.explanation"] == "Since 987."
    assert buttons(more(a_quiz_form("one", "one"))) == [
        *("Change the type", "Duplicate", "Delete", "Keep in the question bank"),
        *("Back", "Back to the list"),
    ]


def test_a_question_leads_everywhere() -> None:
    assert buttons(question(a_quiz_form("one"))) == [
        *("Done", "Add another", "Explanation and more", "Back to the list"),
    ]


def test_a_lesson_has_no_points_no_explanation_and_no_place_in_the_bank() -> None:
    values = a_quiz_form("lesson", kind_name="training")
    card, behind = question(values, kind="training"), more(values, kind="training")
    assert labels(card)["q.q1.text"] == "Heading"
    assert {"q.q1.points", "q.q1.required"}.isdisjoint(inputs(card))
    assert "q.q1.explanation" not in inputs(behind)
    assert "Keep in the question bank" not in buttons(behind)
    assert text(card).startswith("Page 1 of 1")


def test_once_posted_only_presets_of_the_same_type_are_offered() -> None:
    assert "change" in inputs(more(a_quiz_form("one"), edits=ACTION_ID))
    assert "change" not in inputs(more(a_quiz_form("yes_no"), edits=ACTION_ID))


def test_a_problem_with_the_explanation_opens_its_screen() -> None:
    values = typed(a_quiz_form("one"), "q1", explanation="x" * 5_001)
    setting = replace(IN_PLACE, problems=problems_of(values))
    draft = a_quiz_draft(values)
    assert "at most 5,000" in below(shown(wrong_screen(draft, "q1", setting)), "q.q1.explanation")
    assert "⚠ Explanation and more" in buttons(question(values, setting=setting))


@each_host
@each_preset
@pytest.mark.parametrize("sign", SIGNS)
def test_the_longest_question_fits(sign: str, name: str, setting: Setting) -> None:
    long = SIGNS[sign]
    lines = "\n".join(("*" + letter + long * 1_000)[:1_000] for letter in ascii_letters[:25])
    texts = {"text": long * 5_000, "help": long * 1_000, "explanation": long * 5_000}
    values = typed(a_quiz_form(name), "q1", options=lines, right=lines, **texts)
    values = typed(values, "q1", image=f"https://x.example/{long * 2_000}", image_alt=long * 300)
    setting = replace(setting, problems=problems_of(values))
    question(values, setting=setting)
    more(values, setting, edits=ACTION_ID)


def test_spellings_that_are_more_than_a_card_holds_take_turns_and_none_is_lost() -> None:
    lines = "\n".join(f"{letter}" + "x" * 999 for letter in ascii_letters[:20])
    values, seen = typed(a_quiz_form("short_text"), "q1", right=lines, text="y" * 5_000), []
    for _ in range(30):
        card = question(values)
        _, sent = decode(find_action(card, "Edit the other lines")["data"])
        seen += str(inputs(card)["q.q1.right"]).splitlines()
        raw = {**sent, **{n: v or "" for n, v in inputs(card).items()}}
        values = merged(values, raw, marked.known_fields(values))
        assert values["q.q1.right"] == lines
        if values["q.q1.shown_from"] == "0":
            break
    assert seen == lines.splitlines()

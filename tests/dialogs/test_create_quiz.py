"""The forms that make a quiz or a training: their lists, and how they are taken."""

from dataclasses import replace

import pytest

from actions.errors import Problem
from actions.fields import Values
from actions.presets import MARKED
from cards.envelope import decode
from dialogs.create import form_screen
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID
from tests.actions.drafts import typed
from tests.actions.quiz_drafts import a_quiz_draft, a_quiz_form
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, shown
from tests.teams.cards import Card, actions, buttons, find_action, input_elements, inputs, text

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
each_kind = pytest.mark.parametrize("kind", ["quiz", "training"])


def form(values: Values, setting: Setting = IN_PLACE, kind: str = "quiz", **changes: str) -> Card:
    """Give the form's card."""
    return shown(form_screen(a_quiz_draft(values, kind, **changes), setting))


def choices(card: Card, name: str) -> list[str]:
    """Give what there is to choose in a field."""
    (field,) = (one for one in input_elements(card) if one["id"] == name)
    return [choice["title"] for choice in field["choices"]]


@each_host
def test_a_new_quiz_asks_for_everything_a_quiz_has(setting: Setting) -> None:
    card = form(a_quiz_form(), setting)
    assert list(inputs(card)) == [
        *("title", "description", "add", "pass_mark", "attempts", "feedback"),
        *("closes", "date", "time", "visibility", "shuffle", "counts"),
        *("shuffle_questions", "draw", "minutes", "question_seconds", "leaderboard"),
        *("remind_hours", "notify"),
    ]
    assert {"Add question", "Paste many", "From the question bank"} <= set(buttons(card))


@each_host
def test_a_new_training_asks_for_everything_a_training_has(setting: Setting) -> None:
    card = form(a_quiz_form(kind_name="training"), setting, "training")
    assert list(inputs(card)) == [
        *("title", "description", "add", "pass_mark", "attempts", "feedback"),
        *("closes", "date", "time", "visibility", "shuffle", "counts", "months"),
        *("remind_hours", "notify"),
    ]
    assert "No pages yet" in text(card)
    assert "Add page" in buttons(card)


@each_kind
def test_it_is_said_that_marks_need_names(kind: str) -> None:
    card = form(a_quiz_form(kind_name=kind), kind=kind)
    assert "This is never anonymous" in text(find_container(card))
    assert "anonymous" not in inputs(card)


def find_container(card: Card) -> Card:
    """Give the further settings, which are folded away, as if they were open."""
    (more,) = (one for one in card["body"] if one.get("id") == "more_settings")
    return {"body": more["items"]}


def test_a_quiz_offers_what_can_be_marked() -> None:
    assert choices(form(a_quiz_form()), "add") == [
        *("🔘 Choose one", "☑️ Choose several", "🔽 Drop-down", "🌗 True or false"),
        *("🔢 Number", "✏️ Short text"),
    ]


def test_a_training_offers_lessons_first() -> None:
    card = form(a_quiz_form(kind_name="training"), kind="training")
    assert choices(card, "add")[0] == "📖 Lesson"
    assert inputs(card)["add"] == "lesson"
    assert len(choices(card, "add")) == len(MARKED) + 1


def test_a_type_chosen_in_another_form_is_not_offered() -> None:
    assert inputs(form({**a_quiz_form(), "add": "stars"}))["add"] == "one"


def test_feedback_can_be_given_at_four_times_in_a_quiz_and_at_two_in_a_training() -> None:
    assert choices(form(a_quiz_form()), "feedback") == [
        *("after each question", "at the end", "after closing", "never"),
    ]
    card = form(a_quiz_form(kind_name="training"), kind="training")
    assert choices(card, "feedback") == ["after each question", "at the end"]
    assert (inputs(card)["feedback"], inputs(card)["attempts"]) == ("each", "0")


def test_what_was_chosen_is_shown_again() -> None:
    chosen = {"pass_mark": "70", "attempts": "3", "feedback": "never", "minutes": "20"}
    held = inputs(form(a_quiz_form(**chosen)))
    assert {name: held[name] for name in chosen} == chosen


def test_a_row_says_how_many_points_there_are() -> None:
    card = form(a_quiz_form("one", "yes_no", "lesson", kind_name="training"), kind="training")
    assert "🔘 Choose one · 2 points" in text(card)
    assert "🌗 True or false · 1 point" in text(card)
    assert text(card).splitlines().count("📖 Lesson") >= 1
    assert "3 pages" in text(card)


def test_a_question_without_a_key_needs_a_look() -> None:
    values = typed(a_quiz_form("one", "yes_no"), "q2", right="")
    assert text(form(values)).count("⚠ needs a look") == 1
    assert "🌗 True or false · 1 point · ⚠ needs a look" in text(form(values))


def test_no_card_of_the_list_says_what_is_right() -> None:
    """Someone may look over the creator's shoulder; and it is only a list."""
    for setting in SETTINGS.values():
        assert "Goethe" not in str(form(a_quiz_form("short_text"), setting))


@pytest.mark.parametrize("name", ["draw", "minutes", "question_seconds"])
def test_a_problem_among_the_further_settings_opens_them(name: str) -> None:
    problem = Problem("whole_between", {"least": 1, "most": 2})
    card = form(a_quiz_form("one"), replace(DIALOG, problems={name: problem}))
    assert below(card, name) == "⚠ Give a whole number from 1 to 2."
    assert not any(one.get("isVisible") is False for one in card["body"])


@each_kind
def test_an_edit_leaves_what_people_were_promised(kind: str) -> None:
    card = form(a_quiz_form("one", kind_name=kind), DIALOG, kind, edits=ACTION_ID)
    rest = {"months"} if kind == "training" else set()
    assert set(inputs(card)) - {"title", "description", "add", "closes", "date", "time"} == (
        {"pass_mark", "attempts", "feedback", "counts", "remind_hours", "notify"} | rest
    )


@each_host
@each_kind
def test_every_button_of_the_list_sends_what_is_typed(kind: str, setting: Setting) -> None:
    for action in actions(form(a_quiz_form(*(["yes_no"] * 9), kind_name=kind), setting, kind)):
        assert action.get("associatedInputs") != "none"


def test_pages_are_turned_by_name() -> None:
    values = a_quiz_form(*(["lesson"] * 20), kind_name="training")
    card = form(values, kind="training")
    assert "Pages 1–7 of 20" in text(card)
    assert decode(find_action(card, "Next pages")["data"])[1]["shown_from"] == "7"
    full = a_quiz_form(*(["lesson"] * 200), kind_name="training")
    assert "There are 200 pages; no more fit." in text(form(full, kind="training"))


@each_host
@each_kind
@pytest.mark.parametrize("sign", SIGNS)
def test_a_list_of_200_questions_of_5000_characters_fits(
    sign: str, kind: str, setting: Setting
) -> None:
    long = SIGNS[sign]
    values = dict(a_quiz_form(*(["yes_no"] * 200), kind_name=kind, title=long * 500))
    for number in range(1, 201):
        values |= typed({}, f"q{number}", text=long * 5_000, explanation=long * 5_000)
    form({**values, "description": long * 5_000}, setting, kind)

"""The form that makes a survey: its list of questions, and what can be done with it."""

from dataclasses import replace

import pytest

from actions.action import Draft
from actions.drafted import add, questions_of
from actions.errors import Problem
from actions.fields import Values
from cards.envelope import Envelope, decode
from cards.parts import Host
from dialogs.create import form_screen, warned_screen
from dialogs.question_list import builds
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, DRAFT_ID
from tests.actions.drafts import a_form, a_survey_draft, ruled, typed
from tests.cards.looks import RIGHT_TO_LEFT, checked
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, envelopes, shown
from tests.teams.cards import Card, actions, buttons, find_action, input_elements, inputs, text

EVIL = "[pay](https://evil.example)"

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)


def many(count: int) -> Values:
    """Give a form of that many questions."""
    return a_form(*(["yes_no"] * count))


def form(values: Values, setting: Setting = IN_PLACE, **changes: str) -> Card:
    """Give the form's card."""
    return shown(form_screen(a_survey_draft(values, **changes), setting))


def listed(card: Card) -> list[int]:
    """Give the numbers of the questions that have a row."""
    titles = [action["title"] for action in actions(card)]
    return [int(t.removeprefix("Edit question ")) for t in titles if t.startswith("Edit quest")]


@each_host
def test_a_new_form_asks_for_everything_a_survey_has(setting: Setting) -> None:
    card = form(a_form(), setting)
    assert list(inputs(card)) == [
        *("title", "description", "add", "closes", "date", "time"),
        *("visibility", "anonymous", "may_change", "several", "remind_hours", "notify"),
    ]
    assert "No questions yet" in text(card)
    assert {"Add question", "Paste many", "Preview"} <= set(buttons(card))
    assert "Preview the form" not in buttons(card)


def test_all_types_are_offered_by_name() -> None:
    (add_field,) = (e for e in input_elements(form(a_form())) if e["id"] == "add")
    assert [choice["title"] for choice in add_field["choices"]] == [
        *("🔘 Choose one", "☑️ Choose several", "🔽 Drop-down", "🌗 Yes or no", "⭐ Stars"),
        *("📏 Number scale", "👍 Like or dislike", "📣 Recommendation (NPS)"),
        *("📋 Statements (Likert)", "🏅 Ranking", "✏️ Short text", "📝 Long text"),
        *("🔢 Number", "📅 Date", "🕒 Time"),
    ]
    assert add_field["value"] == "one"


def test_the_type_chosen_last_is_offered_again() -> None:
    assert inputs(form({**a_form(), "add": "stars"}))["add"] == "stars"


@each_host
def test_a_row_says_what_is_asked_and_leads_to_it(setting: Setting) -> None:
    values = ruled(a_form("yes_no", "stars"), "q2", "q1", "is", "yes")
    card = form(typed(values, "q2", required="true", starts_page="true"), setting)
    assert "2 questions" in text(card)
    assert r"1\. yes\_no?" in text(card)
    assert "⭐ Stars · must be answered · has a rule · new page" in text(card)
    envelope, sent = decode(find_action(card, "Edit question 2")["data"])
    assert envelope == Envelope("build.open", DRAFT_ID, "survey")
    assert sent == {"of": "q2"}


@each_host
def test_every_button_of_the_list_sends_what_is_typed(setting: Setting) -> None:
    for action in actions(form(many(20), setting)):
        assert action.get("associatedInputs") != "none"
        if action["type"] != "Action.ToggleVisibility":
            wanted = "Action.Submit" if setting.host is Host.DIALOG else "Action.Execute"
            assert action["type"] == wanted


def test_the_first_question_does_not_move_up_nor_the_last_down() -> None:
    titles = {action["title"] for action in actions(form(many(2)))}
    assert {t for t in titles if t.startswith("Move")} == {
        *("Move question 1 down", "Move question 2 up"),
    }


def test_a_question_without_text_or_with_a_problem_says_so() -> None:
    values = typed(a_form("one", "yes_no"), "q1", text=" ")
    card = form(values)
    assert r"1\. (no text yet)" in text(card)
    assert text(card).count("⚠ needs a look") == 1


def test_fifty_questions_are_listed_page_by_page() -> None:
    values, seen = many(50), []
    for _ in range(7):
        card = form(values)
        assert f"Questions {listed(card)[0]}–{listed(card)[-1]} of 50" in text(card)
        seen += listed(card)
        if "Next questions" in buttons(card):
            values = {**values, **decode(find_action(card, "Next questions")["data"])[1]}
    assert seen == list(range(1, 51))
    assert "Next questions" not in buttons(card)
    back = decode(find_action(card, "Previous questions")["data"])[1]
    assert listed(form({**values, **back})) == list(range(36, 43))


@pytest.mark.parametrize("place", ["-1", "50", "999", "x", "²"])
def test_a_place_in_the_list_that_is_none_is_the_first(place: str) -> None:
    assert listed(form({**many(50), "shown_from": place}))[0] == 1


def test_a_problem_on_another_page_brings_that_page() -> None:
    setting = replace(IN_PLACE, problems={"q.q30.text": Problem("question_needed")})
    card = form(typed(many(50), "q30", text=""), setting)
    assert 30 in listed(card)
    assert "Please look at the fields marked below." in text(card)


def test_a_problem_of_the_list_stands_above_it() -> None:
    limits = {"least": 1, "most": 200, "given": 0}
    setting = replace(IN_PLACE, problems={"questions": Problem("questions_count", limits)})
    assert "⚠ Give 1 to 200 questions; you have 0." in text(form(a_form(), setting))


def test_a_problem_with_the_description_stands_below_it() -> None:
    problem = Problem("too_long", {"limit": 5_000, "length": 5_001})
    card = form(many(1), replace(IN_PLACE, problems={"description": problem}))
    assert "at most 5,000" in below(card, "description")


def test_a_full_survey_takes_no_more_questions() -> None:
    card = form(many(200))
    assert "add" not in inputs(card)
    assert {"Add question", "Paste many"}.isdisjoint(buttons(card))
    assert "There are 200 questions; no more fit." in text(card)


def test_a_deletion_is_said_and_can_be_undone() -> None:
    draft = a_survey_draft(many(2))
    undo = builds(draft, "build.put_back", "q9")
    setting = replace(IN_PLACE, done="Question 3 is deleted.", undo=undo)
    card = shown(form_screen(draft, setting))
    assert "✔ Question 3 is deleted." in text(card)
    assert envelopes(card)["Undo"].verb == "build.put_back"
    assert "Undo" not in buttons(form(many(2)))


@each_host
def test_an_edit_warns_of_lost_answers_and_leaves_most_settings(setting: Setting) -> None:
    card = form(many(2), setting, edits=ACTION_ID)
    assert "removes answers" in text(card)
    assert {"visibility", "anonymous", "may_change", "several"}.isdisjoint(inputs(card))
    assert {"remind_hours", "notify"} <= set(inputs(card))
    assert decode(find_action(card, "Edit question 1")["data"])[1]["edits"] == ACTION_ID


def test_a_question_makes_no_link_in_the_list() -> None:
    assert r"\[pay\]" in text(form(typed(many(1), "q1", text=EVIL)))


def test_the_form_runs_from_right_to_left_for_who_reads_so() -> None:
    setting = Setting(Host.DIALOG, RIGHT_TO_LEFT)
    assert checked(form_screen(a_survey_draft(many(3)), setting).card)["rtl"] is True


def full(sign: str) -> Draft:
    """Give the longest form of one sign: 200 questions of 5,000 characters."""
    values = {**many(200), "title": sign * 500, "description": sign * 5_000}
    for number in range(1, 201):
        values |= typed({}, f"q{number}", text=sign * 5_000)
    return a_survey_draft(values, edits=ACTION_ID)


@each_host
@pytest.mark.parametrize("sign", SIGNS)
def test_a_list_of_200_questions_of_5000_characters_fits(sign: str, setting: Setting) -> None:
    draft = full(SIGNS[sign])
    assert listed(shown(form_screen(draft, setting)))


def test_a_list_of_broken_questions_fits_with_all_their_problems() -> None:
    values: Values = many(200)
    for number in range(1, 201):
        values = typed(values, f"q{number}", text="", help="x" * 2_000, image="x")
    problems: dict[str, Problem] = {}
    questions_of(values, problems)
    assert len(problems) == 600
    assert listed(form(values, replace(DIALOG, problems=problems)))


def test_seven_questions_fit_on_a_page_also_with_a_description() -> None:
    described = {"description": "A few words on what this is about. " * 5}
    values: Values = {**many(50), **described}
    for number in range(1, 51):
        values = typed(
            values, f"q{number}", text="How was the food in the canteen last week? " * 3
        )
    for setting in SETTINGS.values():
        assert len(listed(form(values, setting))) >= 7


def test_where_the_preview_is_teams_own_a_warning_comes_first() -> None:
    draft = a_survey_draft(add(a_form(), "date", "q1"))
    card = shown(warned_screen(draft, ["all_optional"], DIALOG))
    assert "⚠ Every question may be left out" in text(card)
    envelope, sent = decode(find_action(card, "Go on")["data"])
    assert (envelope.verb, envelope.action, sent) == (
        *("draft.preview", DRAFT_ID, {"anyway": "true"}),
    )
    assert envelopes(card)["Edit"].verb == "draft.open"


def test_buttons_name_the_question_only_where_there_is_one() -> None:
    draft = a_survey_draft(many(1))
    assert builds(draft, "build.paste").hidden == ()
    assert builds(draft, "build.open", "q1").hidden == (("of", "q1"),)

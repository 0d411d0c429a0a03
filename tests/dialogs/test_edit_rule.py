"""The builder's screen for a rule."""

import pytest

from actions.drafted import questions_of
from actions.errors import NotFound, Problem
from actions.fields import Values, line_id
from cards.envelope import decode
from cards.markdown import plain
from dialogs.edit_rule import rule_screen
from dialogs.screen import Setting
from tests.actions.drafts import a_form, a_survey_draft, ruled, typed
from tests.cards.looks import TEXTS
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import IN_PLACE, SETTINGS, below, shown
from tests.teams.cards import Card, actions, buttons, find_action, input_elements, inputs, text

RED = line_id("Red")

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)


def rule(values: Values, name: str = "q2", setting: Setting = IN_PLACE) -> Card:
    """Give the card of a question's rule."""
    return shown(rule_screen(a_survey_draft(values), name, setting))


def field(card: Card, name: str) -> Card:
    """Give one of the card's fields."""
    return next(e for e in input_elements(card) if e["id"] == f"q.q2.{name}")


@each_host
def test_first_an_earlier_question_is_chosen(setting: Setting) -> None:
    card = rule(a_form("one", "likert", "stars", "date"), "q3", setting)
    (only,) = input_elements(card)
    assert [(c["title"], c["value"]) for c in only["choices"]] == [("1. one?", "q1")]
    verbs = [decode(action["data"])[0].verb for action in actions(card)]
    assert verbs == ["build.rule", "build.more", "build.list"]


def test_without_an_earlier_question_that_compares_there_is_nothing_to_choose() -> None:
    card = rule(a_form("likert", "date"))
    assert input_elements(card) == []
    assert "No earlier question has answers that can be compared." in text(card)


@pytest.mark.parametrize(
    ("preset", "operators", "values"),
    [
        ("one", ["is", "is not"], ["Red", "Green", "Blue", "Other"]),
        ("several", ["is", "is not", "contains"], ["Red", "Green", "Blue"]),
        ("ranking", ["puts first", "does not put first"], ["Red", "Green", "Blue"]),
        ("yes_no", ["is", "is not"], ["Yes", "No"]),
    ],
)
def test_then_how_its_answer_compares_with_which_option(
    preset: str, operators: list[str], values: list[str]
) -> None:
    card = rule(typed(a_form(preset, "date"), "q2", if_question="q1"))
    assert plain(f"1. {preset}?") in text(card)
    assert [c["title"] for c in field(card, "if_operator")["choices"]] == operators
    assert [c["title"] for c in field(card, "if_value")["choices"]] == values
    verbs = [decode(action["data"])[0].verb for action in actions(card)]
    assert verbs == [
        *("build.ruled", "build.rule_anew", "build.unruled", "build.more", "build.list")
    ]


@pytest.mark.parametrize(
    ("preset", "operators", "kind"),
    [
        ("stars", ["is", "is not", "is above", "is below"], "Input.ChoiceSet"),
        ("number", ["is", "is not", "is above", "is below"], "Input.Text"),
        ("short_text", ["is", "is not", "contains"], "Input.Text"),
        ("date", ["is", "is not", "is after", "is before"], "Input.Date"),
        ("time", ["is", "is not", "is after", "is before"], "Input.Time"),
    ],
)
def test_or_with_a_value_of_its_type(preset: str, operators: list[str], kind: str) -> None:
    card = rule(typed(a_form(preset, "date"), "q2", if_question="q1"))
    assert [c["title"] for c in field(card, "if_operator")["choices"]] == operators
    assert field(card, "if_value")["type"] == kind


def test_a_rule_that_was_made_is_shown_again() -> None:
    held = inputs(rule(ruled(a_form("one", "date"), "q2", "q1", "is_not", RED)))
    assert held == {"q.q2.if_operator": "is_not", "q.q2.if_value": RED}


def test_what_is_wrong_with_a_rule_stands_below_its_field() -> None:
    values = ruled(a_form("one", "date"), "q2", "q1", "is", "gone")
    problems: dict[str, Problem] = {}
    questions_of(values, problems)
    card = rule(values, setting=Setting(IN_PLACE.host, TEXTS, problems=problems))
    assert below(card, "q.q2.if_value") == "⚠ This option is no longer there. Choose another."
    assert field(card, "if_value").get("value") is None


def test_a_rule_about_a_question_that_is_gone_begins_again() -> None:
    values = ruled(a_form("one", "date"), "q2", "q9", "is", RED)
    problems: dict[str, Problem] = {}
    questions_of(values, problems)
    card = rule(values, setting=Setting(IN_PLACE.host, TEXTS, problems=problems))
    assert "was deleted" in below(card, "q.q2.if_question")
    assert "Next" in buttons(card)


@each_host
def test_the_buttons_send_what_is_chosen(setting: Setting) -> None:
    card = rule(ruled(a_form("one", "date"), "q2", "q1", "is", RED), setting=setting)
    assert all(action.get("associatedInputs") != "none" for action in actions(card))
    assert decode(find_action(card, "Done")["data"])[1] == {"of": "q2"}


@each_host
@pytest.mark.parametrize("sign", SIGNS)
def test_a_choice_among_199_long_questions_fits(sign: str, setting: Setting) -> None:
    values = a_form(*(["yes_no"] * 200))
    for number in range(1, 201):
        values = typed(values, f"q{number}", text=SIGNS[sign] * 5_000)
    card = rule(values, "q200", setting)
    assert len(input_elements(card)[0]["choices"]) == 199


@pytest.mark.parametrize("sign", SIGNS)
def test_a_comparison_with_25_long_options_fits(sign: str) -> None:
    options = "\n".join((f"{n}" + SIGNS[sign] * 1_000)[:1_000] for n in range(25))
    values = typed(a_form("several", "date"), "q1", options=options, text=SIGNS[sign] * 5_000)
    card = rule(typed(values, "q2", if_question="q1"))
    assert len(field(card, "if_value")["choices"]) == 25


def test_a_question_that_is_gone_has_no_rule() -> None:
    with pytest.raises(NotFound):
        rule(a_form("date"), "q9")

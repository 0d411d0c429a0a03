"""The builder's preview of the whole form that answers."""

import pytest

from actions import survey
from actions.fields import Values
from actions.presets import MARKED
from cards.envelope import decode
from dialogs.screen import Setting
from dialogs.try_form import try_screen
from tests.actions.drafts import a_form, a_survey_draft, every_type, ruled, typed
from tests.actions.quiz_drafts import a_quiz_draft, a_quiz_form
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import IN_PLACE, SETTINGS, shown
from tests.teams.cards import Card, actions, buttons, find_action, inputs, text

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)


def page(values: Values, number: int = 0, setting: Setting = IN_PLACE) -> Card:
    """Give one page of the preview."""
    return shown(try_screen(a_survey_draft(values), number, setting))


def pages(values: Values, setting: Setting = IN_PLACE) -> list[Card]:
    """Give all pages, turned by their buttons."""
    cards = [page(values, 0, setting)]
    while "Next" in buttons(cards[-1]):
        _, sent = decode(find_action(cards[-1], "Next")["data"])
        cards.append(page(values, int(sent["page"]), setting))
    return cards


@each_host
def test_every_question_is_shown_once(setting: Setting) -> None:
    cards = pages(every_type(), setting)
    asked = [name.partition(".")[0] for card in cards for name in inputs(card)]
    assert list(dict.fromkeys(asked)) == [
        f"q{n}" for n in range(1, len(survey.BUILDER.presets) + 1)
    ]
    assert f"Page 1 of {len(cards)}" in text(cards[0])


@each_host
def test_nothing_that_is_entered_is_sent(setting: Setting) -> None:
    for card in pages(every_type(), setting):
        assert all(action["associatedInputs"] == "none" for action in actions(card))
        assert "What you enter here is not kept." in text(card)


def test_pages_are_those_of_the_creator() -> None:
    values = typed(a_form("date", "time", "stars"), "q2", starts_page="true")
    assert [list(inputs(card)) for card in pages(values)] == [["q1"], ["q2", "q3"]]
    assert "Back" not in buttons(page(values, 0))
    assert decode(find_action(page(values, 1), "Back")["data"])[1]["page"] == "0"


def test_a_rule_is_said_instead_of_hiding_the_question() -> None:
    values = ruled(a_form("yes_no", "date"), "q2", "q1", "is", "yes")
    (_, second) = pages(values)
    assert "Shown only if the answer to “1. yes\\_no?” is “Yes”." in text(second)
    assert "q2" in inputs(second)


@pytest.mark.parametrize("number", [-1, 1, 99])
def test_a_page_that_there_is_not_is_the_first(number: int) -> None:
    assert page(a_form("date"), number) == page(a_form("date"))


@each_host
@pytest.mark.parametrize("sign", SIGNS)
def test_questions_of_5000_characters_fit(sign: str, setting: Setting) -> None:
    values = every_type()
    for number in range(1, len(survey.BUILDER.presets) + 1):
        values = typed(values, f"q{number}", text=SIGNS[sign] * 5_000, help=SIGNS[sign] * 1_000)
    assert len(pages(values, setting)) > 1


def test_what_is_marked_is_shown_one_question_at_a_time_with_what_is_right() -> None:
    draft = a_quiz_draft(a_quiz_form(*MARKED))
    cards = [shown(try_screen(draft, n, IN_PLACE)) for n in range(len(MARKED))]
    assert [list(inputs(card)) for card in cards] == [[f"q{n}"] for n in range(1, 7)]
    said = [text(card).splitlines()[-1] for card in cards]
    assert said == [
        "Right: Paris · 2 points",
        "Right: Paris, Rome · 1 point",
        "Right: Green · 1 point",
        "Right: False · 1 point",
        r"Right: 9\.81 m/s², up to 0.05 m/s² more or less · 1 point",
        "Right: Goethe / J. W. Goethe · 1 point",
    ]

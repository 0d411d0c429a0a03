"""What the builder asks of a lesson."""

import pytest

from actions.drafted import questions_of
from actions.drafted import typed as merged
from actions.fields import Values
from cards.envelope import decode
from dialogs.edit_question import question_screen
from tests.actions.drafts import a_form, a_survey_draft, problems_of, typed
from tests.dialogs.builders import IN_PLACE, SETTINGS, shown
from tests.teams.cards import Card, find_action, inputs, labels, text

FILM = "https://youtu.be/x | The film"


def _card(values: Values) -> Card:
    return shown(question_screen(a_survey_draft(values), "q1", IN_PLACE))


def _sent(card: Card) -> dict[str, str]:
    """Give what pressing Done without typing sends."""
    _, hidden = decode(find_action(card, "Done")["data"])
    return {**hidden, **{name: value or "" for name, value in inputs(card).items()}}


def test_a_lesson_asks_for_heading_text_pictures_links_and_time() -> None:
    named = labels(_card(a_form("lesson")))
    assert [named[f"q.q1.{n}"] for n in ("text", "body", "images", "links", "min_seconds")] == [
        "Heading",
        "Text",
        "Pictures, one on each line",
        "Links, one on each line",
        "Seconds to stay at least before going on",
    ]
    assert r"To format it: \*\*bold\*\*" in text(_card(a_form("lesson")))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_problem_stands_at_its_field_with_its_line(setting: object) -> None:
    del setting
    values = typed(a_form("lesson"), "q1", images="https://x.example\n\nx.png", links="Film")
    problems = problems_of(values)
    assert problems.keys() == {"q.q1.images", "q.q1.links"}
    from dataclasses import replace

    wrong = question_screen(
        a_survey_draft(values), "q1", replace(IN_PLACE, problems=problems)
    )
    assert "Line 3: give the whole address, beginning with https://." in text(shown(wrong))

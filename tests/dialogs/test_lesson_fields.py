"""What the builder asks of a lesson."""

from dataclasses import replace

import pytest

from actions.drafted import questions_of
from actions.drafted import typed as merged
from actions.fields import Values
from cards.envelope import decode
from dialogs.edit_question import question_screen
from tests.actions.drafts import a_form, a_survey_draft, problems_of, typed
from tests.dialogs.builders import IN_PLACE, shown
from tests.teams.cards import Card, find_action, inputs, labels, text

LINES = {
    "images": "\n".join(f"https://example.org/{'x' * 370}{n} | Picture" for n in range(10)),
    "links": "\n".join(f"https://example.org/{'x' * 370}{n} | Link {n}" for n in range(10)),
}


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


def test_a_problem_stands_at_its_field_with_its_line() -> None:
    values = typed(a_form("lesson"), "q1", images="https://x.example\n\nx.png", min_seconds="9999")
    problems = problems_of(values)
    assert problems.keys() == {"q.q1.images", "q.q1.min_seconds"}
    setting = replace(IN_PLACE, problems=problems)
    wrong = text(shown(question_screen(a_survey_draft(values), "q1", setting)))
    assert "Line 3: give the whole address, beginning with https://." in wrong
    assert "Give a whole number from 0 to 3,600." in wrong


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(["A paragraph of some sixty characters, which is not very long."] * 150),
        "One paragraph. " * 660,
        "x" * 10_000,
    ],
)
def test_the_longest_lesson_can_be_edited_and_nothing_is_lost(body: str) -> None:
    values = typed(a_form("lesson"), "q1", text="T" * 500, body=body.strip(), **LINES)
    before = questions_of(values, {})
    assert questions_of(merged(values, _sent(_card(values)), frozenset()), {}) == before


def test_a_paragraph_that_leaves_no_room_hides_the_other_fields() -> None:
    values = typed(a_form("lesson"), "q1", body="x" * 10_000, **LINES)
    card = _card(values)
    assert "q.q1.links" not in inputs(card)
    assert "Break it into several" in text(card)
    assert "q.q1.links" in inputs(_card(typed(values, "q1", body="x\n\n" * 3_000)))


def test_even_a_paragraph_of_quotation_marks_fits_a_card() -> None:
    _card(typed(a_form("lesson"), "q1", text='"' * 600, body='"' * 10_000, **LINES))

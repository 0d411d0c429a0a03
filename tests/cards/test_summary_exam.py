"""The button by which a quiz or training is taken, and by which its result is seen."""

from typing import Any

import pytest

from actions.action import Action
from actions.tallies import Tallies
from actions.viewing import view_of
from cards.envelope import decode
from cards.parts import Host
from cards.summary import summary
from tests.actions.builders import NOW, VOTER
from tests.actions.exams import a_quiz, a_training
from tests.cards.looks import TEXTS, checked
from tests.dialogs.sittings import a_sitting, closed
from tests.teams.cards import actions, buttons


def first(action: Action, *, took_part: bool = False, host: Host = Host.CHAT) -> tuple[str, str]:
    """Give the title and the verb of the card's first button."""
    view = view_of(action, Tallies({}), NOW, VOTER.key, took_part=took_part)
    card = checked(summary(view, TEXTS, host))
    title = buttons(card)[0]
    data = next(action["data"] for action in actions(card) if action.get("title") == title)
    return title, decode(data)[0].verb


@pytest.mark.parametrize("host", [Host.CHAT, Host.IN_PLACE])
def test_whoever_has_not_finished_starts_or_goes_on(host: Host) -> None:
    for action in (a_quiz(), a_training()):
        assert first(action, host=host) == ("Start or continue", "open")


@pytest.mark.parametrize(
    ("exam", "title"),
    [({"attempts": 1}, "My result"), ({"attempts": 3}, "My result, or take it again")],
)
def test_who_has_finished_sees_the_result(exam: dict[str, Any], title: str) -> None:
    assert first(a_quiz(**exam), took_part=True) == (title, "open")


def test_the_result_is_there_when_it_is_closed_and_a_training_goes_on() -> None:
    quiz, training = (closed(a_sitting(made)).action for made in (a_quiz(), a_training()))
    assert first(quiz) == ("My result", "open")
    assert first(training) == ("Continue, or my result", "open")

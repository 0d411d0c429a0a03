"""A quiz's and a training's card in the chat, and one person's result on a line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Action, Settings, Status, Visibility
from actions.exam import Feedback
from actions.people import Person
from actions.responses import Response
from cards.exam import answer, spent
from cards.parts import Host
from cards.summary import summary
from tests.actions.attempted import an_attempt, attempts_of, seen_by
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.exams import RIGHT, WRONG, a_quiz, a_training
from tests.cards.looks import TEXTS, checked
from tests.teams.card_check import check_inputs_absent
from tests.teams.cards import text, texts

OPEN = Settings(Visibility.EVERYONE)


def responses(action: Action, *typed: dict[str, str]) -> list[Response]:
    """Give one response for each, the first of them the voter's."""
    people = [VOTER, *(Person(f"tenant/p{n}", f"P{n}") for n in range(len(typed)))]
    made = [attempts_of(action, an_attempt(action, one)) for one in typed]
    return [Response(who, one, NOW, who.key) for who, one in zip(people, made, strict=False)]


def _card(action: Action, people: Sequence[Response], viewer: str = "") -> list[str]:
    sent = checked(summary(seen_by(action, people, viewer), TEXTS, Host.CHAT))
    check_inputs_absent(sent)
    return texts(sent)


def test_it_says_what_it_takes() -> None:
    quiz = a_quiz(pass_mark=70, attempts=3, seconds=600)
    lines = _card(quiz, [])
    assert "5 questions · about 1 min · pass mark 70 % · 3 attempts · 10 min limit" in lines


def test_what_all_scores_come_to_is_said_to_who_may_see_it() -> None:
    quiz = replace(a_quiz(pass_mark=60), settings=OPEN)
    people = responses(quiz, RIGHT, RIGHT, WRONG)
    assert "average 66.7 % · 67 % passed" in _card(quiz, people)
    hidden = replace(quiz, settings=Settings(Visibility.CREATOR))
    assert "average" not in "".join(_card(hidden, people))
    assert "average 66.7 % · 67 % passed" in _card(hidden, people, CREATOR.key)
    assert "average" not in "".join(_card(quiz, []))


@pytest.mark.parametrize("feedback", [Feedback.CLOSED, Feedback.NEVER])
def test_no_score_is_said_before_it_may_be_known(feedback: Feedback) -> None:
    quiz = replace(a_quiz(feedback=feedback, pass_mark=60), settings=OPEN)
    people = responses(quiz, RIGHT, WRONG)
    lines = _card(quiz, people, VOTER.key)
    assert "✔ You finished this." in lines
    assert not any(word in "".join(lines) for word in ("average", "score", "passed"))
    assert "Results: everyone sees them after closing" in "".join(lines)
    over = replace(quiz, status=Status.CLOSED, closed_at=NOW)
    lines = _card(over, people, VOTER.key)
    assert "average 50 % · 50 % passed" in lines
    assert "✔ Your score: 100 % · passed" in lines


def test_ones_own_score_is_on_ones_own_card_only() -> None:
    quiz = a_quiz(pass_mark=60)
    people = responses(quiz, WRONG, RIGHT)
    assert "✔ Your score: 0 % · not passed" in _card(quiz, people, VOTER.key)
    assert not any("Your score" in line for line in _card(quiz, people))
    assert not any("Your score" in line for line in _card(quiz, people, CREATOR.key))


def test_cards_of_two_keys_are_the_same_before_anything_may_be_known() -> None:
    """What a card shows before its time does not depend on what is right."""
    quiz = replace(a_quiz(feedback=Feedback.NEVER, pass_mark=60), settings=OPEN)
    other = {**quiz.content.keys, "one": replace(quiz.content.keys["one"], right=("rome",))}
    swapped = replace(quiz, content=replace(quiz.content, keys=other))
    people = responses(quiz, RIGHT, WRONG)
    moved = responses(swapped, RIGHT, WRONG)
    assert _card(quiz, people, VOTER.key) == _card(swapped, moved, VOTER.key)


# One line


def test_a_result_on_a_line_has_score_attempts_and_time() -> None:
    quiz = a_quiz(pass_mark=60, attempts=0)
    later = an_attempt(quiz, RIGHT, NOW + timedelta(hours=1), pace=60)
    attempts = attempts_of(quiz, an_attempt(quiz, WRONG), later)
    assert answer(quiz, attempts, TEXTS) == "100 % · passed · 2 attempts · 5 mins"


def test_one_who_is_at_it_has_so_many_pages_done() -> None:
    training = a_training()
    running = attempts_of(training, an_attempt(training, {}, done=1))
    assert answer(training, running, TEXTS) == "1 of 3 done · 10 secs"


def test_what_has_no_points_is_completed() -> None:
    lesson = a_training(a_training().content.questions[0])
    read = attempts_of(lesson, an_attempt(lesson, {}))
    assert answer(lesson, read, TEXTS) == "completed · 10 secs"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 secs"), (59, "59 secs"), (119, "1 min"), (3_725, "1 hr 2 mins")]
)
def test_time_is_told_in_whole_minutes(seconds: int, said: str) -> None:
    assert spent(seconds, TEXTS) == said


def test_a_card_has_no_key_on_it() -> None:
    quiz = a_quiz(pass_mark=60)
    sent = checked(summary(seen_by(quiz, [], CREATOR.key), TEXTS, Host.CHAT))
    assert not any(word in text(sent) for word in ("112", "They stop.", "Paris"))

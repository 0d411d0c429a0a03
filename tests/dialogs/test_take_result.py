"""The result, one's own answers, and the certificate."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from actions.action import Settings, Visibility
from actions.attempts import Attempts
from actions.certificates import Certificate
from actions.exam import Feedback
from actions.keys import Key
from actions.marking import Score
from actions.sitting import Sitting
from dialogs.screen import Setting
from dialogs.take import opened_screen, standing_screen
from dialogs.take_result import certificate_screen, result_screen
from dialogs.take_review import review_screen
from tests.actions.builders import NOW, VOTER
from tests.actions.exams import FIVE, KEYS, ONE, RIGHT, TEXT, WRONG, a_quiz, a_training
from tests.cards.looks import RIGHT_TO_LEFT
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.dialogs.sittings import a_seat, a_sitting, closed
from tests.teams.cards import Card, actions, buttons, rows, text

HALF = {**RIGHT, "several": "paris", "number": "9"}


def result(sitting: Sitting, number: int = 0, setting: Setting = DIALOG) -> Card:
    """Give the result of an attempt, of the newest if none is named."""
    return shown(result_screen(a_seat(sitting, setting), number or sitting.number))


def review(sitting: Sitting, page: int = 1, setting: Setting = DIALOG) -> Card:
    """Give one's own answers of the newest attempt."""
    return shown(review_screen(a_seat(sitting, setting), sitting.number, page))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_score_is_told_with_whether_it_was_passed(setting: Setting) -> None:
    passed = result(a_sitting(a_quiz(pass_mark=70), RIGHT), setting=setting)
    assert "✔ Passed\n100 %\n6 of 6 points" in text(passed)
    failed = result(a_sitting(a_quiz(pass_mark=70), HALF), setting=setting)
    assert "✘ Not passed: 70 % are needed.\n66.67 %\n4 of 6 points" in text(failed)
    plain = result(a_sitting(a_quiz(), HALF), setting=setting)
    assert "✔ Finished\n66.67 %" in text(plain)


def test_when_and_for_how_long_is_said() -> None:
    assert "Fri 20 Nov, 10:02 · 2 mins 5 secs" in text(result(a_sitting(a_quiz(), RIGHT)))


@pytest.mark.parametrize("feedback", [Feedback.CLOSED, Feedback.NEVER])
def test_before_its_time_it_is_not_told_which_attempt_was_the_best(feedback: Feedback) -> None:
    quiz = a_quiz(feedback=feedback, attempts=3)
    better, worse = a_sitting(quiz, WRONG, RIGHT), a_sitting(quiz, RIGHT, WRONG)
    assert text(result(better)) == text(result(worse))
    assert "Attempt 1 counts: 100 %" in text(result(closed(worse)))


@pytest.mark.parametrize("feedback", [Feedback.CLOSED, Feedback.NEVER])
def test_before_its_time_nothing_is_told_but_that_it_is_handed_in(feedback: Feedback) -> None:
    quiz = a_quiz(feedback=feedback, pass_mark=70, attempts=3, leaderboard=True)
    cards = [result(a_sitting(quiz, texts)) for texts in (RIGHT, WRONG, {})]
    assert "✔ Handed in. You see your score after Fri 27 Nov, 10:00." in text(cards[0])
    assert cards[0] == cards[1] == cards[2]
    endless = replace(quiz, closes_at=None)
    assert "once this is closed" in text(result(a_sitting(endless, RIGHT)))
    after = result(closed(a_sitting(quiz, RIGHT)))
    assert "✔ Passed\n100 %" in text(after)


def test_time_that_was_over_is_said_with_what_counts() -> None:
    late = a_sitting(a_quiz(seconds=60), RIGHT, pages=2, now=NOW + timedelta(hours=1))
    assert "The time was over. What you had answered counts." in text(result(late))
    shut = closed(a_sitting(a_quiz(), RIGHT, pages=2))
    assert "It was closed before you had finished." in text(result(shut))


def test_the_attempt_that_counts_is_named_and_all_can_be_looked_at() -> None:
    sitting = a_sitting(a_quiz(attempts=4), WRONG, RIGHT, HALF)
    card = result(sitting)
    assert "Attempt 2 counts: 100 %" in text(card)
    assert "1 attempt is left." in text(card)
    assert rows(card) == ["Attempt 2", "Attempt 1"]
    assert envelopes(card)["Attempt 1"].argument == "1"
    assert text(card).index("Attempt 3 · 66.67 %") < text(card).index("Attempt 1 · 0 %")
    assert "0 of 6 points" in text(result(sitting, 1))


def test_many_attempts_are_cut_to_the_newest() -> None:
    card = result(a_sitting(a_quiz(attempts=0), *[RIGHT] * 11))
    assert len(rows(card)) == 7
    assert "and 3 earlier ones" in text(card)
    assert "left" not in text(card)


def test_one_may_take_it_again_by_the_cover() -> None:
    again = envelopes(result(a_sitting(a_quiz(attempts=2), WRONG)))
    assert again["Take it again"].verb == "open"
    assert again["My answers"].argument == "1 1"
    assert "Take it again" not in envelopes(result(a_sitting(a_quiz(), WRONG)))
    assert "Take it again" not in envelopes(result(closed(a_sitting(a_quiz(attempts=2), WRONG))))


def test_an_attempt_under_way_is_gone_on_with_from_an_earlier_result() -> None:
    sitting = a_sitting(a_quiz(attempts=2), WRONG, {}, pages=1)
    assert envelopes(result(sitting, 1))["Continue"].verb == "take.page"


def test_the_leaderboard_is_offered_once_scores_are_known() -> None:
    told = result(a_sitting(a_quiz(leaderboard=True), RIGHT))
    assert envelopes(told)["Leaderboard"].verb == "leaders"
    assert "Leaderboard" not in buttons(result(a_sitting(a_quiz(), RIGHT)))
    hidden = a_quiz(leaderboard=True, feedback=Feedback.CLOSED)
    assert "Leaderboard" not in buttons(result(a_sitting(hidden, RIGHT)))


def test_results_are_offered_to_whom_may_see_them() -> None:
    assert "Results" not in buttons(result(a_sitting(a_quiz(), RIGHT)))
    seen = replace(a_quiz(), settings=Settings(Visibility.AFTER_RESPONDING))
    assert "Results" in buttons(result(a_sitting(seen, RIGHT)))


# Opening


def test_opening_leads_to_the_result_only_where_nothing_more_can_be_done() -> None:
    def opens(sitting: Sitting) -> list[str]:
        return buttons(shown(opened_screen(a_seat(sitting))))

    assert opens(a_sitting(a_quiz())) == ["Start"]
    assert opens(a_sitting(a_quiz(), RIGHT, pages=1)) == ["Continue"]
    assert opens(a_sitting(a_quiz(attempts=2), RIGHT)) == ["Start attempt 2", "My result"]
    assert opens(a_sitting(a_quiz(), RIGHT)) == ["My answers"]


def test_who_has_nothing_stands_before_the_cover() -> None:
    assert buttons(shown(standing_screen(a_seat(a_sitting(a_quiz()))))) == ["Start"]


# Trainings


def test_a_completed_training_says_until_when_it_holds_and_leads_to_the_certificate() -> None:
    training = a_training(pass_mark=50, months=12)
    card = result(a_sitting(training, {"one": "paris"}))
    assert "✔ Completed\n100 %" in text(card)
    assert "Valid until Sat, 20 Nov 2027" in text(card)
    assert envelopes(card)["Certificate"].verb == "take.certificate"


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_training_can_be_read_again_once_it_cannot_be_taken_again(*, is_closed: bool) -> None:
    sitting = a_sitting(a_training(attempts=0 if is_closed else 1), RIGHT)
    sitting = closed(sitting) if is_closed else sitting
    contents = envelopes(result(sitting))["Contents"]
    assert contents.verb == "open"
    cover = shown(opened_screen(a_seat(sitting), contents.argument))
    assert "Read it again" in rows(cover)
    assert "My result" in buttons(cover)


def test_what_was_not_passed_gives_no_certificate() -> None:
    card = result(a_sitting(a_training(pass_mark=50), {"one": "rome"}))
    assert "✘ Not passed" in text(card)
    assert "Certificate" not in buttons(card)


def test_a_training_without_marks_is_completed_by_reading_it() -> None:
    training = a_training(*(page for page in a_training().content.questions if page != ONE))
    card = result(a_sitting(training, {}))
    assert "✔ Completed" in text(card)
    assert "%" not in text(card)
    assert buttons(card) == ["Certificate", "Take it again"]


def test_what_lapsed_is_marked_and_taken_again() -> None:
    training = replace(a_training(months=1), closes_at=None)
    typed = {"one": "paris"}
    card = result(a_sitting(training, typed, now=NOW + timedelta(days=90)))
    assert "This is no longer valid. Take it again." in text(card)
    assert "Certificate" not in buttons(card)
    again = a_sitting(training, typed, typed)
    lapsed = replace(again, attempts=replace(again.attempts, lapsed=1, counting=1))
    assert "Attempt 1 · 100 % · no longer valid" in text(result(lapsed))


def test_the_certificate_shows_its_code_and_where_it_is_had() -> None:
    seat = a_seat(a_sitting(a_training(), {"one": "paris"}))
    until = NOW + timedelta(days=365)
    score = Score(Fraction(1), 1)
    given = Certificate("7F3K-9QXW", "a", VOTER.key, 1, "Vera *V*", "Drill", score, NOW, until)
    card = shown(certificate_screen(seat, given, "https://muster.example/certificates/7F3K"))
    said = text(card)
    assert "Vera \\*V\\*" in said
    assert "7F3K-9QXW" in said
    assert "Completed Fri 20 Nov, 10:00" in said
    assert "Valid until" in said
    urls = [one["url"] for one in actions(card) if one["type"] == "Action.OpenUrl"]
    assert urls == [
        "https://muster.example/certificates/7F3K.pdf",
        "https://muster.example/certificates/7F3K",
    ]
    nowhere = shown(certificate_screen(seat, given, ""))
    assert "cannot be opened or downloaded" in text(nowhere)
    assert buttons(nowhere) == ["My result"]


# One's own answers


def test_own_answers_are_shown_with_what_was_right() -> None:
    card = review(a_sitting(a_quiz(), HALF))
    for line in ("◐ Partly right · 1 of 2 points", "Your answer: 9", "Right is: 2\\.5, up to 0.5"):
        assert line in text(card)
    assert envelopes(card)["My result"].verb == "take.result"


@pytest.mark.parametrize("feedback", [Feedback.CLOSED, Feedback.NEVER])
def test_own_answers_say_no_more_before_the_time(feedback: Feedback) -> None:
    quiz = a_quiz(feedback=feedback)
    said = text(review(a_sitting(quiz, HALF)))
    assert "Your answer: Paris" in said
    for word in ("Right", "Wrong", "Partly", "They stop.", "point", "Why"):
        assert word not in said
    later = text(review(closed(a_sitting(quiz, HALF))))
    assert ("Right is: 2\\.5" in later) is (feedback is Feedback.CLOSED)


def test_questions_that_were_not_reached_are_shown_with_their_solution_only() -> None:
    later = NOW + timedelta(hours=1)
    for feedback, count in ((Feedback.END, 5), (Feedback.CLOSED, 2), (Feedback.EACH, 2)):
        quiz = a_quiz(feedback=feedback, seconds=60)
        card = review(a_sitting(quiz, RIGHT, pages=2, now=later))
        asked = [q for q in FIVE if q.text.split("?")[0].rstrip(".") in text(card)]
        assert len(asked) == count, feedback


def test_many_answers_are_turned_page_by_page_and_none_is_lost() -> None:
    questions = tuple(replace(TEXT, id=f"t{n:05}", text=f"Number {n}?") for n in range(64))
    keys = {question.id: Key(("yes",)) for question in questions}
    sitting = a_sitting(a_quiz(questions, keys), {question.id: "no" for question in questions})
    seen, page = "", 1
    while True:
        card = review(sitting, page)
        seen += text(card)
        turns = envelopes(card)
        if "Next page" not in turns:
            break
        page = int(turns["Next page"].argument.split()[1])
    assert all(f"Number {n}?" in seen for n in range(64))
    assert turns["Previous page"].argument == f"1 {page - 1}"
    assert review(sitting, 0) == review(sitting, 1)
    assert review(sitting, 999) == review(sitting, page)


def test_who_answered_nothing_has_nothing_to_look_at() -> None:
    quiz = a_quiz(feedback=Feedback.CLOSED, seconds=60)
    card = review(a_sitting(quiz, {}, pages=0, now=NOW + timedelta(hours=1)))
    assert "There is nothing to see here." in text(card)


@pytest.mark.parametrize("sign", ['"', "*", "ש", "😀"])
def test_the_longest_answers_fit(sign: str) -> None:
    options = tuple(replace(o, text=sign * 1_000) for o in ONE.options)
    key = Key(("paris", "rome"), explanation=sign * 5_000)
    questions = tuple(
        replace(ONE, id=f"c{n:05}", text=sign * 5_000, options=options, most=3) for n in range(12)
    )
    quiz = a_quiz(questions, {question.id: key for question in questions})
    sitting = a_sitting(quiz, {question.id: "bergen,rome" for question in questions})
    hebrew = replace(IN_PLACE, texts=RIGHT_TO_LEFT, notice="n" * 300)
    assert all(review(sitting, page, hebrew) for page in range(1, 13))


def test_an_answer_to_what_was_deleted_is_left_out() -> None:
    sitting = a_sitting(a_quiz(), RIGHT)
    content = replace(
        sitting.content, questions=FIVE[1:], keys={k: KEYS[k] for k in RIGHT if k != "one"}
    )
    attempts = Attempts.of(content, sitting.attempts.attempts)
    after = replace(sitting, action=replace(sitting.action, content=content), attempts=attempts)
    assert "Capital of France" not in text(review(after))
    assert "100 %" in text(result(after))

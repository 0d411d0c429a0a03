"""What is said of one question that was answered: right after it, or when it is gone back to."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement, TextBlock

from actions.attempts import Attempt
from actions.questions import Question
from cards.keyed import solution, verdict
from cards.markdown import plain
from cards.parts import buttons, directed, note, warning
from cards.questions import answer_text, picture
from dialogs.screen import Screen
from dialogs.take_frame import Seat, pages_back, pages_on, screen, where


def feedback_screen(seat: Seat, number: int, question: Question) -> Screen:
    """Give what is said of the question of an attempt that was just done, and the way on."""
    attempt = seat.sitting.attempts.attempts[number - 1]
    place = [page.id for page in attempt.pages(seat.sitting.content)].index(question.id) + 1

    def body(longest: int) -> list[CardElement]:
        return [
            *answered(seat, attempt, question, place, longest),
            *buttons(_on(seat, attempt, number)),
        ]

    return screen(seat, body)


def seen_screen(seat: Seat, question: Question) -> Screen:
    """Give a question that was gone back to, with what was answered, to look at."""
    attempt = seat.sitting.attempts.attempts[-1]

    def body(longest: int) -> list[CardElement]:
        return [
            *(note(line) for line in where(seat)),
            *answered(seat, attempt, question, seat.sitting.place, longest),
            *buttons([*pages_on(seat), *pages_back(seat)]),
        ]

    return screen(seat, body)


def answered(
    seat: Seat, attempt: Attempt, question: Question, place: int, longest: int
) -> Iterator[CardElement]:
    """Give a question and its answer; whether that is right, where that may be known now."""
    texts, given = seat.texts, attempt.given.get(question.id)
    key = seat.sitting.key(attempt, question.id)
    answer = None if given is None else given.answer
    if given is not None and given.is_late:
        yield warning(texts("The time for this question was over."))
    yield from picture(question)
    title = plain(f"{place}. {question.text}", longest)
    yield from directed(question.text, [TextBlock(text=title, weight="Bolder", wrap=True)])
    if key is not None:
        yield verdict(question, key, answer, texts)
    if answer is not None:
        words = plain(answer_text(question, answer, texts), longest)
        own = texts("Your answer: {answer}", answer=words)
        yield TextBlock(text=own, wrap=True, spacing="Small")
    elif key is None:
        yield note(texts("You gave no answer."))
    if key is not None:
        yield from solution(question, key, answer, texts, longest)


def _on(seat: Seat, attempt: Attempt, number: int) -> Iterator[Action]:
    texts = seat.texts
    if attempt.ended is not None:
        yield seat.button("take.result", texts("See the result"), number)
        return
    yield seat.button("take.on", texts("Next"), number)
    yield seat.button("take.later", texts("Later"))

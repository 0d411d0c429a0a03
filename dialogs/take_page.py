"""The question that someone is at in a quiz or training."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.choice import Choice
from actions.questions import Question
from actions.typed import entry
from cards.asking import Asking
from cards.kinds import name_of
from cards.markdown import cut
from cards.parts import buttons, card, fitting, note, submits, success
from cards.questions import question_fields
from dialogs.fill import ROOMS, Room
from dialogs.screen import Screen
from dialogs.take_frame import Seat, head, pages_back, screen, time_lines, where


def question_screen(seat: Seat, question: Question) -> Screen:
    """Give a question to be answered, with what was typed before it was refused."""
    shown = (_question(seat, question, room) for room in ROOMS)
    return Screen(name_of(seat.sitting.action.kind, seat.texts), fitting(shown), stays=True)


def kept_screen(seat: Seat) -> Screen:
    """Give what stands where it was put aside."""
    texts, exam = seat.texts, seat.sitting.exam
    done = texts("What you answered is kept. Go on whenever you like.")
    if exam.seconds or exam.question_seconds:
        done = texts("What you answered is kept, and the time runs on.")

    def body(longest: int) -> list[CardElement]:
        del longest
        return [
            success(done),
            *(note(line) for line in time_lines(seat)),
            *buttons([seat.button("take.page", texts("Continue"))]),
        ]

    return screen(seat, body)


def _question(seat: Seat, question: Question, room: Room) -> AdaptiveCard:
    sitting, texts = seat.sitting, seat.texts
    points = sitting.points(question.id)
    worth = [texts.many("{count} point", "{count} points", points)] if points else []
    body = [
        *head(seat, min(room.longest * 5, 500)),
        note(" · ".join([*where(seat), *worth])),
        *(note(line) for line in (*time_lines(seat), *_question_time(seat))),
        *_fields(seat, question, room),
        *buttons(_buttons(seat, question)),
        *buttons([_skip(seat, question)]),
    ]
    return card(texts, body)


def _question_time(seat: Seat) -> Iterator[str]:
    left = seat.sitting.page_seconds_left
    if left is not None:
        yield seat.texts("⏱ {span} left for this question", span=seat.texts.span(left))


def _fields(seat: Seat, question: Question, room: Room) -> list[CardElement]:
    sitting = seat.sitting
    if isinstance(question, Choice) and sitting.action.settings.shuffle:
        question = replace(question, shuffle=True)
    typed = entry(question, sitting.typed)
    asking = Asking(
        seat.texts,
        label="",
        entry={part: cut(text, room.typed) for part, text in typed.items()},
        problems=sitting.wrong,
        # Stable within an attempt, and another order in the next one.
        seed=f"{sitting.action.id} {sitting.person} {sitting.number}",
        longest=room.longest,
    )
    return question_fields(question, sitting.place, asking)


def _buttons(seat: Seat, question: Question) -> Iterator[Action]:
    texts, sent = seat.texts, seat.to("take.answer", seat.sitting.number, question.id)
    yield submits(seat.host, sent, texts("Answer"), "positive")
    yield from pages_back(seat)
    yield seat.leaves("take.later", texts("Later"))


def _skip(seat: Seat, question: Question) -> Action:
    title = seat.texts("Go on without an answer")
    return seat.button("take.pass", title, seat.sitting.number, question.id)

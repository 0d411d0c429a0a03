"""How what is marked looks in the chat: how long it is, and what it takes to pass."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, TextBlock

from actions.action import Action
from actions.attempts import Attempts, attempts_in
from actions.content import Content
from actions.exam import Exam
from actions.marks import Figures, figures, seconds
from actions.policy import tells_scores
from actions.questions import Answers
from actions.viewing import View
from cards.parts import Fit, note
from cards.score import judged, share
from cards.survey import minutes
from cards.texts import Texts

MINUTE = 60
"""Seconds."""


def rows(view: View, texts: Texts, *, live: bool, fit: Fit) -> list[CardElement]:
    """Give how long it is, its conditions, and what all scores come to where that may be seen."""
    del live, fit
    content = view.action.content
    about = note(" · ".join(_about(content, content.exam or Exam(), texts)))
    told = outcome(view, texts)
    return [about, TextBlock(text=told, wrap=True)] if told else [about]


def lines(view: View, texts: Texts) -> Iterator[str]:
    """Give what stands below: how the viewer did, or that they are through with it."""
    exam, attempts = view.action.content.exam, attempts_in(view.answers)
    if exam is not None and tells_scores(exam, is_open=view.is_open):
        reached = attempts.score(view.action.content)
        if reached is not None:
            yield texts("✔ Your score: {score}", score=judged(reached, exam, texts))
            return
    if view.took_part:
        yield texts("✔ You finished this.")


def in_all(known: Figures, texts: Texts) -> Iterator[str]:
    """Give average and how many passed, nothing where there is no score."""
    if known.average is not None:
        average = texts.decimal(known.average, 1)
        yield texts("average {percent} %", percent=average)
    if known.passed is not None:
        yield texts("{share} passed", share=share(known.passed, known.scored, texts))


def outcome(view: View, texts: Texts) -> str:
    """Give average and how many passed, on one line."""
    return " · ".join(in_all(figures(view), texts))


def answer(action: Action, answers: Answers, texts: Texts) -> str:
    """Give how far someone is, or what they reached, on one line."""
    return " · ".join(_reached(action.content, attempts_in(answers), texts))


def spent(seconds: int, texts: Texts) -> str:
    """Give how long something took, from a minute on in whole minutes."""
    return texts.span(seconds if seconds < MINUTE else seconds // MINUTE * MINUTE)


def _reached(content: Content, attempts: Attempts, texts: Texts) -> Iterator[str]:
    exam, running = content.exam or Exam(), attempts.under_way
    if attempts.best is not None:
        yield judged(attempts.best.score(content), exam, texts) or texts("completed")
    elif running is not None:
        done, of = len(running.given), len(running.asked)
        yield texts("{done} of {count} done", done=done, count=of)
    elif attempts.lapsed:
        yield texts("no longer valid")
    if attempts.used > 1:
        yield texts.many("{count} attempt", "{count} attempts", attempts.used)
    yield spent(seconds(attempts), texts)


def _about(content: Content, exam: Exam, texts: Texts) -> Iterator[str]:
    yield _length(content, exam, texts)
    yield texts("about {minutes} min", minutes=_minutes(content, exam))
    if exam.pass_mark is not None:
        yield texts("pass mark {percent} %", percent=exam.pass_mark)
    if exam.attempts:
        yield texts.many("{count} attempt", "{count} attempts", exam.attempts)
    if exam.seconds:
        yield texts("{minutes} min limit", minutes=exam.seconds // 60)
    if exam.question_seconds:
        yield texts("{seconds} s for each question", seconds=exam.question_seconds)
    if exam.months:
        yield texts.many("valid for {count} month", "valid for {count} months", exam.months)
    if exam.leaderboard:
        yield texts("with a leaderboard: names and scores are shown")


def _length(content: Content, exam: Exam, texts: Texts) -> str:
    count = len(content.questions)
    if exam.is_course:
        return texts.many("{count} page", "{count} pages", count)
    return texts.many("{count} question", "{count} questions", exam.draw or count)


def _minutes(content: Content, exam: Exam) -> int:
    """Give about how long one attempt takes, which asks some of the questions perhaps."""
    whole, count = minutes(content), max(len(content.questions), 1)
    return max(round(whole * exam.draw / count), 1) if exam.draw else whole

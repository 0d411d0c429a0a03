"""How each kind looks: one row per kind, the files beside this one being the columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import CardElement

from actions import quiz, training
from actions.action import Action
from actions.errors import NotFound
from actions.questions import Answers
from actions.viewing import View
from cards import checklist, exam, poll, survey
from cards.parts import Fit, Host
from cards.texts import Texts


class Rows(Protocol):
    """Gives the middle of a summary card: what there is to tap."""

    def __call__(self, view: View, texts: Texts, *, live: bool, fit: Fit) -> list[CardElement]:
        """Give the rows; `live` ones can be tapped, `fit` says how much there is room for."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a kind is called, whole phrases because languages join words differently.

    `about` says what it is for, in a few words.
    """

    name: str
    new: str
    change: str
    make: str
    about: str


def no_buttons(view: View, texts: Texts, host: Host) -> tuple[Button, ...]:
    """Give the buttons of a kind's own that most kinds have."""
    del view, texts, host
    return ()


def no_outcome(view: View, texts: Texts) -> str:
    """Give nothing, where there is no short word for what came of it."""
    del view, texts
    return ""


def responses(view: View, texts: Texts) -> str:
    """Give how many responded, of how many where that is known, as most kinds count."""
    count, people, expected = view.tallies.responded, view.tallies.people, view.expected
    counted = texts.many("{count} response", "{count} responses", count)
    if expected is None:
        return counted if count else texts("No responses yet")
    line = texts("{responded} of {expected} responded", responded=people, expected=expected)
    return line if count == people else f"{line} · {counted}"


@dataclass(frozen=True, slots=True)
class Look:
    """A kind's part of its cards.

    `answer` gives a response on one line; `fits` are how much a card may show, the most first;
    `buttons` are those that only this kind has while it is open, `counted` says how many responded
    or how far it is, `outcome` in a few words what came of it, for who sees the results.
    """

    name: str
    phrases: Phrases
    rows: Rows
    lines: Callable[[View, Texts], Iterable[str]]
    answer: Callable[[Action, Answers, Texts], str]
    fits: tuple[Fit, ...]
    buttons: Callable[[View, Texts, Host], Iterable[Button]] = no_buttons
    counted: Callable[[View, Texts], str] = responses
    outcome: Callable[[View, Texts], str] = no_outcome


LOOKS: tuple[Look, ...] = (
    Look(
        name=poll.NAME,
        phrases=Phrases(
            "Poll",
            "New poll",
            "Change poll",
            "Make a poll",
            "One question, answered with one tap",
        ),
        rows=poll.rows,
        lines=poll.lines,
        answer=poll.answer,
        fits=poll.FITS,
        buttons=poll.buttons,
        outcome=poll.outcome,
    ),
    Look(
        name=survey.NAME,
        phrases=Phrases(
            "Survey",
            "New survey",
            "Change survey",
            "Make a survey",
            "Several questions, answered page by page",
        ),
        rows=survey.rows,
        lines=survey.lines,
        answer=survey.answer,
        fits=survey.FITS,
    ),
    Look(
        name=quiz.NAME,
        phrases=Phrases(
            "Quiz",
            "New quiz",
            "Change quiz",
            "Make a quiz",
            "Questions with right answers, and a result for everyone",
        ),
        rows=exam.rows,
        lines=exam.lines,
        answer=exam.answer,
        fits=survey.FITS,
        outcome=exam.outcome,
    ),
    Look(
        name=training.NAME,
        phrases=Phrases(
            "Training",
            "New training",
            "Change training",
            "Make a training",
            "Lessons and questions, up to a certificate",
        ),
        rows=exam.rows,
        lines=exam.lines,
        answer=exam.answer,
        fits=survey.FITS,
        outcome=exam.outcome,
    ),
    Look(
        name=checklist.NAME,
        phrases=Phrases(
            "Checklist",
            "New checklist",
            "Change checklist",
            "Make a checklist",
            "Items that people tick off, together or each their own",
        ),
        rows=checklist.rows,
        lines=checklist.lines,
        answer=checklist.answer,
        fits=checklist.FITS,
        counted=checklist.counted,
    ),
)
"""Every kind's look."""


def name_of(kind: str, texts: Texts) -> str:
    """Give a kind's name as a card's first word."""
    return texts(look(kind).phrases.name)


def look(name: str) -> Look:
    """Give the look of the kind of that name. Raises NotFound."""
    for candidate in LOOKS:
        if candidate.name == name:
            return candidate
    raise NotFound("no_such_kind")

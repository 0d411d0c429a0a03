"""How a survey looks in the chat: how long it takes, and what was answered most."""

from collections.abc import Iterator
from math import ceil

from microsoft_teams.cards.core import CardElement, Container, TextBlock

from actions.action import Action
from actions.content import Content
from actions.kinds import kind
from actions.questions import Answers, Question
from actions.viewing import Shown, View
from cards.markdown import cut, plain
from cards.parts import Fit, directed, note
from cards.questions import answer_text, question_look
from cards.texts import Texts

NAME = "survey"

LONGEST_ANSWER, LONGEST_PART = 160, 60
"""Characters of a response on one line, and of one answer in it."""

MOST_PARTS = 4
"""How many answers a response on one line names."""

SECONDS, MORE_SECONDS, READ = 10, 5, 20
"""How long a question takes, each further field of it, and characters read in a second.

Pew Research Center measured about ten seconds for an ordinary question on the web, less for one
item of several: https://www.pewresearch.org/decoded/2022/12/08/, "How we keep our online surveys
from running too long".
"""

FITS = (
    Fit(300, bars=True),
    Fit(120, bars=True),
    Fit(60, bars=True),
    Fit(60, bars=True, refreshed=20),
    Fit(30, bars=True, refreshed=0),
)
"""How much a card shows, the first that makes it fit."""


def rows(view: View, texts: Texts, *, live: bool, fit: Fit) -> list[CardElement]:
    """Give how long it is, and the results in a few words where they may be seen."""
    del live
    content = view.action.content
    if view.shown is not Shown.YES or not view.tallies.responded:
        return [note(_length(content, texts))]
    watched = (content.question(name) for name in kind(view.action.kind).watched(content))
    shown = [row for q in watched if q is not None for row in _headline(q, view, texts, fit)]
    return [note(_length(content, texts)), *shown]


def lines(view: View, texts: Texts) -> Iterator[str]:
    """Give what stands below: whether the viewer responded."""
    if view.took_part:
        yield texts("✔ You responded.")


def answer(action: Action, answers: Answers, texts: Texts) -> str:
    """Give the first answers of a response, on one line."""
    given = (answer_text(q, answers.get(q.id), texts) for q in action.content.questions)
    said = [cut(" ".join(words.split()), LONGEST_PART) for words in given if words]
    more = ["…"] if len(said) > MOST_PARTS else []
    return plain(" · ".join(said[:MOST_PARTS] + more), LONGEST_ANSWER) or texts("nothing")


def minutes(content: Content) -> int:
    """Give about how many minutes it takes to answer, at least one."""
    words = sum(len(q.text) + len(q.about.help) for q in content.questions)
    # What asks nothing is there to be read.
    words += sum(q.length for q in content.questions if not q.parts)
    fields = sum(max(len(q.parts) - 1, 0) for q in content.questions)
    seconds = SECONDS * len(content.questions) + MORE_SECONDS * fields + words / READ
    return ceil(seconds / 60)


def _length(content: Content, texts: Texts) -> str:
    count = texts.many("{count} question", "{count} questions", len(content.questions))
    return texts("{questions} · about {minutes} min", questions=count, minutes=minutes(content))


def _headline(question: Question, view: View, texts: Texts, fit: Fit) -> list[CardElement]:
    tallied = view.tallies.of(question.id)
    name = TextBlock(text=plain(question.text, fit.longest), weight="Bolder", wrap=True)
    words = question_look(question).headline(question, tallied, texts)
    said = TextBlock(text=words, wrap=True, spacing="None")
    return directed(question.text, [Container(items=[name, said], spacing="Small")])

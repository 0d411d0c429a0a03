"""The builder's preview of the whole form that answers: to look at, nothing typed is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.action import Draft
from actions.content import Content
from actions.drafted import questions_of
from actions.paging import Page, spread
from actions.questions import Question
from cards.asking import Asking
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import Host, buttons, card, fitting, label, note, opens
from cards.questions import question_fields
from cards.rules import rule_words
from dialogs.create_survey import builds
from dialogs.screen import Screen, Setting

LENGTHS = (1_000, 500, 250, 100, 50, 20)
"""To how many characters texts are cut, the first that makes a page fit its card."""


def try_screen(draft: Draft, number: int, setting: Setting) -> Screen:
    """Give one page of the form, the first where there is none of that number, from 0."""
    questions = questions_of(draft.values, {})
    pages = spread(Content("", questions))
    shown = number if 0 <= number < len(pages) else 0
    cards = (_page(draft, pages, shown, questions, setting, longest) for longest in LENGTHS)
    return Screen(setting.texts("Preview of the form"), fitting(cards), stays=True)


def _page(
    draft: Draft,
    pages: Sequence[Page],
    shown: int,
    questions: Sequence[Question],
    setting: Setting,
    longest: int,
) -> AdaptiveCard:
    texts = setting.texts
    where = texts("Page {number} of {total}", number=shown + 1, total=len(pages))
    body: list[CardElement] = [
        *([label(texts("Preview of the form"))] if setting.host is Host.IN_PLACE else []),
        note(f"{where} · {texts('What you enter here is not kept.')}"),
    ]
    for question in pages[shown]:
        body += _question(question, questions, setting, longest)
    return card(texts, [*body, *buttons(_buttons(draft, len(pages), shown, setting))])


def _question(
    question: Question, questions: Sequence[Question], setting: Setting, longest: int
) -> Iterator[CardElement]:
    texts, rule = setting.texts, question.about.shown_if
    number = [one.id for one in questions].index(question.id) + 1
    yield from question_fields(question, number, Asking(texts, label="", longest=longest))
    if rule is not None:
        yield note(plain(rule_words(rule, questions, texts)))


def _buttons(draft: Draft, count: int, shown: int, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, builds(draft, "build.try")

    def to(page: int) -> Envelope:
        return replace(here, hidden=(*here.hidden, ("page", str(page))))

    if shown + 1 < count:
        yield opens(host, to(shown + 1), texts("Next"))
    if shown:
        yield opens(host, to(shown - 1), texts("Back"))
    yield opens(host, builds(draft, "build.list"), texts("Back to the list"))

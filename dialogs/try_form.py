"""The builder's preview of the whole form that answers: to look at, nothing typed is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.action import Draft
from actions.content import Content
from actions.keys import Key
from actions.kinds import builder
from actions.paging import Page, spread
from actions.questions import Question
from cards.asking import Asking
from cards.envelope import Envelope
from cards.keyed import right_words
from cards.markdown import plain
from cards.parts import Host, buttons, card, fitting, label, note, opens
from cards.questions import question_fields
from cards.rules import rule_words
from cards.texts import Texts
from dialogs.question_list import builds
from dialogs.screen import Screen, Setting

LENGTHS = (1_000, 500, 250, 100, 50, 20)
"""To how many characters texts are cut, the first that makes a page fit its card."""


LONGEST_RIGHT = 300
"""Characters of what is right."""


def try_screen(draft: Draft, number: int, setting: Setting) -> Screen:
    """Give one page of the form, the first where there is none of that number, from 0.

    What is marked is asked one question at a time; its creator sees what is right as well.
    """
    offer = builder(draft.kind)
    content = offer.read(draft.values, {})
    single = tuple((question,) for question in content.questions)
    pages = single if offer.marks else spread(content)
    shown = number if 0 <= number < len(pages) else 0
    cards = (_page(draft, pages, shown, content, setting, longest) for longest in LENGTHS)
    return Screen(setting.texts("Preview of the form"), fitting(cards), stays=True)


def _page(
    draft: Draft,
    pages: Sequence[Page],
    shown: int,
    content: Content,
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
        body += _question(question, content, setting, longest)
    return card(texts, [*body, *buttons(_buttons(draft, len(pages), shown, setting))])


def _question(
    question: Question, content: Content, setting: Setting, longest: int
) -> Iterator[CardElement]:
    texts, rule, key = setting.texts, question.about.shown_if, content.keys.get(question.id)
    number = [one.id for one in content.questions].index(question.id) + 1
    yield from question_fields(question, number, Asking(texts, label="", longest=longest))
    if rule is not None:
        yield note(plain(rule_words(rule, content.questions, texts)))
    if key is not None:
        yield note(_key(question, key, texts))


def _key(question: Question, key: Key, texts: Texts) -> str:
    right = right_words(question, key, texts)
    points = texts.many("{count} point", "{count} points", key.points)
    said = texts("Right: {answer}", answer=plain(right, LONGEST_RIGHT))
    return f"{said} · {points}"


def _buttons(draft: Draft, count: int, shown: int, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, builds(draft, "build.try")

    def to(page: int) -> Envelope:
        return replace(here, hidden=(*here.hidden, ("page", str(page))))

    if shown + 1 < count:
        yield opens(host, to(shown + 1), texts("Next"))
    if shown:
        yield opens(host, to(shown - 1), texts("Back"))
    yield opens(host, builds(draft, "build.list"), texts("Back to the list"))

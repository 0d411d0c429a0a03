"""Which questions someone is asked, and how they are spread over cards."""

from collections.abc import Iterator
from typing import TypeAlias

from actions.content import Content
from actions.questions import Answers, Question

ROOM = 8_000
"""Characters of questions and answers on one card.

A card holds 20,000 characters of JSON (product.md §2). Each of ours may take two of them when it
is escaped, and the fields themselves take some.
"""

FRAME = 160
"""Characters that go with each question: its element, and a line that says what is wrong."""

Page: TypeAlias = tuple[Question, ...]


def asked(content: Content, answers: Answers) -> Iterator[Question]:
    """Give the questions that are shown, given these answers, in their order.

    A question that is hidden counts as not answered for the rules of later ones. An answer may be
    put into `answers` as late as its question was given: rules are about earlier ones.
    """
    shown: dict[str, Question] = {}
    for question in content.questions:
        rule = question.about.shown_if
        if rule is not None:
            earlier = shown.get(rule.question)
            if earlier is None or rule.question not in answers:
                continue
            if not earlier.meets(rule.operator, rule.value, answers[rule.question]):
                continue
        shown[question.id] = question
        yield question


def pages(content: Content, answers: Answers) -> tuple[Page, ...]:
    """Give the cards of the form that have something to ask, given these answers."""
    shown = {question.id for question in asked(content, answers)}
    cards = (tuple(q for q in card if q.id in shown) for card in spread(content))
    return tuple(card for card in cards if card)


def spread(content: Content) -> tuple[Page, ...]:
    """Spread all questions over cards: by the creator's page breaks, and none too full.

    A question that depends on another one of the same card starts the next card, since it is the
    server that knows whether it is shown. Hidden questions keep their places: a page that someone
    comes back to, with another answer, is still the same page.
    """
    found: list[list[Question]] = []
    room = 0
    for question in content.questions:
        breaks = not found or question.about.starts_page or _depends(question, found[-1])
        if breaks or _weight(question) > room:
            found.append([])
            room = ROOM
        found[-1].append(question)
        room -= _weight(question)
    return tuple(tuple(page) for page in found)


def page_at(all_pages: tuple[Page, ...], question_id: str) -> int:
    """Give the number, from 0, of the card that shows a question, the first one if none does."""
    for number, page in enumerate(all_pages):
        if any(question.id == question_id for question in page):
            return number
    return 0


def _depends(question: Question, page: list[Question]) -> bool:
    rule = question.about.shown_if
    return rule is not None and any(one.id == rule.question for one in page)


def _weight(question: Question) -> int:
    about = question.about
    words = len(question.text) + len(about.help) + len(about.image) + len(about.image_alt)
    return FRAME + words + question.length

"""Everything that was answered, to look through before it is handed in."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, Container, TextBlock

from actions.paging import asked
from actions.questions import Question
from actions.sheet import REVIEW, Filling
from cards.kinds import name_of
from cards.markdown import plain
from cards.parts import buttons, card, directed, fitting, label, note, opens, warning
from cards.questions import answer_text
from cards.sentences import sentence
from cards.texts import Texts
from dialogs.fill import discards, page_screen, to, told, top
from dialogs.screen import Screen, Setting

PER_PAGE = 12
"""How many answers one card of the review shows."""

LENGTHS = (300, 150, 80, 40)
"""To how many characters questions and answers are cut."""

NAMED = 5
"""How many questions whose answers are dropped are named."""


def fill_screen(filling: Filling, setting: Setting, *, returns: bool = False) -> Screen:
    """Give what a form is at: the review, or a page, which may lead back to the review."""
    if filling.at == REVIEW:
        return review_screen(filling, setting)
    return page_screen(filling, setting, returns=returns)


def review_screen(filling: Filling, setting: Setting, start: str = "") -> Screen:
    """Give the answers from the question `start` on; a tap on one leads to its page."""
    questions = list(asked(filling.action.content, filling.read.answers))
    ids = [question.id for question in questions]
    first = ids.index(start) // PER_PAGE * PER_PAGE if start in ids else 0
    shown = (_review(filling, setting, questions, first, longest) for longest in LENGTHS)
    return Screen(name_of(filling.action.kind, setting.texts), fitting(shown), stays=True)


def _review(
    filling: Filling, setting: Setting, questions: list[Question], first: int, longest: int
) -> AdaptiveCard:
    texts = setting.texts
    body = [
        *top(filling.action, texts, is_open=True, longest=longest * 2),
        label(texts("Review")),
        *told(filling, setting),
        note(texts("Tap an answer to change it. Nothing counts before you hand it in.")),
        *_dropped(filling, texts),
        *_range(questions, first, texts),
        *(
            row
            for number, question in enumerate(questions[first : first + PER_PAGE], first + 1)
            for row in _row(question, number, filling, setting, longest)
        ),
        *buttons(_pages(filling, setting, questions, first)),
        *buttons(_buttons(filling, setting)),
        *buttons(discards(filling, setting)),
    ]
    return card(texts, body)


def _range(questions: list[Question], first: int, texts: Texts) -> Iterator[CardElement]:
    if len(questions) > PER_PAGE:
        place = {"first": first + 1, "last": min(first + PER_PAGE, len(questions))}
        yield note(texts("Questions {first}–{last} of {total}", **place, total=len(questions)))


def _row(
    question: Question, number: int, filling: Filling, setting: Setting, longest: int
) -> list[CardElement]:
    title = setting.texts("Change answer {number}", number=number)
    name = plain(f"{number}. {question.text}", longest)
    row = Container(
        style="emphasis",
        rounded_corners=True,
        spacing="Small",
        select_action=opens(setting.host, to(filling, "fill.page", question.id), title),
        items=[
            TextBlock(text=name, weight="Bolder", wrap=True),
            _answer(question, filling, setting.texts, longest),
        ],
    )
    return directed(question.text, [row])


def _answer(question: Question, filling: Filling, texts: Texts, longest: int) -> CardElement:
    problems = filling.problems_of([question.id])
    if problems:
        words = sentence(texts, next(iter(problems.values())))
        return TextBlock(text=f"⚠ {words}", color="Attention", wrap=True, spacing="None")
    words = plain(answer_text(question, filling.read.answers.get(question.id), texts), longest)
    if words:
        return TextBlock(text=words, wrap=True, spacing="None")
    return TextBlock(text=texts("Not answered"), is_subtle=True, wrap=True, spacing="None")


def _dropped(filling: Filling, texts: Texts) -> Iterator[CardElement]:
    dropped = filling.read.dropped
    if dropped:
        named = [f"“{plain(question.text, 60)}”" for question in dropped[:NAMED]]
        more = ["…"] if len(dropped) > NAMED else []
        text = texts.many(
            "{count} answer is left out, since its question is no longer asked: {names}",
            "{count} answers are left out, since their questions are no longer asked: {names}",
            len(dropped),
            names=", ".join(named + more),
        )
        yield warning(text)


def _pages(
    filling: Filling, setting: Setting, questions: list[Question], first: int
) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    if first:
        before = to(filling, "fill.review", questions[first - PER_PAGE].id)
        yield opens(host, before, texts("Previous"))
    if first + PER_PAGE < len(questions):
        after = to(filling, "fill.review", questions[first + PER_PAGE].id)
        yield opens(host, after, texts("More"))


def _buttons(filling: Filling, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    yield opens(host, to(filling, "fill.hand_in"), texts("Hand in"))
    yield opens(host, to(filling, "fill.back"), texts("Back"))
    yield opens(host, to(filling, "fill.later"), texts("Later"))

"""A whole response: somebody's, or one's own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock

from actions.looking import OneResponse, OwnResponses
from actions.paging import asked
from actions.questions import Answer, Question, words_of
from actions.responses import Response, number_of
from actions.viewing import View
from cards.envelope import Envelope
from cards.markdown import paragraphs, plain
from cards.parts import (
    LONGEST_CARD,
    buttons,
    card,
    directed,
    label,
    note,
    opens,
    room_of,
    size,
)
from cards.questions import answer_text
from cards.texts import Texts
from dialogs import close_up
from dialogs.close_up import LONGEST_QUESTION
from dialogs.place import Place
from dialogs.results import bottom, top
from dialogs.screen import Screen, Setting

LENGTHS = (16_000, 8_000, 4_000, 2_000, 1_000)
"""To how many characters an answer is cut that is too long even for a card of its own."""

TURNING = 1_500
"""Characters of the line and the buttons that turn the pages of a long response."""


Block: TypeAlias = Callable[[Question, int], CardElement]
"""Gives a question and its answer, texts cut to a length."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above and below the answers, and where the page that is shown is.

    `of_items`: they are items of a checklist.
    """

    above: Sequence[CardElement]
    below: Sequence[CardElement]
    verb: str
    place: Place
    of_items: bool = False


def response_screen(found: OneResponse, place: Place, setting: Setting) -> Screen:
    """Give somebody's response, with the ways to the ones before and after it."""
    view, response = found.view, found.response
    above = [*close_up.above(view, setting), *_who(view, response, setting)]
    below = list(ways_on(found, setting))
    return _screen(view, response, Frame(above, below, "response", place), setting)


def ways_on(found: OneResponse, setting: Setting) -> Iterator[CardElement]:
    """Give the buttons to the responses before and after somebody's, and back."""
    yield from buttons(_neighbours(found, setting))
    yield from buttons(_back(found.view, setting))


def own_screen(found: OwnResponses, place: Place, setting: Setting) -> Screen:
    """Give the viewer's own response; of several the one that `place` numbers, else the last."""
    view, count = found.view, len(found.responses)
    above, below = list(top(view, setting, "my_response")), list(bottom(view, setting))
    if not count:
        body = [*above, note(_none(view, setting.texts)), *below]
        return Screen(setting.texts("Results"), card(setting.texts, body))
    number = place.number if 0 < place.number <= count else count
    response = found.responses[number - 1]
    above += _which(view, response, number, count, setting)
    ways = (_own_neighbours(view, number, count, setting), _edit(view, response, setting))
    below = [*(row for way in ways for row in buttons(way)), *below]
    frame = Frame(above, below, "my_response", replace(place, number=number))
    return _screen(view, response, frame, setting)


def _screen(view: View, response: Response, frame: Frame, setting: Setting) -> Screen:
    answers = response.answers or {}
    questions = tuple(asked(view.action.content, answers))

    def block(question: Question, longest: int) -> CardElement:
        return _block(view, question, answers.get(question.id), setting, longest)

    return answers_screen(view, questions, block, frame, setting)


def answers_screen(
    view: View, questions: Sequence[Question], block_of: Block, frame: Frame, setting: Setting
) -> Screen:
    """Show the answers from the place on, or the last ones before it, as many as fit."""
    before = frame.place.before
    end = min(before, len(questions)) if before else len(questions)
    start = 0 if before else min(frame.place.first, max(len(questions) - 1, 0))
    room = LONGEST_CARD - size(card(setting.texts, [*frame.above, *frame.below])) - TURNING
    shown: list[CardElement] = []
    part = questions[start:end]
    for question in reversed(part) if before else part:
        # Only an answer that is too long for a card of its own is cut.
        lengths = LENGTHS[:1] if shown else LENGTHS
        block = _fitting(question, block_of, lengths, room)
        room -= room_of(block)
        if room < 0 and shown:
            break
        shown.append(block)
    if before:
        shown.reverse()
        start = end - len(shown)
    turning = _turning(view, frame, start, len(shown), len(questions), setting)
    body = [*frame.above, *shown, *turning, *frame.below]
    return Screen(setting.texts("Results"), card(setting.texts, body))


def titled(view: View, question: Question) -> list[CardElement]:
    """Give a question's number and text above an answer to it."""
    name = plain(f"{close_up.number_of(view, question)}. {question.text}", LONGEST_QUESTION)
    return directed(question.text, [TextBlock(text=name, weight="Bolder", wrap=True)])


def worded(
    question: Question, given: Answer | None, setting: Setting, longest: int
) -> list[CardElement]:
    """Give an answer, cut to a length."""
    text = _whole(question, given, setting.texts)
    answer = TextBlock(text=paragraphs(text, longest), wrap=True, spacing="Small")
    if given is None:
        answer = note(setting.texts("No answer"))
    return directed(text, [answer])


def _block(
    view: View, question: Question, given: Answer | None, setting: Setting, longest: int
) -> CardElement:
    items = [*titled(view, question), *worded(question, given, setting, longest)]
    return Container(items=items, spacing="Medium")


def _fitting(
    question: Question, block_of: Block, lengths: Sequence[int], room: int
) -> CardElement:
    """Give a question and its answer, cut to the first length that fits, else to the last."""
    for longest in lengths:
        block = block_of(question, longest)
        if room_of(block) <= room:
            break
    return block


def _whole(question: Question, given: Answer | None, texts: Texts) -> str:
    """Give an answer with nothing left out: words with their lines, a line for each part."""
    words, columns = words_of(question, given), question.columns()
    if given is None or (words and not any(question.buckets(given))):
        return words
    if len(columns) == 1:
        return answer_text(question, given, texts)
    parts = zip(columns, question.cells(given), strict=True)
    return "\n".join(f"{column.name} – {cell}" for column, cell in parts if cell)


def _turning(
    view: View, frame: Frame, first: int, count: int, total: int, setting: Setting
) -> Iterator[CardElement]:
    """Give where in a long response one is, and the buttons to the rest of it."""
    if count == total:
        return
    texts, here = setting.texts, Envelope(frame.verb, view.action.id)
    last = first + count
    span = {"first": first + 1, "last": last, "total": total}
    words = texts("Answers {first}–{last} of {total}", **span)
    yield note(texts("Items {first}–{last} of {total}", **span) if frame.of_items else words)
    turning: list[Action] = []
    if first:
        before = replace(frame.place, first=0, before=first).encode()
        title = texts("Previous page")
        turning.append(opens(setting.host, here.with_verb(frame.verb, before), title))
    if last < total:
        after = replace(frame.place, first=last, before=0).encode()
        turning.append(opens(setting.host, here.with_verb(frame.verb, after), texts("Next page")))
    yield from buttons(turning)


def _who(view: View, response: Response, setting: Setting) -> Iterator[CardElement]:
    texts, person = setting.texts, response.person
    yield label(plain(person.name, 100) or texts("Someone without a name"))
    number = number_of(response.slot, person.key)
    yield note(" · ".join(_when(view, response, number if number > 1 else 0, texts)))


def _when(view: View, response: Response, number: int, texts: Texts) -> Iterator[str]:
    if number:
        yield texts("Response {number}", number=number)
    if response.at is not None:
        yield texts.moment(response.at, view.action.time_zone)


def _which(
    view: View, response: Response, number: int, count: int, setting: Setting
) -> Iterator[CardElement]:
    line = " · ".join(_when(view, response, number if count > 1 else 0, setting.texts))
    if line:
        yield note(line)


def _neighbours(found: OneResponse, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("", found.view.action.id)
    if found.newer:
        newer = here.with_verb("response", Place(slot=found.newer).encode())
        yield opens(host, newer, texts("Previous response"))
    if found.older:
        older = here.with_verb("response", Place(slot=found.older).encode())
        yield opens(host, older, texts("Next response"))


def _back(view: View, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    yield opens(host, here.with_verb("responded"), texts("Everyone"))
    yield opens(host, here.with_verb("results"), texts("All results"))


def _own_neighbours(view: View, number: int, count: int, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    if number > 1:
        before = here.with_verb("my_response", Place(number=number - 1).encode())
        yield opens(host, before, texts("Previous response"))
    if number < count:
        after = here.with_verb("my_response", Place(number=number + 1).encode())
        yield opens(host, after, texts("Next response"))


def _edit(view: View, response: Response, setting: Setting) -> Iterator[Action]:
    if view.is_open and view.action.settings.may_change:
        which = number_of(response.slot, response.person.key)
        edit = Envelope("fill.open", view.action.id, str(which))
        yield opens(setting.host, edit, setting.texts("Edit my response"))


def _none(view: View, texts: Texts) -> str:
    if view.took_part:
        return texts("You responded; which answer is yours is no longer known to anyone.")
    return texts("You have not responded.")

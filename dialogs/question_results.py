"""Results question by question: some on a page, or one in full."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, Container, TextBlock

from actions.looking import Results
from actions.marks import difficulty
from actions.policy import sees_marked
from actions.questions import Question, takes_words
from actions.viewing import Shown, View, sees_answers
from cards.asking import Showing
from cards.envelope import Envelope
from cards.markdown import cut, paragraphs
from cards.marks import marked_result
from cards.parts import LONGEST_LABEL, buttons, card, directed, fitting, note, opens
from cards.questions import question_result
from dialogs.close_up import above, back_to_results, number_of, questions_verb
from dialogs.place import Place
from dialogs.results import HIDDEN, bottom, top
from dialogs.screen import Screen, Setting


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of a result is shown: texts cut to `longest` characters; bars that `drill`."""

    longest: int
    drills: bool = True


SHAPES = (
    *(Shape(longest) for longest in (300, 120, 60)),
    *(Shape(longest, drills=False) for longest in (60, 30, 10)),
)
"""The first that makes a question's result fit is taken."""

FULL_SHAPES = (Shape(5_000), Shape(1_000), *SHAPES)
"""The same where one question has the card for itself."""


def results_screen(found: Results, setting: Setting) -> Screen:
    """Give a page of questions, as many as fit, each with its result."""
    counts = range(len(found.questions), 1, -1)
    many = (_page(found, setting, count, SHAPES[0]) for count in counts)
    one = (_page(found, setting, 1, shape) for shape in SHAPES)
    return Screen(setting.texts("Results"), fitting(chain(many, one)))


def question_screen(found: Results, place: Place, setting: Setting) -> Screen:
    """Give one question's result in full, or the part of it that `place` names."""
    shown = (_question_card(found, place, setting, shape) for shape in FULL_SHAPES)
    return Screen(setting.texts("Results"), fitting(shown))


def _page(found: Results, setting: Setting, count: int, shape: Shape) -> AdaptiveCard:
    """Show the first `count` questions, or, where one came from the next page, the last."""
    view, texts = found.view, setting.texts
    skipped = max(len(found.questions) - count, 0) if found.backwards else 0
    questions = found.questions[skipped : skipped + count]
    first = found.first + skipped
    reason = [] if view.shown is Shown.YES else [note(texts(HIDDEN[view.shown]))]
    body = [
        *top(view, setting, questions_verb(view)),
        *(reason or _which(view, first, len(questions), setting)),
        *chain(*(_block(found, question, setting, shape) for question in questions)),
        *buttons(_pages(view, first, len(questions), setting)),
        *bottom(view, setting),
    ]
    return card(texts, body)


def _which(view: View, first: int, count: int, setting: Setting) -> Iterator[CardElement]:
    texts, total = setting.texts, len(view.action.content.answerable)
    if count == total:
        return
    if count == 1:
        yield note(texts("Question {number} of {total}", number=first + 1, total=total))
    else:
        last = first + count
        text = texts(
            "Questions {first}–{last} of {total}", first=first + 1, last=last, total=total
        )
        yield note(text)


def _pages(view: View, first: int, count: int, setting: Setting) -> Iterator[Action]:
    texts, verb = setting.texts, questions_verb(view)
    here = Envelope(verb, view.action.id)
    if first and count:
        before = here.with_verb(verb, Place(before=first).encode())
        yield opens(setting.host, before, texts("Previous page"))
    if 0 < first + count < len(view.action.content.answerable) and count:
        after = here.with_verb(verb, Place(first=first + count).encode())
        yield opens(setting.host, after, texts("Next page"))


def _block(
    found: Results, question: Question, setting: Setting, shape: Shape
) -> Iterator[CardElement]:
    view, number = found.view, number_of(found.view, question)
    yield from _result(found, question, setting, shape)
    title = setting.texts("Question {number} in full", number=number)
    whole = _opens_question(view, number - 1, setting, title)
    has_bars = bool(view.tallies.of(question.id).counts)
    yield from buttons([*([whole] if has_bars else []), *_texts_button(view, question, setting)])


def _result(
    found: Results, question: Question, setting: Setting, shape: Shape, part: str = ""
) -> Iterator[CardElement]:
    view, texts = found.view, setting.texts
    tallied, number = view.tallies.of(question.id), number_of(view, question)
    showing = _showing(view, question, setting, shape, part)
    if key := found.keys.get(question.id):
        how = difficulty(view.tallies, question.id)
        yield from marked_result(question, number, how, key, tallied, showing)
    else:
        yield from question_result(question, number, tallied, showing)
    said = found.texts.get(question.id, ())
    if said:
        is_ordered = not view.action.settings.anonymous
        yield note(texts("The newest:") if is_ordered else texts("Some of them:"))
        yield from _quotes(said, shape.longest)


def _showing(view: View, question: Question, setting: Setting, shape: Shape, part: str) -> Showing:
    longest = min(shape.longest, LONGEST_LABEL)

    def leads(verb: str, place: Place, title: str) -> Action:
        here = Envelope(verb, view.action.id, place.encode())
        return opens(setting.host, here, cut(" ".join(title.split()), longest))

    def drill(bucket: str, title: str) -> Action | None:
        if not (shape.drills and sees_answers(view)):
            return None
        return leads("drill", Place(question=question.id, bucket=bucket), title)

    def zoom(part: str, title: str) -> Action:
        return leads("question", Place(question=question.id, part=part), title)

    texts, is_final = setting.texts, not view.is_open
    return Showing(texts, shape.longest, drill, zoom, part, is_final=is_final)


def _quotes(said: Sequence[str], longest: int) -> Iterator[CardElement]:
    for text in said:
        block = TextBlock(text=paragraphs(text, longest), wrap=True)
        quote = Container(style="emphasis", rounded_corners=True, spacing="Small", items=[block])
        yield from directed(text, [quote])


def _texts_button(view: View, question: Question, setting: Setting) -> Iterator[Action]:
    is_seen = sees_marked(view.action, view.viewer)
    if is_seen and takes_words(question) and view.tallies.of(question.id).answered:
        place = Place(question=question.id).encode()
        title = setting.texts("All texts of question {number}", number=number_of(view, question))
        yield opens(setting.host, Envelope("texts", view.action.id, place), title)


def _question_card(found: Results, place: Place, setting: Setting, shape: Shape) -> AdaptiveCard:
    (question,) = found.questions
    body = [
        *above(found.view, setting),
        *_result(found, question, setting, shape, place.part),
        *buttons(_texts_button(found.view, question, setting)),
        *buttons(_neighbours(found, setting)),
        *buttons(_back(found, place, setting)),
    ]
    return card(setting.texts, body)


def _neighbours(found: Results, setting: Setting) -> Iterator[Action]:
    index = found.first
    if index:
        yield _opens_question(found.view, index - 1, setting, setting.texts("Previous question"))
    if index + 1 < len(found.view.action.content.answerable):
        yield _opens_question(found.view, index + 1, setting, setting.texts("Next question"))


def _back(found: Results, place: Place, setting: Setting) -> Iterator[Action]:
    if place.part:
        title = setting.texts("The whole question")
        yield _opens_question(found.view, found.first, setting, title)
    yield back_to_results(found.view, found.first + 1, setting)


def _opens_question(view: View, index: int, setting: Setting, title: str) -> Action:
    place = Place(question=view.action.content.answerable[index].id).encode()
    return opens(setting.host, Envelope("question", view.action.id, place), title)

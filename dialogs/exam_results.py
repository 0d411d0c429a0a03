"""The results of a quiz or training as a whole: who is through, how they did, what was hard."""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards.core import CardElement

from actions.marks import Difficulty, Figures, Overview
from actions.people import Person
from actions.questions import Question
from actions.remarking import Remarked
from actions.viewing import Shown, View
from cards.asking import Showing, facts, figures_row
from cards.envelope import Envelope
from cards.histogram import histogram
from cards.markdown import cut, plain
from cards.parts import LONGEST_LABEL, card, label, note, opens, said
from cards.score import share
from cards.texts import Texts
from dialogs.close_up import number_of
from dialogs.place import Place
from dialogs.results import HIDDEN, LONGEST_NAME, bottom, top
from dialogs.screen import Screen, Setting

LONGEST_TEXT = 100
"""Characters of a question in its row."""

LONGEST_DESCRIPTION = 1_000

MOST_NAMED = 20
"""How many people a correction names that it made pass, or fail."""


def overview_screen(found: Overview, setting: Setting) -> Screen:
    """Give the figures of everyone, and the hardest questions where those may be seen."""
    view, texts = found.view, setting.texts
    body = [
        *top(view, setting, "results"),
        *said(view.action.content.description, LONGEST_DESCRIPTION),
        *_taken(found.figures, texts),
        *_scores(view, found.figures, texts),
        *_hardest(found, setting),
        *bottom(view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def remarked_words(remarked: Remarked, texts: Texts) -> Iterator[str]:
    """Give what a correction moved, sentence by sentence, as a card's text."""
    if remarked.changed:
        yield texts.many(
            "{count} score has changed.", "{count} scores have changed.", remarked.changed
        )
    if remarked.passed:
        yield texts("Now passed: {names}.", names=_names(remarked.passed, texts))
    if remarked.failed:
        yield texts("No longer passed: {names}.", names=_names(remarked.failed, texts))


def _taken(known: Figures, texts: Texts) -> Iterator[CardElement]:
    counts = [(texts("finished"), texts.number(known.finished))]
    counts.append((texts("in progress"), texts.number(known.under_way)))
    if known.waiting is not None:
        counts.append((texts("not started"), texts.number(known.waiting)))
    yield facts(counts)


def _scores(view: View, known: Figures, texts: Texts) -> Iterator[CardElement]:
    if view.shown is not Shown.YES:
        yield note(texts(HIDDEN[view.shown]))
        return
    if known.average is None:
        yield from [note(texts("No scores yet"))] if view.action.content.keys else []
        return
    average = texts.decimal(known.average, 1)
    reached = [(texts("average score"), texts("{percent} %", percent=average))]
    if known.passed is not None:
        counted = {"count": texts.number(known.passed), "scored": texts.number(known.scored)}
        passed = texts("passed: {count} of {scored}", **counted)
        reached.append((passed, share(known.passed, known.scored, texts)))
    yield facts(reached)
    bins = [(_span(first, last, texts), count) for first, last, count in known.spread]
    yield label(texts("Scores"))
    yield histogram(texts("How many people reached how many percent"), bins, Showing(texts))


def _span(first: int, last: int, texts: Texts) -> str:
    bounds = {"first": texts.number(first), "last": texts.number(last)}
    return texts("{first}–{last} %", **bounds)


def _hardest(found: Overview, setting: Setting) -> Iterator[CardElement]:
    if found.hardest:
        yield label(setting.texts("Hardest questions"))
    for question, how in found.hardest:
        yield _hard(found.view, question, how, setting)


def _hard(view: View, question: Question, how: Difficulty, setting: Setting) -> CardElement:
    texts = setting.texts
    right = texts("{share} right", share=share(how.right, how.asked, texts))
    text = " ".join(question.text.split())
    place = Place(question=question.id).encode()
    tap = opens(
        setting.host, Envelope("question", view.action.id, place), cut(text, LONGEST_LABEL)
    )
    showing = Showing(texts, LONGEST_TEXT, lambda _bucket, _title: tap)
    name = f"{number_of(view, question)}. {text}"
    return figures_row(name, right, how.share, showing, question.id)


def _names(people: Sequence[Person], texts: Texts) -> str:
    unknown = texts("Someone without a name")
    names = [plain(person.name, LONGEST_NAME) or unknown for person in people[:MOST_NAMED]]
    if len(people) > MOST_NAMED:
        more = len(people) - MOST_NAMED
        names.append(texts.many("and {count} more", "and {count} more", more))
    return ", ".join(names)

"""Results across a series: posting by posting, and of all of them together."""

from collections.abc import Iterable, Iterator

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.kinds import kind
from actions.marks import difficulty
from actions.questions import Question
from actions.series import Series
from actions.series_results import QUESTIONS_PER_PAGE, Postings, Together, asked_in
from actions.ticks import State
from actions.viewing import Shown, View
from cards.asking import Showing, bar_row
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.marks import marked_result
from cards.parts import buttons, card, directed, fitting, heading, label, note, opens
from cards.questions import question_result
from cards.summary import responded_line
from dialogs.place import Place
from dialogs.results import HIDDEN
from dialogs.screen import Screen, Setting
from dialogs.series import LONGEST_TITLE, posting_row

LENGTHS = (300, 120, 60, 30, 10)
"""To how many characters texts are cut, the first that makes one question fit."""


def postings_screen(found: Postings, setting: Setting) -> Screen:
    """Give a page of what was posted, the newest first, each leading to its results."""
    texts = setting.texts
    body = [
        *_top(found.series, setting),
        *buttons([_opens_together(found.series, setting, 0, texts("All together"))]),
        label(texts("Each posting")),
        *(posting_row(view, setting) for view in found.views),
        *([] if found.views else [note(texts("Nothing was posted yet."))]),
        *buttons(_turns(found, setting)),
        *buttons([_back(found.series, setting)]),
    ]
    return Screen(texts("Results across the series"), card(texts, body), stays=True)


def together_screen(found: Together, setting: Setting) -> Screen:
    """Give the results of all postings as one, of a long form as many questions as fit."""
    pages = (_page(found, setting, results) for results in _candidates(found, setting))
    return Screen(setting.texts("Results across the series"), fitting(pages), stays=True)


def _page(found: Together, setting: Setting, results: Iterable[CardElement]) -> AdaptiveCard:
    texts, series = setting.texts, found.series
    each = Envelope("series.results", series.id)
    body = [
        *_top(series, setting),
        *buttons([opens(setting.host, each, texts("Each posting"))]),
        label(texts("All together")),
        *_coverage(found, setting),
        *results,
        *buttons([_back(series, setting)]),
    ]
    return card(texts, body)


def _candidates(found: Together, setting: Setting) -> Iterator[Iterable[CardElement]]:
    """Give the results in ever less room."""
    view, texts = found.view, setting.texts
    if view is None or view.shown is not Shown.YES:
        yield [] if view is None else [note(texts(HIDDEN[view.shown]))]
        return
    above = list(_standing(view, setting))
    if not kind(view.action.kind).has_pages:
        shape = look(view.action.kind)
        yield from ([*above, *shape.rows(view, texts, live=False, fit=f)] for f in shape.fits)
        return
    for count, longest in (*((n, LENGTHS[0]) for n in _counts(found)), *((1, n) for n in LENGTHS)):
        yield [*above, *_questions(found, view, setting, count, longest)]


def _counts(found: Together) -> Iterable[int]:
    return range(len(found.questions), 1, -1)


def _coverage(found: Together, setting: Setting) -> Iterator[CardElement]:
    """Say how many postings these are, and which are not among them, and why."""
    texts, counted = setting.texts, found.sum
    if found.view is None:
        yield note(texts("Nothing was posted yet."))
        return
    yield note(
        texts.many(
            "This adds up {count} posting.", "This adds up {count} postings.", counted.covered
        )
    )
    if counted.hidden:
        yield note(
            texts.many(
                "{count} anonymous one is left out: it has too few responses to stay anonymous.",
                "{count} anonymous ones are left out: they have too few responses to stay "
                "anonymous.",
                counted.hidden,
            )
        )
    if counted.partial:
        yield note(texts("Of a question that was changed, only those that ask it as now count."))


def _standing(view: View, setting: Setting) -> Iterator[CardElement]:
    """Give how many responses these are; of a list that all share a posting is one."""
    texts, kept = setting.texts, view.action.content.checklist
    if kept is None or kept.individual:
        pieces = [responded_line(view, texts), look(view.action.kind).outcome(view, texts)]
        yield note(" · ".join(piece for piece in pieces if piece))


def _questions(
    found: Together, view: View, setting: Setting, count: int, longest: int
) -> Iterator[CardElement]:
    showing = Showing(setting.texts, longest, is_final=True)
    for number, question in enumerate(found.questions[:count], found.first + 1):
        yield from _question(view, question, number, showing)
    yield from buttons(_pages(found, view, setting, count))


def _question(
    view: View, question: Question, number: int, showing: Showing
) -> Iterator[CardElement]:
    tallies = view.tallies
    if view.action.content.checklist is not None:
        done = tallies.count(question.id, State.DONE)
        share = done / tallies.people if tallies.people else 0.0
        yield bar_row(" ".join(question.text.split()), done, share, showing)
    elif key := view.action.content.keys.get(question.id):
        how, tallied = difficulty(tallies, question.id), tallies.of(question.id)
        yield from marked_result(question, number, how, key, tallied, showing)
    else:
        yield from question_result(question, number, tallies.of(question.id), showing)


def _pages(found: Together, view: View, setting: Setting, count: int) -> Iterator[Action]:
    texts, first = setting.texts, found.first
    if first:
        before = max(first - QUESTIONS_PER_PAGE, 0)
        yield _opens_together(found.series, setting, before, texts("Previous page"))
    if first + count < len(asked_in(view.action.content)):
        yield _opens_together(found.series, setting, first + count, texts("Next page"))


def _turns(found: Postings, setting: Setting) -> Iterator[Action]:
    texts, here = setting.texts, Envelope("series.results", found.series.id)
    if found.before:
        yield opens(setting.host, here, texts("From the start"))
    if found.following:
        after = Place(before=found.following).encode()
        yield opens(setting.host, here.with_verb("series.results", after), texts("More"))


def _top(series: Series, setting: Setting) -> Iterator[CardElement]:
    texts, title = setting.texts, series.template.content.title
    yield note(f"{name_of(series.template.kind, texts).upper()} · {texts('series')}")
    yield from directed(title, [heading(title, LONGEST_TITLE)])


def _opens_together(series: Series, setting: Setting, first: int, title: str) -> Action:
    here = Envelope("series.together", series.id, Place(first=first).encode())
    return opens(setting.host, here, title)


def _back(series: Series, setting: Setting) -> Action:
    return opens(setting.host, Envelope("series", series.id), setting.texts("Schedule"))

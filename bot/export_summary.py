"""The sheet of a workbook that sums an action up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.due import zone
from actions.entry import Cell
from actions.exporting import Report
from actions.marks import Figures, difficulty, figures
from actions.viewing import Shown
from cards.kinds import name_of
from cards.questions import question_look
from cards.summary import due_line
from cards.texts import Texts
from dialogs.export import withheld


@dataclass(frozen=True, slots=True)
class Line:
    """A name, a value, and where it counts people their share of those who answered, 0 to 1."""

    name: str
    value: Cell | float = None
    share: float | None = None
    is_heading: bool = False


def lines(report: Report, texts: Texts) -> Sequence[Line]:
    """Give all lines, a question's figures below its text; none where they may not be seen."""
    return [*_about(report, texts), *_people(report, texts), *_questions(report, texts)]


def _about(report: Report, texts: Texts) -> Iterator[Line]:
    view, action = report.view, report.view.action
    local = zone(action.time_zone)
    yield Line(action.content.title, is_heading=True)
    if action.content.description:
        yield Line(texts("Description"), action.content.description)
    yield Line(texts("Kind"), name_of(action.kind, texts))
    yield Line(texts("Status"), due_line(action, texts, is_open=view.is_open))
    yield Line(texts("Made by"), action.creator.name)
    yield Line(texts("Made on"), action.created_at.astimezone(local))
    ended = action.closed_at or (None if view.is_open else action.closes_at)
    if ended is not None:
        yield Line(texts("Closed on"), ended.astimezone(local))
    yield Line(texts("Exported on"), report.at.astimezone(local))
    yield Line(texts("Time zone"), action.time_zone or "UTC")


def _people(report: Report, texts: Texts) -> Iterator[Line]:
    view = report.view
    yield Line(texts("People who responded"), view.tallies.people)
    if view.expected is not None:
        yield Line(texts("People expected"), view.expected)
    if view.tallies.responded != view.tallies.people:
        yield Line(texts("Responses"), view.tallies.responded)
    if view.action.content.exam is not None:
        yield from _marks(figures(view), texts)
    if view.action.settings.anonymous:
        yield Line(texts("Anonymous"), texts("Names are not in this file, nor known to Muster."))
    if report.withheld:
        yield Line("", withheld(texts))


def _marks(known: Figures, texts: Texts) -> Iterator[Line]:
    yield Line(texts("In progress"), known.under_way)
    if known.average is not None:
        yield Line(texts("Average score in percent"), known.average)
    if known.passed is not None:
        yield Line(texts("Passed"), known.passed, known.passed / known.scored)


def _questions(report: Report, texts: Texts) -> Iterator[Line]:
    view = report.view
    if view.shown is not Shown.YES:
        return
    for question in view.action.content.answerable:
        tallied = view.tallies.of(question.id)
        yield Line("")
        yield Line(" ".join(question.text.split()), is_heading=True)
        if question.id in view.action.content.keys:
            how = difficulty(view.tallies, question.id)
            yield Line(texts("Asked"), how.asked)
            yield Line(texts("Right"), how.right, how.share)
        yield Line(texts("Answers"), tallied.answered)
        for figure in question_look(question).tabled(question, tallied, texts):
            yield Line(figure.name, figure.value, figure.share)

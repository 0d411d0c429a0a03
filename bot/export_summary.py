"""The sheet of a workbook that sums an action up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.checklist_results import PeopleFigures, by_person, people_figures
from actions.due import zone
from actions.entry import Cell
from actions.exporting import Report
from actions.marks import Figures, difficulty, figures
from actions.rows import Row, progress, rows_in
from actions.ticks import State
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
    if not report.has_responses:
        yield from _items(rows_in(view), texts)
        return
    yield Line(texts("People who responded"), view.tallies.people)
    if view.expected is not None:
        yield Line(texts("People expected"), view.expected)
    if view.tallies.responded != view.tallies.people:
        yield Line(texts("Responses"), view.tallies.responded)
    if view.action.content.exam is not None:
        yield from _marks(figures(view), texts)
    if view.action.content.checklist is not None:
        yield from _lists(people_figures(view), texts)
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


def _items(rows: tuple[Row, ...], texts: Texts) -> Iterator[Line]:
    """Give how far the list is that all share, and who ticked how much of it."""
    reached = progress(rows)
    yield Line(texts("Items"), reached.count)
    yield Line(texts("Items done"), reached.done)
    yield Line(texts("Not done"), reached.not_done)
    yield Line(texts("Not applicable"), reached.not_applicable)
    if reached.waiting:
        yield Line(texts("To be checked"), reached.waiting)
    yield Line(texts("Items open"), reached.open)
    yield Line(texts("Overdue"), sum(row.is_overdue for row in rows))
    yield Line("")
    yield Line(texts("Who ticked how many"), is_heading=True)
    for person, count in by_person(rows):
        yield Line(person.name, count)


def _lists(known: PeopleFigures, texts: Texts) -> Iterator[Line]:
    yield Line(texts("Finished"), known.finished)
    yield Line(texts("In progress"), known.under_way)
    if known.waiting is not None:
        yield Line(texts("Not started"), known.waiting)


def _done(report: Report, texts: Texts) -> Iterator[Line]:
    """Give of each item of everybody's own lists how many of those who have begun did it."""
    view = report.view
    yield Line("")
    yield Line(texts("How many did each item"), is_heading=True)
    for item in view.action.content.questions:
        done, people = view.tallies.count(item.id, State.DONE), view.tallies.people
        yield Line(" ".join(item.text.split()), done, done / people if people else None)


def _questions(report: Report, texts: Texts) -> Iterator[Line]:
    view = report.view
    if view.shown is not Shown.YES:
        return
    if view.action.content.checklist is not None and report.has_responses:
        yield from _done(report, texts)
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

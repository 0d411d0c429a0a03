"""An export as JSON: one object, whose lists are written one by one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import orjson

from actions.attempts import Attempt, Attempts, attempts_in
from actions.content import Content
from actions.exporting import Report, points_at
from actions.exporting_ticks import ticks_by_item
from actions.lesson import Lesson
from actions.marking import shown
from actions.questions import Question
from actions.responses import Response
from actions.tables import Row, Sheet

VERSION: Final = 1
"""Raised when what is there gets another meaning; more of it may come without."""


class JsonFile:
    """A file that is written response by response."""

    def __init__(self, path: Path, report: Report) -> None:
        """Begin the file with what is known of the action and its questions."""
        self._table = report.table
        head = _dumped({"muster_export": VERSION, **_about(report)})
        self._file = path.open("wb")
        self._file.write(head.removesuffix(b"}"))
        self._codes: tuple[str, ...] = ()
        self._separator = self._end = b""
        if report.has_responses:
            self._begin("responses")

    def add(self, responses: Sequence[Response]) -> None:
        """Write responses."""
        self._write(self._object(response) for response in responses)

    def begin(self, sheet: Sheet) -> None:
        """Begin a further list, of objects by the codes of their columns."""
        self._codes = sheet.codes
        self._begin(sheet.code)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Write rows of the list that was begun last; what is empty is not there."""
        named = (zip(self._codes, row, strict=True) for row in rows)
        self._write({code: cell for code, cell in row if cell is not None} for row in named)

    def close(self) -> None:
        """End the file."""
        self._file.write(self._end + b"}\n")
        self._file.close()

    def _begin(self, name: str) -> None:
        self._file.write(self._end + b',"' + name.encode() + b'":[')
        self._separator, self._end = b"\n", b"\n]"

    def _write(self, objects: Iterable[dict[str, Any]]) -> None:
        for one in objects:
            self._file.write(self._separator + _dumped(one))
            self._separator = b",\n"

    def _object(self, response: Response) -> dict[str, Any]:
        """A question's answer is its cell, of several columns an object by their names."""
        about, answers = iter(self._table.about), dict[str, Any]()
        written: dict[str, Any] = {}
        points: dict[str, Any] = {}
        for field, cell in zip(self._table.fields, self._table.row(response), strict=True):
            if not field.question:
                written[next(about)] = cell
            elif field.is_points:
                points[field.question] = cell
            elif cell is not None and field.part:
                answers.setdefault(field.question, {})[field.part] = cell
            elif cell is not None:
                answers[field.question] = cell
        if self._table.action.content.checklist is not None:
            return {**written, "items": ticks_by_item(response)}
        attempts = attempts_in(response.answers)
        if not attempts:
            return {**written, "answers": answers}
        content = self._table.action.content
        told = [_attempt(content, attempts, number) for number in range(len(attempts.attempts))]
        return {**written, "answers": answers, "points": points, "attempts": told}


def _about(report: Report) -> dict[str, Any]:
    view, action = report.view, report.view.action
    return {
        "exported_at": report.at,
        "action": {
            "id": action.id,
            "kind": action.kind,
            "title": action.content.title,
            "description": action.content.description,
            "status": "active" if view.is_open else "closed",
            "anonymous": action.settings.anonymous,
            "creator": action.creator.name,
            "time_zone": action.time_zone,
            "created_at": action.created_at,
            "closes_at": action.closes_at,
            "closed_at": action.closed_at,
            "expected": view.expected,
            "people": view.tallies.people,
            "responded": view.tallies.responded,
            "responses_withheld": report.withheld,
        },
        "questions": [
            {
                "id": question.id,
                "type": question.type,
                "text": question.text,
                "columns": [{"name": c.name, "type": c.type} for c in question.columns()],
            }
            for question in _asked(report)
        ],
    }


def _asked(report: Report) -> Sequence[Question]:
    """Give the questions, or the items of which everybody has their own list."""
    content = report.view.action.content
    if content.checklist is not None and report.has_responses:
        return content.questions
    return content.answerable


def _attempt(content: Content, attempts: Attempts, place: int) -> dict[str, Any]:
    """Give one attempt; what it came to only once it has ended."""
    attempt, written = attempts.attempts[place], dict[str, Any]()
    if attempt.ended is not None:
        reached = attempt.score(content)
        passed = reached.passed(content.exam.pass_mark) if content.exam else None
        written = {"score": shown(reached.points), "of": reached.of, "percent": reached.shown()}
        written["passed"] = passed
    asked = [page for page in attempt.pages(content) if page.parts]
    cells = {q.id: q.cells(attempt.answers[q.id]) for q in asked if q.id in attempt.answers}
    return {
        "began": attempt.began,
        "ended": attempt.ended,
        "timed_out": attempt.timed_out,
        "counts": place == attempts.counting,
        "lapsed": place < attempts.lapsed,
        **written,
        "seconds": attempt.seconds,
        "asked": [question.id for question in asked],
        "answers": {name: cell for name, (cell, *_) in cells.items()},
        "points": {q.id: points_at(content, attempt, q) for q in asked if q.id in content.keys},
        "opened": _opened(content, attempt),
    }


def _opened(content: Content, attempt: Attempt) -> list[dict[str, str]]:
    """Give the links of lessons that were followed, as far as they are still there."""
    return [
        {"lesson": lesson.text, "link": link.name}
        for lesson in content.questions
        if isinstance(lesson, Lesson)
        for link in lesson.links
        if f"{lesson.id}.{link.id}" in attempt.opened
    ]


def _dumped(value: object) -> bytes:
    return orjson.dumps(value, default=_number, option=orjson.OPT_UTC_Z)


def _number(value: object) -> object:
    """A decimal goes out digit by digit: a float could not hold it."""
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError

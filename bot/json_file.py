"""An export as JSON: one object, whose list of responses is written one by one."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import orjson

from actions.exporting import ABOUT_RESPONSES, Report
from actions.responses import Response

VERSION: Final = 1
"""Raised when what is there gets another meaning; more of it may come without."""


class JsonFile:
    """A file that is written response by response."""

    def __init__(self, path: Path, report: Report) -> None:
        """Begin the file with what is known of the action and its questions."""
        self._table = report.table
        head = _dumped({"muster_export": VERSION, **_about(report)})
        self._file = path.open("wb")
        self._file.write(head.removesuffix(b"}") + b',"responses":[')
        self._separator = b"\n"

    def add(self, responses: Sequence[Response]) -> None:
        """Write responses."""
        for response in responses:
            self._file.write(self._separator + _dumped(self._object(response)))
            self._separator = b",\n"

    def close(self) -> None:
        """End the file."""
        self._file.write(b"\n]}\n")
        self._file.close()

    def _object(self, response: Response) -> dict[str, Any]:
        """A question's answer is its cell, of several columns an object by their names."""
        about, answers = iter(ABOUT_RESPONSES), dict[str, Any]()
        written: dict[str, Any] = {}
        for field, cell in zip(self._table.fields, self._table.row(response), strict=True):
            if not field.question:
                written[next(about)] = cell
            elif cell is not None and field.part:
                answers.setdefault(field.question, {})[field.part] = cell
            elif cell is not None:
                answers[field.question] = cell
        return {**written, "answers": answers}


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
            for question in action.content.questions
        ],
    }


def _dumped(value: object) -> bytes:
    return orjson.dumps(value, default=_number, option=orjson.OPT_UTC_Z)


def _number(value: object) -> object:
    """A decimal goes out digit by digit: a float could not hold it."""
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError

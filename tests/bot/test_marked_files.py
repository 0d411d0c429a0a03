"""Exports of a quiz in each form."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from actions.exporting import Report, table_of
from actions.people import Person
from actions.responses import Response
from actions.viewing import View
from bot.csv_file import CsvFile
from bot.exports import column_names
from bot.json_file import JsonFile
from tests.actions.attempted import an_attempt, attempts_of, seen_by
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.exams import KEYS, RIGHT, WRONG, a_quiz, a_training
from tests.bot.test_xlsx_file import book_of, summed_up
from tests.cards.looks import TEXTS

QUIZ = a_quiz(pass_mark=60, attempts=0)
SLOW = Person("tenant/slow", "Sloan Slow", "29:slow")


def _taken() -> list[Response]:
    """One who was right at the first of three attempts, and one who is still at it."""
    first = an_attempt(QUIZ, RIGHT)
    second = an_attempt(QUIZ, WRONG, NOW + timedelta(hours=1))
    third = an_attempt(QUIZ, RIGHT, NOW + timedelta(hours=2), done=1)
    done = attempts_of(QUIZ, first, second, third)
    begun = attempts_of(QUIZ, an_attempt(QUIZ, RIGHT, done=2))
    return [
        Response(VOTER, done, first.ended, VOTER.key),
        Response(SLOW, begun, None, SLOW.key),
    ]


def _view() -> View:
    return seen_by(QUIZ, _taken(), CREATOR.key)


def _report() -> Report:
    return Report(table_of(QUIZ, column_names(TEXTS)), _view(), NOW)


def test_csv_has_a_row_for_each_person_who_is_through(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    file = CsvFile(path, _report())
    file.add(_taken()[:1])
    file.close()
    with path.open(encoding="utf-8-sig", newline="") as opened:
        head, row = csv.reader(opened)
    assert head[:11] == [
        *("Name", "Person", "Submitted", "Score", "Out of", "Percent", "Passed"),
        *("Attempts", "Seconds spent", "Capital of France?", "Capital of France? – points"),
    ]
    assert row[:2] == ["Vera Voter", "voter"]
    assert row[3:11] == ["6.00", "6", "100.00", "TRUE", "3", "110", "Paris", "1.00"]


def test_excel_sums_the_marks_up(tmp_path: Path) -> None:
    sheet, responses = book_of(tmp_path, _report(), _taken()[:1])
    found = summed_up(sheet)
    assert float(found["Average score in percent"]) == 100
    assert (found["In progress"], found["Passed"]) == ("1", "1")
    assert (found["Asked"], found["Right"]) == ("1", "1")
    assert responses.rows == 2


def test_excel_has_no_headings_for_lessons(tmp_path: Path) -> None:
    training = a_training()
    report = Report(table_of(training), seen_by(training, [], CREATOR.key), NOW)
    sheet, _ = book_of(tmp_path, report)
    assert "Read this" not in summed_up(sheet)
    assert "Capital of France?" in summed_up(sheet)


def _json(folder: Path) -> Any:
    path = folder / "export.json"
    file = JsonFile(path, _report())
    file.add(_taken()[:1])
    file.close()
    return json.loads(path.read_bytes())


def test_json_has_every_attempt(tmp_path: Path) -> None:
    whole = _json(tmp_path)
    (one,) = whole["responses"]
    assert {name: one[name] for name in ("score", "of", "percent", "passed")} == {
        "score": 6,
        "of": 6,
        "percent": 100,
        "passed": True,
    }
    assert (one["attempt_count"], one["seconds"]) == (3, 110)
    assert one["answers"]["several"] == ["Paris", "Rome"]
    assert one["points"] == {"one": 1, "several": 2, "true": 1, "number": 1, "text": 1}
    first, second, third = one["attempts"]
    assert [attempt["counts"] for attempt in one["attempts"]] == [True, False, False]
    assert (first["began"], first["ended"]) == ("2026-11-20T09:00:00Z", "2026-11-20T09:00:50Z")
    assert (first["percent"], first["passed"], first["seconds"]) == (100, True, 50)
    assert (second["score"], second["points"]["several"]) == (0, 0)
    assert second["answers"]["several"] == ["Bergen"]
    assert second["asked"] == list(KEYS)
    assert third["ended"] is None
    assert "score" not in third
    assert third["answers"] == {"one": "Paris"}


def test_json_names_no_lessons_but_the_links_of_theirs_that_were_opened(tmp_path: Path) -> None:
    training = a_training()
    path = tmp_path / "export.json"
    attempt = replace(an_attempt(training, RIGHT), opened=("read.film", "read.gone"))
    read = attempts_of(training, attempt)
    response = Response(VOTER, read, NOW, VOTER.key)
    file = JsonFile(path, Report(table_of(training), seen_by(training, [response]), NOW))
    file.add([response])
    file.close()
    whole = json.loads(path.read_bytes())
    assert [question["id"] for question in whole["questions"]] == ["one"]
    told = whole["responses"][0]["attempts"][0]
    assert told["asked"] == ["one"]
    assert told["opened"] == [{"lesson": "Read this", "link": "Film"}]

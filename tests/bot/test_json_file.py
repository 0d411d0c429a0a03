"""JSON: one object that programs can rely on."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from actions.action import Settings
from actions.exporting import Report
from actions.responses import Response
from bot.json_file import JsonFile
from tests.actions.builders import ACTION_ID, NOW
from tests.actions.exported import QUESTIONS, a_ballot, a_report, a_response, a_survey

ANONYMOUS = Settings(anonymous=True)


def file_of(folder: Path, report: Report, *responses: Response) -> bytes:
    """Write a file, and read it as it is."""
    path = folder / "export.json"
    file = JsonFile(path, report)
    for response in responses:
        file.add([response])
    file.close()
    return path.read_bytes()


def read(folder: Path, report: Report, *responses: Response) -> Any:
    return json.loads(file_of(folder, report, *responses))


def test_it_says_what_was_asked_of_whom(tmp_path: Path) -> None:
    whole = read(tmp_path, a_report(a_survey(), a_response()), a_response())
    assert list(whole) == ["muster_export", "exported_at", "action", "questions", "responses"]
    assert (whole["muster_export"], whole["exported_at"]) == (1, "2026-11-20T09:00:00Z")
    assert whole["action"] == {
        "id": ACTION_ID,
        "kind": "poll",
        "title": "Autumn survey",
        "description": "Takes a minute.",
        "status": "active",
        "anonymous": False,
        "creator": "Cleo Creator",
        "time_zone": "Europe/Berlin",
        "created_at": "2026-11-20T09:00:00Z",
        "closes_at": "2026-11-27T09:00:00Z",
        "closed_at": None,
        "expected": None,
        "people": 1,
        "responded": 1,
        "responses_withheld": False,
    }
    assert [q["id"] for q in whole["questions"]] == [question.id for question in QUESTIONS]
    assert whole["questions"][5] == {
        "id": "likert",
        "type": "likert",
        "text": "How was …",
        "columns": [{"name": "Pace", "type": "text"}, {"name": "Food", "type": "text"}],
    }


def test_answers_keep_their_types(tmp_path: Path) -> None:
    raw = file_of(tmp_path, a_report(a_survey(), a_response()), a_response())
    (response,) = json.loads(raw, parse_float=str)["responses"]
    assert response == {
        "name": "Ada Okafor",
        "person": "0000-ada",
        "submitted": "2026-11-20T17:00:05+01:00",
        "response": 1,
        "answers": {
            "one": "Sushi",
            "several": ["Pizza", "Soup", "Stew"],
            "either": True,
            "stars": 4,
            "nps": 10,
            "likert": {"Pace": "Good", "Food": "Poor"},
            "ranking": "Food > Pace",
            "text": "=1+1",
            "number": "-12.50",
            "date": "2026-12-24",
            "time": "17:30:00",
        },
    }


def test_what_was_not_answered_is_not_there(tmp_path: Path) -> None:
    whole = read(tmp_path, a_report(a_survey()), a_response({"likert": ("b=x",)}))
    assert whole["responses"][0]["answers"] == {"likert": {"Food": "Poor"}}


def test_many_responses_are_a_list_and_none_an_empty_one(tmp_path: Path) -> None:
    assert read(tmp_path, a_report(a_survey()))["responses"] == []
    many = read(tmp_path, a_report(a_survey()), *[a_response()] * 3)
    assert len(many["responses"]) == 3


def test_an_anonymous_response_is_its_answers(tmp_path: Path) -> None:
    report = a_report(a_survey(settings=ANONYMOUS), *[a_ballot({"text": "Hm"})] * 3)
    whole = read(tmp_path, report, a_ballot({"text": "Hm"}))
    assert whole["responses"] == [{"answers": {"text": "Hm"}}]
    assert whole["action"]["anonymous"] is True


def test_it_says_that_responses_are_withheld(tmp_path: Path) -> None:
    report = a_report(a_survey(settings=ANONYMOUS), a_ballot())
    action = read(tmp_path, report)["action"]
    assert (action["responded"], action["responses_withheld"]) == (1, True)


def test_one_that_is_past_its_due_time_is_closed(tmp_path: Path) -> None:
    due = a_survey(closes_at=NOW - timedelta(minutes=1))
    assert read(tmp_path, a_report(due))["action"]["status"] == "closed"

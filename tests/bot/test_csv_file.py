"""CSV: byte for byte what other programs read, and nothing that they would run."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.entry import Cell
from actions.exporting import ABOUT_RESPONSES, Report
from actions.responses import Response
from actions.text import Text
from bot.csv_file import DANGEROUS, CsvFile, written
from tests.actions.exported import a_ballot, a_report, a_response, a_survey
from tests.fakes import NOON

GOLDEN = (
    "\ufeffName,Person,Submitted,Response,Which one?,Which ones?,Again?,How was it?,"
    "Would you recommend it?,How was … – Pace,How was … – Food,In which order?,Anything else?,"
    "How much?,Which day?,What time?\r\n"
    "Ada Okafor,0000-ada,2026-11-20 17:00:05,1,Sushi,Pizza; Soup; Stew,TRUE,4,10,Good,Poor,"
    "Food > Pace,'=1+1,-12.50,2026-12-24,17:30\r\n"
    'Ada Okafor,0000-ada,2026-11-20 17:00:05,2,,,,,,,,,"One, ""two""\nthree",,,\r\n'
)
NAMES = {code: code.title() for code in ABOUT_RESPONSES}


def file_of(folder: Path, report: Report, *responses: Response) -> str:
    """Write a file, and read it as it is."""
    path = folder / "export.csv"
    file = CsvFile(path, report)
    for response in responses:
        file.add([response])
    file.close()
    return path.read_bytes().decode()


def test_a_file_is_as_documented(tmp_path: Path) -> None:
    both = a_response(), a_response({"text": 'One, "two"\nthree'}, slot="tenant/0000-ada#2")
    report = a_report(a_survey(), *both, names=NAMES)
    assert file_of(tmp_path, report, *both) == GOLDEN


def test_without_responses_the_columns_have_their_names_still(tmp_path: Path) -> None:
    assert file_of(tmp_path, a_report(a_survey(Text("q", "Why?")))) == (
        "\ufeffname,person,submitted,response,Why?\r\n"
    )


def test_an_anonymous_file_says_nothing_of_who(tmp_path: Path) -> None:
    report = a_report(a_survey(Text("q", "Why?"), anonymous=True), a_ballot({"q": "So"}))
    assert file_of(tmp_path, report, a_ballot({"q": "So"})) == "\ufeffWhy?\r\nSo\r\n"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("Lunch", "Lunch"),
        (("a", "b"), "a; b"),
        (True, "TRUE"),
        (False, "FALSE"),
        (0, "0"),
        (-5, "-5"),
        (Decimal("-0.50"), "-0.50"),
        (Decimal("1E+2"), "100"),
        (date(800, 1, 2), "0800-01-02"),
        (time(9, 5), "09:05"),
        (NOON, "2026-03-02 12:00:00"),
        (datetime(2026, 3, 2, 12, tzinfo=None), "2026-03-02 12:00:00"),  # noqa: DTZ001
    ],
)
def test_cells_are_written_as_documented(cell: Cell, text: str) -> None:
    assert written(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example","Open")',
        "+1",
        "-1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
    ],
)
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert written(text) == f"'{text}"
    assert written((text, "b")).startswith("'")


@pytest.mark.parametrize("text", ["1+1", " =1", "'=1", "a=1", "Yes - no", "5"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert written(text) == text


def test_a_questions_own_words_are_no_formula_either(tmp_path: Path) -> None:
    lines = file_of(tmp_path, a_report(a_survey(Text("q", "=cmd()")))).splitlines()
    assert lines[0].endswith(",'=cmd()")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_what_is_read_back_is_the_text_and_never_begins_dangerously(text: str) -> None:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow([written(text), "end"])
    stream.seek(0)
    ((read, end),) = csv.reader(stream)
    assert end == "end"
    assert read in {text, f"'{text}"}
    assert not read.startswith(DANGEROUS)

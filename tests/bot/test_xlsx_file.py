"""Workbooks: two sheets of typed cells, read back from their XML."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from actions.action import Settings
from actions.exporting import Report
from actions.moment import Date
from actions.responses import Response
from actions.text import Text
from bot.xlsx_file import LONGEST_NAME, LONGEST_TEXT, XlsxFile, fitting, sheet_name
from cards.texts import LOCALES, texts_for
from tests.actions.builders import NOW
from tests.actions.exported import a_ballot, a_report, a_response, a_survey
from tests.bot.sheets import Sheet, sheets
from tests.cards.looks import TEXTS

ANONYMOUS = Settings(anonymous=True)
EPOCH = date(1899, 12, 30).toordinal()
"""Excel's day 0, for days from March 1900 on."""


def book_of(
    folder: Path, report: Report, responses: Sequence[Response] = (), **more: int
) -> list[Sheet]:
    """Write a workbook and read it."""
    path = folder / "export.xlsx"
    file = XlsxFile(path, report, TEXTS, **more)
    file.add(responses)
    file.close()
    assert [one.name for one in folder.iterdir()] == ["export.xlsx"], "temporary files are left"
    return sheets(path)


def column_of(sheet: Sheet, letter: str) -> list[str]:
    """Give what stands in a column, from above."""
    cells = sheet.cells.items()
    return [value for name, (_, value, _) in cells if name.rstrip("0123456789") == letter]


def test_every_response_is_a_row_of_typed_cells(tmp_path: Path) -> None:
    _, sheet = book_of(tmp_path, a_report(a_survey(), a_response()), [a_response()])
    assert sheet.name == "Responses"
    assert sheet.rows == 2
    assert [sheet.text(f"{c}1") for c in "ABCDE"] == [
        *("name", "person", "submitted", "response"),
        "Which one?",
    ]
    texts = {c: sheet.text(f"{c}2") for c in "ABEFJKLM"}
    assert texts == {
        "A": "Ada Okafor",
        "B": "0000-ada",
        "E": "Sushi",
        "F": "Pizza; Soup; Stew",
        "J": "Good",
        "K": "Poor",
        "L": "Food > Pace",
        "M": "=1+1",
    }
    assert [sheet.number(f"{c}2") for c in "DHIN"] == [1, 4, 10, -12.5]
    assert sheet.cells["G2"][:2] == ("b", "1")
    assert sheet.number("O2", "yyyy-mm-dd") == date(2026, 12, 24).toordinal() - EPOCH
    assert sheet.number("P2", "hh:mm") == pytest.approx(17.5 / 24)
    day, seconds = date(2026, 11, 20).toordinal() - EPOCH, 17 * 3600 + 5
    moment = sheet.number("C2", "yyyy-mm-dd hh:mm:ss")
    assert moment == pytest.approx(day + seconds / 86_400, abs=1e-6)


def test_the_heading_is_bold_and_stays_and_rows_can_be_filtered(tmp_path: Path) -> None:
    _, sheet = book_of(tmp_path, a_report(a_survey()), [a_response()] * 2)
    assert (
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet.xml
    )
    assert '<autoFilter ref="A1:P3"/>' in sheet.xml


def test_what_was_not_answered_is_no_cell(tmp_path: Path) -> None:
    _, sheet = book_of(tmp_path, a_report(a_survey()), [a_response({"text": "Hm"})])
    assert [name for name in sheet.cells if name.endswith("2")] == ["A2", "B2", "C2", "D2", "M2"]


def test_rows_that_do_not_fit_go_on_on_further_sheets(tmp_path: Path) -> None:
    people = [a_response({"text": str(number)}) for number in range(7)]
    report = a_report(a_survey(Text("text", "Why?")), *people)
    _, *parts = book_of(tmp_path, report, people, most_rows=4)
    assert [part.name for part in parts] == ["Responses", "Responses 2", "Responses 3"]
    assert [part.text("E1") for part in parts] == ["Why?"] * 3
    words = [column_of(part, "E")[1:] for part in parts]
    assert words == [["0", "1", "2"], ["3", "4", "5"], ["6"]]


def test_a_sheet_that_is_just_full_is_followed_by_none(tmp_path: Path) -> None:
    parts = book_of(tmp_path, a_report(a_survey()), [a_response()] * 3, most_rows=4)
    assert [part.rows for part in parts[1:]] == [4]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1+1}",
        "https://example.org",
        "mailto:ada@example.org",
        "12",
        " both ends ",
        "a < b & \"c\" > 'd'",
        "two\nlines",
        "tab\there",
        "_x0041_",
        "😀",
        "\u05e9\u05dc\u05d5\u05dd",
    ],
)
def test_texts_stay_texts_letter_by_letter(tmp_path: Path, text: str) -> None:
    report = a_report(a_survey(Text("text", "Why?")))
    _, sheet = book_of(tmp_path, report, [a_response({"text": text})])
    assert sheet.text("E2").replace("_x005F_", "_") == text
    assert "hyperlink" not in sheet.xml


def test_nobody_can_write_markup_into_the_file(tmp_path: Path) -> None:
    """XlsxWriter writes texts from <r> to </r> as they are."""
    text = "<r><t>forged</t></r><r></is></c></row>"
    both = [a_response({"text": text}), a_response({"text": f"{text}</r>"})]
    _, sheet = book_of(tmp_path, a_report(a_survey(Text("text", f"{text}</r>"))), both)
    assert [sheet.text(f"E{row}").strip() for row in (1, 2, 3)] == [
        f"{text}</r>",
        text,
        f"{text}</r>",
    ]


def test_texts_are_cut_to_what_a_cell_holds() -> None:
    assert fitting("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT
    cut = fitting("a" * (LONGEST_TEXT + 1))
    assert (len(cut), cut[-2:]) == (LONGEST_TEXT, "a…")
    wide = fitting("😀" * LONGEST_TEXT)
    assert len(wide.encode("utf-16-le")) <= 2 * LONGEST_TEXT
    assert set(wide) == {"😀", "…"}


def test_a_long_text_is_there_cut(tmp_path: Path) -> None:
    report = a_report(a_survey(Text("text", "Why?")))
    _, sheet = book_of(tmp_path, report, [a_response({"text": "a" * 40_000})])
    assert len(sheet.text("E2")) == LONGEST_TEXT


def test_days_before_excels_first_are_texts(tmp_path: Path) -> None:
    report = a_report(a_survey(Date("day", "When?")))
    days = ("0800-12-24", "1900-02-28", "1900-03-01")
    _, sheet = book_of(tmp_path, report, [a_response({"day": day}) for day in days])
    assert [sheet.text(f"E{row}") for row in (2, 3)] == ["0800-12-24", "1900-02-28"]
    assert sheet.number("E4", "yyyy-mm-dd") == 61


# The sheet that sums up


def summed_up(sheet: Sheet) -> dict[str, str]:
    """Give the values by their names."""
    names = {n[1:]: value for n, (_, value, _) in sheet.cells.items() if n[0] == "A"}
    values = {n[1:]: value for n, (_, value, _) in sheet.cells.items() if n[0] == "B"}
    return {name: values.get(row, "") for row, name in names.items()}


def test_the_first_sheet_sums_up(tmp_path: Path) -> None:
    sheet, _ = book_of(tmp_path, a_report(a_survey(), a_response()), [a_response()])
    found = summed_up(sheet)
    assert sheet.name == "Summary"
    assert sheet.text("A1") == "Autumn survey"
    known = {
        "Description": "Takes a minute.",
        "Kind": "Poll",
        "Status": "closes Fri 27 Nov, 10:00",
        "Made by": "Cleo Creator",
        "Time zone": "Europe/Berlin",
        "People who responded": "1",
        "Sushi": "0",
        "Yes": "1",
        "Average, from 1 to 5": "4",
        "NPS, from -100 to 100": "100",
        "Pace – average": "2",
        "Food – Poor": "1",
        "Food – average place": "1",
        "Food – came first": "1",
        "average": "-12.5",
        "sum": "-12.5",
    }
    assert {name: found[name] for name in known} == known
    assert sheet.number(f"B{sheet.row('earliest')}", "yyyy-mm-dd") > 46_000


def test_counts_have_their_share_beside_them(tmp_path: Path) -> None:
    people = [a_response({"one": ("p",)}), a_response({"one": ("s",)}), a_response({})]
    sheet, _ = book_of(tmp_path, a_report(a_survey(), *people))
    assert sheet.number(f"C{sheet.row('Pizza')}", "0%") == 0.5


def test_few_anonymous_answers_are_in_neither_sheet(tmp_path: Path) -> None:
    report = a_report(a_survey(settings=ANONYMOUS), a_ballot(), a_ballot())
    sheet, empty = book_of(tmp_path, report)
    found = summed_up(sheet)
    assert found["People who responded"] == "2"
    assert "Answers are exported from three responses on" in " ".join(found.values())
    assert "Sushi" not in found
    assert empty.rows == 1


def test_a_closed_one_says_since_when(tmp_path: Path) -> None:
    sheet, _ = book_of(tmp_path, a_report(a_survey(closes_at=NOW)))
    assert summed_up(sheet)["Status"] == "closed"
    assert sheet.number(f"B{sheet.row('Closed on')}", "yyyy-mm-dd hh:mm:ss")


# Names of sheets


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    assert sheet_name("'Who: [a/b]?*\\'") == "Who ab"
    assert sheet_name("x" * 50, " 12") == "x" * (LONGEST_NAME - 3) + " 12"


@pytest.mark.parametrize("language", [path.stem for path in LOCALES.glob("*.po")])
def test_in_every_language_the_sheets_have_names_of_their_own(language: str) -> None:
    texts = texts_for(language)
    names = [sheet_name(texts(name)) for name in ("Summary", "Responses")]
    assert all(names)
    assert names[0].casefold() != names[1].casefold()

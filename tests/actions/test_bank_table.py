"""Questions in a spreadsheet, as sheets and as CSV: what trainers write, and what we write."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.bank import BankFile, BankItem, Finding
from actions.bank_cells import cell_text
from actions.bank_csv import read_csv, write_csv
from actions.bank_table import COLUMNS, TYPES, read_table, right_places
from actions.bank_table_writing import write_table
from actions.choice import Choice
from actions.errors import Problem
from actions.gift import read_gift
from actions.number import Number
from actions.text import Text
from tests.actions.bank_items import bank_items, new_id

DOCS = Path(__file__).parents[2] / "docs" / "question-bank.md"

HEADING = ("Type", "Question", "Option 1", "option 2", "OPTION 3", "Right", "Points")


def read(*rows: Sequence[object], heading: Sequence[object] = HEADING) -> BankFile:
    return read_table([heading, *rows], new_id)


def one(*row: object, heading: Sequence[object] = HEADING) -> BankItem:
    """Give the question of a row in which nothing is amiss."""
    file = read(row, heading=heading)
    assert file.findings == ()
    return file.items[0]


def codes(*row: object, heading: Sequence[object] = HEADING) -> dict[str, str]:
    """Give what is wrong with a row, by part."""
    file = read(row, heading=heading)
    assert file.items == ()
    return {finding.part: finding.problem.code for finding in file.findings}


def right_texts(item: BankItem) -> list[str]:
    assert isinstance(item.question, Choice)
    assert isinstance(item.key.right, tuple)
    return [o.text for o in item.question.options if o.id in item.key.right]


@pytest.mark.parametrize(
    ("right", "texts"),
    [
        (2, ["Rome"]),
        (2.0, ["Rome"]),
        ("2", ["Rome"]),
        ("#2", ["Rome"]),
        ("rome ", ["Rome"]),
    ],
)
def test_the_right_option_is_its_number_or_its_words(right: object, texts: list[str]) -> None:
    item = one("one", "Where?", "Paris", "Rome", "Oslo", right, 3)
    assert right_texts(item) == texts
    assert item.key.points == 3
    assert not isinstance(item.question, Choice) or not item.question.several


@pytest.mark.parametrize("right", ["1; 3", "1,3", "3 1", "#1; 3", "Paris; Oslo", "oslo\nParis"])
def test_several_right_options_are_separated(right: str) -> None:
    item = one("several", "Where?", "Paris", "Rome", "Oslo", right)
    assert right_texts(item) == ["Paris", "Oslo"]


def test_an_empty_option_does_not_move_the_others_numbers() -> None:
    assert right_texts(one("one", "Where?", "Paris", "", "Oslo", 3)) == ["Oslo"]


def test_a_number_that_another_option_says_is_refused() -> None:
    assert codes("one", "1 + 1?", 4, 3, 2, 2) == {"right": "table_right_ambiguous"}
    assert codes("several", "Even?", 2, 4, 3, "1; 2") == {"right": "table_right_ambiguous"}
    assert right_texts(one("one", "2 + 2?", 3, 4, 5, "4")) == ["4"]
    assert right_texts(one("one", "2 + 2?", 3, 4, 2, "#2")) == ["4"]
    assert right_texts(one("one", "1 + 0?", 1, 5, 6, 1)) == ["1"]


def test_words_with_numbers_in_them_are_not_taken_apart() -> None:
    assert right_places("1; 3", {1: "2", 2: "1; 3", 3: "x"}) == Problem(
        "table_right_ambiguous", {"text": "1; 3"}
    )
    assert right_places("a; b", {1: "a; b", 2: "a", 3: "b"}) == (1,)


def test_an_option_that_is_not_there_is_named() -> None:
    file = read(("one", "Where?", "Paris", "Rome", "", "Oslo"), ("one", "Q", "a", "b", "", 3))
    assert file.findings == (
        Finding(2, Problem("table_no_option", {"text": "oslo"}), "right"),
        Finding(3, Problem("table_no_option", {"text": "3"}), "right"),
    )


@pytest.mark.parametrize(
    ("cell", "right"),
    [(True, "yes"), (False, "no"), ("TRUE", "yes"), ("f", "no"), ("Wahr", "yes"), (0, "no")],
)
def test_true_or_false(cell: object, right: str) -> None:
    assert one("True/False", "Ice floats.", "", "", "", cell).key.right == right


@pytest.mark.parametrize(
    ("right", "tolerance", "decimals", "stored"),
    [
        (1822, None, 0, (1822, 0)),
        (3.1415, 0.0005, 4, (31415, 5)),
        (0.1 + 0.2, "", 1, (3, 0)),
        ("3,5", "0.25", 2, (350, 25)),
        (Decimal("-2.50"), 1, 1, (-25, 10)),
        ("123456789012345", "", 0, (123456789012345, 0)),
    ],
)
def test_numbers(right: object, tolerance: object, decimals: int, stored: tuple[int, int]) -> None:
    heading = ("type", "question", "right", "tolerance")
    item = one("number", "How much?", right, tolerance, heading=heading)
    assert isinstance(item.question, Number)
    assert item.question.decimals == decimals
    assert (item.key.right, item.key.tolerance) == stored


def test_spellings_stand_on_lines_or_in_the_options() -> None:
    item = one("text", "Who?", "nobody", "", "none", "no one\nno-one")
    assert isinstance(item.question, Text)
    assert item.key.right == ("no one", "no-one", "nobody", "none")


def test_columns_may_stand_in_any_order_and_rows_be_short_or_empty() -> None:
    file = read(
        (),
        (True, "true/false", "Ice floats."),
        (None, "", " "),
        ("F", "yes/no", "Iron floats.", "x", "y"),
        heading=("RIGHT", "Type", " question "),
    )
    assert [item.key.right for item in file.items] == ["yes", "no"]
    assert file.findings == ()


def test_all_that_a_row_can_say_is_kept() -> None:
    cells = {
        "type": "several",
        "question": "Where?",
        "option 1": "Paris",
        "option 2": "Rome",
        "right": 1,
        "points": 5,
        "partial": "yes",
        "explanation": "So.",
        "tags": "Europe, towns",
        "name": "T1",
        "picture": "https://example.com/a.png",
        "picture in words": "A map",
        "help": "Look.",
        "required": "x",
        "shuffle": "Yes",
        "choose at least": 1,
        "choose at most": 2,
    }
    item = one(*cells.values(), heading=tuple(cells))
    assert (item.tags, item.name) == (("Europe", "towns"), "T1")
    assert (item.key.points, item.key.partial, item.key.explanation) == (5, True, "So.")
    about = item.question.about
    assert (about.image, about.image_alt, about.help) == (cells["picture"], "A map", "Look.")
    assert about.required
    assert isinstance(item.question, Choice)
    assert (item.question.shuffle, item.question.least) == (True, 1)


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    heading = (*HEADING, "partial", "picture")
    row = ("several", "", "Paris", "Rome", "", 7, "many", "perhaps", "a.png")
    assert codes(*row, heading=heading) == {
        "text": "question_needed",
        "right": "table_no_option",
        "points": "whole_between",
        "partial": "table_flag",
        "image": "image_address",
    }


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("essay", "Why?", "", "", "", "x"), {"type": "table_type"}),
        (("true/false", "So?", "", "", "", "maybe"), {"right": "table_truth"}),
        (("true/false", "So?", "", "", "", ""), {"right": "right_either_needed"}),
        (("number", "How?", "3", "4", "", 1), {"options": "table_takes_no_options"}),
        (("number", "How?", "", "", "", "ten"), {"right": "number_unreadable"}),
        (("number", "How?", "", "", "", float("nan")), {"right": "right_number_needed"}),
        (("one", "Where?", "a", "A", "", 1), {"options": "duplicate_line"}),
        (("one", "Where?", "a", "b", "", "1; 2"), {"right": "right_only_one"}),
        (("text", "Who?", "", "", "", ""), {"right": "right_text_needed"}),
    ],
)
def test_what_is_wrong_is_told_at_its_part(row: Sequence[object], wrong: dict[str, str]) -> None:
    assert codes(*row) == wrong


def test_rows_that_are_wrong_do_not_keep_the_others_out() -> None:
    file = read(("essay", "Why?"), ("true/false", "Ice floats.", "", "", "", "true"))
    assert [finding.line for finding in file.findings] == [2]
    assert len(file.items) == 1


def test_a_column_that_is_not_known_is_told_and_not_read() -> None:
    file = read(("yes/no", "Ice floats.", "T", "!"), heading=("type", "question", "right", "Mine"))
    assert file.findings == (Finding(1, Problem("table_column", {"text": "mine"}), kept=True),)
    assert len(file.items) == 1


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        (("Frage", "type"), Problem("table_columns_needed", {"columns": "question, right"})),
        ((*HEADING, "type"), Problem("table_column_twice", {"text": "type"})),
        ((*HEADING, "option 1"), Problem("table_column_twice", {"text": "option 1"})),
    ],
)
def test_a_table_whose_columns_are_unclear_is_not_read(
    heading: Sequence[object], problem: Problem
) -> None:
    file = read(("one", "Where?", "Paris", "Rome", "", 1), heading=heading)
    assert file.items == ()
    assert file.findings[-1] == Finding(1, problem)


def test_a_file_with_nothing_in_it_says_so() -> None:
    assert read_csv("", new_id).findings == (Finding(1, Problem("table_empty")),)
    assert read_table([(), (None, "")], new_id).findings == (Finding(1, Problem("table_empty")),)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (2.0, "2"),
        (1e-5, "0.00001"),
        (date(2026, 11, 20), "2026-11-20"),
        ("\x00a ", "a"),
    ],
)
def test_cells_say_what_is_seen_in_them(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("type,question,right\nnumber,How?,1.5", 15),
        ('type;question;right\nnumber;"How; much?";1,5', 15),
        ('\ufefftype;question;right\r\nnumber;"How\r\nmuch?";1.500,5\r\n', 15005),
        ("type\tquestion\tright\nnumber\tHow?\t1.5", 15),
        ('\n\ntype,question,right\nnumber,How?,"-1.5"', -15),
    ],
)
def test_csv_is_read_as_spreadsheets_of_any_country_write_it(text: str, right: int) -> None:
    file = read_csv(text, new_id)
    assert file.findings == ()
    assert file.items[0].key.right == right


def test_csv_with_a_decimal_comma_takes_no_comma_for_thousands() -> None:
    (item,) = read_csv("type;question;right\nnumber;How?;3,125", new_id).items
    assert isinstance(item.question, Number)
    assert item.question.value(item.key.right) == Decimal("3.125")


def test_what_is_no_table_is_told() -> None:
    file = read_csv('type,question,right\n"' + "x" * 200_000, new_id)
    assert file.findings == (Finding(1, Problem("table_unreadable")),)


def test_what_a_spreadsheet_would_run_is_guarded_in_csv_and_only_there() -> None:
    item = one("one", "=1+1?", "-2", "'=x", "'tis", 1)
    assert write_csv([item]) == (
        "type,question,option 1,option 2,option 3,option 4,right,points,explanation,tags\r\n"
        "one,'=1+1?,'-2,''=x,'tis,,1,1,,\r\n"
    )
    assert write_table([item])[1][:5] == ("one", "=1+1?", "-2", "'=x", "'tis")


def test_an_empty_bank_is_a_form_to_fill_in() -> None:
    (heading,) = write_table([])
    assert heading[:7] == ("type", "question", *(f"option {n}" for n in range(1, 5)), "right")
    assert read_table([heading], new_id) == BankFile()


def test_cells_are_typed() -> None:
    heading = ("type", "question", "right", "tolerance", "points")
    rows = (("number", "How?", "2.5", "0.5", 2), ("true/false", "So?", "no", "", ""))
    table = write_table(read(*rows, heading=heading).items)
    places = [table[0].index(name) for name in ("right", "tolerance", "points")]
    assert [table[1][place] for place in places] == [Decimal("2.5"), Decimal("0.5"), 2]
    assert [table[2][place] for place in places] == [False, None, 1]


@pytest.mark.parametrize(("language", "read_text"), [("csv", read_csv), ("gift", read_gift)])
def test_the_examples_in_the_documentation_are_read(
    language: str, read_text: Callable[[str, Callable[[], str]], BankFile]
) -> None:
    example = DOCS.read_text("utf-8").partition(f"```{language}\n")[2].partition("```")[0]
    file = read_text(example, new_id)
    assert file.findings == ()
    types = [item.question.type for item in file.items]
    assert types == ["choice", "choice", "either", "number", "text"]


def test_the_documentation_names_every_column_and_type() -> None:
    words = DOCS.read_text("utf-8")
    assert [name for name in (*COLUMNS, *TYPES) if name not in words] == []


def test_every_column_and_type_has_a_name_of_its_own() -> None:
    assert len(set(COLUMNS.values())) == len(COLUMNS)
    assert len(set(TYPES.values())) == len(TYPES)


@given(st.lists(bank_items(), max_size=3))
def test_what_is_written_reads_back_the_same(items: list[BankItem]) -> None:
    assert read_table(write_table(items), new_id) == BankFile(tuple(items))


@given(st.lists(bank_items(), max_size=3))
def test_sheets_that_keep_numbers_as_floats_read_back_the_same(items: list[BankItem]) -> None:
    rows = [
        [
            float(cell)
            if isinstance(cell, int | Decimal) and cell is not True and cell is not False
            else cell
            for cell in row
        ]
        for row in write_table(items)
    ]
    assert read_table(rows, new_id) == BankFile(tuple(items))


@given(st.lists(bank_items(), max_size=3))
def test_what_is_written_as_csv_reads_back_the_same(items: list[BankItem]) -> None:
    assert read_csv(write_csv(items), new_id) == BankFile(tuple(items))


@given(st.one_of(st.text(), st.text().map(lambda text: "type,question,right\n" + text)))
def test_no_text_raises(text: str) -> None:
    assert all(finding.line >= 1 for finding in read_csv(text, new_id).findings)


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.text(max_size=5),
    st.sampled_from(("one", "several", "number", "true/false", "text", "1", "#1", "a; b", "1.5")),
)


@given(st.lists(st.lists(_CELLS, max_size=9), max_size=5))
def test_no_cells_raise(rows: list[list[object]]) -> None:
    heading = (
        "type",
        "question",
        "option 1",
        "option 2",
        "right",
        "tolerance",
        "smallest",
        "tags",
    )
    file = read_table([heading, *rows], new_id)
    assert read_table(write_table(file.items), new_id).items == file.items

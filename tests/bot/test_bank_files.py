"""Files of questions: told apart by what is in them, read whatever they are, and written."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from actions.bank import MOST_READ, BankFile, BankItem, build_item, item_fields
from actions.banked import BANK_FORMATS, QUESTION, BankFormat
from actions.presets import preset_of
from bot import bank_files
from bot.bank_files import LARGEST, read_file, read_text, write_file
from tests.actions.bank_items import bank_items

GIFT = "// [tag:capitals]\n::Paris::What is the capital of France? {=Paris ~Rome}\n\nNo answers.\n"
TABLE = "type,question,option 1,option 2,right\none,Which?,a,b,2\nessay,Why?,,,x\n"
HEADING = ("type", "question", "option 1", "option 2", "right")
NONCHARACTERS = {"\ufffe", "\uffff"}
"""What no XML can hold, so that a workbook has a word for it."""


def codes(file: BankFile) -> list[tuple[int, str]]:
    """Give what was found, by its lines."""
    return [(finding.line, finding.problem.code) for finding in file.findings]


def asked(file: BankFile) -> list[str]:
    """Give the questions."""
    return [item.question.text for item in file.items]


def right(item: BankItem) -> list[str]:
    """Give the words of the options that are right."""
    ids = item.key.right if isinstance(item.key.right, tuple) else ()
    return [option.text for option in getattr(item.question, "options", ()) if option.id in ids]


def a_workbook(*rows: tuple[Any, ...], far: tuple[int, int] | None = None) -> bytes:
    """Give a workbook with these rows, and a cell far away."""
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if far is not None:
            sheet.write_string(*far, "far")
    return target.getvalue()


def sheets(path: Path) -> list[Any]:
    """Give a workbook's sheets."""
    return list(load_workbook(path).worksheets)  # type: ignore[no-untyped-call]


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Give a zip in which some parts are others."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, changes.get(name, before.read(name)))
    return target.getvalue()


def written(folder: Path, items: list[BankItem], form: BankFormat) -> Path:
    """Write a file."""
    path = folder / f"bank.{form}"
    write_file(path, items, form, "Questions")
    return path


@pytest.mark.parametrize("name", ["", "bank.txt", "bank.gift"])
def test_gift_is_known_by_its_content(name: str) -> None:
    file = read_file(GIFT.encode(), name)
    assert asked(file) == ["What is the capital of France?"]
    assert (file.items[0].name, file.items[0].tags) == ("Paris", ("capitals",))
    assert codes(file) == [(4, "gift_description")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_known_by_its_first_line(encoding: str) -> None:
    file = read_file(TABLE.replace("Which", "Où").encode(encoding))
    assert asked(file) == ["Où?"]
    assert codes(file) == [(3, "table_type")]


def test_what_is_copied_from_a_sheet_is_a_table() -> None:
    assert asked(read_text(TABLE.replace(",", "\t"))) == ["Which?"]


@pytest.mark.parametrize("name", ["", "a.csv"])
def test_a_table_without_names_of_columns_is_told_what_it_needs(name: str) -> None:
    found = codes(read_text("one;Which?;a;b;2\n", name))
    assert found[-1] == (1, "table_columns_needed")


def test_questions_in_braces_are_gift_though_commas_and_tabs_stand_in_them() -> None:
    assert asked(read_text("Which, of these?\t{=a ~b}")) == ["Which, of these?"]


def test_a_workbook_is_read_with_its_typed_cells() -> None:
    file = read_file(a_workbook(HEADING, ("one", "Which?", 7, 9.5, "#2"), ("number", "How many?")))
    assert asked(file) == ["Which?"]
    assert right(file.items[0]) == ["9.5"]
    assert codes(file) == [(3, "right_number_needed")]


def test_a_formula_is_what_it_came_to() -> None:
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ("one", "Which?", "a", "b"))
        sheet.write_formula(1, 4, "=1+1", None, 2)
    (item,) = read_file(target.getvalue()).items
    assert right(item) == ["b"]


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (1, 16_383), (1_048_575, 0)])
def test_a_far_cell_costs_nothing(far: tuple[int, int]) -> None:
    data = a_workbook(HEADING, ("one", "Which?", "a", "b", 2), far=far)
    assert asked(read_file(data)) == ["Which?"]


def test_a_small_zip_with_very_much_in_it_is_not_unpacked() -> None:
    bomb = repacked(a_workbook(HEADING), {"xl/sharedStrings.xml": b" " * bank_files.UNPACKED})
    assert len(bomb) < LARGEST
    assert codes(read_file(bomb)) == [(0, "table_unreadable")]


def test_a_zip_that_lies_about_how_much_is_in_it_is_refused() -> None:
    data = repacked(a_workbook(HEADING), {"xl/sharedStrings.xml": b" " * 100_000})
    size = (100_000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert codes(read_file(data.replace(size, (9).to_bytes(4, "little")))) == [
        (0, "table_unreadable")
    ]


def test_entities_that_grow_without_end_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE sst [<!ENTITY e0 "lol">{entities}]><sst><si><t>&e11;</t></si></sst>'
    data = repacked(a_workbook(HEADING), {"xl/sharedStrings.xml": laughs.encode()})
    assert codes(read_file(data)) == [(0, "table_unreadable")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_any_sort_are_refused_since_a_few_are_enough_for_gigabytes(
    encoding: str,
) -> None:
    part = '<!DOCTYPE sst [<!ENTITY e "lol">]><sst><si><t>&e;</t></si></sst>'
    data = repacked(a_workbook(HEADING), {"xl/sharedStrings.xml": part.encode(encoding)})
    assert codes(read_file(data)) == [(0, "table_unreadable")]


@pytest.mark.parametrize(
    ("part", "most"),
    [
        ("xl/sharedStrings.xml", bank_files.MOST_TAGS),
        ("xl/worksheets/sheet1.xml", bank_files.MOST_TAGS),
        ("xl/styles.xml", bank_files.MOST_OTHER_TAGS),
    ],
)
def test_very_many_tags_are_not_read(part: str, most: int) -> None:
    data = repacked(a_workbook(HEADING), {part: b"<a>" + b"<b/>" * most + b"</a>"})
    assert codes(read_file(data)) == [(0, "table_unreadable")]


def test_a_zip_that_is_packed_otherwise_than_workbooks_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("xl/workbook.xml", b"<a/>" * 100)
    data = target.getvalue()
    start = data.index(b"workbook.xml") + len("workbook.xml") + 9
    damaged = data[:start] + bytes(byte ^ 0x5A for byte in data[start : start + 8])
    assert codes(read_file(damaged + data[start + 8 :])) == [(0, "table_unreadable")]


@pytest.mark.parametrize(
    ("heading", "question"),
    [("", "Q {}\n\n"), ("type,question,right\n", "essay,Q,\n")],
)
def test_of_a_long_file_so_many_questions_are_read_and_the_others_counted(
    heading: str, question: str
) -> None:
    file = read_text(heading + question * (MOST_READ + 2))
    assert (len(file.findings), file.unread) == (MOST_READ, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table_empty"),
        (b"\xef\xbb\xbf \n", "table_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "bank_file_old"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "bank_file_unknown"),
        (b"%PDF-1.7\n1 0 obj\n", "bank_file_unknown"),
        (b"PK\x03\x04 and no more", "table_unreadable"),
        (repacked(a_workbook(HEADING), {"xl/workbook.xml": b"<oops"}), "table_unreadable"),
        (repacked(a_workbook(HEADING), {"[Content_Types].xml": b"<a/>"}), "table_unreadable"),
        (b"x" * (LARGEST + 1), "bank_file_too_large"),
    ],
)
def test_what_is_no_file_of_questions_is_told_so(data: bytes, code: str) -> None:
    file = read_file(data)
    assert (file.items, codes(file)) == ((), [(0, code)])


@given(st.binary(max_size=200), st.sampled_from(("", "a.csv", "a.gift", "a.xlsx")))
def test_no_file_breaks_the_reader(data: bytes, name: str) -> None:
    read_file(data, name)


@given(st.integers(0, 5_000), st.integers(0, 255))
def test_no_damaged_workbook_breaks_the_reader(place: int, value: int) -> None:
    data = bytearray(WORKBOOK)
    data[place % len(data)] = value
    read_file(bytes(data))


WORKBOOK = a_workbook(HEADING, ("one", "Which?", "a", "b", 2))


@given(st.lists(bank_items(), max_size=4), st.sampled_from(BANK_FORMATS))
def test_what_is_written_is_read_back_the_same(items: list[BankItem], form: BankFormat) -> None:
    # The readers give every question the same id, as these have.
    named = [build_again(item) for item in items]
    if form == "xlsx":
        named = [item for item in named if not NONCHARACTERS & set(words_of(item))]
    with TemporaryDirectory() as folder:
        data = written(Path(folder), named, form).read_bytes()
    file = read_file(data, f"bank.{form}")
    assert list(file.items) == named
    assert file.findings == () or not named


def words_of(item: BankItem) -> str:
    """Give all that is in a question."""
    return "".join((item.name, *item.tags, *item_fields(item).values()))


def build_again(item: BankItem) -> BankItem:
    """Give a question as it is in a bank."""
    preset = preset_of(item.question).name
    return build_item(QUESTION, preset, item_fields(item), item.tags, item.name)


def test_texts_are_texts_in_a_workbook(tmp_path: Path) -> None:
    fields = {"text": "=1+1", "right": "yes", "points": "3", "explanation": "https://example.com"}
    item = build_item(QUESTION, "yes_no", fields)
    (sheet,) = sheets(written(tmp_path, [item], "xlsx"))
    assert (sheet.title, sheet["B2"].value, sheet["B2"].data_type) == ("Questions", "=1+1", "s")
    assert sheet["G2"].value is True
    assert (sheet["H2"].value, sheet["I2"].hyperlink) == (3, None)


def test_an_empty_bank_is_a_form_to_fill_in(tmp_path: Path) -> None:
    (sheet,) = sheets(written(tmp_path, [], "xlsx"))
    assert [cell.value for cell in sheet[1]][:3] == ["type", "question", "option 1"]
    assert written(tmp_path, [], "csv").read_bytes().startswith(b"\xef\xbb\xbftype,question,")
    assert written(tmp_path, [], "gift").stat().st_size == 1

"""Question banks: kept, found, counted and deleted, each its owner's alone."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from actions.bank import BankItem, Finding, build_item
from actions.banked import QUESTION, Banked, ImportReport, Selection, decode, encode
from actions.errors import Problem
from actions.fields import line_id
from actions.quantity import Quantity
from storage.text import dump_json
from tests.actions.bank_items import bank_items
from tests.fakes import NOON
from tests.storage.conftest import AnyStore

OWNER, OTHER = "tenant/ada", "elsewhere/ada"
ALL = Selection()


def an_item(text: str, *tags: str, name: str = "", options: str = "Yes\nNo") -> BankItem:
    """Give a question whose first option is right."""
    right = line_id(options.splitlines()[0])
    fields = {"text": text, "options": options, "right": right}
    return build_item(QUESTION, "one", fields, tags, name)


async def keeps(store: AnyStore, *items: BankItem, owner: str = OWNER) -> list[Banked]:
    """Keep questions, each changed a minute after the one before it."""
    kept = [
        Banked(f"i{number}", item, NOON + timedelta(minutes=number))
        for number, item in enumerate(items)
    ]
    await store.keep_items(owner, kept)
    return kept


async def found(store: AnyStore, search: str = "", tag: str = "") -> list[str]:
    """Give the ids of the questions that fit."""
    page = await store.bank_page(OWNER, Selection(search, tag), "", 10)
    return [banked.id for banked in page.items]


@given(bank_items())
def test_every_question_comes_back_from_its_stored_form(item: BankItem) -> None:
    assert decode(encode(item), item.tags, item.name) == item
    assert dump_json(encode(item))


async def test_questions_are_kept_as_they_are_and_in_their_own_place(store: AnyStore) -> None:
    (kept,) = await keeps(store, an_item("Why? 🍕\n\"'", "a", "b", name="n"))
    assert await store.banked(OWNER, ["i0"]) == [kept]
    again = replace(kept, item=an_item("Why not?"), changed_at=NOON + timedelta(days=1))
    await store.keep_items(OWNER, [again])
    assert await store.banked(OWNER, ["gone", "i0"]) == [again]
    assert (await store.bank_page(OWNER, ALL, "", 10)).items == [again]


async def test_nothing_to_keep_is_no_error(store: AnyStore) -> None:
    await store.keep_items(OWNER, [])
    assert (await store.bank_counts(OWNER)).items == 0


async def test_nobody_sees_the_questions_of_others(store: AnyStore) -> None:
    await keeps(store, an_item("Mine?", "tag"))
    assert (await store.bank_page(OTHER, ALL, "", 10)).items == []
    assert await store.banked(OTHER, ["i0"]) == []
    assert (await store.bank_counts(OTHER)).items == 0
    await store.delete_items(OTHER, ["i0"])
    assert len(await store.banked(OWNER, ["i0"])) == 1


async def test_several_are_given_in_the_order_that_is_asked_for(store: AnyStore) -> None:
    await keeps(store, an_item("A?"), an_item("B?"), an_item("C?"))
    asked = ["i2", "i0", "i1"]
    assert [banked.id for banked in await store.banked(OWNER, asked)] == asked


async def test_pages_hold_the_latest_first_and_each_question_once(store: AnyStore) -> None:
    kept = await keeps(store, *(an_item(f"Question {n}?") for n in range(7)))
    # Some were changed at the same moment.
    await store.keep_items(OWNER, [replace(one, changed_at=NOON) for one in kept[:3]])
    pages, after = [], ""
    while True:
        page = await store.bank_page(OWNER, ALL, after, 2)
        pages.append([banked.id for banked in page.items])
        if not page.following:
            break
        after = page.following
    assert pages == [["i6", "i5"], ["i4", "i3"], ["i2", "i1"], ["i0"]]


@pytest.mark.parametrize("after", ["nonsense", '["2026-01-01","i1"]', '["x","y"]', "[]"])
async def test_a_mark_that_was_made_up_is_the_beginning(store: AnyStore, after: str) -> None:
    await keeps(store, an_item("A?"))
    assert len((await store.bank_page(OWNER, ALL, after, 2)).items) == 1


async def test_names_texts_options_and_tags_are_searched(store: AnyStore) -> None:
    await keeps(
        store,
        an_item("What is STRASSE in English?", options="street\nroad"),
        an_item("100 % or 100_?", "Math", name="Percents"),
    )
    assert await found(store, "straße") == ["i0"]
    assert await found(store, " ROAD ") == ["i0"]
    assert await found(store, "percents") == ["i1"]
    assert await found(store, "math") == ["i1"]
    assert await found(store, "100 %") == ["i1"]
    assert await found(store, "0_") == ["i1"]
    assert await found(store, "0__") == []
    assert await found(store, "nothing") == []


async def test_a_tag_is_found_as_a_whole(store: AnyStore) -> None:
    await keeps(store, an_item("A?", "fire", "a%"), an_item("B?", "Fire drill"), an_item("fire?"))
    assert await found(store, tag="FIRE") == ["i0"]
    assert await found(store, tag="a%") == ["i0"]
    assert await found(store, tag="a") == []
    assert await found(store, search="b?", tag="fire drill") == ["i1"]
    assert await found(store, search="a?", tag="fire drill") == []


async def test_tags_are_counted_however_they_are_written(store: AnyStore) -> None:
    await keeps(store, an_item("A?", "b", "Fire"), an_item("B?", "fire"), an_item("C?"))
    counts = await store.bank_counts(OWNER)
    assert counts.items == 3
    assert list(counts.tags.items()) == [("b", 1), ("fire", 2)]


async def test_deleted_questions_are_gone(store: AnyStore) -> None:
    await keeps(store, an_item("A?"), an_item("B?"))
    await store.delete_items(OWNER, ["i0", "unknown"])
    assert await found(store) == ["i1"]


async def test_thousands_are_kept_at_once(store: AnyStore) -> None:
    item = an_item("A?")
    many = [Banked(f"{n:04}", item, NOON) for n in range(5_000)]
    await store.keep_items(OWNER, many)
    assert (await store.bank_counts(OWNER)).items == 5_000
    assert len(await store.banked(OWNER, [banked.id for banked in many])) == 5_000


async def test_the_last_import_is_remembered(store: AnyStore) -> None:
    assert await store.last_import(OWNER) is None
    under = Problem("number_under", {"least": Quantity(Decimal("2.50"), "km")})
    long = Problem("too_long", {"limit": 5, "length": 7, "text": "é"})
    findings = (Finding(12, under, "right"), Finding(0, long, kept=True))
    report = ImportReport(1, 2, 3, 4, findings, 5)
    await store.keep_import(OWNER, ImportReport())
    await store.keep_import(OWNER, report)
    assert await store.last_import(OWNER) == report
    assert await store.last_import(OTHER) is None

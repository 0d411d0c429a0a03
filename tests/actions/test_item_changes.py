"""Forms of one item: what was touched is saved, and what another one changed stays."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.errors import InvalidAnswers
from actions.item import Item
from actions.item_changes import FIELDS, build_item, changes, fields_of, marks_of, typed
from tests.actions.builders import BERLIN

ITEM = Item("a", "Lights", "Hall first", "Hall", "Ben", datetime(2026, 11, 20, 9, tzinfo=UTC))
SHOWN = fields_of(ITEM, BERLIN)
MARKS = marks_of(SHOWN)


def codes(refused: pytest.ExceptionInfo[InvalidAnswers]) -> dict[str, str]:
    return {name: problem.code for name, problem in refused.value.problems.items()}


def test_the_form_has_the_due_time_by_the_clock_of_the_list() -> None:
    assert (SHOWN["due_date"], SHOWN["due_time"]) == ("2026-11-20", "10:00")
    assert build_item("a", SHOWN, BERLIN) == ITEM


def test_a_day_alone_is_due_at_its_end() -> None:
    item = build_item("a", {"text": "x", "due_date": "2026-11-20"}, BERLIN)
    assert item.due == datetime(2026, 11, 20, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"text": " "}, {"text": "item_needed"}),
        ({"text": "x" * 4_001, "note": "x" * 4_001}, dict.fromkeys(("text", "note"), "too_long")),
        ({"text": "x", "due_time": "10:00"}, {"due_date": "item_day_needed"}),
        (
            {"text": "", "due_date": "then", "due_time": "now"},
            {
                "text": "item_needed",
                "due_date": "date_unreadable",
                "due_time": "time_unreadable",
            },
        ),
        (
            {"text": "x", "due_date": "0001-01-01", "due_time": "0:00"},
            {"due_date": "no_such_date"},
        ),
    ],
)
def test_every_problem_is_told_at_once(values: dict[str, str], problems: dict[str, str]) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        build_item("a", values, "Asia/Tokyo")
    assert codes(refused) == problems


def test_what_was_not_touched_is_no_change() -> None:
    assert changes(SHOWN, MARKS, ITEM, BERLIN) == {}
    # Some clients send other line ends, and leave a cleared field out.
    lines = replace(ITEM, note="a\nb", section="")
    values = {**fields_of(lines, BERLIN), "note": "a\r\nb "}
    del values["section"]
    assert changes(typed(values), marks_of(fields_of(lines, BERLIN)), lines, BERLIN) == {}


def test_what_another_one_changed_meanwhile_stays() -> None:
    now = replace(ITEM, text="All lights", due=None)
    assert changes({**SHOWN, "note": "Roof, too"}, MARKS, now, BERLIN) == {"note": "Roof, too"}


def test_clearing_is_a_change() -> None:
    cleared = {**SHOWN, "note": "", "due_date": "", "due_time": ""}
    assert changes(cleared, MARKS, ITEM, BERLIN) == {"note": "", "due": None}


def test_both_having_changed_the_same_is_told_and_saving_again_decides() -> None:
    now, values = replace(ITEM, text="All lights"), {**SHOWN, "text": "No lights"}
    with pytest.raises(InvalidAnswers) as refused:
        changes(values, MARKS, now, BERLIN)
    assert codes(refused) == {"text": "changed_meanwhile"}
    assert refused.value.problems["text"].values == {"text": "All lights"}
    again = marks_of(fields_of(now, BERLIN))
    assert changes(values, again, now, BERLIN) == {"text": "No lights"}


def test_both_having_changed_it_to_the_same_is_no_problem() -> None:
    now, values = replace(ITEM, text="All lights"), {**SHOWN, "text": "All lights"}
    assert changes(values, MARKS, now, BERLIN) == {"text": "All lights"}


def test_a_form_without_marks_is_read_as_touched_everywhere() -> None:
    assert set(changes(SHOWN, "", ITEM, BERLIN)) == {"text", "note", "section", "assignee", "due"}


def test_what_no_card_can_hold_is_left_out() -> None:
    assert typed({"text": " a\x00b\r\nc "})["text"] == "ab\nc"


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)
items = st.builds(
    Item,
    st.just("a"),
    texts.filter(bool),
    texts,
    texts,
    texts,
    st.none() | st.just(ITEM.due) | st.just(datetime(2026, 12, 1, 8, 30, tzinfo=UTC)),
)


@given(items, items, items, st.sets(st.sampled_from(["text", "note", "section", "assignee"])))
def test_only_what_was_touched_is_another_afterwards(
    before: Item, meanwhile: Item, mine: Item, touched: set[str]
) -> None:
    shown, wanted = fields_of(before, BERLIN), fields_of(mine, BERLIN)
    values = {**shown, **{name: wanted[name] for name in touched}}
    stands = fields_of(meanwhile, BERLIN)
    both = {n for n in touched if stands[n] != shown[n] != wanted[n] != stands[n]}
    if both:
        with pytest.raises(InvalidAnswers) as refused:
            changes(values, marks_of(shown), meanwhile, BERLIN)
        assert set(refused.value.problems) == both
        return
    changed = changes(values, marks_of(shown), meanwhile, BERLIN)
    after = replace(meanwhile, **changed)  # type: ignore[arg-type]
    for name in FIELDS:
        is_mine = name in touched and wanted[name] != shown[name]
        source = mine if is_mine else meanwhile
        assert fields_of(after, BERLIN)[name] == fields_of(source, BERLIN)[name]

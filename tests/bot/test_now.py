"""The machine's time and ids: of the right form, sortable, and stable where they must be."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.certificates import CODE_BITS
from bot.now import RandomIds, SystemClock

parts = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))


def test_the_clock_gives_the_time_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_an_id_is_a_uuid_of_version_seven() -> None:
    for _ in range(500):
        made = UUID(RandomIds().new())
        assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_the_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    monkeypatch.setattr("bot.now.time.time_ns", lambda: int(at.timestamp()) * 10**9 + 999_999)
    # The time of the example in RFC 9562, appendix A.6.
    assert RandomIds().new().startswith("017f22e2-79b0-7")


@given(st.lists(st.integers(0, 2**48 - 1), unique=True, min_size=2))
def test_ids_sort_by_the_time_they_were_made(milliseconds: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        made: dict[int, str] = {}
        for time in milliseconds:
            patch.setattr("bot.now.time.time_ns", lambda time=time: time * 1_000_000)
            made[time] = RandomIds().new()
    assert sorted(made.values()) == [made[time] for time in sorted(made)]


def test_ids_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.now.time.time_ns", lambda: 1_700_000_000_000_000_000)
    made = [RandomIds().new() for _ in range(5_000)]
    assert len(set(made)) == len(made)
    assert len({UUID(one).int & (1 << 62) - 1 for one in made}) == len(made)


def test_the_id_of_parts_is_the_same_for_ever() -> None:
    """Stored drafts bear these ids: a change here would lose them."""
    assert RandomIds().of("a", "b") == RandomIds().of("a", "b")
    assert RandomIds().of("edit", "x", "t/ada") == "8ceb0487-d750-541e-aa28-566de45806af"
    made = UUID(RandomIds().of("a"))
    assert (made.version, made.variant) == (5, RFC_4122)


@given(parts, parts)
def test_other_parts_have_another_id(some: list[str], others: list[str]) -> None:
    ids = RandomIds()
    # Nothing and one empty part are both "no more", which nobody asks for.
    if [*some, ""] != [*others, ""] and some and others:
        assert ids.of(*some) != ids.of(*others)


def test_short_ids_are_six_letters_that_nobody_mistakes() -> None:
    made = [RandomIds().short() for _ in range(2_000)]
    assert all(len(one) == 6 for one in made)
    letters = set("".join(made))
    assert letters == set("abcdefghijkmnpqrstuvwxyz23456789")
    assert not letters & set("lo01, ")
    assert len(set(made)) > len(made) - 3


def test_chance_uses_all_of_its_bits_and_no_more() -> None:
    drawn = [RandomIds().chance() for _ in range(500)]
    assert len(set(drawn)) == 500
    assert all(0 <= chance < 1 << CODE_BITS for chance in drawn)
    # That a bit is never set in so many draws happens once in 2 ** 500 / 80 times.
    for bit in range(CODE_BITS):
        assert any(chance >> bit & 1 for chance in drawn)

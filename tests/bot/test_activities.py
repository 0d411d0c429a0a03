"""Building activities: the SDK's result for what Teams sends, ValueError for anything else."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from botbuilder.schema import Activity
from hypothesis import given
from hypothesis import strategies as st

from bot.activities import activity_of
from bot.turn import turn_of
from tests.bot.recorded import ALL, MESSAGE, RARE, an_activity

KEYS = sorted(entry["key"] for entry in Activity._attribute_map.values())

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "type", "text", "tenant"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("recorded", ALL.values(), ids=ALL.keys())
def test_a_recorded_activity_is_what_the_sdk_makes_of_it(recorded: dict[str, Any]) -> None:
    built = activity_of(recorded)
    expected = Activity().deserialize(copy.deepcopy(recorded))  # type: ignore[no-untyped-call]
    assert built == expected
    assert type(built) is Activity


def test_what_is_built_shares_nothing_with_the_next() -> None:
    first, second = activity_of(MESSAGE), activity_of({"type": "message"})
    first.members_added = []
    first.additional_properties["x"] = 1
    assert second.members_added is None
    assert second.additional_properties == {}
    assert activity_of({}).text is None


@pytest.mark.parametrize("data", [None, [], "text", 3, True])
def test_only_an_object_is_an_activity(data: object) -> None:
    with pytest.raises(ValueError, match="not an object"):
        activity_of(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"timestamp": "yesterday"},
        {"timestamp": 3},
        {"text": {"a": 1}},
        {"text": ["a"]},
        {"from": "anna"},
        {"from": [1]},
        {"entities": {"type": "mention"}},
        {"entities": ["mention"]},
        {"historyDisclosed": "perhaps"},
        {"historyDisclosed": []},
        {"textHighlights": [{"occurrence": "many"}]},
        {"textHighlights": [{"occurrence": float("inf")}]},
        {"textHighlights": [{"occurrence": float("nan")}]},
        {"semanticAction": {"entities": []}},
        {"conversation": {"isGroup": 2}},
    ],
)
def test_a_part_of_the_wrong_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - only the type is promised
        activity_of(an_activity("message", **wrong))


@given(st.dictionaries(st.sampled_from(KEYS), anything), anything)
def test_whatever_is_sent_gives_a_turn_or_a_value_error(
    parts: dict[str, Any], other: object
) -> None:
    for data in ({**RARE, **parts}, {**MESSAGE, **parts}, other):
        _try(lambda data=data: turn_of(activity_of(data)))  # type: ignore[misc]


@given(st.sampled_from(["from", "conversation", "recipient", "relatesTo"]), anything, anything)
def test_whatever_is_inside_gives_a_turn_or_a_value_error(
    part: str, inner: object, other: object
) -> None:
    account = {"id": inner, "tenantId": other, "tenantID": inner, "properties": other}
    data = an_activity("message", **{part: account}, channelData=inner, value=other)
    _try(lambda: turn_of(activity_of(data)))


def _try(build: Callable[[], object]) -> None:
    try:
        build()
    except ValueError:
        return

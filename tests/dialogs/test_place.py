"""Where a button of the results leads, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.envelope import Envelope, decode
from dialogs.place import LONGEST_SEARCH, Place

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_SEARCH)
NUMBERS = st.integers(0, 999_999)
PLACES = st.builds(
    Place,
    *(WORDS,) * 5,
    skip=NUMBERS,
    first=NUMBERS,
    before=NUMBERS,
    number=NUMBERS,
)


@given(PLACES)
def test_every_place_comes_back_as_it_was(place: Place) -> None:
    assert Place.read(place.encode()) == place


@given(st.builds(Place, search=WORDS, start=st.text("abc0123456789-|/=", max_size=200)))
def test_a_place_survives_the_button_that_carries_it(place: Place) -> None:
    data = Envelope("responded", "action", place.encode()).encode()
    assert Place.read(decode(data)[0].argument) == place


@given(st.text())
def test_any_argument_is_a_place(argument: str) -> None:
    place = Place.read(argument)
    assert len(place.search) <= LONGEST_SEARCH
    assert min(place.skip, place.first, place.before, place.number) >= 0


@pytest.mark.parametrize(
    ("argument", "place"),
    [
        ("", Place()),
        ("start=20", Place(start="20")),
        ("search=Ada", Place(search="Ada")),
        ("search=" + "x" * 200, Place(search="x" * LONGEST_SEARCH)),
        ("nonsense", Place()),
        ("search=a&search=b", Place(search="a")),
        ("first=5&before=-1&skip=1e3&number=٣", Place(first=5)),
        ("first=9999999&before=x", Place()),
    ],
)
def test_what_is_odd_says_nothing(argument: str, place: Place) -> None:
    assert Place.read(argument) == place


def test_what_says_nothing_takes_no_room() -> None:
    assert Place().encode() == ""
    assert Place(question="q", first=3).encode() == "question=q&first=3"

"""What a button sends, and that nothing a client sends back can break it."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.errors import NotFound
from cards.envelope import Envelope, decode, find
from tests.actions.builders import ACTION_ID
from tests.teams.cards import Card

words = st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=40)
arguments = st.text(st.characters(exclude_categories=["Cs"]), max_size=80).filter(
    lambda text: text == text.strip()
)
fields = st.dictionaries(words.filter(lambda name: name not in {"muster", "msteams"}), st.text())
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
any_json = st.recursive(
    leaves,
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("muster"), inner),
    max_leaves=10,
)
packed = st.text(alphabet="12 -abc\n\t", max_size=30)


@given(words, words.filter(lambda action: action != "-") | st.just(""), arguments, fields)
def test_what_a_button_says_comes_back(
    verb: str, action: str, argument: str, hidden: dict[str, str]
) -> None:
    envelope = Envelope(verb, action, argument, tuple(hidden.items()))
    assert decode(envelope.encode()) == (Envelope(verb, action, argument), hidden)


@given(any_json | st.fixed_dictionaries({"muster": any_json | packed}))
def test_reading_whatever_was_sent_raises_nothing_but_not_found(data: Any) -> None:
    with suppress(NotFound):
        envelope, inputs = decode(data)
        assert envelope.verb
        assert all(isinstance(value, str) for value in inputs.values())


def test_a_button_is_stored_in_few_characters() -> None:
    envelope = Envelope("choose", ACTION_ID, "a1b2c3")
    assert envelope.encode() == {"muster": f"1 choose {ACTION_ID} a1b2c3"}


@pytest.mark.parametrize(
    ("packed", "envelope"),
    [
        ("1 help", Envelope("help")),
        (f"1 results {ACTION_ID}", Envelope("results", ACTION_ID)),
        ("1 create - poll", Envelope("create", argument="poll")),
        ("1 responded a search=x y&start=", Envelope("responded", "a", "search=x y&start=")),
    ],
)
def test_buttons_on_cards_that_were_posted_keep_their_meaning(
    packed: str, envelope: Envelope
) -> None:
    assert decode({"muster": packed}) == (envelope, {})
    assert envelope.encode() == {"muster": packed}


@pytest.mark.parametrize(
    "data",
    [
        None,
        "1 help",
        [],
        {},
        {"verb": "help"},
        {"muster": None},
        {"muster": ["1", "help"]},
        {"muster": ""},
        {"muster": "1"},
        {"muster": "1 "},
        {"muster": "2 help"},
        {"muster": "help"},
        {"muster": "1 " + "x" * 5_000},
    ],
)
def test_a_button_of_another_making_is_not_found(data: object) -> None:
    with pytest.raises(NotFound) as refused:
        decode(data)
    assert refused.value.code == "no_such_button"


def test_inputs_come_as_text_whatever_the_client_made_of_them() -> None:
    sent = {"a": "x", "b": True, "c": False, "d": 8.0, "e": None, "f": 3}
    _, inputs = decode({"muster": "1 draft.keep", "msteams": {"type": "task/fetch"}, **sent})
    assert inputs == {"a": "x", "b": "true", "c": "false", "d": "8.0", "e": "", "f": "3"}


def test_another_button_of_the_same_card_keeps_action_and_hidden_values() -> None:
    first = Envelope("results", "a", "old", (("options", "x y"),))
    assert first.with_verb("manage") == Envelope("manage", "a", "", (("options", "x y"),))


def _card(*verbs: str) -> Card:
    rows = [
        {"type": "Container", "selectAction": {"data": Envelope(verb, "a").encode()}}
        for verb in verbs
    ]
    return {"type": "AdaptiveCard", "body": rows}


def test_a_button_is_found_in_a_card() -> None:
    assert find(_card("choose")) == Envelope("choose", "a")


def test_the_first_of_several_buttons_is_found() -> None:
    assert find(_card("choose", "manage")) == Envelope("choose", "a")


@pytest.mark.parametrize("card", [None, "text", [], {}, {"body": [{"type": "TextBlock"}]}])
def test_a_card_without_our_buttons_holds_none(card: object) -> None:
    assert find(card) is None


@pytest.mark.parametrize(
    ("sent", "text"), [(0.00001, "0.00001"), (1e16, "10000000000000000"), (-0.5, "-0.5")]
)
def test_a_number_is_as_it_was_typed_not_as_computers_shorten_it(sent: float, text: str) -> None:
    assert decode({"muster": "1 x", "a": sent})[1] == {"a": text}

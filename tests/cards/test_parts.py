"""The pieces of cards, and the buttons for each place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.envelope import Envelope
from cards.parts import Host, bar, buttons, card, opens, said, submits, tap
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, walk

HERE = Envelope("results", "an-action")


def _button(host: Host, *, sends: bool) -> Card:
    make = submits if sends else opens
    shown = checked(card(TEXTS, buttons([make(host, HERE, "Results")])))
    action: Card = shown["body"][0]["actions"][0]
    return action


def test_in_a_chat_a_button_opens_a_dialog() -> None:
    action = _button(Host.CHAT, sends=False)
    assert action["type"] == "Action.Submit"
    assert action["data"]["msteams"] == {"type": "task/fetch"}


def test_in_the_personal_chat_a_button_replaces_the_card_without_the_inputs() -> None:
    action = _button(Host.IN_PLACE, sends=False)
    assert (action["type"], action["associatedInputs"]) == ("Action.Execute", "none")


def test_in_a_dialog_a_button_goes_on_without_the_inputs() -> None:
    action = _button(Host.DIALOG, sends=False)
    assert (action["type"], action["associatedInputs"]) == ("Action.Submit", "none")
    assert "msteams" not in action["data"]


@pytest.mark.parametrize(
    ("host", "kind"), [(Host.DIALOG, "Action.Submit"), (Host.IN_PLACE, "Action.Execute")]
)
def test_a_forms_button_sends_the_inputs(host: Host, kind: str) -> None:
    action = _button(host, sends=True)
    assert action["type"] == kind
    assert action.get("associatedInputs") != "none"


def test_a_tap_carries_its_verb_also_for_old_clients() -> None:
    shown = checked(card(TEXTS, buttons([tap(HERE, "Results")])))
    (action,) = shown["body"][0]["actions"]
    assert action["verb"] == "results"
    assert action["data"] == action["fallback"]["data"] == HERE.encode()


@given(st.floats(0, 1))
def test_a_bar_is_a_whole_of_100_parts_and_never_without_width(share: float) -> None:
    shown = checked(card(TEXTS, [bar(share, "accent")]))
    widths = [node["width"] for node in walk(shown) if node.get("type") == "Column"]
    assert sum(widths) == 100
    assert 0 not in widths


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_blank_text_takes_no_room(text: str) -> None:
    assert said(text, 100) == []


def test_no_buttons_take_no_room() -> None:
    assert buttons([]) == []


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        (["Results", "Open", "Manage"], [3]),
        (["Edit", "Close now", "Export", "Duplicate", "Delete"], [3, 2]),
        (["A name that is longer than a phone is wide, whatever it is", "Back"], [1, 1]),
        (["Nicht zutreffend …", "Grund ändern"], [1, 1]),
        (["編集する", "今すぐ締め切る", "エクスポート"], [2, 1]),
    ],
)
def test_buttons_take_as_many_rows_as_a_phone_needs(titles: list[str], rows: list[int]) -> None:
    shown = checked(card(TEXTS, buttons(opens(Host.DIALOG, HERE, title) for title in titles)))
    taken = [[action["title"] for action in row["actions"]] for row in shown["body"]]
    assert [len(row) for row in taken] == rows
    assert [title for row in taken for title in row] == titles

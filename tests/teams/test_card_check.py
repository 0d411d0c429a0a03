"""What the check of cards finds, and how cards are read."""

import pytest

from tests.teams.card_check import check_card
from tests.teams.cards import buttons, find_action, inputs, rows, text
from tests.teams.echo_bot import Json, a_card, a_poll, a_submit, an_execute, an_input

GOOD_IMAGE = {"type": "Image", "url": "https://a.example/b.png", "altText": "b"}


@pytest.mark.parametrize(
    ("card", "problem"),
    [
        (a_card(version="1.6"), "version"),
        (a_card(type="Card"), "type is"),
        (a_card({"type": "TextBlock", "text": "x" * 20_000}), "characters of JSON"),
        (a_card({"type": "TextBlock", "text": ""}), "text is empty"),
        (a_card({"type": "TextBlock", "text": "x", "wrapp": True}), "'wrapp'"),
        (a_card({"type": "TextBlock", "text": "x", "size": "Huge"}), "size"),
        (a_card({"type": "Container", "items": []}), "items is empty"),
        (a_card({"type": "Blink", "text": "x"}), "unknown element"),
        (a_card({"type": "Badge", "text": "x"}), "needs a fallback"),
        (a_card(GOOD_IMAGE | {"url": ""}), "url is empty"),
        (a_card(GOOD_IMAGE | {"altText": ""}), "altText"),
        (a_card(GOOD_IMAGE | {"width": "10 px"}), "width"),
        (a_card({"type": "Input.Text", "id": "a"}), "label"),
        (a_card({"type": "Input.Text", "label": "a"}), "id is missing"),
        (a_card(an_input("a"), an_input("a")), "used 2 times"),
        (a_card(an_input("a", isRequired=True)), "errorMessage"),
        (a_card(actions=[an_execute("", "v")]), "title"),
        (a_card(actions=[{"type": "Action.Execute", "title": "x"}]), "as fallback"),
        (a_card(actions=[a_submit(str(n)) for n in range(7)]), "7 buttons"),
        (a_card(refresh={"action": an_execute("r", "r")}), "userIds is missing"),
        (a_poll(*["29:x"] * 61), "61 userIds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_check_names_what_is_wrong(card: Json, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        check_card(card)


def test_good_cards_pass_the_check() -> None:
    columns = [{"type": "Column", "width": width} for width in ("auto", "20px", 3, "stretch")]
    bar = {"type": "ProgressBar", "value": 3, "fallback": {"type": "TextBlock", "text": "3"}}
    card = a_card({"type": "ColumnSet", "columns": columns}, GOOD_IMAGE, bar, an_input("a"))
    check_card(card)


def test_cards_are_read_in_order() -> None:
    card = a_poll()
    assert (text(card), rows(card), buttons(card)) == ("Pizza", ["Vote Pizza"], ["Results"])
    assert inputs(a_card(an_input("a", value="1"), an_input("b"))) == {"a": "1", "b": None}
    with pytest.raises(LookupError, match="Results"):
        find_action(card, "Nothing")

"""What Muster says about itself."""

import pytest

from actions.errors import NotFound
from cards.envelope import decode
from cards.kinds import LOOKS, look
from cards.parts import Host
from cards.welcome import help_card, install_first, introduction, invitation, message, welcome
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.teams.card_check import check_inputs_absent
from tests.teams.cards import actions, buttons, find_action, rows, text

MAKES = ["Make a poll", "Make a survey", "Make a quiz", "Make a training", "Make a checklist"]


def test_the_welcome_offers_to_make_something_of_every_kind() -> None:
    card = checked(welcome(TEXTS))
    assert rows(card) == MAKES
    assert buttons(card) == ["My actions", "Help"]


def test_every_kind_says_what_it_is_for_and_how_it_is_called() -> None:
    read = text(checked(help_card(TEXTS, Host.CHAT)))
    for shape in LOOKS:
        assert f"**{shape.name}**" in read
        assert shape.phrases.about in read


@pytest.mark.parametrize(
    ("host", "offered"),
    [
        (Host.IN_PLACE, ["My actions", "Help"]),
        (Host.CHAT, []),
        (Host.DIALOG, []),
    ],
)
def test_help_offers_what_works_in_its_place(host: Host, offered: list[str]) -> None:
    card = checked(help_card(TEXTS, host))
    assert rows(card) == MAKES
    assert buttons(card) == offered


def test_help_shown_unasked_says_why_first() -> None:
    assert text(checked(help_card(TEXTS, Host.CHAT, "I did not get that."))).startswith(
        "I did not get that."
    )


def test_an_invitation_opens_the_form_with_the_title() -> None:
    card = checked(invitation(TEXTS, "poll", Host.CHAT, "Lunch?"))
    check_inputs_absent(card)
    data = find_action(card, "Make a poll")["data"]
    envelope, inputs = decode(data)
    assert (envelope.verb, envelope.argument) == ("create", "poll")
    assert inputs == {"title": "Lunch?"}
    assert data["msteams"] == {"type": "task/fetch"}


def test_an_invitation_without_a_title_carries_none() -> None:
    (button,) = actions(checked(invitation(TEXTS, "poll", Host.CHAT, "")))
    assert decode(button["data"])[1] == {}


@pytest.mark.parametrize("title", ["x" * 500, "x" * 28_000], ids=["a title", "a whole message"])
def test_an_invitation_with_a_long_title_is_a_card_for_teams(title: str) -> None:
    checked(invitation(TEXTS, "poll", Host.CHAT, title))


def test_a_failure_is_a_card_of_one_sentence() -> None:
    assert text(checked(message(TEXTS, "This is closed."))) == "⚠ This is closed."


def test_the_introduction_in_a_chat_opens_a_dialog() -> None:
    offered = actions(checked(introduction(TEXTS)))
    opens = [button["data"]["msteams"] for button in offered]
    assert opens == [{"type": "task/fetch"}] * len(MAKES)


def test_the_bot_is_added_by_teams_itself() -> None:
    (button,) = actions(checked(install_first(TEXTS)))
    assert button["data"] == {"msteams": {"justInTimeInstall": True}}


def test_cards_for_readers_from_right_to_left_run_that_way() -> None:
    assert checked(welcome(RIGHT_TO_LEFT))["rtl"] is True


def test_a_look_is_found_by_its_name() -> None:
    assert look(LOOKS[0].name) is LOOKS[0]
    with pytest.raises(NotFound):
        look("mystery")

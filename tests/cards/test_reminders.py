"""Reminders as people read them: in their own chat, and where several are mentioned."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from actions.action import Action, Posting
from actions.attendance import Spot
from actions.mentioning import Mention
from actions.people import Person
from actions.reminding import Asked
from cards.reminders import link_to, mention, reminder
from cards.texts import texts_for
from tests.actions.builders import ACTION_ID, CREATOR, VOTER, a_poll
from tests.actions.checklists import a_checklist
from tests.actions.exams import a_training
from tests.actions.surveys import a_survey
from tests.actions.world import CHANNEL, CHAT
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.dialogs.builders import envelopes
from tests.teams.cards import Card, actions, text

SPOT = Spot(Posting("posting", ACTION_ID, CHAT.id, "1700"), CHAT)
EVIL = "[pay](https://evil.example) <at>Ada</at> *_`"


def reminded_of(action: Action, spot: Spot | None = SPOT) -> Card:
    """Give the card of a reminder."""
    return checked(reminder(Asked(action, spot), TEXTS)[0])


def mentioned(*people: Person, action: Action | None = None) -> Card:
    """Give the card that mentions people."""
    return checked(mention(Mention(action or a_poll(), people), TEXTS)[0])


# In someone's own chat


def test_a_reminder_says_who_asks_for_what_until_when() -> None:
    told = text(reminded_of(a_poll()))
    assert told.splitlines() == [
        *("POLL · closes Fri 27 Nov, 10:00", "Lunch?", "Cleo Creator asks you to respond."),
    ]


@pytest.mark.parametrize(
    ("action", "title"),
    [
        (a_poll(), "Vote"),
        (a_survey(), "Answer"),
        (a_training(), "Start or continue"),
        (a_checklist(), "Open list"),
        (a_checklist(individual=True), "Open my list"),
    ],
)
def test_a_reminder_leads_to_what_is_to_be_done(action: Action, title: str) -> None:
    card = reminded_of(action, None)
    assert {name: (e.verb, e.action) for name, e in envelopes(card).items()} == {
        title: ("open", action.id)
    }
    assert actions(card)[0]["type"] == "Action.Execute"


def test_a_locked_phone_shows_the_title_and_the_due_time() -> None:
    _, summary = reminder(Asked(a_poll(title="Lunch\n today?"), None), TEXTS)
    assert summary == "Reminder: Lunch today? (closes Fri 27 Nov, 10:00)"
    _, endless = reminder(Asked(a_poll(closes_at=None), None), TEXTS)
    assert endless == "Reminder: Lunch?"


def test_a_message_of_a_chat_is_linked_to_as_teams_does() -> None:
    card = reminded_of(a_poll())
    (link,) = [one["url"] for one in actions(card) if one["type"] == "Action.OpenUrl"]
    assert link == link_to(SPOT)
    address = urlsplit(link)
    assert unquote(address.path) == f"/l/message/{CHAT.id}/1700"
    assert parse_qs(address.query) == {
        "tenantId": ["tenant"],
        "context": ['{"contextType":"chat"}'],
    }


@pytest.mark.parametrize(("thread", "parent"), [(";messageid=1600", "1600"), ("", "1700")])
def test_a_message_of_a_channel_is_linked_to_with_its_thread(thread: str, parent: str) -> None:
    posting = Posting("posting", ACTION_ID, CHANNEL.id + thread, "1700")
    address = urlsplit(link_to(Spot(posting, CHANNEL)))
    assert unquote(address.path) == f"/l/message/{CHANNEL.id}/1700"
    assert parse_qs(address.query)["parentMessageId"] == [parent]


def test_what_people_typed_stays_text() -> None:
    action = replace(a_poll(title=EVIL), creator=replace(CREATOR, name=EVIL))
    for card in (reminded_of(action), mentioned(VOTER, action=action)):
        assert "[pay](" not in text(card)
    assert text(mentioned(VOTER, action=action)).count("<at>") == 1


def test_the_longest_reminder_fits() -> None:
    action = replace(a_poll(title="\\" * 500), creator=replace(CREATOR, name="_" * 500))
    reminded_of(action)


def test_who_made_it_may_have_no_name() -> None:
    nameless = replace(a_poll(), creator=replace(CREATOR, name=""))
    assert "Someone without a name asks you to respond." in text(reminded_of(nameless))


def test_reminders_run_from_right_to_left_where_the_reader_does() -> None:
    for shown in (
        reminder(Asked(a_poll(), SPOT), RIGHT_TO_LEFT)[0],
        mention(Mention(a_poll(), (VOTER,)), RIGHT_TO_LEFT)[0],
    ):
        assert checked(shown)["rtl"] is True
    assert reminder(Asked(a_poll(), SPOT), texts_for("de"))[0].lang == "de"


# Where several are mentioned


def test_everyone_is_mentioned_by_name_and_address() -> None:
    card = mentioned(VOTER, CREATOR)
    assert "Please respond: <at>Vera Voter</at>, <at>Cleo Creator</at>" in text(card)
    assert card["msteams"]["entities"] == [
        {
            "type": "mention",
            "text": f"<at>{one.name}</at>",
            "mentioned": {"id": one.mri, "name": one.name},
        }
        for one in (VOTER, CREATOR)
    ]


def test_the_card_in_the_chat_opens_a_dialog_and_has_no_field() -> None:
    (action,) = actions(mentioned(VOTER))
    assert action["data"]["msteams"] == {"type": "task/fetch"}


def test_two_of_one_name_are_two_mentions() -> None:
    twins = [Person(f"t/{n}", "Ben", f"29:{n}") for n in range(3)]
    entities = mentioned(*twins)["msteams"]["entities"]
    assert [one["text"] for one in entities] == [
        *("<at>Ben</at>", "<at>Ben (2)</at>", "<at>Ben (3)</at>"),
    ]
    assert [one["mentioned"]["id"] for one in entities] == ["29:0", "29:1", "29:2"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("<at>Ada</at>", "at Ada /at"),
        ("a_b [c] & d", "a b c d"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil"),
        (" \n ", "Someone without a name"),
        ("ليلى حداد", "ليلى حداد"),
    ],
)
def test_a_name_breaks_no_mention(name: str, said: str) -> None:
    card = mentioned(Person("t/x", name, "29:x"))
    assert f"Please respond: <at>{said}</at>" in text(card)
    assert card["msteams"]["entities"][0]["text"] == f"<at>{said}</at>"


def test_twenty_of_the_longest_names_fit() -> None:
    people = [Person(f"t/{n}", f"{n}" + "\\x" * 200, "29:" + "x" * 200) for n in range(20)]
    mentioned(*people, action=a_poll(title="\\" * 500))

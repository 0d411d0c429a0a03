"""Verbs: every button that is offered does something, and all that can be done is offered."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from actions.errors import NotFound
from actions.kinds import KINDS
from actions.listing import Listing, Tab
from actions.ports import Ports
from bot.press import CardJson, Press
from bot.reception import caller
from bot.summaries import Summaries
from bot.verbs import VERBS, carry_out
from cards.envelope import Envelope, decode
from cards.parts import Host
from cards.summary import summary
from cards.texts import texts_for
from cards.welcome import help_card, invitation
from dialogs.create import form_screen, kept_screen, preview_screen
from dialogs.export import export_screen
from dialogs.kinds import form
from dialogs.manage import delete_screen, manage_screen
from dialogs.my_actions import mine_screen
from dialogs.results import mine_screen as my_response_screen
from dialogs.results import summary_screen
from dialogs.screen import Setting
from tests.actions.builders import CREATOR, a_closed_poll, a_draft, a_poll, a_view
from tests.bot.exporting import NO_HANDOVER
from tests.bot.world import FakeMessenger, Watch, a_turn, as_json
from tests.dialogs.builders import full_values
from tests.e2e.gallery import gallery
from tests.fakes import CountingIds, FixedClock, MemoryStore, a_conversation, a_posting, an_action
from tests.teams.cards import Card, rows

TEXTS = texts_for("en-GB")

TAPS = {verb for kind in KINDS for verb in kind.responds}
"""What a kind's own rows and forms do."""

NEVER_OFFERED: Mapping[str, str] = {}
"""Verbs that no button carries, each with the reason why it is kept."""


def shown(host: Host) -> Iterator[Card]:
    """Give the screens of one host, also those in states that the gallery leaves out."""
    setting = Setting(host, TEXTS)
    view = a_view(a_poll(), "a", "b", viewer=CREATOR.key, own="a")
    closed = a_view(a_closed_poll(), "a", viewer=CREATOR.key)
    draft, long = a_draft(), a_draft(values=full_values())
    edit = a_draft(edits="action")
    listing = Listing(Tab.ACTIVE, [draft], [view], "x", 8, more=True)
    waiting = Listing(Tab.WAITING, (), [view])
    yield as_json(summary(view, TEXTS, host))
    yield as_json(help_card(TEXTS, host))
    yield as_json(invitation(TEXTS, "poll", host, "Lunch?"))
    for screen in (
        *(form_screen(one, setting) for one in (draft, long, edit)),
        preview_screen(draft, view, setting, [a_conversation()]),
        kept_screen(draft, setting),
        form("poll").respond(view, setting),
        *(manage_screen(one, setting) for one in (view, closed)),
        delete_screen(view, setting),
        export_screen(view, setting),
        *(mine_screen(one, setting) for one in (listing, waiting)),
        summary_screen(view, setting),
        my_response_screen(view, setting),
    ):
        yield as_json(screen.card)


def everything() -> dict[str, Card]:
    """Give every card of the gallery and every screen on every host, by name."""
    drawn = {name: as_json(card) for name, card in gallery(TEXTS)}
    more = {f"{host}-{n}": card for host in Host for n, card in enumerate(shown(host))}
    return drawn | more


EVERYTHING = everything()


def sent_by(node: Any) -> Iterator[dict[str, Any]]:
    """Give the data of all buttons of a card, of fallbacks and refreshes too."""
    if isinstance(node, dict):
        if "muster" in node:
            yield node
        for child in node.values():
            yield from sent_by(child)
    elif isinstance(node, list):
        for child in node:
            yield from sent_by(child)


def submitting(node: Any) -> Iterator[Card]:
    """Give all buttons that send something."""
    if isinstance(node, dict):
        if node.get("type") in {"Action.Execute", "Action.Submit"}:
            yield node
        for child in node.values():
            yield from submitting(child)
    elif isinstance(node, list):
        for child in node:
            yield from submitting(child)


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_verb_that_a_card_offers_is_known(name: str) -> None:
    for data in sent_by(EVERYTHING[name]):
        envelope, _ = decode(data)
        assert envelope.verb in VERBS.keys() | TAPS, envelope


def test_every_verb_that_is_known_is_offered_somewhere() -> None:
    offered = {decode(data)[0].verb for card in EVERYTHING.values() for data in sent_by(card)}
    known = VERBS.keys() | TAPS
    assert known - offered == set(NEVER_OFFERED)
    assert not offered & NEVER_OFFERED.keys()
    assert all(NEVER_OFFERED.values())


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_button_says_something_of_ours_and_old_clients_say_the_same(name: str) -> None:
    for button in submitting(EVERYTHING[name]):
        data = button.get("data", {})
        if data.get("msteams", {}).get("justInTimeInstall"):
            continue  # Teams' own: it adds the bot.
        envelope, _ = decode(data)
        if button["type"] == "Action.Execute":
            assert button["verb"] == envelope.verb
            assert button["fallback"]["type"] == "Action.Submit"
            assert button["fallback"]["data"] == data


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_kinds_taps_do_not_hide_behind_a_verb_of_another_meaning(kind: str) -> None:
    """A verb of the list wins, so one that both know must answer by the form."""
    (rules,) = (one for one in KINDS if one.name == kind)
    assert rules.responds.keys() & VERBS.keys() <= {"vote"}


# What a press of them comes to


async def pressed(envelope: Envelope) -> Any:
    """Press something on a poll by Ada in the group chat, as Ben would."""
    store = MemoryStore(FixedClock())
    messenger = FakeMessenger(Watch())
    await store.remember_conversation(a_conversation())
    action = an_action()
    await store.post(action, a_posting(action))
    turn = a_turn(sender_object_id="ben", sender_mri="29:ben", sender_name="Ben")
    ports = Ports(store, FixedClock(), CountingIds(), messenger)
    who = caller(turn)
    return await carry_out(
        Press(ports, Summaries(), who, Host.CHAT, envelope, {}, TEXTS, NO_HANDOVER)
    )


async def test_a_tap_is_what_its_kind_says() -> None:
    outcome = await pressed(Envelope("choose", "action", "yes"))
    assert isinstance(outcome, CardJson)
    assert b"You voted: Yes" in outcome.json


@pytest.mark.parametrize("verb", ["", "nonsense", "__class__", "CHOOSE", "draft.", "delete!"])
async def test_a_verb_that_nobody_knows_changes_nothing_and_says_why(verb: str) -> None:
    outcome = await pressed(Envelope(verb, "action", "yes"))
    assert isinstance(outcome, CardJson)
    assert b"You voted" not in outcome.json
    assert "⚠" in outcome.json.decode()
    assert rows(as_json(outcome.json))


OWN = {"create", "mine", "help", "bank", "bank.delete", "bank.import", "bank.read", "bank.export"}
"""What is about nothing that there has to be; what is deleted twice is gone as well."""


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in OWN])
@pytest.mark.parametrize("action", ["", "nothing", "'; DROP TABLE actions", "../action"])
async def test_a_verb_on_something_that_there_is_not_is_not_found(verb: str, action: str) -> None:
    with pytest.raises(NotFound):
        await pressed(Envelope(verb, action, "poll"))

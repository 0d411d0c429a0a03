"""The reception: who someone is, where they are, and what is remembered of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from actions.errors import NotFound, NotSaved
from actions.places import Conversation, Scope
from actions.ports import Ports
from bot.background import Background
from bot.reception import KNOWN_FOR, Reception, caller, host_of, is_personal, texts_of
from bot.summaries import Summaries
from bot.turn import Turn
from cards.envelope import Envelope
from cards.parts import Host
from cards.texts import texts_for
from cards.welcome import welcome
from tests.bot.exporting import FakeFiles, consents_with
from tests.bot.world import FakeMessenger, Watch, a_turn
from tests.fakes import NOON, CountingIds, FixedClock, MemoryStore, a_conversation

CHANNEL = "19:c@thread.tacv2"


class CountingStore(MemoryStore):
    """Counts what it was told to remember; fails as often as it is told to."""

    def __init__(self) -> None:
        """Remember nothing."""
        self.time = FixedClock()
        super().__init__(self.time)
        self.told: list[Conversation] = []
        self.failures = 0

    async def remember_conversation(self, conversation: Conversation) -> None:
        """Remember one."""
        self.told.append(conversation)
        if self.failures:
            self.failures -= 1
            raise NotSaved("database_failed")
        await super().remember_conversation(conversation)


def a_reception(store: MemoryStore, *, client_previews: bool = True) -> Reception:
    messenger = FakeMessenger(Watch())
    ports = Ports(store, store.clock, CountingIds(), messenger)
    return Reception(
        ports,
        messenger,
        Summaries(),
        Background(),
        consents_with(ports, messenger, Path()),
        FakeFiles(),
        lambda _: "",
        lambda _: "",
        lambda *_: "",
        client_previews=client_previews,
    )


def a_personal_turn() -> Turn:
    return a_turn(scope="personal", conversation_id="a:ada", conversation_name="")


# Who


def test_an_entra_user_is_known_by_tenant_and_object_id_in_any_case() -> None:
    who = caller(a_turn(tenant_id="TENANT", sender_object_id="AdA"))
    assert (who.person.key, who.person.name, who.person.mri) == ("tenant/ada", "Ada", "29:ada")
    assert who.person == caller(a_turn(sender_object_id="ADA")).person


def test_someone_in_two_tenants_chats_is_two_people() -> None:
    """Activities do not say where people are at home (docs/decisions/0005)."""
    there = caller(a_turn(tenant_id="elsewhere"))
    assert (there.person.key, there.tenant_id) == ("elsewhere/ada", "elsewhere")


def test_an_anonymous_guest_is_someone_in_that_conversation_only() -> None:
    here = caller(a_turn(sender_object_id="", sender_mri="29:x"))
    there = caller(a_turn(sender_object_id="", sender_mri="29:x", conversation_id="19:other"))
    assert here.person.key == "19:chat@thread.v2/29:x"
    assert here.person.key != there.person.key


def test_an_anonymous_guest_is_the_same_in_all_threads_of_a_channel() -> None:
    keys = {
        caller(a_turn(sender_object_id="", conversation_id=where)).person.key
        for where in (CHANNEL, f"{CHANNEL};messageid=1", f"{CHANNEL};messageid=2")
    }
    assert len(keys) == 1


def test_the_caller_carries_where_and_how_they_read() -> None:
    thread = f"{CHANNEL};messageid=1"
    who = caller(a_turn(conversation_id=thread, locale="de-AT", time_zone="Europe/Vienna"))
    assert (who.conversation_id, who.locale, who.time_zone) == (thread, "de-AT", "Europe/Vienna")


# Where


async def test_a_conversation_is_written_down_once() -> None:
    store = CountingStore()
    reception = a_reception(store)
    for _ in range(3):
        place = await reception.remember(a_turn())
    assert (
        store.told
        == [place]
        == [a_conversation(name="Early shift", service_url="https://smba.example/teams/")]
    )


async def test_a_new_service_url_is_written_down_again() -> None:
    store = CountingStore()
    reception = a_reception(store)
    await reception.remember(a_turn())
    await reception.remember(a_turn(service_url="https://smba.example/emea/"))
    assert len(store.told) == 2
    found = await store.conversation("19:chat@thread.v2")
    assert found is not None
    assert found.service_url == "https://smba.example/emea/"


async def test_threads_share_their_channel() -> None:
    store = CountingStore()
    reception = a_reception(store)
    places = [
        await reception.remember(a_turn(conversation_id=where, scope="channel", team_id="19:team"))
        for where in (f"{CHANNEL};messageid=1", CHANNEL, f"{CHANNEL};messageid=2")
    ]
    assert len(set(places)) == len(store.told) == 1
    assert (places[0].id, places[0].scope, places[0].team_id) == (
        CHANNEL,
        Scope.CHANNEL,
        "19:team",
    )


async def test_a_turn_without_a_name_leaves_the_name_as_it_was() -> None:
    store = CountingStore()
    reception = a_reception(store)
    await reception.remember(a_turn(conversation_name="General"))
    assert (await reception.remember(a_turn(conversation_name=""))).name == "General"
    assert len(store.told) == 1


async def test_a_new_name_is_written_down() -> None:
    store = CountingStore()
    reception = a_reception(store)
    await reception.remember(a_turn())
    await reception.remember(a_turn(conversation_name="Late shift"))
    assert [place.name for place in store.told] == ["Early shift", "Late shift"]


async def test_a_name_outlives_a_restart() -> None:
    """Most invokes carry no name; another process, or the next start, must not lose it."""
    store = CountingStore()
    await a_reception(store).remember(a_turn(conversation_name="General"))
    place = await a_reception(store).remember(a_turn(conversation_name=""))
    assert place.name == "General"
    assert await store.conversation(place.id) == place


async def test_a_personal_chat_says_whose_it_is_and_another_does_not() -> None:
    store = CountingStore()
    reception = a_reception(store)
    own = await reception.remember(a_personal_turn())
    assert (own.scope, own.person) == (Scope.PERSONAL, "tenant/ada")
    assert await store.personal_conversation("tenant/ada") == own
    assert (await reception.remember(a_turn())).person == ""


async def test_what_the_database_did_not_take_is_written_next_time() -> None:
    store = CountingStore()
    store.failures = 1
    reception = a_reception(store)
    with pytest.raises(NotSaved):
        await reception.remember(a_turn())
    await reception.remember(a_turn())
    assert await store.conversation("19:chat@thread.v2")


async def test_a_forgotten_conversation_is_written_down_when_it_is_heard_from_again() -> None:
    store = CountingStore()
    reception = a_reception(store)
    thread = a_turn(conversation_id=f"{CHANNEL};messageid=1", scope="channel")
    await reception.remember(thread)
    await reception.forget(thread)
    assert await store.conversation(CHANNEL) is None
    await reception.remember(thread)
    assert await store.conversation(CHANNEL)


async def test_chat_that_was_found_dead_lives_again_soon_after_it_is_heard_from() -> None:
    store = CountingStore()
    reception = a_reception(store)
    place = await reception.remember(a_turn())
    await store.conversation_died(place.id, "MessageWritesBlocked")
    store.time.advance(seconds=KNOWN_FOR.total_seconds() - 1)
    await reception.remember(a_turn())
    assert len(store.told) == 1
    store.time.advance(seconds=1)
    assert await reception.remember(a_turn()) == place
    assert await store.conversation(place.id) == place


async def test_chat_that_was_found_dead_lives_at_once_when_someone_writes_there() -> None:
    store = CountingStore()
    reception = a_reception(store)
    place = await reception.remember(a_turn())
    await store.conversation_died(place.id, "MessageWritesBlocked")
    assert await reception.remember(a_turn(conversation_name=""), is_press=False) == place
    assert await store.conversation(place.id) == place


async def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reception.KEPT", 3)
    store = CountingStore()
    reception = a_reception(store)
    for number in range(10):
        await reception.remember(a_turn(conversation_id=f"19:{number}"))
        assert len(reception._known) <= 3
    assert len(store.told) == 10


# What is pressed


def test_a_press_carries_what_the_button_said_and_what_was_typed() -> None:
    data = {**Envelope("vote", "action", "x").encode(), "answer": "yes", "msteams": {"a": 1}}
    press = a_reception(CountingStore()).press(a_turn(), data, host=Host.DIALOG)
    assert press.envelope == Envelope("vote", "action", "x")
    assert press.inputs == {"answer": "yes"}
    assert (press.host, press.extension, press.texts.tag) == (Host.DIALOG, False, "en-GB")
    assert press.ports.clock.now() == NOON


@pytest.mark.parametrize("data", [None, {}, [], "vote", {"muster": 3}, {"verb": "vote"}])
def test_a_button_that_is_not_ours_is_not_found(data: object) -> None:
    with pytest.raises(NotFound):
        a_reception(CountingStore()).press(a_turn(), data, host=Host.CHAT)


@pytest.mark.parametrize("previews", [True, False])
def test_the_extensions_own_preview_is_used_where_there_is_one(*, previews: bool) -> None:
    reception = a_reception(CountingStore(), client_previews=previews)
    given, turn = Envelope("create"), a_turn()
    assert reception.press_of(turn, given, {}, host=Host.DIALOG, extension=True).extension is (
        previews
    )
    assert not reception.press_of(turn, given, {}, host=Host.DIALOG).extension


def test_a_card_is_replaced_in_the_personal_chat_alone() -> None:
    assert (host_of(a_personal_turn()), is_personal(a_personal_turn())) == (Host.IN_PLACE, True)
    for scope in ("groupChat", "channel"):
        turn = a_turn(scope=scope)
        assert (host_of(turn), is_personal(turn)) == (Host.CHAT, False)


def test_texts_are_in_the_readers_language() -> None:
    assert texts_of(a_turn(locale="fr-CH")).tag == texts_for("fr-CH").tag
    assert texts_of(a_turn(locale="no such language")).tag == "en"


async def test_something_is_said_where_the_turn_came_from() -> None:
    store = CountingStore()
    reception = a_reception(store)
    thread = f"{CHANNEL};messageid=1"
    turn = replace(a_turn(scope="channel"), conversation_id=thread)
    await reception.say(turn, welcome(texts_of(turn)), "Welcome!")
    messenger = reception.messenger
    assert isinstance(messenger, FakeMessenger)
    (shown,) = messenger.messages_in(thread)
    assert shown.summary == "Welcome!"
    assert await store.conversation(CHANNEL)

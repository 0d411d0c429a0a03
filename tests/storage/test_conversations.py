"""Where the bot is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.places import Conversation, Scope
from tests.fakes import NOON, FixedClock, a_change, a_conversation, a_posting, an_action
from tests.storage.conftest import AnyStore

PERSONAL = a_conversation("a:ada", scope=Scope.PERSONAL, person="tenant/ada", name="")


async def test_conversation_is_remembered_and_forgotten(store: AnyStore) -> None:
    await store.remember_conversation(a_conversation())
    assert await store.conversation(a_conversation().id) == a_conversation()
    await store.forget_conversation(a_conversation().id)
    await store.forget_conversation(a_conversation().id)
    assert await store.conversation(a_conversation().id) is None


async def test_newest_service_url_and_name_win(store: AnyStore) -> None:
    await store.remember_conversation(a_conversation())
    newer = a_conversation(service_url="https://smba.example/emea/", name="Renamed")
    await store.remember_conversation(newer)
    assert await store.conversation(newer.id) == newer


async def test_personal_chat_is_found_by_its_person(store: AnyStore) -> None:
    await store.remember_conversation(a_conversation())
    await store.remember_conversation(PERSONAL)
    assert await store.personal_conversation("tenant/ada") == PERSONAL
    assert await store.personal_conversation("tenant/bob") is None
    assert await store.personal_conversation("") is None


async def test_shared_conversations_are_listed_latest_first(
    store: AnyStore, clock: FixedClock
) -> None:
    places = [a_conversation(f"19:{i}@thread.v2") for i in range(4)]
    for place in places:
        await store.remember_conversation(place)
        clock.advance(minutes=1)
    await store.remember_conversation(PERSONAL)
    await store.remember_conversation(replace(places[0], id="19:else", tenant_id="other"))
    clock.advance(hours=1)
    await store.remember_conversation(places[1])
    listed = await store.shared_conversations("tenant", 3)
    assert listed == [places[1], places[3], places[2]]


@pytest.mark.parametrize("place", [a_conversation(), PERSONAL])
async def test_conversation_is_dead_until_the_bot_is_heard_from_there(
    store: AnyStore, place: Conversation
) -> None:
    await store.remember_conversation(place)
    await store.conversation_died(place.id, "MessageWritesBlocked")
    dead = await store.conversation(place.id)
    assert dead == replace(place, dead_code="MessageWritesBlocked")
    await store.remember_conversation(place)
    assert await store.conversation(place.id) == place


async def test_conversation_that_was_forgotten_does_not_come_back_dead(store: AnyStore) -> None:
    await store.conversation_died(a_conversation().id, "ConversationNotFound")
    assert await store.conversation(a_conversation().id) is None


async def test_dead_conversations_are_not_listed(store: AnyStore) -> None:
    for name in ("19:dead", "19:lives"):
        await store.remember_conversation(a_conversation(name))
    await store.conversation_died("19:dead", "BotNotInConversationRoster")
    listed = await store.shared_conversations("tenant", 3)
    assert [place.id for place in listed] == ["19:lives"]


async def test_personal_chat_that_lives_is_found_before_a_dead_one(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.remember_conversation(PERSONAL)
    clock.advance(minutes=1)
    await store.remember_conversation(replace(PERSONAL, id="a:newer"))
    await store.conversation_died("a:newer", "ConversationBlockedByUser")
    assert await store.personal_conversation("tenant/ada") == PERSONAL
    await store.conversation_died(PERSONAL.id, "ConversationNotFound")
    found = await store.personal_conversation("tenant/ada")
    assert found is not None
    assert found.id == "a:newer"


# What was given up while the bot was gone


async def given_up(store: AnyStore, code: str, where: str = a_conversation().id) -> None:
    """Post an action, show it, and give its posting up after a vote."""
    action = an_action()
    await store.post(action, a_posting(action, conversation_id=where))
    [posting] = await store.claim(NOON, NOON + timedelta(minutes=1), 5)
    await store.delivered(posting, "1:message", action.revision, NOON)
    await store.respond(a_change("Ada", "yes"))
    [posting] = await store.claim(NOON, NOON + timedelta(minutes=1), 5)
    await store.bury(posting, code)


@pytest.mark.parametrize("thread", ["", ";messageid=17"])
@pytest.mark.parametrize("code", ["BotNotInConversationRoster", "ConversationForgotten"])
async def test_what_was_given_up_is_due_when_the_bot_is_there_again(
    store: AnyStore, code: str, thread: str
) -> None:
    await given_up(store, code, a_conversation().id + thread)
    await store.remember_conversation(a_conversation())
    [posting] = await store.claim(NOON, NOON + timedelta(minutes=1), 5)
    assert (posting.activity_id, posting.attempts) == ("1:message", 0)


@pytest.mark.parametrize("code", ["MessageSizeTooBig", "ActivityNotFoundInConversation"])
async def test_what_was_given_up_for_itself_stays_so(store: AnyStore, code: str) -> None:
    await given_up(store, code)
    await store.remember_conversation(a_conversation())
    assert await store.next_due() is None


@pytest.mark.parametrize("where", ["19:else", "19:chat@thread.v2;other=1", "19:chat@thread.v22"])
async def test_what_was_given_up_elsewhere_stays_so(store: AnyStore, where: str) -> None:
    await given_up(store, "ConversationNotFound", where)
    await store.remember_conversation(a_conversation())
    assert await store.next_due() is None


async def test_what_shows_the_newest_is_not_due_again(store: AnyStore) -> None:
    await given_up(store, "ConversationNotFound")
    await store.remember_conversation(a_conversation())
    [posting] = await store.claim(NOON, NOON + timedelta(minutes=1), 5)
    revision = (await store.action("action")).revision
    await store.delivered(posting, posting.activity_id, revision, NOON)
    [shown] = await store.postings("action")
    await store.bury(shown, "ConversationNotFound")
    await store.conversation_died(a_conversation().id, "ConversationNotFound")
    await store.remember_conversation(a_conversation())
    assert await store.next_due() is None


async def test_where_the_bot_always_was_nothing_is_made_due(store: AnyStore) -> None:
    await store.remember_conversation(a_conversation())
    await given_up(store, "ConversationNotFound")
    await store.remember_conversation(a_conversation(name="Renamed"))
    assert await store.next_due() is None
    await store.conversation_died(a_conversation().id, "ConversationNotFound")
    await store.remember_conversation(a_conversation(name="Renamed"))
    assert await store.next_due() == NOON

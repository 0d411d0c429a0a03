"""Where the bot is."""

from dataclasses import replace

from actions.places import Scope
from tests.fakes import FixedClock, a_conversation
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

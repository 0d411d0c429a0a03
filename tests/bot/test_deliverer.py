"""The deliverer: cards follow the tables, whatever Teams and the database do meanwhile."""

import asyncio
import gc
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from actions.content import Content
from actions.errors import MusterError, TryLater, Unreachable
from actions.history import Entry
from actions.item import Item
from actions.places import Conversation, Scope
from actions.ticks import Checklist
from bot import rounds
from bot.deliverer import PACE
from bot.limits import Lanes
from bot.metrics import Metrics
from bot.rounds import AT_ONCE, FIRST_WAIT, LEASE, LONGEST_WAIT
from tests.bot.loops import Round
from tests.bot.world import CHAT, InLanes
from tests.fakes import (
    NOON,
    a_conversation,
    a_draft,
    a_person,
    a_poll,
    a_posting,
    an_action,
)
from tests.teams.cards import buttons, rows, text

BY_ADA = Entry(NOON, a_person("Ada"), "edited")


@pytest.fixture(autouse=True)
def breathless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again at once; time is the tests' own."""
    monkeypatch.setattr("bot.rounds.BREATH", 0.0)


@pytest.fixture
async def world() -> AsyncIterator[Round]:
    made = Round()
    async with made.running():
        yield made
        made.messenger.held.open_all()


def personal(name: str = "Ada") -> Conversation:
    key = a_person(name).key
    return a_conversation(f"a:{name}", scope=Scope.PERSONAL, person=key, name="")


def chats(count: int) -> list[Conversation]:
    return [a_conversation(f"19:{number}@thread.v2") for number in range(count)]


# The first time


async def test_the_roster_is_taken_before_the_card_is_first_shown(world: Round) -> None:
    world.messenger.people[CHAT] = [a_person("Ada"), a_person("Ben")]
    posting = await world.post()
    await world.settled()
    assert world.messenger.names(CHAT) == ["members", "post"]
    assert "0 of 2 responded" in world.card_text()
    (shown,) = world.messenger.messages_in(CHAT)
    assert shown.summary.startswith("Poll: Lunch?")
    assert world.delivery(posting).posting.shown_revision == 2


async def test_the_card_is_posted_under_a_lease_of_its_own(world: Round) -> None:
    world.messenger.held.close(CHAT)
    posting = await world.post()
    await world.watch.until(lambda: world.messenger.names(CHAT) == ["members"])
    started = world.clock.time
    world.clock.advance(seconds=25)
    world.messenger.held.open(CHAT)
    world.messenger.held.close(CHAT)
    await world.watch.until(lambda: world.messenger.names(CHAT) == ["members", "post"])
    lease = world.delivery(posting).lease_until
    assert lease is not None
    assert lease >= started + timedelta(seconds=25) + LEASE


async def test_a_roster_that_was_taken_before_is_not_taken_again(world: Round) -> None:
    await world.post(audience=9)
    await world.settled()
    assert world.messenger.names(CHAT) == ["post"]
    assert "0 of 9 responded" in world.card_text()


async def test_a_card_in_a_thread_is_posted_into_the_thread(world: Round) -> None:
    channel = a_conversation("19:c@thread.tacv2", scope=Scope.CHANNEL)
    await world.store.remember_conversation(channel)
    thread = f"{channel.id};messageid=17"
    action = an_action()
    await world.store.post(action, a_posting(action, conversation_id=thread))
    await world.settled()
    assert world.messenger.names(channel.id) == ["members"]
    assert world.messenger.names(thread) == ["post"]


async def test_a_card_that_is_shown_is_not_due(world: Round) -> None:
    posting = await world.shown()
    await world.later(hours=1)
    assert world.messenger.names(CHAT) == ["members", "post"]
    assert world.delivery(posting).due_at is None


# A personal chat


async def test_in_a_personal_chat_the_card_is_the_readers_own(world: Round) -> None:
    chat = personal()
    await world.shown(place=chat)
    assert world.messenger.names(chat.id) == ["post"]
    assert "0 of 1 responded" in world.card_text(chat.id)
    await world.vote("Ada", "yes")
    await world.settled()
    assert "✔ You voted: Yes" in world.card_text(chat.id)
    (shown,) = world.messenger.messages_in(chat.id)
    assert "Manage" in buttons(shown.card)
    assert "refresh" not in shown.card


async def test_in_a_personal_chat_ones_own_items_of_a_checklist_are_told(world: Round) -> None:
    items = (Item("a", "Lights", assignee=a_person("Ada").name), Item("b", "Till"))
    kept = Checklist(individual=True)
    content = Content("Opening", items, checklist=kept)
    await world.shown(place=personal(), kind="checklist", content=content)
    assert "for you" in world.card_text(personal().id)
    assert "0 of 2 done" in world.card_text(personal().id)


async def test_in_a_chat_of_several_the_card_is_nobodys_own(world: Round) -> None:
    await world.shown()
    await world.vote("Ada", "yes")
    await world.settled()
    assert "You voted" not in world.card_text()
    (shown,) = world.messenger.messages_in(CHAT)
    assert "Manage" not in buttons(shown.card)


# Updates


async def test_a_change_is_shown_at_once_on_a_card_that_was_still(world: Round) -> None:
    await world.shown()
    await world.vote()
    await world.settled()
    assert world.messenger.names(CHAT) == ["members", "post", "update"]
    assert "1 response" in world.card_text() or "1 of" in world.card_text()


async def test_changes_within_the_pace_are_shown_together(world: Round) -> None:
    posting = await world.shown()
    await world.vote("Ben")
    await world.settled()
    for name in ("Cleo", "Dan", "Eve"):
        await world.vote(name)
        await world.later(seconds=0.5)
    assert world.messenger.messages_in(CHAT)[0].updates == 1
    await world.later(seconds=0.5)
    assert world.messenger.messages_in(CHAT)[0].updates == 2
    newest = (await world.store.action("action")).revision
    assert world.delivery(posting).posting.shown_revision == newest


async def test_there_is_never_more_than_one_update_within_the_pace(world: Round) -> None:
    await world.shown()
    times: list[datetime] = []
    for number in range(40):
        before = world.messenger.messages_in(CHAT)[0].updates
        await world.vote(f"Person {number}")
        await world.later(seconds=0.25)
        if world.messenger.messages_in(CHAT)[0].updates > before:
            times.append(world.clock.time)
    assert len(times) >= 5
    assert all(b - a >= PACE for a, b in pairwise(times))


async def test_a_change_while_an_update_is_under_way_is_shown_by_the_next(world: Round) -> None:
    await world.shown()
    world.messenger.held.close(CHAT)
    await world.vote("Ben", "yes")
    await world.watch.until(lambda: world.messenger.names(CHAT)[-1] == "update")
    await world.vote("Cleo", "no")
    world.messenger.held.open(CHAT)
    await world.settled()
    assert world.messenger.messages_in(CHAT)[0].updates == 1
    await world.later(seconds=2)
    assert world.messenger.messages_in(CHAT)[0].updates == 2
    assert world.messenger.most_at_once == 1


async def test_what_was_due_before_the_start_is_delivered() -> None:
    made = Round()
    await made.post()
    async with made.running():
        await made.settled()
        assert len(made.messenger.messages_in(CHAT)) == 1


async def test_a_posting_whose_taker_is_gone_is_taken_over_when_the_lease_ends() -> None:
    made = Round()
    await made.post(audience=2)
    now = made.clock.time
    assert await made.store.claim(now, now + LEASE, 1)
    async with made.running():
        await made.looked()
        assert not made.messenger.calls
        made.clock.time += LEASE
        await made.later(seconds=1)
        assert len(made.messenger.messages_in(CHAT)) == 1


async def test_a_deleted_action_leaves_a_card_that_says_so(world: Round) -> None:
    posting = await world.shown()
    await world.store.delete("action", BY_ADA)
    await world.settled()
    (shown,) = world.messenger.messages_in(CHAT)
    assert "deleted by the person who made it" in text(shown.card)
    assert (rows(shown.card), buttons(shown.card), shown.summary) == ([], [], "Deleted")
    assert "Lunch" not in str(shown)
    await world.later(days=1)
    assert shown.updates == 1
    assert world.delivery(posting).dead_code == ""


async def test_an_action_deleted_before_it_was_shown_is_never_shown() -> None:
    made = Round()
    posting = await made.post()
    await made.store.delete("action", BY_ADA)
    async with made.running():
        await made.settled()
    assert not made.messenger.calls
    assert made.delivery(posting).dead_code == "DeletedBeforePosting"


# Teams says: later


@pytest.mark.parametrize("attempts", [0, 1, 2, 5, 8, 9, 30, 5_000])
async def test_the_wait_doubles_with_each_attempt_up_to_the_longest(
    world: Round, attempts: int
) -> None:
    posting = await world.shown()
    delivery = world.delivery(posting)
    delivery.posting = a_posting(
        an_action(), activity_id=delivery.posting.activity_id, attempts=attempts
    )
    world.messenger.fails("update", CHAT, TryLater())
    await world.vote()
    await world.settled()
    least = min(FIRST_WAIT * 2.0 ** min(attempts, 100), LONGEST_WAIT)
    assert least <= world.wait_of(posting) <= least * 1.25
    assert world.delivery(posting).posting.attempts == attempts + 1


async def test_waits_differ_so_that_cards_do_not_march(world: Round) -> None:
    places = chats(8)
    postings = [
        await world.post(f"action-{n}", place=place, audience=1) for n, place in enumerate(places)
    ]
    for place in places:
        world.messenger.fails("post", place.id, TryLater())
    await world.settled()
    assert len({world.wait_of(posting) for posting in postings}) == len(postings)


@pytest.mark.parametrize("wish", [0.5, 7.0, 3600.0])
async def test_teams_own_wish_is_kept(world: Round, wish: float) -> None:
    posting = await world.shown()
    world.messenger.fails("update", CHAT, TryLater(wish))
    await world.vote()
    await world.settled()
    assert wish <= world.wait_of(posting) <= wish * 1.25


async def test_a_wish_for_no_wait_at_all_does_not_make_it_ask_without_end(world: Round) -> None:
    """Retry-After: 0, or a date that has passed by our clock, through a whole outage."""
    await world.shown()
    world.messenger.fails("update", CHAT, *[TryLater(0.0)] * 20)
    await world.vote()
    await world.settled()
    assert world.messenger.names(CHAT).count("update") == 1


async def test_what_failed_arrives_when_teams_takes_it_and_the_count_starts_again(
    world: Round,
) -> None:
    posting = await world.shown()
    world.messenger.fails("update", CHAT, *[TryLater()] * 3)
    await world.vote()
    await world.settled()
    for _ in range(3):
        await world.later(seconds=world.wait_of(posting))
    (shown,) = world.messenger.messages_in(CHAT)
    assert shown.updates == 1
    assert world.delivery(posting).posting.attempts == 0


async def test_a_roster_that_does_not_come_delays_the_card(world: Round) -> None:
    world.messenger.fails("members", CHAT, TryLater())
    posting = await world.post()
    await world.settled()
    assert not world.messenger.messages_in(CHAT)
    await world.later(seconds=world.wait_of(posting))
    assert world.messenger.names(CHAT) == ["members", "members", "post"]


# Teams says: never


@pytest.mark.parametrize("call", ["members", "post"])
async def test_a_card_that_cannot_be_posted_is_a_draft_again_and_its_creator_is_told(
    world: Round, call: str
) -> None:
    await world.store.remember_conversation(personal())
    await world.store.save_draft(a_draft("action"))
    world.messenger.fails(call, CHAT, Unreachable("BotNotInConversationRoster"))
    await world.post()
    await world.settled()
    assert not world.store.deliveries
    assert [d.id for d in await world.store.drafts(a_person("Ada").key, 0, 9)] == ["action"]
    assert "“Lunch?” could not be posted" in world.card_text(personal().id)


async def test_a_creator_who_cannot_be_told_has_the_draft_nevertheless(world: Round) -> None:
    await world.store.remember_conversation(personal())
    await world.store.save_draft(a_draft("action"))
    world.messenger.fails("post", CHAT, Unreachable("x"))
    world.messenger.fails("post", personal().id, TryLater())
    await world.post()
    await world.settled()
    assert not world.messenger.messages
    assert await world.store.draft("action")


async def test_a_bug_in_telling_the_creator_does_not_get_out(
    world: Round,
) -> None:
    complaints = list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))
    await world.store.remember_conversation(personal())
    world.messenger.fails("post", CHAT, Unreachable("x"))
    world.messenger.fails("post", personal().id, RuntimeError("bug"))
    await world.post(audience=1)
    await world.watch.until(lambda: world.messenger.names(personal().id) == ["post"])
    await world.looked()
    gc.collect()
    assert not complaints


async def test_a_card_for_a_conversation_that_was_forgotten_is_a_draft_again(
    world: Round,
) -> None:
    await world.store.save_draft(a_draft("action"))
    await world.post(audience=1)
    await world.store.forget_conversation(CHAT)
    await world.settled()
    assert not world.messenger.calls
    assert not world.store.deliveries


async def test_a_card_that_cannot_be_updated_is_given_up_for_good(world: Round) -> None:
    posting = await world.shown()
    world.messenger.fails("update", CHAT, Unreachable("ConversationNotFound"))
    await world.vote("Ben")
    await world.settled()
    assert world.delivery(posting).dead_code == "ConversationNotFound"
    await world.vote("Cleo")
    await world.later(days=1)
    assert world.messenger.names(CHAT) == ["members", "post", "update"]
    assert (await world.store.tallies("action")).responded == 2


# Conversations that are dead


async def dies(world: Round, code: str = "BotNotInConversationRoster") -> None:
    """Let Teams refuse an update in the chat."""
    world.messenger.fails("update", CHAT, Unreachable(code))
    await world.vote("Ben")
    await world.settled()


async def test_in_a_dead_conversation_nothing_is_updated(world: Round) -> None:
    for name in ("action", "other"):
        await world.shown(name)
    await dies(world)
    await world.vote("Ben", action="other")
    await world.settled()
    assert world.messenger.names(CHAT).count("update") == 1
    assert {one.dead_code for one in world.store.deliveries.values()} == {
        "BotNotInConversationRoster"
    }
    place = await world.store.conversation(CHAT)
    assert place is not None
    assert place.dead_code == "BotNotInConversationRoster"


async def test_where_the_bot_is_again_everything_shows_the_newest(world: Round) -> None:
    posting = await world.shown()
    await dies(world)
    await world.vote("Cleo")
    await world.later(days=1)
    await world.store.remember_conversation(a_conversation())
    await world.settled()
    revision = (await world.store.action("action")).revision
    assert world.delivery(posting).posting.shown_revision == revision


@pytest.mark.parametrize("code", ["MessageSizeTooBig", "ActivityNotFoundInConversation"])
async def test_conversation_in_which_one_message_is_refused_lives(world: Round, code: str) -> None:
    await world.shown("other")
    await world.shown()
    await dies(world, code)
    await world.vote("Ben", action="other")
    await world.settled()
    assert world.messenger.names(CHAT).count("update") == 2


async def test_card_that_is_posted_where_the_bot_was_gone_says_whether_it_is_back(
    world: Round,
) -> None:
    shown = await world.shown()
    await dies(world)
    new = an_action("new", audience=1)
    await world.store.post(new, a_posting(new))
    await world.settled()
    place = await world.store.conversation(CHAT)
    assert place is not None
    assert not place.dead_code
    assert not world.delivery(shown).dead_code
    assert world.messenger.names(CHAT)[-2:] == ["post", "update"]


async def test_creator_in_a_dead_chat_is_not_written_to(world: Round) -> None:
    await world.store.remember_conversation(personal())
    await world.store.conversation_died(personal().id, "ConversationBlockedByUser")
    world.messenger.fails("post", CHAT, Unreachable("MessageWritesBlocked"))
    await world.post()
    await world.settled()
    assert not world.messenger.names(personal().id)


async def test_a_message_without_an_id_is_shown_once_and_never_again(world: Round) -> None:
    world.messenger.has_ids = False
    posting = await world.post()
    await world.settled()
    await world.vote()
    await world.later(days=1)
    assert world.messenger.names(CHAT) == ["members", "post"]
    assert world.delivery(posting).dead_code == "NoActivityId"


async def test_a_posting_of_an_action_that_is_gone_is_given_up(world: Round) -> None:
    posting = await world.shown()
    del world.store.posted["action"]
    world.delivery(posting).due_at = world.clock.time
    await world.settled()
    assert world.delivery(posting).dead_code == "ActionNotFound"


async def test_a_draft_that_came_back_is_posted_as_it_is_after_an_edit(world: Round) -> None:
    """Its id and revisions are those of the first time, its words are not."""
    world.messenger.fails("post", CHAT, Unreachable("MessageWritesBlocked"))
    await world.post()
    await world.settled()
    assert not world.store.posted
    later = world.clock.advance(minutes=1)
    await world.post(content=a_poll("Soup", "Salad"), created_at=later)
    await world.settled()
    (shown,) = world.messenger.messages_in(CHAT)
    assert rows(shown.card) == ["Choose Soup", "Choose Salad"]


# Something breaks


async def test_a_posting_that_breaks_does_not_stop_the_others(world: Round) -> None:
    broken, good = chats(2)
    no_zone = (NOON + timedelta(days=1)).replace(tzinfo=None)
    bad = await world.post("bad", place=broken, closes_at=no_zone, audience=1)
    await world.post("good", place=good, audience=1)
    await world.settled()
    assert len(world.messenger.messages_in(good.id)) == 1
    assert world.delivery(bad).dead_code == ""
    assert FIRST_WAIT <= world.wait_of(bad) <= FIRST_WAIT * 1.25


async def test_a_card_that_cannot_be_drawn_here_is_not_taken_for_one_that_is_gone(
    world: Round,
) -> None:
    """Another process, of a newer version, may know the kind."""
    posting = await world.post(kind="newer", audience=1)
    await world.settled()
    assert world.delivery(posting).dead_code == ""


async def test_a_bug_in_the_messenger_delays_one_card(world: Round) -> None:
    world.messenger.fails("post", CHAT, RuntimeError("bug"))
    posting = await world.post(audience=1)
    await world.settled()
    await world.later(seconds=world.wait_of(posting))
    assert len(world.messenger.messages_in(CHAT)) == 1


@pytest.mark.parametrize("name", ["claim", "next_due"])
async def test_a_database_that_fails_is_asked_again(name: str) -> None:
    made = Round()
    made.store.failing[name] = 1
    async with made.running():
        await made.watch.until(lambda: not made.store.failing[name])
        await made.post()
        await made.settled()
    assert len(made.messenger.messages_in(CHAT)) == 1


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("delivered", None),
        ("postpone", TryLater()),
        ("bury", Unreachable("gone")),
        ("unpost", Unreachable("gone")),
    ],
)
async def test_a_result_that_is_not_noted_stops_nothing_and_comes_again(
    name: str, failure: MusterError | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "PAUSES", ())
    made, complaints = Round(), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))
    async with made.running():
        await made.shown(audience=1) if name == "bury" else await made.post(audience=1)
        call = "update" if name == "bury" else "post"
        made.messenger.fails(call, CHAT, *([failure] if failure else []))
        made.store.failing[name] = 1
        if name == "bury":
            await made.vote()
        await made.watch.until(lambda: not made.store.failing[name])
        await made.post("other", place=chats(1)[0])
        await made.watch.until(lambda: bool(made.messenger.messages_in(chats(1)[0].id)))
        made.clock.time += LEASE
        await made.later(seconds=1)
        assert made.messenger.names(CHAT).count(call) == 2
    gc.collect()
    assert not complaints


async def test_a_card_that_teams_has_is_noted_once_the_database_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rounds, "PAUSES", (0.0, 0.0))
    made = Round()
    made.store.failing["delivered"] = 2
    async with made.running():
        await made.post(audience=1)
        await made.settled()
        made.clock.time += LEASE
        await made.later(seconds=1)
    assert made.messenger.names(CHAT).count("post") == 1


# Side by side, and the end


async def test_no_more_than_so_many_are_under_way(world: Round) -> None:
    places = chats(AT_ONCE + 5)
    for number, place in enumerate(places):
        world.messenger.held.close(place.id)
        await world.post(f"action-{number}", place=place, audience=1)
    await world.watch.until(lambda: world.messenger.under_way == AT_ONCE)
    assert len(world.store.taken) == AT_ONCE
    world.messenger.held.open_all()
    await world.settled()
    assert world.messenger.most_at_once == AT_ONCE
    assert len(world.messenger.messages) == len(places)


async def test_one_chat_that_hangs_does_not_hold_up_the_others(world: Round) -> None:
    slow, quick = chats(2)
    world.messenger.held.close(slow.id)
    await world.post("slow", place=slow, audience=1)
    await world.post("quick", place=quick, audience=1)
    await world.watch.until(lambda: bool(world.messenger.messages_in(quick.id)))
    assert not world.messenger.messages_in(slow.id)


async def test_a_hundred_cards_in_one_chat_hold_up_no_other(world: Round) -> None:
    """One of a chat is on its way at a time: it could not be sent any sooner."""
    busy, *others = chats(21)
    world.messenger.held.close(busy.id)
    for number in range(100):
        await world.post(f"busy {number:02}", place=busy, audience=1)
    for number, place in enumerate(others):
        world.clock.advance(milliseconds=1)
        await world.post(f"other {number}", place=place, audience=1)
    await world.watch.until(lambda: all(world.messenger.messages_in(place.id) for place in others))
    posted = [call.conversation_id for call in world.messenger.calls if call.name == "post"]
    assert posted == [place.id for place in (busy, *others)]
    world.messenger.held.open(busy.id)
    await world.settled()
    assert len(world.messenger.messages_in(busy.id)) == 100


async def test_what_was_shown_is_counted_with_how_long_it_took() -> None:
    made, metrics = Round(), Metrics()
    made.deliverer = made.deliverer_with(made.messenger, metrics)
    async with made.running():
        await made.shown(audience=1)
        made.messenger.fails("update", CHAT, TryLater(5.0))
        await made.vote("Cleo")
        await made.settled()
        await made.later(seconds=60)
        await made.later(seconds=60)
        await dies(made)
    text = metrics.text(None, 1).decode()
    for outcome, count in (("posted", 1), ("postponed", 1), ("updated", 1), ("impossible", 1)):
        assert f'muster_card_updates_total{{outcome="{outcome}"}} {count}.0' in text
    assert "muster_delivery_lag_seconds_count 2.0" in text
    assert 'muster_delivery_lag_seconds_bucket{le="30.0"} 1.0' in text


async def test_a_card_that_waits_long_for_its_turn_is_posted_once() -> None:
    """The lease ends while someone else is in the chat's lane, and nobody knows for how long."""
    made, lanes = Round(), Lanes(lambda: 0.0)
    place = a_conversation()
    made.deliverer = made.deliverer_with(InLanes(made.messenger, lanes))
    async with made.running():
        async with lanes.enter(place.tenant_id, place.id):
            await made.post(audience=1)
            await made.watch.until(lambda: bool(made.store.taken))
            made.clock.time += LEASE
            made.clock.advance(seconds=1)
            await made.looked()
        await made.settled()
        await made.later(minutes=10)
    assert made.messenger.names(CHAT) == ["post"]


async def test_a_shutdown_lets_what_is_under_way_finish() -> None:
    made = Round()
    made.messenger.held.close(CHAT)
    posting = await made.post(audience=1)
    async with made.running():
        await made.watch.until(lambda: made.messenger.under_way == 1)
        made.ends.cancel()
        await asyncio.sleep(0)
        made.messenger.held.open(CHAT)
    assert made.delivery(posting).posting.activity_id
    assert not made.store.taken


async def test_what_a_shutdown_does_not_wait_for_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.rounds.GRACE", 0.01)
    made = Round()
    for number, place in enumerate(chats(3)):
        made.messenger.held.close(place.id)
        await made.post(f"action-{number}", place=place, audience=1)
    async with made.running():
        await made.watch.until(lambda: made.messenger.under_way == 3)
    assert not made.store.taken
    assert await made.store.next_due() == made.clock.time
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_delivery_that_ends_while_others_are_given_back_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.rounds.GRACE", 0.01)
    made = Round()
    for number, place in enumerate(chats(3)):
        made.messenger.held.close(place.id)
        await made.post(f"action-{number}", place=place, audience=1)
    made.store.before_postpone = made.messenger.held.open_all
    async with made.running():
        await made.watch.until(lambda: made.messenger.under_way == 3)
    assert not made.store.taken

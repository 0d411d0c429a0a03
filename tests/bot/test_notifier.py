"""The notifier: each message once, to a chat that is known, opened, or not to be had."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from actions.action import Settings, Status
from actions.errors import TryLater, Unreachable
from actions.history import Entry
from actions.notices import About, Notice, Outcome
from actions.places import Conversation, Scope
from bot import rounds
from bot.limits import Lanes
from bot.notifier import GIVE_UP, LEASE
from bot.rounds import AT_ONCE, FIRST_WAIT
from tests.bot.loops import NoticeRound
from tests.bot.world import CHAT, InLanes
from tests.fakes import NOON, TENANT, a_conversation, a_person


@pytest.fixture(autouse=True)
def breathless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again at once; time is the tests' own."""
    monkeypatch.setattr("bot.rounds.BREATH", 0.0)


@pytest.fixture
async def world() -> AsyncIterator[NoticeRound]:
    made = NoticeRound()
    async with made.running():
        yield made
        made.messenger.held.open_all()


def personal(name: str = "Ben", **changes: Any) -> Conversation:
    place = a_conversation(f"a:{name}", scope=Scope.PERSONAL, person=a_person(name).key, name="")
    return replace(place, **changes)


def a_reminder(name: str = "Ben", **changes: Any) -> Notice:
    person = a_person(name)
    made = Notice(name, About.REMINDER, TENANT, "action", person, locale="en", round="one")
    return replace(made, **changes)


def a_closing(**changes: Any) -> Notice:
    """Tell the creator that the action has closed."""
    detail = {"closed_at": NOON.isoformat()}
    made = Notice("closed", About.CLOSED, TENANT, "action", a_person("Ada"), detail=detail)
    return replace(made, **changes)


def a_mention(*names: str) -> Notice:
    people = [a_person(name) for name in names]
    return Notice(
        "mention",
        About.MENTION,
        TENANT,
        "action",
        conversation_id=CHAT,
        round="one",
        detail={
            "people": [one.key for one in people],
            "mentioned": [[one.key, one.name, one.mri] for one in people],
        },
    )


async def closed(world: NoticeRound) -> None:
    """Post an action that has closed just now."""
    await world.expect("Ada", status=Status.CLOSED, closed_at=NOON)


# Where it goes


async def test_reminder_goes_to_the_chat_that_is_known(world: NoticeRound) -> None:
    await world.expect("Ben")
    await world.store.remember_conversation(personal())
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert "Lunch?" in world.card_text("a:Ben")
    (shown,) = world.messenger.messages_in("a:Ben")
    assert "Lunch?" in shown.summary
    assert world.outcome("Ben") == (Outcome.SENT, "")
    assert [call.name for call in world.messenger.calls] == ["post"]


async def test_chat_is_opened_with_whom_there_is_none_and_known_from_then_on(
    world: NoticeRound,
) -> None:
    await world.expect("Ben")
    await world.store.add_notices([a_reminder()])
    await world.settled()
    opened = await world.store.personal_conversation(a_person("Ben").key)
    assert opened is not None
    assert opened.service_url == a_conversation().service_url
    await world.store.add_notices([a_reminder(id="again")])
    await world.settled()
    assert [call.name for call in world.messenger.calls] == ["personal", "post", "post"]
    assert len(world.messenger.messages_in(opened.id)) == 2


async def test_mention_goes_to_the_chat_of_the_action(world: NoticeRound) -> None:
    await world.expect("Ben", "Cleo")
    await world.store.add_notices([a_mention("Ben", "Cleo")])
    await world.settled()
    assert "Ben" in world.card_text(CHAT)
    assert world.outcome("mention") == (Outcome.SENT, "")


async def test_teams_is_reached_where_the_tenant_was_heard_from_last_if_not_in_the_chat(
    world: NoticeRound,
) -> None:
    await closed(world)
    await world.store.forget_conversation(CHAT)
    latest = a_conversation("19:other@thread.v2", service_url="https://smba.example/latest/")
    await world.store.remember_conversation(latest)
    await world.store.add_notices([a_closing()])
    await world.settled()
    opened = await world.store.personal_conversation(a_person("Ada").key)
    assert opened is not None
    assert opened.service_url == latest.service_url


async def test_people_and_chats_without_an_address_are_not_asked_for(world: NoticeRound) -> None:
    await world.expect("Ben", "Cleo")
    await world.store.add_notices([a_reminder(person=a_person("Ben", mri="")), a_mention("Cleo")])
    await world.store.forget_conversation(CHAT)
    await world.store.add_notices([a_reminder("Cleo")])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.UNREACHED, "NoAddress")
    assert world.outcome("Cleo") == (Outcome.UNREACHED, "NoAddress")
    assert not world.messenger.calls


# Whether it is still needed


async def test_whoever_responded_meanwhile_is_not_reminded(world: NoticeRound) -> None:
    await world.expect("Ben")
    await world.vote("Ben")
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.NOT_NEEDED, "")
    assert not world.messenger.calls


async def test_row_about_an_anonymous_action_does_not_tell_who_responded(
    world: NoticeRound,
) -> None:
    await world.expect("Ben", settings=Settings(anonymous=True))
    await world.vote("Ben")
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.SENT, "")
    assert not world.messenger.calls


async def test_message_that_is_too_late_is_not_sent(world: NoticeRound) -> None:
    await world.expect("Ben", closes_at=None)
    await world.store.add_notices([a_reminder(expires_at=NOON)])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.NOT_NEEDED, "")
    assert not world.messenger.calls


async def test_message_about_what_is_gone_is_not_sent(world: NoticeRound) -> None:
    await world.store.add_notices([a_reminder(), a_mention("Ben")])
    await world.settled()
    assert world.outcome("Ben") == world.outcome("mention") == (Outcome.NOT_NEEDED, "")


async def test_message_says_how_it_stands_when_it_is_sent(world: NoticeRound) -> None:
    await closed(world)
    world.messenger.fails("personal", a_person("Ada").key, TryLater())
    await world.store.add_notices([a_closing()])
    await world.settled()
    posted = world.store.posted["action"]
    content = replace(posted.action.content, title="Supper?")
    posted.action = replace(posted.action, content=content)
    await world.later(seconds=world.wait_for("closed"))
    assert "Supper?" in world.card_text("a:29:ada")


# Teams says: never


@pytest.mark.parametrize("code", ["ForbiddenOperation", "BotDisabledByAdmin", "BadArgument"])
async def test_reminder_that_does_not_arrive_waits_for_the_end_of_its_round(
    world: NoticeRound, code: str
) -> None:
    await world.expect("Ben")
    world.messenger.fails("personal", a_person("Ben").key, Unreachable(code))
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.UNREACHED, code)
    assert await world.store.personal_conversation(a_person("Ben").key) is None


async def test_creator_who_cannot_be_told_is_tried_once(world: NoticeRound) -> None:
    await closed(world)
    world.messenger.fails("personal", a_person("Ada").key, Unreachable("ForbiddenOperation"))
    await world.store.add_notices([a_closing()])
    await world.later(days=1)
    assert world.outcome("closed") == (Outcome.UNREACHABLE, "ForbiddenOperation")
    assert len(world.messenger.calls) == 1


@pytest.mark.parametrize(
    ("code", "dead"),
    [("ConversationBlockedByUser", "ConversationBlockedByUser"), ("MessageSizeTooBig", "")],
)
async def test_chat_that_takes_nothing_is_dead_and_one_that_refuses_a_message_is_not(
    world: NoticeRound, code: str, dead: str
) -> None:
    await world.expect("Ben")
    await world.store.remember_conversation(personal())
    world.messenger.fails("post", "a:Ben", Unreachable(code))
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.UNREACHED, code)
    place = await world.store.conversation("a:Ben")
    assert place is not None
    assert place.dead_code == dead


async def test_chat_that_takes_a_message_again_is_dead_no_more(world: NoticeRound) -> None:
    await world.expect("Ben")
    await world.store.remember_conversation(personal(dead_code="ConversationBlockedByUser"))
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert world.outcome("Ben") == (Outcome.SENT, "")
    assert await world.store.conversation("a:Ben") == personal()


@pytest.mark.parametrize("failures", [[], [Unreachable("MessageWritesBlocked")]])
async def test_chats_do_not_tell_who_was_reminded_of_an_anonymous_action(
    world: NoticeRound, failures: list[Exception]
) -> None:
    """PostgreSQL's `xmin` of such a row would say who had not voted yet."""
    await world.expect("Ben", "Cleo", settings=Settings(anonymous=True))
    await world.store.remember_conversation(personal("Cleo", dead_code="BotDisabledByAdmin"))
    before = dict(world.store.conversations)
    world.messenger.fails("post", "a:29:ben", *failures)
    world.messenger.fails("post", "a:Cleo", *failures)
    await world.store.add_notices([a_reminder("Ben"), a_reminder("Cleo")])
    await world.settled()
    assert world.store.conversations == before
    assert len(world.messenger.messages) == (0 if failures else 2)


async def test_chat_that_is_gone_takes_no_mention(world: NoticeRound) -> None:
    await world.expect("Ben")
    await world.store.add_notices([a_reminder(), a_mention("Ben")])
    world.store.sending["Ben"].due_at = None
    world.messenger.fails("post", CHAT, Unreachable("BotNotInConversationRoster"))
    await world.settled()
    assert world.outcome("mention") == (Outcome.UNREACHABLE, "BotNotInConversationRoster")
    assert world.outcome("Ben")[0] is Outcome.UNREACHABLE


# Teams says: later


@pytest.mark.parametrize(("wish", "least"), [(None, FIRST_WAIT), (60.0, 60.0)])
async def test_what_teams_does_not_take_now_is_sent_once_later(
    world: NoticeRound, wish: float | None, least: float
) -> None:
    await world.expect("Ben")
    world.messenger.fails("post", "a:29:ben", TryLater(wish))
    await world.store.add_notices([a_reminder()])
    await world.settled()
    assert least <= world.wait_for("Ben") <= least * 1.25
    await world.later(seconds=world.wait_for("Ben"))
    assert len(world.messenger.messages_in("a:29:ben")) == 1
    assert world.outcome("Ben") == (Outcome.SENT, "")


async def test_waits_grow_and_end_when_a_message_is_news_no_more(world: NoticeRound) -> None:
    await closed(world)
    world.messenger.fails("personal", a_person("Ada").key, *[TryLater()] * 5000)
    await world.store.add_notices([a_closing()])
    await world.settled()
    waits = []
    while world.outcome("closed")[0] is Outcome.PENDING:
        waits.append(world.wait_for("closed"))
        await world.later(seconds=waits[-1])
    assert world.outcome("closed") == (Outcome.UNREACHABLE, "NoAnswer")
    assert waits[5] > 10 * waits[0]
    assert world.clock.time - NOON > GIVE_UP


# Something breaks


async def test_message_that_breaks_does_not_stop_the_others(world: NoticeRound) -> None:
    await world.expect("Ben", "Cleo")
    world.messenger.fails("post", "a:29:ben", RuntimeError("bug"))
    await world.store.add_notices([a_reminder("Ben"), a_reminder("Cleo")])
    await world.settled()
    assert world.outcome("Cleo") == (Outcome.SENT, "")
    assert FIRST_WAIT <= world.wait_for("Ben") <= FIRST_WAIT * 1.25


async def test_database_that_fails_is_asked_again() -> None:
    made = NoticeRound()
    made.store.failing["claim_notices"] = 1
    async with made.running():
        await made.watch.until(lambda: not made.store.failing["claim_notices"])
        await made.expect("Ben")
        await made.store.add_notices([a_reminder()])
        await made.settled()
    assert made.outcome("Ben") == (Outcome.SENT, "")


@pytest.mark.parametrize(
    ("name", "failure"), [("settle_notice", None), ("postpone_notice", TryLater())]
)
async def test_what_is_not_noted_comes_again_when_its_lease_ends(
    world: NoticeRound,
    name: str,
    failure: Exception | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rounds, "PAUSES", ())
    await world.expect("Ben")
    world.messenger.fails("post", "a:29:ben", *([failure] if failure else []))
    world.store.failing[name] = 1
    await world.store.add_notices([a_reminder()])
    await world.watch.until(lambda: not world.store.failing[name])
    await world.looked()
    assert world.outcome("Ben")[0] is Outcome.PENDING
    world.clock.time += LEASE
    await world.later(seconds=1)
    assert world.messenger.names("a:29:ben").count("post") == 2
    assert world.outcome("Ben") == (Outcome.SENT, "")


async def test_message_that_teams_has_is_noted_once_the_database_is_back(
    world: NoticeRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "PAUSES", (0.0, 0.0))
    await world.expect("Ben")
    world.store.failing["settle_notice"] = 2
    await world.store.add_notices([a_reminder()])
    await world.settled()
    world.clock.time += LEASE
    await world.later(seconds=1)
    assert world.messenger.names("a:29:ben").count("post") == 1
    assert world.outcome("Ben") == (Outcome.SENT, "")


async def test_message_of_a_process_that_died_is_sent(world: NoticeRound) -> None:
    await world.expect("Ben")
    await world.store.add_notices([a_reminder()])
    world.store.sending["Ben"].due_at = None
    world.store.sending["Ben"].lease_until = NOON + LEASE
    await world.looked()
    assert not world.messenger.calls
    world.clock.time += LEASE
    await world.later(seconds=1)
    assert len(world.messenger.messages) == 1


async def test_message_that_waits_long_for_its_turn_is_sent_once() -> None:
    """Its lease ends while others are in the chat's lane, and this very process takes it again."""
    made, lanes = NoticeRound(), Lanes(lambda: 0.0)
    place = a_conversation()
    made.notifier = made.notifier_with(InLanes(made.messenger, lanes))
    async with made.running():
        await made.expect("Ben")
        async with lanes.enter(place.tenant_id, place.id):
            await made.store.add_notices([a_mention("Ben")])
            await made.watch.until(lambda: bool(made.store.taken))
            made.clock.time += LEASE
            made.clock.advance(seconds=1)
            await made.looked()
        await made.settled()
        await made.later(minutes=10)
    assert made.messenger.names(CHAT) == ["post"]


# Side by side, and the end


async def test_large_rounds_are_sent_a_few_at_a_time(world: NoticeRound) -> None:
    everyone = [f"P{number}" for number in range(3 * AT_ONCE)]
    await world.expect(*everyone)
    await world.store.add_notices([a_reminder(name) for name in everyone])
    await world.settled()
    assert {world.outcome(name) for name in everyone} == {(Outcome.SENT, "")}
    assert len(world.messenger.messages) == len(everyone)
    assert world.messenger.most_at_once <= AT_ONCE


async def test_what_a_shutdown_does_not_wait_for_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.rounds.GRACE", 0.01)
    made = NoticeRound()
    await made.expect("Ben")
    await made.store.add_notices([a_reminder()])
    made.messenger.held.close("a:29:ben")
    async with made.running():
        await made.watch.until(lambda: made.messenger.names("a:29:ben") == ["post"])
    assert not made.store.taken
    assert await made.store.next_notice_due() == made.clock.time
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_messages_about_what_was_deleted_while_they_are_sent_are_no_trouble(
    world: NoticeRound,
) -> None:
    await world.expect("Ben")
    world.messenger.held.close("a:29:ben")
    await world.store.add_notices([a_reminder()])
    await world.watch.until(lambda: world.messenger.names("a:29:ben") == ["post"])
    await world.store.delete("action", Entry(NOON, a_person("Ada"), "deleted"))
    world.messenger.held.open_all()
    await world.looked()
    assert not world.store.sending


# What is counted


async def test_what_became_of_messages_is_counted_and_nothing_about_people(
    world: NoticeRound,
) -> None:
    await world.expect("Ben", "Cleo")
    for name in ("Ben", "Cleo"):
        await world.store.remember_conversation(personal(name))
    world.messenger.fails("post", "a:Cleo", Unreachable("ConversationBlockedByUser"))
    await world.store.add_notices([a_reminder("Ben"), a_reminder("Cleo")])
    await world.settled()
    told = world.metrics.text(None, 1).decode()
    for outcome in ("sent", "unreached"):
        assert f'muster_notices_total{{about="reminder",outcome="{outcome}"}} 1.0' in told
    assert not any(word in told for word in ("Ben", "Cleo", "tenant", "19:"))

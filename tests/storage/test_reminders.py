"""Rounds of reminders: who is reminded, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Settings
from actions.errors import NotFound
from actions.history import Entry
from actions.notices import SELDOM, About, Notice, Outcome, Unreached
from tests.fakes import NOON, TENANT, FixedClock, a_person, an_action
from tests.storage.conftest import AnyStore, posted
from tests.storage.test_notices import claimed


def reminders(round_id: str, *names: str) -> list[Notice]:
    """Give a round of reminders."""
    return [
        Notice(
            f"{round_id}-{name}",
            About.REMINDER,
            TENANT,
            "action",
            a_person(name),
            round=round_id,
        )
        for name in names
    ]


def a_mention(*names: str, round_id: str = "one") -> Notice:
    """Give a message that mentions people in the chat."""
    people = [a_person(name).key for name in names]
    return Notice(
        f"mention-{round_id}-{names[0]}",
        About.MENTION,
        TENANT,
        "action",
        conversation_id="19:chat",
        round=round_id,
        detail={"people": people},
    )


async def sent(store: AnyStore, clock: FixedClock, **outcomes: Outcome) -> None:
    """Settle what is due, by whom it is for; the rest was sent."""
    for notice in await claimed(store, clock, 1000):
        name = notice.person.name if notice.person else "chat"
        outcome = outcomes.get(name, Outcome.SENT)
        code = "" if outcome is Outcome.SENT else f"Why{name}"
        await store.settle_notice(notice, outcome, clock.now(), code)


async def counts(store: AnyStore) -> dict[Outcome, int]:
    """Give the outcomes of the last round."""
    last = await store.last_round("action", 10)
    assert last is not None
    return dict(last.counts)


def names(unreached: Sequence[Unreached]) -> list[str]:
    """Give whom messages did not reach."""
    return [one.person.name for one in unreached]


@pytest.fixture(autouse=True, params=[False, True], ids=["named", "anonymous"])
async def _action(store: AnyStore, request: pytest.FixtureRequest) -> None:
    settings = Settings(anonymous=request.param)
    await posted(store, an_action(settings=settings, remind_at=NOON + timedelta(hours=1)))


async def test_reminders_are_put_on_their_way(store: AnyStore, clock: FixedClock) -> None:
    assert await store.remind("action", reminders("one", "Ada", "Ben"), NOON, by_clock=False) == 2
    found = await claimed(store, clock)
    assert {one.person for one in found} == {a_person("Ada"), a_person("Ben")}
    assert {(one.round, one.created_at) for one in found} == {("one", NOON)}


async def test_nobody_is_reminded_twice_in_twelve_hours(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    for hours, expected in [(0, 1), (11.99, 0), (12, 2)]:
        now = NOON + timedelta(hours=hours)
        again = reminders(f"after{hours}", "Ada", "Ben")
        assert await store.remind("action", again, now, by_clock=False) == expected
    await sent(store, clock)
    now = NOON + 2 * SELDOM - timedelta(seconds=1)
    assert await store.remind("action", reminders("last", "Ada"), now, by_clock=False) == 0


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        (Outcome.SENT, 0),
        (Outcome.UNREACHED, 0),
        (Outcome.UNREACHABLE, 1),
        (Outcome.NOT_NEEDED, 1),
    ],
)
async def test_who_was_not_reached_may_be_tried_again_at_once(
    store: AnyStore, clock: FixedClock, outcome: Outcome, again: int
) -> None:
    await store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    await sent(store, clock, Ada=outcome)
    assert await store.remind("action", reminders("two", "Ada"), NOON, by_clock=False) == again


async def test_reminders_of_another_action_do_not_count(store: AnyStore) -> None:
    await posted(store, an_action("other"))
    await store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    other = [replace(one, id="x", action_id="other") for one in reminders("one", "Ada")]
    assert await store.remind("other", other, NOON, by_clock=False) == 1


async def test_the_clock_reminds_once(store: AnyStore) -> None:
    at = NOON + timedelta(hours=1)
    assert await store.due_to_remind(NOON, 10) == []
    assert await store.remind("action", reminders("one", "Ada"), NOON, by_clock=True) == 0
    assert await store.due_to_remind(at, 10) == ["action"]
    before = await store.action("action")
    assert await store.remind("action", reminders("one", "Ada"), at, by_clock=True) == 1
    assert await store.due_to_remind(at, 10) == []
    assert await store.action("action") == replace(before, remind_at=None)
    assert await store.remind("action", reminders("two", "Ben"), at, by_clock=True) == 0


async def test_what_is_deleted_reminds_nobody(store: AnyStore, clock: FixedClock) -> None:
    await store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    await store.delete("action", Entry(NOON, a_person("Ada"), "deleted"))
    assert await claimed(store, clock) == []
    for action_id in ("action", "unknown"):
        with pytest.raises(NotFound):
            await store.remind(action_id, reminders("two", "Ben"), NOON, by_clock=False)


# How a round ends


async def test_round_in_which_all_were_reached_needs_nothing_more(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.remind("action", reminders("one", "Ada", "Ben"), NOON, by_clock=False)
    await sent(store, clock, Ben=Outcome.NOT_NEEDED)
    assert await store.unreached_rounds(10) == []
    assert await counts(store) == {Outcome.SENT: 1, Outcome.NOT_NEEDED: 1}


async def test_round_ends_when_no_reminder_is_on_its_way(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.remind("action", reminders("one", "Ada", "Ben"), NOON, by_clock=False)
    [first, second] = await claimed(store, clock)
    await store.settle_notice(first, Outcome.UNREACHED, NOON, "Blocked")
    assert await store.unreached_rounds(10) == []
    await store.postpone_notice(second, NOON)
    assert await store.unreached_rounds(10) == []
    await store.settle_notice(second, Outcome.SENT, NOON)
    assert await store.unreached_rounds(10) == [("action", "one")]
    assert await store.unreached_rounds(0) == []


async def test_the_unreached_are_given_by_name_with_the_reason(
    store: AnyStore, clock: FixedClock
) -> None:
    everyone = ("Cleo", "ada", "Ben")
    await store.remind("action", reminders("one", *everyone), NOON, by_clock=False)
    await sent(store, clock, **dict.fromkeys(everyone, Outcome.UNREACHED))
    found = await store.unreached("action", "one")
    assert [(one.person, one.code) for one in found] == [
        (a_person(name), f"Why{name}") for name in ("ada", "Ben", "Cleo")
    ]
    assert await store.unreached("action", "two") == ()


@pytest.mark.parametrize(
    ("said", "theirs"),
    [
        (Outcome.SENT, Outcome.MENTIONED),
        (Outcome.UNREACHABLE, Outcome.UNREACHABLE),
        (Outcome.NOT_NEEDED, Outcome.NOT_NEEDED),
    ],
)
async def test_mentioned_people_fare_as_the_message_does(
    store: AnyStore, clock: FixedClock, said: Outcome, theirs: Outcome
) -> None:
    everyone = ("Ada", "Ben", "Cleo")
    await store.remind("action", reminders("one", *everyone), NOON, by_clock=False)
    await sent(store, clock, Ada=Outcome.UNREACHED, Ben=Outcome.UNREACHED)
    await store.mention("action", "one", [a_mention("Ada", "Ben")], {})
    assert await store.unreached_rounds(10) == []
    assert await store.unreached("action", "one") == ()
    assert await counts(store) == {Outcome.PENDING: 2, Outcome.SENT: 1}
    [mention] = await claimed(store, clock)
    assert mention == replace(a_mention("Ada", "Ben"), id=mention.id, created_at=NOON)
    await store.settle_notice(mention, said, NOON, "ChatGone")
    assert await counts(store) == {theirs: 2, Outcome.SENT: 1}
    assert await store.unreached_rounds(10) == []


async def test_the_unreachable_keep_the_reason_why_their_own_message_did_not_arrive(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    await sent(store, clock, Ada=Outcome.UNREACHED)
    await store.mention("action", "one", [a_mention("Ada")], {})
    await sent(store, clock, chat=Outcome.UNREACHABLE)
    last = await store.last_round("action", 10)
    assert last is not None
    assert last.unreachable == (Unreached(a_person("Ada"), "WhyAda"),)


async def test_too_many_to_be_mentioned_are_unreachable(
    store: AnyStore, clock: FixedClock
) -> None:
    everyone = ("Ada", "Ben", "Cleo")
    await store.remind("action", reminders("one", *everyone), NOON, by_clock=False)
    await sent(store, clock, **dict.fromkeys(everyone, Outcome.UNREACHED))
    rest = {a_person("Ben").key: "TooMany"}
    await store.mention("action", "one", [a_mention("Ada")], rest)
    await sent(store, clock)
    assert await counts(store) == {Outcome.MENTIONED: 1, Outcome.UNREACHABLE: 2}
    last = await store.last_round("action", 10)
    assert last is not None
    assert {one.person.name: one.code for one in last.unreachable} == {
        "Ben": "TooMany",
        "Cleo": "WhyCleo",
    }


async def test_without_a_message_all_are_unreachable(store: AnyStore, clock: FixedClock) -> None:
    await store.remind("action", reminders("one", "Ada", "Ben"), NOON, by_clock=False)
    await sent(store, clock, Ada=Outcome.UNREACHED)
    await store.mention("action", "one", [], {})
    assert await counts(store) == {Outcome.SENT: 1, Outcome.UNREACHABLE: 1}


async def test_round_that_another_process_ended_ends_once(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    await sent(store, clock, Ada=Outcome.UNREACHED)
    for _ in range(2):
        await store.mention("action", "one", [a_mention("Ada")], {})
    await sent(store, clock)
    await store.mention("action", "one", [], {})
    assert await claimed(store, clock) == []
    assert await counts(store) == {Outcome.MENTIONED: 1}


async def test_a_round_does_not_touch_another(store: AnyStore, clock: FixedClock) -> None:
    for round_id in ("one", "two"):
        await store.remind("action", reminders(round_id, "Ada"), clock.now(), by_clock=False)
        await sent(store, clock, Ada=Outcome.UNREACHED)
        clock.advance(hours=13)
    assert await store.unreached_rounds(10) == [("action", "one"), ("action", "two")]
    await store.mention("action", "one", [a_mention("Ada")], {})
    assert await store.unreached_rounds(10) == [("action", "two")]
    await sent(store, clock)
    assert await store.unreached_rounds(10) == [("action", "two")]


# What is reported


async def test_the_last_round_is_reported(store: AnyStore, clock: FixedClock) -> None:
    assert await store.last_round("action", 10) is None
    await store.remind("action", reminders("b", "Ada"), clock.now(), by_clock=False)
    await sent(store, clock)
    at = clock.advance(hours=13)
    await store.remind("action", reminders("a", "Ada", "Ben", "Cleo"), at, by_clock=False)
    await sent(store, clock, Ben=Outcome.UNREACHABLE, Cleo=Outcome.UNREACHABLE)
    last = await store.last_round("action", 10)
    assert last is not None
    assert (last.id, last.at, last.is_over) == ("a", at, True)
    assert last.counts == {Outcome.SENT: 1, Outcome.UNREACHABLE: 2}
    assert names(last.unreachable) == ["Ben", "Cleo"]
    one = await store.last_round("action", 1)
    assert one is not None
    assert len(one.unreachable) == 1

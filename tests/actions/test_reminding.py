"""Reminders: only who has not responded, seldom, and never late."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from actions import drafting
from actions.action import Action, Notify, Settings, Status
from actions.errors import Closed, NotAllowed, NotFound, TryLater
from actions.history import Entry
from actions.item import Item
from actions.managing import CLOCK, close, reopen
from actions.notices import SELDOM, About, Notice, Outcome
from actions.people import Person
from actions.reminding import (
    Reminded,
    candidates,
    is_waited_for,
    last_reminders,
    missing,
    remind,
    remind_due,
    reminder,
    side_by_side,
)
from actions.telling import GATHER
from actions.ticking import tick
from tests.actions.builders import ACTION_ID, CREATOR, DUE, NOW, VOTER, a_poll
from tests.actions.checklists import DONE, NOT_NEEDED, a_checklist, a_tick, ticked
from tests.actions.exams import ONE, RIGHT, a_quiz, started, takes
from tests.actions.world import CHAT, PERSONAL, STRANGER, World, a_caller

EVERYONE = [CREATOR, VOTER, STRANGER]
BEFORE = DUE - timedelta(hours=24)


async def asked(world: World, action: Action | None = None, where: str = CHAT.id) -> Action:
    """Give what was posted, shown, and of which three people are expected to respond."""
    made = await world.posted(action, where)
    (posting,) = await world.store.postings(made.id)
    await world.store.delivered(posting, "1700000000000", 1, NOW)
    await world.store.set_audience(made.id, EVERYONE)
    world.roster.people[where] = list(EVERYONE)
    return await world.store.action(made.id)


def on_their_way(world: World) -> list[Notice]:
    """Give the reminders that were put on their way."""
    sending = world.store.sending.values()
    return [one.notice for one in sending if one.notice.about is About.REMINDER]


def whom(world: World) -> set[Person | None]:
    """Give whom they are for."""
    return {notice.person for notice in on_their_way(world)}


async def left_of(world: World, action: Action) -> set[Person]:
    """Give who would be reminded."""
    return set(await candidates(world.ports, action))


async def history(world: World) -> Sequence[Entry]:
    """Give what was done to the action, the newest first."""
    return [entry for _, entry in await world.store.history(ACTION_ID, "", 50)]


# Who is reminded


async def test_only_who_has_not_responded_is_reminded(world: World) -> None:
    await asked(world)
    await world.vote(VOTER, "a")
    assert await missing(world.ports, a_caller(), ACTION_ID) == 2
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(2, 2)
    assert whom(world) == {CREATOR, STRANGER}


async def test_who_is_expected_is_not_known_before_the_card_is_shown(world: World) -> None:
    action = await world.posted()
    assert await candidates(world.ports, action) == []
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(0, 0)


async def test_everyone_of_a_long_roster_is_reminded(world: World) -> None:
    action = await asked(world)
    crowd = [Person(f"tenant/{n}", f"Person {n}", f"29:{n}") for n in range(1_203)]
    await world.store.set_audience(ACTION_ID, crowd)
    world.roster.people[CHAT.id] = crowd
    assert len(await candidates(world.ports, replace(action, audience=1_203))) == 1_203
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(1_203, 1_203)


async def test_of_a_quiz_who_is_at_it_is_reminded_and_who_has_finished_is_not(
    world: World,
) -> None:
    quiz = await asked(world, a_quiz((ONE,)))
    await takes(world, quiz, VOTER, {"one": RIGHT["one"]})
    await started(world, quiz, STRANGER)
    assert await left_of(world, quiz) == {CREATOR, STRANGER}


async def test_of_own_checklists_who_has_an_item_open_is_reminded(world: World) -> None:
    action = await asked(world, a_checklist(count=2, individual=True, checker=CREATOR))
    for person, items in ((VOTER, ("i0", "i1")), (STRANGER, ("i0",))):
        for item in items:
            await tick(world.ports, a_caller(person), ACTION_ID, item, DONE)
    # What the voter has done waits to be checked, which is nothing that they could do.
    assert await left_of(world, action) == {CREATOR, STRANGER}
    assert not await is_waited_for(world.ports, action, VOTER)
    assert await is_waited_for(world.ports, action, STRANGER)


async def test_who_joined_later_and_began_a_list_is_not_reminded(world: World) -> None:
    action = await asked(world, a_checklist(count=2, individual=True))
    late = Person("tenant/late", "Lea", "29:late")
    await tick(world.ports, a_caller(late), ACTION_ID, "i0", DONE)
    assert await left_of(world, action) == set(EVERYONE)


async def test_of_a_shared_checklist_only_they_are_to_whom_something_is_left(
    world: World,
) -> None:
    made = a_checklist("Lights", "Till", own_only=True)
    lights = Item("i0", "Lights", assignee=VOTER.name)
    till = Item("i1", "Till", assignee=STRANGER.name)
    made = replace(made, content=replace(made.content, questions=(lights, till)))
    action = await asked(world, ticked(made, i0=a_tick()))
    assert await left_of(world, action) == {CREATOR, STRANGER}
    done = ticked(action, i1=a_tick(NOT_NEEDED))
    assert await left_of(world, done) == set()
    assert not await is_waited_for(world.ports, done, STRANGER)


async def test_who_left_the_chat_is_neither_reminded_nor_expected_any_more(world: World) -> None:
    await asked(world)
    world.roster.people[CHAT.id] = [CREATOR, VOTER]
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(2, 2)
    assert whom(world) == {CREATOR, VOTER}
    assert (await world.store.action(ACTION_ID)).audience == 2


async def test_reminders_go_out_though_teams_names_nobody_now(world: World) -> None:
    await asked(world)
    world.roster.fails = TryLater()
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(3, 3)


async def test_reminders_go_out_though_teams_takes_its_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(world)
    asked_for = asyncio.Event()

    async def never(*_: object) -> list[Person]:
        asked_for.set()
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr("actions.attendance.PATIENCE", 0.01)
    monkeypatch.setattr(type(world.roster), "members", never)
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(3, 3)
    assert asked_for.is_set()


# What a reminder is


async def test_a_reminder_says_what_it_is_about_and_until_when_it_is_one(world: World) -> None:
    await asked(world, replace(a_poll(), locale="de"))
    await remind(world.ports, a_caller(), ACTION_ID)
    notices = on_their_way(world)
    assert {(n.action_id, n.locale, n.expires_at) for n in notices} == {(ACTION_ID, "de", DUE)}
    assert len({n.round for n in notices}) == 1
    assert len({n.id for n in notices}) == 3


async def test_the_order_of_reminders_says_nothing_of_whose_they_are(world: World) -> None:
    await asked(world)
    await remind(world.ports, a_caller(), ACTION_ID)
    names = [notice.id for notice in on_their_way(world)]
    assert names == sorted(names)
    assert not any(person.key in name for person in EVERYONE for name in names)


async def test_who_responded_meanwhile_is_spared(world: World) -> None:
    await asked(world)
    await remind(world.ports, a_caller(), ACTION_ID)
    await world.vote(VOTER, "a")
    looked_up = {n.person: await reminder(world.ports, n) for n in on_their_way(world)}
    assert looked_up[VOTER] is None
    found = looked_up[STRANGER]
    assert found is not None
    assert found.spot is not None
    assert (found.spot.place, found.spot.posting.activity_id) == (CHAT, "1700000000000")


async def test_who_left_meanwhile_is_spared(world: World) -> None:
    action = await asked(world)
    await world.store.take_out(ACTION_ID, [VOTER])
    assert not await is_waited_for(world.ports, action, VOTER)


async def test_what_has_closed_meanwhile_reminds_nobody(world: World) -> None:
    await asked(world)
    await remind(world.ports, a_caller(), ACTION_ID)
    await close(world.ports, a_caller(), ACTION_ID)
    assert [await reminder(world.ports, n) for n in on_their_way(world)] == [None] * 3


async def test_what_is_in_a_personal_chat_has_no_message_to_show(world: World) -> None:
    await asked(world, where=PERSONAL.id)
    await remind(world.ports, a_caller(), ACTION_ID)
    found = await reminder(world.ports, on_their_way(world)[0])
    assert found is not None
    assert found.spot is None


# Who may remind, and when


async def test_only_who_manages_it_reminds(world: World) -> None:
    await asked(world)
    for use in (missing, remind, last_reminders):
        with pytest.raises(NotAllowed) as refused:
            await use(world.ports, a_caller(VOTER), ACTION_ID)
        assert refused.value.code == "creator_only"
        with pytest.raises(NotFound):
            await use(
                world.ports,
                a_caller(Person("tenant/x", "X"), "19:other@thread.v2"),
                ACTION_ID,
            )
    assert on_their_way(world) == []


async def test_a_co_creator_reminds_from_their_own_chat(world: World) -> None:
    await asked(world, a_poll(co_creators=(VOTER,)))
    assert await remind(world.ports, a_caller(VOTER, "a:voter"), ACTION_ID) == Reminded(3, 3)


async def test_what_is_closed_or_past_its_due_time_reminds_nobody(world: World) -> None:
    await asked(world)
    world.clock.time = DUE
    with pytest.raises(Closed):
        await remind(world.ports, a_caller(), ACTION_ID)
    await close(world.ports, a_caller(), ACTION_ID)
    with pytest.raises(Closed):
        await missing(world.ports, a_caller(), ACTION_ID)
    assert on_their_way(world) == []


async def test_nobody_is_reminded_twice_within_twelve_hours(world: World) -> None:
    await asked(world)
    await remind(world.ports, a_caller(), ACTION_ID)
    world.clock.time = NOW + SELDOM - timedelta(seconds=1)
    again = await remind(world.ports, a_caller(), ACTION_ID)
    assert (again, again.recent) == (Reminded(3, 0), 3)
    world.clock.time = NOW + SELDOM
    assert await remind(world.ports, a_caller(), ACTION_ID) == Reminded(3, 3)


async def test_two_presses_at_once_are_one(world: World) -> None:
    await asked(world)
    presses = (remind(world.ports, a_caller(), ACTION_ID) for _ in range(2))
    done = await asyncio.gather(*presses)
    assert sorted(one.sent for one in done) == [0, 3]
    assert [entry.verb for entry in await history(world)] == ["reminded"]


async def test_a_reminder_leaves_a_line_in_the_history(world: World) -> None:
    await asked(world)
    await remind(world.ports, a_caller(), ACTION_ID)
    (entry,) = await history(world)
    assert (entry.person, entry.detail) == (CREATOR, {"count": 3})


# By the clock


async def test_the_clock_reminds_once_at_its_time(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    world.clock.time = BEFORE - timedelta(seconds=1)
    assert await remind_due(world.ports) == 0
    world.clock.time = BEFORE
    assert [await remind_due(world.ports) for _ in range(2)] == [3, 0]
    assert (await world.store.action(ACTION_ID)).remind_at is None
    (entry,) = await history(world)
    assert (entry.verb, entry.person) == ("reminded", CLOCK)


async def test_the_clock_and_a_press_at_once_remind_each_person_once(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    world.clock.time = BEFORE
    await asyncio.gather(remind_due(world.ports), remind(world.ports, a_caller(), ACTION_ID))
    assert len(on_their_way(world)) == len(whom(world)) == 3


async def test_who_was_reminded_just_before_is_not_again_by_the_clock(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    world.clock.time = BEFORE - timedelta(hours=1)
    await remind(world.ports, a_caller(), ACTION_ID)
    world.clock.time = BEFORE
    assert await remind_due(world.ports) == 0
    assert (await world.store.action(ACTION_ID)).remind_at is None


async def test_a_reminder_that_comes_after_the_due_time_is_dropped(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    world.clock.time = DUE
    assert await remind_due(world.ports) == 0
    assert on_their_way(world) == []
    assert (await world.store.action(ACTION_ID)).remind_at is None


async def test_a_reminder_that_is_late_but_not_too_late_is_sent(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    world.clock.time = DUE - timedelta(minutes=1)
    assert await remind_due(world.ports) == 3


async def test_one_that_breaks_keeps_no_other_from_its_reminder() -> None:
    done = []

    async def works() -> int:
        done.append("works")
        return 2

    async def refused() -> int:
        raise NotFound("gone")

    async def broken() -> int:
        raise ZeroDivisionError

    assert await side_by_side([refused(), works()]) == 2
    with pytest.raises(ZeroDivisionError):
        await side_by_side([broken(), works()])
    assert done == ["works", "works"]


# The time follows the due time


async def test_closing_ends_the_reminder_and_opening_again_brings_it_back(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    assert (await close(world.ports, a_caller(), ACTION_ID)).remind_at is None
    assert (await reopen(world.ports, a_caller(), ACTION_ID)).remind_at == BEFORE
    await close(world.ports, a_caller(), ACTION_ID)
    world.clock.time = BEFORE
    assert (await reopen(world.ports, a_caller(), ACTION_ID)).remind_at is None


async def edited(world: World, **fields: str) -> Action:
    """Give the poll after an edit of these fields."""
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    await drafting.save(world.ports, a_caller(), draft, fields)
    return await drafting.apply_edit(world.ports, a_caller(), draft.id)


async def test_an_edit_moves_the_reminder_with_the_due_time(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    later = await edited(world, date="2026-11-30", closes="true", time="10:00")
    assert later.remind_at == BEFORE + timedelta(days=3)
    assert (await edited(world, closes="false")).remind_at is None


async def test_an_edit_may_say_how_long_before(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    assert (await edited(world, remind_hours="72")).remind_at == DUE - timedelta(hours=72)
    world.clock.time = DUE - timedelta(hours=30)
    assert (await edited(world, remind_hours="4")).remind_at == DUE - timedelta(hours=4)
    assert (await edited(world, remind_hours="0")).remind_at is None
    # What has passed is not made up for.
    assert (await edited(world, remind_hours="48")).remind_at is None


async def test_an_edit_takes_over_these_two_settings_alone(world: World) -> None:
    await asked(world)
    told = await edited(world, notify="each", visibility="creator", remind_hours="1")
    assert told.settings == Settings(notify=Notify.EACH, remind_hours=1)
    assert told.notify_at == NOW + GATHER


async def test_an_edit_that_changes_no_time_changes_no_reminder(world: World) -> None:
    await asked(world, replace(a_poll(), remind_at=BEFORE))
    assert (await edited(world, title="Dinner?")).remind_at == BEFORE
    world.clock.time = BEFORE
    await remind_due(world.ports)
    assert (await edited(world, title="Breakfast?")).remind_at is None


async def test_an_edit_of_what_is_closed_reminds_nobody(world: World) -> None:
    await asked(world)
    await close(world.ports, a_caller(), ACTION_ID)
    closed = await edited(world, title="Dinner?")
    assert (closed.status, closed.remind_at) == (Status.CLOSED, None)


# What became of it


async def test_what_became_of_the_last_reminders_is_told_to_who_manages_it(world: World) -> None:
    await asked(world)
    assert (await last_reminders(world.ports, a_caller(), ACTION_ID)).last is None
    await remind(world.ports, a_caller(), ACTION_ID)
    found = await last_reminders(world.ports, a_caller(), ACTION_ID)
    assert found.last is not None
    assert (found.last.at, found.last.counts) == (NOW, {Outcome.PENDING: 3})

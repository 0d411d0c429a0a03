"""Creators are told what comes of their actions: once, as often as they wished, and no more."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions import drafting, ticking
from actions.action import Action, Notify, Posting
from actions.errors import NotFound
from actions.managing import close, close_due, delete, reopen
from actions.notices import About, Notice
from actions.notifying import MOST_LISTED, News, digest, is_complete, news, notify_due
from actions.people import Person
from actions.telling import GATHER, digest_at, first_notice_at
from tests.actions.attempted import persons
from tests.actions.builders import (
    BERLIN,
    CREATOR,
    NOW,
    VOTER,
    a_closed_poll,
    a_draft,
    a_form,
    a_poll,
)
from tests.actions.checklists import DONE, OPEN, a_checklist
from tests.actions.exams import RIGHT, a_quiz, takes
from tests.actions.world import CHAT, World, a_caller, a_world

PEOPLE = persons(5)


@pytest.fixture
async def world() -> World:
    """Give a world in which five people are in the chat."""
    made = await a_world()
    made.roster.people[CHAT.id] = PEOPLE
    return made


def wishing(notify: Notify, action: Action | None = None, **changes: Any) -> Action:
    """Give an action whose creator is told of that, as it is posted."""
    made = action or a_poll()
    settings = replace(made.settings, notify=notify)
    at = first_notice_at(settings, NOW, BERLIN)
    return replace(made, settings=settings, notify_at=at, **changes)


async def posted(
    world: World, notify: Notify, action: Action | None = None, **changes: Any
) -> str:
    """Post one that five people are expected to respond to; gives its id."""
    made = await world.posted(wishing(notify, action, **changes))
    await world.store.set_audience(made.id, PEOPLE)
    return made.id


async def votes(world: World, people: Sequence[Person], option: str = "a") -> None:
    """Let people vote, one by one."""
    for person in people:
        await world.vote(person, option)


async def tick(world: World, wait: timedelta = GATHER) -> list[Notice]:
    """Let some time pass, and the clock look; gives what is put on its way by that."""
    world.clock.advance(seconds=wait.total_seconds())
    known = set(world.store.sending)
    await close_due(world.ports)
    count = await notify_due(world.ports)
    new = [one.notice for name, one in world.store.sending.items() if name not in known]
    assert len(new) == count
    return new


def told(notices: Sequence[Notice]) -> list[tuple[About, int]]:
    """Give what messages are about, and how much is new by them."""
    return [(one.about, one.detail.get("new", 0)) for one in notices]


async def test_a_burst_is_told_in_one_message_and_nothing_is_told_twice(world: World) -> None:
    await posted(world, Notify.EACH)
    await votes(world, PEOPLE[:3])
    assert await tick(world, timedelta(seconds=1)) == []
    assert told(await tick(world)) == [(About.RESPONSES, 3)]
    assert await tick(world) == []
    await votes(world, PEOPLE[3:4])
    assert told(await tick(world)) == [(About.RESPONSES, 1)]


async def test_a_message_goes_to_the_creator_in_the_language_of_the_action(world: World) -> None:
    await posted(world, Notify.EACH, locale="de")
    await votes(world, PEOPLE[:1])
    (notice,) = await tick(world)
    assert (notice.person, notice.locale, notice.tenant_id) == (CREATOR, "de", "tenant")


async def test_a_vote_that_moves_or_is_taken_back_is_not_told(world: World) -> None:
    await posted(world, Notify.EACH)
    await votes(world, PEOPLE[:2])
    await tick(world)
    await votes(world, PEOPLE[:1], "b")
    assert await tick(world) == []
    await world.vote(PEOPLE[0], "b", "take_back")
    assert await tick(world) == []
    await votes(world, PEOPLE[:1])
    assert told(await tick(world)) == [(About.RESPONSES, 1)]


async def test_everyone_is_told_once_whatever_they_change_later(world: World) -> None:
    await posted(world, Notify.ALL)
    await votes(world, PEOPLE[:4])
    assert await tick(world) == []
    await votes(world, PEOPLE[4:])
    assert told(await tick(world)) == [(About.EVERYONE, 0)]
    await votes(world, PEOPLE, "b")
    await world.vote(PEOPLE[0], "b", "take_back")
    await votes(world, PEOPLE[:1], "b")
    assert await tick(world) == []


async def test_who_joined_later_is_no_substitute_for_who_was_asked(world: World) -> None:
    await posted(world, Notify.ALL)
    await votes(world, [*PEOPLE[:4], VOTER])
    assert await tick(world) == []
    await votes(world, PEOPLE[4:])
    assert told(await tick(world)) == [(About.EVERYONE, 0)]


async def test_everyone_is_told_too_when_the_last_one_that_was_waited_for_leaves(
    world: World,
) -> None:
    action_id = await posted(world, Notify.ALL)
    await votes(world, PEOPLE[:4])
    await tick(world)
    await world.store.take_out(action_id, PEOPLE[4:])
    assert told(await tick(world)) == [(About.EVERYONE, 0)]


async def test_nobody_knows_that_all_responded_where_nobody_knows_who_was_asked(
    world: World,
) -> None:
    await world.posted(wishing(Notify.ALL))
    await votes(world, PEOPLE)
    assert await tick(world) == []


async def test_closing_is_told_once_with_the_time_of_it(world: World) -> None:
    action_id = await posted(world, Notify.CLOSE)
    await votes(world, PEOPLE[:2])
    assert await tick(world) == []
    await close(world.ports, a_caller(), action_id)
    (notice,) = await tick(world)
    closed_at = (await world.store.action(action_id)).closed_at
    assert closed_at is not None
    assert (notice.about, notice.detail) == (About.CLOSED, {"closed_at": closed_at.isoformat()})
    await close(world.ports, a_caller(), action_id)
    assert await tick(world) == []


async def test_closing_by_itself_is_told_too_and_closing_again_again(world: World) -> None:
    action_id = await posted(world, Notify.CLOSE, closes_at=NOW + timedelta(hours=1))
    first = await tick(world, timedelta(days=2))
    await reopen(world.ports, a_caller(), action_id)
    second = await tick(world, timedelta(days=8))
    assert told(first) == told(second) == [(About.CLOSED, 0)]
    assert first[0].id != second[0].id


async def test_what_was_opened_again_at_once_was_never_closed(world: World) -> None:
    action_id = await posted(world, Notify.CLOSE)
    await close(world.ports, a_caller(), action_id)
    await reopen(world.ports, a_caller(), action_id)
    assert await tick(world) == []


async def test_never_is_never(world: World) -> None:
    action_id = await posted(world, Notify.NEVER)
    await votes(world, PEOPLE)
    await close(world.ports, a_caller(), action_id)
    assert await tick(world, timedelta(days=2)) == []


async def test_a_digest_has_all_that_is_new_and_a_day_without_news_has_none(world: World) -> None:
    action_id = await posted(world, Notify.DAILY)
    quiet = await posted(world, Notify.DAILY, a_poll(id="quiet"))
    await posted(world, Notify.DAILY, a_poll(id="other", creator=VOTER))
    await votes(world, PEOPLE[:3])
    to_nine = digest_at(NOW, BERLIN) - NOW
    assert await tick(world, to_nine - timedelta(seconds=1)) == []
    (notice,) = await tick(world, timedelta(seconds=1))
    assert (notice.about, notice.person) == (About.DIGEST, CREATOR)
    assert notice.detail["actions"] == [[action_id, 3]]
    assert await tick(world, timedelta(days=1)) == []
    assert (await world.store.action(quiet)).notify_at == digest_at(world.clock.now(), BERLIN)


async def test_two_actions_are_one_digest_and_the_rest_is_told_at_closing(world: World) -> None:
    first = await posted(world, Notify.DAILY)
    second = await posted(world, Notify.DAILY, a_checklist(), id="list", closes_at=None)
    await votes(world, PEOPLE[:2])
    await ticking.tick(world.ports, a_caller(VOTER), second, "i0", DONE)
    (notice,) = await tick(world, digest_at(NOW, BERLIN) - NOW)
    assert sorted(notice.detail["actions"]) == sorted([[first, 2], [second, 1]])
    await votes(world, PEOPLE[2:3])
    await close(world.ports, a_caller(), first)
    (rest,) = await tick(world, timedelta(seconds=1))
    assert rest.detail["actions"] == [[first, 1]]
    assert (await world.store.action(first)).notify_at is None
    assert rest.id != notice.id


async def test_what_is_posted_has_its_first_digest_the_next_morning(world: World) -> None:
    draft = a_draft(values=a_form(notify="daily"))
    await drafting.save(world.ports, a_caller(), draft, {})
    action = await drafting.post(world.ports, a_caller(), draft.id, CHAT.id)
    assert (action.settings.notify, action.notify_at) == (Notify.DAILY, digest_at(NOW, BERLIN))


async def test_a_digest_of_what_nobody_answered_since_is_not_sent_at_closing(
    world: World,
) -> None:
    action_id = await posted(world, Notify.DAILY)
    await close(world.ports, a_caller(), action_id)
    assert await tick(world) == []


async def test_a_deleted_action_is_not_told_of(world: World) -> None:
    action_id = await posted(world, Notify.EACH)
    await votes(world, PEOPLE)
    await delete(world.ports, a_caller(), action_id)
    assert (await world.store.action(action_id)).notify_at is None
    assert await tick(world) == []


async def test_a_quiz_is_told_of_once_what_was_under_way_has_ended(world: World) -> None:
    quiz = await world.posted(wishing(Notify.CLOSE, a_quiz()))
    await close(world.ports, a_caller(), quiz.id)
    assert await tick(world, timedelta(seconds=1)) == []
    assert told(await tick(world)) == [(About.CLOSED, 0)]


async def test_an_attempt_is_told_when_it_has_ended(world: World) -> None:
    quiz = await world.posted(wishing(Notify.EACH, a_quiz(attempts=2)))
    await takes(world, quiz, VOTER, RIGHT)
    assert told(await tick(world)) == [(About.RESPONSES, 1)]
    await takes(world, quiz, VOTER, RIGHT, 2)
    assert await tick(world) == []


async def test_a_shared_list_is_told_when_nothing_is_left_to_do(world: World) -> None:
    action_id = await posted(world, Notify.ALL, a_checklist())
    for item in ("i0", "i1"):
        await ticking.tick(world.ports, a_caller(VOTER), action_id, item, DONE)
    assert await tick(world) == []
    await ticking.tick(world.ports, a_caller(VOTER), action_id, "i2", DONE)
    assert told(await tick(world)) == [(About.EVERYONE, 0)]
    for wish in (OPEN, DONE):
        await ticking.tick(world.ports, a_caller(VOTER), action_id, "i2", wish)
    assert await tick(world) == []


async def test_own_lists_are_told_as_people_get_through_with_them(world: World) -> None:
    action_id = await posted(world, Notify.EACH, a_checklist("A", "B", individual=True))
    for item in ("i0", "i1"):
        await ticking.tick(world.ports, a_caller(PEOPLE[0]), action_id, item, DONE)
    await ticking.tick(world.ports, a_caller(PEOPLE[1]), action_id, "i0", DONE)
    assert told(await tick(world)) == [(About.RESPONSES, 1)]


async def test_two_processes_tell_once(world: World) -> None:
    action_id = await posted(world, Notify.EACH)
    await votes(world, PEOPLE[:2])
    world.clock.advance(seconds=GATHER.total_seconds())
    counts = await asyncio.gather(*(notify_due(world.ports) for _ in range(3)))
    assert sum(counts) == 1
    assert len(world.store.sending) == 1
    assert (await world.store.action(action_id)).notified == 2


async def said(world: World, notice: Notice) -> News:
    """Give what a message says now."""
    found = await news(world.ports, notice)
    assert found is not None
    return found


async def test_a_message_says_how_it_stands_and_who_it_was(world: World) -> None:
    await posted(world, Notify.EACH)
    await votes(world, PEOPLE[:2])
    (notice,) = await tick(world)
    told_now = await said(world, notice)
    assert (told_now.new, told_now.view.tallies.people, told_now.view.expected) == (2, 2, 5)
    assert sorted(told_now.names) == sorted(one.name for one in PEOPLE[:2])


@pytest.mark.parametrize(("anonymous", "count"), [(True, 2), (False, 4)])
async def test_names_are_never_told_of_anonymous_ones_nor_of_many(
    world: World, count: int, *, anonymous: bool
) -> None:
    await posted(world, Notify.EACH, a_poll(anonymous=anonymous))
    await votes(world, PEOPLE[:count])
    (notice,) = await tick(world)
    told_now = await said(world, notice)
    assert (told_now.new, told_now.names) == (count, ())


async def test_nothing_is_said_of_what_was_deleted_or_opened_again_meanwhile(
    world: World,
) -> None:
    action_id = await posted(world, Notify.CLOSE)
    await close(world.ports, a_caller(), action_id)
    (notice,) = await tick(world)
    assert (await said(world, notice)).view.action.id == action_id
    await reopen(world.ports, a_caller(), action_id)
    assert await news(world.ports, notice) is None
    await delete(world.ports, a_caller(), action_id)
    assert await news(world.ports, notice) is None
    assert await news(world.ports, replace(notice, action_id="gone")) is None


async def test_a_long_digest_lists_some_and_says_how_many_more(world: World) -> None:
    names = [f"poll{n:02}" for n in range(MOST_LISTED + 4)]
    for name in names:
        await world.store.post(a_poll(id=name), Posting(f"of {name}", name, CHAT.id))
    await delete(world.ports, a_caller(), names[0])
    detail = {"actions": [[name, 1] for name in names]}
    notice = Notice("n", About.DIGEST, "tenant", detail=detail)
    found = await digest(world.ports, notice)
    assert found is not None
    assert [one.view.action.id for one in found.listed] == names[1 : MOST_LISTED + 1]
    assert found.more == 3
    gone = replace(notice, detail={"actions": [[names[0], 1]]})
    assert await digest(world.ports, gone) is None


async def test_what_everybody_may_not_see_yet_is_in_the_creators_message(world: World) -> None:
    await posted(world, Notify.EACH, a_quiz())
    quiz = await world.store.action(a_quiz().id)
    await takes(world, quiz, VOTER, RIGHT)
    (notice,) = await tick(world)
    told_now = await said(world, notice)
    assert told_now.view.shown == "yes"
    assert told_now.view.answers is None
    assert not is_complete(told_now.view)


async def test_an_action_that_breaks_keeps_nobody_elses_news_back(world: World) -> None:
    fine = a_closed_poll(notify_at=NOW)
    await world.posted(replace(fine, id="broken", kind="unheard of"))
    await world.posted(fine)
    with pytest.raises(NotFound):
        await notify_due(world.ports)
    assert len(world.store.sending) == 1

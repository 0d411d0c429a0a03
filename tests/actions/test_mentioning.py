"""Who was not reached in a chat of their own is mentioned in the chat of the action."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from actions.action import Action
from actions.errors import TryLater, Unreachable
from actions.managing import close
from actions.mentioning import finish_rounds, mention
from actions.notices import About, Notice, Outcome
from actions.people import Person
from actions.reminding import last_reminders, remind
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER, a_poll
from tests.actions.world import CHANNEL, CHAT, PERSONAL, STRANGER, World, a_caller

NEVER = Outcome.UNREACHABLE


async def reminded(
    world: World, people: Sequence[Person], action: Action | None = None, where: str = CHAT.id
) -> None:
    """Post a poll, and remind people none of whom is reached."""
    made = await world.posted(action, where)
    (posting,) = await world.store.postings(made.id)
    await world.store.delivered(posting, "1700000000000", 1, NOW)
    await world.store.set_audience(made.id, people)
    world.roster.people[where] = [*people]
    await remind(world.ports, a_caller(), made.id)
    await settled(world, Outcome.UNREACHED, "ForbiddenOperation")


async def settled(world: World, outcome: Outcome, code: str = "") -> None:
    """Settle all that is on its way."""
    now = world.clock.now()
    for notice in await world.store.claim_notices(now, now, 1_000):
        await world.store.settle_notice(notice, outcome, now, code)


def mentions(world: World) -> list[Notice]:
    """Give the messages with mentions."""
    sending = world.store.sending.values()
    return [one.notice for one in sending if one.notice.about is About.MENTION]


async def became(world: World) -> tuple[dict[Outcome, int], dict[str, str]]:
    """Give how many reminders came to what, and why the unreachable were not reached."""
    last = (await last_reminders(world.ports, a_caller(), ACTION_ID)).last
    assert last is not None
    return dict(last.counts), {one.person.name: one.code for one in last.unreachable}


def crowd(count: int) -> list[Person]:
    """Give so many people."""
    return [Person(f"tenant/{n:03}", f"Person {n:03}", f"29:{n}") for n in range(count)]


async def test_those_are_mentioned_once_in_one_message(world: World) -> None:
    await reminded(world, [CREATOR, VOTER])
    assert [await finish_rounds(world.ports) for _ in range(2)] == [1, 0]
    (notice,) = mentions(world)
    assert (notice.conversation_id, notice.person, notice.expires_at) == (
        *(CHAT.id, None, a_poll().closes_at),
    )
    found = await mention(world.ports, notice)
    assert found is not None
    assert set(found.people) == {CREATOR, VOTER}
    await settled(world, Outcome.SENT)
    assert await became(world) == ({Outcome.MENTIONED: 2}, {})


async def test_a_round_of_which_something_is_on_its_way_waits(world: World) -> None:
    await reminded(world, [CREATOR, VOTER])
    one = next(iter(world.store.sending.values()))
    one.outcome = Outcome.PENDING
    assert await finish_rounds(world.ports) == 0


async def test_a_mention_goes_to_the_thread_that_the_card_is_in(world: World) -> None:
    await world.store.remember_conversation(CHANNEL)
    thread = f"{CHANNEL.id};messageid=17"
    world.roster.people[CHANNEL.id] = [VOTER]
    await reminded(world, [VOTER], where=thread)
    await finish_rounds(world.ports)
    assert [notice.conversation_id for notice in mentions(world)] == [thread]


async def test_twenty_are_mentioned_in_a_message_and_a_hundred_in_all(world: World) -> None:
    await reminded(world, crowd(103))
    await finish_rounds(world.ports)
    assert [len(n.detail["people"]) for n in mentions(world)] == [20] * 5
    await settled(world, Outcome.SENT)
    counts, why = await became(world)
    assert counts == {Outcome.MENTIONED: 100, NEVER: 3}
    assert why == {f"Person {n}": "TooMany" for n in (100, 101, 102)}


async def test_who_is_not_in_the_chat_is_not_mentioned(world: World) -> None:
    await reminded(world, [CREATOR, VOTER, STRANGER])
    world.roster.people[CHAT.id] = [CREATOR, VOTER]
    await finish_rounds(world.ports)
    await settled(world, Outcome.SENT)
    assert await became(world) == (*({Outcome.MENTIONED: 2, NEVER: 1}, {STRANGER.name: "Left"}),)


async def test_who_has_no_address_cannot_be_mentioned(world: World) -> None:
    guest = Person("tenant/guest", "Gil Guest")
    await reminded(world, [VOTER, guest])
    await finish_rounds(world.ports)
    await settled(world, Outcome.SENT)
    assert (await became(world))[1] == {"Gil Guest": "NoAddress"}


async def test_all_are_mentioned_while_teams_does_not_say_who_is_there(world: World) -> None:
    await reminded(world, [CREATOR, VOTER])
    world.roster.fails = TryLater()
    await finish_rounds(world.ports)
    assert [len(notice.detail["people"]) for notice in mentions(world)] == [2]


@pytest.mark.parametrize("fault", ["personal", "dead", "forgotten", "closed"])
async def test_where_nobody_can_be_mentioned_the_first_reason_stays(
    world: World, fault: str
) -> None:
    await reminded(world, [CREATOR], where=PERSONAL.id if fault == "personal" else CHAT.id)
    if fault == "dead":
        await world.store.conversation_died(CHAT.id, "BotNotInConversationRoster")
    elif fault == "forgotten":
        await world.store.forget_conversation(CHAT.id)
    elif fault == "closed":
        await close(world.ports, a_caller(), ACTION_ID)
    await finish_rounds(world.ports)
    assert mentions(world) == []
    assert await became(world) == ({NEVER: 1}, {CREATOR.name: "ForbiddenOperation"})
    assert await finish_rounds(world.ports) == 0


async def test_a_chat_that_teams_refuses_ends_with_the_first_reason(world: World) -> None:
    await reminded(world, [VOTER])
    world.roster.fails = Unreachable("BotNotInConversationRoster")
    await finish_rounds(world.ports)
    await settled(world, NEVER, "BotNotInConversationRoster")
    assert await became(world) == ({NEVER: 1}, {VOTER.name: "ForbiddenOperation"})


async def test_who_responded_before_the_message_is_sent_is_not_mentioned(world: World) -> None:
    await reminded(world, [CREATOR, VOTER])
    await finish_rounds(world.ports)
    (notice,) = mentions(world)
    await world.vote(VOTER, "a")
    found = await mention(world.ports, notice)
    assert found is not None
    assert found.people == (CREATOR,)
    await world.vote(CREATOR, "a")
    assert await mention(world.ports, notice) is None


async def test_a_round_that_breaks_keeps_no_other_from_its_end(world: World) -> None:
    await reminded(world, [VOTER])
    await reminded(world, [VOTER], replace(a_poll(), id="gone"))
    del world.store.posted["gone"]
    await finish_rounds(world.ports)
    assert [notice.action_id for notice in mentions(world)] == [ACTION_ID]

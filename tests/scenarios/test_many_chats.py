"""One poll in hundreds of chats: all cards keep up, and nobody is asked too much."""

from collections import Counter

from actions.action import Posting
from actions.places import Conversation, Scope
from tests.scenarios.pace import paced
from tests.scenarios.steps import SQLITE, action_id, opened
from tests.scenarios.votes import counts, press
from tests.storage.many_places import also_posted
from tests.teams import Chat, Message, Teams, User

CHATS = 300
PER_SECOND = 20
VOTES = 100
OPTIONS = ("Pizza", "Sushi", "Salad")
PATIENCE = 60
"""Seconds; a busy machine is slow, but a card that is lost stays behind for ever."""


@SQLITE
async def test_a_poll_in_three_hundred_chats_keeps_all_its_cards_right(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    rooms = [(teams.user(f"Person {n:03}"),) for n in range(CHATS)]
    chats = [teams.group_chat(people, f"Site {n:03}") for n, people in enumerate(rooms)]
    polls = await posted_in(teams, chats, rooms[0][0], database_url)
    chances = teams.faults.rates({429: 0.05}, seed=6)
    wishes = [OPTIONS[number % 3] for number in range(VOTES)]

    async def votes(number: int) -> bool:
        # Step by step through all chats, so that any card's tally is made of votes elsewhere.
        place = number * 7 % CHATS
        return await press(teams, rooms[place][0], polls[place], wishes[number])

    assert all(await paced(PER_SECOND, VOTES, votes))
    await show(polls, Counter(wishes))
    assert chances.met[429] > CHATS / 50
    assert teams.limits.exceeded == []
    assert max(chat.most_at_once for chat in chats) == 1
    assert all(len(chat.all_messages) == 1 for chat in chats)
    assert CHATS <= sum(poll.updates for poll in polls) < VOTES * CHATS / 20


async def posted_in(
    teams: Teams, chats: list[Chat], creator: User, database_url: str
) -> list[Message]:
    """Post a poll in the first chat by a message, and in the others by its rows alone."""
    await creator.says(chats[0], f"poll Lunch? | {' | '.join(OPTIONS)}")
    name = action_id(await chats[0].wait_for_message())
    more = [Posting(f"posting-{n}", name, chat.id) for n, chat in enumerate(chats[1:])]
    async with opened(database_url) as store:
        for chat in chats[1:]:
            place = Conversation(chat.id, teams.tenant_id, Scope.GROUP, teams.service_url)
            await store.remember_conversation(place)
        await also_posted(store, more)
    await chats[0].wait_until(lambda: all(chat.messages for chat in chats), PATIENCE)
    return [chat.latest for chat in chats]


async def show(polls: list[Message], wanted: Counter[str]) -> None:
    """Wait until every card has the right numbers."""
    behind = list(polls)

    def all_right() -> bool:
        # Cards are read until one is behind: nobody reads hundreds of them at each call.
        while behind and counts(behind[-1].card) == wanted:
            behind.pop()
        return not behind

    await polls[0].chat.wait_until(all_right, PATIENCE)

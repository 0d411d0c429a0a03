"""Fifty people on one checklist at once, over HTTP, with replays and cards that are stale."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from actions.action import Action
from actions.history import Entry
from actions.ticks import State, Tick
from cards.envelope import Envelope, decode
from tests.actions.checklists import a_checklist
from tests.scenarios.checklists import history, posts_checklist, ticks
from tests.scenarios.steps import action_id, miscounted
from tests.scenarios.surveys import person_of
from tests.scenarios.votes import crowd
from tests.storage.test_ticking import replayed
from tests.teams import Message, Teams, User
from tests.teams.cards import actions, text, texts

PEOPLE, ITEMS, TAPS = 50, 200, 5
STATES = {"tick": State.DONE, "untick": State.OPEN}


@dataclass(slots=True)
class Worker:
    """Someone who taps, the taps on every card they ever saw, and what they tapped, in order."""

    user: User
    chance: Random
    offered: list[Envelope] = field(default_factory=list)
    tapped: list[tuple[str, State]] = field(default_factory=list)

    async def works(self, message: Message) -> None:
        """Tap anything, again and again; every third tap is sent once more."""
        self._looks(message.card)
        for _ in range(TAPS):
            envelope = self._chosen(action_id(message))
            for _ in range(self.chance.choice((1, 1, 2))):
                await self._taps(message, envelope)

    async def _taps(self, message: Message, envelope: Envelope) -> None:
        verb, data = envelope.verb, envelope.encode()
        answer = await self.user.executes(message.chat, message, verb, data)
        assert answer.card is not None, answer
        assert "⚠" not in text(answer.card)
        self.tapped.append((envelope.argument, STATES[verb]))
        self._looks(answer.card)

    def _looks(self, card: Mapping[str, object]) -> None:
        found = [decode(action["data"])[0] for action in actions(dict(card))]
        self.offered += [envelope for envelope in found if envelope.verb in STATES]

    def _chosen(self, action: str) -> Envelope:
        """Choose of the rows that any card ever had, or that it would have had further down."""
        if self.chance.random() < 0.5:
            return self.chance.choice(self.offered)
        verb, item = self.chance.choice(("tick", "tick", "untick")), self.chance.randrange(ITEMS)
        return Envelope(verb, action, f"i{item}")


async def worked(
    teams: Teams, database_url: str, made: Action
) -> tuple[Message, Sequence[Worker]]:
    """Let everybody tap at once."""
    chat, people = crowd(teams, PEOPLE)
    message = await posts_checklist(database_url, people[0], chat, made)
    workers = [Worker(user, Random(n)) for n, user in enumerate(people)]  # noqa: S311
    await asyncio.gather(*(worker.works(message) for worker in workers))
    return message, workers


async def test_on_one_list_no_tick_is_lost_and_the_history_says_how_it_came(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    message, workers = await worked(teams, database_url, a_checklist(count=ITEMS))
    lines = await history(database_url, message)
    stands = await ticks(database_url, message)
    assert told(stands) == replayed(lines)
    check_taps(lines, workers, message)
    opened_again = {item for w in workers for item, state in w.tapped if state is State.OPEN}
    ticked = {item for w in workers for item, state in w.tapped if state is State.DONE}
    assert ticked - opened_again <= stands.keys() <= ticked
    words = f"{len(stands)} of {ITEMS} done"
    await message.chat.wait_until(lambda: words in texts(message.card))


async def test_of_lists_of_their_own_each_is_what_its_owner_tapped_in_order(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    made = a_checklist(count=ITEMS, individual=True)
    message, workers = await worked(teams, database_url, made)
    lines = defaultdict(list)
    for line in await history(database_url, message):
        lines[line.person.key].append(line)
    for worker in workers:
        key = person_of(worker.user, message.chat).key
        stands, changes = in_order(worker.tapped)
        own = await ticks(database_url, message, worker.user)
        assert {item: tick.state for item, tick in own.items()} == stands
        assert [change_of(line) for line in lines[key]] == changes
    assert await miscounted(database_url) == []


def told(stands: Mapping[str, Tick]) -> dict[str, tuple[str, str]]:
    """Give state and by whom, by item."""
    return {item: (tick.state.value, tick.by.key) for item, tick in stands.items()}


def change_of(line: Entry) -> tuple[str, State]:
    """Give which item became what by a line of the history."""
    return str(line.detail["item"]), State(line.verb.removeprefix("item_"))


def check_taps(lines: Sequence[Entry], workers: Sequence[Worker], message: Message) -> None:
    """The history holds nothing that its person did not tap."""
    did = Counter((line.person.key, *change_of(line)) for line in lines)
    keys = {worker.user: person_of(worker.user, message.chat).key for worker in workers}
    sent = Counter((keys[worker.user], *tap) for worker in workers for tap in worker.tapped)
    assert did <= sent


def in_order(
    taps: Sequence[tuple[str, State]],
) -> tuple[dict[str, State], list[tuple[str, State]]]:
    """Give what taps come to one after another, and those that changed something."""
    stands: dict[str, State] = {}
    changes = []
    for item, state in taps:
        if stands.get(item, State.OPEN) is not state:
            changes.append((item, state))
        stands[item] = state
    return {i: s for i, s in stands.items() if s is not State.OPEN}, changes

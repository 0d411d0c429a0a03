"""A whole outside in memory, with a chat, a channel and a personal chat."""

from dataclasses import dataclass, field
from typing import Any

from actions.action import Action, Posting
from actions.caller import Caller
from actions.people import Person
from actions.places import Conversation, Scope
from actions.ports import Ports
from actions.responding import respond
from actions.viewing import View
from tests.actions.builders import ACTION_ID, BERLIN, CREATOR, NOW, VOTER, a_poll
from tests.fakes import CountingIds, FakeRoster, FixedClock, MemoryStore

CHAT = Conversation("19:chat@thread.v2", "tenant", Scope.GROUP, "https://x.example", "Chat")
CHANNEL = Conversation("19:ch@thread.tacv2", "tenant", Scope.CHANNEL, "https://x.example", "Ch")
PERSONAL = Conversation(
    "a:creator", "tenant", Scope.PERSONAL, "https://x.example", person=CREATOR.key
)
FOREIGN = Conversation("19:far@thread.v2", "elsewhere", Scope.GROUP, "https://x.example", "Far")

STRANGER = Person("tenant/stranger", "Sam Stranger", "29:stranger")


@dataclass(slots=True)
class World:
    """The ports, with the fakes behind them at hand."""

    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    ids: CountingIds = field(default_factory=CountingIds)
    roster: FakeRoster = field(default_factory=FakeRoster)
    store: MemoryStore = field(init=False)
    ports: Ports = field(init=False)

    def __post_init__(self) -> None:
        """Join the fakes."""
        self.store = MemoryStore(self.clock)
        self.ports = Ports(self.store, self.clock, self.ids, self.roster)

    async def posted(self, action: Action | None = None, where: str = CHAT.id) -> Action:
        """Give a poll that was posted in the chat."""
        made = action or a_poll()
        await self.store.post(made, Posting(f"posting-of-{made.id}", made.id, where))
        return made

    async def vote(self, person: Person, option: str, verb: str = "choose") -> View:
        """Tap an option of the poll in the chat."""
        return await respond(self.ports, a_caller(person), ACTION_ID, verb, option)


async def a_world(*shared: Conversation) -> World:
    """Give a world whose bot was heard from in the chat and the personal chat, and those given."""
    world = World()
    for conversation in (CHAT, PERSONAL, *shared):
        await world.store.remember_conversation(conversation)
    world.roster.people[CHAT.id] = [CREATOR, VOTER]
    return world


def a_caller(person: Person = CREATOR, conversation: str = CHAT.id, **changes: Any) -> Caller:
    """Give someone who presses something in the chat."""
    fields: dict[str, Any] = {"tenant_id": "tenant", "locale": "en-GB", "time_zone": BERLIN}
    return Caller(person, conversation_id=conversation, **(fields | changes))

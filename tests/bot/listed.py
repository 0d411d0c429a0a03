"""A checklist by Ada in the group chat, and people who press its buttons."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from actions.action import Action, Status
from actions.errors import NotSaved
from actions.history import Entry
from actions.item import Item
from actions.ports import Ports
from actions.ticking import checklist_of
from actions.ticks import State
from bot.press import Press
from bot.reception import caller
from bot.summaries import Summaries
from bot.verbs import carry_out
from cards.envelope import Envelope, decode
from cards.parts import Host
from cards.texts import texts_for
from dialogs.screen import Screen
from tests.actions.checklists import a_checklist
from tests.bot.exporting import NO_HANDOVER
from tests.bot.world import FakeMessenger, Watch, WatchedStore, a_turn
from tests.cards.looks import checked
from tests.fakes import NOON, TENANT, CountingIds, FixedClock, a_conversation, a_person, a_posting
from tests.teams.cards import Card, find_action

ADA, BEN = a_person("Ada"), a_person("Ben")


class FailingStore(WatchedStore):
    """A store whose changes may fail, as many as `failing` says."""

    async def change(
        self, action_id: str, decide: Callable[[Action], Action], entry: Entry
    ) -> Action:
        """Change an action, unless it fails."""
        if self.failing["change"] > 0:
            self.failing["change"] -= 1
            raise NotSaved("not_saved")
        return await super().change(action_id, decide, entry)


class ListDesk:
    """What Ben, or Ada, comes to by pressing buttons."""

    def __init__(self, action: Action) -> None:
        self.clock, self.ids = FixedClock(), CountingIds()
        self.store = FailingStore(self.clock, Watch(), lambda: None)
        changes: dict[str, Any] = {"id": "action", "tenant_id": TENANT, "creator": ADA}
        self.action = replace(action, closes_at=None, **changes)

    async def posted(self) -> "ListDesk":
        """Post it."""
        await self.store.remember_conversation(a_conversation())
        await self.store.post(self.action, a_posting(self.action))
        return self

    async def pressed(
        self,
        verb: str,
        argument: str = "",
        sent: Mapping[str, str] | None = None,
        who: str = "Ben",
        **turn: Any,
    ) -> Card:
        """Press something, and give the card that comes of it, once Teams would take it."""
        name = who.lower()
        sender = {"sender_object_id": name, "sender_mri": f"29:{name}", "sender_name": who}
        ports = Ports(self.store, self.clock, self.ids, FakeMessenger(Watch()))
        outcome = await carry_out(
            Press(
                *(ports, Summaries(), caller(a_turn(**{**sender, **turn})), Host.DIALOG),
                *(Envelope(verb, "action", argument), sent or {}, texts_for("en-GB")),
                NO_HANDOVER,
            )
        )
        assert isinstance(outcome, Screen)
        return checked(outcome.card)

    async def follows(
        self,
        card: Card,
        title: str,
        typed: Mapping[str, str] | None = None,
        who: str = "Ben",
    ) -> Card:
        """Press a button or row of a card, with what is hidden in it and what was typed."""
        envelope, hidden = decode(find_action(card, title)["data"])
        return await self.pressed(
            envelope.verb, envelope.argument, hidden | dict(typed or {}), who
        )

    async def changed(self, change: Callable[[Action], Action]) -> None:
        """Let something happen meanwhile."""
        await self.store.change("action", change, Entry(NOON, ADA, "edited"))

    async def close(self) -> None:
        """Close it."""
        await self.changed(lambda action: replace(action, status=Status.CLOSED, closed_at=NOON))

    async def items(self) -> dict[str, Item]:
        """Give the items by their ids, in their order."""
        questions = (await self.store.action("action")).content.questions
        return {item.id: item for item in questions if isinstance(item, Item)}

    async def states(self) -> dict[str, State]:
        """Give the states of the items of a shared list that are not open."""
        kept = checklist_of((await self.store.action("action")).content)
        return {name: tick.state for name, tick in kept.ticks.items()}

    async def verbs(self) -> list[str]:
        """Give what the history says was done, the oldest first."""
        lines = await self.store.history("action", "", 99)
        return [entry.verb for _, entry in reversed(lines)]


async def a_list_desk(*texts: str, count: int = 0, **kept: Any) -> ListDesk:
    """Give a list that is ticked: Lights, Till and Floor if no items are given."""
    return await ListDesk(a_checklist(*texts, count=count, **kept)).posted()

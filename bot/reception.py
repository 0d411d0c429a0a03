"""What every message and invoke goes through first: who it is from, where, and what it presses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from microsoft_teams.cards.core import AdaptiveCard

from actions.caller import Caller
from actions.exporting import AnyOrder
from actions.leaving import Left
from actions.people import Person, person_key
from actions.places import Conversation, Scope, thread_root
from actions.ports import Ports
from bot.background import Background
from bot.file_consent import FileConsents
from bot.in_place import InPlaceForms
from bot.messenger import Messenger
from bot.press import Handover, Press
from bot.received_files import ReceivedFiles
from bot.summaries import Summaries
from bot.turn import Turn
from cards.envelope import Envelope, decode
from cards.parts import Host
from cards.texts import Texts, texts_for

KEPT = 50_000
"""How many conversations are known without asking the database."""

KNOWN_FOR = timedelta(minutes=5)
"""How long they are: meanwhile one may be found to be dead, which hearing from there ends."""


class Reception:
    """Turns what Teams sent into callers, places and presses."""

    def __init__(
        self,
        ports: Ports,
        messenger: Messenger,
        summaries: Summaries,
        background: Background,
        consents: FileConsents,
        files: ReceivedFiles,
        link: Callable[[AnyOrder], str],
        certificate: Callable[[str], str],
        open_link: Callable[[str, str, str, str], str],
        *,
        client_previews: bool = True,
    ) -> None:
        """Serve through `ports`; what is slow goes on in `background` after the answer.

        Exports get to people by `consents`, or where it gives one by a `link`; `files` fetches
        what people send. `certificate` gives where a certificate is confirmed, `open_link` where
        a lesson's link is opened.

        `client_previews`: the message extension's own preview is used. The Agents Playground has
        none, so there the dialog shows it (docs/decisions/0003).
        """
        self.ports = ports
        self.messenger = messenger
        self.background = background
        self.in_place = InPlaceForms(messenger, background)
        self.consents = consents
        self.files = files
        self._handover = Handover(link, consents.offer, certificate, open_link)
        self._summaries = summaries
        self._client_previews = client_previews
        self._known: dict[str, tuple[datetime, Conversation]] = {}

    async def remember(self, turn: Turn, *, is_press: bool = True) -> Conversation:
        """Keep where this came from, with its newest service URL.

        Presses are many: they cost nothing where the conversation is known.
        """
        place, now = _place(turn), self.ports.clock.now()
        asked_at, known = self._known.get(place.id, (now, None))
        if not is_press or now - asked_at >= KNOWN_FOR:
            known = None
        if not place.name:
            # Most invokes carry no name; one that was heard before is not forgotten.
            heard = known or await self.ports.store.conversation(place.id)
            place = replace(place, name=heard.name if heard else "")
        if known != place:
            await self.ports.store.remember_conversation(place)
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[place.id] = now, place
        return place

    async def forget(self, turn: Turn) -> None:
        """The bot was removed from the conversation."""
        self._known.pop(thread_root(turn.conversation_id), None)
        await self.ports.store.forget_conversation(thread_root(turn.conversation_id))

    def press(self, turn: Turn, data: object, *, host: Host, extension: bool = False) -> Press:
        """Read a button's data. Raises NotFound."""
        envelope, inputs = decode(data)
        return self.press_of(turn, envelope, inputs, host=host, extension=extension)

    def press_of(
        self,
        turn: Turn,
        envelope: Envelope,
        inputs: Mapping[str, str],
        *,
        host: Host,
        extension: bool = False,
    ) -> Press:
        """Give the press of a button that need not be there."""
        return Press(
            ports=self.ports,
            summaries=self._summaries,
            caller=caller(turn),
            host=host,
            envelope=envelope,
            inputs=inputs,
            texts=texts_of(turn),
            handover=self._handover,
            extension=extension and self._client_previews,
        )

    async def say(self, turn: Turn, card: AdaptiveCard | bytes, summary: str) -> None:
        """Post a card where the turn came from."""
        place = await self.remember(turn)
        await self.messenger.post(place, turn.conversation_id, card, summary)


def caller(turn: Turn) -> Caller:
    """Give who sent it, from where."""
    root = thread_root(turn.conversation_id)
    key = person_key(turn.tenant_id, turn.sender_object_id, root, turn.sender_mri)
    person = Person(key, turn.sender_name, turn.sender_mri)
    return Caller(person, turn.tenant_id, turn.conversation_id, turn.locale, turn.time_zone)


def who_left(turn: Turn) -> Left:
    """Give who went, and from where: who leaves a team leaves all of its channels."""
    root = thread_root(turn.conversation_id)
    people = tuple(
        Person(person_key(turn.tenant_id, one.object_id, root, one.mri), "", one.mri)
        for one in turn.members_removed
    )
    return Left(root, people, turn.team_id if turn.event == "teamMemberRemoved" else "")


def texts_of(turn: Turn) -> Texts:
    """Give the texts for the reader."""
    return texts_for(turn.locale)


def is_personal(turn: Turn) -> bool:
    """It came from someone's own chat with the bot."""
    return turn.scope == "personal"


def host_of(turn: Turn) -> Host:
    """Give what a message's card can do there."""
    return Host.IN_PLACE if is_personal(turn) else Host.CHAT


def _place(turn: Turn) -> Conversation:
    return Conversation(
        id=thread_root(turn.conversation_id),
        tenant_id=turn.tenant_id,
        scope=Scope(turn.scope),
        service_url=turn.service_url,
        name=turn.conversation_name,
        team_id=turn.team_id,
        person=caller(turn).person.key if is_personal(turn) else "",
    )

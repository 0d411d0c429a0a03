"""What the use cases need from outside; real ones in `storage/` and `bot/`, fakes in `tests/`."""

from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.action import Action, Draft, Posting, Status
from actions.banked import BankCounts, Banked, BankPage, ImportReport, Selection
from actions.certificates import Certificate
from actions.history import Entry
from actions.marking import Placed
from actions.people import Person
from actions.places import Conversation
from actions.questions import Answers
from actions.responses import Change, Due, Page, Progress, Response, Step, Written
from actions.tallies import Tallies
from actions.timed_store import TimedStore


class Store(TimedStore, Protocol):
    """Everything that lasts. Each call is one transaction; all raise NotSaved when it fails."""

    async def remember_conversation(self, conversation: Conversation) -> None:
        """Keep where the bot was heard from; the newest service URL and name win.

        Nothing there is dead any more: what was given up as the bot was gone, and is behind, is
        due.
        """

    async def forget_conversation(self, conversation_id: str) -> None:
        """The bot was removed there."""

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """Give one conversation."""

    async def personal_conversation(self, person_key: str) -> Conversation | None:
        """Give the personal chat of someone, if the bot has one with them: one not dead first."""

    async def shared_conversations(self, tenant_id: str, limit: int) -> Sequence[Conversation]:
        """Give chats and channels that are not dead, the latest heard from first."""

    async def save_draft(self, draft: Draft) -> None:
        """Store a draft, in place of the one of the same id."""

    async def draft(self, draft_id: str) -> Draft:
        """Give one draft. Raises NotFound, also when it was posted."""

    async def delete_draft(self, draft_id: str) -> None:
        """Remove a draft; none is no error."""

    async def drafts(
        self, creator_key: str, offset: int, limit: int, search: str = ""
    ) -> Sequence[Draft]:
        """Give someone's drafts whose title holds `search`, the latest touched first."""

    async def post(self, action: Action, posting: Posting) -> bool:
        """Store an action and its posting, due for delivery, and take its draft off the list.

        False, and nothing stored, when an action of that id exists: it was posted before.
        """

    async def unpost(self, action_id: str) -> None:
        """Remove an action that no message ever showed, and put its draft back on the list."""

    async def action(self, action_id: str) -> Action:
        """Give one action as it is now, deleted ones included. Raises NotFound."""

    async def known(self, action_id: str) -> Action:
        """Give an action as last seen, for what never changes: kind, tenant, creator.

        It may be gone or closed by now; `respond` decides on what holds. Raises NotFound.
        """

    async def is_posted_in(self, action_id: str, conversation_id: str) -> bool:
        """Give whether an action was posted in a conversation or one of its threads."""

    async def action_ids(self) -> Sequence[str]:
        """Give the ids of all actions."""

    async def actions_of(
        self,
        person_key: str,
        offset: int,
        limit: int,
        search: str = "",
        status: Status | None = None,
    ) -> Sequence[Action]:
        """Give the actions that someone manages, newest first, deleted ones left out.

        Only those whose title holds `search`, and, where it is given, of that status.
        """

    async def waiting_for(
        self, person_key: str, now: datetime, offset: int, limit: int
    ) -> Sequence[Action]:
        """Give open actions whose audience someone is of and to which they have not responded.

        Those that close first come first, those that never do last.
        """

    async def postings(self, action_id: str) -> Sequence[Posting]:
        """Give an action's postings."""

    async def posting_at(self, conversation_id: str, activity_id: str) -> Posting | None:
        """Give the posting that a message shows, None when it shows something else."""

    async def change(
        self, action_id: str, decide: Callable[[Action], Action], entry: Entry
    ) -> Action:
        """Change an action under its lock, and make its postings due. Raises what `decide` does.

        Responses to options that are gone lose those options. An anonymous action that closes
        has its ballots made anonymous to the server too. `revision` and `content_revision` are
        raised here. When `decide` gives back an equal action nothing happens.
        """

    async def delete(self, action_id: str, entry: Entry) -> None:
        """Remove all data of an action but the fact that it was, and make its postings due."""

    async def history(
        self, action_id: str, before: str, limit: int
    ) -> Sequence[tuple[str, Entry]]:
        """Give lines of an action's history, the newest first, each with its name.

        Those `before` the line of that name, from the newest on where it is empty.
        """

    async def record(self, action_id: str, entry: Entry) -> None:
        """Add a line to an action's history. Raises NotFound, also when it was deleted."""

    async def set_audience(self, action_id: str, people: Sequence[Person]) -> None:
        """Keep the roster snapshot, in place of an earlier one."""

    async def in_audience(self, action_id: str, person_key: str) -> Person | None:
        """Give someone as the roster snapshot holds them, None if it does not."""

    async def audience(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give a page of the roster snapshot, by name. Raises NotFound."""

    async def respond(self, change: Change) -> Written:
        """Carry out one change of a response; returns after the commit.

        Raises what `change.decide` raises, NotFound when there is no such action, NotAllowed
        ("sealed") when the person's anonymous vote can no longer be told from the others.
        """

    async def due_responses(self, now: datetime, limit: int) -> Sequence[Due]:
        """Give responses with which the clock has to do, those that wait longest first.

        What of a closed action is under way is due at once; what is due stays so until a change
        gives it another time (`actions.attempts.Attempts.due_at`).
        """

    async def answers(self, action_id: str, slot: str) -> Answers | None:
        """Give one response's answers."""

    async def took_part(self, action_id: str, person_key: str) -> bool:
        """Give whether someone responded; of an anonymous action that is all that is known."""

    async def progress(self, action_id: str, slot: str) -> Progress | None:
        """Give what was filled in so far and not handed in yet, None if nothing was."""

    async def keep_progress(self, step: Step) -> Progress:
        """Carry out one step of filling in; gives what stands after the commit.

        Steps of one slot are carried out one after another, wherever they come from. Raises
        NotFound when there is no such action, or it was deleted.
        """

    async def tallies(self, action_id: str, questions: Collection[str] | None = None) -> Tallies:
        """Give an action's tallies; of some questions, and of the responses as such, if given."""

    async def recount(self, action_id: str) -> Tallies:
        """Count an action's responses one by one; equals `tallies`."""

    async def responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who responded: newest first; of an anonymous action, in no telling order."""

    async def not_responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who of the audience did not respond, by name."""

    async def under_way(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who has begun attempts and ended none, by name, with their answers."""

    async def not_begun(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who of the audience has begun no attempt, by name."""

    async def leaders(self, action_id: str, first: int, limit: int) -> Sequence[Placed]:
        """Give the leaderboard from a number on, counted from 0: the best of all first.

        Equals stand in the order in which they first finished.
        """

    async def place_of(self, action_id: str, person_key: str) -> Placed | None:
        """Give someone's place on the leaderboard, None for who has no score."""

    async def own_responses(self, action_id: str, person_key: str) -> Sequence[Response]:
        """Give someone's responses in the order of their numbers.

        Of those to an anonymous action that were given before it closed only the slots are known.
        """

    async def response(self, action_id: str, slot: str) -> tuple[Response, str, str]:
        """Give one named response, and the slots of the next newer and the next older one.

        An empty slot where there is none. Raises NotFound, also of an anonymous action.
        """

    async def matching(
        self,
        action_id: str,
        keep: Callable[[Response], bool],
        after: str,
        limit: int,
        questions: Collection[str] | None = None,
    ) -> Page:
        """Give a page of the responses that `keep` takes: newest first; ballots by their keys.

        With the answers to some questions only, if these are given. At most `limit` of them, and
        after some thousands that were looked at the page ends, with a place to go on from: it may
        hold fewer, even none. Ballots have no person.
        """

    def all_responses(self, action_id: str) -> AsyncGenerator[Sequence[Response], None]:
        """Give all responses, some at a time, oldest first; ballots by their keys.

        What is given is one moment's. Who stops early closes it (`contextlib.aclosing`): it holds
        a connection. Raises NotFound.
        """

    async def keep_certificate(self, certificate: Certificate) -> Certificate:
        """Store a certificate, unless one is there for the attempt; gives what stands.

        Raises NotFound when there is no such action, or it was deleted.
        """

    async def certificate_for(
        self, action_id: str, person_key: str, attempt: int
    ) -> Certificate | None:
        """Give someone's certificate for an attempt, None if there is none."""

    async def certificate(self, code: str) -> Certificate:
        """Give the certificate of a code. Raises NotFound."""

    async def keep_items(self, owner: str, items: Sequence[Banked]) -> None:
        """Put questions into someone's bank, each in place of the one of the same id."""

    async def banked(self, owner: str, ids: Collection[str]) -> Sequence[Banked]:
        """Give those of someone's questions that are there, in the order of the ids."""

    async def bank_page(
        self, owner: str, selection: Selection, after: str, limit: int
    ) -> BankPage:
        """Give a page of someone's questions, the latest changed first."""

    async def bank_counts(self, owner: str) -> BankCounts:
        """Give how many questions someone has, in all and with each tag."""

    async def delete_items(self, owner: str, ids: Collection[str]) -> None:
        """Remove questions from someone's bank; those that are not there are no error."""

    async def keep_import(self, owner: str, report: ImportReport) -> None:
        """Keep what someone's last import did, in place of an earlier one."""

    async def last_import(self, owner: str) -> ImportReport | None:
        """Give what someone's last import did, None if there was none."""


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """Give the time, timezone-aware, in UTC."""


class Ids(Protocol):
    """New names."""

    def new(self) -> str:
        """Give a UUIDv7 as text."""

    def of(self, *parts: str) -> str:
        """Give the UUID that always stands for these parts."""

    def short(self) -> str:
        """Give a name for an option or the like: six characters, no commas, never guessed."""

    def chance(self) -> int:
        """Give 80 bits that nobody can guess (`actions.certificates.code_of`)."""


class Roster(Protocol):
    """Who is in a conversation, asked of Teams at this moment."""

    async def members(self, conversation: Conversation) -> Sequence[Person]:
        """Give the people, bots left out. Raises TryLater, Unreachable."""

    async def holds(self, conversation: Conversation, person: Person) -> bool:
        """Give whether the bot and someone both are there. Raises TryLater."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The outside, as every use case is given it."""

    store: Store
    clock: Clock
    ids: Ids
    roster: Roster

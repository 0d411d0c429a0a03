"""A store in plain Python, for tests: what it holds is lost, what it does is right."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from actions.action import Action, Draft, Posting, Status
from actions.attempts import attempts_in, stored_form
from actions.content import Content
from actions.errors import NotFound
from actions.history import Entry
from actions.people import Person
from actions.places import Conversation, Scope, is_gone, thread_root
from actions.policy import is_open, manages
from storage.counting import still_answered
from storage.text import folded
from tests.storage.kept import Delivery, Posted
from tests.storage.memory_bank import MemoryBank
from tests.storage.memory_certificates import MemoryCertificates
from tests.storage.memory_deliveries import MemoryDeliveries
from tests.storage.memory_leaving import MemoryLeaving
from tests.storage.memory_notices import MemoryNotices
from tests.storage.memory_processes import MemoryProcesses
from tests.storage.memory_responses import MemoryResponses
from tests.storage.memory_retention import MemoryRetention, is_closed_since
from tests.storage.memory_series import MemorySeries


class MemoryStore(
    MemoryResponses,
    MemoryCertificates,
    MemoryBank,
    MemoryDeliveries,
    MemorySeries,
    MemoryNotices,
    MemoryProcesses,
    MemoryLeaving,
    MemoryRetention,
):
    """`actions.ports.Store`."""

    __slots__ = ()

    async def remember_conversation(self, conversation: Conversation) -> None:
        """Keep one; the time of a known one moves on by the hour, of a personal one never."""
        now = self.clock.now()
        heard, known = self.conversations.get(conversation.id, (now, None))
        if known == conversation and (
            known.scope is Scope.PERSONAL or now - heard < timedelta(hours=1)
        ):
            return
        self.conversations[conversation.id] = now, conversation
        if known is None or known.dead_code:
            self._revive(conversation.id)

    async def forget_conversation(self, conversation_id: str) -> None:
        """Drop one."""
        self.conversations.pop(conversation_id, None)

    async def conversation_died(self, conversation_id: str, code: str) -> None:
        """Note why one is dead."""
        if conversation_id in self.conversations:
            heard, place = self.conversations[conversation_id]
            self.conversations[conversation_id] = heard, replace(place, dead_code=code)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """Look one up."""
        return self.conversations.get(conversation_id, (None, None))[1]

    async def personal_conversation(self, person_key: str) -> Conversation | None:
        """Look for someone's personal chat."""
        own = [c for c in self._heard() if c.person == person_key and c.scope is Scope.PERSONAL]
        return min(own, key=lambda c: bool(c.dead_code), default=None)

    async def shared_conversations(self, tenant_id: str, limit: int) -> Sequence[Conversation]:
        """List chats and channels."""
        shared = (c for c in self._heard() if c.scope is not Scope.PERSONAL)
        return [c for c in shared if c.tenant_id == tenant_id and not c.dead_code][:limit]

    async def save_draft(self, draft: Draft) -> None:
        """Keep a draft."""
        self.stored_drafts[draft.id] = draft

    async def draft(self, draft_id: str) -> Draft:
        """Look a draft up."""
        if draft_id not in self.stored_drafts:
            raise NotFound("no_such_draft")
        if draft_id in self.posted or draft_id in self.stored_series:
            raise NotFound("posted")
        return self.stored_drafts[draft_id]

    async def delete_draft(self, draft_id: str) -> None:
        """Drop a draft."""
        self.stored_drafts.pop(draft_id, None)

    async def drafts(
        self, creator_key: str, offset: int, limit: int, search: str = ""
    ) -> Sequence[Draft]:
        """List someone's drafts."""
        wanted = folded(search.strip())
        own = [
            d
            for d in self.stored_drafts.values()
            if d.creator.key == creator_key
            and d.id not in self.posted
            and d.id not in self.stored_series
            and wanted in folded(d.values.get("title", ""))
        ]
        own.sort(key=lambda d: (d.updated_at is not None, d.updated_at, d.id), reverse=True)
        return own[offset : offset + limit]

    async def post(self, action: Action, posting: Posting) -> bool:
        """Keep an action and its posting."""
        if action.id in self.posted:
            return False
        self.posted[action.id] = Posted(action)
        self.deliveries[posting.id] = Delivery(posting, due_at=self.clock.now())
        self.on_change()
        return True

    async def unpost(self, action_id: str) -> None:
        """Drop an action that was not shown."""
        own = self.deliveries_of(action_id)
        if not any(delivery.posting.activity_id for delivery in own):
            self.posted.pop(action_id, None)
            for delivery in own:
                del self.deliveries[delivery.posting.id]
            self.drop_notices(action_id)

    async def action(self, action_id: str) -> Action:
        """Look an action up."""
        return self.found(action_id).action

    async def known(self, action_id: str) -> Action:
        """Look an action up."""
        return self.found(action_id).action

    async def is_posted_in(self, action_id: str, conversation_id: str) -> bool:
        """Look for a posting there."""
        postings = await self.postings(action_id)
        return conversation_id in {thread_root(p.conversation_id) for p in postings}

    async def action_ids(self) -> Sequence[str]:
        """List everything."""
        return list(self.posted)

    async def actions_of(
        self,
        person_key: str,
        offset: int,
        limit: int,
        search: str = "",
        status: Status | None = None,
    ) -> Sequence[Action]:
        """List what someone manages."""
        wanted = folded(search.strip())
        own = [
            p.action
            for p in self.posted.values()
            if p.action.status is not Status.DELETED
            and manages(p.action, person_key)
            and wanted in folded(p.action.content.title)
            and status in {None, p.action.status}
        ]
        own.sort(key=lambda action: (action.created_at, action.id), reverse=True)
        return own[offset : offset + limit]

    async def waiting_for(
        self, person_key: str, now: datetime, offset: int, limit: int
    ) -> Sequence[Action]:
        """List what someone has not responded to."""
        waiting = [
            p.action
            for p in self.posted.values()
            if person_key in p.audience
            and person_key not in p.handed_in
            and is_open(p.action, now)
        ]
        waiting.sort(key=lambda a: (a.closes_at is None, a.closes_at or now, a.id))
        return waiting[offset : offset + limit]

    async def postings(self, action_id: str) -> Sequence[Posting]:
        """List an action's postings."""
        own = [delivery.posting for delivery in self.deliveries_of(action_id)]
        return sorted(own, key=lambda posting: posting.id)

    async def posting_at(self, conversation_id: str, activity_id: str) -> Posting | None:
        """Look for the posting that a message shows."""
        at = (conversation_id, activity_id)
        postings = [delivery.posting for delivery in self.deliveries.values()]
        shown = [p for p in postings if activity_id and at == (p.conversation_id, p.activity_id)]
        return shown[0] if shown else None

    async def change(
        self, action_id: str, decide: Callable[[Action], Action], entry: Entry
    ) -> Action:
        """Change an action."""
        posted = self.found(action_id)
        before = posted.action
        if before.status is Status.DELETED:
            raise NotFound("deleted")
        after = decide(before)
        if after == before:
            return before
        told = (after.content, after.settings) != (before.content, before.settings)
        revision = before.content_revision + told
        posted.action = replace(after, revision=before.revision + 1, content_revision=revision)
        if not after.content.keeps_answers(before.content):
            _drop_votes(posted, before.content)
        exam = after.content.exam
        if exam is not None and not exam.is_course:
            for kept in posted.kept.values():
                kept.due_at = attempts_in(kept.answers).due_at(after.content)
                if kept.due_at is not None and after.status is Status.CLOSED:
                    kept.due_at = self.clock.now()
        if after.settings.anonymous and after.status is Status.CLOSED is not before.status:
            for slot, kept in posted.kept.items():
                kept.is_sealed = True
                posted.progress.pop(slot, None)
        posted.history.append(entry)
        self.make_due(action_id)
        return posted.action

    async def delete(self, action_id: str, entry: Entry) -> None:
        """Keep nothing of an action but that it was."""
        if self.found(action_id).action.status is not Status.DELETED:
            self._empty(action_id, entry)

    async def expire(self, action_id: str, before: datetime, entry: Entry) -> bool:
        """Keep nothing of an action but that it was, and certificates."""
        posted = self.posted.get(action_id)
        if posted is None or not is_closed_since(posted.action, before):
            return False
        certificates = posted.certificates
        self._empty(action_id, entry)
        self.posted[action_id].certificates = certificates
        return True

    async def record(self, action_id: str, entry: Entry) -> None:
        """Add a line to the history."""
        posted = self.found(action_id)
        if posted.action.status is Status.DELETED:
            raise NotFound("deleted")
        posted.history.append(entry)

    async def history(
        self, action_id: str, before: str, limit: int
    ) -> Sequence[tuple[str, Entry]]:
        """List lines, the newest first."""
        lines = [(f"{n:06}", line) for n, line in enumerate(self.found(action_id).history)]
        kept = [one for one in reversed(lines) if not before or one[0] < before]
        return kept[:limit]

    async def set_audience(self, action_id: str, people: Sequence[Person]) -> None:
        """Keep the roster snapshot."""
        posted = self.found(action_id)
        posted.audience = {person.key: person for person in people}
        posted.action = replace(
            posted.action, audience=len(posted.audience), revision=posted.action.revision + 1
        )
        for delivery in self.deliveries_of(action_id):
            if delivery.lease_until is None and not delivery.dead_code:
                delivery.due_at = delivery.due_at or self.clock.now()
        self.on_change()

    async def in_audience(self, action_id: str, person_key: str) -> Person | None:
        """Look someone up in the roster snapshot."""
        posted = self.posted.get(action_id)
        return None if posted is None else posted.audience.get(person_key)

    async def close(self) -> None:
        """Nothing is open."""

    def _empty(self, action_id: str, entry: Entry) -> None:
        before = self.posted[action_id].action
        gone = replace(
            before,
            content=Content(""),
            status=Status.DELETED,
            closes_at=None,
            remind_at=None,
            notify_at=None,
            co_creators=(),
            revision=before.revision + 1,
            content_revision=before.content_revision + 1,
            audience=None,
            recent=(),
        )
        self.posted[action_id] = Posted(gone, history=[entry])
        for draft in list(self.stored_drafts.values()):
            if action_id in {draft.id, draft.edits}:
                del self.stored_drafts[draft.id]
        self.drop_notices(action_id)
        self.make_due(action_id)

    def _revive(self, conversation_id: str) -> None:
        """Make due what was given up there and is behind."""
        for delivery in self.deliveries.values():
            posting = delivery.posting
            if (
                thread_root(posting.conversation_id) == conversation_id
                and is_gone(delivery.dead_code)
                and posting.shown_revision < self.posted[posting.action_id].action.revision
            ):
                delivery.posting = replace(posting, attempts=0)
                delivery.dead_code, delivery.due_at = "", self.clock.now()
                self.on_change()

    def _heard(self) -> list[Conversation]:
        """The latest heard from first."""
        heard = sorted(self.conversations.values(), key=lambda pair: pair[1].id)
        return [place for _, place in sorted(heard, key=lambda pair: pair[0], reverse=True)]


def _drop_votes(posted: Posted, before: Content) -> None:
    for slot, kept in list(posted.kept.items()):
        stored = json.loads(json.dumps(stored_form(kept.answers)))
        was, stands = still_answered(before, posted.action.content, stored)
        if was and not stands:
            del posted.kept[slot]
        else:
            kept.answers = stands
            kept.due_at = attempts_in(stands).due_at(posted.action.content)

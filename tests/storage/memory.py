"""A store in plain Python, for tests: what it holds is lost, what it does is right."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from actions.action import Action, Draft, Posting, Status
from actions.content import Content
from actions.errors import NotAllowed, NotFound
from actions.people import Person
from actions.places import Conversation, Scope, thread_root
from actions.ports import Clock, Entry
from actions.questions import Answers
from actions.responses import Change, Page, Response, Standing, Written
from actions.tallies import Tallies
from storage.counting import latest, still_answered
from storage.text import folded
from tests.storage.kept import Delivery, Kept, Posted


@dataclass(slots=True)
class MemoryStore:
    """`actions.ports.Store`; `fails` is raised by `respond` instead while it is set."""

    clock: Clock
    on_change: Callable[[], None] = lambda: None
    conversations: dict[str, tuple[datetime, Conversation]] = field(default_factory=dict)
    stored_drafts: dict[str, Draft] = field(default_factory=dict)
    posted: dict[str, Posted] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    fails: Exception | None = None

    async def remember_conversation(self, conversation: Conversation) -> None:
        """Keep one; the time of a known one moves on by the hour, of a personal one never."""
        now = self.clock.now()
        heard, known = self.conversations.get(conversation.id, (now, None))
        if known == conversation and (
            known.scope is Scope.PERSONAL or now - heard < timedelta(hours=1)
        ):
            return
        self.conversations[conversation.id] = now, conversation

    async def forget_conversation(self, conversation_id: str) -> None:
        """Drop one."""
        self.conversations.pop(conversation_id, None)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """Look one up."""
        return self.conversations.get(conversation_id, (None, None))[1]

    async def personal_conversation(self, person_key: str) -> Conversation | None:
        """Look for someone's personal chat."""
        return next(
            (c for c in self._heard() if c.person == person_key and c.scope is Scope.PERSONAL),
            None,
        )

    async def shared_conversations(self, tenant_id: str, limit: int) -> Sequence[Conversation]:
        """List chats and channels."""
        shared = (c for c in self._heard() if c.scope is not Scope.PERSONAL)
        return [c for c in shared if c.tenant_id == tenant_id][:limit]

    async def save_draft(self, draft: Draft) -> None:
        """Keep a draft."""
        self.stored_drafts[draft.id] = draft

    async def draft(self, draft_id: str) -> Draft:
        """Look a draft up."""
        if draft_id not in self.stored_drafts:
            raise NotFound("no_such_draft")
        if draft_id in self.posted:
            raise NotFound("posted")
        return self.stored_drafts[draft_id]

    async def delete_draft(self, draft_id: str) -> None:
        """Drop a draft."""
        self.stored_drafts.pop(draft_id, None)

    async def drafts(self, creator_key: str, offset: int, limit: int) -> Sequence[Draft]:
        """List someone's drafts."""
        own = [
            d
            for d in self.stored_drafts.values()
            if d.creator.key == creator_key and d.id not in self.posted
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
        own = self._deliveries_of(action_id)
        if not any(delivery.posting.activity_id for delivery in own):
            self.posted.pop(action_id, None)
            for delivery in own:
                del self.deliveries[delivery.posting.id]

    async def action(self, action_id: str) -> Action:
        """Look an action up."""
        return self._posted(action_id).action

    async def known(self, action_id: str) -> Action:
        """Look an action up."""
        return self._posted(action_id).action

    async def is_posted_in(self, action_id: str, conversation_id: str) -> bool:
        """Look for a posting there."""
        postings = await self.postings(action_id)
        return conversation_id in {thread_root(p.conversation_id) for p in postings}

    async def action_ids(self) -> Sequence[str]:
        """List everything."""
        return list(self.posted)

    async def actions_of(self, person_key: str, offset: int, limit: int) -> Sequence[Action]:
        """List what someone manages."""
        own = [
            p.action
            for p in self.posted.values()
            if p.action.status is not Status.DELETED
            and person_key in {p.action.creator.key, *p.action.co_creators}
        ]
        own.sort(key=lambda action: (action.created_at, action.id), reverse=True)
        return own[offset : offset + limit]

    async def postings(self, action_id: str) -> Sequence[Posting]:
        """List an action's postings."""
        own = [delivery.posting for delivery in self._deliveries_of(action_id)]
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
        posted = self._posted(action_id)
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
        if after.settings.anonymous and after.status is Status.CLOSED is not before.status:
            for kept in posted.kept.values():
                kept.is_sealed = True
        posted.history.append(entry)
        self._make_due(action_id)
        return posted.action

    async def delete(self, action_id: str, entry: Entry) -> None:
        """Keep nothing of an action but that it was."""
        posted = self._posted(action_id)
        before = posted.action
        if before.status is Status.DELETED:
            return
        gone = replace(
            before,
            content=Content(""),
            status=Status.DELETED,
            closes_at=None,
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
        self._make_due(action_id)

    async def set_audience(self, action_id: str, people: Sequence[Person]) -> None:
        """Keep the roster snapshot."""
        posted = self._posted(action_id)
        posted.audience = {person.key: person for person in people}
        posted.action = replace(
            posted.action, audience=len(posted.audience), revision=posted.action.revision + 1
        )
        for delivery in self._deliveries_of(action_id):
            if delivery.lease_until is None and not delivery.dead_code:
                delivery.due_at = delivery.due_at or self.clock.now()
        self.on_change()

    async def in_audience(self, action_id: str, person_key: str) -> bool:
        """Look someone up in the roster snapshot."""
        return action_id in self.posted and person_key in self.posted[action_id].audience

    async def respond(self, change: Change) -> Written:
        """Carry out a change."""
        if self.fails is not None:
            raise self.fails
        posted = self._posted(change.action_id)
        kept = posted.kept.get(change.slot)
        old = None if kept is None or kept.is_sealed else kept.answers
        new = change.decide(Standing(posted.action, old, posted.counted()))
        if kept is not None and kept.is_sealed:
            raise NotAllowed("sealed")
        if new == old:
            return Written(posted.action, new, posted.counted(), changed=False)
        if new is None:
            del posted.kept[change.slot]
        else:
            at = change.at if kept is None else kept.at
            posted.kept[change.slot] = Kept(change.person, new, at)
        posted.action = _after(posted.action, change, new)
        self._make_due(change.action_id)
        return Written(posted.action, new, posted.counted(), changed=True)

    async def answers(self, action_id: str, slot: str) -> Answers | None:
        """Look one response's answers up."""
        kept = self._posted(action_id).kept.get(slot)
        return None if kept is None or kept.is_sealed else kept.answers

    async def took_part(self, action_id: str, person_key: str) -> bool:
        """Give whether someone responded."""
        return person_key in self._posted(action_id).kept

    async def tallies(self, action_id: str) -> Tallies:
        """Count."""
        return self.posted[action_id].counted() if action_id in self.posted else Tallies()

    async def recount(self, action_id: str) -> Tallies:
        """Count, too."""
        return self._posted(action_id).counted()

    async def responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List who responded."""
        posted = self._posted(action_id)
        found = {s: k for s, k in posted.kept.items() if _matches(k.person, search)}
        if posted.action.settings.anonymous:
            people = {s: Response(found[s].person, None, None) for s in sorted(found)}
            return _page({(s,): r for s, r in people.items()}, after, limit, newest=False)
        keys = {
            (k.at.isoformat(), s): Response(k.person, k.answers, k.at) for s, k in found.items()
        }
        return _page(keys, after, limit, newest=True)

    async def not_responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List who did not."""
        posted = self._posted(action_id)
        people = {
            (folded(p.name), p.key): Response(p, None, None)
            for p in posted.audience.values()
            if p.key not in posted.kept and _matches(p, search)
        }
        return _page(people, after, limit, newest=False)

    async def claim(self, now: datetime, lease_until: datetime, limit: int) -> Sequence[Posting]:
        """Take postings."""
        due = [delivery for delivery in self.deliveries.values() if delivery.is_claimable(now)]
        for delivery in due[:limit]:
            delivery.due_at, delivery.lease_until = None, lease_until
        return [delivery.posting for delivery in due[:limit]]

    async def delivered(
        self, posting: Posting, activity_id: str, revision: int, not_before: datetime
    ) -> None:
        """Give a posting back that was shown."""
        for delivery in self._given_back(posting):
            delivery.posting = replace(
                posting, activity_id=activity_id, shown_revision=revision, attempts=0
            )
            delivery.not_before = not_before
            if self.posted[posting.action_id].action.revision > revision:
                delivery.due_at = delivery.due_at or not_before

    async def postpone(self, posting: Posting, until: datetime) -> None:
        """Give a posting back for later."""
        for delivery in self._given_back(posting):
            delivery.posting = replace(delivery.posting, attempts=posting.attempts + 1)
            delivery.due_at = until

    async def bury(self, posting: Posting, code: str) -> None:
        """Give a posting up."""
        for delivery in self._given_back(posting):
            delivery.due_at, delivery.dead_code = None, code

    async def next_due(self) -> datetime | None:
        """Give the earliest time at which `claim` would find something."""
        times = [delivery.falls_due() for delivery in self.deliveries.values()]
        return min((time for time in times if time is not None), default=None)

    async def due_to_close(self, now: datetime, limit: int) -> Sequence[str]:
        """List what to close."""
        due = [
            (p.action.closes_at, p.action.id)
            for p in self.posted.values()
            if p.action.status is Status.ACTIVE
            and p.action.closes_at is not None
            and p.action.closes_at <= now
        ]
        return [action_id for _, action_id in sorted(due)[:limit]]

    async def close(self) -> None:
        """Nothing is open."""

    def _heard(self) -> list[Conversation]:
        """The latest heard from first."""
        heard = sorted(self.conversations.values(), key=lambda pair: pair[1].id)
        return [place for _, place in sorted(heard, key=lambda pair: pair[0], reverse=True)]

    def _posted(self, action_id: str) -> Posted:
        if action_id not in self.posted:
            raise NotFound("no_such_action")
        return self.posted[action_id]

    def _deliveries_of(self, action_id: str) -> list[Delivery]:
        return [d for d in self.deliveries.values() if d.posting.action_id == action_id]

    def _given_back(self, posting: Posting) -> Iterator[Delivery]:
        """The posting may be gone."""
        if delivery := self.deliveries.get(posting.id):
            delivery.lease_until = None
            yield delivery

    def _make_due(self, action_id: str) -> None:
        for delivery in self._deliveries_of(action_id):
            if not delivery.dead_code:
                delivery.due_at = delivery.due_at or self.clock.now()
        self.on_change()


def _after(action: Action, change: Change, new: Answers | None) -> Action:
    recent = action.recent
    if not action.settings.anonymous and new is not None:
        recent = latest([*recent, change.person.mri])
    return replace(action, revision=action.revision + 1, recent=recent)


def _drop_votes(posted: Posted, before: Content) -> None:
    for slot, kept in list(posted.kept.items()):
        was, stands = still_answered(before, posted.action.content, kept.answers)
        if was and not stands:
            del posted.kept[slot]
        else:
            kept.answers = stands


def _matches(person: Person, search: str) -> bool:
    return folded(search.strip()) in folded(person.name)


def _page(found: Mapping[Any, Response], after: str, limit: int, *, newest: bool) -> Page:
    """A mark is the key of the last one shown."""
    start = tuple(json.loads(after)) if after else None
    keys = [
        key
        for key in sorted(found, reverse=newest)
        if start is None or (key < start if newest else key > start)
    ]
    following = json.dumps(keys[limit - 1]) if len(keys) > limit else ""
    return Page(tuple(found[key] for key in keys[:limit]), following)

"""Responses in plain Python."""

import json
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from actions.action import Action, Status, latest
from actions.attempts import Attempts, attempts_in, is_handed_in
from actions.errors import NotAllowed, NotFound
from actions.marking import Placed
from actions.people import Person
from actions.questions import Answers
from actions.responses import (
    NOBODY,
    Change,
    Due,
    Page,
    Progress,
    Response,
    Standing,
    Step,
    Written,
    number_of,
)
from actions.tallies import Tallies, moves
from actions.telling import is_news, with_news
from storage.pages import CHUNK, LOOKED_AT
from storage.text import folded
from tests.storage.kept import Kept, Memory, Posted
from tests.storage.places import standings

Listed = dict[tuple[str, ...], Response]
"""Responses by what they are ordered by, which is also the mark of their place."""


class MemoryResponses(Memory):
    """Responses, what is not handed in yet, and lists of people."""

    __slots__ = ()

    async def respond(self, change: Change) -> Written:
        """Carry out a change."""
        if self.fails is not None:
            raise self.fails
        posted = self.found(change.action_id)
        kept = posted.kept.get(change.slot)
        old = None if kept is None or kept.is_sealed else kept.answers
        new = change.decide(Standing(posted.action, old, posted.counted(change.watched)))
        if kept is not None and kept.is_sealed:
            raise NotAllowed("sealed")
        if change.ends_progress:
            posted.progress.pop(change.slot, None)
        if new == old:
            return Written(posted.action, new, posted.counted(change.watched), changed=False)
        if new is None:
            del posted.kept[change.slot]
        else:
            first = change.at if kept is None or kept.at is None else kept.at
            at = first if is_handed_in(new) else None
            due_at = attempts_in(new).due_at(posted.action.content)
            posted.kept[change.slot] = Kept(change.person, new, at, due_at=due_at)
        if change.entry is not None:
            posted.history.append(change.entry)
        if made := moves(posted.action.content, old, new, ()):
            after = _after(posted.action, change, new)
            posted.action = with_news(after, self.clock.now()) if is_news(made) else after
            self.make_due(change.action_id)
        return Written(posted.action, new, posted.counted(change.watched), changed=True)

    async def answers(self, action_id: str, slot: str) -> Answers | None:
        """Look one response's answers up."""
        kept = self.found(action_id).kept.get(slot)
        return None if kept is None or kept.is_sealed else kept.answers

    async def took_part(self, action_id: str, person_key: str) -> bool:
        """Give whether someone responded."""
        return person_key in self.found(action_id).handed_in

    async def due_responses(self, now: datetime, limit: int) -> Sequence[Due]:
        """List what waits for the clock."""
        due = [
            (kept.due_at, Due(action_id, slot, kept.person))
            for action_id, posted in self.posted.items()
            for slot, kept in posted.kept.items()
            if kept.due_at is not None and kept.due_at <= now
        ]
        return [one for _, one in sorted(due, key=lambda pair: pair[0])][:limit]

    async def progress(self, action_id: str, slot: str) -> Progress | None:
        """Look up what is not handed in yet."""
        return self.posted[action_id].progress.get(slot) if action_id in self.posted else None

    async def keep_progress(self, step: Step) -> Progress:
        """Carry out a step."""
        if self.fails is not None:
            raise self.fails
        posted = self.found(step.action_id)
        if posted.action.status is Status.DELETED:
            raise NotFound("no_such_action")
        stands = step.after(posted.progress.get(step.slot))
        posted.progress[step.slot] = stands
        return stands

    async def tallies(self, action_id: str, questions: Collection[str] | None = None) -> Tallies:
        """Count."""
        return self.posted[action_id].counted(questions) if action_id in self.posted else Tallies()

    async def recount(self, action_id: str) -> Tallies:
        """Count, too."""
        return self.found(action_id).counted()

    async def responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List who responded."""
        posted = self.found(action_id)
        if posted.action.settings.anonymous:
            people: Listed = {
                (slot,): Response(kept.person, None, None)
                for slot, kept in posted.kept.items()
                if slot == kept.person.key and _matches(kept.person, search)
            }
            return _page(people, after, limit, newest=False)
        found = {at: one for at, one in _listed(posted).items() if _matches(one.person, search)}
        return _page(found, after, limit, newest=True)

    async def not_responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List who did not."""
        return self._expected(action_id, search, after, limit, self.found(action_id).handed_in)

    async def audience(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List who is expected to respond."""
        return self._expected(action_id, search, after, limit, ())

    async def under_way(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List whose attempts count nothing yet."""
        people: Listed = {
            (folded(kept.person.name), slot): Response(kept.person, kept.answers, None, slot)
            for slot, kept in self.found(action_id).kept.items()
            if kept.at is None and _matches(kept.person, search)
        }
        return _page(people, after, limit, newest=False)

    async def not_begun(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """List who has not begun."""
        return self._expected(action_id, search, after, limit, self.found(action_id).kept)

    async def leaders(self, action_id: str, first: int, limit: int) -> Sequence[Placed]:
        """List the best."""
        return _standings(self.found(action_id))[first : first + limit]

    async def place_of(self, action_id: str, person_key: str) -> Placed | None:
        """Look for someone among all."""
        everyone = _standings(self.found(action_id))
        return next((one for one in everyone if one.who.key == person_key), None)

    async def own_responses(self, action_id: str, person_key: str) -> Sequence[Response]:
        """List someone's."""
        posted = self.found(action_id)
        anonymous = posted.action.settings.anonymous
        own = [
            Response(
                Person(person_key, "") if anonymous else kept.person,
                None if kept.is_sealed else kept.answers,
                None if anonymous else kept.at,
                slot,
            )
            for slot, kept in posted.kept.items()
            if kept.person.key == person_key
        ]
        return sorted(own, key=lambda one: number_of(one.slot, person_key))

    async def response(self, action_id: str, slot: str) -> tuple[Response, str, str]:
        """Look one up, and its neighbours."""
        posted = self.found(action_id)
        if posted.action.settings.anonymous or slot not in posted.kept:
            raise NotFound("no_such_response")
        if slot not in posted.handed_in:
            kept = posted.kept[slot]
            return Response(kept.person, kept.answers, None, slot), "", ""
        oldest_first = [one for _, one in sorted(_listed(posted).items())]
        slots = ["", *(one.slot for one in oldest_first), ""]
        here = slots.index(slot)
        return oldest_first[here - 1], slots[here + 1], slots[here - 1]

    async def matching(
        self,
        action_id: str,
        keep: Callable[[Response], bool],
        after: str,
        limit: int,
        questions: Collection[str] | None = None,
    ) -> Page:
        """List what is looked for, as far as it is looked through."""
        posted = self.found(action_id)
        listed, newest = _listed(posted), not posted.action.settings.anonymous
        if questions is not None:
            listed = {at: _asking(one, questions) for at, one in listed.items()}
        places = _places(listed, after, newest=newest)[:LOOKED_AT]
        kept = {place: listed[place] for place in places if keep(listed[place])}
        page = _page(kept, "", limit, newest=newest)
        if page.following or len(places) < LOOKED_AT:
            return page
        return replace(page, following=json.dumps(places[-1]))

    async def all_responses(self, action_id: str) -> AsyncGenerator[Sequence[Response], None]:
        """List all."""
        listed = [one for _, one in sorted(_listed(self.found(action_id)).items())]
        for start in range(0, len(listed), CHUNK):
            yield listed[start : start + CHUNK]

    def _expected(
        self, action_id: str, search: str, after: str, limit: int, without: Collection[str]
    ) -> Page:
        people: Listed = {
            (folded(p.name), p.key): Response(p, None, None)
            for p in self.found(action_id).audience.values()
            if p.key not in without and _matches(p, search)
        }
        return _page(people, after, limit, newest=False)


def _after(action: Action, change: Change, new: Answers | None) -> Action:
    recent = action.recent
    if not action.settings.anonymous and new is not None:
        recent = latest([*recent, change.person.mri])
    return replace(action, revision=action.revision + 1, recent=recent)


def _listed(posted: Posted) -> Listed:
    """Give all responses by their place in the order: of time, or of slots for ballots."""
    if posted.action.settings.anonymous:
        return {(s,): Response(NOBODY, k.answers, None) for s, k in posted.kept.items()}
    return {
        (k.at.isoformat(), s): Response(k.person, k.answers, k.at, s)
        for s, k in posted.kept.items()
        if k.at is not None
    }


def _standings(posted: Posted) -> list[Placed]:
    oldest_first = [one for _, one in sorted(_listed(posted).items())]
    content = posted.action.content
    return standings((r.person, attempts_in(r.answers).score(content)) for r in oldest_first)


def _asking(response: Response, questions: Collection[str]) -> Response:
    answers = response.answers or {}
    if isinstance(answers, Attempts):
        return response
    return replace(response, answers={q: a for q, a in answers.items() if q in questions})


def _matches(person: Person, search: str) -> bool:
    return folded(search.strip()) in folded(person.name)


def _places(found: Listed, after: str, *, newest: bool) -> list[tuple[str, ...]]:
    """Give the places that come after a mark."""
    start = tuple(json.loads(after)) if after else None
    return [
        place
        for place in sorted(found, reverse=newest)
        if start is None or (place < start if newest else place > start)
    ]


def _page(found: Listed, after: str, limit: int, *, newest: bool) -> Page:
    """A mark is the place of the last one shown."""
    places = _places(found, after, newest=newest)
    following = json.dumps(places[limit - 1]) if len(places) > limit else ""
    return Page(tuple(found[place] for place in places[:limit]), following)

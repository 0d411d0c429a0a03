"""Correcting what was marked: whose scores an edit moves, who passes since or no longer."""

import json
from collections.abc import Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from actions import drafting
from actions.action import Action
from actions.attempts import Attempts, attempts_in, restored, stored_form
from actions.caller import Caller
from actions.content import Content
from actions.marking import Score
from actions.people import Person
from actions.ports import Ports
from actions.responses import Response


@dataclass(frozen=True, slots=True)
class Remarked:
    """How many people's scores an edit moved, and who passes since, or passed before only."""

    changed: int = 0
    passed: tuple[Person, ...] = ()
    failed: tuple[Person, ...] = ()

    def __bool__(self) -> bool:
        """Something moved."""
        return bool(self.changed or self.passed or self.failed)


async def apply_edit(ports: Ports, caller: Caller, draft_id: str) -> tuple[Action, Remarked]:
    """Carry an edit over to its action, and give what it moves. Raises as `drafting.apply_edit`.

    Whose attempt ended before the edit is told of: afterwards, answers to what the edit takes out
    are gone, and nobody could say what they were worth.
    """
    remarked = await _foreseen(ports, caller, draft_id)
    detail = _told(remarked) if remarked else {}
    return await drafting.apply_edit(ports, caller, draft_id, detail), remarked


def compared(before: Content, after: Content, responses: Iterable[Response]) -> Remarked:
    """Give what becomes of responses to `before` once `after` holds."""
    changed, passed, failed = 0, [], []
    for response in responses:
        attempts = attempts_in(response.answers)
        old = attempts.score(before)
        new = _rewritten(after, attempts).score(after)
        changed += old != new
        did, does = _passed(before, old), _passed(after, new)
        if does and not did:
            passed.append(response.person)
        if did and does is False:
            failed.append(response.person)
    return Remarked(changed, tuple(passed), tuple(failed))


async def _foreseen(ports: Ports, caller: Caller, draft_id: str) -> Remarked:
    draft = await drafting.own_draft(ports, caller, draft_id)
    if not draft.edits:
        return Remarked()
    after = (await drafting.plan(ports, caller, draft)).content
    before = (await ports.store.action(draft.edits)).content
    if before.exam is None or after.keeps_answers(before):
        return Remarked()
    found = Remarked()
    async with aclosing(ports.store.all_responses(draft.edits)) as stored:
        async for some in stored:
            more = compared(before, after, some)
            found = Remarked(
                found.changed + more.changed,
                (*found.passed, *more.passed),
                (*found.failed, *more.failed),
            )
    return found


def _told(remarked: Remarked) -> Mapping[str, object]:
    """Give what the edit's line in the history says of it: how many, and whose keys."""
    passed, failed = ([one.key for one in some] for some in (remarked.passed, remarked.failed))
    return {"changed": remarked.changed, "passed": passed, "failed": failed}


def _rewritten(content: Content, attempts: Attempts) -> Attempts:
    """Give attempts as they are stored once a content holds, without answers to what is gone."""
    return attempts_in(restored(content, json.loads(json.dumps(stored_form(attempts)))))


def _passed(content: Content, reached: Score | None) -> bool | None:
    if reached is None or content.exam is None:
        return None
    return reached.passed(content.exam.pass_mark)

"""Filling in: the steps' way to the database, and where someone is."""

from collections.abc import Sequence
from functools import partial

from actions.action import Status
from actions.errors import MusterError, NotFound
from actions.responses import Progress, Step
from storage.progress import Place
from storage.shared import Part, Shared
from storage.writer import Result, Writer


class FillingPart(Part):
    """What was filled in and not handed in yet."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._steps = Writer(partial(_commit, shared))

    async def progress(self, action_id: str, slot: str) -> Progress | None:
        """Give what was filled in so far and not handed in yet, None if nothing was."""
        place = (action_id, slot)
        async with self._database.reading() as connection:
            return (await self._shared.progress.read(connection, [place])).get(place)

    async def keep_progress(self, step: Step) -> Progress:
        """Carry out one step; gives what stands after the commit. Raises NotFound."""
        return await self._steps.write(step)


async def _commit(shared: Shared, steps: Sequence[Step]) -> Result[Progress]:
    """Carry out steps in one transaction.

    The lock on their actions makes steps of other processes wait, and keeps a step from leaving
    something behind in an action that is just being deleted.
    """
    outcomes: dict[int, Progress | MusterError] = {}
    kept: dict[Place, Progress] = {}
    async with shared.database.writing() as connection:
        found = await shared.loader.load(connection, {s.action_id for s in steps}, lock=True)
        there = {a.id for a in found.values() if a.status is not Status.DELETED}
        places = {(s.action_id, s.slot) for s in steps if s.action_id in there}
        stands = await shared.progress.read(connection, places)
        for position, step in enumerate(steps):
            place = (step.action_id, step.slot)
            if place in places:
                kept[place] = outcomes[position] = step.after(kept.get(place, stands.get(place)))
            else:
                outcomes[position] = NotFound("no_such_action")
        await shared.progress.write(connection, kept)
    return Result(outcomes)

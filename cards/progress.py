"""How far a checklist is, in words."""

from collections.abc import Iterator
from dataclasses import replace

from actions.rows import Progress, Row, progress
from actions.ticking import checklist_of
from actions.viewing import View
from cards.texts import Texts
from cards.ticks import person_name


def how_far(view: View, texts: Texts, every: tuple[Row, ...]) -> str:
    """Give how far a list is: what is done while it is open, then what came of all items."""
    reached = progress(every)
    if not reached.count:
        return texts("Nothing is on this list.")
    if reached.settled == reached.count:
        return _through(reached, texts)
    if not view.is_open:
        return standing(reached, texts)
    words = [_so_far(reached, texts)]
    checker = checklist_of(view.action.content).checker
    if reached.waiting and checker is not None:
        name = person_name(checker.name, texts)
        waiting = texts.many(
            "{count} is waiting for {name} to look",
            "{count} are waiting for {name} to look",
            reached.waiting,
            name=name,
        )
        words.append(waiting)
    return " · ".join(words)


def standing(reached: Progress, texts: Texts) -> str:
    """Give what became of all items: how many are in each state that any is in."""
    return " · ".join(_parts(reached, texts)) or texts("nothing")


def _through(reached: Progress, texts: Texts) -> str:
    if reached.done == reached.count:
        return texts("✔ All done")
    return texts("✔ Nothing is left to do: {counts}", counts=standing(reached, texts))


def _so_far(reached: Progress, texts: Texts) -> str:
    if reached.done == reached.settled:
        return texts("{done} of {count} done", done=reached.done, count=reached.count)
    words = texts("{settled} of {count} dealt with", settled=reached.settled, count=reached.count)
    return " · ".join([words, *_parts(replace(reached, waiting=0, open=0), texts)])


def _parts(reached: Progress, texts: Texts) -> Iterator[str]:
    """Give how many items are in each state that any is in."""
    if reached.done:
        yield texts.many("{count} done", "{count} done", reached.done)
    if reached.not_applicable:
        many = reached.not_applicable
        yield texts.many("{count} not applicable", "{count} not applicable", many)
    if reached.not_done:
        yield texts.many("{count} not done", "{count} not done", reached.not_done)
    if reached.waiting:
        yield texts.many("{count} to be checked", "{count} to be checked", reached.waiting)
    if reached.open:
        yield texts.many("{count} open", "{count} open", reached.open)

"""How a checklist looks in the chat: what is left to do, to tap, and what was ticked last."""

from collections.abc import Iterator
from datetime import datetime

from microsoft_teams.cards.core import CardElement, Container, ExecuteAction, TextBlock

from actions.action import Action
from actions.due import zone
from actions.item import Item
from actions.questions import Answers
from actions.rows import (
    Row,
    latest,
    may_tick_row,
    most_pressing,
    progress,
    rows_in,
    rows_of,
    settled,
    ticks_of,
)
from actions.tallies import FINISHED
from actions.ticking import checklist_of
from actions.ticks import State
from actions.viewing import Shown, View
from cards.envelope import Envelope
from cards.markdown import cut, plain
from cards.parts import LONGEST_LABEL, Fit, bar, note, tap
from cards.progress import how_far, standing
from cards.texts import Texts, is_right_to_left
from cards.ticks import SIGNS, asked, person_name, state_name, state_of, style_of

NAME = "checklist"

MOST_OPEN, MOST_TICKED = 10, 3
"""How many items a card shows that are open, and that were ticked last (product.md §7)."""

LONGEST_TICKED = 60
"""Characters of an item that was ticked."""

FITS = (
    Fit(300, bars=True),
    Fit(120, bars=True),
    Fit(60, bars=True),
    Fit(60, bars=True, refreshed=20),
    Fit(30, bars=False, refreshed=20),
    Fit(15, bars=False, refreshed=10),
)
"""How much a card shows, the first that makes it fit."""


def rows(view: View, texts: Texts, *, live: bool, fit: Fit) -> list[CardElement]:
    """Give how far it is, a row for each of the first open items, and for those ticked last.

    `live` ones can be tapped. Anyone's card of an individual list has no ticks.
    """
    every = rows_in(view)
    left = most_pressing(every)
    more = len(left) - MOST_OPEN
    shown = _how_far(view, texts, every)
    shown += [_open_row(view, texts, row, live=live, fit=fit) for row in left[:MOST_OPEN]]
    if more > 0:
        shown.append(note(texts.many("and {count} more", "and {count} more", more)))
    if view.is_open:
        last = latest(every, MOST_TICKED)
        shown += [_ticked_row(view, texts, row, live=live, fit=fit) for row in last]
    return shown


def lines(view: View, texts: Texts) -> Iterator[str]:
    """Give what stands below the rows: what taps do."""
    every = rows_in(view)
    if not view.is_open:
        return
    hints = []
    if any(may_tick_row(view, row) for row in most_pressing(every)[:MOST_OPEN]):
        hints.append(texts("Tap an item to tick it."))
    if any(_may_open_again(view, row) for row in latest(every, MOST_TICKED)):
        hints.append(texts("Tap a ticked one to open it again."))
    if checklist_of(view.action.content).own_only:
        hints.append(texts("Only the person an item is for by name ticks it."))
    if hints:
        yield " ".join(hints)


def answer(action: Action, answers: Answers, texts: Texts) -> str:
    """Give how far someone's own list is, on one line."""
    ticks = ticks_of(action.content, answers)
    every = rows_of(action.content, ticks, "", action.created_at)
    return standing(progress(every), texts)


def counted(view: View, texts: Texts) -> str:
    """Give how far the one list is, or of an individual one how many people are through."""
    if not checklist_of(view.action.content).individual:
        return how_far(view, texts, rows_in(view))
    return texts("Each person ticks their own: {finished}", finished=_finished(view, texts))


def _finished(view: View, texts: Texts) -> str:
    """Who has begun shows as little as how many responded to a poll; results say the rest."""
    begun, expected = view.tallies.people, view.expected
    if view.shown is not Shown.YES:
        return texts.many("{count} person has begun", "{count} people have begun", begun)
    finished = view.tallies.counts.get(FINISHED, 0)
    if expected is None:
        return texts.many("{count} has finished", "{count} have finished", finished)
    return texts("{finished} of {expected} have finished", finished=finished, expected=expected)


def _how_far(view: View, texts: Texts, every: tuple[Row, ...]) -> list[CardElement]:
    if checklist_of(view.action.content).individual and not view.viewer:
        return [note(texts.many("{count} item", "{count} items", len(every)))]
    words = TextBlock(text=how_far(view, texts, every), weight="Bolder", wrap=True)
    reached = settled(every)
    if not reached:
        return [words]
    return [words, bar(reached / len(every), "good" if reached == len(every) else "accent")]


def _open_row(view: View, texts: Texts, row: Row, *, live: bool, fit: Fit) -> CardElement:
    is_own_list = bool(view.viewer) or not checklist_of(view.action.content).individual
    sign = f"{SIGNS[State.OPEN]} " if is_own_list else ""
    is_live = live and may_tick_row(view, row)
    name = TextBlock(text=sign + plain(row.item.text, fit.longest), wrap=True)
    about = " · ".join(asked(row, view.action.time_zone, texts, fit.longest))
    small = TextBlock(text=about, size="Small", wrap=True, spacing="None")
    if row.is_overdue:
        small.color = "Attention"
    return _row(
        row,
        [name, small] if about else [name],
        _tap(view, "tick", row.item, texts("Tick: {item}", item=_label(row, fit)), live=is_live),
        fit,
    )


def _ticked_row(view: View, texts: Texts, row: Row, *, live: bool, fit: Fit) -> CardElement:
    longest = min(LONGEST_TICKED, fit.longest)
    words = " · ".join([plain(row.item.text, longest), *_told(view, texts, row)])
    line = TextBlock(text=f"{SIGNS[state_of(row)]} {words}", size="Small", wrap=True)
    title = texts("Open again: {item}", item=_label(row, fit))
    undo = _tap(view, "untick", row.item, title, live=live and _may_open_again(view, row))
    return _row(row, [line], undo, fit)


def _told(view: View, texts: Texts, row: Row) -> Iterator[str]:
    """Give what was last done to an item, by whom and when."""
    tick, checker = row.tick, checklist_of(view.action.content).checker
    if tick is None:
        return
    if tick.state is not State.DONE:
        yield state_name(tick.state, texts)
    name, moment = person_name(tick.by.name, texts), _moment(view.action, tick.at, texts)
    yield texts("{name}, {moment}", name=name, moment=moment)
    if not row.is_settled and checker is not None:
        name = person_name(checker.name, texts)
        yield texts("waiting for {name} to look", name=name)


def _moment(action: Action, at: datetime, texts: Texts) -> str:
    """Give the time alone on the day that the message is of, which Teams shows above it."""
    here = zone(action.time_zone)
    local = at.astimezone(here)
    if local.date() == action.created_at.astimezone(here).date():
        return texts.clock(local.time())
    return texts.moment(at, action.time_zone)


def _may_open_again(view: View, row: Row) -> bool:
    """A slip is taken back by a tap; a reason that someone wrote, or a check, is not so lost."""
    tick = row.tick
    if not may_tick_row(view, row):
        return False
    return tick is not None and tick.state is State.DONE and not tick.is_checked


def _row(
    row: Row, items: list[CardElement], action: ExecuteAction | None, fit: Fit
) -> CardElement:
    return Container(
        style=style_of(row),
        show_border=fit.bars or None,
        rounded_corners=fit.bars or None,
        spacing="Small",
        rtl=True if is_right_to_left(row.item.text) else None,
        select_action=action,
        items=items,
    )


def _tap(view: View, verb: str, item: Item, title: str, *, live: bool) -> ExecuteAction | None:
    """A tap says what it is meant to reach, so that a stale or doubled one flips nothing."""
    return tap(Envelope(verb, view.action.id, item.id), title) if live else None


def _label(row: Row, fit: Fit) -> str:
    return cut(" ".join(row.item.text.split()), min(LONGEST_LABEL, fit.longest))

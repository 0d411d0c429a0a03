"""A checklist's card in the chat, in its states, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Status
from actions.item import Item
from actions.people import Person
from actions.tallies import FINISHED, RESPONDED, Tallies
from actions.ticks import Tick
from actions.viewing import view_of
from cards.parts import Host
from cards.summary import summary
from cards.texts import Texts, texts_for
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED, a_checklist, ticked

NOW = datetime(2026, 11, 20, 8, 10, tzinfo=UTC)
ADA, BEN = Person("t/ada", "Ada Okafor", "29:ada"), Person("t/ben", "Ben Castillo", "29:ben")
LATE, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=3)
NAMES = (
    "Switch on the lights in the hall and in the corridor behind it",
    "Count the till",
    "Check the cold store: at most 7 °C",
    "Unlock the emergency exits",
    "Sweep the floor",
)
ARABIC = ("أشعل الأضواء", "عد النقود في الصندوق", "Check the [lift]")


def checklist_cards(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give the cards."""
    made = _opening()
    yield "checklist-new", _card(made, texts)
    worked = ticked(made, i0=_tick(1, ADA), i4=_tick(5, BEN))
    yield "checklist-base", _card(worked, texts)
    yield "checklist-own", _card(worked, texts, ADA)
    other = replace(_tick(7, BEN), wish=BROKEN)
    mixed = ticked(worked, i1=other, i3=replace(_tick(9, ADA), wish=NOT_NEEDED))
    yield "checklist-mixed", _card(mixed, texts)
    notice = "This item was deleted meanwhile."
    yield "checklist-notice", _card(worked, texts, ADA, notice=notice)
    closed = replace(mixed, status=Status.CLOSED)
    yield "checklist-closed", _card(closed, texts, ADA)
    done = ticked(made, **{item.id: _tick(4, BEN) for item in made.content.questions})
    yield "checklist-done", _card(done, texts)
    many = replace(a_checklist(count=24), created_at=NOW)
    yield "checklist-24", _card(ticked(many, i3=_tick(2, BEN)), texts)
    checking = ticked(
        replace(a_checklist(*NAMES, checker=ADA), created_at=NOW),
        i0=_tick(3, BEN),
        i1=replace(_tick(2, BEN), checked=ADA),
    )
    yield "checklist-checking", _card(checking, texts)
    yield from _individual(texts)
    arabic = replace(a_checklist(*ARABIC), created_at=NOW)
    yield "checklist-arabic", _card(ticked(arabic, i1=_tick(2, BEN)), texts_for("ar"))
    long = replace(a_checklist(*(f"{n}. {NAMES[0]} " * 90 for n in range(200))), created_at=NOW)
    yield "checklist-long", _card(ticked(long, i0=_tick(2, BEN)), texts)


def _individual(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    each = replace(a_checklist(*NAMES, individual=True), audience=8, created_at=NOW)
    tallies = Tallies({RESPONDED: 5, FINISHED: 3})
    yield "checklist-each-base", _card(each, texts, tallies=tallies)
    own = {"i0": _tick(1, ADA).encode(), "i2": _tick(2, ADA).encode()}
    yield "checklist-each-own", _card(each, texts, ADA, own, tallies=tallies)


def _card(
    action: Action,
    texts: Texts,
    reader: Person | None = None,
    own: dict[str, Any] | None = None,
    tallies: Tallies | None = None,
    notice: str = "",
) -> AdaptiveCard:
    who = reader or Person("", "")
    view = view_of(action, tallies or Tallies(), NOW, who.key, own, reader=who.name)
    return summary(view, texts, Host.CHAT, notice)


def _opening() -> Action:
    made = replace(a_checklist(*NAMES), created_at=NOW, creator=ADA)
    due = {1: ("", LATE), 2: (ADA.name, LATER), 3: (BEN.name, None)}
    items = []
    for number, item in enumerate(made.content.questions):
        assert isinstance(item, Item)
        assignee, until = due.get(number, ("", None))
        items.append(replace(item, assignee=assignee, due=until))
    content = replace(made.content, title="Opening the shop", questions=tuple(items))
    return replace(made, content=content)


def _tick(minutes: int, by: Person) -> Tick:
    return Tick(DONE, by, NOW - timedelta(minutes=10 - minutes))

"""What comes of a checklist, shared or everybody's own, as cards to look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from microsoft_teams.cards.core import AdaptiveCard

from actions.checklist_results import History, OfItem, OneList, Shared
from actions.history import Entry
from actions.item import Item
from actions.responses import Page
from actions.rows import rows_in, rows_of, ticks_of
from actions.tallies import Tallies
from actions.ticks import State, Wish
from actions.viewing import People, view_of
from cards.parts import Host
from cards.texts import Texts
from dialogs.checklist_people import (
    finished_screen,
    item_screen,
    list_screen,
    overview_screen,
    refuse_screen,
)
from dialogs.checklist_results import done_by_screen, missed_screen, shared_screen
from dialogs.history import history_screen
from dialogs.place import Place
from dialogs.screen import Setting
from tests.actions.attempted import persons, seen_by
from tests.actions.builders import CREATOR, NOW
from tests.actions.checklists import DONE, NOT_NEEDED, a_checklist, a_tick, ticked
from tests.actions.own_lists import lists_of

BROKEN = Wish(
    State.NOT_DONE,
    "The left lamp does not come on, and there is no spare one in the store.\nI called Facility.",
    "Facility",
    date(2026, 12, 1),
)

ITEMS = (
    *("Lights", "Till", "Floor", "Windows", "Coffee machine", "Delivery", "Alarm", "Keys"),
    *("Shelves", "Prices", "Returns", "Radio"),
)


def checklist_results(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen with its name."""
    setting = Setting(Host.IN_PLACE, texts)
    yield from _shared(setting)
    yield from _own(setting)


def _shared(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    people = persons(7)
    wishes = (DONE, DONE, BROKEN, DONE, NOT_NEEDED, DONE, BROKEN, DONE)
    ticks = {
        f"i{n}": a_tick(wish, people[n * n % 7], NOW + timedelta(minutes=7 * n))
        for n, wish in enumerate(wishes)
    }
    items = [Item(f"i{n}", text, due=NOW - timedelta(hours=1)) for n, text in enumerate(ITEMS)]
    empty = a_checklist(checker=CREATOR)
    content = replace(empty.content, questions=tuple(items), title="Opening the shop")
    action = ticked(replace(empty, content=content), **ticks)
    view = view_of(action, Tallies(), NOW, CREATOR.key)
    found = Shared(view, rows_in(view))
    yield "checklist-results", shared_screen(found, setting).card
    yield "checklist-missed", missed_screen(found, Place(), setting).card
    yield "checklist-by-person", done_by_screen(found, Place(), setting).card
    lines = [
        Entry(tick.at, tick.by, f"item_{tick.state.value}", _detail(name, tick.wish))
        for name, tick in ticks.items()
    ]
    gone = Entry(NOW, CREATOR, "item_deleted", {"item": "x", "text": "Old sign"})
    history = History(view, (*lines[::-1], gone), "here", "more")
    yield "checklist-history", history_screen(history, setting).card


def _detail(name: str, wish: Wish) -> dict[str, str]:
    due = wish.due.isoformat() if wish.due is not None else ""
    text = ITEMS[int(name.removeprefix("i"))]
    return {"item": name, "text": text, "reason": wish.reason, "owner": wish.owner, "due": due}


def _own(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    texts = ("Read the safety sheet", "Watch the film", "Sign it", "Hand it in at the office")
    action = replace(a_checklist(*texts, individual=True), audience=40)
    lists = lists_of(action, 25)
    view = seen_by(action, lists, CREATOR.key)
    yield "checklist-people-results", overview_screen(view, Place(), setting).card
    page = Page(tuple(lists[1:11]), "more")
    yield "checklist-people", finished_screen(People(view, page, "", ""), setting).card
    ticks = ticks_of(action.content, lists[3].answers)
    rows = rows_of(action.content, ticks, "", NOW)
    one = OneList(view, lists[3], rows, "newer", "older")
    yield "checklist-one-list", list_screen(one, Place(), setting).card
    checked = a_checklist(*texts, individual=True, checker=CREATOR)
    view = seen_by(replace(checked, audience=40), lists, CREATOR.key)
    ticks = ticks_of(checked.content, lists[3].answers)
    one = OneList(view, lists[3], rows_of(checked.content, ticks, "", NOW))
    place = Place(slot=lists[3].slot)
    yield "checklist-check-one", list_screen(one, place, setting).card
    refused = replace(place, question="i0")
    yield "checklist-refuse-one", refuse_screen(one, refused, setting).card
    view = seen_by(action, lists, CREATOR.key)
    item = action.content.questions[1]
    if isinstance(item, Item):
        behind = OfItem(view, item, State.DONE, page)
        yield "checklist-behind-item", item_screen(behind, Place(), setting).card

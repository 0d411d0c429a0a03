"""The results of a list that all share: figures, who ticked what, what was not done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.action import Action, Settings, Visibility
from actions.checklist_results import Shared, missed
from actions.item import MOST_ITEMS, Item
from actions.people import Person
from actions.rows import rows_in
from actions.tallies import Tallies
from actions.ticks import State, Tick, Wish
from actions.viewing import Shown, view_of
from cards.envelope import Envelope
from dialogs.checklist_results import (
    FEW,
    PEOPLE_PER_PAGE,
    done_by_screen,
    missed_screen,
    shared_screen,
)
from dialogs.place import Place
from dialogs.screen import Setting
from tests.actions.attempted import persons
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED, a_checklist, a_tick, ticked
from tests.cards.looks import RIGHT_TO_LEFT
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, text, texts

OPENING = ticked(
    a_checklist("Lights", "Till", "Floor", "Windows", "Keys"),
    i0=a_tick(),
    i1=a_tick(),
    i2=a_tick(replace(BROKEN, due=date(2026, 12, 1)), CREATOR),
    i3=a_tick(NOT_NEEDED, CREATOR),
)


def found(action: Action = OPENING, viewer: Person = VOTER) -> Shared:
    view = view_of(action, Tallies(), NOW, viewer.key, reader=viewer.name)
    return Shared(view, rows_in(view) if view.shown is Shown.YES else ())


def summary(action: Action = OPENING, viewer: Person = VOTER, setting: Setting = DIALOG) -> Card:
    return shown(shared_screen(found(action, viewer), setting))


def figures(card: Card) -> dict[str, str]:
    """Give the figures by what they count."""
    lines = texts(card)
    names = ("done", "open", "overdue", "not done", "not applicable", "to be checked")
    return {name: lines[lines.index(name) - 1] for name in names if name in lines}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_it_says_what_is_done_open_and_overdue(setting: Setting) -> None:
    assert figures(summary(setting=setting)) == {
        "done": "2",
        "open": "1",
        "overdue": "0",
        "not done": "1",
        "not applicable": "1",
    }


def test_what_waits_to_be_looked_at_is_no_part_of_what_is_done() -> None:
    late = NOW - timedelta(hours=1)
    items = (Item("i0", "Lights", due=late), Item("i1", "Till", due=late), Item("i2", "Floor"))
    action = a_checklist(checker=CREATOR)
    action = replace(action, content=replace(action.content, questions=items))
    checked = replace(a_tick(), checked=CREATOR)
    counted = figures(summary(ticked(action, i0=checked, i1=a_tick())))
    assert (counted["done"], counted["to be checked"], counted["overdue"]) == ("1", "1", "1")


def test_who_ticked_how_many_is_shown_as_bars_of_all_ticks() -> None:
    lines = texts(summary())
    start = lines.index("Who ticked how many")
    assert lines[start + 1 : start + 5] == [CREATOR.name, "2 · 50%", VOTER.name, "2 · 50%"]


def test_what_was_not_done_is_told_with_who_why_and_what_follows() -> None:
    lines = texts(summary())
    start = lines.index("✘ Floor")
    assert lines[start + 1 : start + 4] == [
        "The lamp is broken",
        "Cleo Creator · Fri 20 Nov, 10:00",
        "Follow-up: Facility, until Tue, 1 Dec 2026",
    ]


def test_a_fresh_list_says_nothing_of_people() -> None:
    lines = texts(summary(a_checklist()))
    assert "Who ticked how many" not in lines
    assert figures(summary(a_checklist()))["open"] == "3"


def test_more_than_a_few_are_reached_by_a_button() -> None:
    names = persons(FEW + 1)
    ticks = {f"i{n}": a_tick(BROKEN, person) for n, person in enumerate(names)}
    card = summary(ticked(a_checklist(count=9), **ticks))
    assert buttons(card).count(f"All {FEW + 1}") == 2
    verbs = {envelope.verb for envelope in envelopes(card).values()}
    assert {"done_by", "missed", "history", "open"} <= verbs


def test_the_parts_of_the_results_lead_to_each_other() -> None:
    named = envelopes(summary(viewer=CREATOR))
    parts = ("Not done", "People", "History", "Open list", "Manage")
    assert [named[part].verb for part in parts] == [
        "missed",
        "done_by",
        "history",
        "open",
        "manage",
    ]
    card = shown(missed_screen(found(), Place(), DIALOG))
    assert "Not done" not in buttons(card)
    assert "Summary" in buttons(card)


def test_where_results_are_hidden_it_is_said_why() -> None:
    hidden = replace(OPENING, settings=Settings(Visibility.CREATOR))
    card = summary(hidden)
    assert "Only the creator sees the results." in texts(card)
    assert figures(card) == {}
    assert "History" not in buttons(card)
    assert figures(summary(hidden, CREATOR))["done"] == "2"


# By person


def test_who_ticked_what_takes_pages() -> None:
    names = persons(PEOPLE_PER_PAGE + 5)
    ticks = {f"i{n}": a_tick(by=person) for n, person in enumerate(names)}
    action = ticked(a_checklist(count=40), **ticks)
    first = shown(done_by_screen(found(action), Place(), DIALOG))
    assert envelopes(first)["Next page"] == Envelope("done_by", ACTION_ID, "first=20")
    last = shown(done_by_screen(found(action), Place(first=20), DIALOG))
    assert envelopes(last)["Previous page"] == Envelope("done_by", ACTION_ID)
    listed = [line for card in (first, last) for line in texts(card) if line.endswith("%")]
    assert len(listed) == len(names)
    beyond = shown(done_by_screen(found(action), Place(first=999), DIALOG))
    assert texts(beyond) == texts(last)


def test_before_anybody_ticked_anything_it_says_so() -> None:
    card = shown(done_by_screen(found(a_checklist()), Place(), DIALOG))
    assert "Nobody has ticked anything yet." in texts(card)


def test_who_has_no_name_is_counted_all_the_same() -> None:
    action = ticked(a_checklist(), i0=a_tick(by=Person("tenant/x", " ")))
    assert "Someone without a name" in texts(shown(done_by_screen(found(action), Place(), DIALOG)))


# What was not done


def test_where_everything_was_done_it_says_so() -> None:
    card = shown(missed_screen(found(a_checklist()), Place(), DIALOG))
    assert "Nothing was marked as not done." in texts(card)


def test_every_reason_is_reached_whole_page_by_page() -> None:
    reason = "r" * 3_990
    wishes = {
        f"i{n}": Tick(Wish(State.NOT_DONE, f"{n:04} {reason}"), VOTER, NOW) for n in range(9)
    }
    action = ticked(a_checklist(count=12), **wishes)
    assert len(missed(found(action).rows)) == 9
    place, seen = Place(), []
    while True:
        card = shown(missed_screen(found(action), place, DIALOG))
        seen += [line[:4] for line in texts(card) if line.endswith(reason)]
        following = envelopes(card).get("Next page")
        if following is None:
            break
        assert following.verb == "missed"
        place = Place.read(following.argument)
    assert seen == [f"{n:04}" for n in range(9)]


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_whatever_was_typed_fits_a_card(sign: str) -> None:
    worst = Wish(State.NOT_DONE, sign * 4_000, sign * 100, date(2026, 12, 1))
    names = [Person(f"tenant/{n}", sign * 200) for n in range(30)]
    items = tuple(
        Item(f"i{n}", sign * 4_000, sign * 4_000, sign * 100, sign * 100)
        for n in range(MOST_ITEMS)
    )
    action = a_checklist()
    content = replace(action.content, title=sign * 500, description=sign * 5_000, questions=items)
    ticks = {item.id: Tick(worst, names[n % 30], NOW) for n, item in enumerate(items)}
    action = ticked(replace(action, content=content), **ticks)
    for setting in SETTINGS.values():
        card = summary(action, CREATOR, setting)
        assert text(card).count("✘") == FEW
        shown(done_by_screen(found(action), Place(), setting))
        assert "✘" in text(shown(missed_screen(found(action), Place(first=100), setting)))


def test_words_of_people_are_no_markdown() -> None:
    evil = "[pay](https://evil.example)"
    tick = a_tick(Wish(State.NOT_DONE, evil, evil), Person("tenant/x", evil))
    card = summary(ticked(a_checklist(evil), i0=tick))
    assert "[pay](" not in text(card).replace("\\[pay\\](", "")


def test_readers_of_other_scripts_get_a_card_in_their_direction() -> None:
    assert summary(setting=Setting(DIALOG.host, RIGHT_TO_LEFT))["rtl"] is True


def test_done_items_alone_are_not_listed_as_missed() -> None:
    assert "✘" not in text(summary(ticked(a_checklist(), i0=a_tick(DONE))))

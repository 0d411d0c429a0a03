"""A checklist's card in the chat."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.action import Action, Status, Visibility
from actions.content import Content
from actions.item import Item
from actions.people import Person
from actions.tallies import FINISHED, RESPONDED, Tallies, recount
from actions.ticking import checklist_of
from actions.ticks import Checklist, Tick
from actions.viewing import View, view_of
from cards.checklist import answer
from cards.parts import Host
from cards.summary import responded_line, summary
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED, a_checklist, a_tick, ticked
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.cards.test_sizes import MANY_PEOPLE, SIGNS
from tests.dialogs.builders import envelopes
from tests.teams.card_check import check_inputs_absent
from tests.teams.cards import Card, buttons, rows, text, texts, walk

BEN = Person("tenant/ben", "Ben Castillo", "29:ben")


def card_of(
    action: Action,
    viewer: Person | None = None,
    own: Mapping[str, Tick] | None = None,
    tallies: Tallies | None = None,
    host: Host = Host.CHAT,
    **shown: Any,
) -> Card:
    """Give the card as someone sees it, by default anyone in the chat."""
    return checked(summary(seen(action, viewer, own, tallies), TEXTS, host, **shown))


def seen(
    action: Action,
    viewer: Person | None = None,
    own: Mapping[str, Tick] | None = None,
    tallies: Tallies | None = None,
    at: datetime = NOW,
) -> View:
    """Give what someone sees, `own` being the ticks of their own list."""
    answers = {name: tick.encode() for name, tick in own.items()} if own else None
    who = viewer or Person("", "")
    return view_of(action, tallies or Tallies(), at, who.key, answers, reader=who.name)


def closed(action: Action) -> Action:
    return replace(action, status=Status.CLOSED, closed_at=NOW)


def items(*made: Item) -> Action:
    """Give a checklist of these items."""
    action = a_checklist()
    return replace(action, content=replace(action.content, questions=made))


def test_it_says_how_far_it_is_and_offers_what_is_open() -> None:
    card = card_of(ticked(a_checklist(), i1=a_tick(DONE, BEN)))
    assert "1 of 3 done" in texts(card)
    assert rows(card) == ["Tick: Lights", "Tick: Floor", "Open again: Till"]
    assert "✔ Till · Ben Castillo, 10:00" in texts(card)
    assert buttons(card) == ["Open list", "Results"]
    check_inputs_absent(card)


def test_a_row_carries_the_item_and_what_it_shall_be() -> None:
    card = card_of(ticked(a_checklist(), i1=a_tick(DONE, BEN)))
    taps = envelopes(card)
    assert (taps["Tick: Lights"].verb, taps["Tick: Lights"].argument) == ("tick", "i0")
    assert (taps["Open again: Till"].verb, taps["Open again: Till"].argument) == ("untick", "i1")
    assert taps["Open list"].verb == "open"


def test_taps_are_explained_as_far_as_there_are_any() -> None:
    tick, undo = "Tap an item to tick it.", "Tap a ticked one to open it again."
    assert tick in texts(card_of(a_checklist()))
    assert f"{tick} {undo}" in texts(card_of(ticked(a_checklist(), i0=a_tick(DONE))))
    whole = card_of(ticked(a_checklist("Lights"), i0=a_tick(DONE)))
    assert undo in texts(whole)
    assert tick not in text(card_of(closed(a_checklist())))


def test_ten_open_items_are_shown_and_how_many_more_there_are() -> None:
    card = card_of(a_checklist(count=24))
    assert rows(card) == [f"Tick: Item {n}" for n in range(10)]
    assert "and 14 more" in texts(card)
    assert "more" not in text(card_of(a_checklist(count=10)))


def test_the_last_three_that_were_ticked_are_shown_the_newest_first() -> None:
    ticks = {f"i{n}": a_tick(DONE, at=NOW + timedelta(minutes=n)) for n in range(5)}
    card = card_of(ticked(a_checklist(count=5), **ticks))
    assert rows(card) == [f"Open again: Item {n}" for n in (4, 3, 2)]


def test_ones_own_and_overdue_items_come_first_on_ones_own_card() -> None:
    due = NOW - timedelta(hours=1)
    made = items(
        Item("a", "Lights"),
        Item("b", "Till", due=due),
        Item("c", "Floor", assignee="  vera   VOTER", due=NOW + timedelta(hours=2)),
        Item("d", "Windows", assignee="Ben"),
    )
    own, anyones = card_of(made, VOTER), card_of(made)
    assert rows(own) == [f"Tick: {name}" for name in ("Floor", "Till", "Lights", "Windows")]
    assert rows(anyones)[0] == "Tick: Till"
    assert "for you · due Fri 20 Nov, 12:00" in texts(own)
    assert "overdue since Fri 20 Nov, 09:00" in texts(own)
    assert "for Ben" in texts(own)
    assert "for you" not in text(anyones)


def test_what_was_ticked_on_another_day_says_which() -> None:
    tick = a_tick(DONE, BEN, at=NOW + timedelta(days=1))
    assert "✔ Till · Ben Castillo, Sat 21 Nov, 10:00" in texts(
        card_of(ticked(a_checklist(), i1=tick))
    )


def test_what_says_a_reason_is_not_lost_by_a_tap() -> None:
    made = ticked(a_checklist(), i0=a_tick(BROKEN, BEN), i1=a_tick(NOT_NEEDED))
    card = card_of(made)
    assert "2 of 3 dealt with · 1 not applicable · 1 not done" in texts(card)
    assert "✘ Lights · not done · Ben Castillo, 10:00" in texts(card)
    assert rows(card) == ["Tick: Floor"]
    assert BROKEN.reason not in text(card)
    assert [style for style in styles(card) if style != "accent"] == [
        "emphasis",
        "emphasis",
        "warning",
    ]


def test_all_done_is_said() -> None:
    card = card_of(ticked(a_checklist("Lights"), i0=a_tick(DONE)))
    assert "✔ All done" in texts(card)
    mixed = ticked(a_checklist("Lights", "Till"), i0=a_tick(DONE), i1=a_tick(BROKEN))
    assert "✔ Nothing is left to do: 1 done · 1 not done" in texts(card_of(mixed))


def test_what_is_done_waits_for_who_checks_it() -> None:
    made = ticked(a_checklist(checker=CREATOR), i0=a_tick(DONE, BEN), i1=a_tick(DONE, BEN))
    kept = checklist_of(made.content)
    made = ticked(made, i1=replace(kept.ticks["i1"], checked=CREATOR))
    card = card_of(made)
    assert "1 of 3 done · 1 is waiting for Cleo Creator to look" in texts(card)
    assert "✔ Lights · Ben Castillo, 10:00 · waiting for Cleo Creator to look" in texts(card)
    # What was checked is opened again on the list only, by who checked it.
    assert rows(card) == ["Tick: Floor", "Open again: Lights"]
    both = ticked(made, i1=a_tick(DONE, BEN))
    assert "0 of 3 done · 2 are waiting for Cleo Creator to look" in texts(card_of(both))


def test_when_it_is_closed_it_says_what_came_of_it_and_takes_no_taps() -> None:
    made = ticked(a_checklist(count=5), i0=a_tick(DONE), i1=a_tick(BROKEN), i2=a_tick(NOT_NEEDED))
    card = card_of(closed(made))
    assert "1 done · 1 not applicable · 1 not done · 2 open" in texts(card)
    assert rows(card) == []
    assert {"☐ Item 3", "☐ Item 4"} <= set(texts(card))
    assert buttons(card) == ["Open list", "Results"]
    unchecked = ticked(a_checklist("Lights", checker=CREATOR), i0=a_tick(DONE))
    assert "1 to be checked" in texts(card_of(closed(unchecked)))


def test_a_list_without_items_says_so() -> None:
    assert "Nothing is on this list." in texts(card_of(items()))


def test_where_people_tick_their_own_others_rows_take_no_taps_on_ones_own_card() -> None:
    mine, other = Item("i0", "Lights", assignee=BEN.name), Item("i1", "Till", assignee="Cleo")
    done = Item("i2", "Floor", assignee="Cleo")
    made = items(mine, other, done)
    content = made.content
    kept = Checklist(own_only=True, ticks={"i2": a_tick()})
    made = replace(made, content=replace(content, checklist=kept))
    said = "Only the person an item is for by name ticks it."
    anyone, own, managers = card_of(made), card_of(made, BEN), card_of(made, made.creator)
    everything = ["Tick: Lights", "Tick: Till", "Open again: Floor"]
    assert [row for row in rows(anyone) if row] == everything
    assert [row for row in rows(own) if row] == ["Tick: Lights"]
    assert [row for row in rows(managers) if row] == everything
    assert all(said in text(card) for card in (anyone, own, managers))
    assert "Tap a ticked one" not in text(own)


def test_a_preview_takes_no_taps() -> None:
    card = card_of(a_checklist(), host=Host.DIALOG, preview=True)
    assert rows(card) == []
    assert "☐ Lights" in texts(card)


def test_of_a_shared_list_who_ticked_last_sees_their_own_card() -> None:
    card = card_of(replace(a_checklist(), recent=("29:ben",)))
    assert card["refresh"]["userIds"] == ["29:creator", "29:ben"]


def test_a_shared_list_does_not_speak_of_results_that_all_see() -> None:
    made = ticked(a_checklist(), i1=a_tick(DONE))
    assert "Results:" not in text(card_of(made))
    assert responded_line(seen(made), TEXTS) == "1 of 3 done"


def test_the_shared_card_of_individual_lists_has_nobodys_ticks() -> None:
    made = replace(a_checklist(individual=True), audience=8)
    tallies = Tallies({RESPONDED: 5, FINISHED: 3})
    card = card_of(made, tallies=tallies)
    assert texts(card)[1:6] == ["Opening", "3 items", "Lights", "Till", "Floor"]
    assert "Each person ticks their own: 3 of 8 have finished" in text(card)
    assert "Results: everyone sees them" in text(card)
    assert rows(card) == ["Tick: Lights", "Tick: Till", "Tick: Floor"]
    assert buttons(card) == ["Open my list", "Results"]


def test_ones_own_card_of_an_individual_list_has_ones_own_ticks() -> None:
    made = a_checklist(individual=True)
    card = card_of(made, VOTER, {"i2": a_tick(DONE, VOTER)})
    assert "1 of 3 done" in texts(card)
    assert rows(card) == ["Tick: Lights", "Tick: Till", "Open again: Floor"]
    assert "☐ Lights" in texts(card)
    assert "✔ Floor · Vera Voter, 10:00" in texts(card)


@pytest.mark.parametrize(
    ("audience", "visibility", "line"),
    [
        (None, Visibility.EVERYONE, "3 have finished"),
        (8, Visibility.EVERYONE, "3 of 8 have finished"),
        (8, Visibility.CREATOR, "5 people have begun"),
    ],
)
def test_who_finished_is_a_result(audience: int | None, visibility: Visibility, line: str) -> None:
    made = replace(a_checklist(individual=True), audience=audience)
    made = replace(made, settings=replace(made.settings, visibility=visibility))
    view = seen(made, VOTER, tallies=Tallies({RESPONDED: 5, FINISHED: 3}))
    assert responded_line(view, TEXTS) == f"Each person ticks their own: {line}"


def test_somebodys_list_on_one_line_says_how_far_it_is() -> None:
    made = a_checklist(individual=True)
    own = {"i0": a_tick(DONE).encode(), "i1": a_tick(BROKEN).encode()}
    assert answer(made, own, TEXTS) == "1 done · 1 not done · 1 open"
    assert answer(items(), {}, TEXTS) == "nothing"


def test_the_progress_bar_is_as_long_as_what_is_settled() -> None:
    card = card_of(ticked(a_checklist(count=4), i0=a_tick(DONE)))
    assert widths(card) == [25, 75]
    whole = card_of(ticked(a_checklist("Lights"), i0=a_tick(DONE)))
    assert widths(whole) == [100]
    assert not [node for node in walk(card_of(a_checklist())) if node.get("minHeight")]


def styles(card: Card) -> list[str]:
    """Give the looks of rows and bars, from top to bottom."""
    return [str(node["style"]) for node in walk(card) if node.get("style") and "items" in node]


def widths(card: Card) -> list[int]:
    """Give the parts of the bar."""
    bars = (node for node in walk(card) if node.get("minHeight") == "8px")
    return [column["width"] for column in next(bars)["columns"]]


def test_an_item_runs_as_its_text_does_and_its_signs_are_taken_as_such() -> None:
    card = card_of(a_checklist("שלום", "[pay](https://x.example)"))
    right = [node for node in walk(card) if node.get("rtl")]
    assert ["שלום" in text(node) for node in right] == [True]
    assert r"☐ \[pay\](https://x.example)" in texts(card)


@pytest.mark.parametrize("host", list(Host))
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("is_individual", [False, True])
def test_200_items_of_4_000_characters_fit(sign: str, host: Host, *, is_individual: bool) -> None:
    sent = SIGNS[sign]
    who = Person("tenant/long", sent * 200, "29:long")
    due = NOW - timedelta(days=1)
    made = tuple(
        Item(f"{n:010}", (str(n) + sent * 4_000)[:4_000], sent * 4_000, sent, sent * 100, due)
        for n in range(200)
    )
    ticks = {item.id: Tick(DONE, who, NOW + timedelta(days=2)) for item in made[:3]}
    kept = Checklist(individual=is_individual, checker=who, ticks={} if is_individual else ticks)
    content = Content(sent * 500, made, sent * 5_000, checklist=kept)
    action = replace(a_checklist(), content=content, recent=MANY_PEOPLE, audience=100_000)
    own = ticks if is_individual else None
    for texts_of, viewer in ((TEXTS, None), (TEXTS, CREATOR), (RIGHT_TO_LEFT, who)):
        view = seen(action, viewer, own, recount(content, []))
        checked(summary(view, texts_of, host, "n" * 1_000))


def test_200_short_items_and_60_people_fit() -> None:
    action = replace(a_checklist(count=200), recent=MANY_PEOPLE)
    card = card_of(ticked(action, **{f"i{n}": a_tick(DONE) for n in range(3)}))
    assert len(card["refresh"]["userIds"]) == 60
    assert len(rows(card)) == 13

"""Ticking in the list: named states, the place kept, and every refusal said and shown."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest

from actions.action import Action
from actions.errors import NotAllowed, NotFound
from actions.item import Item
from actions.ticking import checklist_of, item_of
from actions.ticks import State
from tests.bot.listed import ADA, ListDesk, a_list_desk
from tests.fakes import TENANT, an_action
from tests.teams.cards import buttons, inputs, rows, text

CLOSED = "⚠ This was closed meanwhile, so nothing was saved."
GONE = "⚠ This item was deleted meanwhile."
NOT_SAVED = "⚠ I could not confirm that this was saved. Please try again; it counts only once."
WHY = {"reason": "The lamp is broken", "owner": "Facility", "due": "2026-12-01"}


async def test_a_checklist_opens_as_its_list_and_a_tap_ticks_at_once() -> None:
    desk = await a_list_desk()
    card = await desk.pressed("open")
    assert "0 of 3 done" in text(card)
    card = await desk.follows(card, "Tick: Till")
    assert "1 of 3 done" in text(card)
    assert "✔ Till" in text(card)
    card = await desk.follows(card, "Open again: Till")
    assert await desk.states() == {}
    assert await desk.verbs() == ["item_done", "item_open"]


async def test_the_same_press_twice_is_one_tick() -> None:
    desk = await a_list_desk()
    card = await desk.pressed("list.open")
    for who in ("Ben", "Ada"):
        after = await desk.follows(card, "Tick: Till", who=who)
        assert "✔ Till" in text(after)
    assert await desk.verbs() == ["item_done"]


async def test_the_place_is_kept_and_what_is_no_longer_looked_for_can_be_undone() -> None:
    desk = await a_list_desk(count=30)
    card = await desk.pressed("list.open", "open 12")
    card = await desk.follows(card, "Tick: Item 12")
    assert "Still open (13–24 of 29)" in text(card)
    assert "✔ Done: Item 12" in text(card)
    card = await desk.follows(card, "Undo")
    assert "Still open (13–24 of 30)" in text(card)
    assert await desk.states() == {}


async def test_an_item_page_leads_to_every_state_and_back() -> None:
    desk = await a_list_desk()
    card = await desk.pressed("list.open", "open 0")
    card = await desk.follows(card, "More about: Lights")
    card = await desk.follows(card, "Not done …")
    card = await desk.follows(card, "Mark as not done", WHY)
    assert "✔ Not done: Lights" in text(card)
    assert "Still open (2)" in text(card)
    tick = checklist_of((await desk.store.action("action")).content).ticks["i0"]
    wish = tick.wish
    assert (wish.reason, wish.owner, wish.due) == (*list(WHY.values())[:2], date(2026, 12, 1))
    card = await desk.pressed("list.item", "i0")
    assert "Ben: “Lights” was not done" in text(card)
    card = await desk.follows(card, "Open again")
    assert await desk.states() == {}


async def test_what_does_not_apply_has_a_reason_and_nobody_who_follows_up() -> None:
    desk = await a_list_desk()
    await desk.pressed("list.set", "i0 not_applicable", WHY)
    tick = checklist_of((await desk.store.action("action")).content).ticks["i0"]
    assert (tick.wish.reason, tick.wish.owner, tick.wish.due) == (WHY["reason"], "", None)


async def test_without_a_reason_the_form_stays_with_what_was_typed() -> None:
    desk = await a_list_desk()
    sent = {**WHY, "reason": " \x00", "due": "soon"}
    card = await desk.pressed("list.set", "i0 not_done open 0", sent)
    assert "⚠ Write why." in text(card)
    assert "⚠ Write the day as year, month and day" in text(card)
    assert inputs(card) == {"reason": None, "owner": "Facility", "due": "soon"}
    assert await desk.states() == {}
    card = await desk.follows(card, "Mark as not done", WHY)
    assert "Still open (2)" in text(card)


async def test_closed_during_a_save_nothing_is_saved_and_what_was_typed_stays() -> None:
    desk = await a_list_desk()
    form = await desk.pressed("list.why", "i0 not_done")
    await desk.close()
    card = await desk.follows(form, "Mark as not done", WHY)
    assert CLOSED in text(card)
    assert inputs(card) == WHY
    assert await desk.states() == {}


async def test_closed_during_a_tap_the_list_says_so_and_is_only_looked_at() -> None:
    desk = await a_list_desk()
    card = await desk.pressed("list.open")
    await desk.close()
    card = await desk.follows(card, "Tick: Till")
    assert CLOSED in text(card)
    assert {title.partition(":")[0] for title in rows(card)} == {"More about"}


async def test_what_could_not_be_saved_is_said_and_the_next_press_counts() -> None:
    desk = await a_list_desk()
    desk.store.failing["change"] = 2
    card = await desk.pressed("list.set", "i0 done")
    assert NOT_SAVED in text(card)
    card = await desk.pressed("list.set", "i0 not_done", WHY)
    assert NOT_SAVED in text(card)
    assert inputs(card) == WHY
    await desk.follows(card, "Mark as not done", WHY)
    assert await desk.states() == {"i0": State.NOT_DONE}


@pytest.mark.parametrize(
    ("verb", "argument"),
    [
        ("list.set", "i0 done"),
        ("list.set", "i0 not_done"),
        ("list.item", "i0"),
        ("list.why", "i0 not_done"),
        ("list.refuse", "i0"),
        ("list.check", "i0 no"),
        ("list.check", "i0 yes"),
        ("list.change", "i0"),
        ("list.save", "i0"),
        ("list.move", "i0 1"),
        ("list.delete", "i0"),
    ],
)
async def test_an_item_that_was_deleted_meanwhile_is_said_above_the_list(
    verb: str, argument: str
) -> None:
    desk = await a_list_desk()
    await desk.pressed("list.delete", "i0", who="Ada")
    card = await desk.pressed(verb, argument, WHY)
    assert GONE in text(card)
    assert any("Till" in title for title in rows(card))
    assert not inputs(card)


async def test_an_item_that_was_changed_while_it_was_ticked_is_ticked_and_shown_as_it_is() -> None:
    desk = await a_list_desk()
    card = await desk.pressed("list.open")

    def edited(action: Action) -> Action:
        first, *others = action.content.questions
        changed = replace(item_of(action.content, first.id), text="All lights")
        return replace(action, content=replace(action.content, questions=(changed, *others)))

    await desk.changed(edited)
    card = await desk.follows(card, "Tick: Lights")
    assert "✔ All lights" in text(card)


async def test_who_checks_says_that_it_is_right_or_opens_it_again() -> None:
    desk = await a_list_desk(checker=ADA)
    for item in ("i0", "i1"):
        await desk.pressed("list.set", f"{item} done")
    card = await desk.pressed("list.open", "to_check 0", who="Ada")
    assert "2 are waiting for Ada to look" in text(card)
    card = await desk.follows(card, "More about: Lights", who="Ada")
    card = await desk.follows(card, "It is right", who="Ada")
    assert "✔ It is right: Lights" in text(card)
    assert "To check (1)" in text(card)
    card = await desk.follows(card, "More about: Till", who="Ada")
    card = await desk.follows(card, "Not right: open again", who="Ada")
    card = await desk.follows(card, "Not right: open again", {"reason": "Count anew"}, who="Ada")
    assert "✔ Open again: Till" in text(card)
    assert await desk.states() == {"i0": State.DONE}
    assert "Count anew" in text(await desk.pressed("list.item", "i1"))


async def test_nobody_else_checks_or_opens_what_was_checked() -> None:
    desk = await a_list_desk(checker=ADA)
    await desk.pressed("list.set", "i0 done")
    card = await desk.pressed("list.check", "i0 yes")
    assert "⚠ Only the person who was chosen to check can do that." in text(card)
    await desk.pressed("list.check", "i0 yes", who="Ada")
    card = await desk.pressed("list.set", "i0 open")
    assert "⚠ This was checked and found right" in text(card)
    assert await desk.states() == {"i0": State.DONE}


async def test_a_novel_about_what_is_not_right_is_shown_again_to_be_shortened() -> None:
    desk = await a_list_desk(checker=ADA)
    await desk.pressed("list.set", "i0 done")
    card = await desk.pressed("list.check", "i0 no", {"reason": "x" * 4_001}, who="Ada")
    assert "at most 4,000 fit" in text(card)
    assert inputs(card) == {"reason": "x" * 4_001}


async def test_each_person_ticks_a_list_of_their_own() -> None:
    desk = await a_list_desk(individual=True)
    card = await desk.pressed("list.set", "i0 done")
    assert "1 of 3 done" in text(card)
    assert "0 of 3 done" in text(await desk.pressed("list.open", who="Ada"))
    assert await desk.store.answers("action", f"{TENANT}/ben")


@pytest.mark.parametrize("verb", ["open", "list.open", "list.item", "list.edit", "list.save"])
async def test_who_was_not_shown_it_does_not_find_it(verb: str) -> None:
    desk = await a_list_desk()
    with pytest.raises(NotFound, match="no_such_action"):
        await desk.pressed(verb, "i0", who="Sam", conversation_id="19:far@thread.v2")


@pytest.mark.parametrize(
    "argument", ["", "i0", "i0 flying", "mystery done", "i0 not_done mine -1", "i0 1 2 3 4 5"]
)
@pytest.mark.parametrize(
    "verb",
    [
        *("open", "item", "why", "set", "refuse", "check"),
        *("edit", "new", "add", "change", "save", "move", "delete", "put_back"),
    ],
)
async def test_odd_buttons_lead_to_a_screen_or_are_not_found(verb: str, argument: str) -> None:
    desk = await a_list_desk()
    with suppress(NotFound, NotAllowed):
        assert buttons(await desk.pressed(f"list.{verb}", argument))


async def test_what_is_no_list_is_not_shown_as_one() -> None:
    desk = await ListDesk(an_action()).posted()
    for verb in ("open", "item", "set", "edit", "save", "delete"):
        with pytest.raises(NotFound):
            await desk.pressed(f"list.{verb}", "i0 done")


async def test_a_list_that_was_deleted_is_said_to_be() -> None:
    desk = await a_list_desk()
    await desk.pressed("delete", who="Ada")
    for verb in ("open", "item", "set", "save"):
        with pytest.raises(NotFound, match="deleted"):
            await desk.pressed(f"list.{verb}", "i0 done")


async def test_what_is_for_another_is_no_row_to_tap_where_people_tick_their_own() -> None:
    desk = await a_list_desk(own_only=True)
    items = (("Lights", "Ben"), ("Till", "Cleo"), ("Floor", ""))

    def assigned(action: Action) -> Action:
        new = tuple(Item(f"i{n}", text, assignee=who) for n, (text, who) in enumerate(items))
        return replace(action, content=replace(action.content, questions=new))

    await desk.changed(assigned)
    card = await desk.pressed("list.open")
    assert "Only the person an item is for by name ticks it." in text(card)
    taps = {title for title in rows(card) if title.startswith("Tick")}
    assert taps == {"Tick: Lights", "Tick: Floor"}
    assert not {"Mark as done", "Not done …"} & set(buttons(await desk.pressed("list.item", "i1")))
    card = await desk.pressed("list.set", "i1 done")
    assert "⚠ This item is for someone else by name, and only they tick it." in text(card)
    assert await desk.states() == {}
    await desk.pressed("list.set", "i1 done", who="Ada")
    assert await desk.states() == {"i1": State.DONE}


async def test_who_checks_looks_at_the_list_of_each_person() -> None:
    desk = await a_list_desk("Lights", "Till", individual=True, checker=ADA)
    for item in ("i0", "i1"):
        await desk.pressed("list.set", f"{item} done")
    place = f"slot={quote(TENANT)}%2Fben"
    card = await desk.pressed("response", place, who="Ada")
    assert "2 are waiting for Ada to look" in text(card)
    card = await desk.follows(card, "It is right", who="Ada")
    assert "✔ Noted: it is right." in text(card)
    assert "checked by Ada" in text(card)
    assert "In progress: 1" in buttons(await desk.pressed("responded", who="Ada"))
    form = await desk.follows(card, "Not right: open again", who="Ada")
    again = await desk.follows(form, "Not right: open again", {"reason": "x" * 4_001}, who="Ada")
    assert inputs(again) == {"reason": "x" * 4_001}
    card = await desk.follows(again, "Not right: open again", {"reason": "Dark"}, who="Ada")
    assert "✔ Noted: it is open again." in text(card)
    assert "Ada checked “Lights”: it is not right" in text(await desk.pressed("list.item", "i0"))
    assert "(list of Ben)" in text(await desk.pressed("history", who="Ada"))
    other = await desk.pressed("list.item", "i0", who="Ada")
    assert "checked “Lights”" not in text(other)


async def test_a_list_on_which_nothing_is_ticked_any_more_is_left_for_those_of_others() -> None:
    desk = await a_list_desk(individual=True, checker=ADA)
    await desk.pressed("list.set", "i0 done")
    place = f"slot={quote(TENANT)}%2Fben&question=i0&bucket=no"
    card = await desk.pressed("response.check", place, who="Ada")
    assert "✔ Noted: it is open again." in text(card)
    card = await desk.pressed("response.check", place, who="Ada")
    assert "⚠" in text(card)


@pytest.mark.parametrize("bucket", ["yes", "no", "", "maybe"])
async def test_nobody_else_checks_the_list_of_a_person(bucket: str) -> None:
    desk = await a_list_desk(individual=True, checker=ADA)
    await desk.pressed("list.set", "i0 done")
    place = f"slot={quote(TENANT)}%2Fben&question=i0&bucket={bucket}"
    card = await desk.pressed("response", place)
    assert not {"It is right", "Not right: open again"} & set(buttons(card))
    with suppress(NotFound):
        card = await desk.pressed("response.check", place)
        assert "⚠ Only the person who was chosen to check can do that." in text(card)
    assert "waits to be checked" in text(await desk.pressed("list.item", "i0"))


async def test_closed_while_one_says_what_is_not_right_the_words_stay() -> None:
    desk = await a_list_desk(individual=True, checker=ADA)
    await desk.pressed("list.set", "i0 done")
    place = f"slot={quote(TENANT)}%2Fben&question=i0"
    form = await desk.pressed("response.refuse", place, who="Ada")
    await desk.close()
    card = await desk.follows(form, "Not right: open again", {"reason": "Dark"}, who="Ada")
    assert inputs(card) == {"reason": "Dark"}
    assert "⚠" in text(card)

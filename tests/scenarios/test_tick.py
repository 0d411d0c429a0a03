"""A checklist's card, as people in a chat tick it."""

from dataclasses import replace

import pytest

from actions import item_editing, ticking
from actions.action import Action, Status
from actions.caller import Caller
from actions.history import Entry
from actions.item import Item
from actions.ports import Ports
from actions.ticks import State
from bot.now import RandomIds, SystemClock
from tests.actions.checklists import a_checklist
from tests.fakes import FakeRoster
from tests.scenarios.checklists import history, posts_checklist, ticks
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, action_id, manage, opened
from tests.scenarios.surveys import person_of
from tests.teams import Message, Teams
from tests.teams.cards import find_action, rows, text, texts

pytestmark = SQLITE


@pytest.fixture
async def listed(shift: Shift, database_url: str) -> Message:
    """Give three items that Ada posted, for all to tick."""
    return await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())


async def test_a_line_is_a_checklist_and_a_tap_ticks_an_item_for_all(shift: Shift) -> None:
    await shift.ada.says(shift.chat, "checklist Opening | Lights | Till | Floor")
    message = await shift.chat.wait_for_message(1)
    assert rows(message.card) == ["Tick: Lights", "Tick: Till", "Tick: Floor"]
    answer = await shift.ben.taps(shift.chat, message, "Tick: Till")
    assert "1 of 3 done" in texts(answer.card)
    assert "Open again: Till" in rows(answer.card or {})
    await shift.chat.wait_until(lambda: "1 of 3 done" in texts(message.card))
    assert "✔ Till · Ben Castillo" in text(message.card)


async def test_a_slip_is_one_tap_to_take_back(
    shift: Shift, listed: Message, database_url: str
) -> None:
    await shift.ben.taps(shift.chat, listed, "Tick: Till")
    answer = await shift.ben.taps(shift.chat, listed, "Open again: Till")
    assert "0 of 3 done" in texts(answer.card)
    assert await ticks(database_url, listed) == {}
    lines = [(line.verb, line.person.name) for line in await history(database_url, listed)]
    assert lines == [("item_done", "Ben Castillo"), ("item_open", "Ben Castillo")]


async def test_an_old_client_ticks_by_its_fallback(
    shift: Shift, listed: Message, database_url: str
) -> None:
    await shift.ben.taps(shift.chat, listed, "Tick: Till", old_client=True)
    await shift.chat.wait_until(lambda: "1 of 3 done" in texts(listed.card))
    assert set(await ticks(database_url, listed)) == {"i1"}


async def test_two_people_tick_on_the_same_card_and_both_count(
    shift: Shift, listed: Message, database_url: str
) -> None:
    card = listed.card
    for user, title in ((shift.ben, "Tick: Lights"), (shift.chloe, "Tick: Till")):
        data = find_action(card, title)["data"]
        answer = await user.executes(shift.chat, listed, "tick", data)
        assert answer.card is not None
    assert "2 of 3 done" in texts(answer.card)
    assert {n: t.by.name for n, t in (await ticks(database_url, listed)).items()} == {
        "i0": "Ben Castillo",
        "i1": "Chloé Lefèvre",
    }


async def test_what_someone_else_has_ticked_is_ticked_by_them(
    shift: Shift, listed: Message, database_url: str
) -> None:
    data = find_action(listed.card, "Tick: Lights")["data"]
    await shift.ben.executes(shift.chat, listed, "tick", data)
    again = await shift.chloe.executes(shift.chat, listed, "tick", data)
    assert "1 of 3 done" in texts(again.card)
    assert "⚠" not in text(again.card)
    assert "✔ Lights · Ben Castillo" in text(again.card)
    assert len(await history(database_url, listed)) == 1


async def test_an_item_that_was_deleted_is_not_ticked_and_the_card_says_so(
    shift: Shift, listed: Message, database_url: str
) -> None:
    stale = find_action(listed.card, "Tick: Till")["data"]
    ada = person_of(shift.ada, shift.chat)
    async with opened(database_url) as store:
        ports = Ports(store, SystemClock(), RandomIds(), FakeRoster())
        caller = Caller(ada, shift.ada.tenant_id, shift.chat.id, "en-GB", "")
        await item_editing.delete_item(ports, caller, action_id(listed), "i1")
    answer = await shift.ben.executes(shift.chat, listed, "tick", stale)
    assert "⚠ This item was deleted meanwhile" in text(answer.card)
    assert rows(answer.card or {}) == ["Tick: Lights", "Tick: Floor"]
    assert [line.verb for line in await history(database_url, listed)] == ["item_deleted"]


async def test_a_closed_list_takes_no_tap_and_shows_what_came_of_it(
    shift: Shift, listed: Message, database_url: str
) -> None:
    stale = find_action(listed.card, "Tick: Till")["data"]
    await shift.ben.taps(shift.chat, listed, "Tick: Lights")
    dialog = await manage(shift.ada, shift.chat, listed)
    await dialog.submits("Close now")
    await shift.chat.wait_until(lambda: "1 done · 2 open" in texts(listed.card))
    assert rows(listed.card) == []
    answer = await shift.ben.executes(shift.chat, listed, "tick", stale)
    assert "⚠" in text(answer.card)
    assert "1 done · 2 open" in texts(answer.card)
    assert set(await ticks(database_url, listed)) == {"i0"}


async def test_what_was_checked_is_not_opened_again_by_another(
    shift: Shift, database_url: str
) -> None:
    ada = person_of(shift.ada, shift.chat)
    made = a_checklist(checker=ada)
    message = await posts_checklist(database_url, shift.ada, shift.chat, made)
    answer = await shift.ben.taps(shift.chat, message, "Tick: Till")
    assert "waiting for Ada Okafor to look" in text(answer.card)
    stale = find_action(answer.card or {}, "Open again: Till")["data"]
    async with opened(database_url) as store:
        entry = Entry(SystemClock().now(), ada, "item_checked", {"item": "i1", "text": "Till"})

        def checked(action: Action) -> Action:
            return ticking.with_check(action, "i1", ada, is_right=True)

        await store.change(action_id(message), checked, entry)
    refused = await shift.ben.executes(shift.chat, message, "untick", stale)
    assert "⚠" in text(refused.card)
    assert "Open again: Till" not in rows(refused.card or {})
    assert (await ticks(database_url, message))["i1"].state is State.DONE


async def test_of_individual_lists_each_sees_and_ticks_their_own(
    shift: Shift, database_url: str
) -> None:
    made = a_checklist("Lights", "Till", individual=True)
    message = await posts_checklist(database_url, shift.ada, shift.chat, made)
    await shift.chat.wait_until(lambda: "0 of 3 have finished" in text(message.card))
    await shift.ben.taps(shift.chat, message, "Tick: Lights")
    answer = await shift.ben.taps(shift.chat, message, "Tick: Till")
    assert "✔ All done" in texts(answer.card)
    await shift.chat.wait_until(lambda: "1 of 3 have finished" in text(message.card))
    assert "✔" not in text(message.card)
    # Chloé taps the shared card, which has nobody's ticks: it is her list that is ticked.
    answer = await shift.chloe.taps(shift.chat, message, "Tick: Till")
    assert "1 of 2 done" in texts(answer.card)
    assert set(await ticks(database_url, message, shift.ben)) == {"i0", "i1"}
    assert set(await ticks(database_url, message, shift.chloe)) == {"i1"}
    assert "1 of 2 done" in texts(await shift.chloe.looks_at(shift.chat, message))


async def test_ones_own_items_come_first_on_ones_own_card(shift: Shift, database_url: str) -> None:
    made = a_checklist()
    items = (Item("i0", "Lights"), Item("i1", "Till", assignee="ben castillo"))
    made = replace(made, content=replace(made.content, questions=items))
    message = await posts_checklist(database_url, shift.ada, shift.chat, made)
    assert rows(message.card) == ["Tick: Lights", "Tick: Till"]
    await shift.ben.refreshes(shift.chat, message)
    own = shift.ben.view(shift.chat, message)
    assert rows(own) == ["Tick: Till", "Tick: Lights"]
    assert "for you" in texts(own)


async def test_who_ticked_keeps_their_own_card_over_others_ticks(
    shift: Shift, listed: Message
) -> None:
    await shift.ben.taps(shift.chat, listed, "Tick: Lights")
    await shift.chat.wait_until(lambda: shift.ben.mri in listed.card["refresh"]["userIds"])


async def test_in_the_personal_chat_the_card_itself_is_ticked(
    teams: Teams, shift: Shift, database_url: str
) -> None:
    chat = teams.personal(shift.ada)
    items = (Item("i0", "Lights"), Item("i1", "Till", assignee="ada okafor"))
    made = a_checklist()
    made = replace(made, content=replace(made.content, questions=items))
    message = await posts_checklist(database_url, shift.ada, chat, made)
    assert rows(message.card) == ["Tick: Till", "Tick: Lights"]
    assert "for you" in texts(message.card)
    answer = await shift.ada.taps(chat, message, "Tick: Till")
    assert "1 of 2 done" in texts(answer.card)
    await chat.wait_until(lambda: "1 of 2 done" in texts(message.card))


async def test_a_list_that_was_deleted_says_so(
    shift: Shift, listed: Message, database_url: str
) -> None:
    stale = find_action(listed.card, "Tick: Till")["data"]
    async with opened(database_url) as store:
        entry = Entry(SystemClock().now(), person_of(shift.ada, shift.chat), "deleted")
        await store.delete(action_id(listed), entry)
        assert (await store.action(action_id(listed))).status is Status.DELETED
    answer = await shift.ben.executes(shift.chat, listed, "tick", stale)
    assert answer.card is None
    assert answer.message

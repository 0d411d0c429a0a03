"""My actions in the personal chat: what one made, and what waits for one's answer."""

from functools import partial

import pytest

from tests.scenarios.answered import answer, asks
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, in_place, makes_poll
from tests.scenarios.votes import crowd
from tests.teams import Chat, Message, Teams, User
from tests.teams.cards import buttons, inputs, rows, text, texts
from tests.teams.forms import Value


async def my_actions(user: User) -> tuple[Chat, Message]:
    """Open one's list in the personal chat."""
    chat = await user.installs()
    before = list(chat.messages)
    await user.says(chat, "my actions")
    listed = await chat.wait_for_message(lambda one: one.has_card and one not in before)
    return chat, listed


async def test_what_waits_is_answered_from_the_list(shift: Shift, database_url: str) -> None:
    poll = await shift.poll()
    survey = await asks(database_url, shift.ada, shift.chat)
    chat, listed = await my_actions(shift.ben)
    assert texts(listed.card)[1] == "Waiting for my answer"
    assert rows(listed.card) == ["Lunch?", "How is it going?"]
    assert "Poll · asked by Ada Okafor · closes" in text(listed.card)
    assert "Survey · asked by Ada Okafor · no due time" in text(listed.card)
    await shift.ben.taps(chat, listed, "Lunch?")
    voted = await shift.ben.taps(chat, listed, "Vote", {"answer": "Sushi"})
    assert "Your vote is saved." in text(voted.card)
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(poll.card))
    await answer(database_url, survey, [shift.ben])
    _, listed = await my_actions(shift.ben)
    assert "Nothing here yet." in text(listed.card)
    _, listed = await my_actions(shift.chloe)
    assert rows(listed.card) == ["Lunch?", "How is it going?"]


@SQLITE
async def test_a_survey_is_filled_in_from_the_list(shift: Shift, database_url: str) -> None:
    await asks(database_url, shift.ada, shift.chat)
    chat, listed = await my_actions(shift.ben)
    form = await shift.ben.taps(chat, listed, "How is it going?")
    assert "1. Which team are you in?" in text(form.card)


async def test_what_was_closed_is_apart_and_opened_again_from_there(shift: Shift) -> None:
    poll = await shift.poll()
    chat, listed = await my_actions(shift.ada)
    assert (rows(listed.card), texts(listed.card)[1]) == (["Lunch?"], "Active")
    tap = partial(shift.ada.taps, chat, listed)
    await tap("Lunch?")
    for title in ("Edit", "Close now", "Duplicate", "Delete", "Results"):
        assert title in buttons(shift.ada.view(chat, listed))
    closed = await tap("Close now")
    assert "It is closed." in text(closed.card)
    back = await in_place(shift.ada, chat, listed, "My actions")
    assert (rows(back), texts(back)[1]) == (["Lunch?"], "Closed")
    empty = await in_place(shift.ada, chat, listed, "Active")
    assert "Nothing of yours is open." in text(empty)
    await in_place(shift.ada, chat, listed, "Closed")
    await tap("Lunch?")
    await tap("Re-open")
    await shift.chat.wait_until(lambda: "POLL · closes" in text(poll.card))
    back = await in_place(shift.ada, chat, listed, "My actions")
    assert (rows(back), texts(back)[1]) == (["Lunch?"], "Active")


async def test_a_list_is_searched_by_title_and_paged(shift: Shift) -> None:
    for number in range(12):
        await shift.ada.says(shift.chat, f"poll Lunch {number:02}? | Yes | No")
    await shift.ada.says(shift.chat, "poll 100% sure? | Yes | No")
    await shift.chat.wait_for_message(13)
    chat, listed = await my_actions(shift.ada)
    step = partial(in_place, shift.ada, chat, listed)
    found = await step("Search", {"search": " LUNCH "})
    newest = [f"Lunch {number:02}?" for number in reversed(range(12))]
    assert (rows(found), inputs(found)) == (newest[:8], {"search": "LUNCH"})
    found = await step("Next page")
    assert (rows(found), inputs(found)) == (newest[8:], {"search": "LUNCH"})
    assert rows(await step("Previous page")) == newest[:8]
    assert rows(await step("Search", {"search": "0%"})) == ["100% sure?"]
    nothing = await step("Search", {"search": "dinner"})
    assert "No title here holds these words." in text(nothing)
    assert rows(await step("Search", {"search": ""}))[0] == "100% sure?"


async def test_drafts_are_searched_and_gone_on_with(shift: Shift) -> None:
    chat = await shift.ada.installs()
    for number in range(9):
        await shift.ada.says(chat, f"poll Draft {number}? | Yes | No")
    _, listed = await my_actions(shift.ada)
    assert texts(listed.card)[1] == "Drafts"
    found = await in_place(shift.ada, chat, listed, "Search", {"search": "draft 4"})
    assert rows(found) == ["Draft 4?"]
    form = await in_place(shift.ada, chat, listed, "Draft 4?")
    assert inputs(form)["title"] == "Draft 4?"


async def test_many_wait_those_that_close_first_come_first(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    chat, people = crowd(teams, 2)
    await asks(database_url, people[0], chat)
    for number in range(9):
        due: dict[str, Value] = {"date": f"2030-01-{20 - number:02}", "time": "12:00"}
        await makes_poll(people[0], chat, due, title=f"Poll {number}?")
    own, listed = await my_actions(people[1])
    soonest = [f"Poll {number}?" for number in reversed(range(9))]
    assert rows(listed.card) == soonest[:8]
    assert inputs(listed.card) == {}
    following = await in_place(people[1], own, listed, "Next page")
    assert rows(following) == [soonest[8], "How is it going?"]


@SQLITE
@pytest.mark.parametrize("argument", ["8", "tab=mystery", "tab=active&offset=999999", "\x00"])
async def test_a_forged_page_shows_what_there_is(shift: Shift, argument: str) -> None:
    await shift.poll()
    chat, listed = await my_actions(shift.ada)
    data = {"muster": f"1 mine - {argument}"}
    shown = await shift.ada.executes(chat, listed, "mine", data)
    assert texts(shown.card)[:2] == ["My actions", "Active"]

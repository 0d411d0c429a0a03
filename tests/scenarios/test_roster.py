"""Who is expected to respond, while people come and go."""

import pytest

from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, makes_poll
from tests.scenarios.votes import counts
from tests.teams import Message, Teams, User
from tests.teams.cards import text
from tests.teams.forms import Value

NAMED_OR_NOT: tuple[dict[str, Value], ...] = ({}, {"anonymous": True})


async def leaves(shift: Shift, user: User) -> None:
    """Let someone leave the chat."""
    assert await shift.teams.remove_member(shift.chat, user, by=shift.ada) == 200


async def says(shift: Shift, poll: Message, words: str) -> None:
    """Wait until the card says so."""
    await shift.chat.wait_until(lambda: words in text(poll.card))


@pytest.mark.parametrize("fields", NAMED_OR_NOT, ids=["named", "anonymous"])
async def test_who_leaves_without_having_responded_is_missed_no_more(
    shift: Shift, fields: dict[str, Value]
) -> None:
    poll = await makes_poll(shift.ada, shift.chat, fields)
    await shift.ada.taps(shift.chat, poll, "Choose Pizza")
    await says(shift, poll, "1 of 3 responded")
    await leaves(shift, shift.ben)
    await says(shift, poll, "1 of 2 responded")
    dialog = await shift.ada.opens(shift.chat, poll, "Results")
    await dialog.submits("Not responded")
    assert shift.chloe.name in text(dialog.card)
    assert shift.ben.name not in text(dialog.card)


@pytest.mark.parametrize("fields", NAMED_OR_NOT, ids=["named", "anonymous"])
async def test_who_leaves_after_having_responded_stays_counted(
    shift: Shift, fields: dict[str, Value]
) -> None:
    poll = await makes_poll(shift.ada, shift.chat, fields)
    for person in (shift.ada, shift.ben, shift.chloe):
        await person.taps(shift.chat, poll, "Choose Sushi")
    await says(shift, poll, "3 of 3 responded")
    await leaves(shift, shift.ben)
    await leaves(shift, shift.chloe)
    own = await shift.ada.taps(shift.chat, poll, "Choose Pizza")
    assert "3 of 3 responded" in text(own.card)
    assert counts(own.card or {}) == {"Pizza": 1, "Sushi": 2, "Salad": 0}


@SQLITE
async def test_who_comes_back_may_respond_and_is_counted_then(shift: Shift) -> None:
    poll = await shift.poll()
    await leaves(shift, shift.ben)
    await says(shift, poll, "0 of 2 responded")
    await shift.teams.add_member(shift.chat, shift.ben, by=shift.ada)
    await shift.ben.taps(shift.chat, poll, "Choose Salad")
    await says(shift, poll, "1 of 3 responded")


@SQLITE
async def test_who_leaves_one_chat_is_still_expected_in_another(shift: Shift) -> None:
    other = shift.teams.group_chat([shift.ada, shift.ben], "Late shift")
    poll, here = await makes_poll(shift.ada, other), await shift.poll()
    await leaves(shift, shift.ben)
    await says(shift, here, "0 of 2 responded")
    answer = await shift.ada.taps(other, poll, "Choose Pizza")
    assert "1 of 2 responded" in text(answer.card)


@SQLITE
async def test_who_leaves_a_team_is_missed_in_none_of_its_channels(shift: Shift) -> None:
    teams, people = shift.teams, [shift.ada, shift.ben, shift.chloe]
    channels = [teams.channel("Kitchen", name, people) for name in ("General", "Menus")]
    polls = [await makes_poll(shift.ada, channel) for channel in channels]
    assert await teams.remove_from_team("Kitchen", shift.ben, by=shift.ada) == 200
    await channels[0].wait_until(
        lambda: all("0 of 2 responded" in text(poll.card) for poll in polls)
    )


@SQLITE
async def test_an_anonymous_guest_who_leaves_is_missed_no_more(teams: Teams, muster: str) -> None:
    assert muster
    ada, guest = teams.user("Ada Okafor"), teams.user("Eve", anonymous=True)
    chat = teams.group_chat([ada, guest], "Meeting")
    poll = await makes_poll(ada, chat)
    assert "0 of 2 responded" in text(poll.card)
    await teams.remove_member(chat, guest, by=ada)
    await chat.wait_until(lambda: "0 of 1 responded" in text(poll.card))


@SQLITE
async def test_a_bot_that_leaves_was_never_expected(shift: Shift) -> None:
    poll = await shift.poll()
    robot = shift.teams.user("Robot")
    robot.mri = "28:robot"
    await shift.teams.add_member(shift.chat, robot, by=shift.ada)
    await leaves(shift, robot)
    answer = await shift.ada.taps(shift.chat, poll, "Choose Pizza")
    assert "1 of 3 responded" in text(answer.card)
    await says(shift, poll, "1 of 3 responded")


async def test_a_roster_of_thousands_is_taken_page_by_page(teams: Teams, muster: str) -> None:
    assert muster
    people = [teams.user(f"Person {number:05}") for number in range(10_000)]
    chat = teams.group_chat(people, "Everyone")
    poll = await makes_poll(people[0], chat)
    assert "0 of 10000 responded" in text(poll.card).replace(",", "")
    assert sum("/pagedmembers" in call.path for call in teams.calls) >= 20
    await teams.remove_member(chat, people[-1], by=people[0])
    await chat.wait_until(lambda: "of 9999" in text(poll.card).replace(",", ""))

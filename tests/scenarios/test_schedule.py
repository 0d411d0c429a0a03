"""Posting later, and again and again: from the form to the card in the chat."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest

from tests.scenarios.office import Office, office
from tests.scenarios.steps import SQLITE, in_place, makes_poll, manage
from tests.teams import Dialog, Message
from tests.teams.cards import Card, buttons, find_action, input_elements, inputs, rows, text
from tests.teams.forms import Value

LUNCH: dict[str, Value] = {"title": "Lunch?", "more": "Pizza\nSushi"}
MONDAY: dict[str, Value] = {"post.date": "2026-10-26", "post.time": "07:30"}
WEEKLY: dict[str, Value] = MONDAY | {"post.repeat": "week", "post.closes_after": "8 hours"}
DAYS: dict[str, Value] = {"post.weekdays": ["Monday", "Thursday"]}
RULE = "Every week on Monday and Thursday at 07:30"


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Office]:
    """Give a chat on the Saturday before summer time ends."""
    async with office(database_url) as made:
        yield made


async def begins(house: Office, fields: dict[str, Value] | None = None) -> Dialog:
    """Let Ada go from the message extension's form to the schedule."""
    dialog = await house.ada.uses_command(house.chat, "poll")
    await dialog.submits("Schedule", LUNCH if fields is None else fields)
    return dialog


async def schedules(house: Office, **fields: Value) -> Dialog:
    """Let Ada schedule a poll for Mondays and Thursdays; gives the dialog with the receipt."""
    dialog = await begins(house)
    await dialog.submits("Next", WEEKLY)
    await dialog.submits("Next", DAYS | {f"post.{name}": text for name, text in fields.items()})
    await dialog.submits("Schedule")
    return dialog


async def comes(house: Office, count: int, **by: float) -> Message:
    """Move the clock on, and wait for the poll that is posted by then."""
    house.clock.advance(**by)
    return await house.chat.wait_for_message(count)


async def listed(house: Office, title: str = "Lunch?") -> Message:
    """Let Ada open the series from her list."""
    chat = await house.ada.installs()
    await house.ada.says(chat, "my actions")
    message = chat.latest
    if "Scheduled" in buttons(message.card):
        await in_place(house.ada, chat, message, "Scheduled")
    assert title in rows(message.card), text(message.card)
    await in_place(house.ada, chat, message, title)
    return message


def taps(house: Office, message: Message) -> Callable[..., Any]:
    """Give what takes a step in Ada's own chat."""
    return partial(in_place, house.ada, house.mine, message)


def choices(card: Card, name: str) -> list[str]:
    """Give the titles of a field's choices."""
    (field,) = (one for one in input_elements(card) if one["id"] == name)
    return [choice["title"] for choice in field["choices"]]


async def test_a_poll_is_posted_twice_a_week_at_the_time_on_the_wall(house: Office) -> None:
    dialog = await begins(house)
    assert "POLL\nLunch?" in text(dialog.card)
    assert inputs(dialog.card)["post.date"] == "2026-10-24"
    await dialog.submits("Next", WEEKLY)
    assert inputs(dialog.card)["post.weekdays"] == "0"
    await dialog.submits("Next", DAYS)
    assert f"{RULE}\nThe next times:" in text(dialog.card)
    for day in ("Mon, 26 Oct 2026", "Thu, 29 Oct 2026", "Mon, 2 Nov 2026"):
        assert f"{day} at 07:30" in text(dialog.card)
    assert "Closes after 8 hours" in text(dialog.card)
    assert house.chat.messages == []
    await dialog.submits("Schedule")
    assert "✔ Scheduled: Lunch?" in text(dialog.card)
    assert "Where: Everyone" in text(dialog.card)
    assert buttons(dialog.card) == ["Open", "My actions"]
    # Summer time ends on the Sunday in between: half past seven is half past six in UTC.
    first = await comes(house, 1, hours=42, minutes=30)
    assert rows(first.card) == ["Choose Pizza", "Choose Sushi"]
    assert "closes Mon 26 Oct, 15:30" in text(first.card)
    await house.vote(first, house.people[1])
    await comes(house, 2, days=3)
    await dialog.submits("Open")
    assert "2 times posted" in text(dialog.card)
    assert "Mon, 2 Nov 2026 at 07:30" in text(dialog.card)
    assert rows(dialog.card) == ["Thu, 29 Oct 2026 at 07:30", "Mon, 26 Oct 2026 at 07:30"]
    assert "1 of 3 responded · 🏆 Pizza" in text(dialog.card)
    await dialog.submits("Mon, 26 Oct 2026 at 07:30")
    assert "Summary" in text(dialog.card)


async def test_one_that_is_posted_once_is_off_the_list_after_that(house: Office) -> None:
    dialog = await begins(house)
    await dialog.submits("Next", MONDAY | {"post.closes_after": "does not close by itself"})
    assert "Once, on Mon, 26 Oct 2026 at 07:30" in text(dialog.card)
    assert "Does not close by itself" in text(dialog.card)
    await dialog.submits("Schedule")
    await dialog.submits("My actions")
    assert "Poll · Next on Mon, 26 Oct 2026 at 07:30" in text(dialog.card)
    poll = await comes(house, 1, hours=42, minutes=30)
    assert "no due time" in text(poll.card)
    own = await manage(house.ada, house.chat, poll)
    assert "Part of a series: number 1" in text(own.card)
    await own.submits("The series")
    assert "POLL · over" in text(own.card)
    assert "Nothing more is posted: it is over." in text(own.card)
    await dialog.submits("Active")
    await dialog.submits("Scheduled")
    assert "Nothing is scheduled." in text(dialog.card)


async def test_in_place_a_draft_is_scheduled_into_another_chat(house: Office) -> None:
    await makes_poll(house.ada, house.chat)
    await house.ada.says(house.mine, "poll")
    form = house.mine.latest
    step = taps(house, form)
    await step("Preview", LUNCH)
    assert "Everyone" in choices(form.card, "where")
    await step("Schedule", {"where": "Everyone"})
    assert choices(form.card, "post.where") == ["this chat", "Everyone"]
    assert inputs(form.card)["post.where"] == house.chat.id
    await step("Next", MONDAY | {"post.repeat": "day"})
    await step("Next", {"post.interval": "2", "post.end": "times"} | {"post.times": "2"})
    assert "Every 2 days at 07:30, 2 times in all" in text(form.card)
    await step("Schedule")
    assert "Where: Everyone" in text(form.card)
    await step("Open")
    assert buttons(form.card) == ["Edit", "Post now", "Stop", "Delete", "My actions"]
    await comes(house, 2, hours=42, minutes=30)
    await comes(house, 3, days=2)
    await step("My actions")
    assert "Nothing is scheduled." in text(form.card)


@SQLITE
async def test_this_chat_is_ones_own(house: Office) -> None:
    await house.ada.says(house.mine, "poll Water? | Yes | No")
    form = house.mine.latest
    step = taps(house, form)
    await step("Schedule", {"where": "this chat"})
    await step("Next", MONDAY)
    assert "Where: your chat with me" in text(form.card)
    await step("Schedule")
    count = len(house.mine.messages)
    house.clock.advance(hours=42, minutes=30)
    poll = await house.mine.wait_for_message(count + 1)
    assert rows(poll.card) == ["Choose Yes", "Choose No"]


@SQLITE
async def test_a_schedule_put_aside_goes_on_where_it_was(house: Office) -> None:
    await house.ada.says(house.mine, "poll Water? | Yes | No")
    form = house.mine.latest
    step = taps(house, form)
    await step("Schedule")
    await step("Next", WEEKLY)
    await step("Later", DAYS | {"post.interval": "3"})
    assert "Kept as a draft: Poll, Water?" in text(form.card)
    await step("Continue")
    assert inputs(form.card)["title"] == "Water?"
    await step("Schedule")
    assert inputs(form.card)["post.time"] == "07:30"
    await step("Next")
    assert inputs(form.card)["post.interval"] == "3"
    assert inputs(form.card)["post.weekdays"] == "0,3"
    await step("Back", {"post.interval": "4"})
    await step("Next")
    assert inputs(form.card)["post.interval"] == "4"
    await step("Next")
    assert "Every 4 weeks on Monday and Thursday at 07:30" in text(form.card)
    await step("Back to the form")
    assert inputs(form.card)["title"] == "Water?"


@SQLITE
async def test_what_is_wrong_with_the_form_comes_first(house: Office) -> None:
    dialog = await begins(house, {"title": "", "Option 1": "Pizza", "date": "2020-01-01"})
    assert "Write what you want to ask." in text(dialog.card)
    assert "Give 2 to 25 options; you have 1." in text(dialog.card)
    # When it closes is said by the schedule.
    assert "This time has passed." not in text(dialog.card)
    await dialog.submits("Schedule", {"title": "Lunch?", "Option 2": "Sushi"})
    assert "First day" in {one["label"] for one in input_elements(dialog.card)}


WRONG: list[tuple[dict[str, Value], str]] = [
    ({"post.date": "2026-10-23"}, "This time has passed. Give a later one."),
    ({"post.date": ""}, "Give the day on which this is to be posted."),
    ({"post.time": ""}, "Give the time of day at which this is to be posted."),
    ({"post.date": "2099-01-01"}, "This is too far off."),
    ({"post.date": "2027-03-28", "post.time": "02:30"}, "⚠"),
]


@SQLITE
@pytest.mark.parametrize(("typed", "problem"), WRONG)
async def test_a_time_that_is_wrong_says_so_and_keeps_the_rest(
    house: Office, typed: dict[str, Value], problem: str
) -> None:
    dialog = await begins(house)
    await dialog.submits("Next", WEEKLY | typed)
    assert problem in text(dialog.card)
    assert "Please look at the fields marked below." in text(dialog.card)
    assert inputs(dialog.card)["post.repeat"] == "week"
    await dialog.submits("Next", MONDAY)
    assert "Please look" not in text(dialog.card)


@SQLITE
async def test_an_end_that_is_wrong_says_so(house: Office) -> None:
    dialog = await begins(house)
    await dialog.submits("Next", WEEKLY)
    await dialog.submits("Next", {"post.interval": "100", "post.end": "until"})
    assert "Give a whole number from 1 to 99." in text(dialog.card)
    assert "Give the last day." in text(dialog.card)
    await dialog.submits("Next", {"post.interval": "", "post.until": "2026-10-25"})
    assert "Nothing would be posted by then." in text(dialog.card)
    await dialog.submits("Next", {"post.until": "2026-11-30"})
    assert "at 07:30, until Mon, 30 Nov 2026" in text(dialog.card)


@SQLITE
async def test_the_last_day_of_the_month_is_offered(house: Office) -> None:
    dialog = await begins(house)
    await dialog.submits("Next", MONDAY | {"post.repeat": "month"})
    assert inputs(dialog.card)["post.day"] == "26"
    await dialog.submits("Next", {"post.day": "the last day"})
    assert "Every month on its last day at 07:30" in text(dialog.card)
    for day in ("Sat, 31 Oct 2026", "Mon, 30 Nov 2026", "Thu, 31 Dec 2026"):
        assert day in text(dialog.card)


@SQLITE
async def test_a_time_that_passes_while_one_hesitates_is_asked_for_anew(house: Office) -> None:
    dialog = await begins(house)
    await dialog.submits("Next", MONDAY)
    house.clock.advance(days=7)
    await dialog.submits("Schedule")
    assert "This time has passed. Give a later one." in text(dialog.card)
    await dialog.submits("Next", {"post.date": "2026-11-09"})
    await dialog.submits("Schedule")
    assert "✔ Scheduled: Lunch?" in text(dialog.card)


async def test_pressed_twice_it_is_scheduled_once(house: Office) -> None:
    dialog = await begins(house)
    await dialog.submits("Next", MONDAY)
    data = find_action(dialog.card, "Schedule")["data"]
    await dialog.submits("Schedule")
    await dialog.submits_data(data)
    assert "✔ Scheduled: Lunch?" in text(dialog.card)
    await dialog.submits("My actions")
    assert rows(dialog.card) == ["Lunch?"]
    await comes(house, 1, days=2)
    await dialog.submits("Lunch?")
    assert "1 time posted" in text(dialog.card)
    assert len(house.chat.messages) == 1


async def test_an_edit_counts_from_the_next_posting_on(house: Office) -> None:
    await schedules(house)
    first = await comes(house, 1, days=2)
    series = await listed(house)
    step = taps(house, series)
    await step("Edit")
    assert "When it is posted and when it closes is under “Schedule”." in text(series.card)
    assert "Anonymity" in {one["label"] for one in input_elements(series.card)}
    await step("Save changes", {"title": "Dinner?"})
    assert "They count from the next posting on." in text(series.card)
    assert RULE in text(series.card)
    second = await comes(house, 2, days=3)
    assert "Dinner?" in text(second.card)
    assert "Lunch?" in text(first.card)
    await step("Edit")
    await step("Schedule")
    assert inputs(series.card)["post.where"] == house.chat.id
    assert inputs(series.card)["post.date"] == "2026-11-02"
    await step("Next", {"post.time": "08:00"})
    await step("Next", {"post.weekdays": "Friday"})
    assert "Every week on Friday at 08:00" in text(series.card)
    await step("Save changes")
    assert "Every week on Friday at 08:00" in text(series.card)
    assert "2 times posted" in text(series.card)
    third = await comes(house, 3, days=8)
    assert "Dinner?" in text(third.card)


async def test_a_series_is_stopped_and_goes_on(house: Office) -> None:
    dialog = await schedules(house)
    await dialog.submits("Open")
    await dialog.submits("Stop")
    assert "⚠ Stopped by you." in text(dialog.card)
    assert buttons(dialog.card) == ["Edit", "Post now", "Go on", "Delete"]
    house.clock.advance(days=7)
    await dialog.submits("Go on")
    assert "✔ It goes on." in text(dialog.card)
    assert "Mon, 2 Nov 2026 at 07:30" in text(dialog.card)
    assert house.chat.messages == []
    await comes(house, 1, days=2)
    series = await listed(house)
    assert "1 time posted" in text(series.card)


async def test_what_is_deleted_is_posted_no_more_and_what_was_posted_stays(
    house: Office,
) -> None:
    await schedules(house)
    poll = await comes(house, 1, days=2)
    series = await listed(house)
    step = taps(house, series)
    await step("Delete")
    assert "What was posted stays, with its responses." in text(series.card)
    await step("Keep")
    await step("Delete")
    await step("Delete for good")
    await step("My actions")
    assert rows(series.card) == ["Lunch?"]
    await house.vote(poll, house.people[1])
    own = await manage(house.ada, house.chat, poll)
    await own.submits("The series")
    assert "This is no longer scheduled." in text(own.card)


async def test_it_is_posted_now_once_however_often_that_is_pressed(house: Office) -> None:
    dialog = await schedules(house)
    await dialog.submits("Open")
    data = find_action(dialog.card, "Post now")["data"]
    await dialog.submits("Post now")
    assert "✔ It is posted." in text(dialog.card)
    await house.chat.wait_for_message(1)
    await dialog.submits_data(data)
    assert "1 time posted" in text(dialog.card)
    assert len(house.chat.messages) == 1


SERIES_VERBS = ("series", "series.edit", "series.post", "series.stop", "series.resume")
MORE_VERBS = ("series.ask_delete", "series.delete", "series.results", "series.together")


@SQLITE
@pytest.mark.parametrize("verb", SERIES_VERBS + MORE_VERBS)
async def test_nobody_else_gets_at_a_series(house: Office, verb: str) -> None:
    dialog = await schedules(house)
    series_id = find_action(dialog.card, "Open")["data"]["muster"].split()[2]
    chat = await house.people[1].installs()
    data = {"muster": f"1 {verb} {series_id} 1"}
    answer = await house.people[1].executes(chat, None, verb, data)
    assert answer.message == "Only the person who made this can do that."
    await dialog.submits("Open")
    assert "Not posted yet" in text(dialog.card)


async def test_results_across_the_series_add_up(house: Office) -> None:
    await schedules(house)
    first = await comes(house, 1, hours=42, minutes=30)
    await house.vote(first, *house.people)
    second = await comes(house, 2, days=3)
    await house.vote(second, house.people[1], option="Sushi")
    series = await listed(house)
    step = taps(house, series)
    await step("Results across the series")
    assert rows(series.card) == ["Thu, 29 Oct 2026 at 07:30", "Mon, 26 Oct 2026 at 07:30"]
    assert "3 of 3 responded · 🏆 Pizza" in text(series.card)
    await step("All together")
    assert "This adds up 2 postings." in text(series.card)
    assert "4 responses" in text(series.card)
    assert "3 · 75%" in text(series.card)
    assert "1 · 25%" in text(series.card)

"""Making a poll: forms that lose nothing, drafts, previews, and where they are posted."""

import asyncio
from dataclasses import replace

import pytest

from cards.envelope import Envelope
from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, draft_id, in_place, makes_poll, opened
from tests.scenarios.votes import press
from tests.teams import Chat, Message, Teams, User
from tests.teams.cards import (
    Card,
    buttons,
    find_action,
    input_elements,
    inputs,
    rows,
    text,
)
from tests.teams.forms import Value

GONE = "This draft is gone. Start a new one."
POSTED = "This was posted already. Start a new one, or duplicate the posted one."
LUNCH = {"title": "Lunch?", "more": "Pizza\nSushi"}


async def begins(user: User, chat: Chat) -> Message:
    """Open the form in the personal chat."""
    before = len(chat.messages)
    await user.says(chat, "poll")
    return await chat.wait_for_message(before + 1)


def places(card: Card) -> list[str]:
    """Give where a preview offers to post."""
    (where,) = (e for e in input_elements(card) if e["id"] == "where")
    return [choice["title"] for choice in where["choices"]]


async def test_a_form_put_aside_goes_on_after_a_restart(teams: Teams, database_url: str) -> None:
    shift = a_shift(teams)
    chat = teams.personal(shift.ada)
    async with running(teams, database_url):
        form = await begins(shift.ada, chat)
        typed = {"title": "Lunch?", "Option 1": "Pizza", "description": "At noon"}
        await in_place(shift.ada, chat, form, "Later", typed)
        assert "Kept as a draft: Poll, Lunch?" in text(form.card)
    async with running(teams, database_url):
        await shift.ada.says(chat, "my actions")
        listed = await chat.wait_for_message(2)
        assert "✎ Poll · draft" in text(listed.card)
        await in_place(shift.ada, chat, listed, "Lunch?")
        kept = inputs(listed.card)
        assert kept["title"] == "Lunch?"
        assert kept["description"] == "At noon"
        assert "Pizza" in kept.values()
        await in_place(shift.ada, chat, listed, "Preview", {"Option 2": "Sushi"})
        await in_place(shift.ada, chat, listed, "Send")
        poll = await chat.wait_for_message(3)
        assert rows(poll.card) == ["Choose Pizza", "Choose Sushi"]
        await shift.ada.says(chat, "my actions")
        listed = await chat.wait_for_message(4)
        assert rows(listed.card) == ["Lunch?"]
        await in_place(shift.ada, chat, listed, "Drafts")
        assert "No drafts." in text(listed.card)


@SQLITE
async def test_a_form_put_aside_goes_on_from_the_message_that_kept_it(shift: Shift) -> None:
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Later", {"title": "Lunch?"})
    await in_place(shift.ada, chat, form, "Continue")
    assert inputs(form.card)["title"] == "Lunch?"
    await in_place(shift.ada, chat, form, "Later")
    await in_place(shift.ada, chat, form, "Discard")
    assert inputs(form.card)["title"] is None
    await shift.ada.says(chat, "my actions")
    assert "Nothing here yet." in text(chat.latest.card)


@SQLITE
async def test_closing_the_window_loses_no_more_than_the_page_in_front(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", {"title": "Lunch?", "Option 1": "Pizza"})
    assert "Give 2 to 25 options; you have 1." in text(dialog.card)
    # The window is closed here: nothing more comes of this dialog.
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    await in_place(shift.ada, chat, chat.latest, "Lunch?")
    assert "Pizza" in inputs(chat.latest.card).values()


WRONG: dict[str, str | bool] = {
    "title": "T" * 501,
    "Option 1": "Pizza",
    "Option 2": " pizza ",
    "Option 3": "x" * 1001,
    "description": "d" * 5001,
    "date": "2020-01-01",
    "time": "12:00",
    "visibility": "creator",
    "anonymous": True,
    "may_change": False,
}
PROBLEMS = (
    "This is 501 characters long; at most 500 fit. Shorten it.",
    "This is 1,001 characters long; at most 1,000 fit. Shorten it.",
    "This is 5,001 characters long; at most 5,000 fit. Shorten it.",
    "This option is there already. Change or clear it.",
    "This time has passed. Give a later one.",
)


@SQLITE
async def test_an_invalid_form_names_every_problem_and_keeps_all_that_was_typed(
    shift: Shift,
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    names = dict(zip(WRONG, ids_of(dialog.card, WRONG), strict=True))
    await dialog.submits("Preview", WRONG)
    for problem in PROBLEMS:
        assert problem in text(dialog.card)
    kept = inputs(dialog.card)
    for name, value in WRONG.items():
        typed = str(value).lower() if isinstance(value, bool) else value
        assert kept[names[name]] == typed
    right = {"title": "Lunch?", "Option 2": "Sushi", "Option 3": "", "description": ""}
    await dialog.submits("Preview", right | {"date": "2099-01-15"})
    assert "anonymous: nobody sees who answered what" in text(dialog.preview)
    assert "Results: only the creator sees them" in text(dialog.preview)


@SQLITE
async def test_an_invalid_form_in_the_personal_chat_stays_in_the_message(shift: Shift) -> None:
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    names = dict(zip(WRONG, ids_of(form.card, WRONG), strict=True))
    await in_place(shift.ada, chat, form, "Preview", WRONG)
    for problem in PROBLEMS:
        assert problem in text(form.card)
    assert inputs(form.card)[names["title"]] == WRONG["title"]


def ids_of(card: Card, wanted: dict[str, str | bool]) -> list[str]:
    """Give the ids of inputs that are named by id or label."""
    ids = {name: e["id"] for e in input_elements(card) for name in (e["id"], e["label"])}
    return [str(ids[name]) for name in wanted]


LONG = [f"{number:02} " + "x" * 997 for number in range(25)]


@SQLITE
async def test_25_options_of_1000_characters_are_previewed_and_edited_in_turns(
    shift: Shift,
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", {"title": "Which?", "more": "\n".join(LONG)})
    assert text(dialog.preview).count("xxx…") == 25
    await dialog.edits()
    seen: dict[str, str | None] = {}
    while len(fields := options(dialog.card)) and not seen.keys() >= fields.keys():
        seen |= fields
        await dialog.submits("Edit the other options")
    assert list(seen.values()) == LONG
    # What is typed on one page is kept on the next.
    first = next(iter(options(dialog.card)))
    await dialog.submits("Edit the other options", {first: "Short"})
    await dialog.submits("Preview", {"title": "Which one?"})
    assert "Which one?" in text(dialog.preview)
    assert "Short" in text(dialog.preview)
    await dialog.sends()
    poll = await shift.chat.wait_for_message(1)
    assert len(rows(poll.card)) == 25
    voting = await shift.ben.opens(shift.chat, poll, "Open")
    (field,) = input_elements(voting.card)
    await voting.submits("Vote", {"answer": field["choices"][24]["value"]})
    assert "Your vote is saved." in text(voting.card)


@SQLITE
async def test_a_problem_on_a_page_that_is_not_shown_brings_that_page(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    lines = [*LONG[:24], LONG[0].upper()]
    await dialog.submits("Preview", {"title": "Which?", "more": "\n".join(lines)})
    assert "This option is there already. Change or clear it." in text(dialog.card)
    assert lines[24] in options(dialog.card).values()


def options(card: Card) -> dict[str, str | None]:
    """Give the option fields that a form shows, with their values."""
    return {name: value for name, value in inputs(card).items() if name.startswith("option.")}


async def test_pressing_send_twice_posts_once(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", LUNCH)
    preview = dialog.preview
    await dialog.sends()
    dialog.preview = preview
    await dialog.sends()
    assert text(dialog.card) == f"⚠ {POSTED}"
    await only_one_was_posted(shift)


@SQLITE
async def test_send_pressed_twice_at_the_same_moment_posts_once(shift: Shift) -> None:
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    send = find_action(form.card, "Send")["data"] | {"where": shift.chat.id}
    await shift.ben.says(shift.chat, "help")
    presses = [shift.ada.executes(chat, form, "draft.send", send) for _ in range(5)]
    for answer in await asyncio.gather(*presses):
        assert answer.message == POSTED or "Posted in Early shift" in text(answer.card)
    await shift.chat.wait_for_message(lambda m: "Lunch?" in m.summary)
    await only_one_was_posted(shift)


async def only_one_was_posted(shift: Shift) -> None:
    """Wait for it, and post one more poll: by then a second one would be in the chat, too."""
    await shift.chat.wait_for_message(lambda m: "Lunch?" in m.summary)
    await shift.ben.says(shift.chat, "poll Last? | Yes | No")
    await shift.chat.wait_for_message(lambda m: "Last?" in m.summary)
    assert sum("Lunch?" in message.summary for message in shift.chat.messages) == 1


@pytest.mark.parametrize(
    "verb", ["draft.open", "draft.preview", "draft.keep", "draft.discard", "draft.send"]
)
@SQLITE
async def test_a_draft_is_its_creators_alone(shift: Shift, verb: str) -> None:
    chat, other = await shift.ada.installs(), await shift.ben.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    stolen = Envelope(verb, draft_id(form.card, "Send"), "poll").encode() | {"title": "Mine now"}
    for where in (other, shift.chat):
        answer = await shift.ben.executes(where, None, verb, stolen)
        assert answer.message == GONE
    await shift.ben.says(other, "my actions")
    assert "Nothing here yet." in text(other.latest.card)
    await in_place(shift.ada, chat, form, "Send")
    poll = await chat.wait_for_message(lambda m: "Choose Pizza" in rows(m.card))
    assert "Lunch?" in text(poll.card)
    assert not shift.chat.messages


async def test_a_poll_goes_from_the_personal_chat_to_a_group_chat(shift: Shift) -> None:
    await shift.ben.says(shift.chat, "help")
    shared = shift.teams.group_chat([shift.ada, shift.ben], "Managers")
    await shift.teams.add_bot(shared, by=shift.ada)
    strange = shift.teams.group_chat([shift.ben, shift.chloe], "Without Ada")
    await shift.teams.add_bot(strange, by=shift.ben)
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    assert sorted(places(form.card)) == ["Early shift", "Managers", "this chat"]
    await in_place(shift.ada, chat, form, "Send", {"where": "Early shift"})
    assert "Posted in Early shift: Lunch?" in text(form.card)

    poll = await shift.chat.wait_for_message(lambda m: "Lunch?" in m.summary)
    assert "0 of 3 responded" in text(poll.card)
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    results = await shift.ada.taps(chat, form, "Results")
    assert "1 of 3 responded" in text(results.card)
    assert not any("Lunch?" in m.summary for m in (*shared.messages, *strange.messages))


@SQLITE
async def test_a_chat_that_the_creator_or_the_bot_left_is_not_offered(shift: Shift) -> None:
    await shift.ben.says(shift.chat, "help")
    shared = shift.teams.group_chat([shift.ada, shift.ben], "Managers")
    await shift.teams.add_bot(shared, by=shift.ada)
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    assert sorted(places(form.card)) == ["Early shift", "Managers", "this chat"]
    await shift.teams.remove_member(shift.chat, shift.ada, by=shift.ben)
    await in_place(shift.ada, chat, form, "Edit")
    await in_place(shift.ada, chat, form, "Preview")
    assert sorted(places(form.card)) == ["Managers", "this chat"]
    await shift.teams.remove_bot(shared, by=shift.ben)
    await in_place(shift.ada, chat, form, "Edit")
    await in_place(shift.ada, chat, form, "Preview")
    assert places(form.card) == ["this chat"]
    assert "Add me to a group chat or a team" in text(form.card)


@SQLITE
async def test_a_chat_that_was_left_after_the_preview_is_refused_and_the_draft_kept(
    shift: Shift,
) -> None:
    await shift.ben.says(shift.chat, "help")
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    await shift.teams.remove_member(shift.chat, shift.ada, by=shift.ben)
    await in_place(shift.ada, chat, form, "Send", {"where": "Early shift"})
    refused = "You and I must both be in that chat. Choose another; the draft is kept."
    assert refused in text(form.card)
    assert places(form.card) == ["this chat"]
    await in_place(shift.ada, chat, form, "Send")
    poll = await chat.wait_for_message(lambda m: "Choose Pizza" in rows(m.card))
    assert "0 of 1 responded" in text(poll.card)


@SQLITE
async def test_a_poll_goes_from_the_personal_chat_to_a_channel(shift: Shift) -> None:
    channel = shift.teams.channel("Plant", "General", [shift.ada, shift.ben])
    await shift.teams.add_bot(channel, by=shift.ada)
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    await in_place(shift.ada, chat, form, "Send", {"where": "General"})
    poll = await channel.wait_for_message(lambda m: "Lunch?" in m.summary)
    own = await shift.ben.taps(channel, poll, "Choose Pizza")
    assert "1 of 2 responded" in text(own.card)


@SQLITE
async def test_a_command_on_a_message_takes_its_words_as_the_title(shift: Shift) -> None:
    html = '<p>Who brings <b>cake</b> &amp; tea, <at id="0">Ben</at>?</p><p>On Friday</p>'
    dialog = await shift.ada.uses_command(shift.chat, "poll", message=html)
    assert inputs(dialog.card)["title"] == "Who brings cake & tea, Ben?\nOn Friday"


async def test_a_bot_that_is_not_in_the_chat_is_added_on_the_way(shift: Shift) -> None:
    chat = shift.teams.group_chat([shift.ada, shift.ben], "New", bot=False)
    dialog = await shift.ada.uses_command(chat, "poll", message="<p>Lunch?</p>")
    assert buttons(dialog.card) == ["Add Muster"]
    await dialog.submits("Add Muster")
    assert dialog.title == "New poll"
    await dialog.submits("Preview", LUNCH)
    await dialog.sends()
    poll = await chat.wait_for_message(lambda m: "Lunch?" in m.summary)
    assert "0 of 2 responded" in text(poll.card)
    await shift.ben.taps(chat, poll, "Choose Pizza")
    await chat.wait_until(lambda: "1 of 2 responded" in text(poll.card))


@SQLITE
async def test_the_words_of_the_message_survive_the_adding_of_the_bot(shift: Shift) -> None:
    chat = shift.teams.group_chat([shift.ada, shift.ben], "New", bot=False)
    dialog = await shift.ada.uses_command(chat, "poll", message="<p>Lunch?</p>")
    await dialog.submits("Add Muster")
    assert inputs(dialog.card)["title"] == "Lunch?"


@SQLITE
async def test_a_preview_goes_back_to_the_form_with_everything_in_it(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", LUNCH | {"description": "At noon", "closes": False})
    assert "no due time" in text(dialog.preview)
    await dialog.edits()
    kept = inputs(dialog.card)
    assert kept["title"] == "Lunch?"
    assert kept["description"] == "At noon"
    assert kept["closes"] == "false"
    await dialog.submits("Preview", {"title": "Dinner?"})
    assert "Dinner?" in text(dialog.preview)
    assert "no due time" in text(dialog.preview)
    assert not shift.chat.messages


async def passes_its_due_time(database_url: str, key: str) -> None:
    """Let the due time of a draft pass, as when its preview is left open for long."""
    async with opened(database_url) as store:
        draft = await store.draft(key)
        values = {**draft.values, "date": "2020-01-01"}
        await store.save_draft(replace(draft, values=values))


@SQLITE
async def test_a_preview_left_open_past_its_due_time_goes_back_to_the_form(
    shift: Shift, database_url: str
) -> None:
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Preview", LUNCH)
    await passes_its_due_time(database_url, draft_id(form.card, "Send"))
    await in_place(shift.ada, chat, form, "Send")
    assert "This time has passed. Give a later one." in text(form.card)
    assert inputs(form.card)["title"] == "Lunch?"


@SQLITE
async def test_a_message_extensions_preview_left_open_past_its_due_time_does_so_too(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", LUNCH)
    async with opened(database_url) as store:
        (draft,) = await store.drafts(f"{shift.ada.tenant_id}/{shift.ada.object_id}", 0, 2)
    await passes_its_due_time(database_url, draft.id)
    await dialog.sends()
    assert "This time has passed. Give a later one." in text(dialog.card)
    assert inputs(dialog.card)["title"] == "Lunch?"


@SQLITE
async def test_the_preview_is_the_card_that_is_posted(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", LUNCH | {"description": "At noon"})
    preview = text(dialog.preview)
    await dialog.sends()
    poll = await shift.chat.wait_for_message(1)
    shown = text(poll.card).replace("0 of 3 responded", "No responses yet")
    assert shown == preview


@SQLITE
async def test_the_settings_of_the_form_are_kept_by_the_poll(shift: Shift) -> None:
    several: dict[str, Value] = {"choose": "several", "most": 2, "may_change": False}
    poll = await makes_poll(shift.ada, shift.chat, several)
    assert "Tap to choose, at most 2." in text(poll.card)
    for option in ("Pizza", "Sushi"):
        answer = await shift.ben.taps(shift.chat, poll, f"Choose {option}")
    assert "Votes cannot be changed." in text(answer.card)
    third = await shift.ben.taps(shift.chat, poll, "Choose Salad")
    assert "You can choose at most 2. Take one back first." in text(third.card)


async def test_places_are_given_to_no_more_people_than_there_are(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Preview", LUNCH)
    await dialog.edits()
    await dialog.submits("Preview", {"Places for “Pizza”": 2})
    await dialog.sends()
    poll = await shift.chat.wait_for_message(1)
    assert "0 · 0% · of 2 places" in text(poll.card)
    people = (shift.ada, shift.ben, shift.chloe)
    stored = await asyncio.gather(*(press(shift.teams, one, poll, "Pizza") for one in people))
    assert sorted(stored) == [False, True, True]
    left = people[stored.index(False)]
    full = await left.taps(shift.chat, poll, "Choose Pizza")
    assert "“Pizza” has no places left. Choose another option." in text(full.card)
    lucky = people[stored.index(True)]
    await lucky.refreshes(shift.chat, poll)
    await lucky.taps(shift.chat, poll, "Take back Pizza")
    assert await press(shift.teams, left, poll, "Pizza")

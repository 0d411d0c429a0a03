"""What comes of a checklist, as people in a chat look at it, and its file."""

import json
from dataclasses import replace
from datetime import date

from actions import item_editing, ticking
from actions.action import Settings, Visibility
from actions.caller import Caller
from actions.ports import Ports
from actions.ticks import State, Wish
from bot.now import RandomIds, SystemClock
from tests.actions.checklists import a_checklist
from tests.fakes import FakeRoster
from tests.scenarios.checklists import history, posts_checklist
from tests.scenarios.conftest import Shift
from tests.scenarios.exports import offered, rows_of
from tests.scenarios.steps import SQLITE, action_id, manage, miscounted, opened
from tests.scenarios.surveys import person_of
from tests.scenarios.votes import crowd
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import Card, buttons, rows, text, texts

TITLE = "The early round"
NO_KEY = Wish(State.NOT_DONE, "No key", "Facility", date(2026, 12, 1))


async def brings(database_url: str, message: Message, user: User, item: str, wish: Wish) -> None:
    """Let someone bring an item to a state as the list's own dialog does."""
    async with opened(database_url) as store:
        ports = Ports(store, SystemClock(), RandomIds(), FakeRoster())
        caller = Caller(
            person_of(user, message.chat), user.tenant_id, message.chat.id, "en-GB", ""
        )
        await ticking.tick(ports, caller, action_id(message), item, wish)


async def results(user: User, message: Message) -> Dialog:
    """Let someone open the results."""
    return await user.opens(message.chat, message, "Results")


def figures(card: Card, *names: str) -> list[str]:
    """Give the figures of these names."""
    lines = texts(card)
    return [lines[lines.index(name) - 1] for name in names]


async def test_anyone_in_the_chat_sees_what_was_done_by_whom_and_what_was_not(
    shift: Shift, database_url: str
) -> None:
    message = await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())
    await shift.ben.taps(shift.chat, message, "Tick: Till")
    await shift.chloe.taps(shift.chat, message, "Tick: Lights")
    await brings(database_url, message, shift.ben, "i2", NO_KEY)
    dialog = await results(shift.chloe, message)
    assert figures(dialog.card, "done", "open", "overdue", "not done") == ["2", "0", "0", "1"]
    lines = texts(dialog.card)
    assert lines[lines.index("Ben Castillo") + 1] == "2 · 67%"
    assert {"✘ Floor", "No key"} <= set(lines)
    await dialog.submits("Not done")
    assert "Follow-up: Facility, until Tue, 1 Dec 2026" in texts(dialog.card)
    await dialog.submits("People")
    assert "Chloé Lefèvre" in texts(dialog.card)
    await dialog.submits("History")
    told = [line for line in texts(dialog.card) if "“" in line]
    assert told == [
        "Ben Castillo: “Floor” was not done",
        "Chloé Lefèvre ticked “Lights”",
        "Ben Castillo ticked “Till”",
    ]
    await dialog.submits("Summary")
    await dialog.submits("Open list")
    assert "✔ Till" in text(dialog.card)


async def test_the_history_keeps_what_was_deleted(shift: Shift, database_url: str) -> None:
    message = await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())
    await shift.ben.taps(shift.chat, message, "Tick: Till")
    async with opened(database_url) as store:
        ports = Ports(store, SystemClock(), RandomIds(), FakeRoster())
        ada = Caller(
            person_of(shift.ada, shift.chat), shift.ada.tenant_id, shift.chat.id, "en-GB", ""
        )
        await item_editing.delete_item(ports, ada, action_id(message), "i1")
    dialog = await results(shift.ben, message)
    assert "Till" not in text(dialog.card)
    await dialog.submits("History")
    told = [line for line in texts(dialog.card) if "“" in line]
    assert told == ["Ada Okafor deleted “Till”", "Ben Castillo ticked “Till”"]


async def test_of_everybodys_own_lists_one_sees_who_is_through(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    chat, people = crowd(teams, 30)
    made = a_checklist("Read the sheet", "Sign it", individual=True)
    message = await posts_checklist(database_url, people[0], chat, made)
    for number, person in enumerate(people[:20]):
        await person.taps(chat, message, "Tick: Read the sheet")
        if number % 4:
            await person.taps(chat, message, "Tick: Sign it")
    dialog = await results(people[0], message)
    assert figures(dialog.card, "finished", "in progress", "not started") == ["15", "5", "10"]
    lines = texts(dialog.card)
    assert lines[lines.index("Read the sheet") + 1] == "20 of 30"
    assert lines[lines.index("Sign it") + 1] == "15 of 30"

    await dialog.submits("Sign it")
    await dialog.submits("open: 5")
    assert [row for row in rows(dialog.card) if row] == [p.name for p in people[16::-4]]
    await dialog.submits("All results")

    await dialog.submits("People")
    finished = list(rows(dialog.card))
    await dialog.submits("More")
    finished += rows(dialog.card)
    assert finished == [p.name for n, p in reversed(list(enumerate(people[:20]))) if n % 4]
    await dialog.submits("In progress: 5", {"search": ""})
    assert len(rows(dialog.card)) == 5
    await dialog.submits("Not started: 10")
    listed = text(dialog.card)
    assert all(person.name in listed for person in people[20:])

    await dialog.submits("In progress: 5")
    await dialog.submits(people[4].name)
    assert {"✔ Read the sheet", "☐ Sign it"} <= set(texts(dialog.card))
    await dialog.submits("Everyone")
    await dialog.submits("My list")
    assert "☐ Sign it" in texts(dialog.card)
    assert await miscounted(database_url) == []


@SQLITE
async def test_a_name_is_found_among_those_who_are_through(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    chat, people = crowd(teams, 14)
    made = a_checklist("Sign it", individual=True)
    message = await posts_checklist(database_url, people[0], chat, made)
    for person in people:
        await person.taps(chat, message, "Tick: Sign it")
    dialog = await results(people[0], message)
    await dialog.submits("People")
    await dialog.submits("Search", {"search": people[3].name.upper()})
    assert rows(dialog.card) == [people[3].name]


@SQLITE
async def test_where_only_the_creator_sees_results_others_see_their_own_list(
    shift: Shift, database_url: str
) -> None:
    made = replace(a_checklist(individual=True), settings=Settings(Visibility.CREATOR))
    message = await posts_checklist(database_url, shift.ada, shift.chat, made)
    await shift.ben.taps(shift.chat, message, "Tick: Till")
    dialog = await results(shift.chloe, message)
    assert "Only the creator sees the results." in texts(dialog.card)
    assert {"People", "History"}.isdisjoint(buttons(dialog.card))
    for verb in ("responded", "under_way", "history", "response", "drill"):
        ways = {"response": f"slot={person_of(shift.ben, shift.chat).key}"}
        place = ways.get(verb, "question=i1&bucket=done")
        data = {"muster": f"1 {verb} {action_id(message)} {place}"}
        answer = await shift.chloe.executes(shift.chat, message, verb, data)
        assert "Ben" not in text(answer.card), verb
        assert answer.message is not None, verb
    dialog = await results(shift.ada, message)
    assert figures(dialog.card, "in progress") == ["1"]


@SQLITE
async def test_forged_ways_into_results_lead_nowhere(shift: Shift, database_url: str) -> None:
    shared = await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())
    for verb, place in (
        ("responded", ""),
        ("under_way", ""),
        ("my_response", ""),
        ("response", "slot=x"),
        ("drill", "question=i1&bucket=done"),
        ("drill", "question=i1&bucket=painted"),
        ("question", "question=i1"),
        ("texts", "question=i1"),
    ):
        data = {"muster": f"1 {verb} {action_id(shared)} {place}".strip()}
        answer = await shift.ben.executes(shift.chat, shared, verb, data)
        assert answer.status == 200, verb
        assert answer.message, verb


async def exported(creator: User, form: str) -> tuple[Chat, bytes]:
    """Let someone save the list's file in one form."""
    chat, offer = await offered(creator, TITLE, form)
    upload = await creator.accepts_file(offer)
    await chat.wait_until(lambda: upload.done)
    return chat, bytes(upload.content)


async def test_the_file_agrees_with_the_list_and_its_history(
    shift: Shift, database_url: str
) -> None:
    message = await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())
    await shift.ben.taps(shift.chat, message, "Tick: Till")
    await shift.ben.taps(shift.chat, message, "Open again: Till")
    await shift.chloe.taps(shift.chat, message, "Tick: Till")
    await brings(database_url, message, shift.ben, "i2", NO_KEY)
    _, content = await exported(shift.ada, "CSV")
    assert [(row["Item"], row["State"], row["By"]) for row in rows_of(content)] == [
        ("Lights", "open", ""),
        ("Till", "done", "Chloé Lefèvre"),
        ("Floor", "not done", "Ben Castillo"),
    ]
    lines = await history(database_url, message)
    whole = json.loads((await exported(shift.ada, "JSON"))[1])
    told = [line for line in whole["history"] if line["what"].startswith("item_")]
    assert [(one["what"], one["name"]) for one in reversed(told)] == [
        (line.verb, line.person.name) for line in lines
    ]


@SQLITE
async def test_what_is_in_the_files_is_said_before(shift: Shift, database_url: str) -> None:
    message = await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())
    dialog = await manage(shift.ada, shift.chat, message)
    await dialog.submits("Export")
    assert "each item in a row, and the whole history" in text(dialog.card)

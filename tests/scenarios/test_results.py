"""What results each person may see, and how they find people in them."""

from functools import partial

import pytest

from cards.envelope import Envelope
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, action_id, makes_poll, manage
from tests.scenarios.votes import counts, crowd, press
from tests.teams import Dialog, Message, Teams, User
from tests.teams.cards import buttons, input_elements, text, texts

STRANGER_TENANT = "44444444-4444-4444-8444-444444444444"
EMPTY = {"Pizza": 0, "Sushi": 0, "Salad": 0}


async def results(shift: Shift, who: User, poll: Message, tab: str = "") -> Dialog:
    """Open the results, and go on to one of their parts."""
    dialog = await who.opens(shift.chat, poll, "Results")
    if tab:
        await dialog.submits(tab)
    return dialog


async def test_results_name_who_responded_with_what_and_who_did_not(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await shift.chloe.taps(shift.chat, poll, "Choose Sushi")
    await shift.chloe.taps(shift.chat, poll, "Choose Pizza")

    summary = await results(shift, shift.ben, poll)
    assert counts(summary.card) == EMPTY | {"Pizza": 2}
    assert "2 · 100%" in texts(summary.card)
    assert "2 of 3 responded · Results: everyone sees them" in text(summary.card)
    responded = await results(shift, shift.ben, poll, "Responded")
    lines = texts(responded.card)
    # The newest stands first; who changes their mind stays where they were.
    assert lines.index("Chloé Lefèvre") < lines.index("Ben Castillo")
    assert lines[lines.index("Ben Castillo") + 1].startswith("Pizza · ")
    assert lines[lines.index("Chloé Lefèvre") + 1].startswith("Pizza · ")
    assert "Ada Okafor" not in lines
    absent = await results(shift, shift.ben, poll, "Not responded")
    assert "Ada Okafor" in texts(absent.card)
    assert "Ben Castillo" not in text(absent.card)


@SQLITE
async def test_my_response_is_the_readers_own(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    mine = await results(shift, shift.ben, poll, "My response")
    assert "Pizza" in texts(mine.card)
    none = await results(shift, shift.chloe, poll, "My response")
    assert "You have not responded." in texts(none.card)


@SQLITE
async def test_the_results_lead_to_the_form_and_its_vote_shows_on_the_card(shift: Shift) -> None:
    poll = await shift.poll()
    dialog = await results(shift, shift.ben, poll)
    await dialog.submits("Vote")
    await dialog.submits("Vote")
    assert "Choose something first." in text(dialog.card)
    await dialog.submits("Vote", {"answer": "Sushi"})
    assert "Your vote is saved." in text(dialog.card)
    await dialog.submits("Take back my vote")
    assert "Your vote was taken back." in text(dialog.card)
    await dialog.submits("Vote", {"answer": "Salad"})
    await shift.chat.wait_until(lambda: counts(poll.card) == EMPTY | {"Salad": 1})


async def test_a_person_who_joins_later_counts_once_they_vote(shift: Shift) -> None:
    poll = await shift.poll()
    dan = shift.teams.user("Dan Osei")
    await shift.teams.add_member(shift.chat, dan, by=shift.ada)
    absent = await results(shift, shift.ada, poll, "Not responded")
    assert "Dan Osei" not in text(absent.card)
    assert "0 of 3 responded" in text(absent.card)
    for person in (shift.ada, shift.ben, shift.chloe):
        await person.taps(shift.chat, poll, "Choose Pizza")
    absent = await results(shift, shift.ada, poll, "Not responded")
    assert "Everyone has responded." in text(absent.card)
    own = await dan.taps(shift.chat, poll, "Choose Sushi")
    assert "4 of 4 responded" in text(own.card)
    responded = await results(shift, shift.ada, poll, "Responded")
    assert "Dan Osei" in texts(responded.card)
    await shift.chat.wait_until(lambda: "4 of 4 responded" in text(poll.card))


@SQLITE
@pytest.mark.parametrize("kind", ["guest", "external", "anonymous"])
async def test_people_from_elsewhere_are_expected_and_counted(shift: Shift, kind: str) -> None:
    home = STRANGER_TENANT if kind == "external" else None
    una = shift.teams.user(
        "Una", guest=kind == "guest", anonymous=kind == "anonymous", tenant=home
    )
    chat = shift.teams.group_chat([shift.ada, una], "Meeting")
    poll = await makes_poll(shift.ada, chat)
    assert "0 of 2 responded" in text(poll.card)
    own = await una.taps(chat, poll, "Choose Pizza")
    assert "1 of 2 responded" in text(own.card)
    dialog = await shift.ada.opens(chat, poll, "Results")
    await dialog.submits("Not responded")
    assert "Una" not in text(dialog.card)
    await dialog.submits("Responded")
    assert una.name in texts(dialog.card)


async def test_people_are_paged_and_searched(teams: Teams, muster: str) -> None:
    assert muster
    chat, people = crowd(teams, 25)
    ada = people[0]
    poll = await makes_poll(ada, chat)
    dialog = await ada.opens(chat, poll, "Results")
    await dialog.submits("Not responded")
    assert await pages(dialog) == [f"Person {number:04}" for number in range(25)]
    await dialog.submits("Search", {"search": "0013"})
    assert names(dialog) == ["Person 0013"]
    await dialog.submits("Search", {"search": "nobody"})
    assert "Nobody of that name." in text(dialog.card)

    for person in people[:12]:
        assert await press(teams, person, poll, "Pizza")
    await dialog.submits("Responded")
    assert await pages(dialog) == [f"Person {number:04}" for number in reversed(range(12))]
    await dialog.submits("From the start")
    await dialog.submits("Search", {"search": "PERSON 000"})
    assert names(dialog) == [f"Person {number:04}" for number in reversed(range(10))]
    await dialog.submits("Not responded")
    assert await pages(dialog) == [f"Person {number:04}" for number in range(12, 25)]


@SQLITE
async def test_a_search_is_kept_from_page_to_page(teams: Teams, muster: str) -> None:
    assert muster
    chat, people = crowd(teams, 25)
    poll = await makes_poll(people[0], chat)
    dialog = await people[0].opens(chat, poll, "Results")
    await dialog.submits("Not responded")
    await dialog.submits("Search", {"search": "person 001"})
    assert await pages(dialog) == [f"Person {number:04}" for number in range(10, 20)]
    await dialog.submits("Search", {"search": "person 00"})
    assert await pages(dialog) == [f"Person {number:04}" for number in range(25)]
    shown = {e["id"]: e.get("value") for e in input_elements(dialog.card)}
    assert shown == {"search": "person 00"}


@SQLITE
async def test_a_few_people_need_no_search(shift: Shift) -> None:
    poll = await shift.poll()
    absent = await results(shift, shift.ada, poll, "Not responded")
    assert input_elements(absent.card) == []
    assert "More" not in buttons(absent.card)


# Who sees results of an open poll: anyone in the chat, its creator, a voter, someone who has not
# voted; then the same once it is closed.
SEES = {
    "everyone": ("base creator voter other", "base creator voter other"),
    "after_responding": ("creator voter", "base creator voter other"),
    "after_closing": ("creator", "base creator voter other"),
    "creator": ("creator", "creator"),
}
REASONS = {
    "after_responding": "You see the results once you have responded.",
    "after_closing": "Everyone sees the results after closing.",
    "creator": "Only the creator sees the results.",
}


@SQLITE
async def test_results_are_seen_by_whom_the_setting_names(shift: Shift) -> None:
    # All at the same time, because each shared card takes two seconds to follow.
    polls = {name: await makes_poll(shift.ada, shift.chat, {"visibility": name}) for name in SEES}
    for poll in polls.values():
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    for visibility, poll in polls.items():
        await shift.chat.wait_until(partial(shows, poll, "1 of 3 responded"))
        assert await who_sees(shift, poll, visibility) == SEES[visibility][0]
        dialog = await manage(shift.ada, shift.chat, poll)
        await dialog.submits("Close now")
    for visibility, poll in polls.items():
        await shift.chat.wait_until(partial(shows, poll, "POLL · closed"))
        assert await who_sees(shift, poll, visibility) == SEES[visibility][1]


@SQLITE
async def test_a_vote_opens_the_results_and_taking_it_back_hides_them_again(shift: Shift) -> None:
    poll = await makes_poll(shift.ada, shift.chat, {"visibility": "after_responding"})
    assert "Results: you see them once you have responded" in text(poll.card)
    voted = await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    assert counts(voted.card or {}) == EMPTY | {"Pizza": 1}
    undone = await shift.ben.taps(shift.chat, poll, "Take back Pizza")
    assert counts(undone.card or {}) == {}


def shows(poll: Message, words: str) -> bool:
    return words in text(poll.card)


async def who_sees(shift: Shift, poll: Message, visibility: str) -> str:
    """Give who sees counts; card and dialog must agree, and so must the lists of people."""
    seeing = ["base"] if counts(poll.card) else []
    people = {"creator": shift.ada, "voter": shift.ben, "other": shift.chloe}
    for name, person in people.items():
        own = await person.refreshes(shift.chat, poll)
        sees = bool(counts(own.card or {}))
        seeing += [name] if sees else []
        dialog = await results(shift, person, poll)
        assert bool(counts(dialog.card)) == sees
        assert ("Responded" in buttons(dialog.card)) == sees
        assert (REASONS.get(visibility, " ") in texts(dialog.card)) == (not sees)
        for verb in ("responded", "not_responded"):
            await dialog.submits_data(Envelope(verb, action_id(poll)).encode())
            refused = text(dialog.card) == "⚠ You cannot see these results yet."
            assert refused == (not sees)
    return " ".join(seeing)


def names(dialog: Dialog) -> list[str]:
    """Give the people that a page lists."""
    return [line for line in texts(dialog.card) if line.startswith("Person ")]


async def pages(dialog: Dialog) -> list[str]:
    """Turn all pages; gives everyone on them."""
    found = names(dialog)
    while "More" in buttons(dialog.card):
        assert len(names(dialog)) == 10
        await dialog.submits("More")
        found += names(dialog)
    return found

"""Nobody learns who answered what, the creator included."""

from collections.abc import Iterable

import pytest

from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, makes_poll
from tests.scenarios.votes import counts
from tests.teams import Message, User
from tests.teams.cards import Card, buttons, find_action, text, texts
from tests.teams.forms import Value

ANONYMOUS = "anonymous: nobody sees who answered what"
TOO_FEW = "Results are shown from three responses on, to keep answers anonymous."
UNKNOWN = "You responded; which answer is yours is no longer known to anyone."
OPTIONS = ("Pizza", "Sushi", "Salad")


@pytest.fixture
async def poll(shift: Shift) -> Message:
    """Let Ada post an anonymous poll."""
    return await makes_poll(shift.ada, shift.chat, {"anonymous": True})


async def all_vote(shift: Shift, poll: Message) -> None:
    for person, option in zip(people(shift), OPTIONS, strict=True):
        await person.taps(shift.chat, poll, f"Choose {option}")


def people(shift: Shift) -> tuple[User, User, User]:
    return shift.ada, shift.ben, shift.chloe


@SQLITE
async def test_the_preview_and_the_card_say_that_the_poll_is_anonymous(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    typed: dict[str, Value] = {"title": "Lunch?", "more": "Pizza\nSushi", "anonymous": True}
    await dialog.submits("Preview", typed)
    assert ANONYMOUS in text(dialog.preview)
    await dialog.sends()
    message = await shift.chat.wait_for_message(1)
    assert ANONYMOUS in text(message.card)
    named = await shift.poll()
    assert ANONYMOUS not in text(named.card)


async def test_no_breakdown_is_shown_below_three_responses(shift: Shift, poll: Message) -> None:
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    own = await shift.chloe.taps(shift.chat, poll, "Choose Sushi")
    assert "✔ You voted: Sushi" in text(own.card)
    await shift.chat.wait_until(lambda: "2 of 3 responded" in text(poll.card))
    assert TOO_FEW in text(poll.card)
    for card in [poll.card, own.card or {}, *await results_of(shift, poll, "Results")]:
        assert TOO_FEW in text(card)
        assert counts(card) == {}
        assert "%" not in text(card)
    await shift.ada.taps(shift.chat, poll, "Choose Pizza")
    await shift.chat.wait_until(lambda: counts(poll.card) == {"Pizza": 2, "Sushi": 1, "Salad": 0})
    assert TOO_FEW not in text(poll.card)


@SQLITE
async def test_a_vote_taken_back_hides_the_breakdown_again(shift: Shift, poll: Message) -> None:
    await all_vote(shift, poll)
    results = await shift.ada.opens(shift.chat, poll, "Results")
    assert counts(results.card) == {"Pizza": 1, "Sushi": 1, "Salad": 1}
    own = await shift.ben.taps(shift.chat, poll, "Take back Sushi")
    assert counts(own.card or {}) == {}
    assert TOO_FEW in text(own.card)


@SQLITE
async def test_fewer_than_three_stay_hidden_after_closing_too(shift: Shift, poll: Message) -> None:
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await closes(shift, poll)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    for card in [poll.card, *await results_of(shift, poll, "Results")]:
        assert TOO_FEW in text(card)
        assert "🏆" not in text(card)
        assert counts(card) == {}


async def test_who_took_part_is_listed_without_time_or_answer(shift: Shift, poll: Message) -> None:
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    for card in await results_of(shift, poll, "Responded"):
        lines = texts(card)
        after = lines[lines.index("Ben Castillo") + 1 :]
        assert after == []
        assert not mentioned(card, ("Ada Okafor", "Chloé Lefèvre", *OPTIONS))
    for card in await results_of(shift, poll, "Not responded"):
        assert mentioned(card, ("Ada Okafor", "Chloé Lefèvre")) == {"Ada Okafor", "Chloé Lefèvre"}
        assert "Ben Castillo" not in text(card)


async def test_no_card_has_a_name_beside_an_answer(shift: Shift, poll: Message) -> None:
    await all_vote(shift, poll)
    await closes(shift, poll)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    named = [person.name for person in people(shift)]
    cards = [poll.card]
    for tab in ("Results", "Responded", "Not responded", "My response"):
        cards += await results_of(shift, poll, tab)
    for card in cards:
        assert not mentioned(card, named) or not mentioned(card, OPTIONS)
        assert not any(person.mri in str(card) for person in people(shift))


async def test_an_anonymous_card_names_nobody_to_be_refreshed(shift: Shift, poll: Message) -> None:
    assert "refresh" not in poll.card
    own = await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    assert "refresh" not in (own.card or {})
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(poll.card))
    assert "refresh" not in poll.card
    assert "29:" not in str(poll.activity)


async def test_an_anonymous_vote_can_be_changed_and_taken_back_while_open(
    shift: Shift, poll: Message
) -> None:
    await all_vote(shift, poll)
    moved = await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    assert counts(moved.card or {}) == {"Pizza": 2, "Sushi": 0, "Salad": 1}
    assert "3 of 3 responded" in text(moved.card)
    results = await shift.ben.opens(shift.chat, poll, "Results")
    await results.submits("My response")
    assert "Pizza" in texts(results.card)
    undone = await shift.ben.taps(shift.chat, poll, "Take back Pizza")
    assert "2 of 3 responded" in text(undone.card)
    assert "✔ You voted" not in text(undone.card)


async def test_after_closing_nobodys_answer_is_known_any_more(shift: Shift, poll: Message) -> None:
    await all_vote(shift, poll)
    voting = await shift.ben.opens(shift.chat, poll, "Open")
    await closes(shift, poll)
    for card in await results_of(shift, poll, "My response"):
        assert UNKNOWN in texts(card)
        assert not mentioned(card, OPTIONS)
    await voting.submits("Vote", {"answer": "Pizza"})
    assert "This is closed, so your answer was not counted." in text(voting.card)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    assert counts(poll.card) == {"Pizza": 1, "Sushi": 1, "Salad": 1}


async def test_a_reopened_anonymous_poll_seals_the_votes_cast_before(
    shift: Shift, poll: Message
) -> None:
    stale = find_action(poll.card, "Choose Pizza")["data"]
    await shift.ben.taps(shift.chat, poll, "Choose Sushi")
    await closes(shift, poll)
    results = await shift.ada.opens(shift.chat, poll, "Results")
    await results.submits("Manage")
    await results.submits("Re-open")
    answer = await shift.ben.executes(shift.chat, poll, "choose", stale)
    sealed = "You voted before this was closed; that anonymous vote can no longer be changed."
    assert sealed in text(answer.card)
    assert "✔ You voted." in text(answer.card)
    for person in (shift.ada, shift.chloe):
        await person.executes(shift.chat, poll, "choose", stale)
    results = await shift.ada.opens(shift.chat, poll, "Results")
    assert counts(results.card) == {"Pizza": 2, "Sushi": 1, "Salad": 0}


@SQLITE
async def test_anonymity_cannot_be_changed_once_posted(shift: Shift, poll: Message) -> None:
    await all_vote(shift, poll)
    results = await shift.ada.opens(shift.chat, poll, "Results")
    await results.submits("Manage")
    await results.submits("Edit")
    assert "Anonymity" not in text(results.card)
    data = find_action(results.card, "Save changes")["data"]
    await results.submits_data({**data, "title": "Dinner?", "anonymous": "false"})
    assert "Your changes are saved." in text(results.card)
    await shift.chat.wait_until(lambda: "Dinner?" in text(poll.card))
    assert ANONYMOUS in text(poll.card)
    await results.submits("Results")
    await results.submits("Responded")
    assert not mentioned(results.card, OPTIONS)


async def test_an_edited_option_takes_its_anonymous_votes_with_it(
    shift: Shift, poll: Message
) -> None:
    await all_vote(shift, poll)
    dan = shift.teams.user("Dan Osei")
    await shift.teams.add_member(shift.chat, dan, by=shift.ada)
    await dan.taps(shift.chat, poll, "Choose Pizza")
    results = await shift.ada.opens(shift.chat, poll, "Results")
    await results.submits("Manage")
    await results.submits("Edit")
    await results.submits("Save changes", {"Option 3": "Soup"})
    results = await shift.ada.opens(shift.chat, poll, "Results")
    assert counts(results.card) == {"Pizza": 2, "Sushi": 1, "Soup": 0}
    assert "3 of 4 responded" in text(results.card)
    await results.submits("Not responded")
    assert "Chloé Lefèvre" in texts(results.card)


@SQLITE
async def test_the_creator_manages_an_anonymous_poll_from_its_results(
    shift: Shift, poll: Message
) -> None:
    for person in (shift.ben, shift.chloe):
        results = await person.opens(shift.chat, poll, "Results")
        assert "Manage" not in buttons(results.card)
    assert "Manage" not in buttons(poll.card)
    await closes(shift, poll)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))


async def closes(shift: Shift, poll: Message) -> None:
    """Let the creator close it; there is no Manage on a card that refreshes for nobody."""
    results = await shift.ada.opens(shift.chat, poll, "Results")
    await results.submits("Manage")
    await results.submits("Close now")


async def results_of(shift: Shift, poll: Message, tab: str) -> list[Card]:
    """Give a part of the results as each of the three sees it."""
    cards = []
    for person in people(shift):
        results = await person.opens(shift.chat, poll, "Results")
        if tab != "Results":
            await results.submits(tab)
        cards.append(results.card)
    return cards


def mentioned(card: Card, words: Iterable[str]) -> set[str]:
    """Give those of the words that can be read on a card."""
    return {word for word in words if word in text(card)}

"""Answering a survey: nothing that was typed is lost, and nothing counts twice."""

import asyncio
from dataclasses import replace

from actions.action import Action, Settings, Status
from actions.history import Entry
from actions.managing import CLOCK
from actions.number import Number
from actions.questions import Answers
from actions.responses import slot_of
from bot.now import SystemClock
from cards.envelope import Envelope
from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, action_id, in_place, miscounted, opened
from tests.scenarios.surveys import QUESTIONS, person_of, posts_survey
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import actions, buttons, find_action, input_elements, inputs, rows, text

LONG = 'She said: "No", then \\ and 😀 **again**.\n' * 90


async def stored(
    database_url: str, user: User, survey: Message, number: int = 1
) -> Answers | None:
    """Give what the tables hold of someone's response."""
    slot = slot_of(person_of(user, survey.chat).key, number)
    async with opened(database_url) as store:
        return await store.answers(action_id(survey), slot)


async def change_status(database_url: str, survey: Message, status: Status) -> None:
    """Close or open a survey, without its creator."""
    entry = Entry(SystemClock().now(), CLOCK, "edited")

    def changed(action: Action) -> Action:
        return replace(action, status=status)

    async with opened(database_url) as store:
        await store.change(action_id(survey), changed, entry)


async def answers_all(user: User, chat: Chat, survey: Message, button: str = "Answer") -> Dialog:
    """Answer everything up to the review."""
    dialog = await user.opens(chat, survey, button)
    await dialog.submits("Next", {"team": "Kitchen"})
    await dialog.submits("Next", {"why": "It is warm."})
    await dialog.submits("Review", {"far": "3", "more": "Nothing."})
    return dialog


async def test_a_survey_is_answered_page_by_page_in_a_dialog(
    shift: Shift, database_url: str
) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    assert "4 questions · about 1 min" in text(survey.card)
    assert buttons(survey.card) == ["Answer", "Results"]
    dialog = await shift.ben.opens(shift.chat, survey, "Answer")
    assert dialog.title == "Survey"
    assert "Page 1 of 2" in text(dialog.card)
    await dialog.submits("Next", {"team": "Kitchen"})
    assert "Page 2 of 3" in text(dialog.card)
    await dialog.submits("Next", {"why": "It is warm."})
    await dialog.submits("Review", {"far": "3", "more": LONG})
    assert "It is warm." in text(dialog.card)
    assert await stored(database_url, shift.ben, survey) is None
    await dialog.submits("Hand in")
    assert "✔ Handed in" in text(dialog.card)
    assert await stored(database_url, shift.ben, survey) == {
        "team": ("k",),
        "why": "It is warm.",
        "far": 3,
        "more": LONG.strip(),
    }
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(survey.card))
    assert "Kitchen · 100%" in text(survey.card)
    assert await miscounted(database_url) == []


async def test_a_page_with_a_problem_keeps_what_was_typed(shift: Shift, database_url: str) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await shift.ben.opens(shift.chat, survey, "Answer")
    await dialog.submits("Next")
    assert "⚠ This needs an answer." in text(dialog.card)
    await dialog.submits("Next", {"team": "Service"})
    card = dialog.card
    data = dict(find_action(card, "Review")["data"]) | {"far": "three", "more": LONG}
    await dialog.submits_data(data)
    assert "⚠ This is not a number." in text(dialog.card)
    assert inputs(dialog.card) == {"far": "three", "more": LONG}
    again = await shift.ben.opens(shift.chat, survey, "Answer")
    assert "You go on where you were." in text(again.card)
    assert inputs(again.card) == {"far": "three", "more": LONG}


async def test_back_always_works_and_loses_nothing(shift: Shift, database_url: str) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await shift.ben.opens(shift.chat, survey, "Answer")
    await dialog.submits("Next", {"team": "Service"})
    await dialog.submits_data(find_action(dialog.card, "Back")["data"] | {"far": "three"})
    assert inputs(dialog.card) == {"team": "s"}
    await dialog.submits("Next")
    assert inputs(dialog.card)["far"] == "three"


async def test_what_a_rule_hides_is_said_in_the_review_and_dropped(
    shift: Shift, database_url: str
) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await answers_all(shift.ben, shift.chat, survey)
    await dialog.submits("Change answer 1")
    assert buttons(dialog.card) == ["Done", "Back", "Later"]
    await dialog.submits("Done", {"team": "Service"})
    left_out = "1 answer is left out, since its question is no longer asked: “Why the kitchen?”"
    assert left_out in text(dialog.card)
    assert "It is warm." not in text(dialog.card)
    await dialog.submits("Hand in")
    answers = await stored(database_url, shift.ben, survey)
    assert answers == {"team": ("s",), "far": 3, "more": "Nothing."}


async def test_a_form_is_gone_on_with_after_a_restart_of_the_bot(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        survey = await posts_survey(database_url, shift.ada, shift.chat)
        dialog = await shift.ben.opens(shift.chat, survey, "Answer")
        await dialog.submits("Next", {"team": "Kitchen"})
        await dialog.submits("Later", {"why": "It is"})
        assert "What you typed is kept." in text(dialog.card)
        await dialog.submits("Continue")
        assert inputs(dialog.card) == {"why": "It is"}
    async with running(teams, database_url):
        # The dialog that was left open goes on, and so does another device.
        await dialog.submits("Next", {"why": "It is warm."})
        elsewhere = await shift.ben.opens(shift.chat, survey, "Answer")
        assert "Page 3 of 3" in text(elsewhere.card)
        await elsewhere.submits("Review", {"far": "3"})
        await elsewhere.submits("Hand in")
        answers = await stored(database_url, shift.ben, survey)
        assert answers == {"team": ("k",), "why": "It is warm.", "far": 3}
        # The first device hands in what is handed in already.
        await dialog.submits("Review", {"far": "3"})
        await dialog.submits("Hand in")
        assert "✔ Handed in" in text(dialog.card)
        assert await miscounted(database_url) == []


async def test_a_survey_is_answered_in_place_in_the_personal_chat(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    chat = teams.personal(shift.ada)
    async with running(teams, database_url):
        survey = await posts_survey(database_url, shift.ada, chat)
        answer = await shift.ada.taps(chat, survey, "Answer")
        assert buttons(answer.card or {})[0] == "Answer"
        form = await chat.wait_for_message(lambda m: "Page 1 of 2" in text(m.card))
        await in_place(shift.ada, chat, form, "Next", {"team": "Kitchen"})
        assert "Page 2 of 3" in text(form.card)
    async with running(teams, database_url):
        await in_place(shift.ada, chat, form, "Next", {"why": "It is warm."})
        await in_place(shift.ada, chat, form, "Back")
        assert inputs(form.card) == {"why": "It is warm."}
        await in_place(shift.ada, chat, form, "Next")
        await in_place(shift.ada, chat, form, "Review")
        await in_place(shift.ada, chat, form, "Change answer 3")
        await in_place(shift.ada, chat, form, "Done", {"far": "7"})
        await in_place(shift.ada, chat, form, "Hand in")
        assert "✔ Handed in" in text(form.card)
        answers = await stored(database_url, shift.ada, survey)
        assert answers == {"team": ("k",), "why": "It is warm.", "far": 7}
        await chat.wait_until(lambda: "1 of 1 responded" in text(survey.card))


async def test_a_response_is_changed_and_stands_until_the_change_is_handed_in(
    shift: Shift, database_url: str
) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await answers_all(shift.ben, shift.chat, survey)
    await dialog.submits("Hand in")
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(survey.card))
    await shift.ben.refreshes(shift.chat, survey)
    again = await shift.ben.opens(shift.chat, survey, "Edit my response")
    assert "✔ Handed in" in text(again.card)
    await again.submits("Edit my response")
    assert "It counts as it was until you hand it in again." in text(again.card)
    await again.submits("Change answer 2")
    assert inputs(again.card) == {"why": "It is warm."}
    await again.submits("Done", {"why": "It is cosy."})
    first = await stored(database_url, shift.ben, survey)
    assert (first or {})["why"] == "It is warm."
    await again.submits("Hand in")
    changed = await stored(database_url, shift.ben, survey)
    assert (changed or {})["why"] == "It is cosy."
    await again.submits("Edit my response")
    await again.submits("Change answer 2")
    await again.submits("Done", {"why": "No."})
    await again.submits("Discard changes")
    assert "✔ Handed in" in text(again.card)
    assert await stored(database_url, shift.ben, survey) == changed
    assert await miscounted(database_url) == []


async def test_each_of_several_responses_is_listed_to_its_author(
    shift: Shift, database_url: str
) -> None:
    settings = Settings(several=True)
    survey = await posts_survey(database_url, shift.ada, shift.chat, QUESTIONS[2:3], settings)
    dialog = await shift.ben.opens(shift.chat, survey, "Answer")
    await dialog.submits("Hand in", {"far": "1"})
    await dialog.submits("Answer again")
    assert inputs(dialog.card)["far"] is None
    twice = find_action(dialog.card, "Hand in")["data"] | {"far": "2"}
    await asyncio.gather(*(dialog.submits_data(twice) for _ in range(3)))
    assert rows(dialog.card) == ["Change response 2", "Change response 1"]
    await dialog.submits("Change response 1")
    await dialog.submits("Hand in", {"far": "9"})
    assert await stored(database_url, shift.ben, survey) == {"far": 9}
    assert await stored(database_url, shift.ben, survey, 2) == {"far": 2}
    assert await stored(database_url, shift.ben, survey, 3) is None
    await shift.chat.wait_until(lambda: "1 of 3 responded · 2 responses" in text(survey.card))
    assert await miscounted(database_url) == []


async def test_what_is_handed_in_twice_at_once_counts_once(
    shift: Shift, database_url: str
) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await answers_all(shift.ben, shift.chat, survey)
    data = find_action(dialog.card, "Hand in")["data"]
    await asyncio.gather(*(dialog.submits_data(data) for _ in range(5)))
    assert "✔ Handed in" in text(dialog.card)
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(survey.card))
    opened_again = await shift.ben.opens(shift.chat, survey, "Answer")
    assert "✔ Handed in" in text(opened_again.card)
    assert await miscounted(database_url) == []


async def test_what_is_closed_meanwhile_is_not_handed_in_and_not_lost(
    shift: Shift, database_url: str
) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await answers_all(shift.ben, shift.chat, survey)
    await dialog.submits("Change answer 3")
    await change_status(database_url, survey, Status.CLOSED)
    await dialog.submits("Done", {"far": "8"})
    assert "This was closed, so your answers were not handed in." in text(dialog.card)
    assert await stored(database_url, shift.ben, survey) is None
    await change_status(database_url, survey, Status.ACTIVE)
    again = await shift.ben.opens(shift.chat, survey, "Answer")
    assert "8 km" in text(again.card)
    await again.submits("Hand in")
    assert (await stored(database_url, shift.ben, survey) or {})["far"] == 8


async def test_an_anonymous_response_can_be_changed_until_it_is_closed(
    shift: Shift, database_url: str
) -> None:
    settings = Settings(anonymous=True)
    survey = await posts_survey(database_url, shift.ada, shift.chat, settings=settings)
    dialog = await answers_all(shift.ben, shift.chat, survey)
    assert "anonymous: nobody sees who answered what" in text(dialog.card)
    await dialog.submits("Hand in")
    assert "Nobody can trace it to you." in text(dialog.card)
    await dialog.submits("Edit my response")
    await dialog.submits("Change answer 2")
    await dialog.submits("Done", {"why": "It is cosy."})
    await dialog.submits("Hand in")
    answers = await stored(database_url, shift.ben, survey)
    assert (answers or {})["why"] == "It is cosy."
    await change_status(database_url, survey, Status.CLOSED)
    await change_status(database_url, survey, Status.ACTIVE)
    closed_since = await shift.ben.opens(shift.chat, survey, "Answer")
    assert "Which answers are yours is no longer known" in text(closed_since.card)
    assert await miscounted(database_url) == []


# Attacks


@SQLITE
async def test_forged_fields_and_places_change_nothing_of_others(
    shift: Shift, database_url: str
) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await shift.ben.opens(shift.chat, survey, "Answer")
    data = find_action(dialog.card, "Next")["data"]
    forged = {"far": "5", "q.team.text": "x", "questions": "x", "gone": "x", "team.x": "x"}
    await dialog.submits_data(data | {"team": "k"} | forged)
    slot = person_of(shift.ben, shift.chat).key
    async with opened(database_url) as store:
        kept = await store.progress(action_id(survey), slot)
    assert kept is not None
    assert kept.values == {"team": "k", "far": "5"}
    for argument in ("2", "900", "0", "-1", "x", "1e3", "1 " + "z" * 3_000):
        for verb in ("fill.open", "fill.next", "fill.hand_in", "fill.page", "fill.review"):
            await dialog.submits_data(Envelope(verb, action_id(survey), argument).encode())
    async with opened(database_url) as store:
        assert (await store.tallies(action_id(survey))).responded == 0


@SQLITE
async def test_who_is_not_in_the_chat_cannot_answer(shift: Shift, database_url: str) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    mallory = shift.teams.user("Mallory")
    own = shift.teams.personal(mallory)
    for verb in ("open", "fill.open", "fill.next", "fill.hand_in", "fill.discard", "fill.later"):
        envelope = Envelope(verb, action_id(survey), "1 team").encode()
        answer = await mallory.executes(own, None, verb, envelope | {"team": "k"})
        assert answer.message == "This is not here, or not meant for this chat."


@SQLITE
async def test_a_poll_is_not_filled_in_by_page(shift: Shift) -> None:
    poll = await shift.poll()
    for verb in ("fill.open", "fill.next", "fill.hand_in", "fill.page", "fill.discard"):
        envelope = Envelope(verb, action_id(poll), "1 q").encode()
        answer = await shift.ben.executes(shift.chat, poll, verb, envelope | {"q": "a"})
        assert answer.message is not None


@SQLITE
async def test_a_page_of_200_kilobytes_is_defined(shift: Shift, database_url: str) -> None:
    survey = await posts_survey(database_url, shift.ada, shift.chat)
    dialog = await shift.ben.opens(shift.chat, survey, "Answer")
    await dialog.submits("Next", {"team": "Service"})
    data = find_action(dialog.card, "Review")["data"]
    await dialog.submits_data(data | {"more": '"' * 100_000, "far": "9" * 40_000})
    assert "characters long; at most 4,000 fit" in text(dialog.card)
    assert len(input_elements(dialog.card)) == 2


@SQLITE
async def test_numbers_are_read_in_the_language_of_the_form(
    shift: Shift, database_url: str
) -> None:
    question = Number("far", "How far is it?", decimals=1)
    survey = await posts_survey(database_url, shift.ada, shift.chat, (question,))
    for user, typed in ((shift.ada, "3.5"), (shift.ben, "3,5")):
        user.locale = "de-DE" if user is shift.ben else "en-GB"
        dialog = await user.opens(shift.chat, survey, "Answer")
        (button,) = (a for a in actions(dialog.card) if "fill.hand_in" in str(a.get("data")))
        await dialog.submits_data(button["data"] | {"far": typed})
        assert await stored(database_url, user, survey) == {"far": 35}

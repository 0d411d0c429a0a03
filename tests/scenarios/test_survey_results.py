"""A survey's results: figures, the people behind them, texts, responses; and who sees what."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from statistics import mean, median

import pytest

from actions.action import Visibility
from actions.choice import OTHER
from actions.questions import Answer
from actions.text import Text
from tests.actions.surveys import EVERY_TYPE, answers_of
from tests.scenarios.answered import answer, asks, hand_in, looks, looks_at
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE
from tests.scenarios.surveys import person_of
from tests.scenarios.votes import crowd
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import Card, buttons, inputs, rows, text, texts

HIDDEN = "⚠ You cannot see these results yet."
UNKNOWN = "⚠ This is anonymous: nobody sees who answered what."


async def turned(dialog: Dialog, button: str) -> list[Card]:
    """Turn the pages of a dialog to the last; gives all of them."""
    cards = [dialog.card]
    while button in buttons(dialog.card):
        await dialog.submits(button)
        cards.append(dialog.card)
    return cards


def blocks(cards: list[Card]) -> dict[int, list[str]]:
    """Give what stands below each question, by its number."""
    found: dict[int, list[str]] = {}
    for card in cards:
        lines: list[str] = []
        for line in texts(card):
            title = re.match(r"(\d+)\\\. ", line)
            if title:
                lines = found.setdefault(int(title[1]), [])
            lines.append(line)
    return found


def bars(lines: list[str]) -> dict[str, int]:
    """Give the counts of the bars among some lines, by their names."""
    found = {n: re.fullmatch(r"(\d+) · \d+%", figures) for n, figures in pairwise(lines)}
    return {name: int(match[1]) for name, match in found.items() if match}


def given(count: int, question: str) -> Iterator[Answer]:
    """Give what so many people answered to a question."""
    for number in range(count):
        answers = answers_of(number)
        if question in answers:
            yield answers[question]


def counted(count: int, question: str, names: dict[str, str]) -> dict[str, int]:
    """Count what was chosen by names, words of one's own as one."""
    chosen: Counter[str] = Counter()
    for one in given(count, question):
        parts = one if isinstance(one, tuple) else (str(one),)
        chosen.update(names[part[0] if part.startswith(OTHER) else part] for part in parts)
    return {name: chosen[name] for name in names.values()}


async def survey_of(
    teams: Teams, database_url: str, count: int, **changes: object
) -> tuple[Message, list[User]]:
    """Give a survey in a chat of many people, whom so many of have answered it."""
    chat, people = crowd(teams, count + 1)
    survey = await asks(database_url, people[-1], chat, **changes)
    await answer(database_url, survey, people[:count])
    return survey, people


async def test_the_figures_of_all_pages_are_those_of_a_recount(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    survey, people = await survey_of(teams, database_url, 12)
    dialog = await people[0].opens(survey.chat, survey, "Results")
    found = blocks(await turned(dialog, "Next page"))
    assert list(found) == list(range(1, len(EVERY_TYPE) + 1))
    back = blocks(await turned(dialog, "Previous page"))
    assert {n: lines[1:3] for n, lines in back.items()} == {
        n: lines[1:3] for n, lines in found.items()
    }
    for number, question in enumerate(EVERY_TYPE, 1):
        answered = len(list(given(12, question.id)))
        assert found[number][1] == f"{answered} answers"
    teams_of = counted(12, "team", {"a": "Kitchen", "b": "Service"})
    assert bars(found[1]) == teams_of
    gear = {"g": "Gloves", "h": "A helmet", "i": "Boots", OTHER: "Other"}
    assert bars(found[2]) == counted(12, "gear", gear)
    assert bars(found[3]) == counted(12, "again", {"yes": "Yes", "no": "No"})
    stars = [int(str(one)) for one in given(12, "food")]
    assert list(bars(found[4]).values()) == [stars.count(n) for n in range(1, 6)]
    assert f"{mean(stars):.1f}" in found[4]
    likely = [int(str(one)) for one in given(12, "tell")]
    promoters = sum(n > 8 for n in likely) - sum(n < 7 for n in likely)
    assert str(round(100 * promoters / 12)) in found[5]
    far = [int(str(one)) for one in given(12, "far")]
    for figure in (f"{mean(far):g}", f"{median(far):g}", f"{min(far)}", f"{max(far)}"):
        assert f"{figure}\N{NO-BREAK SPACE}km" in found[9]


async def test_a_bar_leads_to_its_people_and_they_to_their_responses(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    survey, people = await survey_of(teams, database_url, 26)
    dialog = await people[0].opens(survey.chat, survey, "Results")
    await dialog.submits("Kitchen")
    assert "Kitchen · 13 answers" in texts(dialog.card)
    listed = [name for card in await turned(dialog, "More") for name in rows(card)]
    assert listed == [f"Person {n:04}" for n in range(24, -1, -2)]
    await dialog.submits("From the start")
    await dialog.submits("Person 0022")
    lines = texts(dialog.card)
    assert lines[1] == "Person 0022"
    assert lines[lines.index("9\\. How far is your way to work?") + 1] == "66\N{NO-BREAK SPACE}km"
    await dialog.submits("Next response")
    assert texts(dialog.card)[1] == "Person 0021"
    await dialog.submits("All results")
    await dialog.submits("Question 3 in full")
    await dialog.submits("No")
    assert {n for n in texts(dialog.card) if n.startswith("Person")} == {
        f"Person {n:04}" for n in range(26) if answers_of(n)["again"] == "no"
    }


async def test_texts_are_read_page_by_page_and_found_by_their_words(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    survey, people = await survey_of(teams, database_url, 48)
    dialog = await looks(people[0], survey, "question", question="why")
    newest = [line for line in texts(dialog.card) if line.startswith("Reason")]
    assert [line.split(":")[0] for line in newest] == ["Reason 46", "Reason 44", "Reason 42"]
    await dialog.submits("All texts of question 8")
    said = [line for card in await turned(dialog, "More") for line in texts(card)]
    found = [line.split(":")[0] for line in said if line.startswith("Reason")]
    assert found == [f"Reason {n}" for n in range(46, -1, -2)]
    await dialog.submits("From the start")
    await dialog.submits("Search", {"search": "  reason 1"})
    found = [line.split(":")[0] for line in texts(dialog.card) if line.startswith("Reason")]
    assert found == [f"Reason {n}" for n in (18, 16, 14, 12, 10)]
    assert inputs(dialog.card) == {"search": "reason 1"}
    await dialog.submits("Search", {"search": "zebra"})
    assert "No text holds these words." in texts(dialog.card)
    await dialog.submits("Search", {"search": "SOUP"})
    await dialog.submits("More")
    assert inputs(dialog.card) == {"search": "SOUP"}
    await dialog.submits("Person 0026")
    assert texts(dialog.card)[1] == "Person 0026"


async def test_everyones_response_is_met_once_person_by_person(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    survey, people = await survey_of(teams, database_url, 9)
    dialog = await people[0].opens(survey.chat, survey, "Results")
    await dialog.submits("Responded")
    assert rows(dialog.card) == [f"Person {n:04}" for n in range(8, -1, -1)]
    await dialog.submits("Person 0008")
    forth = [texts(card)[1] for card in await turned(dialog, "Next response")]
    assert forth == [f"Person {n:04}" for n in range(8, -1, -1)]
    back = [texts(card)[1] for card in await turned(dialog, "Previous response")]
    assert back == forth[::-1]
    await dialog.submits("Everyone")
    assert "Person 0003" in rows(dialog.card)


@SQLITE
async def test_two_hundred_questions_are_turned_and_each_is_met_once(
    shift: Shift, database_url: str
) -> None:
    questions = [Text(f"t{n}", f"Question number {n}?") for n in range(200)]
    survey = await asks(database_url, shift.ada, shift.chat, *questions)
    said = {question.id: f"Answer to {question.id}" for question in questions}
    await hand_in(database_url, survey, [(shift.ben, said, 1)])
    dialog = await shift.ben.opens(shift.chat, survey, "Results")
    assert list(blocks(await turned(dialog, "Next page"))) == list(range(1, 201))
    await dialog.submits("My response")
    pages = await turned(dialog, "Next page")
    lines = [line for card in pages for line in texts(card) if line.startswith("Answer to")]
    assert lines == list(said.values())


# One's own


async def test_every_own_response_is_listed_to_its_author(shift: Shift, database_url: str) -> None:
    survey = await asks(database_url, shift.ada, shift.chat, several=True)
    own = [(shift.ben, answers_of(n), n + 1) for n in range(3)]
    await hand_in(database_url, survey, [*own, (shift.chloe, answers_of(9), 1)])
    dialog = await shift.ben.opens(shift.chat, survey, "Results")
    assert "2 of 3 responded" in text(dialog.card)
    await dialog.submits("My response")
    ways = [
        re.search(r"(\d+)\skm", text(card)) for card in await turned(dialog, "Previous response")
    ]
    assert [way and int(way[1]) for way in ways] == [6, 3, 0]
    assert "Edit my response" in buttons(dialog.card)
    dialog = await looks(shift.ada, survey, "my_response")
    assert "You have not responded." in texts(dialog.card)


async def test_an_own_anonymous_response_is_known_until_closing(
    shift: Shift, database_url: str
) -> None:
    survey = await asks(database_url, shift.ada, shift.chat, anonymous=True)
    await answer(database_url, survey, [shift.ben, shift.chloe])
    dialog = await looks(shift.chloe, survey, "my_response")
    assert "3\N{NO-BREAK SPACE}km" in texts(dialog.card)
    assert not re.search(r"\d\d:\d\d", text(dialog.card).split("My response")[1].split("11")[0])
    managed = await looks(shift.ada, survey, "manage")
    await managed.submits("Close now")
    dialog = await looks(shift.chloe, survey, "my_response")
    assert "You responded; which answer is yours is no longer known to anyone." in texts(
        dialog.card
    )


# Who sees what


SEES = {
    Visibility.EVERYONE: ("creator respondent other", "creator respondent other"),
    Visibility.AFTER_RESPONDING: ("creator respondent", "creator respondent other"),
    Visibility.AFTER_CLOSING: ("creator", "creator respondent other"),
    Visibility.CREATOR: ("creator", "creator"),
}
"""Who looks into results while it is open, and once it is closed."""


@SQLITE
@pytest.mark.parametrize("visibility", SEES)
async def test_results_are_looked_into_by_whom_the_setting_names(
    shift: Shift, database_url: str, visibility: Visibility
) -> None:
    survey = await asks(database_url, shift.ada, shift.chat, visibility=visibility)
    await answer(database_url, survey, [shift.ben])
    assert await who_sees(shift, survey) == SEES[visibility][0]
    dialog = await looks(shift.ada, survey, "manage")
    await dialog.submits("Close now")
    assert await who_sees(shift, survey) == SEES[visibility][1]


async def who_sees(shift: Shift, survey: Message) -> str:
    """Give who sees results; all ways to look into them must agree."""
    seeing = []
    people = {"creator": shift.ada, "respondent": shift.ben, "other": shift.chloe}
    for name, person in people.items():
        dialog = await person.opens(shift.chat, survey, "Results")
        sees = "Question 1 in full" in buttons(dialog.card)
        assert ("%" in text(dialog.card)) == sees
        seeing += [name] if sees else []
        for look in closely(person_of(shift.ben, shift.chat).key):
            dialog = await looks(person, survey, **look)
            assert (text(dialog.card) == HIDDEN) == (not sees), look
    return " ".join(seeing)


def closely(slot: str) -> list[dict[str, str]]:
    """Give every way to look closely, at what the person of number 0 answered."""
    return [
        {"verb": "question", "question": "team"},
        {"verb": "texts", "question": "why"},
        {"verb": "drill", "question": "team", "bucket": "a"},
        {"verb": "response", "slot": slot},
    ]


async def test_anonymous_results_are_shown_from_three_responses_on(
    shift: Shift, database_url: str
) -> None:
    survey = await asks(database_url, shift.ada, shift.chat, anonymous=True)
    await answer(database_url, survey, [shift.ben, shift.chloe])
    ben = person_of(shift.ben, shift.chat).key
    for person in (shift.ada, shift.ben, shift.chloe):
        dialog = await person.opens(shift.chat, survey, "Results")
        assert "Results are shown from three responses on" in text(dialog.card)
        assert "%" not in text(dialog.card)
        for look in closely(ben):
            assert text((await looks(person, survey, **look)).card) == HIDDEN
    third = [(shift.ada, answers_of(2), 1)]
    await hand_in(database_url, survey, third)
    for person in (shift.ada, shift.ben, shift.chloe):
        dialog = await person.opens(shift.chat, survey, "Results")
        assert bars(blocks([dialog.card])[1]) == {"Kitchen": 2, "Service": 1}
        verbs = ("question", "texts", "drill", "response")
        shown = {look["verb"]: (await looks(person, survey, **look)).card for look in closely(ben)}
        assert tuple(shown) == verbs
        assert [text(shown[verb]) for verb in verbs[2:]] == [UNKNOWN, UNKNOWN]
        said = text(shown["texts"])
        assert said.index("Reason 0") < said.index("Reason 2")
        assert names_nobody(shift, shown["texts"])
        assert names_nobody(shift, shown["question"])
        await dialog.submits("Responded")
        assert rows(dialog.card) == []


def names_nobody(shift: Shift, card: Card) -> bool:
    """Give whether a card holds nobody's name or id, nor a time."""
    held = str(card)
    people = (shift.ada, shift.ben, shift.chloe)
    ids = [part for one in people for part in (one.name, one.mri, one.object_id)]
    return not any(part in held for part in ids) and not re.search(r"\d\d:\d\d", text(card))


async def test_a_forged_button_finds_nothing(shift: Shift, database_url: str) -> None:
    survey = await asks(database_url, shift.ada, shift.chat)
    await answer(database_url, survey, [shift.ben, shift.chloe])
    chat = shift.teams.group_chat([shift.ada, shift.ben], "Late shift")
    other = await asks(database_url, shift.ada, chat)
    await hand_in(database_url, other, [(shift.ada, answers_of(4), 1)])
    slot = person_of(shift.ada, shift.chat).key
    odd = ("", "mystery", "\x00", "%", "*", "'; DROP TABLE responses", "x" * 3_000)
    forged = [
        *({"verb": "question", "question": one} for one in odd),
        *({"verb": "texts", "question": one} for one in (*odd, "team")),
        *({"verb": "drill", "question": "team", "bucket": one} for one in odd),
        *({"verb": "drill", "question": one, "bucket": "a"} for one in odd),
        {"verb": "drill", "question": "gear", "bucket": "a"},
        *({"verb": "response", "slot": one} for one in (*odd, slot, f"{slot}#2")),
    ]
    for look in forged:
        dialog = await looks(shift.ben, survey, **look)
        assert text(dialog.card).startswith("⚠ "), look
        assert len(texts(dialog.card)) == 1, look
    assert shift.ben.errors == []


@SQLITE
async def test_forged_places_show_what_there_is(shift: Shift, database_url: str) -> None:
    survey = await asks(database_url, shift.ada, shift.chat)
    await answer(database_url, survey, [shift.ben, shift.chloe])
    for start in (
        "x",
        "\x00",
        '["2020-01-01", "x"]',
        '["2026-01-01T00:00:00+00:00", "\x00"]',
        "[]",
    ):
        for look in (
            {"verb": "texts", "question": "why"},
            {"verb": "drill", "question": "team", "bucket": "a"},
            {"verb": "responded"},
        ):
            dialog = await looks(shift.ben, survey, **look, start=start)
            assert not text(dialog.card).startswith("⚠ "), (look, start)
    for place in ({"first": 999_999}, {"before": 999_999}, {"skip": 999_999}, {"number": 99}):
        for verb in ("results", "my_response"):
            dialog = await looks(shift.ben, survey, verb, **place)
            assert blocks([dialog.card])


@SQLITE
async def test_who_is_not_in_the_chat_looks_at_nothing(shift: Shift, database_url: str) -> None:
    survey = await asks(database_url, shift.ada, shift.chat)
    await answer(database_url, survey, [shift.ben])
    eve = shift.teams.user("Eve")
    chat = shift.teams.group_chat([eve, shift.ben], "Elsewhere")
    poll = await poll_in(chat, eve)
    for look in [*closely(person_of(shift.ben, shift.chat).key), {"verb": "results"}]:
        dialog = await eve.opens(chat, poll, "Results")
        await looks_at(dialog, survey, **look)
        assert text(dialog.card) == "⚠ This is not here, or not meant for this chat."


async def poll_in(chat: Chat, user: User) -> Message:
    """Let someone post a poll in another chat."""
    await user.says(chat, "poll Lunch? | Pizza | Sushi")
    return await chat.wait_for_message(lambda message: message.has_card)


# In the personal chat


@SQLITE
async def test_results_are_looked_into_in_place(shift: Shift, database_url: str) -> None:
    survey = await asks(database_url, shift.ada, shift.chat)
    await answer(database_url, survey, [shift.ben, shift.chloe])
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    listed = chat.latest
    tap = partial(shift.ada.taps, chat, listed)
    for title in ("How is it going?", "Results", "Kitchen", "Ben Castillo"):
        await tap(title)
    assert "Ben Castillo" in texts(shift.ada.view(chat, listed))
    await tap("Previous response")
    assert "Chloé Lefèvre" in texts(shift.ada.view(chat, listed))
    await tap("All results")
    while "All texts of question 8" not in buttons(shift.ada.view(chat, listed)):
        await tap("Next page")
    await tap("All texts of question 8")
    assert "Reason 0" in text(shift.ada.view(chat, listed))
    await tap("All results")
    assert "8\\. Why?" in texts(shift.ada.view(chat, listed))

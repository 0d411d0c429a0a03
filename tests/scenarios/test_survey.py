"""A manager's survey from the first line to the exported file, counted again by the test."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.scenarios.exports import offered, rows_of, shows
from tests.scenarios.house import running
from tests.scenarios.questionnaire import (
    COLOURS,
    COUNT,
    REQUIRED,
    RULES,
    Sheet,
    builds,
    goes_on,
    sort_of,
    words_of,
)
from tests.scenarios.steps import SQLITE
from tests.teams import Chat, Message, Teams, User
from tests.teams.cards import buttons, text
from tests.teams.forms import Value

TITLE = "How was the year?"
PEOPLE, SILENT = 30, 3
LEFT_HALFWAY, EDITING = range(10, 16), range(20, 25)


@dataclass(slots=True)
class Year:
    """A survey that people fill in; their sheets, in the order of the people."""

    teams: Teams
    chat: Chat
    creator: User
    people: list[User]
    survey: Message
    sheets: list[Sheet] = field(default_factory=list)

    async def answer(self, person: int, *, pages: int = 99) -> None:
        """Let someone fill in the survey, or so many pages of it."""
        user = self.people[person]
        sheet = Sheet(user, person)
        self.sheets.append(sheet)
        dialog = await user.opens(self.chat, self.survey, "Answer")
        await goes_on(sheet, dialog, pages=pages)
        if "Hand in" in buttons(dialog.card):
            await dialog.submits("Hand in")
            assert "Thank you!" in text(dialog.card)

    async def go_on(self, person: int) -> None:
        """Let someone go on where they were, and hand in."""
        user, sheet = self.people[person], self.sheets[person]
        dialog = await user.opens(self.chat, self.survey, "Answer")
        assert "You go on where you were." in text(dialog.card)
        await goes_on(sheet, dialog)
        await dialog.submits("Hand in")
        assert "Thank you!" in text(dialog.card)

    async def change(self, person: int) -> None:
        """Let someone change the answer that question 5 depends on."""
        user, sheet = self.people[person], self.sheets[person]
        dialog = await user.opens(self.chat, self.survey, "Answer")
        await dialog.submits("Edit my response")
        await dialog.submits("Change answer 4")
        await dialog.submits("Done", {f"4. {words_of(4)}": "No"})
        had_five = 5 in sheet.asked and bool(sheet.typed[5])
        assert ("1 answer is left out" in text(dialog.card)) == had_five
        sheet.typed[4] = dict.fromkeys(sheet.typed[4] or ["4"], "No")
        sheet.asked.discard(5)
        await dialog.submits("Hand in")
        assert "Thank you!" in text(dialog.card)

    def told(self) -> Iterator[tuple[int, int, dict[str, Value]]]:
        """Give every answer: whose, to which question, and what was typed."""
        for sheet in self.sheets:
            for number in sorted(sheet.asked):
                if sheet.typed[number]:
                    yield sheet.person, number, sheet.typed[number]


@SQLITE
async def test_forty_questions_are_built_answered_and_taken_away(
    teams: Teams, database_url: str
) -> None:
    year = await _asked(teams, database_url)
    async with running(teams, database_url):
        for person in LEFT_HALFWAY:
            await year.go_on(person)
        for person in range(LEFT_HALFWAY.stop, PEOPLE):
            await year.answer(person)
        for person in EDITING:
            await year.change(person)
        await year.chat.wait_until(
            lambda: f"{PEOPLE} of {PEOPLE + SILENT} responded" in text(year.survey.card)
        )
        await _check_rules(year)
        await _check_results(year)
        await _check_silent(year)
        await _check_export(year)


async def _asked(teams: Teams, database_url: str) -> Year:
    """Build and post the survey, and let the first ones answer until the bot goes down."""
    people = [teams.user(f"Person {number:02}") for number in range(PEOPLE + SILENT)]
    chat = teams.group_chat(people, "Everyone")
    async with running(teams, database_url):
        survey = await builds(people[-1], chat, TITLE)
        year = Year(teams, chat, people[-1], people, survey)
        for person in range(LEFT_HALFWAY.start):
            await year.answer(person)
        for person in LEFT_HALFWAY:
            await year.answer(person, pages=3)
    return year


async def _check_rules(year: Year) -> None:
    """Each rule showed its question to some and hid it from others."""
    for number in RULES:
        shown = sum(number in sheet.asked for sheet in year.sheets)
        assert 0 < shown < PEOPLE, number


async def _check_results(year: Year) -> None:
    """Every question's answers are counted, and so is every option of those that have some."""
    answers = Counter(number for _, number, _ in year.told())
    chosen = Counter(
        (number, colour)
        for _, number, typed in year.told()
        if sort_of(number) in {"one", "several", "drop-down"}
        for colour in _listed(next(iter(typed.values())))
    )
    dialog = await year.creator.opens(year.chat, year.survey, "Results")
    seen: dict[int, str] = {}
    while True:
        seen.update(_sections(text(dialog.card)))
        if "Next page" not in buttons(dialog.card):
            break
        await dialog.submits("Next page")
    assert set(seen) == set(range(1, COUNT + 1))
    for number, words in seen.items():
        count = answers[number]
        assert f"{count} answer{'' if count == 1 else 's'}\n" in words, words
        if sort_of(number) in {"one", "several", "drop-down"}:
            for colour in COLOURS:
                share = round(100 * chosen[number, colour] / count)
                found = re.search(rf"{re.escape(colour)}\n(\d+) · (\d+)%", words)
                assert found, words
                assert int(found[1]) == chosen[number, colour]
                assert abs(int(found[2]) - share) <= 1


async def _check_silent(year: Year) -> None:
    dialog = await year.creator.opens(year.chat, year.survey, "Results")
    await dialog.submits("Not responded")
    named = set(re.findall(r"Person \d\d", text(dialog.card)))
    assert named == {person.name for person in year.people[PEOPLE:]}


async def _check_export(year: Year) -> None:
    """The file holds what each person typed, and nothing else."""
    chat, offer = await offered(year.creator, TITLE)
    upload = await year.creator.accepts_file(offer)
    await shows(chat, offer, "Results successfully downloaded.")
    rows = rows_of(upload.content)
    assert {row["Name"] for row in rows} == {one.name for one in year.people[:PEOPLE]}
    assert len(rows) == PEOPLE
    by_name = {row["Name"]: row for row in rows}
    for sheet in year.sheets:
        row = by_name[sheet.user.name]
        for number in range(1, COUNT + 1):
            typed = sheet.typed[number] if number in sheet.asked else {}
            assert _cell(row, number) == _written(number, typed), (sheet.person, number)
        assert all(number in sheet.asked for number in REQUIRED)


def _cell(row: Mapping[str, str], number: int) -> list[str]:
    """Give the cells of a question, one or, of statements, several."""
    words = words_of(number)
    return [value for name, value in row.items() if name.split(" – ")[0] == words]


def _written(number: int, typed: Mapping[str, Value]) -> list[str]:
    """Give what a spreadsheet shall show for what was typed."""
    sort = sort_of(number)
    if not typed:
        return [""] * (len(COLOURS) if sort == "likert" else 1)
    values = [str(value) for value in typed.values()]
    if sort == "several":
        given = _listed(next(iter(typed.values())))
        values = ["; ".join(colour for colour in COLOURS if colour in given)]
    elif sort in {"yes/no", "like"}:
        values = [str(values[0] in {"Yes", "👍 Like"}).upper()]
    elif sort == "ranking":
        places = dict(zip(values, COLOURS, strict=True))
        values = [" > ".join(places[place] for place in sorted(places))]
    elif sort in {"scale", "nps"}:
        values = [re.split(r"\D", values[0])[0]]
    return values


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _sections(words: str) -> Iterator[tuple[int, str]]:
    """Cut a page of results at the questions."""
    parts = re.split(r"^\d+\\?\. Question (\d+) of sort.*$", words, flags=re.MULTILINE)
    for number, section in zip(parts[1::2], parts[2::2], strict=True):
        yield int(number), section.strip() + "\n"

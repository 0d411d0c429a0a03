"""Who may do what: every verb, pressed by everybody, on everything that there is.

What is refused changes nothing in the database, and tells strangers nothing.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest

from actions.errors import MusterError
from bot.verbs import VERBS
from cards.envelope import Envelope
from cards.sentences import FAILED, SENTENCES, sentence
from cards.texts import texts_for
from dialogs.place import Place
from tests.scenarios.rights import (
    CONTENTS,
    ROLES,
    SECRET,
    STRANGERS,
    Company,
    Tables,
    company,
    settled,
)
from tests.scenarios.rights_table import ARGUMENTS, RIGHTS, ROWS, TAPS, TYPED, USED_UP, Row
from tests.scenarios.steps import SQLITE
from tests.teams import Answer
from tests.teams.cards import text

BROKE: Final = FAILED.partition("(")[0]
"""What is said where something broke that nobody foresaw."""


@dataclass(slots=True)
class Office:
    """What is pressed on, made once and looked up by its name."""

    house: Company
    ids: dict[str, str] = field(default_factory=dict)

    async def has(self, name: str) -> str:
        """Give the id of what has a name."""
        if name not in self.ids:
            self.ids[name] = await self.house.makes(name)
        return self.ids[name]


@pytest.fixture
async def house(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Company]:
    async with company(database_url, monkeypatch) as made:
        yield made


@pytest.fixture
def tables(database_url: str) -> Iterator[Tables]:
    made = Tables(database_url)
    yield made
    made.close()


def test_every_verb_has_its_row() -> None:
    assert {row.verb for row in ROWS} == VERBS.keys() | TAPS
    assert {role for row in ROWS for role in row.may} - {"-"} == ROLES.keys()
    assert SENTENCES.keys() >= RIGHTS


@SQLITE
async def test_who_may_not_do_something_changes_nothing_and_learns_nothing(
    house: Company, tables: Tables
) -> None:
    office = Office(house)
    for row in ROWS:
        await office.has(row.made)
    await settled(house, tables)
    tables.changed()
    wrong = []
    for row in ROWS:
        for role in (role for role in ROLES if role not in row.may):
            answer = await pressed(house, row, role, office.ids[row.made])
            found = refused_wrongly(row, role, answer)
            if found := found or ", ".join(tables.changed()):
                wrong.append(f"{row.verb} on {row.subject} by {role}: {found}")
    assert not wrong, "\n".join(wrong)


@SQLITE
async def test_who_may_do_something_can(house: Company) -> None:
    office, wrong = Office(house), []
    for row in ROWS:
        for role in (role for role in ROLES if role in row.may):
            is_used_up = row.verb in USED_UP or row.made not in CONTENTS
            make = house.makes if is_used_up else office.has
            answer = await pressed(house, row, role, await make(row.made))
            told = told_codes(answer)
            is_done = answer.status == 200 and bool(answer.card or answer.message)
            if not is_done or told & RIGHTS or BROKE in str(answer.body):
                wrong.append(f"{row.verb} on {row.subject} by {role}: {told or answer}")
    assert not wrong, "\n".join(wrong)


@SQLITE
async def test_a_verb_of_another_kind_does_nothing_to_anything(
    house: Company, tables: Tables
) -> None:
    known = {(row.verb, row.subject) for row in ROWS}
    verbs = sorted({row.verb for row in ROWS if row.subject in CONTENTS})
    office = Office(house)
    for name in CONTENTS:
        await office.has(name)
    await settled(house, tables)
    tables.changed()
    wrong = []
    for verb in verbs:
        for name in CONTENTS:
            if (verb, name) in known:
                continue
            for role in ("M", *STRANGERS):
                row = Row(verb, name, "-", "-")
                answer = await pressed(house, row, role, office.ids[name])
                found = refused_wrongly(row, role, answer)
                if found := found or ", ".join(tables.changed()):
                    wrong.append(f"{verb} on {name} by {role}: {found}")
    assert not wrong, "\n".join(wrong)


async def pressed(house: Company, row: Row, role: str, subject_id: str) -> Answer:
    """Let somebody press it."""
    hidden = dict(TYPED)
    if row.subject.startswith("edit:"):
        hidden["edits"] = subject_id
    argument = ARGUMENTS.get(row.verb, "")
    if row.made in {"draft", "new"}:
        argument = "quiz"
    if not argument:
        slot = house.cast["C"].person.key
        asked, bucket = ("i0", "done") if row.made in {"own", "shared"} else ("one", "a")
        asked = "text" if row.verb == "texts" else asked
        bucket = "yes" if row.verb == "response.check" else bucket
        argument = Place(question=asked, bucket=bucket, slot=slot).encode()
    envelope = Envelope(row.verb, subject_id, argument).encode()
    return await house.cast[role].presses(hidden | envelope)


def refused_wrongly(row: Row, role: str, answer: Answer) -> str:
    """Give what is wrong with a refusal, nothing where it is right."""
    code, told = row.refusal(role), told_codes(answer)
    if answer.status != 200 or BROKE in str(answer.body):
        return f"answered {answer.status}: {answer.message}"
    if code and code not in told:
        return f"told {told or answer.message or text(answer.card)[:200]!r} instead of {code}"
    if role in STRANGERS and row.made in CONTENTS and answer.card is not None:
        return "shown a card"
    is_secret = role in STRANGERS or row.made not in CONTENTS
    return "told a secret" if is_secret and SECRET in str(answer.body) else ""


def told_codes(answer: Answer) -> set[str]:
    """Give the codes of all refusals that an answer says."""
    said = f"{answer.message or ''}\n{text(answer.card)}"
    texts = texts_for("en-GB")
    return {code for code in RIGHTS if sentence(texts, MusterError(code)) in said}

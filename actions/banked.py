"""What a bank holds: questions that were kept, pages of them, and what the last import did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal, Self, TypeAlias

from actions import content
from actions.bank import BankItem, Finding
from actions.content import Content
from actions.errors import Problem
from actions.quantity import Quantity

QUESTION: Final = "q"
"""The id of every question in a bank; in an action it gets one of its own."""

BankFormat: TypeAlias = Literal["xlsx", "csv", "gift"]
BANK_FORMATS: Final[tuple[BankFormat, ...]] = ("xlsx", "csv", "gift")
"""What the questions of a bank can be taken out as; the names are also the files' endings."""

MOST_FINDINGS = 1_000
"""How many findings of an import are kept."""

LONGEST_VALUE: Final = 200
"""Characters of someone's words in a finding that is kept; its sentence says fewer."""


@dataclass(frozen=True, slots=True)
class Banked:
    """A question in someone's bank; the same question has the same id, whatever its tags."""

    id: str
    item: BankItem
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """Some of the questions of a bank: those that hold `search` and have `tag`, if they are given.

    The name, the text, the options and the tags are searched.
    """

    search: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class BankOrder:
    """Who wants which of their questions how; `locale` is the language of the file's name."""

    person: str
    format: BankFormat
    locale: str
    selection: Selection = Selection()

    @property
    def subject(self) -> str:
        """What is exported, for the log."""
        return "bank"


@dataclass(frozen=True, slots=True)
class BankPage:
    """Questions, the latest changed first; `following` is the mark of the next page, if any."""

    items: Sequence[Banked] = ()
    following: str = ""


@dataclass(frozen=True, slots=True)
class BankCounts:
    """How many questions there are in all, and how many with each tag, by the tags' order."""

    items: int
    tags: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    `added` are new, `changed` got another name or further tags, `same` were there as they are, and
    for `beyond` there was no room. `findings` say what was left out or read with a change,
    `unsaid` how many more there were of them.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    beyond: int = 0
    findings: tuple[Finding, ...] = ()
    unsaid: int = 0

    def encode(self) -> dict[str, Any]:
        """Give the stored form, JSON types only."""
        numbers = (self.added, self.changed, self.same, self.beyond, self.unsaid)
        return {"v": 1, "numbers": numbers, "findings": [_encoded(one) for one in self.findings]}

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """Read the stored form."""
        added, changed, same, beyond, unsaid = stored["numbers"]
        findings = tuple(_decoded(one) for one in stored["findings"])
        return cls(added, changed, same, beyond, findings, unsaid)


def encode(item: BankItem) -> dict[str, Any]:
    """Give the stored form of a question with its key: a content of one question."""
    keys = {item.question.id: item.key}
    return content.encode(Content("", (item.question,), keys=keys))


def decode(stored: Mapping[str, Any], tags: Sequence[str], name: str) -> BankItem:
    """Read the stored form of a question with its key, and what is stored beside it."""
    read = content.decode(stored)
    (question,) = read.questions
    return BankItem(question, read.keys[question.id], tuple(tags), name)


def _encoded(finding: Finding) -> list[Any]:
    values = {name: _value(value) for name, value in finding.problem.values.items()}
    return [finding.line, finding.problem.code, values, finding.part, finding.kept]


def _value(value: object) -> object:
    match value:
        case Quantity():
            return {"value": str(value.value), "unit": value.unit}
        case int():
            return value
        case _:
            return str(value)[:LONGEST_VALUE]


def _decoded(stored: Sequence[Any]) -> Finding:
    line, code, values, part, kept = stored
    read = {
        name: Quantity(Decimal(value["value"]), value["unit"])
        if isinstance(value, Mapping)
        else value
        for name, value in values.items()
    }
    return Finding(line, Problem(code, read), part, kept)

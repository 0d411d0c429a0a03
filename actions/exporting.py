"""An action as a table: a row for each response, one column or more for each question."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from actions.action import Action, Status
from actions.attempts import Attempt, Attempts, attempts_in
from actions.banked import BankOrder
from actions.content import Content
from actions.due import zone
from actions.entry import Cell
from actions.errors import NotFound
from actions.exporting_ticks import ABOUT_TICKS, about_ticks, is_shared, sheets_of
from actions.history import Entry
from actions.marking import mark, shown
from actions.marks import seconds
from actions.people import Person
from actions.policy import FEW, check_manages
from actions.ports import Ports, Store
from actions.questions import Question
from actions.responses import Response, number_of
from actions.sitting import exam_of
from actions.tables import Field, FieldType, Row, Sheet, told_apart
from actions.viewing import View, view_of

Format: TypeAlias = Literal["xlsx", "csv", "json"]
FORMATS: Final[tuple[Format, ...]] = ("xlsx", "csv", "json")
"""What an export can be; the names are also the files' endings."""

LINK_LASTS: Final = timedelta(minutes=15)
"""How long a link to an export works."""

ABOUT_RESPONSES: Final = ("name", "person", "submitted", "response")
"""What a named action's rows begin with: who, their id in Entra, when, and which of theirs."""


ABOUT_ATTEMPTS: Final = (
    *("name", "person", "submitted"),
    *("score", "of", "percent", "passed", "attempt_count", "seconds"),
)
"""The same where responses are marked: the points of the attempt that counts, out of how many.

Then how many attempts there were, and how long they took.
"""

POINTS: Final = "{question} – points"
"""The name of a marked question's second column."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants which action how; `locale` is the language of what we write into it."""

    action_id: str
    person: str
    format: Format
    locale: str

    @property
    def subject(self) -> str:
        """What is exported, for the log."""
        return self.action_id


AnyOrder: TypeAlias = Order | BankOrder
"""What a file is made of: an action's responses, or questions of someone's bank."""


_TYPES: Final[Mapping[str, FieldType]] = {
    "name": "text",
    "person": "text",
    "submitted": "moment",
    "passed": "boolean",
    "last_tick": "moment",
    "finished": "boolean",
}
"""What is in the columns that are about the response, where it is no number."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of an action's responses, and how a response fills them.

    `words` are those for what is stored as a code; what has none stays one.
    """

    action: Action
    fields: tuple[Field, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def about(self) -> tuple[str, ...]:
        """The codes of the columns that are about the response, which come first."""
        if self.action.settings.anonymous:
            return ()
        if self.action.content.checklist is not None:
            return ABOUT_TICKS
        return ABOUT_RESPONSES if self.action.content.exam is None else ABOUT_ATTEMPTS

    def row(self, response: Response) -> Row:
        """Give a response's cells, as many as there are fields; None where there is nothing."""
        given, content = response.answers or {}, self.action.content
        cells: list[Cell] = []
        if not self.action.settings.anonymous:
            cells += _about(response, self.action)
        for question in content.questions:
            answer = given.get(question.id)
            if answer is None or answer == ():
                cells += (None,) * len(question.columns())
            else:
                cells += self._worded(question.cells(answer))
            if question.id in content.keys:
                best = attempts_in(given).best
                cells.append(None if best is None else points_at(content, best, question))
        return tuple(cells)

    def _worded(self, cells: Row) -> Row:
        return tuple(self.words.get(c, c) if isinstance(c, str) else c for c in cells)


@dataclass(frozen=True, slots=True)
class Report:
    """What an export says besides the responses: what holds when it is made.

    `withheld`: there are too few anonymous responses to show any. `sheets` are those that it has
    beside the responses.
    """

    table: Table
    view: View
    at: datetime
    sheets: tuple[Sheet, ...] = ()

    @property
    def has_responses(self) -> bool:
        """There is a row for each response; a list that all share has none."""
        return not is_shared(self.view.action)

    @property
    def withheld(self) -> bool:
        """Too few anonymous responses are there to show any (product.md §2)."""
        return is_withheld(self.view)


def is_withheld(view: View) -> bool:
    """Give whether responses are there, but too few anonymous ones to show any."""
    anonymous, responded = view.action.settings.anonymous, view.tallies.responded
    return anonymous and 0 < responded < FEW


def table_of(
    action: Action,
    names: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> Table:
    """Give an action's table; `names` are those of columns, by their codes, and of POINTS."""
    named = names or {}
    fields = [
        Field(named.get(code, code), _TYPES.get(code, "number"))
        for code in Table(action, ()).about
    ]
    for question in action.content.questions:
        text = " ".join(question.text.split())
        for column in question.columns():
            whole = f"{text} – {column.name}" if column.name else text
            fields.append(Field(whole, column.type, question.id, column.name))
        if question.id in action.content.keys:
            whole = named.get(POINTS, POINTS).format(question=text)
            fields.append(Field(whole, "number", question.id, is_points=True))
    # What a person wrote may look like a code: only ticks are worded.
    is_ticked = action.content.checklist is not None
    return Table(action, told_apart(fields), (words or {}) if is_ticked else {})


def points_at(content: Content, attempt: Attempt, question: Question) -> Decimal | None:
    """Give what an attempt got for a question, as it is shown; None where it was not asked."""
    key = content.keys.get(question.id)
    if key is None or question.id not in attempt.asked:
        return None
    return shown(mark(question, key, attempt.answers.get(question.id)))


async def exportable(ports: Ports, person_key: str, action_id: str) -> Action:
    """Give an action to someone who may have its responses. Raises NotFound, NotAllowed."""
    action = await ports.store.action(action_id)
    if action.status is Status.DELETED:
        raise NotFound("deleted")
    check_manages(action, person_key)
    return action


async def report(
    ports: Ports,
    order: Order,
    names: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> Report:
    """Give what an export says besides the responses. Raises NotFound, NotAllowed.

    `names` are those of columns, `words` those of what is stored as a code.
    """
    action = await exportable(ports, order.person, order.action_id)
    tallies, now = await ports.store.tallies(action.id), ports.clock.now()
    table, seen = table_of(action, names, words), view_of(action, tallies, now, order.person)
    return Report(table, seen, now, sheets_of(action, names or {}))


async def responses(store: Store, action: Action) -> AsyncGenerator[Sequence[Response], None]:
    """Give an action's responses, some at a time; none while they are too few anonymous ones."""
    least = FEW if action.settings.anonymous else 1
    held: list[Response] | None = []
    async with aclosing(store.all_responses(action.id)) as stored:
        async for some in stored:
            if held is None:
                yield some
                continue
            held.extend(some)
            if len(held) >= least:
                yield held
                held = None


async def record(ports: Ports, order: Order, name: str) -> None:
    """Write down that someone was given an export. Raises NotFound, NotSaved."""
    who = Person(order.person, name)
    entry = Entry(ports.clock.now(), who, "exported", {"format": order.format})
    await ports.store.record(order.action_id, entry)


def _about(response: Response, action: Action) -> Row:
    if action.content.checklist is not None:
        return about_ticks(response, action)
    person, at = response.person, response.at
    if at is not None:
        at = at.astimezone(zone(action.time_zone)).replace(microsecond=0)
    # A key ends in the id in Entra, which tells people of one name apart and finds them in other
    # tables; of who has none, in Teams' own id.
    who = person.name, person.key.partition("/")[2], at
    if action.content.exam is None:
        return *who, number_of(response.slot, person.key)
    return *who, *_marks(action.content, attempts_in(response.answers))


def _marks(content: Content, attempts: Attempts) -> tuple[Cell, ...]:
    exam, reached = exam_of(content), attempts.score(content)
    points: tuple[Cell, ...] = (None,) * 4
    if reached is not None:
        passed = reached.passed(exam.pass_mark)
        points = shown(reached.points), reached.of, reached.shown(), passed
    return *points, attempts.used, seconds(attempts)

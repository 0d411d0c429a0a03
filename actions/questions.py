"""What every question type can do, and the list of the types.

A new type is a frozen dataclass in a file of its own that satisfies `Question`, named in
`QUESTION_TYPES`; how it looks is in the file of the same name in `cards/`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, Self, TypeAlias, runtime_checkable

from actions.about import About
from actions.choice import Choice
from actions.conditions import Operator
from actions.either import Either
from actions.entry import PLAIN, Cell, Column, Entry, Reading
from actions.fields import Fields
from actions.item import Item
from actions.lesson import Lesson
from actions.likert import Likert
from actions.moment import Date, TimeOfDay
from actions.number import Number
from actions.ranking import Ranking
from actions.scale import Scale
from actions.text import Text

Answer: TypeAlias = tuple[str, ...] | str | int
"""One question's value: option ids, a text, or a number in the question's smallest unit."""

Answers: TypeAlias = Mapping[str, Answer]
"""One response's answers by question id; a question without an answer is absent."""


class Question(Protocol):
    """What the rest of the domain asks of a question, whatever its type.

    An answer that is given to a question is one that its `parse` or `restore` gave.
    """

    type: ClassVar[str]
    operators: ClassVar[tuple[Operator, ...]]
    """How its answers can be compared in a condition."""

    @property
    def id(self) -> str:
        """Opaque, never reused within an action."""

    @property
    def text(self) -> str:
        """What is asked."""

    @property
    def about(self) -> About:
        """What every question has."""

    @property
    def length(self) -> int:
        """About how many characters its fields take on a card, with what is typed in them."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields (`actions.entry`); none where nothing is asked."""

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the fields of the form that makes questions; adds to its problems."""

    def form(self) -> Mapping[str, str]:
        """Give the fields from which `build` makes this question, options with the same ids."""

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> Answer | None:
        """Read what a client sent; blank is None.

        Raises InvalidAnswers, by the whole names of the fields (`actions.entry.field_of`).
        """

    def enter(self, answer: Answer, reading: Reading = PLAIN) -> Entry:
        """Give the fields' values from which `parse` makes this answer."""

    def gaps(self, answer: Answer | None) -> tuple[str, ...]:
        """Give the fields, by their own names, that are blank and that a required one needs."""

    def restore(self, stored: Any) -> Answer | None:
        """Give the answer that its stored JSON form stands for, None where it stands for none."""

    def buckets(self, answer: Answer) -> Iterable[tuple[str, int]]:
        """Give the tally's buckets that an answer counts in, each with its amount to sum."""

    def keeps(self, before: "Question") -> bool:
        """Give whether every stored answer to `before` stands as it is."""

    def meets(self, operator: Operator, value: str, answer: Answer) -> bool:
        """Give whether an answer compares so with a condition's value."""

    def columns(self) -> tuple[Column, ...]:
        """Give its columns in a table of responses, none where nothing is asked."""

    def cells(self, answer: Answer) -> tuple[Cell, ...]:
        """Give an answer's cells, one for each of the columns."""

    def encode(self) -> dict[str, Any]:
        """Give the stored form, without the type and without `about`."""

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About) -> Self:
        """Read the stored form, of this or any earlier version."""


@runtime_checkable
class Worded(Protocol):
    """What a question has besides, if some answer it in their own words."""

    @property
    def takes_words(self) -> bool:
        """An answer may hold someone's own words."""

    def words(self, answer: Answer) -> str:
        """Give what of an answer is in someone's own words, empty where nothing is."""

    def reworded(self, answer: Answer, words: str) -> Answer:
        """Give an answer that holds words with others in their place."""


QUESTION_TYPES: tuple[type[Question], ...] = (
    Choice,
    Either,
    Scale,
    Likert,
    Ranking,
    Text,
    Number,
    Date,
    TimeOfDay,
    Lesson,
    Item,
)
"""Every question type."""


def question_type(name: str) -> type[Question]:
    """Give the type of that name. Raises KeyError: it is one that was stored."""
    return {one.type: one for one in QUESTION_TYPES}[name]


def takes_words(question: Question) -> bool:
    """Give whether some answer a question in their own words."""
    return isinstance(question, Worded) and question.takes_words


def words_of(question: Question, answer: Answer | None) -> str:
    """Give what of an answer is in someone's own words, empty where nothing is."""
    if answer is None or not isinstance(question, Worded):
        return ""
    return question.words(answer)


def restore_answers(questions: Iterable[Question], stored: Mapping[str, Any]) -> Answers:
    """Give the answers that a stored response holds, those of deleted questions left out."""
    answers = {}
    for question in questions:
        if question.id in stored:
            answer = question.restore(stored[question.id])
            if answer is not None:
                answers[question.id] = answer
    return answers

"""What the builder of a kind's form offers, and how it reads the questions made with it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from actions import drafted
from actions.content import Content
from actions.errors import Problem
from actions.fields import Values
from actions.presets import Preset


class Unit(StrEnum):
    """What is counted: questions, pages where some ask nothing, or items to tick."""

    QUESTION = "question"
    PAGE = "page"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Builder:
    """How the questions of a form are made.

    `presets` are those offered, in their order. `read` gives the questions, and keys, that a
    form's values amount to, and adds what is wrong to the problems, by field. `marks`: questions
    are marked, and asked one at a time, so that there are no pages, rules or "required".
    `unit` is what they are called.
    """

    presets: tuple[Preset, ...]
    read: Callable[[Values, dict[str, Problem]], Content]
    marks: bool = False
    unit: Unit = Unit.QUESTION

    def offers(self, preset_name: str) -> bool:
        """Give whether there is a preset of that name to choose."""
        return any(one.name == preset_name for one in self.presets)


def read_unmarked(values: Values, problems: dict[str, Problem]) -> Content:
    """Read the questions of a form that is not marked."""
    return Content("", drafted.questions_of(values, problems))

"""What the cards of all question types are given: how to ask, and how to show answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from microsoft_teams.cards.core import (
    Action,
    CardElement,
    Column,
    ColumnSet,
    Container,
    TextBlock,
)

from actions.entry import MAIN, Cell, Entry, field_of
from actions.errors import Problem
from cards.markdown import plain
from cards.parts import bar
from cards.sentences import sentence
from cards.texts import Texts, is_right_to_left


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is put to someone.

    `label` is the question with its number, not escaped: labels of inputs are no Markdown. `entry`
    holds what was typed, `problems` what is wrong, by the whole names of the fields. Options are
    cut to `longest` characters; `seed` decides the order of those that are shuffled.
    """

    texts: Texts
    label: str
    entry: Entry = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    seed: str = ""
    longest: int = 1_000

    def typed(self, part: str = MAIN) -> str | None:
        """Give what was typed into one of the question's fields, None for nothing."""
        return self.entry.get(part, "") or None

    def problem(self, question_id: str, part: str = MAIN) -> list[CardElement]:
        """Give the line under a field that says what is wrong with it, nothing if all is well."""
        return problem_line(self.texts, self.problems, field_of(question_id, part))


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of results in a table: a value under a name, not escaped.

    `share` is of those who answered, 0 to 1, where the value counts them.
    """

    name: str
    value: Cell | float
    share: float | None = None


def _no_drill(bucket: str, title: str) -> Action | None:
    """Lead nowhere."""
    del bucket, title
    return None


@dataclass(frozen=True, slots=True)
class Showing:
    """How results are shown: texts cut to `longest` characters.

    `drill` gives what a tap on a bucket of the title opens: who answered so; None where that may
    not be seen. `zoom` gives what opens one part of the title, where a result has so many bars
    that each part has its own; `part` is the one that is shown so. `is_final`: no more responses
    are taken, so that winners can be named. `right` are the buckets of right answers, where those
    may be seen.
    """

    texts: Texts
    longest: int = 300
    drill: Callable[[str, str], Action | None] = _no_drill
    zoom: Callable[[str, str], Action | None] = _no_drill
    part: str = ""
    is_final: bool = False
    right: frozenset[str] = frozenset()

    def mark(self, bucket: str) -> str:
        """Give the sign before a bucket's name that says that it is right."""
        return "✔ " if bucket in self.right else ""


def problem_line(texts: Texts, problems: Mapping[str, Problem], name: str) -> list[CardElement]:
    """Give the line that says what is wrong with a field, nothing if all is well."""
    problem = problems.get(name)
    if problem is None:
        return []
    text = f"⚠ {sentence(texts, problem)}"
    return [TextBlock(text=text, color="Attention", wrap=True, spacing="None")]


def bar_row(
    name: str,
    count: int,
    share: float,
    showing: Showing,
    bucket: str | None = None,
    mark: str = "",
) -> CardElement:
    """Give a bucket's row: its name after a `mark`, count and percent, a bar, a tap to its people.

    `name` is someone's own words, or ours, on one line.
    """
    texts = showing.texts
    figures = f"{texts.number(count)} · {texts.percent(share)}"
    return figures_row(name, figures, share, showing, bucket if count else None, mark)


def figures_row(
    name: str,
    figures: str,
    share: float,
    showing: Showing,
    bucket: str | None = None,
    mark: str = "",
) -> CardElement:
    """Give a row as `bar_row` does, with other figures, as a card's text."""
    label = TextBlock(
        text=mark + plain(name, showing.longest), wrap=True, weight="Bolder" if mark else None
    )
    number = TextBlock(text=figures, is_subtle=True)
    columns = [Column(width="stretch", items=[label]), Column(width="auto", items=[number])]
    return Container(
        spacing="Small",
        rtl=True if is_right_to_left(name) else None,
        select_action=showing.drill(bucket, name) if bucket is not None else None,
        items=[ColumnSet(columns=columns), bar(share, "good" if mark else "accent")],
    )


def facts(pairs: Sequence[tuple[str, str]]) -> CardElement:
    """Give figures side by side, as many as fit: each a number in large and its name below."""
    columns = [
        Column(
            width="stretch",
            items=[
                TextBlock(text=value, size="Large", weight="Bolder", wrap=True),
                TextBlock(text=name, size="Small", is_subtle=True, wrap=True, spacing="None"),
            ],
        )
        for name, value in pairs
    ]
    return ColumnSet(columns=columns, spacing="Small")

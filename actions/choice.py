"""The question type with options: choose one, or several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, Self

from actions.errors import InvalidAnswers, NotFound, Problem

LEAST_OPTIONS, MOST_OPTIONS = 2, 25
"""How many options a question has (product.md §2)."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `places` is how many people may, None being any number."""

    id: str
    text: str
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Choose at most `most` of the options; an answer is option ids in the options' order."""

    type: ClassVar[str] = "choice"
    id: str
    text: str
    options: tuple[Option, ...]
    most: int = 1

    @property
    def several(self) -> bool:
        """More than one option may be chosen."""
        return self.most > 1

    def option(self, option_id: str) -> Option:
        """Give one option. Raises NotFound."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise NotFound("no_such_option")

    def parse(self, raw: str) -> tuple[str, ...] | None:
        """Read a choice set's value: option ids, joined by commas (teams.md §4)."""
        chosen = {part.strip() for part in raw.split(",") if part.strip()}
        if not chosen:
            return None
        if chosen - {option.id for option in self.options}:
            raise InvalidAnswers({self.id: Problem("no_such_option")})
        if len(chosen) > self.most:
            raise InvalidAnswers({self.id: Problem("too_many_chosen", {"most": self.most})})
        return self.ordered(chosen)

    def ordered(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """Give the chosen options that exist, in the order of the options."""
        wanted = set(chosen)
        return tuple(option.id for option in self.options if option.id in wanted)

    def shuffled(self, seed: str) -> tuple[Option, ...]:
        """Give the options in an order that is the same for the same seed, any for another."""
        return tuple(
            sorted(self.options, key=lambda o: sha256(f"{seed} {o.id}".encode()).digest())
        )

    def restore(self, stored: Any) -> tuple[str, ...]:
        """Read a stored list of option ids, those of deleted options left out."""
        return self.ordered(stored)

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count the answer once for each chosen option."""
        return [(option_id, 0) for option_id in answer] if isinstance(answer, tuple) else []

    def keeps(self, before: object) -> bool:
        """Give whether every option of `before` is still there."""
        return isinstance(before, Choice) and {o.id for o in before.options} <= {
            o.id for o in self.options
        }

    def encode(self) -> dict[str, Any]:
        """Give the stored form; an option is [id, text] or [id, text, places]."""
        options = [
            [o.id, o.text] if o.places is None else [o.id, o.text, o.places] for o in self.options
        ]
        return {"id": self.id, "text": self.text, "options": options, "most": self.most}

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """Read the stored form."""
        options = tuple(Option(*option) for option in stored["options"])
        return cls(stored["id"], stored["text"], options, stored["most"])

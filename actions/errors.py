"""What can go wrong, as codes and values; `cards.sentences` turns them into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class MusterError(Exception):
    """A failure that someone can be told about: a code, and the values its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        """Keep `code` (also the log's word) and the `values` for the sentence."""
        super().__init__(code)
        self.code = code
        self.values = values


class NotFound(MusterError):
    """The thing does not exist, or not for this person: the two are not told apart."""


class NotAllowed(MusterError):
    """The person may see the thing, but may not do this to it."""


class Closed(MusterError):
    """The action takes no responses now."""


class Full(MusterError):
    """The option has no places left."""


class NotSaved(MusterError):
    """The database did not take it; pressing again is right."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field: a code and the values for its sentence."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


TOO_FAST = Problem("too_fast")
"""Someone asks more of the bot than people do; nothing of it was carried out."""


class InvalidAnswers(MusterError):
    """Input was refused; `problems` holds every problem at once, by field."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        """Keep the `problems` by the id of the field that shows them."""
        super().__init__("invalid")
        self.problems = problems


class NotDelivered(MusterError):
    """Teams did not take a message."""


class TryLater(NotDelivered):
    """Teams may take it later (429, 412, 5xx, no answer)."""

    def __init__(self, retry_after: float | None = None) -> None:
        """Keep Teams' own wish in seconds, where it gave one."""
        super().__init__("try_later")
        self.retry_after = retry_after


class Unreachable(NotDelivered):
    """Teams will never take it there (403, 404, 413 …); `code` is Teams' own word."""

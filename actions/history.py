"""The history of an action: who did what to it, when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.people import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an action's history: who did what, when; never who answered what anonymously."""

    at: datetime
    person: Person
    verb: str
    detail: dict[str, Any] = field(default_factory=dict)

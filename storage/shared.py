"""What the parts of the store share."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.action import Action
from actions.ports import Clock, Ids
from storage.anonymous import AnonymousRecords
from storage.anonymous_lists import AnonymousLists
from storage.counts import TallyRows
from storage.database import Database
from storage.lists import Lists
from storage.loading import Loader
from storage.named import NamedRecords
from storage.named_lists import NamedLists
from storage.progress import ProgressRows
from storage.records import Records
from storage.secrecy import Secrecy


@dataclass(frozen=True, slots=True)
class Shared:
    """The database, what reads and writes it, and the outside.

    `on_change`: postings are due; `on_response`: one to an action of that kind was stored.
    """

    database: Database
    loader: Loader
    tallies: TallyRows
    named: NamedRecords
    anonymous: AnonymousRecords
    named_lists: NamedLists
    anonymous_lists: AnonymousLists
    progress: ProgressRows
    secrecy: Secrecy
    ids: Ids
    clock: Clock
    on_change: Callable[[], None]
    on_response: Callable[[str], None]

    def records(self, action: Action) -> Records:
        """Give how the action's responses are kept."""
        return self.anonymous if action.settings.anonymous else self.named

    def lists(self, action: Action) -> Lists:
        """Give how the action's responses are read."""
        return self.anonymous_lists if action.settings.anonymous else self.named_lists


class Part:
    """One concern of the store."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._database = shared.database

"""The store: every part of it over one database."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncEngine

from actions.ports import Clock, Ids
from storage.anonymous import AnonymousRecords
from storage.anonymous_lists import AnonymousLists
from storage.audit import AuditPart
from storage.bank import BankPart
from storage.certificates import CertificatePart
from storage.changing import ChangingPart
from storage.conversations import ConversationPart
from storage.counts import TallyRows
from storage.database import Database
from storage.deliveries import DeliveryPart
from storage.drafts import DraftPart
from storage.erasing import ErasingPart
from storage.filling import FillingPart
from storage.finding import FindingPart
from storage.history import HistoryPart
from storage.keyring import KeyringPart
from storage.known import KnownPart
from storage.leaders import LeadersPart
from storage.leaving import LeavingPart
from storage.loading import Loader
from storage.named import NamedRecords
from storage.named_lists import NamedLists
from storage.notices import NoticePart
from storage.posting import PostingPart
from storage.processes import ProcessPart
from storage.progress import ProgressRows
from storage.reminders import ReminderPart
from storage.responding import RespondingPart
from storage.responses import ResponsesPart
from storage.retention import RetentionPart
from storage.secrecy import Secrecy
from storage.series import SeriesPart
from storage.shared import Shared
from storage.telling_person import TellingPersonPart


def _nothing() -> None:
    """Nobody waits for postings."""


def _nobody(_kind: str) -> None:
    """Nobody counts responses."""


class SqlStore(
    ConversationPart,
    DraftPart,
    KnownPart,
    PostingPart,
    FindingPart,
    ErasingPart,
    TellingPersonPart,
    ChangingPart,
    HistoryPart,
    FillingPart,
    RespondingPart,
    ResponsesPart,
    LeadersPart,
    CertificatePart,
    BankPart,
    SeriesPart,
    ProcessPart,
    NoticePart,
    ReminderPart,
    LeavingPart,
    DeliveryPart,
    KeyringPart,
    RetentionPart,
    AuditPart,
):
    """`actions.ports.Store` in SQL; one per process."""

    def __init__(
        self,
        engine: AsyncEngine,
        secret: bytes,
        ids: Ids,
        clock: Clock,
        on_change: Callable[[], None] = _nothing,
        on_response: Callable[[str], None] = _nobody,
    ) -> None:
        """Keep everything in the engine's database, whose schema is at its head.

        Args:
            engine: from `open_engine`; the store closes it.
            secret: ties people to their anonymous ballots, and opens what is filled in and not
                handed in yet; kept outside the database.
            ids: names the history's entries.
            clock: the time.
            on_change: called after each commit that made postings due.
            on_response: called with the action's kind for each response that was stored.
        """
        database, secrecy = Database(engine), Secrecy(secret)
        anonymous = AnonymousRecords(database, secrecy)
        shared = Shared(
            database=database,
            loader=Loader(),
            tallies=TallyRows(database),
            named=NamedRecords(database),
            anonymous=anonymous,
            named_lists=NamedLists(),
            anonymous_lists=AnonymousLists(anonymous),
            progress=ProgressRows(database, secrecy),
            secrecy=secrecy,
            ids=ids,
            clock=clock,
            on_change=on_change,
            on_response=on_response,
        )
        super().__init__(shared)

    async def close(self) -> None:
        """Finish the steps and responses that wait, and close the database."""
        await self._steps.close()
        await self._writer.close()
        await self._database.engine.dispose()

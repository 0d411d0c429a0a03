"""What the operator's commands read and write: the audit log, and what is known about someone."""

import csv
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from actions.audit import Act
from bot.csv_file import written

COLUMNS: Final = ("at", "tenant", "person", "name", "did", "subject", "detail")
"""The names of an audit line's parts, which programs read, too."""

ERASED: Final[Mapping[str, str]] = {
    "responses": "responses without their person and words",
    "actions": "actions that held something of them",
    "series": "series of theirs deleted",
    "drafts": "drafts deleted",
    "bank": "questions of their bank deleted",
    "bank_imports": "reports of imports deleted",
    "certificates": "certificates deleted",
    "notices": "messages to them deleted",
    "conversations": "personal conversations forgotten",
    "audit": "lines of the audit log without their name",
}
"""What an erasure counts, in words."""

NOBODY: Final = (
    "Nothing is stored about {who}. Give an object id from Entra, a person's key as it is stored, "
    "or an id that begins with 29:, in quotation marks."
)


class WrongOption(Exception):
    """Something after a command that it does not take; says what it does."""


@dataclass(frozen=True, slots=True)
class Options:
    """What may follow a command."""

    since: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    as_json: bool = False
    tenant: str = ""


def read_options(words: Sequence[str], known: frozenset[str]) -> Options:
    """Read what follows a command, of which only what is `known` is allowed.

    Raises WrongOption.
    """
    since, as_json, tenant = Options().since, False, ""
    rest = list(words)
    while rest:
        option = rest.pop(0)
        if option not in known:
            raise WrongOption(f"{option} is not known here.")
        if option == "--json":
            as_json = True
            continue
        if not rest:
            raise WrongOption(f"{option} needs something after it.")
        if option == "--since":
            since = _day(rest.pop(0))
        else:
            tenant = rest.pop(0)
    return Options(since, as_json, tenant)


async def write_acts(pages: AsyncIterator[Sequence[Act]], out: TextIO, *, as_json: bool) -> None:
    """Write the audit log page by page: as CSV for spreadsheets, or a JSON object on each line."""
    writer = csv.writer(out, lineterminator="\r\n")
    if not as_json:
        # Excel takes a file without the mark for one in the system's old code page.
        out.write("\N{ZERO WIDTH NO-BREAK SPACE}")
        writer.writerow(COLUMNS)
    async for acts in pages:
        for act in acts:
            cells = _cells(act)
            if as_json:
                told = dict(zip(COLUMNS, cells, strict=True)) | {"detail": dict(act.detail)}
                out.write(json.dumps(told, ensure_ascii=False) + "\n")
            else:
                writer.writerow(written(cell) for cell in cells)


def write_person(told: Mapping[str, Any], out: TextIO) -> None:
    """Write what is stored about someone."""
    json.dump(told, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_erased(counts: Mapping[str, int], out: TextIO) -> None:
    """Write what an erasure did."""
    out.writelines(f"{counts.get(name, 0)} {words}\n" for name, words in ERASED.items())


def _cells(act: Act) -> tuple[str, ...]:
    detail = "; ".join(f"{name}: {_said(value)}" for name, value in act.detail.items())
    who = act.person.key, act.person.name
    return act.at.isoformat(" ", "seconds"), act.tenant_id, *who, act.verb, act.subject, detail


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise WrongOption(f"--since takes a day such as 2026-03-31, not {text}.") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

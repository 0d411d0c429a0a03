"""Using one's bank: looking for questions, importing, and giving them to quizzes and back."""

import json
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from actions import drafted
from actions.action import Draft
from actions.bank import MOST_TAGS, BankFile, BankItem, build_item, is_plain, item_fields
from actions.banked import (
    MOST_FINDINGS,
    QUESTION,
    BankCounts,
    Banked,
    BankPage,
    ImportReport,
    Selection,
)
from actions.caller import Caller
from actions.drafting import own_draft
from actions.either import Either
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.fields import fold
from actions.keys import key_needed
from actions.kinds import builder
from actions.ports import Ports
from actions.presets import preset_of
from actions.starred import starred_fields

MOST_ITEMS = 5_000
"""How many questions one person's bank holds."""

PER_PAGE = 8
"""How many questions one page of the list has."""

CHUNK: Final = 500
"""How many questions are read at once where all of them are."""

ID_LENGTH: Final = 12
"""Characters of a question's id in a draft, the part of a UUID that differs."""


@dataclass(frozen=True, slots=True)
class BankListing:
    """A page of someone's bank; `after` is the mark it begins at, empty for the first page."""

    page: BankPage
    counts: BankCounts
    selection: Selection
    after: str = ""


def placeholder() -> str:
    """Give the id that a file's readers are to give every question."""
    return QUESTION


async def listed(
    ports: Ports, caller: Caller, selection: Selection, after: str = ""
) -> BankListing:
    """Give a page of the caller's questions; of one that is empty by now, the first page."""
    owner = caller.person.key
    page = await ports.store.bank_page(owner, selection, after, PER_PAGE)
    if after and not page.items:
        after, page = "", await ports.store.bank_page(owner, selection, "", PER_PAGE)
    return BankListing(page, await ports.store.bank_counts(owner), selection, after)


async def one(ports: Ports, caller: Caller, item_id: str) -> Banked:
    """Give one of the caller's questions. Raises NotFound."""
    found = await ports.store.banked(caller.person.key, [item_id])
    if not found:
        raise NotFound("no_such_bank_question")
    return found[0]


async def relabel(ports: Ports, caller: Caller, item_id: str, name: str, tags: str) -> Banked:
    """Give one of the caller's questions another name and tags.

    Raises NotFound, InvalidAnswers by "name" and "tags".
    """
    banked = await one(ports, caller, item_id)
    preset = preset_of(banked.item.question).name
    item = build_item(QUESTION, preset, item_fields(banked.item), [tags], name)
    changed = Banked(item_id, item, ports.clock.now())
    await ports.store.keep_items(caller.person.key, [changed])
    return changed


async def delete(ports: Ports, caller: Caller, item_id: str) -> None:
    """Take one of the caller's questions out of the bank; quizzes that have it keep it."""
    await ports.store.delete_items(caller.person.key, [item_id])


async def keep_file(ports: Ports, caller: Caller, file: BankFile) -> ImportReport:
    """Put what a file holds into the caller's bank, and remember what came of it.

    The same question is kept once, however often it comes: tags are added, a name is replaced.
    """
    report = await _keep(ports, caller, file.items)
    report = replace(
        report,
        beyond=report.beyond + file.unread,
        findings=file.findings[:MOST_FINDINGS],
        unsaid=max(len(file.findings) - MOST_FINDINGS, 0),
    )
    await ports.store.keep_import(caller.person.key, report)
    return report


async def last_import(ports: Ports, caller: Caller) -> ImportReport:
    """Give what the caller's last import did. Raises NotFound."""
    report = await ports.store.last_import(caller.person.key)
    if report is None:
        raise NotFound("no_such_import")
    return report


async def all_of(
    ports: Ports, owner: str, selection: Selection
) -> AsyncGenerator[Sequence[BankItem], None]:
    """Give someone's questions, some at a time, in the order of the list."""
    after = ""
    while True:
        page = await ports.store.bank_page(owner, selection, after, CHUNK)
        yield [banked.item for banked in page.items]
        after = page.following
        if not after:
            return


async def add_to_draft(
    ports: Ports, caller: Caller, draft_id: str, item_ids: Sequence[str], seen: str = ""
) -> tuple[Draft, Sequence[str]]:
    """Put questions into a draft whose questions are marked; gives it, and their ids in it.

    `seen` is which state of the draft the caller saw: asked twice for the same, they are added
    once. Raises NotFound, InvalidAnswers by "add" when there are none, or no room for them.
    """
    draft = await own_draft(ports, caller, draft_id)
    _check_marks(draft)
    values, added = draft.values, []
    chosen = await ports.store.banked(caller.person.key, item_ids)
    if not chosen:
        raise InvalidAnswers({"add": Problem("pick_needed")})
    for banked in chosen:
        new_id = ports.ids.of(draft.id, banked.id, seen).replace("-", "")[:ID_LENGTH]
        added.append(new_id)
        if new_id not in drafted.question_ids(values):
            preset = preset_of(banked.item.question).name
            values = drafted.add(values, preset, new_id, starred_fields(item_fields(banked.item)))
    draft = replace(draft, values=values, updated_at=ports.clock.now())
    await ports.store.save_draft(draft)
    return draft, added


async def keep_from_draft(
    ports: Ports, caller: Caller, draft_id: str, question_id: str, tags: Iterable[str] = ()
) -> ImportReport:
    """Keep a question of a draft, with its key, in the bank.

    Raises NotFound, and InvalidAnswers by the draft's own fields if something is wrong with it.
    """
    draft = await own_draft(ports, caller, draft_id)
    _check_marks(draft)
    drafted.place_of(draft.values, question_id)
    report = await _keep(ports, caller, [_item_of(draft, question_id, tags)])
    if report.beyond:
        raise NotFound("bank_full", most=MOST_ITEMS)
    return report


def _check_marks(draft: Draft) -> None:
    """Only where questions are marked have they keys."""
    if not builder(draft.kind).marks:
        raise NotFound("no_such_button")


def _item_of(draft: Draft, question_id: str, tags: Iterable[str]) -> BankItem:
    """Read a draft's question as its form is read; how it is styled and shuffled is the form's."""
    problems: dict[str, Problem] = {}
    content = builder(draft.kind).read(draft.values, problems)
    own = {name: p for name, p in problems.items() if drafted.is_about(name, question_id)}
    question, key = content.question(question_id), content.keys.get(question_id)
    if question is None or key is None or own:
        needed = {} if question is None else {"right": key_needed(question)}
        prefix = drafted.field_prefix(question_id)
        raise InvalidAnswers(own or {prefix + name: p for name, p in needed.items()})
    typed = drafted.fields_of(draft.values, question_id)
    fields = item_fields(BankItem(question, key)) | {"shuffle": typed.get("shuffle", "false")}
    fields |= {"style": "yes_no"} if isinstance(question, Either) else {}
    return build_item(QUESTION, preset_of(question).name, fields, tags)


async def _keep(ports: Ports, caller: Caller, items: Sequence[BankItem]) -> ImportReport:
    owner, now, store = caller.person.key, ports.clock.now(), ports.store
    given: dict[str, BankItem] = {}
    for item in items:
        item_id = _id_of(ports, owner, item)
        given[item_id] = _merged(given[item_id], item) if item_id in given else item
    known = {banked.id: banked.item for banked in await store.banked(owner, list(given))}
    room = max(MOST_ITEMS - (await store.bank_counts(owner)).items, 0)
    new = [item_id for item_id in given if item_id not in known]
    changed = {
        item_id: merged
        for item_id, item in known.items()
        if (merged := _merged(item, given[item_id])) != item
    }
    kept: Mapping[str, BankItem] = {**{i: given[i] for i in new[:room]}, **changed}
    # The list shows the latest first: one after the other they stand there as in the file.
    at = {item_id: now - timedelta(microseconds=n) for n, item_id in enumerate(kept)}
    await store.keep_items(owner, [Banked(i, item, at[i]) for i, item in kept.items()])
    same = len(known) - len(changed)
    return ImportReport(len(new[:room]), len(changed), same, len(new[room:]))


def _merged(before: BankItem, after: BankItem) -> BankItem:
    """Give the question with the tags of both, and the newer name."""
    tags = {fold(tag): tag for tag in (*after.tags, *before.tags)}
    order = dict.fromkeys(map(fold, (*before.tags, *after.tags)))
    kept = tuple(tags[folded] for folded in order)[:MOST_TAGS]
    return replace(before, tags=kept, name=after.name or before.name)


def _id_of(ports: Ports, owner: str, item: BankItem) -> str:
    """Give the id that a question with its key always has in someone's bank."""
    said = {n: text for n, text in item_fields(item).items() if not is_plain(n, text)}
    whole = json.dumps([preset_of(item.question).name, sorted(said.items())])
    return ports.ids.of("bank", owner, whole)

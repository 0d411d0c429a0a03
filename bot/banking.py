"""Verbs of the question bank: one's own list, imports and exports, and questions for quizzes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from actions import banking, drafted
from actions.action import Draft
from actions.banked import BANK_FORMATS, BankOrder
from actions.banking import BankListing
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.kinds import builder
from bot.bank_files import read_text
from bot.building import about_a_question, changed, kept, turned_to, with_problems
from bot.exporting import handed_over
from bot.press import Outcome, Press
from cards.sentences import sentence
from dialogs.bank import bank_screen
from dialogs.bank_import import PASTED, bank_export_screen, import_screen, report_screen
from dialogs.bank_item import delete_screen, item_screen
from dialogs.bank_pick import CHOSEN, pick_screen
from dialogs.bank_place import BankPlace
from dialogs.create import form_screen
from dialogs.edit_question import wrong_screen
from dialogs.place import whole

PICKED = "picked"
"""The draft's value that lists the questions that are ticked, also those of other pages."""


async def show_list(press: Press) -> Outcome:
    """Show a page of the caller's questions."""
    return bank_screen(await _listed(press), press.setting())


async def open_one(press: Press) -> Outcome:
    """Show one question."""
    banked = await banking.one(press.ports, press.caller, press.envelope.action)
    return item_screen(banked, BankPlace.read(press.inputs), press.setting())


async def save(press: Press) -> Outcome:
    """Give a question another name and other tags."""
    ports, caller, item_id = press.ports, press.caller, press.envelope.action
    typed = {field: press.inputs.get(field, "") for field in ("name", "tags")}
    place = BankPlace.read(press.inputs)
    try:
        banked = await banking.relabel(ports, caller, item_id, typed["name"], typed["tags"])
    except InvalidAnswers as refused:
        setting = replace(press.setting(), problems=refused.problems, typed=typed)
        return item_screen(await banking.one(ports, caller, item_id), place, setting)
    return item_screen(banked, place, press.setting(done=press.texts("It is saved.")))


async def ask_delete(press: Press) -> Outcome:
    """Ask before deleting."""
    banked = await banking.one(press.ports, press.caller, press.envelope.action)
    return delete_screen(banked, BankPlace.read(press.inputs), press.setting())


async def delete(press: Press) -> Outcome:
    """Delete a question; asked again it is deleted still."""
    await banking.delete(press.ports, press.caller, press.envelope.action)
    return bank_screen(await _listed(press), press.setting(done=press.texts("It is deleted.")))


async def choose_import(press: Press) -> Outcome:
    """Open the field for questions."""
    return import_screen(press.setting())


async def read_pasted(press: Press) -> Outcome:
    """Import what was pasted, and say what came of it."""
    pasted = press.inputs.get(PASTED, "")
    if not pasted.strip():
        return import_screen(with_problems(press, {PASTED: Problem("import_needed")}))
    file = await asyncio.to_thread(read_text, pasted)
    report = await banking.keep_file(press.ports, press.caller, file)
    return report_screen(report, 0, press.setting())


async def show_report(press: Press) -> Outcome:
    """Show other findings of the last import."""
    report = await banking.last_import(press.ports, press.caller)
    return report_screen(report, whole(press.envelope.argument), press.setting())


async def choose_export(press: Press) -> Outcome:
    """Ask for the form."""
    return bank_export_screen(await _listed(press), press.setting())


async def make_file(press: Press) -> Outcome:
    """Send the questions that are looked at, or give a link to them."""
    if press.envelope.argument not in BANK_FORMATS:
        raise NotFound("no_such_button")
    place, caller = BankPlace.read(press.inputs), press.caller
    form = press.envelope.argument
    order = BankOrder(caller.person.key, form, caller.locale, place.selection)
    return await handed_over(press, order, place)


async def pick(press: Press) -> Outcome:
    """Keep the form and its ticks, and show a page of the bank to tick questions on."""
    draft = await _ticked(press)
    return pick_screen(draft, await _listed(press), _picked(draft), press.setting())


async def picked(press: Press) -> Outcome:
    """Add the questions that are ticked, and go to them in the form's list."""
    draft = await _ticked(press)
    ids, seen = _picked(draft), press.inputs.get("seen", "")
    try:
        draft, added = await banking.add_to_draft(press.ports, press.caller, draft.id, ids, seen)
    except InvalidAnswers as refused:
        setting = with_problems(press, refused.problems)
        return pick_screen(draft, await _listed(press), ids, setting)
    draft = await changed(press, draft, {**turned_to(draft.values, added[0]), PICKED: ""})
    said = press.texts.many(
        "{count} question is added.", "{count} questions are added.", len(added)
    )
    return form_screen(draft, press.setting(done=said))


async def unpicked(press: Press) -> Outcome:
    """Go back to the form's list without any."""
    draft = await _kept(press)
    draft = await changed(press, draft, {**draft.values, PICKED: ""})
    return form_screen(draft, press.setting())


@about_a_question
async def keep_question(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Keep a question of a form in the bank, or show what is wrong with it."""
    try:
        report = await banking.keep_from_draft(press.ports, press.caller, draft.id, question_id)
    except InvalidAnswers as refused:
        return wrong_screen(draft, question_id, with_problems(press, refused.problems))
    except NotFound as refused:
        return form_screen(draft, press.setting(sentence(press.texts, refused)))
    said = press.texts("The question is in your bank.")
    if not report.added:
        said = press.texts("The question was in your bank already.")
    draft = await changed(press, draft, turned_to(draft.values, question_id))
    return form_screen(draft, press.setting(done=said))


async def _listed(press: Press) -> BankListing:
    place = BankPlace.read(press.inputs)
    return await banking.listed(press.ports, press.caller, place.selection, place.after)


async def _kept(press: Press) -> Draft:
    """Keep what was typed. Raises NotFound, also for a draft whose questions are not marked."""
    draft = await kept(press)
    if not builder(draft.kind).marks:
        raise NotFound("no_such_button")
    return draft


async def _ticked(press: Press) -> Draft:
    """Keep what was typed and the ticks: those of the page are all that are on it."""
    draft = await _kept(press)
    if CHOSEN not in press.inputs:
        return draft
    shown = set(press.inputs.get("page", "").split())
    chosen = [item_id for item_id in press.inputs[CHOSEN].split(",") if item_id in shown]
    elsewhere = [item_id for item_id in _picked(draft) if item_id not in shown]
    ids = [*elsewhere, *chosen][: drafted.MOST_QUESTIONS]
    return await changed(press, draft, {**draft.values, PICKED: " ".join(ids)})


def _picked(draft: Draft) -> Sequence[str]:
    return str(draft.values.get(PICKED, "")).split()

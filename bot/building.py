"""Verbs that build a form question by question; every one keeps what was typed first."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import TypeAlias

from actions import drafted, drafting
from actions.action import Draft
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.fields import Values, whole
from actions.kinds import builder
from actions.rules import RULE
from bot.making import saved
from bot.press import Outcome, Press, Verb
from cards.sentences import sentence
from dialogs.create import form_screen
from dialogs.edit_question import MORE, more_screen, question_screen, wrong_screen
from dialogs.edit_rule import rule_screen
from dialogs.presets import starting_fields
from dialogs.question_list import PER_PAGE, builds
from dialogs.screen import Setting
from dialogs.try_form import try_screen
from dialogs.units import phrases_of

ID_LENGTH = 12
"""Characters of a question's id, the part of a UUID that differs."""

Step: TypeAlias = Callable[[Press, Draft, str], Awaitable[Outcome]]
"""Goes on with one question of a draft that was just kept. Raises MusterError."""


def about_a_question(step: Step) -> Verb:
    """Make a verb of a step: it is about the question that the button names, if it is there."""

    @wraps(step)
    async def verb(press: Press) -> Outcome:
        draft, question_id = await kept(press), press.inputs.get("of", "")
        if question_id not in drafted.question_ids(draft.values):
            gone = sentence(press.texts, NotFound("question_gone"))
            return form_screen(draft, press.setting(gone))
        try:
            return await step(press, draft, question_id)
        except InvalidAnswers as refused:
            return form_screen(draft, replace(press.setting(), problems=refused.problems))

    return verb


async def show_list(press: Press) -> Outcome:
    """Go back to the list, whatever is wrong with the question."""
    draft, question_id = await kept(press), press.inputs.get("of", "")
    if question_id in drafted.question_ids(draft.values):
        draft = await changed(press, draft, turned_to(draft.values, question_id))
    return form_screen(draft, press.setting())


async def add(press: Press) -> Outcome:
    """Add a question of the chosen type, last, and open it."""
    draft = await kept(press)
    try:
        return await _added(press, draft, _offered(draft, press.inputs.get("add", "")))
    except InvalidAnswers as refused:
        return form_screen(draft, with_problems(press, refused.problems))


@about_a_question
async def another(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Add a question of the same type after this one, and open it."""
    name = drafted.chosen_preset(draft.values, question_id).name
    return await _added(press, draft, name, after=question_id)


@about_a_question
async def open_question(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Open a question; one that was begun says what is wrong with it."""
    begun = drafted.fields_of(draft.values, question_id)["text"].strip()
    problems = await _problems(press, draft, question_id) if begun else {}
    return question_screen(draft, question_id, with_problems(press, problems))


@about_a_question
async def done(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Go back to the list, unless something is wrong with the question."""
    problems = await _problems(press, draft, question_id)
    if problems:
        return wrong_screen(draft, question_id, with_problems(press, problems))
    return await list_at(press, draft, draft.values, question_id)


@about_a_question
async def more(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Open help, picture, page, rule and type."""
    problems = await _problems(press, draft, question_id, MORE)
    return more_screen(draft, question_id, with_problems(press, problems))


@about_a_question
async def change_type(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Make a question another one of the types."""
    name = _offered(draft, press.inputs.get("change", ""))
    start = starting_fields(name, press.texts)
    values = drafted.change_preset(draft.values, question_id, name, start)
    return question_screen(await changed(press, draft, values), question_id, press.setting())


@about_a_question
async def rule(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Open the rule that shows a question; one that was finished says what is wrong with it."""
    finished = drafted.fields_of(draft.values, question_id).get("if_operator")
    problems = await _problems(press, draft, question_id, RULE) if finished else {}
    return rule_screen(draft, question_id, with_problems(press, problems))


@about_a_question
async def ruled(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Take a rule as it is, unless something is wrong with it."""
    problems = await _problems(press, draft, question_id, RULE)
    shown = rule_screen if problems else more_screen
    return shown(draft, question_id, with_problems(press, problems))


@about_a_question
async def rule_anew(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Begin a rule again, with another question to look at."""
    draft = await changed(press, draft, _without_rule(draft.values, question_id))
    return rule_screen(draft, question_id, press.setting())


@about_a_question
async def unruled(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Take a rule away."""
    draft = await changed(press, draft, _without_rule(draft.values, question_id))
    return more_screen(draft, question_id, press.setting())


@about_a_question
async def move(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Move a question to where the button says."""
    values = drafted.move(draft.values, question_id, _number(press, "place"))
    return await list_at(press, draft, values, question_id)


@about_a_question
async def duplicate(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Open a copy of a question."""
    new_id, values = made_id(press, draft), draft.values
    if new_id not in drafted.question_ids(values):
        draft = await changed(press, draft, drafted.duplicate(values, question_id, new_id))
    return question_screen(draft, new_id, press.setting())


@about_a_question
async def delete(press: Press, draft: Draft, question_id: str) -> Outcome:
    """Take a question out, and offer to put it back."""
    place = drafted.place_of(draft.values, question_id)
    draft = await changed(press, draft, drafted.remove(draft.values, question_id))
    said = press.texts(phrases_of(draft).deleted, number=place + 1)
    undo = builds(draft, "build.put_back", question_id)
    undo = replace(undo, hidden=(*undo.hidden, ("place", str(place))))
    return form_screen(draft, replace(press.setting(done=said), undo=undo))


async def put_back(press: Press) -> Outcome:
    """Put a question back where it was; pressed again, show where it is."""
    draft, question_id = await kept(press), press.inputs.get("of", "")
    values = draft.values
    if question_id not in drafted.question_ids(values):
        values = drafted.put_back(values, question_id, _number(press, "place"))
    return await list_at(press, draft, values, question_id)


async def try_form(press: Press) -> Outcome:
    """Show a page of the form that answers, or the list if there is something to put right."""
    draft = await kept(press)
    problems: dict[str, Problem] = {}
    builder(draft.kind).read(draft.values, problems)
    if problems:
        return form_screen(draft, with_problems(press, problems))
    return try_screen(draft, _number(press, "page"), press.setting())


async def kept(press: Press) -> Draft:
    """Keep what was typed. Raises NotFound, also for a draft of a kind without such questions."""
    draft = await saved(press)
    builder(draft.kind)
    return draft


async def changed(press: Press, draft: Draft, values: Values) -> Draft:
    """Store other values of a draft; gives it with them."""
    draft = replace(draft, values=values)
    await press.ports.store.save_draft(draft)
    return draft


async def list_at(press: Press, draft: Draft, values: Values, question_id: str) -> Outcome:
    """Store other values of a draft, and show its list where a question stands."""
    draft = await changed(press, draft, turned_to(values, question_id))
    return form_screen(draft, press.setting())


def turned_to(values: Values, question_id: str) -> Values:
    """Give the values with the page of the list on which a question stands."""
    page = drafted.place_of(values, question_id) // PER_PAGE
    return {**values, "shown_from": str(page * PER_PAGE)}


def made_id(press: Press, draft: Draft, *more: str) -> str:
    """Give the id that a press makes: the same for the same button, however often it comes."""
    envelope, seen = press.envelope, press.inputs.get("seen", "")
    parts = (draft.id, envelope.verb, press.inputs.get("of", ""), seen, *more)
    return press.ports.ids.of(*parts).replace("-", "")[:ID_LENGTH]


def with_problems(press: Press, problems: Mapping[str, Problem]) -> Setting:
    """Give where a screen is shown, with what is wrong on it."""
    return replace(press.setting(), problems=problems)


def _offered(draft: Draft, preset_name: str) -> str:
    """Give a preset's name, if the form's builder offers it. Raises NotFound."""
    if not builder(draft.kind).offers(preset_name):
        raise NotFound("no_such_preset")
    return preset_name


async def _added(press: Press, draft: Draft, name: str, after: str = "") -> Outcome:
    """Add a question and open it; pressed again, open the one that was added."""
    new_id, start = made_id(press, draft), starting_fields(name, press.texts)
    if new_id not in drafted.question_ids(draft.values):
        values = drafted.add(draft.values, name, new_id, start, after)
        draft = await changed(press, draft, values)
    return question_screen(draft, new_id, press.setting())


def _number(press: Press, name: str) -> int:
    return whole(press.inputs.get(name, "")) or 0


def _without_rule(values: Values, question_id: str) -> Values:
    prefix = drafted.field_prefix(question_id)
    return {**values, **{prefix + name: "" for name in RULE}}


async def _problems(
    press: Press, draft: Draft, question_id: str, fields: frozenset[str] | tuple[str, ...] = ()
) -> Mapping[str, Problem]:
    """Give what is wrong with a question, in all of its fields or in some."""
    problems = await drafting.problems(press.ports, press.caller, draft)
    prefix = drafted.field_prefix(question_id)
    wanted = {prefix + name for name in fields}
    own = {n: problem for n, problem in problems.items() if n.startswith(prefix)}
    return {n: problem for n, problem in own.items() if n in wanted or not fields}

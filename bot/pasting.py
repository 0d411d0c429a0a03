"""Verbs that add many questions to a form at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions import drafted
from actions.action import Draft
from actions.builder import Unit
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.kinds import builder
from actions.pasted import Pasted, read_pasted
from actions.pasted_items import read_items
from actions.pasted_marked import read_marked
from bot.building import changed, kept, list_at, made_id, turned_to, with_problems
from bot.press import Outcome, Press
from dialogs.create import form_screen
from dialogs.paste_questions import losses_notice, paste_screen
from dialogs.presets import starting_fields, words_for_presets, words_for_truth
from dialogs.units import added


async def paste(press: Press) -> Outcome:
    """Open the field for many questions at once."""
    return paste_screen(await kept(press), press.setting())


async def pasted(press: Press) -> Outcome:
    """Add all questions that were pasted, or none and say what is wrong with which line."""
    draft = await kept(press)
    try:
        questions, losses = _read_pasted(press, draft)
    except InvalidAnswers as refused:
        return paste_screen(draft, with_problems(press, refused.problems))
    values: Values = {**draft.values, "pasted": ""}
    ids = [made_id(press, draft, str(number)) for number in range(len(questions))]
    if ids[0] in drafted.question_ids(values):
        return await list_at(press, draft, values, ids[0])
    for new_id, one in zip(ids, questions, strict=True):
        start = {**starting_fields(one.preset, press.texts), **one.fields}
        values = drafted.add(values, one.preset, new_id, start)
    draft = await changed(press, draft, turned_to(values, ids[0]))
    setting = press.setting(done=added(draft, len(ids), press.texts))
    return form_screen(draft, replace(setting, notice=losses_notice(setting, losses)))


def _read_pasted(press: Press, draft: Draft) -> tuple[Sequence[Pasted], Mapping[str, Problem]]:
    """Give the questions, and what is otherwise than it was written. Raises InvalidAnswers."""
    texts, text = press.texts, draft.values.get("pasted", "")
    room = drafted.MOST_QUESTIONS - len(drafted.question_ids(draft.values))
    offer = builder(draft.kind)
    if offer.unit is Unit.ITEM:
        return read_items(text, room), {}
    if offer.marks:
        read = read_marked(text, words_for_presets(texts), words_for_truth(texts), room)
        return read.questions, read.losses
    return read_pasted(text, words_for_presets(texts), room), {}

"""The questions of a form as a list, and how to add to them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from microsoft_teams.cards.core import (
    Action,
    CardElement,
    ChoiceSetInput,
    Column,
    ColumnSet,
    Container,
    TextBlock,
)

from actions.action import Draft
from actions.builder import Unit
from actions.drafted import (
    MOST_QUESTIONS,
    chosen_preset,
    fields_of,
    is_about,
    question_ids,
)
from actions.errors import Problem
from actions.fields import whole
from actions.keys import USUAL_POINTS
from actions.kinds import builder
from actions.presets import MARKED
from actions.schedule import is_of_posted
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import Host, buttons, directed, label, note, submits, success
from dialogs.bank import bank_button
from dialogs.item_fields import item_words
from dialogs.presets import preset_choices, signed_name
from dialogs.screen import Setting, note_problem
from dialogs.units import counted, phrases_of

PER_PAGE = 8
"""How many questions one page of the list has at most."""

ROW = 1_100
"""About how many characters a row takes."""

LONGEST_TEXT = 100
"""Characters of a question in its row."""


def question_list(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give one page of the list of questions, and what can be done with it."""
    texts = setting.texts
    problems: dict[str, Problem] = {}
    builder(draft.kind).read(draft.values, problems)
    problems |= setting.problems
    start, end = window(draft, setting, room)
    yield label(_heading(draft, setting, start, end))
    if is_of_posted(draft):
        warned = texts("Deleting a question, or changing the words of an option, removes answers.")
        yield note(f"⚠ {warned}")
    yield from note_problem(setting, "questions")
    yield from _done(setting)
    for place in range(start, end):
        yield _row(draft, setting, place, problems)
    yield from buttons(_turns(draft, setting, start, end))
    yield from _adding(draft, setting)


def window(draft: Draft, setting: Setting, room: int) -> tuple[int, int]:
    """Give from which question up to before which one there are rows.

    Where something is wrong with a question, one that is wrong is among them.
    """
    ids = question_ids(draft.values)
    size = max(min(PER_PAGE, room // ROW), 1)
    start = whole(draft.values.get("shown_from", "")) or 0
    start = start if 0 <= start < len(ids) else 0
    wrong = [n for n, one in enumerate(ids) if any(is_about(p, one) for p in setting.problems)]
    if wrong and not any(start <= n < start + size for n in wrong):
        start = wrong[0]
    return start, min(start + size, len(ids))


def builds(draft: Draft, verb: str, question_id: str = "") -> Envelope:
    """Give what a button of the builder means; it is about one question, or about none."""
    hidden = {"of": question_id, "edits": draft.edits}
    named = tuple((name, value) for name, value in hidden.items() if value)
    return Envelope(verb, draft.id, draft.kind, named)


def adds(draft: Draft, verb: str, question_id: str = "") -> Envelope:
    """Give what a button means that adds to the list: to the list as it is, so only once."""
    here = builds(draft, verb, question_id)
    seen = draft.updated_at.isoformat() if draft.updated_at else ""
    return replace(here, hidden=(*here.hidden, ("seen", seen)))


def moves(draft: Draft, question_id: str, place: int) -> Envelope:
    """Give what a button means that moves a question, by where it shall stand, from 0."""
    here = builds(draft, "build.move", question_id)
    return replace(here, hidden=(*here.hidden, ("place", str(place))))


def _heading(draft: Draft, setting: Setting, start: int, end: int) -> str:
    texts, count = setting.texts, len(question_ids(draft.values))
    if not count:
        return texts(phrases_of(draft).none)
    if end - start == count:
        return counted(draft, count, texts)
    return texts(phrases_of(draft).part, first=start + 1, last=end, count=count)


def _row(draft: Draft, setting: Setting, place: int, problems: dict[str, Problem]) -> CardElement:
    texts, question_id = setting.texts, question_ids(draft.values)[place]
    number, count, phrases = place + 1, len(question_ids(draft.values)), phrases_of(draft)
    text = fields_of(draft.values, question_id)["text"].strip()
    # The number is escaped with the text, or Markdown would make a list of it.
    words = plain(f"{number}. {text or texts('(no text yet)')}", LONGEST_TEXT)
    about = _about(draft, setting, question_id, problems)
    here = builds(draft, "build.open", question_id)
    opened = submits(setting.host, here, texts(phrases.edit, number=number))
    lines = [
        *directed(text, [TextBlock(text=words, weight="Bolder", wrap=True)]),
        *([note(about)] if about else []),
    ]
    columns = [Column(width="stretch", items=lines, select_action=opened)]
    if number > 1:
        title = texts(phrases.up, number=number)
        columns.append(_arrow(setting.host, moves(draft, question_id, place - 1), "↑", title))
    if number < count:
        title = texts(phrases.down, number=number)
        columns.append(_arrow(setting.host, moves(draft, question_id, place + 1), "↓", title))
    return Container(
        style="emphasis",
        rounded_corners=True,
        spacing="Small",
        items=[ColumnSet(columns=columns)],
    )


def _arrow(host: Host, envelope: Envelope, sign: str, title: str) -> Column:
    block = TextBlock(text=sign, size="Large", color="Accent", horizontal_alignment="Center")
    return Column(
        width="28px",
        spacing="Small",
        vertical_content_alignment="Center",
        items=[block],
        select_action=submits(host, envelope, title),
    )


def _about(draft: Draft, setting: Setting, question_id: str, problems: dict[str, Problem]) -> str:
    texts, own = setting.texts, fields_of(draft.values, question_id)
    name = chosen_preset(draft.values, question_id).name
    parts: Iterable[str]
    if builder(draft.kind).unit is Unit.ITEM:
        parts = item_words(own, texts)
    elif builder(draft.kind).marks:
        points = whole(own.get("points", "").strip()) or USUAL_POINTS
        counted = texts.many("{count} point", "{count} points", points)
        parts = [signed_name(name, texts, marks=True), counted if name in MARKED else ""]
    else:
        parts = [
            signed_name(name, texts),
            texts("must be answered") if own.get("required") == "true" else "",
            texts("has a rule") if own.get("if_question") else "",
            texts("new page") if own.get("starts_page") == "true" else "",
        ]
    return " · ".join(part for part in (*parts, _look(setting, question_id, problems)) if part)


def _look(setting: Setting, question_id: str, problems: dict[str, Problem]) -> str:
    wrong = any(is_about(name, question_id) for name in problems)
    return f"⚠ {setting.texts('needs a look')}" if wrong else ""


def _done(setting: Setting) -> Iterator[CardElement]:
    if setting.done:
        yield success(setting.done)
    if setting.undo is not None:
        yield from buttons([submits(setting.host, setting.undo, setting.texts("Undo"))])


def _turns(draft: Draft, setting: Setting, start: int, end: int) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, builds(draft, "draft.turn")
    phrases = phrases_of(draft)
    steps = {
        texts(phrases.before): (start > 0, max(start - PER_PAGE, 0)),
        texts(phrases.after): (end < len(question_ids(draft.values)), end),
    }
    for title, (offered, first) in steps.items():
        if offered:
            hidden = (*here.hidden, ("shown_from", str(first)))
            yield submits(host, replace(here, hidden=hidden), title)


def _adding(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """The type chosen last is offered again, until another form has others."""
    texts, offer, count = setting.texts, builder(draft.kind), len(question_ids(draft.values))
    chosen = draft.values.get("add", "")
    if count >= MOST_QUESTIONS:
        yield note(texts(phrases_of(draft).full, most=MOST_QUESTIONS))
    elif len(offer.presets) > 1:
        yield ChoiceSetInput(
            id="add",
            label=_next_type(setting, in_pages=offer.unit is Unit.PAGE),
            style="compact",
            value=chosen if offer.offers(chosen) else offer.presets[0].name,
            choices=preset_choices(offer.presets, texts, marks=offer.marks),
            spacing="Medium",
        )
    yield from note_problem(setting, "add")
    if count < MOST_QUESTIONS:
        yield from buttons(_additions(draft, setting))
        yield from buttons([bank_button(draft, setting)] if offer.marks else [])
    if count and offer.unit is not Unit.ITEM:
        here, title = builds(draft, "build.try"), texts("Preview the form")
        yield from buttons([submits(setting.host, here, title)])


def _next_type(setting: Setting, *, in_pages: bool) -> str:
    texts = setting.texts
    return texts("Type of the next page") if in_pages else texts("Type of the next question")


def _additions(draft: Draft, setting: Setting) -> Iterator[Action]:
    texts, host, presets = setting.texts, setting.host, builder(draft.kind).presets
    adding = adds(draft, "build.add")
    if len(presets) == 1:
        adding = replace(adding, hidden=(*adding.hidden, ("add", presets[0].name)))
    yield submits(host, adding, texts(phrases_of(draft).add))
    yield submits(host, builds(draft, "build.paste"), texts("Paste many"))

"""What the builder's screens for one question have in common."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement

from actions.action import Draft
from actions.drafted import chosen_preset, field_prefix, place_of, question_ids
from actions.kinds import builder
from cards.parts import Host, label, note, submits, warning
from dialogs.presets import signed_name
from dialogs.question_list import builds
from dialogs.screen import Setting
from dialogs.units import phrases_of


def title_of(draft: Draft, question_id: str, setting: Setting) -> str:
    """Give which question it is, of how many. Raises NotFound."""
    texts, place = setting.texts, place_of(draft.values, question_id)
    count = len(question_ids(draft.values))
    return texts(phrases_of(draft).place, number=place + 1, count=count)


def top(draft: Draft, question_id: str, setting: Setting) -> Iterator[CardElement]:
    """Give what stands above the fields."""
    texts = setting.texts
    if setting.host is Host.IN_PLACE:
        yield label(title_of(draft, question_id, setting))
    name, offer = chosen_preset(draft.values, question_id).name, builder(draft.kind)
    if len(offer.presets) > 1:
        yield note(signed_name(name, texts, marks=offer.marks))
    if own_problems(question_id, setting):
        yield warning(texts("Please look at what is marked below."))


def own_problems(question_id: str, setting: Setting) -> set[str]:
    """Give the fields of a question that are wrong, by their own names."""
    prefix = field_prefix(question_id)
    return {n.removeprefix(prefix) for n in setting.problems if n.startswith(prefix)}


def step(draft: Draft, question_id: str, setting: Setting, verb: str, title: str) -> Action:
    """Give a button that keeps what was typed about a question and goes on."""
    return submits(setting.host, builds(draft, verb, question_id), title)


def to_list(draft: Draft, question_id: str, setting: Setting) -> Action:
    """Give the button back to the list, which asks for nothing to be right."""
    return step(draft, question_id, setting, "build.list", setting.texts("Back to the list"))


def marked(title: str, *, wrong: bool) -> str:
    """Give a button's title, with a sign where something is wrong behind it."""
    return f"⚠ {title}" if wrong else title

"""The fields that only a survey's form has."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement

from actions.action import Draft
from actions.schedule import is_of_posted
from dialogs.inputs import description_field, switch, title_field
from dialogs.question_list import question_list
from dialogs.screen import Setting

NAME = "survey"

HIDDEN: tuple[str, ...] = ()
"""A draft that was never stored has no questions, and everything else has a field."""

MORE = ("several",)
"""Fields that stand among the further settings."""


def head(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the title and what people read below it."""
    texts, values = setting.texts, draft.values
    placeholder = texts("What is this survey about?")
    yield from title_field(setting, values, texts("Title"), placeholder)
    yield from description_field(setting, values)


def fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give one page of the list of questions, and what can be done with it."""
    yield from question_list(draft, setting, room)


def more_fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the further settings."""
    del room
    texts = setting.texts
    if not is_of_posted(draft):
        title = texts("Each person may respond several times")
        yield switch(draft.values, "several", texts("Responses"), title)

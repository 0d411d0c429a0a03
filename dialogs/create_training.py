"""The fields that only a training's form has."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement

from actions.action import Draft
from actions.training import SORT
from dialogs.exam_fields import counting_field, marking_fields, validity_field
from dialogs.inputs import description_field, title_field
from dialogs.question_list import question_list
from dialogs.screen import Setting

NAME = "training"

HIDDEN: tuple[str, ...] = ()
"""A draft that was never stored has no pages, and everything else has a field."""

MORE = ("months",)
"""Fields with problems of their own that stand among the further settings."""


def head(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the title and what people read below it."""
    texts, values = setting.texts, draft.values
    yield from title_field(setting, values, texts("Title"), texts("What is this training about?"))
    yield from description_field(setting, values)


def fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the pages, and how the questions among them are marked."""
    yield from question_list(draft, setting, room)
    yield from marking_fields(draft, setting, SORT)


def more_fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the further settings."""
    del room
    yield counting_field(draft, setting)
    yield from validity_field(draft, setting)

"""How each kind is asked for: one row per kind, the files beside this one being the columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from microsoft_teams.cards.core import CardElement

from actions.action import Draft
from actions.errors import NotFound
from actions.viewing import View
from dialogs import (
    create_checklist,
    create_poll,
    create_quiz,
    create_survey,
    create_training,
    respond_poll,
)
from dialogs.screen import Screen, Setting
from dialogs.settings import listed_settings, marked_settings, usual_settings


@dataclass(frozen=True, slots=True)
class Form:
    """A kind's part of the forms.

    `hidden` names values without a field, `more` those that stand among the further settings;
    `head` is what the action is called, `settings` those that stay once it is posted, `respond`
    the form that answers it. The fields of a long form take turns: those that are shown have at
    most as many characters as the number says.
    """

    name: str
    hidden: tuple[str, ...]
    more: tuple[str, ...]
    head: Callable[[Draft, Setting], Iterable[CardElement]]
    fields: Callable[[Draft, Setting, int], Iterable[CardElement]]
    more_fields: Callable[[Draft, Setting, int], Iterable[CardElement]]
    settings: Callable[[Draft, Setting], Iterable[CardElement]]
    respond: Callable[[View, Setting], Screen]


def filled_in_by_page(view: View, setting: Setting) -> Screen:
    """Refuse the one form of a kind that is answered page by page or item by item."""
    del view, setting
    raise NotFound("no_such_button")


FORMS: tuple[Form, ...] = (
    Form(
        name=create_poll.NAME,
        hidden=create_poll.HIDDEN,
        more=create_poll.MORE,
        head=create_poll.head,
        fields=create_poll.fields,
        more_fields=create_poll.more_fields,
        settings=usual_settings,
        respond=respond_poll.respond_screen,
    ),
    Form(
        name=create_survey.NAME,
        hidden=create_survey.HIDDEN,
        more=create_survey.MORE,
        head=create_survey.head,
        fields=create_survey.fields,
        more_fields=create_survey.more_fields,
        settings=usual_settings,
        respond=filled_in_by_page,
    ),
    Form(
        name=create_quiz.NAME,
        hidden=create_quiz.HIDDEN,
        more=create_quiz.MORE,
        head=create_quiz.head,
        fields=create_quiz.fields,
        more_fields=create_quiz.more_fields,
        settings=marked_settings,
        respond=filled_in_by_page,
    ),
    Form(
        name=create_training.NAME,
        hidden=create_training.HIDDEN,
        more=create_training.MORE,
        head=create_training.head,
        fields=create_training.fields,
        more_fields=create_training.more_fields,
        settings=marked_settings,
        respond=filled_in_by_page,
    ),
    Form(
        name=create_checklist.NAME,
        hidden=create_checklist.HIDDEN,
        more=create_checklist.MORE,
        head=create_checklist.head,
        fields=create_checklist.fields,
        more_fields=create_checklist.more_fields,
        settings=listed_settings,
        respond=filled_in_by_page,
    ),
)
"""Every kind's forms."""


def form(name: str) -> Form:
    """Give the forms of the kind of that name. Raises NotFound."""
    for candidate in FORMS:
        if candidate.name == name:
            return candidate
    raise NotFound("no_such_kind")

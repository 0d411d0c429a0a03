"""How each kind is asked for: one row per kind, the files beside this one being the columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from microsoft_teams.cards.core import CardElement

from actions.action import Draft
from actions.errors import NotFound
from actions.plan import Values
from actions.viewing import View
from dialogs import create_poll, respond_poll
from dialogs.screen import Screen, Setting


@dataclass(frozen=True, slots=True)
class Form:
    """A kind's part of the forms.

    `hidden` names values without a field, `more` those that stand among the further settings;
    `respond` is the form that answers the action. The fields of a long form take turns: those
    that are shown have at most as many characters as the number says, `turned` shows the next.
    """

    name: str
    hidden: tuple[str, ...]
    more: tuple[str, ...]
    fields: Callable[[Draft, Setting, int], Iterable[CardElement]]
    more_fields: Callable[[Draft, Setting, int], Iterable[CardElement]]
    turned: Callable[[Values, Setting, int], Values]
    respond: Callable[[View, Setting], Screen]


FORMS: tuple[Form, ...] = (
    Form(
        name=create_poll.NAME,
        hidden=create_poll.HIDDEN,
        more=create_poll.MORE,
        fields=create_poll.fields,
        more_fields=create_poll.more_fields,
        turned=create_poll.turned,
        respond=respond_poll.respond_screen,
    ),
)
"""Every kind's forms."""


def form(name: str) -> Form:
    """Give the forms of the kind of that name. Raises NotFound."""
    for candidate in FORMS:
        if candidate.name == name:
            return candidate
    raise NotFound("no_such_kind")

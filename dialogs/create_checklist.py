"""The fields that only a checklist's form has."""

from collections.abc import Iterator, Mapping

from microsoft_teams.cards.core import CardElement, Choice, ChoiceSetInput

from actions.action import Draft
from actions.checklist import ANYONE, MAKER, ME, NAMED, NOBODY, OWN, SHARED, USUAL
from actions.schedule import is_of_posted
from cards.envelope import Envelope
from cards.parts import buttons, note, opens
from dialogs.inputs import description_field, title_field
from dialogs.question_list import question_list
from dialogs.screen import Setting

NAME = "checklist"

HIDDEN: tuple[str, ...] = ()
"""A draft with items is stored at once, and everything else has a field."""

MORE: tuple[str, ...] = ()
"""No field among the further settings has problems of its own."""


def head(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the title and what people read below it."""
    texts, values = setting.texts, draft.values
    yield from title_field(setting, values, texts("Title"), texts("What is to be done?"))
    yield from description_field(setting, values)


def fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the items and whose list it is; of what is posted, where its items are changed."""
    texts = setting.texts
    if is_of_posted(draft):
        yield note(texts("Items are changed in the list itself, so that no tick is lost."))
        here = Envelope("list.open", draft.edits)
        yield from buttons([opens(setting.host, here, texts("Open list"))])
        return
    yield from question_list(draft, setting, room)
    modes = {
        SHARED: texts("everyone on one list"),
        OWN: texts("each person on their own list"),
    }
    yield _one_of(draft, "mode", texts("Who ticks"), modes)


def more_fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give who may tick and change the items, and who has to look at what is done."""
    del room
    texts = setting.texts
    tickers = {
        ANYONE: texts("everyone"),
        NAMED: texts("who it is for; without a name everyone"),
    }
    yield _one_of(draft, "tickers", texts("Who may tick an item on a shared list"), tickers)
    editors = {
        USUAL: texts("everyone (on own lists: only you)"),
        ANYONE: texts("everyone"),
        MAKER: texts("only you"),
    }
    title = texts("Who may add, change and delete items once it is posted")
    yield _one_of(draft, "editors", title, editors)
    if not is_of_posted(draft):
        checks = {
            NOBODY: texts("nobody: what is ticked is done"),
            ME: texts("me, or whom I name later"),
        }
        yield _one_of(draft, "check", texts("Who checks what was done"), checks)


def _one_of(draft: Draft, name: str, label: str, choices: Mapping[str, str]) -> CardElement:
    return ChoiceSetInput(
        id=name,
        label=label,
        style="compact",
        wrap=True,
        value=draft.values.get(name) or next(iter(choices)),
        choices=[Choice(title=title, value=value) for value, title in choices.items()],
    )

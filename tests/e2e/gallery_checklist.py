"""The screens that make a checklist, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard

from actions import checklist
from actions.errors import InvalidAnswers
from actions.fields import Values
from actions.pasted_items import read_items
from cards.parts import Host
from cards.texts import Texts
from dialogs.create import form_screen, warned_screen
from dialogs.edit_question import question_screen
from dialogs.paste_questions import paste_screen
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, BERLIN, NOW, new_ids
from tests.actions.checklist_drafts import a_checklist_draft, problems_of
from tests.actions.drafts import FILLED, typed

MESSAGE = """\
Opening the shop
# Shop floor
Switch the lights on and open the shutters
Check that the emergency exits are free
# Till
Count the cash
Put the card terminal on its charger, and see whether it has paper for the whole day
"""

PASTED = f"Lights\n{'x' * 4_001}\n# Till\nCash"


def list_builder(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen of the builder."""
    setting, draft = Setting(Host.IN_PLACE, texts), a_checklist_draft(_opening())
    empty = checklist.blank(NOW, BERLIN, new_ids())
    yield "list-build-new", form_screen(a_checklist_draft(empty), setting).card
    yield "list-build", form_screen(draft, setting).card
    yield "list-build-item", question_screen(draft, _ids(draft.values)[0], setting).card
    wrong = typed(_opening(), _ids(draft.values)[0], text="", due_date="")
    wrong = {**wrong, "mode": "own", "check": "me"}
    marked = replace(setting, problems=problems_of(wrong))
    yield "list-build-wrong", form_screen(a_checklist_draft(wrong), marked).card
    screen = question_screen(a_checklist_draft(wrong), _ids(wrong)[0], marked)
    yield "list-build-item-wrong", screen.card
    yield "list-build-paste", paste_screen(draft, setting).card
    yield "list-build-paste-wrong", _pasted(setting)
    posted = a_checklist_draft(_opening(), edits=ACTION_ID)
    yield "list-build-edit", form_screen(posted, setting).card
    warned = replace(setting, host=Host.DIALOG)
    yield "list-build-warned", warned_screen(draft, ["items_overdue"], warned).card


def _opening() -> Values:
    values = checklist.blank(NOW, BERLIN, new_ids(), MESSAGE)
    return typed(values, _ids(values)[0], **FILLED["item"])


def _ids(values: Values) -> list[str]:
    return values["questions"].split()


def _pasted(setting: Setting) -> AdaptiveCard:
    draft = a_checklist_draft({**_opening(), "pasted": PASTED})
    try:
        read_items(PASTED)
    except InvalidAnswers as refused:
        setting = replace(setting, problems=refused.problems)
    return paste_screen(draft, setting).card

"""The screens of the question bank: small, checked, leading on, and saying what to do."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.action import Draft
from actions.bank import BankItem, Finding, build_item
from actions.banked import (
    QUESTION,
    BankCounts,
    Banked,
    BankPage,
    ImportReport,
    Selection,
)
from actions.banking import MOST_ITEMS, PER_PAGE, BankListing
from actions.errors import Problem
from actions.fields import line_id
from cards.envelope import decode
from cards.parts import Host
from dialogs.bank import bank_button, bank_screen, keep_button
from dialogs.bank_import import (
    PER_PAGE as FINDINGS,
)
from dialogs.bank_import import (
    bank_export_screen,
    import_screen,
    report_screen,
)
from dialogs.bank_item import delete_screen, item_screen
from dialogs.bank_pick import pick_screen
from dialogs.bank_place import BankPlace
from dialogs.screen import Screen, Setting
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.dialogs.builders import DIALOG, IN_PLACE, envelopes, shown
from tests.fakes import NOON, a_draft
from tests.teams.cards import buttons, find_action, input_elements, inputs, rows, text

LONG = "*_é" * 2_000
"""Characters that are escaped, and more than one unit long."""


def an_item(question: str = "Capital of France?", *tags: str, **fields: str) -> BankItem:
    usual = {"options": "Paris\nRome", "right": line_id("Paris"), "text": question}
    name = fields.pop("name", "")
    return build_item(QUESTION, fields.pop("preset", "one"), usual | fields, tags, name)


def a_listing(*items: BankItem, **changes: object) -> BankListing:
    kept = [Banked(f"id-{number}", item, NOON) for number, item in enumerate(items)]
    counts = BankCounts(len(items), {})
    listing = BankListing(BankPage(kept), counts, Selection())
    return replace(listing, **changes)  # type: ignore[arg-type]

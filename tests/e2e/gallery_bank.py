"""The question bank, as cards to look at."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Draft
from actions.bank import BankItem
from actions.banked import BankCounts, Banked, BankPage, ImportReport, Selection
from actions.banking import BankListing, placeholder
from actions.gift import read_gift
from cards.parts import Host
from cards.texts import Texts
from dialogs.bank import bank_screen
from dialogs.bank_import import bank_export_screen, import_screen, report_screen
from dialogs.bank_item import delete_screen, item_screen
from dialogs.bank_pick import pick_screen
from dialogs.bank_place import BankPlace
from dialogs.screen import Screen, Setting
from tests.actions.builders import a_draft

AT = datetime(2026, 11, 20, 16, tzinfo=UTC)
GIFT = """$CATEGORY: safety/fire

// [points:2] [tag:first day]
::Alarm::What do you do first when you smell smoke in the hall? {
    =Raise the alarm ~Run ~Take the lift to the ground floor ####Others must know, too.
}

Which put out burning oil? { ~%-50%Water ~%50%Foam ~%50%A lid }

Lifts are safe in a fire. {FALSE}

You turn round at {#2.5:0.5} metres.

What is the emergency number? {=112 =one one two}

Tell us what you learned. {}

Match them. {=a -> b =c -> d =e -> f}

في أي طابق نقطة التجمع؟ {=الأول ~الثاني}
"""


def bank(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen with its name."""
    for name, screen in _screens(Setting(Host.IN_PLACE, texts)):
        yield f"bank-{name}", screen.card


def _screens(setting: Setting) -> Iterator[tuple[str, Screen]]:
    file = read_gift(GIFT, placeholder)
    full, place = _listing(file.items), BankPlace("fire", "safety", "mark")
    yield "empty", bank_screen(_listing(()), setting)
    yield "list", bank_screen(full, setting)
    for number, item in enumerate(file.items, start=1):
        yield f"question-{number}", item_screen(Banked("id", item, AT), place, setting)
    yield "delete", delete_screen(full.page.items[0], place, setting)
    yield "pick", pick_screen(_draft(), full, ["id-1", "id-3", "far"], setting)
    yield "import", import_screen(setting)
    yield "report", report_screen(ImportReport(6, 1, 2, 0, file.findings), 0, setting)
    many = ImportReport(2, findings=file.findings * 30, unsaid=7)
    yield "report-many", report_screen(many, 36, setting)
    yield "report-none", report_screen(ImportReport(findings=file.findings), 0, setting)
    yield "export", bank_export_screen(full, setting)


def _listing(items: tuple[BankItem, ...]) -> BankListing:
    kept = [Banked(f"id-{n}", item, AT - timedelta(n)) for n, item in enumerate(items)]
    tags = {"fire": 6, "first day": 1, "safety": 6}
    counts = BankCounts(42 if items else 0, tags if items else {})
    selection = Selection("", "safety") if items else Selection()
    return BankListing(BankPage(kept, "more" if items else ""), counts, selection)


def _draft() -> Draft:
    return a_draft(kind="quiz")

"""Reminders, and what became of them, as cards to look at."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Posting
from actions.attendance import Spot
from actions.mentioning import Mention
from actions.people import Person
from actions.reminding import Asked, Reminded, Reminders
from actions.viewing import view_of
from cards.parts import Host
from cards.reminders import mention, reminder
from cards.texts import Texts, texts_for
from dialogs.reminding import ask_screen, outcome_screen, sent_screen
from dialogs.results import not_responded_screen
from dialogs.screen import Setting
from tests.actions.attempted import persons
from tests.actions.builders import CREATOR, NOW, a_poll, a_view
from tests.actions.checklists import a_checklist
from tests.actions.exams import a_training
from tests.actions.world import CHAT
from tests.dialogs.builders import a_response, people_of
from tests.dialogs.reminded import a_round, unreached

POLL = a_poll(title="Which day suits you for the stocktaking?", audience=40)
ARABIC = a_poll(title="ماذا نأكل يوم الجمعة؟", locale="ar")
NAMES = ("Ben Castillo", "ليلى حداد", "佐藤 健", "Chloé Lefèvre", "Per Sørensen", "Ben Castillo")


def reminders(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every message and screen with its name."""
    spot = Spot(Posting("p", POLL.id, CHAT.id, "1700000000000"), CHAT)
    yield "reminder", reminder(Asked(POLL, spot), texts)[0]
    yield "reminder-training", reminder(Asked(a_training(), None), texts)[0]
    yield "reminder-list", reminder(Asked(a_checklist(individual=True), spot), texts)[0]
    yield "reminder-arabic", reminder(Asked(ARABIC, spot), texts_for("ar"))[0]
    people = tuple(Person(f"t/{n}", name, f"29:{n}") for n, name in enumerate(NAMES))
    yield "mention", mention(Mention(POLL, people), texts)[0]
    yield "mention-many", mention(Mention(POLL, tuple(persons(20))), texts)[0]
    yield from _screens(Setting(Host.IN_PLACE, texts))


def _screens(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    seen = a_view(POLL, "a", "b", viewer=CREATOR.key)
    yield "remind-many", ask_screen(seen, 38, setting).card
    yield "remind-sent", sent_screen(seen, Reminded(9, 7), setting).card
    yield "remind-nobody", sent_screen(seen, Reminded(0, 0), setting).card
    going = a_round(sent=3, pending=4)
    over = a_round(7, 2, spared=1, unreachable=unreached(3, "Ben Castillo"))
    many = a_round(7, 100, unreachable=unreached(50, "ليلى حداد"), missed=240)
    later = replace(seen, action=replace(POLL, remind_at=NOW.replace(day=26)))
    for name, last in (("going", going), ("over", over), ("many", many), ("never", None)):
        yield f"reminded-{name}", outcome_screen(Reminders(later, last), setting).card
    missing = people_of(seen, a_response("Ben Castillo"), a_response("Chloé Lefèvre"))
    yield (
        "not-responded-reminded",
        not_responded_screen(replace(missing, reminded=over), setting).card,
    )
    shared = view_of(a_checklist(count=3), seen.tallies, NOW, CREATOR.key)
    yield "remind-list", sent_screen(shared, Reminded(3, 0), setting).card

"""Choosing who else manages an action, who checks a list and who does an item, to look at."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard

from actions.responses import Page, Response
from actions.viewing import People
from cards.parts import Host
from cards.texts import Texts, texts_for
from cards.told import checker, co_creator
from dialogs.checklist_edit import change_screen
from dialogs.manage import manage_screen
from dialogs.screen import Setting
from dialogs.sharing import checker_screen, co_creators_screen, left_screen
from tests.actions.builders import CREATOR, a_poll, a_view
from tests.actions.checklists import a_checklist
from tests.dialogs.boards import a_board
from tests.fakes import a_person

NAMES = (
    *("Ben Castillo", "Chloé Lefèvre", "Dilara Yıldız", "ليلى حداد", "Ola Nordmann"),
    "Maria Magdalena Theresia von und zu Hohenlohe-Langenburg-Weikersheim",
)


def sharing(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen and message with its name."""
    setting, dialog = Setting(Host.IN_PLACE, texts), Setting(Host.DIALOG, texts)
    yield "share-new", co_creators_screen(_people(), setting).card
    ben, leila = a_person(NAMES[0]), a_person(NAMES[3])
    shared = _people(co_creators=(ben, leila), series="series", number=3)
    done = replace(dialog, done=texts("{name} manages this from now on, too.", name=NAMES[3]))
    yield "share-some", co_creators_screen(shared, done).card
    arabic = Setting(Host.DIALOG, texts_for("ar"))
    yield "share-arabic", co_creators_screen(shared, arabic).card
    pages = replace(_people(), page=replace(_people().page, following="more"), search="a")
    yield "share-pages", co_creators_screen(pages, dialog).card
    alone = replace(_people(), page=Page((Response(CREATOR, None, None),)))
    yield "share-alone", co_creators_screen(alone, dialog).card
    unknown = replace(_people(audience=None), page=Page(()))
    yield "share-unknown", co_creators_screen(unknown, dialog).card
    yield "share-left", left_screen(dialog).card
    listed = a_view(a_checklist(checker=CREATOR), viewer=CREATOR.key)
    yield "share-checker", checker_screen(replace(_people(), view=listed), dialog).card
    yield "share-manage", manage_screen(listed, dialog).card
    yield "share-told", co_creator(_people().view, texts)[0]
    yield "share-told-checker", checker(listed, texts)[0]
    board = a_board(a_checklist(), CREATOR, setting=dialog)
    yield "share-item", change_screen(board, "i0", NAMES).card


def _people(**changes: object) -> People:
    action = a_poll(title="Which day suits you for the review?", audience=len(NAMES))
    view = a_view(replace(action, **changes), viewer=CREATOR.key)  # type: ignore[arg-type]
    people = (CREATOR, *(a_person(name) for name in NAMES))
    return People(view, Page(tuple(Response(one, None, None) for one in people)), "", "")

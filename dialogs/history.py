"""The history of a checklist: who did what, when, the newest first."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock

from actions.checklist_results import History, due_of
from actions.history import Entry
from actions.viewing import View
from cards.deeds import deed
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import buttons, card, fitting, note, opens
from cards.texts import Texts
from cards.ticks import follow_up
from dialogs.place import Place
from dialogs.results import bottom, top
from dialogs.screen import Screen, Setting

LENGTHS: Final = (200, 100, 40, 20)
"""To how many characters items, reasons and names are cut, the first that makes a page fit."""


def history_screen(found: History, setting: Setting) -> Screen:
    """Give a page of the history."""
    texts, view = setting.texts, found.view

    def body(longest: int) -> list[CardElement]:
        lines = [_line(entry, view, texts, longest) for entry in found.lines]
        return [
            *top(view, setting, "history"),
            *(lines or [note(texts("Nothing has been done yet."))]),
            *buttons(_turns(found, setting)),
            *bottom(view, setting),
        ]

    return Screen(texts("History"), fitting(card(texts, body(longest)) for longest in LENGTHS))


def _line(entry: Entry, view: View, texts: Texts, longest: int) -> CardElement:
    """Give what was done, when, and why."""
    words = TextBlock(text=deed(entry, texts, longest), wrap=True)
    reason = plain(str(entry.detail.get("reason", "")), longest)
    followed = follow_up(str(entry.detail.get("owner", "")), due_of(entry), texts, longest)
    pieces = (texts.moment(entry.at, view.action.time_zone), reason, followed)
    small = note(" · ".join(piece for piece in pieces if piece))
    return Container(items=[words, small], spacing="Medium")


def _turns(found: History, setting: Setting) -> Iterator[Action]:
    texts, here = setting.texts, Envelope("history", found.view.action.id)
    if found.start:
        yield opens(setting.host, here, texts("The newest"))
    if found.following:
        older = here.with_verb("history", Place(start=found.following).encode())
        yield opens(setting.host, older, texts("Older"))

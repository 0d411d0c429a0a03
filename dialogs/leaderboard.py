"""The leaderboard: who did best, and where the reader stands."""

from collections.abc import Iterator
from typing import Literal

from microsoft_teams.cards.core import Action, CardElement, Column, ColumnSet, Container, TextBlock

from actions.marking import Placed
from actions.marks import LEADERS_PER_PAGE, Leaders
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import buttons, card, note, opens
from cards.score import percent
from cards.texts import Texts
from dialogs.place import Place
from dialogs.results import LONGEST_NAME, bottom, top
from dialogs.screen import Screen, Setting

MEDALS = {1: "🥇 ", 2: "🥈 ", 3: "🥉 "}


def leaders_screen(found: Leaders, setting: Setting) -> Screen:
    """Give a page of the leaderboard; the reader's own place stands there in any case."""
    texts, own = setting.texts, found.own
    is_here = any(row.who.key == found.view.viewer for row in found.rows)
    body = [
        *top(found.view, setting, "leaders"),
        *(_row(row, found, setting) for row in found.rows),
        *([] if found.rows else [note(texts("Nobody has a score yet."))]),
        *([note("…"), _row(own, found, setting)] if own is not None and not is_here else []),
        *([note(_cut(found, texts))] if found.scored > found.count else []),
        *buttons(_turns(found, setting)),
        *bottom(found.view, setting),
    ]
    return Screen(texts("Leaderboard"), card(texts, body))


def _row(row: Placed, found: Leaders, setting: Setting) -> CardElement:
    """Give someone's place, name and score; one's own by words, weight and colour."""
    texts = setting.texts
    is_own = row.who.key == found.view.viewer
    name = plain(row.who.name, LONGEST_NAME) or texts("Someone without a name")
    words = texts("{name} (you)", name=name) if is_own else name
    weight: Literal["Bolder"] | None = "Bolder" if is_own else None
    number = f"{MEDALS.get(row.place, '')}{texts.number(row.place)}\\."
    place = TextBlock(text=number, weight=weight)
    reached = TextBlock(text=percent(row, texts), weight=weight)
    columns = [
        Column(width="52px", items=[place]),
        Column(width="stretch", items=[TextBlock(text=words, wrap=True, weight=weight)]),
        Column(width="auto", items=[reached]),
    ]
    return Container(
        spacing="Small",
        style="emphasis" if is_own else None,
        rounded_corners=True,
        items=[ColumnSet(columns=columns)],
    )


def _cut(found: Leaders, texts: Texts) -> str:
    return texts(
        "The first {count} of {scored} are shown.", count=found.count, scored=found.scored
    )


def _turns(found: Leaders, setting: Setting) -> Iterator[Action]:
    texts, here = setting.texts, Envelope("leaders", found.view.action.id)
    before, after = found.first - LEADERS_PER_PAGE, found.first + LEADERS_PER_PAGE
    if found.first:
        place = Place(first=before).encode()
        yield opens(setting.host, here.with_verb("leaders", place), texts("Previous page"))
    if after < found.count:
        place = Place(first=after).encode()
        yield opens(setting.host, here.with_verb("leaders", place), texts("Next page"))

"""What was done to a checklist, in words."""

from collections.abc import Mapping
from typing import Final

from actions.history import Entry
from cards.markdown import plain
from cards.texts import Texts
from cards.ticks import person_name

LONGEST_ITEM: Final = 200
"""Characters of an item in a line."""

DEEDS: Final[Mapping[str, str]] = {
    "item_done": "{name} ticked “{item}”",
    "item_open": "{name} opened “{item}” again",
    "item_not_applicable": "{name}: “{item}” is not applicable",
    "item_not_done": "{name}: “{item}” was not done",
    "item_checked": "{name} checked “{item}”: it is right",
    "item_refused": "{name} checked “{item}”: it is not right, and open again",
    "item_added": "{name} added “{item}”",
    "item_edited": "{name} changed “{item}”",
    "item_moved": "{name} moved “{item}”",
    "item_deleted": "{name} deleted “{item}”",
    "item_put_back": "{name} put “{item}” back",
    "edited": "{name} changed the checklist",
    "closed": "{name} closed the checklist",
    "reopened": "{name} opened the checklist again",
    "exported": "{name} exported the checklist",
    "reminded": "{name} reminded those who have something left to do",
}
"""What was done, by the verb of the line."""

WORDS: Final[Mapping[str, str]] = {
    "item_done": "done",
    "item_open": "open again",
    "item_not_applicable": "not applicable",
    "item_not_done": "not done",
    "item_checked": "checked: right",
    "item_refused": "checked: not right",
    "item_added": "added",
    "item_edited": "changed",
    "item_moved": "moved",
    "item_deleted": "deleted",
    "item_put_back": "put back",
    "edited": "checklist changed",
    "closed": "checklist closed",
    "reopened": "checklist opened again",
    "exported": "checklist exported",
    "reminded": "people reminded",
}
"""The same as a cell of a table."""


def deed(entry: Entry, texts: Texts, longest: int = LONGEST_ITEM) -> str:
    """Give what a line tells on one line, as a card's text."""
    verb = entry.verb if entry.verb in DEEDS else "edited"
    item = plain(str(entry.detail.get("text", "")), longest)
    told = texts(DEEDS[verb], name=person_name(entry.person.name, texts, longest), item=item)
    if "list_of" not in entry.detail:
        return told
    name = person_name(str(entry.detail["list_of"]), texts, longest)
    return texts("{told} (list of {name})", told=told, name=name)

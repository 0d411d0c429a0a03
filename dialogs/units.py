"""What the builder says of questions, pages or items: the same sentences for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from actions.action import Draft
from actions.builder import Unit
from actions.kinds import builder
from cards.texts import Texts


@dataclass(frozen=True, slots=True)
class UnitPhrases:
    """Whole sentences, because languages join words differently."""

    none: str
    part: str
    place: str
    edit: str
    up: str
    down: str
    before: str
    after: str
    full: str
    add: str
    deleted: str
    paste: str
    add_pasted: str


_QUESTIONS: Final = UnitPhrases(
    none="No questions yet",
    part="Questions {first}–{last} of {count}",
    place="Question {number} of {count}",
    edit="Edit question {number}",
    up="Move question {number} up",
    down="Move question {number} down",
    before="Previous questions",
    after="Next questions",
    full="There are {most} questions; no more fit.",
    add="Add question",
    deleted="Question {number} is deleted.",
    paste="Paste many questions",
    add_pasted="Add the questions",
)

_PAGES: Final = UnitPhrases(
    none="No pages yet",
    part="Pages {first}–{last} of {count}",
    place="Page {number} of {count}",
    edit="Edit page {number}",
    up="Move page {number} up",
    down="Move page {number} down",
    before="Previous pages",
    after="Next pages",
    full="There are {most} pages; no more fit.",
    add="Add page",
    deleted="Page {number} is deleted.",
    paste="Paste many questions",
    add_pasted="Add the questions",
)

_ITEMS: Final = UnitPhrases(
    none="No items yet",
    part="Items {first}–{last} of {count}",
    place="Item {number} of {count}",
    edit="Edit item {number}",
    up="Move item {number} up",
    down="Move item {number} down",
    before="Previous items",
    after="Next items",
    full="There are {most} items; no more fit.",
    add="Add item",
    deleted="Item {number} is deleted.",
    paste="Paste many items",
    add_pasted="Add the items",
)

_PHRASES: Final[Mapping[Unit, UnitPhrases]] = {
    Unit.QUESTION: _QUESTIONS,
    Unit.PAGE: _PAGES,
    Unit.ITEM: _ITEMS,
}


def phrases_of(draft: Draft) -> UnitPhrases:
    """Give the sentences for what a draft's builder makes. Raises NotFound."""
    return _PHRASES[builder(draft.kind).unit]


def counted(draft: Draft, count: int, texts: Texts) -> str:
    """Give how many there are. Raises NotFound."""
    match builder(draft.kind).unit:
        case Unit.QUESTION:
            return texts.many("{count} question", "{count} questions", count)
        case Unit.PAGE:
            return texts.many("{count} page", "{count} pages", count)
        case Unit.ITEM:
            return texts.many("{count} item", "{count} items", count)


def added(draft: Draft, count: int, texts: Texts) -> str:
    """Give that so many were added at once. Raises NotFound."""
    if builder(draft.kind).unit is Unit.ITEM:
        return texts.many("{count} item is added.", "{count} items are added.", count)
    return texts.many("{count} question is added.", "{count} questions are added.", count)

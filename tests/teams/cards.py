"""Read an Adaptive Card the way a person does: texts, buttons, rows and inputs, in order."""

from collections.abc import Iterator
from typing import Any

Card = dict[str, Any]

CHILDREN = (
    *("selectAction", "body", "items", "columns", "rows", "cells", "pages", "inlines", "images"),
    *("inlineAction", "actions", "menuActions", "card", "content"),
)


def walk(node: Any, *, hidden: bool = True) -> Iterator[Card]:
    """Give every element and action of a card in reading order, without fallbacks and refresh.

    `hidden` says whether elements with `isVisible: false` count.
    """
    if isinstance(node, list):
        for child in node:
            yield from walk(child, hidden=hidden)
    elif isinstance(node, dict) and (hidden or node.get("isVisible") is not False):
        yield node
        for key in CHILDREN:
            yield from walk(node.get(key), hidden=hidden)


def texts(card: Card | None) -> list[str]:
    """Give all visible text in reading order, labels and choices included, buttons not."""
    return [text for node in walk(card or {}, hidden=False) for text in _texts_of(node) if text]


def text(card: Card | None) -> str:
    """Give the visible text as one string, a line for each element."""
    return "\n".join(texts(card))


def buttons(card: Card) -> list[str]:
    """Give the titles of the buttons: what stands in `actions`, also in overflow menus."""
    return [
        action.get("title", "")
        for node in walk(card)
        for key in ("actions", "menuActions")
        for action in node.get(key) or ()
    ]


def rows(card: Card) -> list[str]:
    """Give the titles of the rows to tap: the select actions."""
    return [n["selectAction"].get("title", "") for n in walk(card) if "selectAction" in n]


def input_elements(card: Card) -> list[Card]:
    """Give the input elements in reading order."""
    return [node for node in walk(card) if str(node.get("type", "")).startswith("Input.")]


def inputs(card: Card) -> dict[str, str | None]:
    """Give the default value of each input by id; None where the card gives none."""
    return {node.get("id", ""): node.get("value") for node in input_elements(card)}


def labels(card: Card) -> dict[str, str]:
    """Give the label of each input by id."""
    return {node.get("id", ""): node.get("label", "") for node in input_elements(card)}


def actions(card: Card) -> list[Card]:
    """Give everything that can be tapped, in reading order."""
    return [node for node in walk(card) if str(node.get("type", "")).startswith("Action.")]


def find_action(card: Card, title: str, nth: int = 0) -> Card:
    """Give the action with this title, the `nth` of several.

    Raises:
        LookupError: The card offers none; the message lists what it offers.
    """
    found = [action for action in actions(card) if action.get("title") == title]
    if nth >= len(found):
        offered = [action.get("title") for action in actions(card)]
        msg = f"nothing called {title!r} can be tapped, only {offered}"
        raise LookupError(msg)
    return found[nth]


def _texts_of(node: Card) -> list[str]:
    kind = str(node.get("type", ""))
    if kind.startswith("Action."):
        return []
    own = [node.get("label", "")] if kind.startswith("Input.") else []
    if kind in {"TextBlock", "TextRun", "Badge"}:
        own.append(node.get("text", ""))
    if kind == "Input.Toggle" or kind.startswith("Chart."):
        own.append(node.get("title", ""))
    own += [run for run in node.get("inlines") or () if isinstance(run, str)]
    own += [choice.get("title", "") for choice in node.get("choices") or ()]
    for fact in node.get("facts") or ():
        own += [fact.get("title", ""), fact.get("value", "")]
    return own

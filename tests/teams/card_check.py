"""Say what Teams would choke on in a card; stricter than the web client, as strict as phones.

iOS and Android drop a whole card for one bad width or an image without address
(https://github.com/MicrosoftDocs/msteams-docs/issues/7929), so everything is checked here.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from microsoft_teams.cards import core
from pydantic import ValidationError

from tests.teams.cards import Card, actions, input_elements, walk

LARGEST_CARD = 20_000
MOST_BUTTONS = 6
MOST_REFRESHING = 60
WIDTH = re.compile(r"auto|stretch|[1-9]\d*(px)?")
NEWER = re.compile(
    r"Badge|Carousel|Chart\..*|CodeBlock|Component|CompoundButton|Icon|Input\.Rating|Rating"
    r"|ProgressBar|ProgressRing"
)
MUST_HOLD = {"Container": "items", "ColumnSet": "columns", "ActionSet": "actions"} | {
    "FactSet": "facts",
    "TextBlock": "text",
    "Table": "rows",
    "Image": "url",
}


def check_card(card: Card) -> None:
    """Check one card.

    Raises:
        AssertionError: Lists everything that is wrong with it.
    """
    problems = [problem for rule in RULES for problem in rule(card)]
    if problems:
        raise AssertionError("not a card for Teams:\n- " + "\n- ".join(problems))


def check_inputs_absent(card: Card) -> None:
    """Check that a shared card has no inputs: each update would wipe what someone is entering.

    Raises:
        AssertionError: Names the inputs.
    """
    found = [element.get("id") for element in input_elements(card)]
    if found:
        msg = f"a shared card has inputs: {found}"
        raise AssertionError(msg)


def _frame(card: Card) -> Iterator[str]:
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")))
    if size > LARGEST_CARD:
        yield f"{size} characters of JSON, more than {LARGEST_CARD}"
    if card.get("type") != "AdaptiveCard":
        yield f"type is {card.get('type')!r}, not AdaptiveCard"
    if card.get("version") != "1.5":
        yield f"version is {card.get('version')!r}, not '1.5'"
    if not card.get("body"):
        yield "the body is empty"


def _known(card: Card) -> Iterator[str]:
    for node in _with_fallbacks(card):
        kind = node.get("type")
        model = MODELS.get(str(kind))
        if model is None:
            # Cells, rows, columns, pages and facts may leave their type out.
            if kind is not None:
                yield f"unknown element {kind!r}"
            continue
        try:
            extra = model.model_validate(node).model_extra or {}
        except ValidationError as error:
            yield f"{_name(node)}: {error}"
            continue
        for key in set(extra) - {"$schema", "grid.area"}:
            yield f"{_name(node)}: unknown property {key!r}"


def _fallbacks(card: Card) -> Iterator[str]:
    for node in walk(card):
        if NEWER.fullmatch(str(node.get("type"))) and "fallback" not in node:
            yield f"{_name(node)}: needs a fallback, else clients drop its container"
    for action in actions(card):
        if action["type"] != "Action.Execute":
            continue
        fallback = action.get("fallback")
        data = fallback.get("data") if isinstance(fallback, dict) else None
        if not isinstance(fallback, dict) or fallback.get("type") != "Action.Submit":
            yield f"{_name(action)}: needs an Action.Submit as fallback"
        elif data != action.get("data") and (data or {}).get("verb") != action.get("verb"):
            yield f"{_name(action)}: the fallback's data needs the same verb"


def _empty(card: Card) -> Iterator[str]:
    for node in walk(card):
        key = MUST_HOLD.get(str(node.get("type")))
        if key and not node.get(key):
            yield f"{_name(node)}: {key} is empty"
        if node.get("type") == "Image" and not node.get("altText"):
            yield f"{_name(node)}: altText is missing"


def _inputs(card: Card) -> Iterator[str]:
    for element in input_elements(card):
        for key in ("id", "label"):
            if not element.get(key):
                yield f"{_name(element)}: {key} is missing"
        values = [str(choice.get("value")) for choice in element.get("choices") or ()]
        if any("," in value for value in values):
            yield f"{_name(element)}: a choice's value has a comma"
        if len(set(values)) < len(values):
            yield f"{_name(element)}: two choices have the same value"
        if element.get("isRequired") and not element.get("errorMessage"):
            yield f"{_name(element)}: required, but errorMessage is missing"


def _ids(card: Card) -> Iterator[str]:
    counts = Counter(node["id"] for node in walk(card) if node.get("id"))
    for name, count in counts.items():
        if count > 1:
            yield f"id {name!r} is used {count} times"


def _actions(card: Card) -> Iterator[str]:
    for action in actions(card):
        if not action.get("title"):
            yield f"{_name(action)}: title is missing"
    for node in walk(card):
        primary = [a for a in node.get("actions") or () if a.get("mode") != "secondary"]
        if len(primary) > MOST_BUTTONS:
            yield f"{_name(node)}: {len(primary)} buttons, more than {MOST_BUTTONS}"


def _refresh(card: Card) -> Iterator[str]:
    refresh = card.get("refresh")
    if refresh is None:
        return
    if (refresh.get("action") or {}).get("type") != "Action.Execute":
        yield "refresh: needs an Action.Execute"
    # Without userIds Teams' documents contradict each other on who refreshes.
    listed = refresh.get("userIds")
    if listed is None:
        yield "refresh: userIds is missing"
    elif len(listed) > MOST_REFRESHING:
        yield f"refresh: {len(listed)} userIds, more than {MOST_REFRESHING}"
    elif not all(str(mri).startswith("29:") for mri in listed):
        yield "refresh: a userId is not a user's 29: id"


def _widths(card: Card) -> Iterator[str]:
    for node in walk(card):
        sized = node.get("columns") if node.get("type") == "Table" else [node]
        for column in sized or ():
            width = column.get("width")
            positive = isinstance(width, int | float) and width > 0
            if width is not None and not positive and not WIDTH.fullmatch(str(width)):
                yield f"{_name(node)}: width {width!r}"


def _with_fallbacks(card: Card) -> Iterator[Card]:
    for node in walk(card):
        yield node
        if isinstance(node.get("fallback"), dict):
            yield from _with_fallbacks(node["fallback"])


def _name(node: Card) -> str:
    shown = node.get("id") or node.get("title") or node.get("text") or node.get("url") or ""
    return f"{node.get('type', 'element')} {str(shown)[:40]!r}"


def _models() -> dict[str, type[core.SerializableObject]]:
    found: dict[str, type[core.SerializableObject]] = {}
    for model in vars(core).values():
        if isinstance(model, type) and issubclass(model, core.CardElement | core.Action):
            field: Any = model.model_fields.get("type")
            if field is not None and isinstance(field.default, str):
                found[field.default] = model
    # Five elements share this name; their properties are not ours to check.
    del found["Component"]
    return found


MODELS = _models()
RULES: tuple[Callable[[Card], Iterator[str]], ...] = (
    *(_frame, _known, _fallbacks, _empty, _inputs, _ids, _actions, _refresh, _widths),
)

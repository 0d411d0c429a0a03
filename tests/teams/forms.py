"""What the Teams client does with a card's inputs before it sends anything."""

import re
from collections.abc import Mapping
from typing import Any

from tests.teams.cards import Card, input_elements

Value = str | bool | float | list[str]


class RefusedByClient(Exception):
    """The client showed an error at a field and sent nothing; `problems` is by input id."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep the `problems`."""
        super().__init__(dict(problems))
        self.problems = problems


def submitted(card: Card, action: Card, given: Mapping[str, Value]) -> dict[str, Any]:
    """Give the data that tapping `action` sends: its own data and the inputs' values.

    `given` is by input id or label; choices by value or title.

    Raises:
        LookupError: `given` names an input or a choice that the card has not.
        RefusedByClient: A value is missing or breaks the limits that the card states.
    """
    data = dict(action.get("data") or {})
    if action.get("associatedInputs") == "none":
        return data
    elements = input_elements(card)
    entered = {_named(elements, name): value for name, value in given.items()}
    values = {e["id"]: _value(e, entered.get(e["id"], e.get("value"))) for e in elements}
    problems = {e["id"]: wrong for e in elements if (wrong := _wrong(e, values[e["id"]]))}
    if problems:
        raise RefusedByClient(problems)
    return data | {name: value for name, value in values.items() if value is not None}


def _named(elements: list[Card], name: str) -> str:
    for key in ("id", "label"):
        for element in elements:
            if element.get(key) == name:
                return str(element["id"])
    msg = f"no input called {name!r}, only {[(e.get('id'), e.get('label')) for e in elements]}"
    raise LookupError(msg)


def _value(element: Card, entered: Value | None) -> str | None:
    # Every value travels as a string; an empty text is sent, other empty inputs are left out.
    kind = element["type"]
    if kind == "Input.Toggle":
        on, off = element.get("valueOn", "true"), element.get("valueOff", "false")
        return str(on if entered in {True, on} else off)
    if kind == "Input.Text":
        return str(entered or "")
    if entered is None or entered in ("", []):
        return None
    if kind == "Input.ChoiceSet":
        return _chosen(element, entered)
    return str(entered)


def _chosen(element: Card, entered: Value) -> str:
    listed = element.get("isMultiSelect") and isinstance(entered, str)
    wanted = entered.split(",") if listed and isinstance(entered, str) else entered
    picked = wanted if isinstance(wanted, list) else [str(wanted)]
    return ",".join(_choice(element, one) for one in picked)


def _choice(element: Card, wanted: str) -> str:
    choices = element.get("choices") or ()
    for key in ("value", "title"):
        for choice in choices:
            if choice.get(key) == wanted:
                return str(choice["value"])
    if element.get("choices.data"):
        return wanted
    msg = f"{element['id']}: no choice {wanted!r}, only {[c.get('title') for c in choices]}"
    raise LookupError(msg)


def _wrong(element: Card, value: str | None) -> str:
    off = element.get("valueOff", "false") if element["type"] == "Input.Toggle" else ""
    missing = value is None or value in {"", off}
    refused = bool(element.get("isRequired")) if missing else _breaks_limits(element, str(value))
    return str(element.get("errorMessage") or "refused") if refused else ""


def _breaks_limits(element: Card, value: str) -> bool:
    if len(value) > element.get("maxLength", len(value)):
        return True
    if element.get("regex") and not re.search(element["regex"], value):
        return True
    if element["type"] == "Input.Number":
        number = float(value)
        return not element.get("min", number) <= number <= element.get("max", number)
    if element["type"] in {"Input.Date", "Input.Time"}:
        return not element.get("min", value) <= value <= element.get("max", value)
    return False

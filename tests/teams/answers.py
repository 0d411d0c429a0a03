"""What the bot answered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from tests.teams.cards import Card

if TYPE_CHECKING:
    from tests.teams.dialogs import Dialog

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


@dataclass(frozen=True, slots=True)
class Answer:
    """The bot's answer: the HTTP `status`, and what its body means to the person.

    One of `card`, `message` and `error` is set where the body says so; `code` is the
    `statusCode` in the body; `dialog` is what a button opened.
    """

    status: int
    body: Any = None
    card: Card | None = None
    message: str | None = None
    error: dict[str, Any] | None = None
    code: int = 0
    dialog: "Dialog | None" = None


def read_body(raw: bytes) -> Any:
    """Give a JSON body's value, other text as it is, None for nothing."""
    if not raw:
        return None
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return raw.decode(errors="replace")


def card_answer(status: int, body: Any) -> Answer:
    """Read the answer to an `adaptiveCard/action`.

    Raises:
        AssertionError: HTTP says 200, but the body is not what Teams expects.
    """
    if status != 200:
        return Answer(status, body)
    if not isinstance(body, dict) or not isinstance(body.get("type"), str) or "value" not in body:
        msg = f"not an answer to adaptiveCard/action: {body!r}"
        raise AssertionError(msg)
    code, value = body.get("statusCode", 200), body["value"]
    match body["type"], value:
        case (str() as kind, dict()) if kind == CARD and code == 200:
            return Answer(status, body, card=value, code=code)
        case (str() as kind, str()) if kind == MESSAGE and code == 200:
            return Answer(status, body, message=value, code=code)
        case (str() as kind, {"code": str(), "message": str()}) if kind == ERROR and code >= 400:
            return Answer(status, body, error=value, code=code)
    msg = f"type, value and statusCode do not fit: {body!r}"
    raise AssertionError(msg)

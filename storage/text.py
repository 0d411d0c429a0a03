"""Text as databases take it, and as people search for it."""

import unicodedata
from typing import Any

import orjson

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ESCAPED_NUL = b"\\u0000"


def clean(text: str) -> str:
    """Give text that every database takes: NUL and halves of surrogate pairs are replaced.

    PostgreSQL refuses the first, UTF-8 cannot hold the second; a JSON body can bring both.
    """
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def folded(text: str) -> str:
    """Give the form of a name that is sorted by and searched in, the same on every database."""
    return unicodedata.normalize("NFKC", clean(text)).casefold()


def containing(search: str) -> str:
    """Give the LIKE pattern, escaped by a backslash, of folded text that contains `search`."""
    escaped = folded(search.strip())
    for special in ("\\", "%", "_"):
        escaped = escaped.replace(special, "\\" + special)
    return f"%{escaped}%"


def dump_json(value: Any) -> str:
    """Give JSON whose texts every database takes."""
    try:
        dumped = orjson.dumps(value)
    except orjson.JSONEncodeError:
        return orjson.dumps(_cleaned(value)).decode()
    if _ESCAPED_NUL in dumped:
        dumped = orjson.dumps(_cleaned(value))
    return dumped.decode()


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value

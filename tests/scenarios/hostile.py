"""Words that are to make the bot say or open something, and a search for what came of it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.teams.cards import Card

WORDS: Mapping[str, str] = {
    "markup": (
        "<at>everyone</at> [x](javascript:alert(1)) ![i](https://evil.example/i.png) "
        "<a href='//evil.example'>a</a> <https://evil.example> **b** `c` | <script>d</script>\r\n"
        "# heading\n1. one\n- two"
    ),
    "formula": (
        '=HYPERLINK("https://evil.example","x") {{DATE(2026-01-01T00:00:00Z)}} &lt;b&gt; '
        "../../etc/passwd\"; name='x'\r\nSet-Cookie: a=b %s%n {title} {0} \\"
    ),
    "unseen": (
        "\u202egpj.exe\u202c \u2069\u202e \u200b\ufeff\u00ad \u2066x\u2069 \u05e9 \U000e0041 "
        + "W" * 300
    ),
}
"""By what they are meant to do."""

OURS = ("muster.example", "teams.microsoft.com")
"""Whom a card's buttons may lead to here."""

_STEERS = re.compile("[\u202a-\u202e]")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|<[^>]*>")
_MACRO = re.compile(r"\{\{(DATE|TIME)\(")


def harm(card: Card, people: frozenset[str]) -> Iterator[str]:
    """Give what a card would do that only we may let it do; `people` may be mentioned."""
    mentions = (card.get("msteams") or {}).get("entities") or ()
    mentioned = {str(one.get("text")) for one in mentions}
    for one in mentions:
        if one["mentioned"]["id"] not in people:
            yield f"mentions {one}"
    for node in _nodes(card):
        yield from _opened(node)
        for drawn in _markdown(node):
            yield from _drawn(drawn, mentioned)


def _nodes(node: Any) -> Iterator[Card]:
    """Give everything in a card, fallbacks and refresh included."""
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, dict):
        yield node
        yield from _nodes(list(node.values()))


def _opened(node: Card) -> Iterator[str]:
    for name in ("url", "backgroundImage", "iconUrl"):
        address = node.get(name)
        if isinstance(address, dict):
            address = address.get("url")
        if address is None or str(address).startswith("data:image/"):
            continue
        parts = urlsplit(str(address))
        if parts.scheme != "https" or parts.hostname not in OURS:
            yield f"opens {address!r}"


def _markdown(node: Card) -> Iterator[str]:
    """Texts and facts are Markdown; titles of buttons and choices, and labels, are not."""
    if node.get("type") == "TextBlock":
        yield node["text"]
    for fact in node.get("facts") or ():
        yield from (fact["title"], fact["value"])


def _drawn(text: str, mentioned: set[str]) -> Iterator[str]:
    for mention in mentioned:
        text = text.replace(mention, "")
    plain = re.sub(r"\\[\\*_\[\]`~<>|#.()+-]", "", text)
    if found := _LINK.search(plain) or _MACRO.search(plain) or _STEERS.search(plain):
        yield f"draws {found.group()!r} in {text[:200]!r}"
    if "**b**" in plain or "`c`" in plain:
        yield f"formats {text[:200]!r}"

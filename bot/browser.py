"""What answers to browsers have in common."""

from typing import Final

from aiohttp import web

from cards.texts import Texts, texts_for

NOT_KEPT: Final = {
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
"""Headers of what is for one person, or good for a time."""

MOST_LANGUAGES: Final = 10
"""How many of the languages that a browser asks for are tried."""


def reader_texts(request: web.Request) -> Texts:
    """Give the texts in the language that the browser likes best of those that we have."""
    asked = request.headers.get("Accept-Language", "").split(",")[:MOST_LANGUAGES]
    wishes = [tag.partition(";") for tag in asked]
    # Sorting keeps the order of equals, which is the reader's own.
    wishes.sort(key=lambda wish: _weight(wish[2]), reverse=True)
    for tag, _, _ in wishes:
        texts = texts_for(tag.strip())
        if texts.locale.language == tag.strip().partition("-")[0].lower():
            return texts
    return texts_for("en")


def _weight(parameter: str) -> float:
    """Read "q=0.8"; what is left out or makes no sense counts as whole (RFC 9110 §12.4.2)."""
    try:
        return float(parameter.strip().removeprefix("q="))
    except ValueError:
        return 1.0

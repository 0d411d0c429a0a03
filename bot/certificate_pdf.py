"""Certificates as PDF files: one landscape page, tagged for readers aloud (PDF/UA-1).

Typst sets the page, `certificate.typ`, in our own fonts; letters that these lack come from the
machine's. What a certificate says is handed over as data and is never read as Typst's markup.
"""

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import category

import structlog
import typst

from actions.certificates import Certificate
from actions.due import zone
from actions.marking import Score
from cards.texts import Texts, is_right_to_left

log = structlog.get_logger()

_PAGE: Final = Path(__file__).parent / "certificate.typ"
FONTS: Final = Path(__file__).parent / "fonts"
"""Those that we bring along; their licences are beside them."""


def certificate_pdf(certificate: Certificate, texts: Texts, time_zone: str, address: str) -> bytes:
    """Give a certificate's file: with the same fonts, the same bytes for the same arguments.

    `address` is where it can be confirmed, nothing where there is no such place.
    """
    page = _page(certificate, texts, time_zone, address)
    at = int(certificate.completed_at.timestamp())
    for said in (page, _without_pictures(page)):
        with suppress(typst.TypstError):
            return _typeset(said, at, accessible=True)
    # PDF/UA allows no letter that no font has, which is how one is found out. Its words name it.
    log.warning("certificate_letters_missing", action=certificate.action_id)
    note = texts("Some letters could not be shown in this file.")
    return _typeset(page | {"note": note}, at, accessible=False)


def facts(certificate: Certificate, texts: Texts, time_zone: str) -> list[tuple[str, str]]:
    """Give what a certificate says besides name and title, each under its label."""
    local = zone(time_zone)
    said = [(texts("Completed on"), texts.day(certificate.completed_at.astimezone(local).date()))]
    if certificate.score is not None:
        said.append((texts("Score"), _percent(certificate.score, texts)))
    if certificate.valid_until is not None:
        until = certificate.valid_until.astimezone(local).date()
        said.append((texts("Valid until"), texts.day(until)))
    return said


def _percent(score: Score, texts: Texts) -> str:
    """It is rounded already, and so that 100 % is shown only where it is reached."""
    return texts("{percent} %", percent=texts.decimal(score.shown(), 2))


def _page(certificate: Certificate, texts: Texts, time_zone: str, address: str) -> dict[str, Any]:
    """Give what `certificate.typ` shows."""
    name, title = _line(certificate.name), _line(certificate.title)
    return {
        "language": texts.locale.language,
        "right_to_left": texts.right_to_left,
        "heading": texts("Certificate"),
        "awarded_to": texts("awarded to"),
        "name": name,
        "name_leftwards": is_right_to_left(name),
        "completing": texts("for completing"),
        "title": title,
        "title_leftwards": is_right_to_left(title),
        "facts": facts(certificate, texts, time_zone),
        "code_label": texts("Verification code"),
        "code": certificate.code,
        "confirm": texts("Anyone who has this code can confirm the certificate at"),
        "address": address,
        "note": "",
    }


def _typeset(page: dict[str, Any], at: int, *, accessible: bool) -> bytes:
    return typst.compile(
        _PAGE,
        root=_PAGE.parent,
        font_paths=_fonts(),
        sys_inputs={"certificate": json.dumps(page)},
        pdf_standards=["ua-1"] if accessible else [],
        timestamp=at,
    )


@cache
def _fonts() -> typst.Fonts:
    """Look for the machine's fonts once, which takes a moment."""
    return typst.Fonts(include_embedded_fonts=False, font_paths=[FONTS])


def _line(text: str) -> str:
    """Give a text as one line, without signs that only steer machines."""
    return " ".join("".join(s for s in text if category(s) != "Cc" or s.isspace()).split())


def _without_pictures(page: dict[str, Any]) -> dict[str, Any]:
    """Leave out emoji, which only decorate, where no font has them."""
    return page | {part: _plain(page[part]) or page[part] for part in ("name", "title")}


def _plain(text: str) -> str:
    return " ".join("".join(sign for sign in text if not _is_picture(sign)).split())


def _is_picture(sign: str) -> bool:
    """U+FE0F asks for the coloured form of the sign before it."""
    return "\U0001f000" <= sign <= "\U0001faff" or "\u2600" <= sign <= "\u27bf" or sign == "\ufe0f"

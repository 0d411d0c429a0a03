"""Certificates as files: everything is on the one page, whatever was typed, in any script."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from actions.certificates import Certificate, code_of
from actions.marking import Score
from bot.certificate_pdf import FONTS, certificate_pdf, facts
from cards.texts import texts_for

LATE = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
"""In Berlin it is the next day already."""

CODE = code_of(0x123456789ABCDEF01234)
ADDRESS = f"https://muster.example.org/certificates/{CODE}"

FRAME = 10 * 72 / 25.4
"""How far the inner frame is from the edge of the page, in points."""

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=500)


def a_certificate(**changes: Any) -> Certificate:
    """Give Ada's certificate."""
    score = Score(Fraction(14), 15)
    made = Certificate(CODE, "action", "t/ada", 1, "Ada Łoś", "Fire safety", score, LATE)
    return replace(made, **changes)


def a_pdf(certificate: Certificate, tag: str = "en", address: str = ADDRESS) -> bytes:
    return certificate_pdf(certificate, texts_for(tag), "Europe/Berlin", address)


@pytest.fixture
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    monkeypatch.setattr("bot.certificate_pdf._fonts", lambda: fonts)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document


def said(pdf: bytes) -> str:
    """Give what is on the page, on one line."""
    with opened(pdf) as document, closing(document[0].get_textpage()) as text:
        return " ".join(text.get_text_range().split())


def assert_all_is_inside_the_frame(pdf: bytes) -> None:
    with opened(pdf) as document:
        assert len(document) == 1
        width, height = document[0].get_size()
        with closing(document[0].get_textpage()) as text:
            boxes = [text.get_charbox(sign) for sign in range(text.count_chars())]
    assert boxes
    for left, bottom, right, top in boxes:
        assert FRAME < left <= right < width - FRAME
        assert FRAME < bottom <= top < height - FRAME


def test_it_is_a_landscape_page_that_says_everything() -> None:
    pdf = a_pdf(a_certificate(valid_until=LATE + timedelta(days=365)))
    with opened(pdf) as document:
        width, height = document[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    page = said(pdf)
    for part in ("Certificate", "Ada Łoś", "Fire safety", "93.33 %", CODE, ADDRESS):
        assert part in page
    assert "Completed on" in page
    assert "Nov 26, 2026" in page
    assert "Valid until" in page
    assert "Nov 26, 2027" in page


def test_what_there_is_not_is_not_mentioned() -> None:
    page = said(a_pdf(a_certificate(score=None), address=""))
    assert "Score" not in page
    assert "Valid until" not in page
    assert "can confirm" not in page
    assert CODE in page


@pytest.mark.parametrize(
    ("points", "of", "tag", "shown"),
    [
        ("14", 15, "en", "93.33 %"),
        ("14", 15, "de", "93,33 %"),
        ("15", 15, "en", "100 %"),
        ("1999999/100000", 20, "en", "99.99 %"),
    ],
)
def test_the_score_is_not_rounded_any_further(points: str, of: int, tag: str, shown: str) -> None:
    certificate = a_certificate(score=Score(Fraction(points), of))
    assert shown in dict(facts(certificate, texts_for(tag), "UTC")).values()


def test_the_same_certificate_is_the_same_file() -> None:
    assert a_pdf(a_certificate()) == a_pdf(a_certificate())
    assert a_pdf(a_certificate()) != a_pdf(a_certificate(name="Bob"))


def test_it_tells_readers_aloud_its_title_its_language_and_its_order() -> None:
    pdf = a_pdf(a_certificate(), "de-AT")
    with opened(pdf) as document:
        assert document.get_metadata_dict()["Title"].endswith(": Fire safety")
        assert raw.FPDFCatalog_IsTagged(document.raw)
    assert b"/Lang(de)" in pdf
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize(
    "words",
    [
        "Zoë Ünal Łódź Nguyễn",
        "Ωμέγα Ξένια",
        "Жанна Ґалаґан",
        "محمد بن عبد الله",
        "שרה כהן",
        "नरेंद्र श्रीनिवासन",
        "สมชาย ใจดี",
        "გიორგი",
        "山田 太郎 ひらがな 简体 繁體",
        "김민수",
    ],
)
@pytest.mark.usefixtures("_bare_machine")
def test_our_own_fonts_have_the_letters_of_many_scripts(
    words: str,
) -> None:
    pdf = a_pdf(a_certificate(name=words, title=words))
    assert b"pdfuaid" in pdf
    assert_all_is_inside_the_frame(pdf)


def test_what_people_typed_is_no_markup() -> None:
    typed = '#panic("x") *b* $x$ \\ <l> @r [c] // end /* */ `raw`'
    assert typed in said(a_pdf(a_certificate(title=typed)))


@pytest.mark.parametrize("letters", ["W", "i", "漢", "ส", "م", "W ", "word, ", "नरेंद्र "])
def test_long_names_and_titles_stay_inside_the_frame(letters: str) -> None:
    long = (letters * 500)[:500]
    assert_all_is_inside_the_frame(a_pdf(a_certificate(name=long, title=long)))


def test_a_long_address_stays_inside_the_frame() -> None:
    address = (
        f"https://{'muster-of-the-department.' * 6}example.org/bots/teams/certificates/{CODE}"
    )
    assert_all_is_inside_the_frame(a_pdf(a_certificate(), address=address))


@pytest.mark.usefixtures("_bare_machine")
def test_letters_that_no_font_has_are_owned_up_to() -> None:
    pdf = a_pdf(a_certificate(name="Ada தமிழ்"))
    assert "Some letters could not be shown" in said(pdf)
    assert "Some letters could not be shown" not in said(a_pdf(a_certificate()))


@pytest.mark.usefixtures("_bare_machine")
def test_emoji_that_no_font_has_are_left_out() -> None:
    page = said(a_pdf(a_certificate(name="Ada 👩\u200d🚒 L.", title="🎓 Fire ✅\ufe0f safety")))
    assert "Ada L." in page
    assert "Fire safety" in page
    assert "Some letters" not in page


@pytest.mark.usefixtures("_bare_machine")
def test_of_emoji_alone_something_remains() -> None:
    assert "Some letters could not be shown" in said(a_pdf(a_certificate(title="🎓")))


@settings(max_examples=40, deadline=None)
@given(words, words)
def test_whatever_was_typed_there_is_one_page(name: str, title: str) -> None:
    with opened(a_pdf(a_certificate(name=name, title=title))) as document:
        assert len(document) == 1

"""Texts in the reader's language, with their dates, numbers and direction."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from actions.quantity import Quantity
from cards import texts as module
from cards.texts import Texts, is_right_to_left, texts_for
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS

POLISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=n==1 ? 0 :"
" n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\n"

msgid "Results"
msgstr "Wyniki"

msgid "closes {moment}"
msgstr "zamknięcie: {moment}"

msgid "{count} response"
msgid_plural "{count} responses"
msgstr[0] "{count} odpowiedź"
msgstr[1] "{count} odpowiedzi"
msgstr[2] "{count} odpowiedzi (wiele)"
"""

MOMENT = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.fixture(name="polish")
def _polish(tmp_path: Path) -> Texts:
    path = tmp_path / "pl.po"
    path.write_text(POLISH, "utf-8")
    return Texts(Locale("pl"), module._read(path))


def test_a_sentence_is_given_in_the_readers_language(polish: Texts) -> None:
    assert polish("Results") == "Wyniki"
    assert polish("closes {moment}", moment="jutro") == "zamknięcie: jutro"


def test_a_sentence_without_translation_stays_english(polish: Texts) -> None:
    assert polish("Nobody yet.") == "Nobody yet."


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 odpowiedź"),
        (2, "2 odpowiedzi"),
        (5, "5 odpowiedzi (wiele)"),
        (22, "22 odpowiedzi"),
        (112, "112 odpowiedzi (wiele)"),
    ],
)
def test_a_number_has_the_plural_of_its_language(polish: Texts, count: int, text: str) -> None:
    assert polish.many("{count} response", "{count} responses", count) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 responses"), (1, "1 response"), (1_234, "1,234 responses")]
)
def test_english_has_one_and_many(count: int, text: str) -> None:
    assert TEXTS.many("{count} response", "{count} responses", count) == text


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("en-GB", "en-GB"),
        ("en_US", "en-US"),
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("en-001", "en-001"),
    ],
)
def test_english_of_every_country_is_kept(tag: str, kept: str) -> None:
    assert texts_for(tag).tag == kept


@pytest.mark.parametrize(
    "tag", ["", "x", "tlh", "en-XX", "tlh.UTF-8", "not a language", "../../etc", "1", "-"]
)
def test_an_unknown_language_is_english(tag: str) -> None:
    assert texts_for(tag).tag == "en"


@given(st.text())
def test_any_language_tag_gives_texts(tag: str) -> None:
    assert texts_for(tag)("Results")


def test_a_language_whose_catalogue_is_there_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pl.po").write_text(POLISH, "utf-8")
    monkeypatch.setattr(module, "LOCALES", tmp_path)
    texts = texts_for.__wrapped__("pl-PL")
    assert (texts.tag, texts("Results")) == ("pl-PL", "Wyniki")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_GB", "Fri 27 Nov, 17:00"),
        ("en_US", "Fri, Nov 27, 5:00\u202fPM"),
        ("de", "Fr., 27. Nov., 17:00"),
    ],
)
def test_a_moment_is_written_as_the_reader_does(locale: str, text: str) -> None:
    texts = Texts(Locale.parse(locale), NullTranslations())
    assert texts.moment(MOMENT, "Europe/Berlin") == text


def test_a_moment_is_told_in_the_zone_of_the_action() -> None:
    assert TEXTS.moment(MOMENT, "Asia/Tokyo") == "Sat 28 Nov, 01:00"
    assert TEXTS.moment(MOMENT, "No/Such_Zone") == "Fri 27 Nov, 16:00"


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (1 / 3, "33%"), (0.999, "100%"), (1, "100%")]
)
def test_a_share_is_a_percentage_without_decimals(share: float, text: str) -> None:
    assert TEXTS.percent(share) == text


def test_a_number_in_a_sentence_is_written_as_the_reader_does() -> None:
    german = Texts(Locale("de"), NullTranslations())
    assert german("{responded} of {expected}", responded=1_234, expected=5_000) == "1.234 of 5.000"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Decimal("1234567.50"), 2, "1.234.567,5"),
        (Decimal("2.25"), 1, "2,3"),
        (2.25, 1, "2,3"),
        (Decimal("-0.04"), 1, "0"),
        (Decimal(4), 1, "4"),
        (Decimal("0.000001"), 6, "0,000001"),
    ],
)
def test_decimals_are_written_as_the_reader_does_and_rounded(
    value: Decimal | float, digits: int, text: str
) -> None:
    assert Texts(Locale("de"), NullTranslations()).decimal(value, digits) == text


def test_a_quantity_keeps_its_unit_on_the_line() -> None:
    assert TEXTS.quantity(Quantity(Decimal("12.50"), "kg")) == "12.5\u00a0kg"
    assert TEXTS.quantity(Quantity(Decimal(1_000))) == "1,000"


@pytest.mark.parametrize(
    ("locale", "sign"), [("en_GB", "."), ("de", ","), ("pl", ","), ("ja", "."), ("de_CH", ".")]
)
def test_numbers_are_read_as_the_reader_writes_them(locale: str, sign: str) -> None:
    assert Texts(Locale.parse(locale), NullTranslations()).reading.decimal == sign


def test_days_and_times_are_written_as_the_reader_does() -> None:
    german = Texts(Locale("de"), NullTranslations())
    day, end = date(2026, 11, 27), date(2026, 12, 3)
    assert german.day(day) == "Fr., 27. Nov. 2026"
    assert german.clock(time(17, 5)) == "17:05"
    assert german.days(day, day, "yMMM") == "Nov. 2026"
    assert TEXTS.days(day, end, "yMMMd") == "27 Nov\u2009–\u20093 Dec 2026"
    assert TEXTS("{day} {at}", day=day, at=time(17, 5)) == "Fri, 27 Nov 2026 17:05"


def test_a_name_from_right_to_left_is_set_apart_from_the_sentence() -> None:
    assert TEXTS("Post in {place}", place="שלום") == "Post in \u2068שלום\u2069"
    assert TEXTS("Post in {place}", place="Team") == "Post in Team"


def test_every_value_is_set_apart_in_a_sentence_from_right_to_left() -> None:
    assert RIGHT_TO_LEFT("Post in {place}", place="Team") == "Post in \u2068Team\u2069"


def test_braces_in_a_value_are_only_text() -> None:
    assert TEXTS("Post in {place}", place="{0} {place}") == "Post in {0} {place}"


def test_a_sentence_without_values_may_hold_braces() -> None:
    assert TEXTS("{count}") == "{count}"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("שלום", True),
        ("مرحبا", True),
        ("Hello", False),
        ("1. שלום", True),
        ("👋 שלום Bob", True),
        ("Bob שלום", False),
        ("", False),
        ("12:30 ?!", False),
    ],
)
def test_the_first_letter_decides_the_direction(text: str, *, right: bool) -> None:
    assert is_right_to_left(text) is right


@pytest.mark.parametrize(("locale", "right"), [("he", True), ("ar", True), ("en", False)])
def test_a_language_has_its_direction(locale: str, *, right: bool) -> None:
    assert Texts(Locale(locale), NullTranslations()).right_to_left is right


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 secs"),
        (-3, "0 secs"),
        (45, "45 secs"),
        (60, "1 min"),
        (250, "4 mins 10 secs"),
        (3_600, "1 hr"),
        (3_905, "1 hr 5 mins"),
        (90_000, "25 hrs"),
    ],
)
def test_a_span_is_said_by_its_two_largest_units(seconds: int, said: str) -> None:
    assert TEXTS.span(seconds) == said

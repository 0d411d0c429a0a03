"""Every text a person reads, in their language.

The message catalogue is gettext's: the English sentence is the key, `cards/locale/<language>.po`
holds the others. `Texts` is one reader's view of it, with dates and numbers in their way.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent, get_decimal_symbol
from babel.units import format_unit

from actions.due import zone
from actions.entry import Reading
from actions.quantity import MOST_DECIMALS, Quantity

LOCALES = Path(__file__).parent / "locale"

_ISOLATE = "\u2068{}\u2069"
"""First-strong isolate: a name in Hebrew does not turn the English around it."""


class Texts:
    """The catalogue as one reader needs it."""

    def __init__(self, locale: Locale, catalogue: NullTranslations) -> None:
        """Read in `locale`, with the translations of `catalogue`."""
        self.locale = locale
        self._catalogue = catalogue

    @property
    def tag(self) -> str:
        """The language tag for a card's `lang`."""
        return str(self.locale).replace("_", "-")

    @property
    def right_to_left(self) -> bool:
        """The language is written from right to left."""
        return self.locale.text_direction == "rtl"

    def __call__(self, sentence: str, **values: object) -> str:
        """Give a sentence with its values filled in."""
        return self._filled(self._catalogue.gettext(sentence), values)

    def many(self, one: str, other: str, count: int, **values: object) -> str:
        """Give the sentence for that many; `{count}` is the number as the reader writes it."""
        sentence = self._catalogue.ngettext(one, other, count)
        return self._filled(sentence, {"count": self.number(count), **values})

    def number(self, value: int) -> str:
        """Give a whole number."""
        return _number(value, self.locale)

    def decimal(self, value: Decimal | float, digits: int) -> str:
        """Give a number with at most so many decimals, rounded."""
        return _decimal(Decimal(value), digits, self.locale)

    def quantity(self, quantity: Quantity, digits: int = MOST_DECIMALS) -> str:
        """Give a number with its unit, not escaped."""
        number = self.decimal(quantity.value, digits)
        return f"{number}\u00a0{quantity.unit}" if quantity.unit else number

    @property
    def reading(self) -> Reading:
        """How the reader writes numbers."""
        return Reading("," if get_decimal_symbol(self.locale) == "," else ".")

    def percent(self, share: float) -> str:
        """Give a share of 1 as a percentage without decimals."""
        return _percent(share, self.locale)

    def moment(self, at: datetime, time_zone: str) -> str:
        """Give a day and time in a zone: "Fri 27 Nov, 17:00"."""
        return _moment(at, time_zone, self.locale)

    def day(self, day: date) -> str:
        """Give a day with its year: "Fri, 27 Nov 2026"."""
        return str(format_skeleton("yMMMEd", day, locale=self.locale))

    def days(self, first: date, last: date, skeleton: str) -> str:
        """Give the span from one day to another by a skeleton of CLDR, like "yMMM"."""
        if first == last:
            return str(format_skeleton(skeleton, first, locale=self.locale))
        return str(format_interval(first, last, skeleton, locale=self.locale))

    def clock(self, at: time) -> str:
        """Give a time of day: "17:00"."""
        return str(format_time(at, "short", locale=self.locale))

    def span(self, seconds: int) -> str:
        """Give how long something takes, by its two largest units: "4 min 10 sec"."""
        minutes, rest = divmod(max(seconds, 0), 60)
        hours, minutes_left = divmod(minutes, 60)
        parts = {"hour": hours, "minute": minutes_left, "second": 0 if hours else rest}
        said = [
            str(format_unit(count, f"duration-{unit}", "short", locale=self.locale))
            for unit, count in parts.items()
            if count or (unit == "second" and not minutes)
        ]
        return " ".join(said)

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        if not values:
            return sentence
        return sentence.format_map({name: self._value(value) for name, value in values.items()})

    def _value(self, value: object) -> str:
        text = self._said(value)
        if self.right_to_left or is_right_to_left(text):
            return _ISOLATE.format(text)
        return text

    def _said(self, value: object) -> str:
        match value:
            case int():
                return self.number(value)
            case date():
                return self.day(value)
            case time():
                return self.clock(value)
            case _:
                return str(value)


@lru_cache(maxsize=256)
def texts_for(tag: str) -> Texts:
    """Give the texts for a language tag like `de-AT`, English for one we do not have."""
    locale = _locale(tag)
    catalogue = LOCALES / f"{locale.language}.po"
    if locale.language == "en" or not catalogue.exists():
        return Texts(locale if locale.language == "en" else Locale("en"), NullTranslations())
    return Texts(locale, _read(catalogue))


def is_right_to_left(text: str) -> bool:
    """Give whether the first letter that has a direction runs from right to left."""
    for letter in text:
        direction = bidirectional(letter)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


# Babel reads a pattern anew each time, and a busy poll shows the same few figures.


@lru_cache(maxsize=4096)
def _number(value: int, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(maxsize=4096)
def _decimal(value: Decimal, digits: int, locale: Locale) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    # Adding zero makes a zero of a negative one.
    return str(format_decimal(rounded + 0, locale=locale, decimal_quantization=False))


@lru_cache(maxsize=4096)
def _percent(share: float, locale: Locale) -> str:
    return str(format_percent(share, locale=locale))


@lru_cache(maxsize=4096)
def _moment(at: datetime, time_zone: str, locale: Locale) -> str:
    local = at.astimezone(zone(time_zone))
    day = format_skeleton("MMMEd", local, locale=locale)
    return f"{day}, {format_time(local, 'short', locale=locale)}"


def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")


@lru_cache
def _read(path: Path) -> NullTranslations:
    """Read a catalogue; gettext itself knows each language's plural forms."""
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)

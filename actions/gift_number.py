"""A right number as GIFT writes it: `3`, `3:0.5` for 3 ± 0.5, or `2.5..3.5`."""

import re
from decimal import Context, Decimal

from actions.errors import InvalidAnswers, Problem
from actions.quantity import MOST_DECIMALS

# Exact for all numbers that are read: 20 digits, moved by at most 99 places.
_EXACT = Context(prec=250)
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,2})?"
)


def read_span(text: str) -> dict[str, str]:
    """Give the fields right, tolerance and decimals, as many as are written.

    Raises InvalidAnswers.
    """
    least, is_span, most = text.partition("..")
    if is_span:
        low, high = _number(least), _number(most)
        if low > high:
            raise InvalidAnswers({"right": Problem("gift_span")})
        right = _half(_EXACT.add(low, high))
        tolerance = _half(_EXACT.subtract(high, low))
    else:
        middle, is_near, around = text.partition(":")
        right = _number(middle)
        tolerance = _number(around) if is_near else Decimal(0)
    decimals = max(_decimals(right), _decimals(tolerance))
    if decimals > MOST_DECIMALS:
        values = {"most": MOST_DECIMALS, "given": decimals}
        raise InvalidAnswers({"right": Problem("decimals_over", values)})
    return {"right": f"{right:f}", "tolerance": f"{tolerance:f}", "decimals": str(decimals)}


def write_span(right: Decimal, tolerance: Decimal) -> str:
    """Write a number so that `read_span` gives it, with its decimals."""
    return f"{right:f}:{tolerance:f}" if tolerance else f"{right:f}"


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text.strip()):
        raise InvalidAnswers({"right": Problem("number_unreadable")})
    return Decimal(text.strip())


def _half(number: Decimal) -> Decimal:
    return _EXACT.divide(number, Decimal(2))


def _decimals(number: Decimal) -> int:
    """As many as are written, if so many can be kept; zeros at the end count for nothing then."""
    exponent = number.as_tuple().exponent
    written = -exponent if isinstance(exponent, int) else 0
    if written > MOST_DECIMALS:
        exponent = _EXACT.normalize(number).as_tuple().exponent
        written = -exponent if isinstance(exponent, int) else 0
    return max(written, 0)

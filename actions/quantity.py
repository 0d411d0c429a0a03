"""Numbers as people write them, read exactly: never by way of a floating-point number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from actions.entry import Reading
from actions.errors import Problem

MOST_DIGITS = 15
"""Digits of a number, those after the decimal sign included: as many as any client keeps."""

MOST_DECIMALS = 6

_SPACES: Final = " \u00a0\u2009\u202f'’"
"""What may stand between thousands in any language."""

_NUMBER = re.compile(rf"([-+\u2212]?)([0-9.,{_SPACES}]+)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts, for a sentence."""

    value: Decimal
    unit: str = ""


def read_number(text: str, decimals: int, reading: Reading) -> int | Problem:
    """Read a number as units of 10^-decimals.

    A single point is a decimal point in every language, since that is how number fields send
    what was typed into them. Otherwise the reading decides which sign is which, and thousands may
    be set apart if all of them are.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not any(letter.isdigit() for letter in found[2]):
        return Problem("number_unreadable")
    sign, body = found.groups()
    lone_point = body.count(".") == 1 and "," not in body
    point = "." if lone_point else reading.decimal
    if not _is_written(body, point):
        other_way = _is_written(body, _other(point))
        example = {"example": f"3{reading.decimal}5"}
        return Problem("decimal_sign", example) if other_way else Problem("number_unreadable")
    whole, _, rest = body.partition(point)
    digits = "".join(letter for letter in whole if letter.isdigit()).lstrip("0")
    return _scaled(sign, digits, rest.rstrip("0"), decimals)


def scaled(amount: int, decimals: int) -> Decimal:
    """Give the number that `amount` units of 10^-decimals are."""
    return Decimal(amount).scaleb(-decimals)


def _scaled(sign: str, digits: str, rest: str, decimals: int) -> int | Problem:
    if len(digits) > MOST_DIGITS - decimals:
        return Problem("number_too_long", {"most": MOST_DIGITS - decimals})
    if rest and not decimals:
        return Problem("whole_needed")
    if len(rest) > decimals:
        return Problem("decimals_over", {"most": decimals, "given": len(rest)})
    amount = int(digits + rest.ljust(decimals, "0") or "0")
    return -amount if sign in {"-", "\u2212"} else amount


def _is_written(body: str, point: str) -> bool:
    grouped = rf"[0-9]{{1,3}}(?:[{_SPACES}{_other(point)}][0-9]{{3}})+"
    return bool(re.fullmatch(rf"(?:{grouped}|[0-9]*)(?:[{point}][0-9]*)?", body))


def _other(sign: str) -> str:
    return "," if sign == "." else "."

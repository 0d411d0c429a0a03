"""Certificates: what is confirmed to someone, under a code that nobody can guess."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from unicodedata import category, normalize

from actions.marking import Score

CODE_BITS: Final = 80
"""How much of a code is chance; written five bits to a sign."""

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, which has no letters that are taken for digits.

https://www.crockford.com/base32.html
"""

_LENGTH: Final = CODE_BITS // 5
_MISREAD: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Certificate:
    """One person's certificate for one attempt, with the name and the title of that day.

    `valid_until` is the first moment at which it is no longer valid, None if it always is.
    `time_zone`, where its days are counted, is its training's until that is gone.
    """

    code: str
    action_id: str
    person: str
    attempt: int
    name: str
    title: str
    score: Score | None
    completed_at: datetime
    valid_until: datetime | None = None
    time_zone: str = ""

    def is_valid(self, now: datetime) -> bool:
        """Give whether it is valid at a moment."""
        return self.valid_until is None or now < self.valid_until


def code_of(chance: int) -> str:
    """Write so many bits of chance as a code: "7F3K-9QXW-2M4D-8HJT"."""
    places = range(CODE_BITS - 5, -1, -5)
    return _grouped("".join(_SIGNS[chance >> place & 31] for place in places))


def normalised(typed: str) -> str:
    """Give the code that someone typed as it is stored, nothing if it can be none.

    Case, width, spaces and dashes do not matter, and O, I and L stand for the digits they look
    like.
    """
    wide = normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in wide if category(sign) not in {"Pd", "Zs", "Cc", "Cf"})
    read = signs.translate(_MISREAD)
    is_code = len(read) == _LENGTH and all(sign in _SIGNS for sign in read)
    return _grouped(read) if is_code else ""


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, _LENGTH, 4))

"""What is known of many numbers that are tallied in buckets of about the same size.

A bucket is a number rounded down to three digits, in the question's smallest unit: so there are
at most 1,800 for each power of ten, however many responses there are, and all results come from
them. A bucket's amounts are what the rounding cut off, so that sum, count and average are exact
(and no sum outgrows 64 bits). Median, least and most are exact up to 999 smallest units, or where
nothing was cut off, and good to one percent otherwise. Down, not towards zero: so that a bucket
never lies across the bounds of a histogram's bins.
"""

from dataclasses import dataclass
from decimal import Decimal

from actions.quantity import scaled
from actions.tallied import Tallied

DIGITS = 3
"""Digits that tell one bucket from another."""

MOST_BINS = 10
"""Bars of a histogram; more are not read on a phone."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that results name; not exact is good to one percent."""

    value: Decimal
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """What is said of all the numbers together."""

    count: int
    total: Decimal
    average: Decimal
    median: Figure
    least: Figure
    most: Figure


@dataclass(frozen=True, slots=True)
class Bin:
    """A part of a histogram: how many numbers lie from `first` to `last`, both included."""

    first: Decimal
    last: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class _Bucket:
    """Numbers from `floor` to `ceiling`, which are `rest` above the floor all together."""

    floor: int
    count: int
    rest: int

    @property
    def ceiling(self) -> int:
        """The largest number that this bucket takes."""
        return self.floor + _step(self.floor + (self.floor < 0)) - 1

    @property
    def typical(self) -> tuple[int, bool]:
        """One of its numbers, and whether all of them are that one."""
        width = self.ceiling - self.floor
        if self.count == 1 or self.rest in {0, width * self.count}:
            return self.floor + self.rest // self.count, True
        return self.floor + (width + 1 if 2 * self.rest > width * self.count else 0), False


def bucket_of(number: int) -> tuple[str, int]:
    """Give a number's bucket, and by how much the number is above its floor."""
    rest = number % _step(number)
    return str(number - rest), rest


def figures(tallied: Tallied, decimals: int) -> Figures | None:
    """Give what is known of the numbers, None before the first one."""
    buckets = _buckets(tallied)
    count = sum(bucket.count for bucket in buckets)
    if not count:
        return None
    total = sum(bucket.floor * bucket.count + bucket.rest for bucket in buckets)
    lower, lower_exact = _at(buckets, (count - 1) // 2)
    upper, upper_exact = _at(buckets, count // 2)
    median = scaled(lower + upper, decimals) / 2
    return Figures(
        count,
        scaled(total, decimals),
        scaled(total, decimals) / count,
        Figure(median, lower_exact and upper_exact),
        _figure(buckets[0], decimals),
        _figure(buckets[-1], decimals),
    )


def histogram(tallied: Tallied, decimals: int) -> tuple[Bin, ...]:
    """Give at most MOST_BINS bins of one round width, also the empty ones between others."""
    buckets = _buckets(tallied)
    if not buckets:
        return ()
    width = _width(buckets[0].floor, buckets[-1].floor)
    first, last = buckets[0].floor // width, buckets[-1].floor // width
    counts = dict.fromkeys(range(first, last + 1), 0)
    for bucket in buckets:
        counts[bucket.floor // width] += bucket.count
    return tuple(
        Bin(scaled(n * width, decimals), scaled((n + 1) * width - 1, decimals), count)
        for n, count in counts.items()
    )


def _step(number: int) -> int:
    step: int = 10 ** max(0, len(str(abs(number))) - DIGITS)
    return step


def _buckets(tallied: Tallied) -> list[_Bucket]:
    sums = tallied.sums
    found = (_Bucket(int(b), count, sums.get(b, 0)) for b, count in tallied.counts.items())
    return sorted(found, key=lambda bucket: bucket.floor)


def _at(buckets: list[_Bucket], position: int) -> tuple[int, bool]:
    """Give the number at a position from 0 among all, in their order."""
    for bucket in buckets[:-1]:
        if position < bucket.count:
            return bucket.typical
        position -= bucket.count
    return buckets[-1].typical


def _figure(bucket: _Bucket, decimals: int) -> Figure:
    value, exact = bucket.typical
    return Figure(scaled(value, decimals), exact)


def _width(first: int, last: int) -> int:
    """Give the narrowest of 1, 2, 5, 10, 20 … that needs few bins and divides no bucket."""
    tens = max(_step(first), _step(last))
    while True:
        for width in (tens, 2 * tens, 5 * tens):
            if last // width - first // width < MOST_BINS:
                return width
        tens *= 10

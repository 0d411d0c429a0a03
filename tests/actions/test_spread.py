"""What is said of many numbers from their tallies, beside the same from the numbers themselves."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from actions.content import Content
from actions.number import Number
from actions.spread import MOST_BINS, Bin, Figure, Figures, bucket_of, figures, histogram
from actions.tallied import Tallied
from actions.tallies import recount

SMALL = st.integers(-999, 999)
ANY = st.integers(-(10**15) + 1, 10**15 - 1) | st.integers(-20_000, 20_000) | SMALL


def _tallied(numbers: Sequence[int], decimals: int = 0) -> Tallied:
    content = Content("T", (Number("q", "T", decimals),))
    return recount(content, [({"q": number}, ()) for number in numbers]).of("q")


def _known(numbers: Sequence[int], decimals: int = 0) -> Figures:
    found = figures(_tallied(numbers, decimals), decimals)
    assert found is not None
    return found


def test_nothing_is_known_of_no_numbers() -> None:
    assert figures(_tallied([]), 0) is None
    assert histogram(_tallied([]), 0) == ()


@given(st.lists(ANY, min_size=1, max_size=30), st.integers(0, 6))
def test_count_sum_and_average_are_exact(numbers: list[int], decimals: int) -> None:
    known = _known(numbers, decimals)
    total = Decimal(sum(numbers)).scaleb(-decimals)
    assert (known.count, known.total) == (len(numbers), total)
    assert known.average == total / len(numbers)


@given(st.lists(SMALL, min_size=1, max_size=30))
def test_everything_is_exact_up_to_three_digits(numbers: list[int]) -> None:
    known = _known(numbers)
    assert known.least == Figure(Decimal(min(numbers)))
    assert known.most == Figure(Decimal(max(numbers)))
    assert known.median == Figure(Decimal(median(numbers)))


@given(st.lists(ANY, min_size=1, max_size=30))
def test_what_is_called_exact_is_and_the_rest_is_good_to_one_percent(numbers: list[int]) -> None:
    known = _known(numbers)
    ends = ((known.least, min(numbers)), (known.most, max(numbers)))
    for figure, true in ends:
        assert abs(figure.value - true) <= abs(true) / Decimal(100)
        assert figure.value == true or not figure.exact
    middle = sorted(numbers)[(len(numbers) - 1) // 2 : len(numbers) // 2 + 1]
    slack = max(abs(number) for number in middle) / Decimal(100)
    true_median = Decimal(sum((middle[0], middle[-1]))) / 2
    assert abs(known.median.value - true_median) <= slack
    assert known.median.value == true_median or not known.median.exact


def test_one_large_number_is_exact() -> None:
    assert _known([123_456]).median == Figure(Decimal(123_456))


def test_large_numbers_of_one_bucket_are_about_right() -> None:
    known = _known([12_345, 12_399, 12_301])
    assert known.median == Figure(Decimal(12_300), exact=False)
    assert known.total == 37_045


def test_round_numbers_are_exact_however_large() -> None:
    assert _known([50_000, 50_000, 20_000]).median == Figure(Decimal(50_000))


@given(ANY)
def test_a_bucket_and_what_is_above_it_make_the_number(number: int) -> None:
    bucket, rest = bucket_of(number)
    assert int(bucket) + rest == number
    assert 0 <= rest * 100 <= max(abs(number), 1)
    assert len(bucket.strip("-").rstrip("0")) <= 3


def test_there_are_few_buckets_however_many_numbers() -> None:
    buckets = {bucket_of(number)[0] for number in range(-99_999, 100_000)}
    assert len(buckets) <= 3 * 1_800 + 200


@given(st.lists(ANY, min_size=1, max_size=30))
def test_every_number_is_in_its_bin(numbers: list[int]) -> None:
    bins = histogram(_tallied(numbers), 0)
    assert len(bins) <= MOST_BINS
    assert [sum(b.first <= n <= b.last for n in numbers) for b in bins] == [b.count for b in bins]
    assert sum(b.count for b in bins) == len(numbers)


@given(st.lists(ANY, min_size=1, max_size=30))
def test_bins_are_of_one_round_width_without_gaps(numbers: list[int]) -> None:
    bins = histogram(_tallied(numbers), 0)
    widths = {b.last - b.first + 1 for b in bins}
    assert len(widths) == 1
    assert str(widths.pop()).rstrip("0") in {"1", "2", "5"}
    assert all(b.last + 1 == c.first for b, c in pairwise(bins))


def test_few_numbers_have_a_bin_each() -> None:
    assert histogram(_tallied([0, 2, 2]), 0) == (
        Bin(Decimal(0), Decimal(0), 1),
        Bin(Decimal(1), Decimal(1), 0),
        Bin(Decimal(2), Decimal(2), 2),
    )


def test_bins_are_in_plain_units() -> None:
    (one, *_, last) = histogram(_tallied([0, 2_000], decimals=2), 2)
    assert (one.first, one.last) == (Decimal(0), Decimal("4.99"))
    assert (last.first, last.last) == (Decimal(20), Decimal("24.99"))

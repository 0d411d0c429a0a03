"""Marking agrees with what was worked out by hand, and keeps its laws."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choice import Choice, Option
from actions.either import NO, YES, Either
from actions.keys import Key
from actions.marking import (
    PERCENT,
    Counts,
    Placed,
    Score,
    counting,
    mark,
    score_of,
    shown,
    spelling,
)
from actions.number import Number
from actions.people import Person
from actions.questions import Answer, Question
from actions.scale import Scale
from actions.text import Text
from tests.actions.builders import a_choice

ONE = a_choice("Paris", "Rome", "Oslo")
SEVERAL = a_choice("Paris", "Rome", "Oslo", "Bern", "Kyiv", most=5)
TRUE_FALSE = Either("q", "Ice floats.")
LENGTH = Number("q", "How long?", 2)
WORD = Text("q", "Which city?")


def _score(points: str, of: int) -> Score:
    return Score(Fraction(points), of)


@pytest.mark.parametrize(
    ("ticked", "points"), [("b", "3"), ("a", "0"), ("c", "0"), ("", "0"), ("ab", "0")]
)
def test_one_right_option_is_all_or_nothing(ticked: str, points: str) -> None:
    assert mark(ONE, Key(("b",), points=3), tuple(ticked)) == Fraction(points)


@pytest.mark.parametrize(
    ("ticked", "points"),
    [("abc", "2"), ("cba", "2"), ("ab", "0"), ("abcd", "0"), ("abd", "0"), ("de", "0"), ("", "0")],
)
def test_several_right_options_are_all_or_nothing_without_partial_credit(
    ticked: str, points: str
) -> None:
    assert mark(SEVERAL, Key(("a", "b", "c"), points=2), tuple(ticked)) == Fraction(points)


@pytest.mark.parametrize(
    ("ticked", "points"),
    [
        ("abc", "2"),  # (3 - 0) / 3 of 2 points.
        ("ab", "4/3"),  # (2 - 0) / 3
        ("a", "2/3"),  # (1 - 0) / 3
        ("abcd", "4/3"),  # (3 - 1) / 3
        ("abcde", "2/3"),  # (3 - 2) / 3: ticking everything is no way to full points.
        ("abd", "2/3"),  # (2 - 1) / 3
        ("ad", "0"),  # (1 - 1) / 3
        ("ade", "0"),  # (1 - 2) / 3 is below 0.
        ("de", "0"),
        ("", "0"),
    ],
)
def test_partial_credit_is_right_less_wrong_ticks_over_what_is_right(
    ticked: str, points: str
) -> None:
    key = Key(("a", "b", "c"), points=2, partial=True)
    assert mark(SEVERAL, key, tuple(ticked)) == Fraction(points)


@pytest.mark.parametrize(
    ("right", "said", "points"),
    [(YES, YES, 1), (YES, NO, 0), (NO, NO, 1), (NO, YES, 0)],
)
def test_true_or_false_is_all_or_nothing(right: str, said: str, points: int) -> None:
    assert mark(TRUE_FALSE, Key(right), said) == points


@pytest.mark.parametrize(
    ("number", "tolerance", "points"),
    [
        (1_250, 0, 4),
        (1_251, 0, 0),
        (1_255, 5, 4),
        (1_245, 5, 4),
        (1_256, 5, 0),
        (1_244, 5, 0),
        (-1_250, 5, 0),
    ],
)
def test_a_number_is_right_within_the_tolerance(number: int, tolerance: int, points: int) -> None:
    assert mark(LENGTH, Key(1_250, points=4, tolerance=tolerance), number) == points


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("São Paulo", True),
        ("são paulo", True),
        ("SÃO   PAULO", True),
        ("\u00a0São\tPaulo ", True),
        ("Sa\u0303o Paulo", True),  # The tilde as a letter of its own.
        ("São\u3000Ｐａｕｌｏ", True),  # Full width, as Japanese keyboards write.
        ("Sao Paulo", False),  # Accents matter.
        ("SãoPaulo", False),
        ("São Paulo.", False),
        ("Sampa", True),
        ("Coeur d'Alene", True),
        ("Cœur d’Alene", False),
        ("Coeur d’Alene", True),  # A phone's apostrophe.
        ("GROSSE STRASSE", True),
        ("Große Straße", True),
    ],
)
def test_words_are_right_if_they_are_an_accepted_spelling(words: str, *, is_right: bool) -> None:
    key = Key(("São Paulo", "Sampa", "Coeur d'Alene", "Große Straße"))
    assert mark(WORD, key, words) == int(is_right)


@given(st.text())
def test_a_spelling_is_its_own(text: str) -> None:
    assert spelling(spelling(text)) == spelling(text)
    assert spelling(f" {text}\n") == spelling(text)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (ONE, Key(("a",))),
        (SEVERAL, Key(("a", "b"), partial=True)),
        (TRUE_FALSE, Key(NO)),
        (LENGTH, Key(0, tolerance=10)),
        (WORD, Key(("None",))),
    ],
)
def test_no_answer_gets_no_points(question: Question, key: Key) -> None:
    assert mark(question, key, None) == 0


@pytest.mark.parametrize(
    ("question", "key", "answer"),
    [
        (ONE, Key("a"), ("a",)),
        (ONE, Key(()), ()),
        (SEVERAL, Key((), partial=True), ("a",)),
        (TRUE_FALSE, Key((YES,)), YES),
        (LENGTH, Key("5"), 5),
        (WORD, Key("Bern"), "Bern"),
        (Scale("q", "How good?"), Key(5), 5),
    ],
)
def test_what_is_not_of_the_questions_form_gets_no_points(
    question: Question, key: Key, answer: Answer
) -> None:
    assert mark(question, key, answer) == 0


_TICKS = st.sets(st.sampled_from("abcde")).map(lambda ids: tuple(sorted(ids)))
_KEYS = st.builds(
    Key,
    _TICKS.filter(bool),
    points=st.integers(1, 100),
    partial=st.booleans(),
)


@given(_KEYS, _TICKS)
def test_points_are_between_none_and_all(key: Key, ticked: tuple[str, ...]) -> None:
    assert 0 <= mark(SEVERAL, key, ticked) <= key.points


@given(_KEYS, st.permutations("abcde"), st.permutations(SEVERAL.options), st.integers(0, 5))
def test_the_order_of_options_does_not_matter(
    key: Key, ids: list[str], options: list[Option], count: int
) -> None:
    shuffled = Choice("q", "T", tuple(options), most=5)
    ticked = tuple(ids[:count])
    assert mark(shuffled, key, ticked) == mark(SEVERAL, key, tuple(sorted(ticked)))


@given(_KEYS, _TICKS)
def test_taking_a_wrong_tick_away_never_loses_points(key: Key, ticked: tuple[str, ...]) -> None:
    assert isinstance(key.right, tuple)
    for wrong in set(ticked) - set(key.right):
        without = tuple(one for one in ticked if one != wrong)
        assert mark(SEVERAL, key, without) >= mark(SEVERAL, key, ticked)


@given(_KEYS, _TICKS)
def test_all_points_are_for_exactly_what_is_right(key: Key, ticked: tuple[str, ...]) -> None:
    assert mark(SEVERAL, key, key.right) == key.points
    assert (mark(SEVERAL, key, ticked) == key.points) == (ticked == key.right)


@given(_KEYS, _TICKS)
def test_partial_credit_never_gives_less_than_all_or_nothing(
    key: Key, ticked: tuple[str, ...]
) -> None:
    partly = Key(key.right, key.points, partial=True)
    wholly = Key(key.right, key.points, partial=False)
    assert mark(SEVERAL, partly, ticked) >= mark(SEVERAL, wholly, ticked)


def test_a_score_adds_up_what_has_a_key() -> None:
    questions = (
        Choice("one", "T", ONE.options),
        Choice("some", "T", SEVERAL.options, most=5),
        Number("number", "T"),
        Text("unmarked", "T"),
        Either("unanswered", "T"),
    )
    keys = {
        "one": Key(("a",)),
        "some": Key(("a", "b", "c"), points=2, partial=True),
        "number": Key(42, points=3),
        "unanswered": Key(YES, points=4),
        "not drawn": Key(YES, points=50),
    }
    answers: dict[str, Answer] = {
        "one": ("a",),
        "some": ("a", "b"),
        "number": 41,
        "unmarked": "Bern",
    }
    # 1 + 4/3 + 0 + 0 of 1 + 2 + 3 + 4.
    assert score_of(questions, keys, answers) == _score("7/3", 10)
    assert score_of(questions, {}, answers) == _score("0", 0)


@pytest.mark.parametrize(
    ("score", "percent", "text"),
    [
        (_score("0", 3), Fraction(0), "0.00"),
        (_score("1", 3), Fraction(100, 3), "33.33"),
        (_score("2", 3), Fraction(200, 3), "66.67"),
        (_score("7/3", 10), Fraction(70, 3), "23.33"),
        (_score("1", 8), Fraction(25, 2), "12.50"),
        (_score("1/8", 100), Fraction(1, 8), "0.13"),  # 0.125: a half goes up.
        (_score("3", 3), Fraction(100), "100.00"),
        (_score("19999", 20_000), Fraction(19_999, 200), "99.99"),  # 99.995
        (_score("79996", 100_000), Fraction(79_996, 1_000), "79.99"),
        (_score("80004", 100_000), Fraction(80_004, 1_000), "80.00"),
        (_score("0", 0), Fraction(0), "0.00"),
    ],
)
def test_a_percentage_is_exact_and_shown_with_two_decimals(
    score: Score, percent: Fraction, text: str
) -> None:
    assert score.percent == percent
    assert str(score.shown()) == text


@pytest.mark.parametrize(
    ("score", "pass_mark", "passed"),
    [
        (_score("8", 10), 80, True),
        (_score("79999", 100_000), 80, False),
        (_score("2", 3), 66, True),
        (_score("2", 3), 67, False),
        (_score("1/3", 1), 33, True),
        (_score("0", 5), 0, True),
        (_score("5", 5), 100, True),
        (_score("8", 10), None, None),
        (_score("0", 0), 50, None),
    ],
)
def test_the_pass_mark_is_reached_exactly_or_not(
    score: Score, pass_mark: int | None, *, passed: bool | None
) -> None:
    assert score.passed(pass_mark) is passed


_SCORES = st.integers(1, 2_000).flatmap(
    lambda of: st.builds(Score, st.fractions(0, of, max_denominator=600), st.just(of))
)


@given(_SCORES, st.integers(0, 100))
def test_what_is_shown_never_contradicts_passing(score: Score, pass_mark: int) -> None:
    assert (score.shown() >= pass_mark) == score.passed(pass_mark)


@given(_SCORES)
def test_what_is_shown_is_within_a_hundredth_and_no_whole_number_too_soon(score: Score) -> None:
    rounded = Fraction(score.shown())
    assert abs(rounded - score.percent) < Fraction(1, 100)
    assert (rounded == 100) == (score.percent == 100)


@given(_SCORES, _SCORES)
def test_a_better_score_is_never_shown_as_a_lower_one(one: Score, other: Score) -> None:
    lower, higher = sorted((one.percent, other.percent))
    assert shown(lower) <= shown(higher)


def test_a_score_is_stored_in_these_bytes() -> None:
    stored = "[7, 3, 10]"
    assert json.dumps(_score("7/3", 10).encode()) == stored
    assert Score.decode(json.loads(stored)) == _score("7/3", 10)


@given(_SCORES)
def test_a_score_that_is_stored_is_that_score(score: Score) -> None:
    assert Score.decode(json.loads(json.dumps(score.encode()))) == score


@pytest.mark.parametrize(
    "stored",
    [
        None,
        7,
        "7/3",
        {},
        [],
        [7, 3],
        [7, 0, 10],
        [7, -3, 10],
        [-7, 3, 10],
        [11, 1, 10],
        [1.5, 1, 2],
    ],
)
def test_what_is_no_score_is_none(stored: object) -> None:
    assert Score.decode(stored) is None


@pytest.mark.parametrize(("which", "place"), [("first", 0), ("last", 3), ("best", 1)])
def test_which_attempt_counts(which: Counts, place: int) -> None:
    # The second and the third are equally good; 3 of 4 is more points, yet fewer percent.
    scores = [_score("1", 5), _score("4", 5), _score("8", 10), _score("3", 4)]
    assert counting(scores, which) == place


@pytest.mark.parametrize("which", ["first", "last", "best"])
def test_the_only_attempt_counts(which: Counts) -> None:
    assert counting([_score("0", 5)], which) == 0


@pytest.mark.parametrize(
    ("score", "millionths"),
    [
        (_score("0", 4), 0),
        (_score("1/3", 1), 33_333_333),
        (_score("2/3", 1), 66_666_666),
        (_score("4", 4), 100_000_000),
        (_score("999999999/1000000000", 1), 99_999_999),
        (_score("0", 0), 0),
    ],
)
def test_places_are_by_millionths_rounded_down(score: Score, millionths: int) -> None:
    assert score.millionths == millionths


@given(_SCORES, _SCORES)
def test_who_is_better_has_no_fewer_millionths_and_more_if_it_is_by_one(
    one: Score, other: Score
) -> None:
    by = one.percent - other.percent
    if by >= 0:
        assert one.millionths >= other.millionths
    if by * PERCENT >= 1:
        assert one.millionths > other.millionths


@given(_SCORES)
def test_a_place_shows_the_percent_of_the_score(score: Score) -> None:
    placed = Placed(1, Person("tenant/ada", "Ada"), score.millionths)
    assert placed.shown() == score.shown()
    assert placed.millionths // PERCENT == int(score.percent)


@pytest.mark.parametrize("percent", ["79.996", "79.995", "79.9949999999", "99.9999999999", "80"])
def test_a_place_shows_no_more_than_was_reached(percent: str) -> None:
    score = Score(Fraction(percent), 100)
    assert Placed(1, Person("tenant/ada", "Ada"), score.millionths).shown() == score.shown()


@pytest.mark.parametrize(
    ("value", "text"),
    [("4/3", "1.33"), ("2/3", "0.67"), ("2.995", "2.99"), ("2.985", "2.99"), ("3", "3.00")],
)
def test_points_are_shown_as_full_only_where_they_are(value: str, text: str) -> None:
    assert shown(Fraction(value)) == Decimal(text)


@pytest.mark.parametrize(
    ("said", "points", "percent", "passed"),
    [({}, "16/3", "66.67", False), ({"true": YES}, "22/3", "91.67", True)],
)
def test_the_quiz_worked_out_in_the_docs_is_marked_so(
    said: dict[str, Answer], points: str, percent: str, *, passed: bool
) -> None:
    questions = (
        Choice("one", "T", ONE.options),
        Choice("capitals", "T", SEVERAL.options, most=5),
        Number("length", "T", 2),
        Either("true", "T"),
    )
    keys = {
        "one": Key(("a",)),
        "capitals": Key(("a", "b", "c"), points=2, partial=True),
        "length": Key(1_250, points=3, tolerance=5),
        "true": Key(YES, points=2),
    }
    answers: dict[str, Answer] = {"one": ("a",), "capitals": ("a", "b"), "length": 1_255}
    score = score_of(questions, keys, answers | said)
    assert score == _score(points, 8)
    assert str(score.shown()) == percent
    assert score.passed(70) is passed

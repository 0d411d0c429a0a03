"""How questions that are answered with a date or a time of day are asked and shown."""

from gettext import NullTranslations

import pytest
from babel import Locale

from actions.content import Content
from actions.errors import InvalidAnswers
from actions.moment import Date, Moment, TimeOfDay
from actions.tallied import Tallied
from actions.tallies import recount
from cards.asking import Asking, Showing
from cards.moment import answer, headline
from cards.parts import card
from cards.questions import question_fields, question_result
from cards.texts import Texts
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, input_elements, walk

DAY = Date("q", "When?", "2026-11-01", "2026-11-30")
CLOCK = TimeOfDay("q", "At what time?", "06:00")
GERMAN = Texts(Locale("de"), NullTranslations())


def _asked(question: Moment, typed: str = "", texts: Texts = TEXTS) -> Card:
    problems = {}
    try:
        question.parse({"": typed})
    except InvalidAnswers as refused:
        problems = dict(refused.problems)
    asking = Asking(texts, "", {"": typed}, problems)
    return checked(card(texts, question_fields(question, 1, asking)))


def _texts(shown: Card) -> list[str]:
    return [node["text"] for node in walk(shown) if node.get("type") == "TextBlock"]


def _tallied(question: Moment, *answers: str) -> Tallied:
    content = Content("T", (question,))
    return recount(content, [({"q": given}, ()) for given in answers]).of("q")


def _shown(question: Moment, *answers: str, texts: Texts = TEXTS) -> Card:
    elements = question_result(question, 1, _tallied(question, *answers), Showing(texts))
    return checked(card(texts, elements))


def _bars(shown: Card) -> dict[str, int]:
    (chart,) = (node for node in walk(shown) if node.get("type") == "Chart.VerticalBar")
    assert len(chart["fallback"]["items"]) == len(chart["data"])
    return {bar["x"]: bar["y"] for bar in chart["data"]}


@pytest.mark.parametrize(
    ("question", "typed", "kind", "value"),
    [
        (DAY, "", "Input.Date", None),
        (DAY, "2026-11-27", "Input.Date", "2026-11-27"),
        (DAY, "2030-01-01", "Input.Date", "2030-01-01"),
        (CLOCK, "", "Input.Time", None),
        (CLOCK, "7:05", "Input.Time", "07:05"),
    ],
)
def test_a_moment_is_chosen_in_its_own_field(
    question: Moment, typed: str, kind: str, value: str | None
) -> None:
    (field,) = input_elements(_asked(question, typed))
    assert (field["type"], field.get("value")) == (kind, value)


@pytest.mark.parametrize(
    ("question", "typed"), [(DAY, "2026-02-30"), (DAY, "27.11."), (CLOCK, "5 pm")]
)
def test_what_such_a_field_cannot_hold_is_not_lost(question: Moment, typed: str) -> None:
    (field,) = input_elements(_asked(question, typed))
    assert (field["type"], field["value"]) == ("Input.Text", typed)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (DAY, "From Sun, 1 Nov 2026 to Mon, 30 Nov 2026."),
        (Date("q", "T", most="2026-11-30"), "Mon, 30 Nov 2026 or earlier."),
        (CLOCK, "06:00 or later."),
    ],
)
def test_what_the_field_takes_stands_below_it(question: Moment, words: str) -> None:
    assert words in _texts(_asked(question))


def test_a_field_that_takes_everything_says_nothing() -> None:
    assert _texts(_asked(Date("q", "T"))) == []


@pytest.mark.parametrize(
    ("question", "typed", "sentence"),
    [
        (DAY, "2026-02-30", "⚠ There is no such day. Check the month and the day."),
        (DAY, "soon", "⚠ Write the day as year, month and day, like this: 2026-11-27."),
        (DAY, "2026-12-01", "⚠ This is too late. Give Mon, 30 Nov 2026 or earlier."),
        (CLOCK, "05:59", "⚠ This is too early. Give 06:00 or later."),
        (CLOCK, "24:00", "⚠ There is no such time. Hours go from 0 to 23, minutes from 0 to 59."),
    ],
)
def test_what_is_wrong_stands_below_the_field(question: Moment, typed: str, sentence: str) -> None:
    assert sentence in _texts(_asked(question, typed))


def test_the_first_and_last_day_and_the_days_between_are_shown() -> None:
    shown = _shown(DAY, "2026-11-28", "2026-11-27", "2026-11-30", "2026-11-30")
    texts = _texts(shown)
    assert texts[texts.index("earliest") - 1] == "Fri, 27 Nov 2026"
    assert texts[texts.index("latest") - 1] == "Mon, 30 Nov 2026"
    assert _bars(shown) == {
        "27 Nov 2026": 1,
        "28 Nov 2026": 1,
        "29 Nov 2026": 0,
        "30 Nov 2026": 2,
    }


@pytest.mark.parametrize(
    ("last", "first_bar", "last_bar"),
    [
        ("2026-11-30", "26 Oct\u2009–\u20091 Nov 2026", "30 Nov\u2009–\u20096 Dec 2026"),
        ("2027-03-01", "Nov 2026", "Mar 2027"),
        ("2028-12-31", "Q4 2026", "Q4 2028"),
        ("2032-01-01", "2026", "2032"),
        ("2050-01-01", "2025 – 2029", "2050 – 2054"),
    ],
)
def test_many_days_are_shown_by_longer_spans(last: str, first_bar: str, last_bar: str) -> None:
    names = list(_bars(_shown(DAY, "2026-11-01", last)))
    assert (names[0], names[-1]) == (first_bar, last_bar)


def test_days_are_written_as_the_reader_does() -> None:
    assert "Nov. 2026" in _bars(_shown(DAY, "2026-11-01", "2027-03-01", texts=GERMAN))
    assert answer(DAY, "2026-11-27", GERMAN) == "Fr., 27. Nov. 2026"


def test_times_are_shown_by_the_hour() -> None:
    assert _bars(_shown(CLOCK, "07:59", "09:00")) == {
        "07:00 – 07:59": 1,
        "08:00 – 08:59": 0,
        "09:00 – 09:59": 1,
    }


def test_the_headline_is_from_when_to_when() -> None:
    assert headline(CLOCK, _tallied(CLOCK), TEXTS) == "no answers yet"
    assert headline(CLOCK, _tallied(CLOCK, "07:00"), TEXTS) == "07:00"
    assert headline(CLOCK, _tallied(CLOCK, "07:00", "09:00"), TEXTS) == "07:00 to 09:00"


def test_an_answer_is_written_as_the_reader_does() -> None:
    american = Texts(Locale.parse("en_US"), NullTranslations())
    assert answer(CLOCK, "17:30", american) == "5:30\u202fPM"

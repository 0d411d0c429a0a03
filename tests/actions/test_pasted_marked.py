"""Many questions at once, with what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import drafted, marked
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.pasted import Pasted
from actions.pasted_marked import EXAMPLE, Read, read_marked


def read(text: str, room: int = 200) -> Read:
    """Read without further words."""
    return read_marked(text, {}, {}, room)


def one(text: str) -> Pasted:
    """Read a single question."""
    (question,) = read(text).questions
    return question


def wrong(text: str, room: int = 200) -> dict[str, str]:
    """Give the codes of what is wrong, by field."""
    with pytest.raises(InvalidAnswers) as refused:
        read(text, room)
    return {name: problem.code for name, problem in refused.value.problems.items()}


@pytest.mark.parametrize("right", ["* Paris", "*Paris", "- *Paris", "• *Paris", "-*Paris"])
def test_a_star_says_which_option_is_right(right: str) -> None:
    question = one(f"? The capital of France\n- Rome\n{right}\n- Bergen")
    assert (question.preset, question.fields["options"]) == ("one", "Rome\n*Paris\nBergen")


def test_two_stars_make_it_choose_several() -> None:
    assert one("? Which are capitals?\n* Paris\n* Rome\n- Bergen").preset == "several"
    assert one("? Which are capitals? (several)\n* Paris\n- Bergen").preset == "several"


def test_an_option_may_begin_with_a_star_itself() -> None:
    question = one("? Which is a pointer?\n* \\*p\n- p")
    assert question.fields["options"] == "*\\*p\np"


@pytest.mark.parametrize(
    ("line", "preset", "right"),
    [
        ("= 366", "number", "366"),
        ("=-1.5", "number", "-1.5"),
        ("= 1 500 000", "number", "1 500 000"),
        ("= true", "yes_no", "yes"),
        ("= FALSE", "yes_no", "no"),
        ("= Goethe", "short_text", "Goethe"),
        ("= Goethe\n= J. W. Goethe", "short_text", "Goethe\nJ. W. Goethe"),
        ("= 7\n= seven", "short_text", "7\nseven"),
    ],
)
def test_what_is_right_decides_what_sort_of_question_it_is(
    line: str, preset: str, right: str
) -> None:
    question = one(f"? Say\n{line}")
    assert (question.preset, question.fields["right"]) == (preset, right)


def test_brackets_decide_where_it_could_be_two_things() -> None:
    assert one("? The year (text)\n= 1812").preset == "short_text"
    assert one("? Is it? (true/false)\n= yes").preset == "yes_no"


def test_the_own_language_has_words_too() -> None:
    text = "? Wasser ist nass. (richtig oder falsch)\n= richtig\n? Eis ist warm.\n= falsch"
    words, truths = {"richtig oder falsch": "yes_no"}, {"richtig": "yes", "falsch": "no"}
    read = read_marked(text, words, truths)
    assert [q.fields["right"] for q in read.questions] == ["yes", "no"]
    assert {q.preset for q in read.questions} == {"yes_no"}


def test_lines_explain() -> None:
    question = one("? Days of a leap year?\n= 366\n# February has 29.\n#It comes every 4 years.")
    assert question.fields["explanation"] == "February has 29.\nIt comes every 4 years."


BROKEN = """\
? Nothing right
- a
- b
? Two right (one)
* a
* b
? No number (number)
= many
? Not marked (stars)
? Options of a text (text)
- a
? Twice
* a
- A
? Nothing at all
Something
? True? (true/false)
= perhaps"""


def test_every_question_that_is_wrong_is_named_at_its_line() -> None:
    assert wrong(BROKEN) == {
        "pasted.1": "star_needed",
        "pasted.4": "right_only_one",
        "pasted.7": "number_unreadable",
        "pasted.9": "not_marked",
        "pasted.10": "paste_takes_no_options",
        "pasted.12": "duplicate_line",
        "pasted.15": "right_text_needed",
        "pasted.16": "paste_line_unknown",
        "pasted.17": "no_such_option",
    }


@pytest.mark.parametrize("text", ["", " \n", "---", "= 3", "# Why"])
def test_nothing_is_refused(text: str) -> None:
    assert set(wrong(text).values()) <= {"paste_needed", "paste_line_unknown"}


def test_more_questions_than_there_is_room_for_are_refused() -> None:
    assert wrong("? x\n= 1\n" * 3, room=2) == {"pasted": "paste_too_many"}
    assert wrong("x {T}\n\n" * 3, room=2) == {"pasted": "paste_too_many"}


def test_the_example_is_right() -> None:
    assert [q.preset for q in read(EXAMPLE).questions] == ["one", "number", "yes_no"]


GIFT = """\
::Capital:: Which is the capital of France? {=Paris#Yes ~Rome ~%50%Lyon ####Since 987.}

Two plus two is {#4:0.5}.

Grant is buried in Grant's tomb.{FALSE}

Who wrote Faust? {=Goethe =J. W. Goethe}

Which are even? {~%50%2 ~%50%4 ~%-100%5}
"""


def test_moodles_format_is_known_when_it_is_seen() -> None:
    read_in = read(GIFT)
    assert [q.preset for q in read_in.questions] == [
        *("one", "number", "yes_no", "short_text", "several")
    ]
    first = read_in.questions[0].fields
    assert (first["options"], first["explanation"]) == ("*Paris\nRome\nLyon", "Since 987.")
    assert read_in.questions[4].fields["options"] == "*2\n*4\n5"


def test_what_is_lost_of_moodles_format_is_told_by_line() -> None:
    assert {name: p.code for name, p in read(GIFT).losses.items()} == {
        "pasted.1": "gift_weight_lost",
        "pasted.9": "gift_shares_lost",
    }


def test_what_cannot_be_read_of_moodles_format_is_told_by_line_and_nothing_is_added() -> None:
    text = "Fine {T}\n\nMatch {=a -> b =c -> d}\n\n::Essay:: Write {}"
    assert wrong(text) == {"pasted.3": "gift_matching", "pasted.5": "gift_essay"}


@pytest.mark.parametrize(
    "text", ["? What does {x} mean?\n= x", "? Which set is {1, 2}?\n* A\n- B"]
)
def test_braces_alone_are_not_moodles_format(text: str) -> None:
    assert one(text).fields["text"] == text.splitlines()[0].removeprefix("? ")


def as_drafted(questions: list[Pasted]) -> Values:
    """Give a draft with these questions."""
    values: Values = {drafted.ORDER: ""}
    for number, question in enumerate(questions):
        values = drafted.add(values, question.preset, f"n{number}", question.fields)
    return values


@given(st.text() | st.text(alphabet="?-*=#!().1 ab\n•{}~:", max_size=80))
def test_any_text_is_read_or_refused_line_by_line(text: str) -> None:
    try:
        questions = read(text).questions
    except InvalidAnswers as refused:
        lines = len(text.splitlines())
        for name in refused.problems:
            _, _, line = name.partition(".")
            assert name == "pasted" or 1 <= int(line) <= lines + 1
        return
    problems: dict[str, Problem] = {}
    content = marked.read(as_drafted(questions), problems)
    assert not problems
    assert len(content.keys) == len(content.questions) == len(questions)

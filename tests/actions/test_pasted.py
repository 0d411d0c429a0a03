"""Many questions at once, out of lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import drafted
from actions.errors import InvalidAnswers
from actions.fields import fold
from actions.pasted import EXAMPLE, WORDS, Pasted, read_pasted
from actions.presets import ITEMS, PRESETS, TAUGHT
from tests.actions.drafts import a_form, codes_of


def read(text: str, room: int = 200) -> list[Pasted]:
    """Read without further words for types."""
    return read_pasted(text, {}, room)


def briefly(text: str) -> list[tuple[str, str]]:
    """Give each question's preset and text."""
    return [(one.preset, one.fields["text"]) for one in read(text)]


def wrong(text: str, room: int = 200) -> dict[str, str]:
    """Give the codes of what is wrong, by field."""
    with pytest.raises(InvalidAnswers) as refused:
        read(text, room)
    return {name: problem.code for name, problem in refused.value.problems.items()}


def test_a_question_with_options_is_choose_one() -> None:
    (one,) = read("? Lunch?\n- Pizza\n* Sushi\n• Salad\n– Soup")
    assert one.preset == "one"
    assert one.fields["text"] == "Lunch?"
    assert one.fields["options"] == "Pizza\nSushi\nSalad\nSoup"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("? What else", "What else"),
        ("?What else", "What else"),
        ("1. What else", "What else"),
        ("12) What else", "What else"),
        ("What else?", "What else?"),
        ("  What else?  ", "What else?"),
        ("ماذا بعد؟", "ماذا بعد؟"),
        ("還有嗎？", "還有嗎？"),
        ("! What else", "What else"),
        ("? How (roughly)", "How (roughly)"),
        ("? A *", "A"),
    ],
)
def test_a_line_is_a_question(line: str, text: str) -> None:
    assert briefly(line) == [("short_text", text)]


def test_a_survey_is_pasted_no_lessons() -> None:
    (one,) = read_pasted("? Evacuation (lesson)", {"lesson": "lesson"})
    assert (one.preset, one.fields["text"]) == ("short_text", "Evacuation (lesson)")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_in_brackets_is_the_type(word: str) -> None:
    options = "\n- a\n- b"
    for spelt in (word, word.upper(), f" {word} "):
        line = f"? How many ({spelt})"
        listed = WORDS[word] in {"one", "several", "drop_down", "likert", "ranking"}
        assert briefly(line + options * listed) == [(WORDS[word], "How many")]


def test_every_preset_that_asks_something_has_a_word() -> None:
    assert set(WORDS.values()) == {one.name for one in PRESETS} - set(TAUGHT) - set(ITEMS)
    assert all(fold(word) == word for word in WORDS)


def test_the_own_language_has_words_too() -> None:
    (one,) = read_pasted("? Wie war es (Sterne)", {"sterne": "stars"})
    assert (one.preset, one.fields["text"]) == ("stars", "Wie war es")


@pytest.mark.parametrize(
    "line", ["! Age (number)", "? ! Age (number)", "? Age (number) *", "? Age * (number)"]
)
def test_a_mark_before_or_behind_says_that_it_must_be_answered(line: str) -> None:
    (one,) = read(line)
    assert (one.preset, one.fields["text"]) == ("number", "Age")
    assert one.fields["required"] == "true"


def test_without_a_mark_a_question_may_be_left_out() -> None:
    assert read("? Age")[0].fields["required"] == "false"


def test_a_line_of_dashes_begins_a_page() -> None:
    questions = read("---\n? One\n\n ----- \n? Two\n? Three")
    assert [one.fields["starts_page"] for one in questions] == ["false", "true", "false"]


def test_statements_are_the_rows_of_a_likert() -> None:
    (one,) = read("? How far do you agree (likert)\n- I like it")
    assert (one.preset, one.fields["rows"]) == ("likert", "I like it")


def test_an_option_may_ask_something() -> None:
    (one,) = read("? Pick\n- Really?\n- 1. Sure")
    assert one.fields["options"] == "Really?\n1. Sure"


def test_every_line_that_is_wrong_is_named_at_once() -> None:
    text = "\n".join(
        [
            "- An option",
            "? Lunch?",
            "- Pizza",
            "-  pizza ",
            "Something",
            "? Stars (stars)",
            "- one",
            "? One only",
            "- one",
            "---",
            "- stray",
            f"? {'x' * 5_001}",
            "? Long",
            f"- {'x' * 1_001}",
            "- b",
        ]
    )
    assert wrong(text) == {
        "pasted.1": "paste_option_first",
        "pasted.4": "paste_option_twice",
        "pasted.5": "paste_line_unknown",
        "pasted.7": "paste_takes_no_options",
        "pasted.8": "paste_options_count",
        "pasted.11": "paste_option_first",
        "pasted.12": "paste_too_long",
        "pasted.14": "paste_too_long",
    }


def test_a_choice_without_options_is_refused_at_its_line() -> None:
    assert wrong("\n\n? Which (several)") == {"pasted.3": "paste_options_count"}


def test_more_than_25_options_are_refused() -> None:
    assert wrong("? Which\n" + "\n".join(f"- {n}" for n in range(26))) == {
        "pasted.1": "paste_options_count"
    }


@pytest.mark.parametrize("text", ["", "  \n \n", "---"])
def test_nothing_is_refused(text: str) -> None:
    assert wrong(text) == {"pasted": "paste_needed"}


def test_more_questions_than_there_is_room_for_are_refused() -> None:
    assert len(read("? x\n" * 200)) == 200
    assert wrong("? x\n" * 201) == {"pasted": "paste_too_many"}
    assert wrong("? x\n" * 3, room=2) == {"pasted": "paste_too_many"}


def test_the_example_is_right() -> None:
    assert [one.preset for one in read(EXAMPLE)] == ["several", "stars", "long_text"]


@given(st.text() | st.text(alphabet="?-*!().1 ab\n•", max_size=60))
def test_any_text_is_read_or_refused_line_by_line(text: str) -> None:
    try:
        questions = read(text)
    except InvalidAnswers as refused:
        lines = len(text.splitlines())
        for name in refused.problems:
            _, _, line = name.partition(".")
            assert name == "pasted" or 1 <= int(line) <= lines
        return
    values = a_form()
    for number, one in enumerate(questions):
        start = {"levels": "No\nYes"} if one.preset == "likert" else {}
        values = drafted.add(values, one.preset, f"n{number}", {**start, **one.fields})
    assert codes_of(values) == {}

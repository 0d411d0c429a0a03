"""The stored form of content: it comes back as it went in, and old bytes stay readable."""

import json

from hypothesis import given
from hypothesis import strategies as st

from actions.choice import Choice, Option
from actions.content import Content, decode, encode
from tests.actions.builders import a_choice, a_content

VERSION_1 = (
    '{"v": 1, "title": "Mittag?", "description": "Bis elf \\u2026", "questions": ['
    '{"type": "choice", "id": "q", "text": "Mittag?",'
    ' "options": [["k3", "Pizza"], ["p9", "Sushi", 8]], "most": 2}]}'
)
"""As version 1 is stored since the first release; never edit it, add the next beside it."""

MEANT_BY_VERSION_1 = Content(
    "Mittag?",
    (Choice("q", "Mittag?", (Option("k3", "Pizza"), Option("p9", "Sushi", 8)), 2),),
    "Bis elf …",
)

names = st.text(min_size=1, max_size=8)
options = st.builds(Option, names, st.text(), st.none() | st.integers(1, 999_999))
choices = st.builds(
    Choice, names, st.text(), st.lists(options, max_size=5).map(tuple), st.integers(1, 25)
)
contents = st.builds(Content, st.text(), st.lists(choices, max_size=3).map(tuple), st.text())


@given(contents)
def test_content_comes_back_from_json_as_it_went_in(content: Content) -> None:
    assert decode(json.loads(json.dumps(encode(content)))) == content


def test_bytes_of_version_1_mean_what_they_meant() -> None:
    assert decode(json.loads(VERSION_1)) == MEANT_BY_VERSION_1


def test_content_is_stored_in_the_bytes_of_version_1() -> None:
    assert json.dumps(encode(MEANT_BY_VERSION_1)) == VERSION_1


def test_stored_content_without_a_description_has_none() -> None:
    assert decode({"v": 1, "title": "T", "questions": []}) == Content("T")


def test_a_question_is_found_by_its_id() -> None:
    question = a_choice()
    assert a_content(question).question("q") == question
    assert a_content(question).question("other") is None


def test_answers_stand_when_only_words_and_new_options_were_added() -> None:
    before = a_content(a_choice("Pizza", "Sushi"), title="Lunch?")
    assert a_content(a_choice("Pizza", "Sushi", "Salad"), title="Dinner?").keeps_answers(before)


def test_answers_do_not_stand_when_an_option_is_gone() -> None:
    assert not a_content(a_choice("Pizza")).keeps_answers(a_content(a_choice("Pizza", "Sushi")))


def test_answers_do_not_stand_when_their_question_is_gone() -> None:
    assert not Content("Lunch?").keeps_answers(a_content())

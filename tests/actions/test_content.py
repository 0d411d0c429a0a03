"""The stored form of content: it comes back as it went in, and old bytes stay readable."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from actions.about import About
from actions.choice import Choice, Option
from actions.conditions import Condition, Operator
from actions.content import Content, decode, encode
from actions.keys import Key
from tests.actions.builders import a_choice, a_content

VERSION_1 = (
    '{"v": 1, "title": "Mittag?", "description": "Bis elf \\u2026", "questions": ['
    '{"type": "choice", "id": "q", "text": "Mittag?",'
    ' "options": [["k3", "Pizza"], ["p9", "Sushi", 8]], "most": 2}]}'
)
"""As version 1 is stored since the first release; never edit it, add the next beside it."""

WITH_EVERYTHING = (
    '{"v": 1, "title": "T", "description": "", "questions": [{"type": "choice", "id": "r",'
    ' "text": "Which?", "options": [["a", "A"], ["b", "B", null, "Ada"]], "most": 2, "least": 1,'
    ' "other": true, "shuffle": true, "style": "drop_down", "about": {"required": true,'
    ' "help": "H", "image": "https://x.example/y.png", "image_alt": "Y", "starts_page": true,'
    ' "shown_if": ["q", "is_not", "a"]}}]}'
)
"""A choice with all that came after the first release."""

MEANT_BY_VERSION_1 = Content(
    "Mittag?",
    (Choice("q", "Mittag?", (Option("k3", "Pizza"), Option("p9", "Sushi", 8)), 2),),
    "Bis elf …",
)

names = st.text(min_size=1, max_size=8)
options = st.builds(
    Option, names, st.text(), st.none() | st.integers(1, 999_999), st.sampled_from(["", "Ada"])
)
abouts = st.builds(
    About,
    st.booleans(),
    st.text(),
    st.text(),
    st.text(),
    st.booleans(),
    st.none() | st.builds(Condition, names, st.sampled_from(Operator), st.text()),
)
choices = st.builds(
    Choice,
    names,
    st.text(),
    st.lists(options, max_size=5).map(tuple),
    st.integers(1, 25),
    least=st.integers(0, 3),
    other=st.booleans(),
    shuffle=st.booleans(),
    style=st.sampled_from(["list", "drop_down"]),
    about=abouts,
)
contents = st.builds(Content, st.text(), st.lists(choices, max_size=3).map(tuple), st.text())


@given(contents)
def test_content_comes_back_from_json_as_it_went_in(content: Content) -> None:
    assert decode(json.loads(json.dumps(encode(content)))) == content


def test_bytes_of_version_1_mean_what_they_meant() -> None:
    assert decode(json.loads(VERSION_1)) == MEANT_BY_VERSION_1


def test_content_is_stored_in_the_bytes_of_version_1() -> None:
    assert json.dumps(encode(MEANT_BY_VERSION_1)) == VERSION_1


def test_a_choice_with_everything_is_stored_and_read() -> None:
    rule = Condition("q", Operator.IS_NOT, "a")
    about = About(True, "H", "https://x.example/y.png", "Y", True, rule)
    options = (Option("a", "A"), Option("b", "B", added_by="Ada"))
    question = Choice("r", "Which?", options, 2, 1, True, True, "drop_down", about)
    assert json.dumps(encode(Content("T", (question,)))) == WITH_EVERYTHING
    assert decode(json.loads(WITH_EVERYTHING)) == Content("T", (question,))


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


def test_a_content_with_keys_can_be_looked_up_by() -> None:
    """Cards that were rendered are remembered by it."""
    one, same = (Content("Quiz", keys={"q": Key(("a",))}) for _ in range(2))
    assert {one: "card"}[same] == "card"
    assert {one: "card"}.get(replace(one, keys={})) is None

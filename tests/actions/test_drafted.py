"""The questions in a draft: adding, moving, copying and removing them, and reading them all."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import drafted, survey
from actions.content import Content
from actions.errors import InvalidAnswers, NotFound
from actions.fields import Values
from actions.presets import PRESETS
from tests.actions.drafts import a_form, codes_of, every_type, planned, problems_of, ruled, typed

THREE = a_form("one", "stars", "short_text")


def texts(values: Values) -> list[str]:
    """Give the questions' texts in their order."""
    return [drafted.fields_of(values, one)["text"] for one in drafted.question_ids(values)]


def test_a_question_is_added_last() -> None:
    values = drafted.add(THREE, "date", "new", {"text": "When?"})
    assert drafted.question_ids(values) == ["q1", "q2", "q3", "new"]
    assert drafted.chosen_preset(values, "new").name == "date"
    assert drafted.fields_of(values, "new")["text"] == "When?"


def test_a_question_is_added_after_another() -> None:
    values = drafted.add(THREE, "date", "new", after="q1")
    assert drafted.question_ids(values) == ["q1", "new", "q2", "q3"]


def test_a_question_of_no_preset_is_not_added() -> None:
    with pytest.raises(NotFound) as refused:
        drafted.add(THREE, "essay", "new")
    assert refused.value.code == "no_such_preset"


def test_the_two_hundredth_question_is_the_last() -> None:
    full = a_form(*(["yes_no"] * drafted.MOST_QUESTIONS))
    assert codes_of(full) == {}
    with pytest.raises(InvalidAnswers) as refused:
        drafted.add(full, "date", "new")
    assert refused.value.problems["add"].code == "questions_full"
    with pytest.raises(InvalidAnswers):
        drafted.duplicate(full, "q7", "new")


def test_a_copy_stands_right_after_its_question_on_the_same_page() -> None:
    values = drafted.duplicate(typed(THREE, "q1", starts_page="true"), "q1", "new")
    assert drafted.question_ids(values) == ["q1", "new", "q2", "q3"]
    original, copy = (drafted.fields_of(values, one) for one in ("q1", "new"))
    assert copy == {**original, "starts_page": "false"}
    assert original["starts_page"] == "true"


@pytest.mark.parametrize(
    ("question", "place", "order"),
    [
        ("q1", 1, "q2 q1 q3"),
        ("q3", 1, "q1 q3 q2"),
        ("q1", 0, "q1 q2 q3"),
        ("q1", -1, "q1 q2 q3"),
        ("q3", 3, "q1 q2 q3"),
        ("q1", 9, "q2 q3 q1"),
        ("q3", -9, "q3 q1 q2"),
    ],
)
def test_a_question_moves_and_stops_at_the_ends(question: str, place: int, order: str) -> None:
    moved = drafted.move(THREE, question, place)
    assert moved["questions"] == order
    assert drafted.move(moved, question, place) == moved


def test_a_question_that_was_removed_can_be_put_back_with_all_its_fields() -> None:
    gone = drafted.remove(THREE, "q2")
    assert drafted.question_ids(gone) == ["q1", "q3"]
    assert drafted.put_back(gone, "q2", 1) == THREE


def test_only_the_question_removed_last_can_be_put_back() -> None:
    gone = drafted.remove(drafted.remove(THREE, "q2"), "q1")
    assert not any(name.startswith("q.q2.") for name in gone)
    with pytest.raises(NotFound):
        drafted.put_back(gone, "q2", 1)
    assert drafted.question_ids(drafted.put_back(gone, "q1", 0)) == ["q1", "q3"]


def test_a_question_that_is_there_cannot_be_put_back_a_second_time() -> None:
    with pytest.raises(NotFound):
        drafted.put_back(THREE, "q2", 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: drafted.move(v, "q9", 1),
        lambda v: drafted.remove(v, "q9"),
        lambda v: drafted.duplicate(v, "q9", "new"),
        lambda v: drafted.add(v, "date", "new", after="q9"),
        lambda v: drafted.change_preset(v, "q9", "date"),
        lambda v: drafted.fields_of(v, "q9"),
        lambda v: drafted.put_back(v, "q9", 0),
    ],
)
def test_a_question_that_there_is_not_is_not_found(change: Callable[[Values], object]) -> None:
    with pytest.raises(NotFound):
        change(THREE)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "duplicate", "remove", "up", "down"]),
        st.integers(0, 30),
        st.sampled_from([one.name for one in PRESETS]),
    ),
    max_size=30,
)


@given(STEPS)
def test_whatever_is_done_the_list_is_a_list_of_questions_each_with_its_fields(
    steps: list[tuple[str, int, str]],
) -> None:
    values: Values = {"title": "Canteen", "questions": ""}
    expected: list[str] = []
    for number, (step, place, preset) in enumerate(steps):
        new = f"n{number}"
        if step == "add":
            values, expected = drafted.add(values, preset, new, {"text": new}), [*expected, new]
        elif expected:
            values, expected = _stepped(step, values, expected, place % len(expected), new)
        assert drafted.question_ids(values) == expected
        assert len(drafted.questions_of(values, {})) == len(expected)
    assert values["title"] == "Canteen"


def _stepped(
    step: str, values: Values, expected: list[str], place: int, new: str
) -> tuple[Values, list[str]]:
    """Do the same to the values and to a plain list."""
    one, rest = expected[place], [*expected[:place], *expected[place + 1 :]]
    match step:
        case "duplicate":
            after = [*expected[: place + 1], new, *expected[place + 1 :]]
            return drafted.duplicate(values, one, new), after
        case "remove":
            return drafted.remove(values, one), rest
        case _:
            to = place - 1 if step == "up" else place + 1
            rest.insert(max(to, 0), one)
            return drafted.move(values, one, to), rest


def test_changing_the_type_keeps_what_means_the_same() -> None:
    values = typed(a_form("one"), "q1", help="Think", required="true")
    several = drafted.change_preset(values, "q1", "several")
    assert drafted.fields_of(several, "q1") == {
        **drafted.fields_of(values, "q1"),
        "preset": "several",
        "several": "true",
    }
    assert codes_of(several) == {}
    ranking = drafted.fields_of(drafted.change_preset(several, "q1", "ranking"), "q1")
    assert ranking["options"] == "Red\nGreen\nBlue"
    assert "several" not in ranking
    stars = drafted.fields_of(drafted.change_preset(values, "q1", "stars"), "q1")
    assert (stars["text"], stars["help"], stars["required"]) == ("one?", "Think", "true")
    assert (stars["levels"], stars["style"]) == ("5", "stars")
    assert "options" not in stars


def test_changing_the_type_does_not_take_words_for_what_they_do_not_mean() -> None:
    likert = drafted.change_preset(a_form("stars"), "q1", "likert", {"levels": "No\nYes"})
    assert drafted.fields_of(likert, "q1")["levels"] == "No\nYes"
    day = drafted.change_preset(a_form("number"), "q1", "date")
    assert drafted.fields_of(day, "q1")["min"] == ""


def test_a_form_of_every_type_can_be_edited_without_changing() -> None:
    values = typed(
        ruled(every_type(), "q5", "q4", "is", "yes"),
        "q3",
        help="Help",
        image="https://example.com/a.png",
        image_alt="A cat",
        starts_page="true",
        required="true",
    )
    content = planned(values).content
    again = planned({**values, **drafted.values_of(content)}).content
    assert again == content
    assert len(content.questions) == len(survey.BUILDER.presets)


@given(st.permutations([one.name for one in PRESETS]), st.sets(st.integers(1, 15)))
def test_what_is_asked_survives_being_edited(order: list[str], required: set[int]) -> None:
    values = a_form(*order)
    for number in required:
        values = typed(values, f"q{number}", required="true", starts_page="true")
    content = planned(values).content
    fields = drafted.values_of(content)
    assert drafted.questions_of(fields, {}) == content.questions
    assert drafted.values_of(Content("", drafted.questions_of(fields, {}))) == fields


def test_every_problem_of_every_question_is_named_at_once() -> None:
    values = a_form("one", "several", "stars", "number")
    values = typed(values, "q1", text=" ", options="Red", help="x" * 1_001)
    values = typed(values, "q2", text="x" * 5_001, image="http://example.com/a.png")
    values = typed(values, "q3", levels="11", image_alt="x" * 301)
    assert codes_of(values) == {
        "q.q1.text": "question_needed",
        "q.q1.help": "too_long",
        "q.q1.options": "lines_count",
        "q.q2.text": "too_long",
        "q.q2.image": "image_address",
        "q.q3.levels": "whole_between",
        "q.q3.image_alt": "too_long",
    }


@pytest.mark.parametrize(
    "address",
    [
        *("http://example.com/a.png", "example.com/a.png", "https://", "https:///a.png"),
        *("https://[", "javascript:alert(1)", "https://example.com/a b.png", "data:,x"),
    ],
)
def test_a_picture_has_an_https_address(address: str) -> None:
    assert codes_of(typed(THREE, "q1", image=address)) == {"q.q1.image": "image_address"}


def test_a_pictures_address_has_2000_characters_at_most() -> None:
    address = "https://example.com/" + "x" * 1_981
    assert codes_of(typed(THREE, "q1", image=address)) == {"q.q1.image": "too_long"}
    assert codes_of(typed(THREE, "q1", image=address[:-1])) == {}


def test_two_questions_may_say_the_same() -> None:
    assert codes_of(typed(a_form("date", "date"), "q2", text="date?")) == {}


@pytest.mark.parametrize("count", [0, 201])
def test_there_are_one_to_two_hundred_questions(count: int) -> None:
    values = {**a_form(), "questions": " ".join(f"q{n}" for n in range(count))}
    values |= {f"q.q{n}.{name}": v for n in range(count) for name, v in _date().items()}
    problem = problems_of(values)["questions"]
    assert problem.code == "questions_count"
    assert problem.values == {"least": 1, "most": 200, "given": count}


def _date() -> dict[str, str]:
    return {"preset": "date", "text": "When?", "min": "", "max": ""}


def test_typing_changes_only_fields_of_questions_that_there_are() -> None:
    raw = {
        "q.q1.text": "New?",
        "q.q1.preset": "date",
        "q.q1.levels": "3",
        "q.q2.levels": "3",
        "q.q9.text": "Whose?",
        "questions": "q1",
        "title": "New",
        "other": "x",
    }
    values = drafted.typed(THREE, raw, frozenset({"title"}))
    changed = {name for name in values if values[name] != THREE.get(name)}
    assert changed == {"q.q1.text", "q.q2.levels", "title"}
    assert values.keys() == THREE.keys()


def test_signs_that_no_database_can_hold_are_left_out() -> None:
    values = drafted.typed(THREE, {"q.q1.text": "a\x00b\ud800c\nd"}, frozenset())
    assert values["q.q1.text"] == "abc\nd"


LINES = "\n".join(f"Option {n}" for n in range(6))


@pytest.mark.parametrize(
    ("window", "typed_text", "after"),
    [
        ("0 2", "A", ["A", "Option 2", "Option 3", "Option 4", "Option 5"]),
        ("2 4", "A\nB\nC", ["Option 0", "Option 1", "A", "B", "C", "Option 4", "Option 5"]),
        ("4 6", "A", ["Option 0", "Option 1", "Option 2", "Option 3", "A"]),
        ("9 9", "A", [*LINES.splitlines(), "A"]),
        ("-3 x", "A", ["A", *LINES.splitlines()]),
        (
            "4 2",
            "A",
            ["Option 0", "Option 1", "Option 2", "Option 3", "A", "Option 4", "Option 5"],
        ),
    ],
)
def test_lines_that_were_not_shown_are_kept(
    window: str, typed_text: str, after: list[str]
) -> None:
    values = typed(a_form("one"), "q1", options=LINES)
    raw = {"q.q1.options": typed_text, "q.q1.options.window": window}
    assert drafted.typed(values, raw, frozenset())["q.q1.options"].splitlines() == after

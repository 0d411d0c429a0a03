"""What a poll's form makes of what was typed."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action, Settings, Visibility
from actions.choice import Option
from actions.errors import InvalidAnswers, Problem
from actions.poll import QUESTION, blank, build, from_line, question_of, typed, values_of
from tests.actions.builders import (
    BERLIN,
    DUE,
    NOW,
    a_choice,
    a_closed_poll,
    a_form,
    a_poll,
    new_ids,
    planned,
    question_in,
)

A_WEEK_OFF = {"closes": "true", "date": "2026-11-27", "time": "10:00"}


def _problems(**changes: str) -> dict[str, Problem]:
    with pytest.raises(InvalidAnswers) as refused:
        planned(a_form(**changes))
    return dict(refused.value.problems)


def _options(*texts: str, **changes: str) -> tuple[Option, ...]:
    return question_in(planned(a_form(*texts, **changes))).options


def _texts(values: dict[str, str] | None) -> list[str]:
    assert values is not None
    return [values[f"option.{option_id}"] for option_id in values["options"].split()]


def test_a_new_form_has_three_empty_options_and_chooses_one() -> None:
    values = blank(NOW, BERLIN, new_ids(), "Lunch?")
    assert values["options"] == "n1 n2 n3"
    assert _texts(dict(values)) == ["", "", ""]
    assert (values["title"], values["choose"]) == ("Lunch?", "one")


def test_a_filled_form_becomes_a_poll() -> None:
    plan = planned(a_form("Pizza", "Sushi", description=" Today. "))
    assert plan.content.title == "Lunch?"
    assert plan.content.description == "Today."
    assert plan.content.questions == (a_choice("Pizza", "Sushi"),)
    assert plan.settings == Settings()
    assert plan.closes_at == DUE


def test_the_settings_of_the_form_become_the_polls() -> None:
    plan = planned(a_form(visibility="creator", anonymous="true", may_change="false"))
    assert plan.settings == Settings(Visibility.CREATOR, anonymous=True, may_change=False)


def test_options_left_empty_are_left_out() -> None:
    assert _options("Pizza", " ", "Sushi") == (Option("a", "Pizza"), Option("c", "Sushi"))


def test_every_problem_is_named_at_once_at_its_field() -> None:
    problems = _problems(
        title=" ",
        description="d" * 5_001,
        **{"option.a": "o" * 1_001, "option.b": ""},
        **{"places.a": "none"},
        choose="several",
        most="1",
        date="",
        time="",
    )
    assert problems == {
        "title": Problem("title_needed"),
        "description": Problem("too_long", {"limit": 5_000, "length": 5_001}),
        "option.a": Problem("too_long", {"limit": 1_000, "length": 1_001}),
        "places.a": Problem("places_whole"),
        "more": Problem("options_count", {"least": 2, "most": 25, "given": 1}),
        "most": Problem("most_whole", {"least": 2}),
        "date": Problem("date_needed"),
        "time": Problem("time_needed"),
    }


def test_texts_of_the_greatest_length_are_taken() -> None:
    form = a_form("a" * 1_000, "b" * 1_000, title="t" * 500, description="d" * 5_000)
    assert planned(form).content.title == "t" * 500


def test_a_title_longer_than_that_is_refused() -> None:
    assert _problems(title="t" * 501)["title"].values == {"limit": 500, "length": 501}


@pytest.mark.parametrize("twin", ["pizza", " PIZZA ", "Pizza"])
def test_an_option_given_twice_is_refused_at_the_second(twin: str) -> None:
    problems = _problems(**{"option.b": twin})
    assert problems == {"option.b": Problem("duplicate_option")}


@pytest.mark.parametrize(
    ("one", "other"),
    [("ice  cream", "Ice cream"), ("ice\tcream", "ice cream"), ("Straße", "STRASSE")],
)
def test_case_and_spaces_do_not_make_an_option_another(one: str, other: str) -> None:
    problems = _problems(**{"option.a": one, "option.b": other})
    assert problems == {"option.b": Problem("duplicate_option")}


def test_every_further_twin_is_marked() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        planned(a_form("x", "X", "x", "y"))
    assert set(refused.value.problems) == {"option.b", "option.c"}


@pytest.mark.parametrize("number", [2, 25])
def test_two_to_25_options_are_taken(number: int) -> None:
    assert len(_options(*(f"Option {n}" for n in range(number)))) == number


@pytest.mark.parametrize("number", [0, 1, 26])
def test_any_other_number_of_options_is_refused_with_the_limits(number: int) -> None:
    texts = [f"Option {n}" for n in range(number)] or [""]
    with pytest.raises(InvalidAnswers) as refused:
        planned(a_form(*texts))
    limits = {"least": 2, "most": 25, "given": number}
    assert refused.value.problems == {"more": Problem("options_count", limits)}


@pytest.mark.parametrize(
    ("text", "places"), [("8", 8), (" 8.0 ", 8), ("", None), ("999999", 999_999)]
)
def test_places_are_a_whole_number_or_any(text: str, places: int | None) -> None:
    assert _options(**{"places.a": text})[0].places == places


@pytest.mark.parametrize("text", ["0", "-1", "2.5", "eight", "1000000", "1e3", "٣", "²"])
def test_other_places_are_refused_at_their_field(text: str) -> None:
    assert _problems(**{"places.a": text}) == {"places.a": Problem("places_whole")}


def test_places_of_an_option_left_empty_do_not_matter() -> None:
    assert len(_options("Pizza", "Sushi", "", **{"places.c": "none"})) == 2


@pytest.mark.parametrize(
    ("choose", "most", "expected"),
    [
        ("one", "", 1),
        ("one", "3", 1),
        ("one", "nonsense", 1),
        ("several", "", 4),
        ("several", "2", 2),
        ("several", "3.0", 3),
        ("several", "25", 4),
        ("unheard of", "2", 1),
    ],
)
def test_most_is_how_many_may_be_chosen(choose: str, most: str, expected: int) -> None:
    plan = planned(a_form("a", "b", "c", "d", choose=choose, most=most))
    assert question_in(plan).most == expected


@pytest.mark.parametrize("most", ["0", "1", "-2", "many", "2.5"])
def test_a_limit_that_is_none_is_refused(most: str) -> None:
    problems = _problems(choose="several", most=most)
    assert problems == {"most": Problem("most_whole", {"least": 2})}


def test_a_due_time_that_has_passed_is_refused() -> None:
    assert _problems(date="2026-11-19") == {"date": Problem("due_in_past")}


def test_lines_of_more_options_become_options_at_the_end() -> None:
    values = typed(a_form("Pizza"), {"more": "Sushi\n\n  Salad \r\nSoup"}, new_ids())
    assert values["options"] == "a n1 n2 n3"
    assert _texts(dict(values)) == ["Pizza", "Sushi", "Salad", "Soup"]
    assert "more" not in values


def test_lines_of_more_options_take_the_empty_fields_first() -> None:
    values = typed(a_form("Pizza", "", " ", "Salad"), {"more": "Sushi\nSoup\nPasta"}, new_ids())
    assert values["options"] == "a b c d n1"
    assert _texts(dict(values)) == ["Pizza", "Sushi", "Soup", "Salad", "Pasta"]


def test_a_line_that_takes_an_empty_field_does_not_take_its_places() -> None:
    form = a_form("Pizza", "Sushi", **{"places.a": "8"})
    values = typed(form, {"option.a": "", "more": "Soup"}, new_ids())
    soup, _ = question_in(planned(values)).options
    assert (soup.text, soup.places) == ("Soup", None)


def test_lines_pasted_into_an_option_become_options_behind_it() -> None:
    values = typed(a_form("", "Last"), {"option.a": "Pizza\nSushi\n\nSalad"}, new_ids())
    assert values["options"] == "a n1 n2 b"
    assert _texts(dict(values)) == ["Pizza", "Sushi", "Salad", "Last"]


def test_what_was_typed_takes_the_place_of_what_was_kept() -> None:
    values = typed(a_form("Pizza", "Sushi"), {"option.b": "Soup", "title": "Dinner?"}, new_ids())
    assert _texts(dict(values)) == ["Pizza", "Soup"]
    assert values["title"] == "Dinner?"


def test_typing_nothing_keeps_everything() -> None:
    form = a_form("Pizza", "Sushi")
    assert typed(form, {}, new_ids()) == form


def test_the_same_form_sent_twice_gives_no_option_twice() -> None:
    sent = {"option.a": "Pizza", "option.b": "Sushi", "more": ""}
    once = typed(a_form(), sent, new_ids())
    assert typed(once, sent, new_ids("m")) == once


def test_a_line_with_options_fills_the_form() -> None:
    values = from_line("Lunch? | Pizza |  Sushi ", NOW, BERLIN, new_ids())
    assert _texts(dict(values or {})) == ["Pizza", "Sushi"]
    assert values is not None
    assert values["title"] == "Lunch?"
    assert planned(values).closes_at == DUE


def test_empty_places_between_bars_are_no_options() -> None:
    assert _texts(
        dict(from_line("Lunch? || Pizza | | Sushi |", NOW, BERLIN, new_ids()) or {})
    ) == [
        "Pizza",
        "Sushi",
    ]


@pytest.mark.parametrize("line", ["Lunch?", "", "Lunch or dinner"])
def test_a_line_without_options_fills_no_form(line: str) -> None:
    assert from_line(line, NOW, BERLIN, new_ids()) is None


@pytest.mark.parametrize("line", ["|", "Lunch? |", "| Pizza | Sushi", "Lunch? | Pizza | pizza"])
def test_a_line_that_is_not_yet_a_poll_is_refused_when_built(line: str) -> None:
    values = from_line(line, NOW, BERLIN, new_ids())
    assert values is not None
    with pytest.raises(InvalidAnswers):
        planned(values)


@pytest.mark.parametrize(
    "action",
    [
        a_poll(),
        a_poll(a_choice(most=3)),
        a_poll(a_choice(most=2), visibility=Visibility.AFTER_CLOSING, anonymous=True),
        a_poll(a_choice(places={"b": 8}), may_change=False, closes_at=None, more="Why"),
        a_poll(a_choice(most=25), may_add=True),
        a_poll(a_choice(most=3), may_add=True),
    ],
    ids=["plain", "several", "limited", "places", "open", "open and limited"],
)
def test_a_poll_shown_in_a_form_and_built_again_is_the_same(action: Action) -> None:
    plan = planned(values_of(action))
    assert (plan.content, plan.settings) == (action.content, action.settings)
    assert plan.closes_at == action.closes_at


def test_an_edit_without_a_change_keeps_every_option() -> None:
    before = a_poll()
    assert planned(values_of(before), before).content == before.content


def test_an_option_whose_words_changed_is_a_new_option() -> None:
    before = a_poll(a_choice("Pizza", "Sushi", "Salad"))
    values = {**values_of(before), "option.b": "Soup"}
    options = question_in(planned(values, before)).options
    assert options == (Option("a", "Pizza"), Option("n1", "Soup"), Option("c", "Salad"))


def test_two_options_that_change_places_are_both_new() -> None:
    before = a_poll(a_choice("Pizza", "Sushi"))
    values = {**values_of(before), "option.a": "Sushi", "option.b": "Pizza"}
    options = question_in(planned(values, before)).options
    assert [option.id for option in options] == ["n1", "n2"]


def test_an_option_that_was_cleared_goes() -> None:
    before = a_poll(a_choice("Pizza", "Sushi", "Salad"))
    values = typed(values_of(before), {"option.a": ""}, new_ids("x"))
    options = question_in(planned(values, before)).options
    assert [option.id for option in options] == ["b", "c"]


def test_an_option_that_was_added_comes_last() -> None:
    before = a_poll(a_choice("Pizza", "Sushi", "Salad"))
    values = typed(values_of(before), {"more": "Soup"}, new_ids("x"))
    options = question_in(planned(values, before)).options
    assert [option.id for option in options] == ["a", "b", "c", "x1"]


def test_an_option_that_takes_the_field_of_a_cleared_one_does_not_take_its_votes() -> None:
    before = a_poll(a_choice("Pizza", "Sushi", "Salad"))
    values = typed(values_of(before), {"option.a": "", "more": "Soup"}, new_ids("x"))
    options = question_in(planned(values, before)).options
    assert options[0].text == "Soup"
    assert options[0].id not in {"a", "b", "c"}


def test_a_changed_title_keeps_every_option() -> None:
    before = a_poll()
    plan = planned({**values_of(before), "title": "Dinner?"}, before)
    assert question_in(plan).options == question_of(before).options
    assert question_in(plan).text == "Dinner?"


def test_an_option_keeps_its_places_when_its_words_change() -> None:
    before = a_poll(a_choice("Pizza", "Sushi", places={"a": 8}))
    plan = planned({**values_of(before), "option.a": "Pasta"}, before)
    assert question_in(plan).options[0] == Option("n1", "Pasta", 8)


def test_an_option_added_to_any_number_of_choices_may_be_chosen_too() -> None:
    before = a_poll(a_choice("Pizza", "Sushi", most=2))
    values = typed(values_of(before), {"more": "Soup"}, new_ids("x"))
    assert question_in(planned(values, before)).most == 3


@pytest.mark.parametrize(("most", "expected"), [("", 25), ("3", 3), ("30", 25)])
def test_where_options_may_be_added_any_number_includes_them(most: str, expected: int) -> None:
    plan = planned(a_form("a", "b", "c", choose="several", most=most, may_add="true"))
    assert question_in(plan).most == expected


ADDED = Option("ramen", "Ramen", added_by="Vera Voter")
WITH_ADDED = a_poll(replace(a_choice(), options=(*a_choice().options, ADDED)), may_add=True)


def test_an_edit_keeps_who_added_an_option() -> None:
    plan = planned({**values_of(WITH_ADDED), "title": "Dinner?"}, WITH_ADDED)
    assert question_in(plan).options[-1] == ADDED


def test_an_added_option_whose_words_the_maker_changes_is_the_makers() -> None:
    plan = planned({**values_of(WITH_ADDED), "option.ramen": "Udon"}, WITH_ADDED)
    assert question_in(plan).options[-1] == Option("n1", "Udon")


def test_an_added_option_that_the_maker_clears_goes() -> None:
    plan = planned({**values_of(WITH_ADDED), "option.ramen": ""}, WITH_ADDED)
    assert question_in(plan).options == a_choice().options


def test_an_option_added_since_the_form_was_opened_stays() -> None:
    plan = planned({**values_of(a_poll(may_add=True)), "option.a": "Pasta"}, WITH_ADDED)
    assert [o.text for o in question_in(plan).options] == ["Pasta", "Sushi", "Salad", "Ramen"]
    assert question_in(plan).options[-1] == ADDED


def test_words_that_someone_added_meanwhile_are_refused_where_the_maker_writes_them_too() -> None:
    values = typed(values_of(a_poll(may_add=True)), {"more": "ramen"}, new_ids("x"))
    with pytest.raises(InvalidAnswers) as refused:
        planned(values, WITH_ADDED)
    assert refused.value.problems == {"option.x1": Problem("duplicate_option")}


def test_a_duplicate_has_the_options_but_not_the_names() -> None:
    plan = planned(values_of(WITH_ADDED))
    assert question_in(plan).options[-1] == Option("ramen", "Ramen")


def test_a_due_time_that_has_passed_but_was_not_touched_is_taken() -> None:
    before = a_closed_poll(closes_at=NOW.replace(day=1))
    assert planned(values_of(before), before).closes_at == before.closes_at


def test_a_due_time_that_was_not_touched_keeps_its_seconds() -> None:
    before = a_poll(closes_at=DUE.replace(second=17))
    assert planned(values_of(before), before).closes_at == before.closes_at


@pytest.mark.parametrize("changes", [{"time": "09:00"}, {"date": "2026-11-02"}])
def test_a_due_time_that_was_moved_into_the_past_is_refused(changes: dict[str, str]) -> None:
    before = a_closed_poll(closes_at=NOW.replace(day=1))
    with pytest.raises(InvalidAnswers) as refused:
        planned({**values_of(before), **changes}, before)
    assert refused.value.problems == {"date": Problem("due_in_past")}


def test_a_due_time_can_be_given_to_a_poll_that_had_none() -> None:
    before = a_poll(closes_at=None)
    assert planned({**values_of(before), **A_WEEK_OFF}, before).closes_at == DUE


def test_a_due_time_can_be_taken_from_a_poll() -> None:
    before = a_poll()
    assert planned({**values_of(before), "closes": "false"}, before).closes_at is None


anything = st.text(st.characters(), max_size=30)
field_names = st.sampled_from(
    [
        *("title", "description", "options", "option.a", "option.b", "places.a", "choose"),
        *("most", "closes", "date", "time", "visibility", "anonymous", "may_change", "more"),
    ]
)
likely = st.sampled_from(
    ["", "a b", "a a", "several", "true", "2026-12-01", "17:00", "9999-12-31", "-1", "8.0", "x"]
)


@given(values=st.dictionaries(field_names, anything | likely), edits=st.booleans())
def test_a_form_of_any_texts_is_a_plan_or_invalid(values: dict[str, str], *, edits: bool) -> None:
    before = a_poll() if edits else None
    with suppress(InvalidAnswers):
        plan = build(values, NOW, BERLIN, new_ids(), before)
        assert 2 <= len(question_in(plan).options) <= 25
        assert question_in(plan).id == QUESTION


@given(st.dictionaries(field_names, anything), st.dictionaries(field_names, anything))
def test_any_texts_can_be_typed_and_kept(values: dict[str, str], raw: dict[str, str]) -> None:
    kept = typed(values, raw, new_ids())
    assert all(isinstance(text, str) for text in kept.values())
    ids = kept["options"].split()
    assert all(f"option.{option_id}" in kept for option_id in ids)


@given(anything)
def test_a_line_of_any_text_is_a_form_or_none(line: str) -> None:
    values = from_line(line, NOW, BERLIN, new_ids())
    assert (values is None) == ("|" not in line)

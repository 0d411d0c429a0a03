"""The presets: every question type is offered, and every preset makes a question."""

import pytest

from actions.about import NOTHING
from actions.errors import NotFound, Problem
from actions.fields import Fields
from actions.presets import DECIDED, PRESETS, Preset, preset, preset_of
from actions.questions import QUESTION_TYPES, Question, question_type
from tests.actions.drafts import FILLED

each_preset = pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.name)


def _made(one: Preset) -> Question:
    problems: dict[str, Problem] = {}
    fields = Fields({**one.fields, **FILLED.get(one.name, {})}, problems)
    question = question_type(one.type).build("q", "How?", NOTHING, fields)
    assert not problems
    return question


def test_presets_differ_in_name() -> None:
    names = [one.name for one in PRESETS]
    assert len(set(names)) == len(names)


def test_every_question_type_is_offered() -> None:
    assert {one.type for one in PRESETS} == {one.type for one in QUESTION_TYPES}


@each_preset
def test_a_preset_has_exactly_the_fields_of_its_type(one: Preset) -> None:
    assert _made(one).form().keys() == one.fields.keys()


@each_preset
def test_a_question_is_known_by_the_preset_that_made_it(one: Preset) -> None:
    assert preset_of(_made(one)) is one


@each_preset
def test_a_preset_decides_what_it_says(one: Preset) -> None:
    form = _made(one).form()
    assert {n: form[n] for n in DECIDED & form.keys()} == {
        n: v for n, v in one.fields.items() if n in DECIDED
    }


@each_preset
def test_a_preset_is_found_by_its_name(one: Preset) -> None:
    assert preset(one.name) is one


@pytest.mark.parametrize("name", ["", "choice", "One"])
def test_a_preset_that_is_none_is_not_found(name: str) -> None:
    with pytest.raises(NotFound) as missing:
        preset(name)
    assert missing.value.code == "no_such_preset"

"""Every failure has a sentence, and every sentence can be filled."""

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from actions.errors import Full, MusterError, NotFound, Problem
from actions.quantity import Quantity
from cards.sentences import FAILED, SENTENCES, sentence
from tests.cards.looks import TEXTS

ROOT = Path(__file__).parents[2]
FOLDERS = ("actions", "bot", "cards", "dialogs", "storage")
RAISED = {"NotFound", "NotAllowed", "Closed", "Full", "NotSaved", "Problem"}
SAID = {"wrong": 1, "_wrong": 0}
"""Methods that say what is wrong with a field, and which of their words is the code."""


def _calls(folders: tuple[str, ...]) -> Iterator[tuple[str, str, ast.Call]]:
    """Give every code that is raised, where, and the call that names it."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                code = _code(node) if isinstance(node, ast.Call) else None
                if isinstance(node, ast.Call) and isinstance(code, ast.Constant):
                    yield str(code.value), f"{path.relative_to(ROOT)}:{node.lineno}", node


def _code(call: ast.Call) -> ast.expr | None:
    """Give the word of a call that is a code, if it is such a call."""
    position = SAID.get(getattr(call.func, "attr", ""))
    if getattr(call.func, "id", "") in RAISED:
        position = 0
    return call.args[position] if position is not None and len(call.args) > position else None


def _needed() -> Iterator[tuple[str, str]]:
    """Give the codes named in a call as `needed`, too."""
    for path in sorted((ROOT / "actions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "needed":
                value = node.value
                if isinstance(value, ast.Constant) and value.value:
                    yield str(value.value), f"{path.relative_to(ROOT)}:{value.lineno}"


def _given(call: ast.Call) -> set[str]:
    """Give the names of the values in `Full("full", option=…)` or `Problem("…", {…})`."""
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    for value in call.args[1:]:
        if isinstance(value, ast.Dict):
            names |= {str(k.value) for k in value.keys if isinstance(k, ast.Constant)}
    return names


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_search_for_codes_finds_them() -> None:
    codes = {code for code, *_ in _calls(("actions",))} | {code for code, _ in _needed()}
    assert {"closed", "full", "options_count", "date_needed", "title_needed"} <= codes


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_code_that_is_raised_has_a_sentence(folder: str) -> None:
    assert [(code, where) for code, where, _ in _calls((folder,)) if code not in SENTENCES] == []


def test_every_code_of_a_field_that_must_not_be_blank_has_a_sentence() -> None:
    assert [(code, where) for code, where in _needed() if code not in SENTENCES] == []


def test_every_placeholder_is_given_where_the_code_is_raised() -> None:
    missing = {
        where: _placeholders(SENTENCES[code]) - _given(call)
        for code, where, call in _calls(FOLDERS)
        if code in SENTENCES and not _is_named(call)
    }
    assert {where: names for where, names in missing.items() if names} == {}


def _is_named(call: ast.Call) -> bool:
    """The values stand in a variable, which this does not follow."""
    return len(call.args) > 1 and not isinstance(call.args[1], ast.Dict)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_can_be_filled_and_ends(code: str) -> None:
    values = dict.fromkeys(_placeholders(SENTENCES[code]), 2)
    text = sentence(TEXTS, Problem(code, values))
    assert text.endswith((".", "!", "?", ")"))
    assert "{" not in text


def test_options_count_is_filled_with_what_the_form_gives() -> None:
    problem = Problem("options_count", {"least": 2, "most": 25, "given": 1})
    assert sentence(TEXTS, problem) == "Give 2 to 25 options; you have 1."


def test_a_failure_says_what_it_is_about() -> None:
    assert "“Pizza” has no places left" in sentence(TEXTS, Full("full", option="Pizza"))


def test_a_code_without_a_sentence_still_says_something() -> None:
    assert sentence(TEXTS, MusterError("unheard_of", x=1)) == SENTENCES["invalid"]


def test_what_nobody_foresaw_is_told_with_its_reference() -> None:
    assert _placeholders(FAILED) == {"reference"}


def test_a_missing_thing_and_a_forbidden_one_read_the_same() -> None:
    assert sentence(TEXTS, NotFound("no_such_action")) == SENTENCES["no_such_action"]


def test_a_units_own_words_make_no_link_either() -> None:
    most = Quantity(Decimal(5), "[kg](https://evil.example)")
    text = sentence(TEXTS, Problem("number_over", {"most": most}))
    assert text == r"Give at most 5 \[kg\](https://evil.example)."


def test_an_options_own_words_make_no_link_in_a_warning() -> None:
    text = sentence(TEXTS, Full("full", option="[pay](https://evil.example)"))
    assert "[pay](" not in text.replace(r"\[", "").replace(r"\]", "")

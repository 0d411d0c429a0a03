"""The list of kinds is whole, and nobody asks for a kind by its name instead of using it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.errors import NotFound
from actions.kinds import KINDS, Kind, kind
from actions.questions import QUESTION_TYPES
from cards.kinds import LOOKS
from dialogs.kinds import FORMS

ROOT = Path(__file__).parents[2]
FOLDERS = ("actions", "cards", "dialogs", "bot", "storage")
OWN_FILES = {"kinds.py"} | {f"{k.name}.py" for k in KINDS}


def test_every_kind_has_rules_a_look_and_forms() -> None:
    names = [k.name for k in KINDS]
    assert [look.name for look in LOOKS] == names
    assert [form.name for form in FORMS] == names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_a_kind_is_found_by_its_name(one: Kind) -> None:
    assert kind(one.name) is one


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_a_kind_is_answered_by_taps_or_page_by_page(one: Kind) -> None:
    assert bool(one.responds) is not one.has_pages


@pytest.mark.parametrize("name", ["", "Poll", "polls", "mystery"])
def test_a_kind_that_is_none_is_not_found(name: str) -> None:
    with pytest.raises(NotFound) as missing:
        kind(name)
    assert missing.value.code == "no_such_kind"


def test_question_types_differ_in_name() -> None:
    names = [question_type.type for question_type in QUESTION_TYPES]
    assert len(set(names)) == len(names)


def test_no_code_compares_with_the_name_of_a_kind() -> None:
    assert list(_comparisons()) == []


def test_no_code_outside_a_kinds_own_files_names_it() -> None:
    assert list(_names()) == []


def _trees() -> Iterator[tuple[Path, ast.AST]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def _is_kind(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in {k.name for k in KINDS}


def _names_kind(node: ast.AST) -> bool:
    return any(_is_kind(part) for part in ast.walk(node))


def _comparisons() -> Iterator[str]:
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare | ast.MatchValue) and _names_kind(node):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def _names() -> Iterator[str]:
    names = {k.name for k in KINDS}
    for path, tree in _trees():
        own = path.name in OWN_FILES or path.stem.split("_")[-1] in names
        for node in ast.walk(tree):
            if not own and isinstance(node, ast.Constant) and _is_kind(node):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"

"""docs/security.md claims nothing that no test shows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)))
CLAIMS = re.findall(r"^\| (?!They|It|Asset|---)(.+) \| (.*) \| (.*) \|$", TEXT, re.MULTILINE)

UNPROTECTED = "nothing: see below"


@pytest.mark.parametrize(("file", "name"), NAMED, ids=str)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    parsed = ast.parse((ROOT / file).read_text("utf-8"))
    found = {
        node.name
        for node in ast.walk(parsed)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }
    assert name in found if name else found


def test_every_defence_names_its_test() -> None:
    assert len(CLAIMS) > 30
    for attack, defence, shown in CLAIMS:
        assert ("`tests/" in shown) is (defence != UNPROTECTED), attack


@pytest.mark.parametrize("linked", re.findall(r"\]\(([\w./-]+\.md)\)", TEXT))
def test_what_it_links_to_is_there(linked: str) -> None:
    assert (ROOT / "docs" / linked).is_file()

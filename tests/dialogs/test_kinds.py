"""The list of forms, and the line below a field."""

import pytest

from actions.errors import NotFound, Problem
from dialogs.kinds import FORMS, form
from dialogs.screen import note_problem
from tests.dialogs.builders import DIALOG, with_problems


def test_forms_are_found_by_the_name_of_their_kind() -> None:
    assert form(FORMS[0].name) is FORMS[0]
    with pytest.raises(NotFound) as missing:
        form("mystery")
    assert missing.value.code == "no_such_kind"


def test_a_field_without_a_problem_has_no_line() -> None:
    assert note_problem(DIALOG, "title") == []


def test_a_problem_is_told_by_a_sign_words_and_colour() -> None:
    (line,) = note_problem(with_problems(title=Problem("title_needed")), "title")
    sent = line.model_dump(exclude_none=True)
    assert sent["text"] == "⚠ Write what you want to ask."
    assert sent["color"] == "Attention"

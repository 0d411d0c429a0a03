"""What an action asks, and the one codec of its stored form.

The rule of change: a field may be added with a default that gives old bytes their old meaning;
none is renamed, removed or given another meaning. `tests/actions/test_content.py` pins bytes of
every version ever stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.about import About
from actions.questions import Question, question_type

VERSION = 1


@dataclass(frozen=True, slots=True)
class Content:
    """The texts and questions of an action."""

    title: str
    questions: tuple[Question, ...] = ()
    description: str = ""

    def question(self, question_id: str) -> Question | None:
        """Give one question, None if there is none of that id."""
        return next((q for q in self.questions if q.id == question_id), None)

    def keeps_answers(self, before: "Content") -> bool:
        """Give whether every response to `before` stands as it is."""
        now = {q.id: q for q in self.questions}
        return all(q.id in now and now[q.id].keeps(q) for q in before.questions)


def encode(content: Content) -> dict[str, Any]:
    """Give the stored form: JSON types only."""
    return {
        "v": VERSION,
        "title": content.title,
        "description": content.description,
        "questions": [
            {"type": q.type, **q.encode(), **_about(q.about)} for q in content.questions
        ],
    }


def decode(stored: Mapping[str, Any]) -> Content:
    """Read a stored form of this or any earlier version."""
    return Content(
        title=stored["title"],
        description=stored.get("description", ""),
        questions=tuple(
            question_type(q["type"]).decode(q, About.decode(q.get("about", {})))
            for q in stored["questions"]
        ),
    )


def _about(about: About) -> dict[str, Any]:
    stored = about.encode()
    return {"about": stored} if stored else {}

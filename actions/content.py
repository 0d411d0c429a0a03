"""What an action asks, and the one codec of its stored form.

The rule of change: a field may be added with a default that gives old bytes their old meaning;
none is renamed, removed or given another meaning. `tests/actions/test_content.py` pins bytes of
every version ever stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.about import About
from actions.exam import Exam
from actions.keys import Key
from actions.questions import Question, question_type
from actions.ticks import Checklist

VERSION = 1


@dataclass(frozen=True, slots=True)
class Content:
    """The texts and questions of an action.

    `keys` say by question id what is right. They stand beside the questions, which cards are
    given, so that what shows a question cannot show its key. `exam` is there where it is marked,
    `checklist` where it is ticked.
    """

    title: str
    questions: tuple[Question, ...] = ()
    description: str = ""
    # Contents are looked up by (`bot.summaries`), which a mapping cannot be.
    keys: Mapping[str, Key] = field(default_factory=dict, hash=False)
    exam: Exam | None = None
    checklist: Checklist | None = field(default=None, hash=False)

    @property
    def answerable(self) -> tuple[Question, ...]:
        """The questions, without pages that ask nothing."""
        return tuple(question for question in self.questions if question.parts)

    def question(self, question_id: str) -> Question | None:
        """Give one question, None if there is none of that id."""
        return next((q for q in self.questions if q.id == question_id), None)

    def keeps_answers(self, before: "Content") -> bool:
        """Give whether every response to `before` stands, and counts, as it does."""
        if (self.keys, self.exam) != (before.keys, before.exam):
            return False
        now = {q.id: q for q in self.questions}
        if self.checklist is not None and now.keys() != {q.id for q in before.questions}:
            return False
        return all(q.id in now and now[q.id].keeps(q) for q in before.questions)


def encode(content: Content) -> dict[str, Any]:
    """Give the stored form: JSON types only."""
    stored = {
        "v": VERSION,
        "title": content.title,
        "description": content.description,
        "questions": [
            {"type": q.type, **q.encode(), **_about(q.about)} for q in content.questions
        ],
    }
    if content.keys:
        stored["keys"] = {name: key.encode() for name, key in content.keys.items()}
    if content.exam is not None:
        stored["exam"] = content.exam.encode()
    if content.checklist is not None:
        stored["ticking"] = content.checklist.encode()
    return stored


def decode(stored: Mapping[str, Any]) -> Content:
    """Read a stored form of this or any earlier version."""
    return Content(
        title=stored["title"],
        description=stored.get("description", ""),
        questions=tuple(
            question_type(q["type"]).decode(q, About.decode(q.get("about", {})))
            for q in stored["questions"]
        ),
        keys=_keys(stored.get("keys", {})),
        exam=Exam.decode(stored["exam"]) if "exam" in stored else None,
        checklist=Checklist.decode(stored["ticking"]) if "ticking" in stored else None,
    )


def _keys(stored: Mapping[str, Any]) -> dict[str, Key]:
    decoded = {name: Key.decode(key) for name, key in stored.items()}
    return {name: key for name, key in decoded.items() if key is not None}


def _about(about: About) -> dict[str, Any]:
    stored = about.encode()
    return {"about": stored} if stored else {}

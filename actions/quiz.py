"""The quiz: questions that are marked, taken one at a time in attempts."""

from actions import marked
from actions.builder import Builder
from actions.exam import Exam, Feedback
from actions.exam_form import Sort
from actions.presets import MARKED, presets_of

NAME = "quiz"

SORT = Sort(usual=Exam(), feedback=tuple(Feedback))

BUILDER = Builder(presets_of(MARKED), marked.read, marks=True)

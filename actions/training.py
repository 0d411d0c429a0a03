"""The training: lessons and questions that are marked, page by page."""

from actions import marked
from actions.builder import Builder, Unit
from actions.exam import Exam, Feedback
from actions.exam_form import Sort
from actions.presets import MARKED, TAUGHT, presets_of

NAME = "training"

SORT = Sort(
    usual=Exam(Feedback.EACH, attempts=0, is_course=True),
    feedback=(Feedback.EACH, Feedback.END),
)

BUILDER = Builder(presets_of(TAUGHT + MARKED), marked.read, marks=True, unit=Unit.PAGE)

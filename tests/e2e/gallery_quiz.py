"""The screens that make a quiz or a training, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard, Container

from actions import drafted, marked
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.pasted_marked import read_marked
from cards.parts import Host
from cards.texts import Texts
from dialogs.create import form_screen
from dialogs.edit_question import more_screen, question_screen
from dialogs.paste_questions import losses_notice, paste_screen
from dialogs.screen import Setting
from dialogs.try_form import try_screen
from tests.actions.drafts import typed
from tests.actions.quiz_drafts import RIGHT, a_quiz_draft, a_quiz_form

QUESTIONS = {
    "one": "What is the capital of France?",
    "several": "Which of these cities were a capital of Italy?",
    "yes_no": "Lifts are safe in a fire.",
    "number": "How fast does something fall after one second?",
    "short_text": "Who wrote Faust?",
}
"""A quiz by presets."""

PASTED = "? Which?\n* Paris\n- paris\n\nhello\n? How many days? (number)\n= many\n"

GIFT = "Capital? {=Paris#Yes ~%50%Lyon}\n\nGrant is buried in Grant's tomb.{FALSE}\n"


def quiz_builder(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen of the builder."""
    setting, values = Setting(Host.IN_PLACE, texts), _quiz()
    draft = a_quiz_draft(values)
    yield "quiz-build-new", _opened(form_screen(a_quiz_draft(a_quiz_form(title="")), setting).card)
    yield "quiz-build-list", form_screen(draft, setting).card
    for number in range(1, len(QUESTIONS) + 1):
        yield f"quiz-build-question-{number}", question_screen(draft, f"q{number}", setting).card
        yield f"quiz-build-try-{number}", try_screen(draft, number - 1, setting).card
    yield "quiz-build-more", more_screen(draft, "q1", setting).card
    yield from _wrong(values, setting)
    yield from _pasted(values, setting)
    values = a_quiz_form("lesson", "one", "lesson", kind_name="training", title="Fire drill")
    training = a_quiz_draft(typed(values, "q1", text="What to do first"), "training")
    yield "training-build-list", _opened(form_screen(training, setting).card)
    yield "training-build-lesson", question_screen(training, "q1", setting).card


def _quiz() -> Values:
    values = a_quiz_form(title="Twelve capitals", pass_mark="70", attempts="2", minutes="20")
    for number, (preset, text) in enumerate(QUESTIONS.items(), start=1):
        values = drafted.add(values, preset, f"q{number}", {**RIGHT[preset], "text": text})
    return values


def _opened(shown: AdaptiveCard) -> AdaptiveCard:
    """Show the further settings, too."""
    for element in shown.body or []:
        if isinstance(element, Container):
            element.is_visible = None
    return shown


def _wrong(values: Values, setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    values = typed(values, "q1", options="Paris\nRome", points="0")
    values = {**typed(values, "q3", right=""), "pass_mark": "120", "draw": "9"}
    problems: dict[str, Problem] = {}
    marked.read(values, problems)
    limits = {"least": 1, "most": 100}
    further = {name: Problem("whole_between", limits) for name in ("pass_mark", "draw")}
    wrong = replace(setting, problems={**problems, **further})
    draft = a_quiz_draft(values)
    yield "quiz-build-list-wrong", form_screen(draft, wrong).card
    for name in ("q1", "q3"):
        yield f"quiz-build-wrong-{name}", question_screen(draft, name, wrong).card


def _pasted(values: Values, setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    yield "quiz-build-paste", paste_screen(a_quiz_draft(values), setting).card
    draft = a_quiz_draft({**values, "pasted": PASTED})
    try:
        read_marked(PASTED, {}, {})
    except InvalidAnswers as refused:
        wrong = replace(setting, problems=refused.problems)
        yield "quiz-build-paste-wrong", paste_screen(draft, wrong).card
    losses = read_marked(GIFT, {}, {}).losses
    lost = replace(setting, done="2 questions are added.", notice=losses_notice(setting, losses))
    yield "quiz-build-paste-lost", form_screen(a_quiz_draft(values), lost).card

"""The screens that make a survey, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard

from actions import drafted, survey
from actions.action import Draft
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.pasted import read_pasted
from cards.parts import Host
from cards.texts import Texts
from dialogs.create import form_screen, warned_screen
from dialogs.edit_question import more_screen, question_screen
from dialogs.edit_rule import rule_screen
from dialogs.paste_questions import paste_screen
from dialogs.presets import starting_fields
from dialogs.question_list import builds
from dialogs.screen import Setting
from dialogs.try_form import try_screen
from tests.actions.drafts import FILLED, a_form, a_survey_draft, ruled, typed

QUESTIONS = {
    "several": "Which days are you in?",
    "stars": "How was the food last week?",
    "nps": "Would you recommend the canteen to a colleague?",
    "long_text": "What should we cook more often, and what would you rather not see again?",
    "number": "How many minutes do you have for lunch?",
    "likert": "How far do you agree?",
}
"""A canteen's survey, by presets; `q4` has a rule and begins a page."""

PASTED = "? Which days?\n- Monday\n- monday\n\nhello\n? How was it? (stars)\n- good\n"


def builder(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen of the builder."""
    setting, draft = Setting(Host.IN_PLACE, texts), a_survey_draft(_canteen(texts))
    yield "build-new", form_screen(a_survey_draft(a_form(title="")), setting).card
    yield "build-list", form_screen(draft, setting).card
    yield from _long_list(texts, setting)
    for number in range(1, len(QUESTIONS) + 1):
        screen = question_screen(draft, f"q{number}", setting)
        yield f"build-question-{number}", screen.card
    yield "build-more", more_screen(draft, "q4", setting).card
    yield "build-rule-1", rule_screen(draft, "q3", setting).card
    yield "build-rule-2", rule_screen(draft, "q4", setting).card
    yield "build-paste", paste_screen(draft, setting).card
    yield "build-paste-wrong", _pasted(draft, setting)
    for page in range(2):
        yield f"build-try-{page}", try_screen(draft, page, setting).card
    warned = replace(setting, host=Host.DIALOG)
    yield "build-warned", warned_screen(draft, ["all_optional"], warned).card


def _canteen(texts: Texts) -> Values:
    values = a_form()
    for number, (preset, text) in enumerate(QUESTIONS.items(), start=1):
        fields = {**starting_fields(preset, texts), **FILLED.get(preset, {}), "text": text}
        values = drafted.add(values, preset, f"q{number}", fields)
    values = typed(values, "q1", required="true", least="", most="")
    return typed(ruled(values, "q4", "q2", "below", "3"), "q4", starts_page="true")


def _long_list(texts: Texts, setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    """Fifteen questions with what may be wrong with them; one was just deleted."""
    values = _canteen(texts)
    for one in survey.BUILDER.presets:
        values = drafted.add(values, one.name, one.name, {"text": f"Of type {one.name}"})
    draft = a_survey_draft({**values, "shown_from": "8"})
    undo = builds(draft, "build.put_back", "q9")
    deleted = replace(setting, done="Question 3 is deleted.", undo=undo)
    yield "build-list-deleted", form_screen(draft, deleted).card
    problems: dict[str, Problem] = {}
    drafted.questions_of(values, problems)
    wrong = replace(setting, problems=problems)
    yield "build-list-wrong", form_screen(draft, wrong).card
    yield "build-question-wrong", question_screen(draft, "ranking", wrong).card
    long = typed(values, "ranking", options="\n".join(f"{n} " + "x" * 990 for n in range(25)))
    yield "build-question-long", question_screen(a_survey_draft(long), "ranking", setting).card


def _pasted(draft: Draft, setting: Setting) -> AdaptiveCard:
    draft = replace(draft, values={**draft.values, "pasted": PASTED})
    try:
        read_pasted(PASTED, {})
    except InvalidAnswers as refused:
        setting = replace(setting, problems=refused.problems)
    return paste_screen(draft, setting).card

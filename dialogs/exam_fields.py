"""The fields of how a quiz or training is taken."""

from collections.abc import Iterator, Mapping

from microsoft_teams.cards.core import CardElement, Choice, ChoiceSetInput

from actions.action import Draft
from actions.exam import MOST_ATTEMPTS, Feedback
from actions.exam_form import Sort
from cards.parts import label
from cards.texts import Texts
from dialogs.inputs import number_field, switch
from dialogs.screen import Setting


def marking_fields(draft: Draft, setting: Setting, sort: Sort) -> Iterator[CardElement]:
    """Give pass mark, attempts and feedback, which can be put right after posting, too."""
    texts = setting.texts
    yield label(texts("How it is marked"))
    mark, none = texts("Pass mark in percent"), texts("None: nobody passes or fails")
    yield from number_field(setting, draft.values, "pass_mark", mark, none)
    counted = {str(n): texts.number(n) for n in range(1, MOST_ATTEMPTS + 1)}
    choices = {**counted, "0": texts("as many as they like")}
    title = texts("Attempts of each person")
    yield _one_of(draft, "attempts", title, choices, str(sort.usual.attempts))
    shown = {one.value: _when(one, texts) for one in sort.feedback}
    title = texts("When people see what was right, and the explanations")
    yield _one_of(draft, "feedback", title, shown, sort.usual.feedback.value)


def counting_field(draft: Draft, setting: Setting) -> CardElement:
    """Give which of several attempts counts."""
    texts = setting.texts
    choices = {"best": texts("the best"), "last": texts("the last"), "first": texts("the first")}
    return _one_of(draft, "counts", texts("Which attempt counts"), choices, "best")


def order_fields(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give which questions are asked, and in what order."""
    texts, values = setting.texts, draft.values
    order = texts("Ask each person the questions in another order")
    yield switch(values, "shuffle_questions", texts("Order of questions"), order)
    drawn, everything = texts("How many of the questions each attempt asks"), texts("All of them")
    yield from number_field(setting, draft.values, "draw", drawn, everything)


def time_fields(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the time limits."""
    texts = setting.texts
    no_limit = texts("No limit")
    whole = texts("Time for the whole, in minutes")
    yield from number_field(setting, draft.values, "minutes", whole, no_limit)
    each = texts("Time for each question, in seconds")
    yield from number_field(setting, draft.values, "question_seconds", each, no_limit)


def leaderboard_field(draft: Draft, setting: Setting) -> CardElement:
    """Give whether everyone sees who was best."""
    texts = setting.texts
    title = texts("Everyone who took part sees all names with their scores; this is said before")
    return switch(draft.values, "leaderboard", texts("Leaderboard"), title)


def validity_field(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give for how long it holds."""
    texts = setting.texts
    valid, for_ever = texts("Valid for how many months"), texts("For ever")
    yield from number_field(setting, draft.values, "months", valid, for_ever)


def _when(feedback: Feedback, texts: Texts) -> str:
    names = {
        Feedback.EACH: texts("after each question"),
        Feedback.END: texts("at the end"),
        Feedback.CLOSED: texts("after closing"),
        Feedback.NEVER: texts("never"),
    }
    return names[feedback]


def _one_of(
    draft: Draft, name: str, label: str, choices: Mapping[str, str], default: str
) -> CardElement:
    return ChoiceSetInput(
        id=name,
        label=label,
        style="compact",
        value=draft.values.get(name) or default,
        choices=[Choice(title=title, value=value) for value, title in choices.items()],
    )

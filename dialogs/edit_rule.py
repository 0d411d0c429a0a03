"""The builder's screen for the rule that shows a question: first which answer, then how."""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    DateInput,
    TextInput,
    TimeInput,
)

from actions.action import Draft
from actions.choice import OTHER
from actions.choice import Choice as Options
from actions.drafted import field_prefix, place_of, questions_of
from actions.either import NO, YES, Either
from actions.moment import Date, TimeOfDay
from actions.questions import Question
from actions.rules import WithOptions, operators_of
from actions.scale import Scale
from cards.markdown import cut, plain
from cards.parts import buttons, card, fitting, label, note, submits
from cards.rules import numbered, operator_names, value_name
from dialogs.question_frame import step, title_of, to_list, top
from dialogs.question_list import builds
from dialogs.screen import OVER, Screen, Setting, note_problem

LENGTHS = (60, 40, 25, 12)
"""To how many characters questions are cut; 199 of them stand in one list."""

LONGEST_VALUE = 200
"""Characters of a value that are shown again."""


def rule_screen(draft: Draft, question_id: str, setting: Setting) -> Screen:
    """Give the rule as far as it goes. Raises NotFound."""
    place = place_of(draft.values, question_id)
    earlier = questions_of(draft.values, {})[:place]
    cards = (_rule(draft, question_id, earlier, setting, longest) for longest in LENGTHS)
    return Screen(title_of(draft, question_id, setting), fitting(cards), stays=True)


def _rule(
    draft: Draft, question_id: str, earlier: Sequence[Question], setting: Setting, longest: int
) -> AdaptiveCard:
    texts, name = setting.texts, field_prefix(question_id)
    wanted = draft.values.get(f"{name}if_question", "")
    chosen = next((one for one in earlier if one.id == wanted), None)
    body = [
        *top(draft, question_id, setting),
        note(texts("Show this question only if an earlier one was answered in a certain way.")),
        *(
            _comparison(draft, name, chosen, earlier, setting)
            if chosen
            else _questions(name, earlier, setting, longest)
        ),
        *(
            _when_started(draft, question_id, setting)
            if chosen
            else buttons([step(draft, question_id, setting, "build.rule", texts("Next"))])
        ),
        *buttons(_ways_out(draft, question_id, setting, started=chosen is not None)),
    ]
    return card(texts, body)


def _questions(
    name: str, earlier: Sequence[Question], setting: Setting, longest: int
) -> Iterator[CardElement]:
    texts = setting.texts
    comparable = [(n, one) for n, one in enumerate(earlier) if one.operators]
    if not comparable:
        yield note(texts("No earlier question has answers that can be compared."))
    else:
        yield ChoiceSetInput(
            id=f"{name}if_question",
            label=texts("The earlier question"),
            style="compact",
            placeholder=texts("Choose"),
            choices=[
                Choice(title=cut(numbered(n, one.text), longest), value=one.id)
                for n, one in comparable
            ],
        )
    yield from note_problem(setting, f"{name}if_question")


def _comparison(
    draft: Draft, name: str, question: Question, earlier: Sequence[Question], setting: Setting
) -> Iterator[CardElement]:
    texts, names = setting.texts, operator_names(question, setting.texts)
    offered = operators_of(question)
    yield label(plain(numbered(earlier.index(question), question.text)))
    operator = draft.values.get(f"{name}if_operator", "")
    yield ChoiceSetInput(
        id=f"{name}if_operator",
        label=texts("Its answer"),
        style="compact",
        value=operator if operator in set(offered) else next(iter(offered), None),
        choices=[Choice(title=names[one], value=one.value) for one in offered],
    )
    yield from note_problem(setting, f"{name}if_operator")
    yield _value(f"{name}if_value", question, draft.values.get(f"{name}if_value", ""), setting)
    yield from note_problem(setting, f"{name}if_value")


def _when_started(draft: Draft, question_id: str, setting: Setting) -> list[CardElement]:
    texts, done = setting.texts, builds(draft, "build.ruled", question_id)
    return buttons(
        [
            submits(setting.host, done, texts("Done"), "positive"),
            step(draft, question_id, setting, "build.rule_anew", texts("Another question")),
        ]
    )


def _ways_out(
    draft: Draft, question_id: str, setting: Setting, *, started: bool
) -> Iterator[Action]:
    texts = setting.texts
    if started:
        yield step(draft, question_id, setting, "build.unruled", texts("No rule"))
    yield step(draft, question_id, setting, "build.more", texts("Back"))
    yield to_list(draft, question_id, setting)


def _value(name: str, question: Question, typed: str, setting: Setting) -> CardElement:
    """What may be answered is chosen where it can be, else written."""
    texts = setting.texts
    words = texts("What it is compared with")
    listed = _listed(question)
    if listed:
        return ChoiceSetInput(
            id=name,
            label=words,
            style="compact",
            placeholder=texts("Choose"),
            value=typed if typed in listed else None,
            choices=[Choice(title=value_name(question, v, texts), value=v) for v in listed],
        )
    if isinstance(question, Date):
        return DateInput(id=name, label=words, value=typed or None)
    if isinstance(question, TimeOfDay):
        return TimeInput(id=name, label=words, value=typed or None)
    return TextInput(id=name, label=words, value=cut(typed, LONGEST_VALUE + OVER) or None)


def _listed(question: Question) -> list[str]:
    """Give all values that an answer can be compared with, where they are few."""
    if isinstance(question, WithOptions):
        other = [OTHER] if isinstance(question, Options) and question.other else []
        return [*(option.id for option in question.options), *other]
    if isinstance(question, Either):
        return [YES, NO]
    if isinstance(question, Scale):
        return [str(level) for level in question.levels]
    return []

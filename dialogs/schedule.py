"""Posting later, and again and again: when, how often, and in words what that comes to.

A card cannot show fields by what is chosen in another one, so each step asks only what the one
before leaves open.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from microsoft_teams.cards.core import (
    Action,
    CardElement,
    Choice,
    ChoiceSetInput,
    Column,
    ColumnSet,
    DateInput,
    TimeInput,
)

from actions.action import Draft
from actions.fields import Values
from actions.places import Conversation
from actions.recurrence import LAST_DAY, Every
from actions.schedule import CLOSES_AFTER
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.parts import (
    Host,
    buttons,
    card,
    directed,
    heading,
    label,
    note,
    opens,
    submits,
    warning,
)
from cards.schedule import EVERY_MONTH, lasting, weekday
from cards.texts import Texts
from dialogs.destination import where_field
from dialogs.inputs import number_field
from dialogs.planned import Planned, rule_lines
from dialogs.screen import Screen, Setting, note_problem

WHEN: Final = ("post.date", "post.time", "post.repeat", "post.closes_after", "post.where")
"""The fields of the first step; a client leaves those out that were cleared."""

_ALWAYS: Final = ("post.interval", "post.end", "post.until", "post.times")
FIELDS: Final = {
    Every.DAY.value: _ALWAYS,
    Every.WEEK.value: (*_ALWAYS, "post.weekdays"),
    Every.MONTH.value: (*_ALWAYS, "post.day"),
}
"""Those of the second one, by how it is repeated."""

NEVER: Final = "never"
"""The choice of not repeating, ending or closing; to a client no value may be no choice."""

LONGEST_TITLE: Final = 150
"""Characters of the title above each step."""


def when_screen(
    draft: Draft, setting: Setting, destinations: Sequence[Conversation] = ()
) -> Screen:
    """Ask for the first day and time, whether it is repeated, when it closes, and where."""
    texts, values = setting.texts, draft.values
    body = [
        *_top(draft, setting),
        *_first(draft, setting),
        *_choice(setting, values, "post.repeat", texts("Repeat"), _repeats(texts)),
        *_choice(setting, values, "post.closes_after", texts("Close after"), _closings(texts)),
        *where_field("post.where", values.get("post.where", ""), setting, destinations),
        *note_problem(setting, "post.where"),
        *buttons(_step_buttons(draft, setting, "draft.repeat", "draft.form", "when")),
    ]
    return Screen(texts("Schedule"), card(texts, body), stays=True)


def repeat_screen(draft: Draft, setting: Setting) -> Screen:
    """Ask how often, on which days, and until when: only what goes with the choice before."""
    texts, values = setting.texts, draft.values
    every = Every(values["post.repeat"])
    body = [
        *_top(draft, setting),
        *number_field(setting, values, "post.interval", _interval(every, texts), "1"),
        *_days(every, values, setting),
        *_end(values, setting),
        *buttons(_step_buttons(draft, setting, "draft.plan", "draft.when", every.value)),
    ]
    return Screen(texts("Schedule"), card(texts, body), stays=True)


def check_screen(draft: Draft, planned: Planned, setting: Setting) -> Screen:
    """Say in words when it is posted, before that is so."""
    texts = setting.texts
    body = [
        *_top(draft, setting),
        *rule_lines(planned, texts),
        *buttons(_check_buttons(draft, setting)),
    ]
    return Screen(texts("Schedule"), card(texts, body), stays=True)


def _top(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    texts, title = setting.texts, draft.values.get("title", "")
    if setting.host is Host.IN_PLACE:
        yield label(texts("Schedule"))
    yield note(name_of(draft.kind, texts).upper())
    yield from directed(title, [heading(title, LONGEST_TITLE)])
    if setting.problems:
        yield warning(texts("Please look at the fields marked below."))
    if setting.notice:
        yield warning(setting.notice)


def _first(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    texts, values = setting.texts, draft.values
    time_label = texts("Time ({zone})", zone=draft.time_zone or "UTC")
    day = DateInput(
        id="post.date", label=texts("First day"), value=values.get("post.date") or None
    )
    clock = TimeInput(id="post.time", label=time_label, value=values.get("post.time") or None)
    columns = [Column(width="stretch", items=[day]), Column(width="stretch", items=[clock])]
    yield ColumnSet(columns=columns)
    yield from note_problem(setting, "post.date")
    yield from note_problem(setting, "post.time")


def _days(every: Every, values: Values, setting: Setting) -> Iterator[CardElement]:
    """Ask for the days; those of the first posting are chosen already."""
    texts, start = setting.texts, _start(values)
    if every is Every.WEEK:
        yield ChoiceSetInput(
            id="post.weekdays",
            label=texts("On these days"),
            value=values.get("post.weekdays") or str(start.weekday()),
            is_multi_select=True,
            style="expanded",
            choices=[Choice(title=weekday(n, texts), value=str(n)) for n in range(7)],
        )
        yield from note_problem(setting, "post.weekdays")
    if every is Every.MONTH:
        days, title = _month_days(texts), texts("On this day")
        yield from _choice(setting, values, "post.day", title, days, str(start.day))


def _start(values: Values) -> date:
    """Give the first day; this step comes only after it could be read."""
    return date.fromisoformat(values["post.date"].strip())


def _end(values: Values, setting: Setting) -> Iterator[CardElement]:
    texts = setting.texts
    ends = {
        NEVER: texts("never"),
        "until": texts("after the day given below"),
        "times": texts("after the number of times given below"),
    }
    yield from _choice(setting, values, "post.end", texts("Ends"), ends.items())
    yield DateInput(
        id="post.until", label=texts("Until this day"), value=values.get("post.until") or None
    )
    yield from note_problem(setting, "post.until")
    yield from number_field(setting, values, "post.times", texts("Number of times"), "")


def _step_buttons(
    draft: Draft, setting: Setting, forward: str, back: str, step: str
) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = Envelope(forward, draft.id, draft.kind, (("step", step),))
    yield submits(host, here, texts("Next"), "positive")
    title = texts("Back to the form") if step == "when" else texts("Back")
    yield submits(host, here.with_verb(back, draft.kind), title)
    if host is Host.IN_PLACE:
        yield submits(host, here.with_verb("draft.later", draft.kind), texts("Later"))


def _check_buttons(draft: Draft, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = Envelope("draft.scheduled", draft.id, draft.kind)
    done = texts("Save changes") if draft.edits else texts("Schedule")
    yield submits(host, here, done, "positive")
    yield opens(host, here.with_verb("draft.when"), texts("Change"))
    yield opens(host, here.with_verb("draft.form"), texts("Back to the form"))
    if host is Host.IN_PLACE:
        yield opens(host, here.with_verb("draft.later"), texts("Later"))


def _choice(
    setting: Setting,
    values: Values,
    name: str,
    title: str,
    named: Iterable[tuple[str, str]],
    default: str = NEVER,
) -> Iterator[CardElement]:
    """Give a choice of one; what is not among them, like nothing, is the default."""
    choices = [Choice(title=words, value=value) for value, words in named]
    chosen = values.get(name, "")
    is_there = chosen in {choice.value for choice in choices}
    value = chosen if is_there else default
    yield ChoiceSetInput(id=name, label=title, value=value, choices=choices)
    yield from note_problem(setting, name)


def _repeats(texts: Texts) -> Iterator[tuple[str, str]]:
    yield NEVER, texts("no, just once")
    yield Every.DAY.value, texts("every day, or every few days")
    yield Every.WEEK.value, texts("every week, on chosen days")
    yield Every.MONTH.value, texts("every month")


def _closings(texts: Texts) -> Iterator[tuple[str, str]]:
    for minutes in CLOSES_AFTER:
        yield str(minutes), lasting(timedelta(minutes=minutes), texts)
    yield NEVER, texts("does not close by itself")


def _interval(every: Every, texts: Texts) -> str:
    return {
        Every.DAY: texts("Every how many days (1: every day)"),
        Every.WEEK: texts("Every how many weeks (1: every week)"),
        Every.MONTH: texts("Every how many months (1: every month)"),
    }[every]


def _month_days(texts: Texts) -> Iterator[tuple[str, str]]:
    for day in range(1, LAST_DAY):
        number = texts.number(day)
        yield str(day), number if day <= EVERY_MONTH else texts("{day}, or the last", day=day)
    yield str(LAST_DAY), texts("the last day")

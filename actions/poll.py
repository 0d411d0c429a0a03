"""The poll: one question, two to 25 options, one tap."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from actions.action import Action
from actions.choice import LEAST_OPTIONS, MOST_OPTIONS, Choice, Option
from actions.content import Content
from actions.entry import MAIN
from actions.errors import Full, InvalidAnswers, NotAllowed, NotFound, Problem
from actions.fields import OPTION_LIMIT, Fields, Values, fold, printable, whole
from actions.people import Person
from actions.plan import (
    DESCRIPTION_LIMIT,
    TITLE_LIMIT,
    Plan,
    common_defaults,
    common_values,
    parse_closes_at,
    parse_settings,
)
from actions.questions import Answers
from actions.responses import Standing

_ID = re.compile(r"[\w-]{1,20}", re.ASCII)

QUESTION = "q"
"""The id of a poll's one question."""

MOST_PLACES = 999_999
"""How many places an option may have; as many are as good as any number."""

FIRST_OPTIONS = 3
"""How many empty option fields a new form shows."""


def blank(now: datetime, time_zone: str, new_id: Callable[[], str], title: str = "") -> Values:
    """Give a new form's values."""
    ids = [new_id() for _ in range(FIRST_OPTIONS)]
    rows = {f"option.{option_id}": "" for option_id in ids}
    common = common_defaults(now, time_zone)
    return {
        **common,
        "title": title[:TITLE_LIMIT],
        "options": " ".join(ids),
        **rows,
        "choose": "one",
    }


def values_of(action: Action) -> Values:
    """Give the form's values that say what this poll is, to edit or duplicate it."""
    question = question_of(action)
    values = {**common_values(action), "options": " ".join(o.id for o in question.options)}
    for option in question.options:
        values[f"option.{option.id}"] = option.text
        values[f"places.{option.id}"] = "" if option.places is None else str(option.places)
    ceiling = _ceiling(len(question.options), may_add=action.settings.may_add)
    limited = question.several and question.most < ceiling
    values["choose"] = "several" if question.several else "one"
    values["most"] = str(question.most) if limited else ""
    return values


def from_line(
    line: str, now: datetime, time_zone: str, new_id: Callable[[], str]
) -> Values | None:
    """Read `Lunch? | Pizza | Sushi` into a form's values, None if the line has no options."""
    title, *texts = (part.strip() for part in line.split("|"))
    if not texts:
        return None
    return typed({**blank(now, time_zone, new_id, title), "options": ""}, _more(texts), new_id)


def typed(values: Values, raw: Mapping[str, str], new_id: Callable[[], str]) -> Values:
    """Give the values with what was just typed in their place.

    Lines of "more options", and further lines pasted into one option, become options; they take
    the empty fields first.
    """
    merged = {**values, **{name: printable(text) for name, text in raw.items()}}
    ids: list[str] = []
    for option_id in filter(_ID.fullmatch, merged.get("options", "").split()):
        first, *further = merged.get(f"option.{option_id}", "").splitlines() or [""]
        merged[f"option.{option_id}"] = first
        ids.append(option_id)
        ids.extend(_add(merged, further, new_id))
    lines = [line for line in merged.pop("more", "").splitlines() if line.strip()]
    for option_id in ids:
        if lines and not merged[f"option.{option_id}"].strip():
            merged |= {f"option.{option_id}": lines.pop(0).strip(), f"places.{option_id}": ""}
    ids.extend(_add(merged, lines, new_id))
    return {**merged, "options": " ".join(ids)}


def build(
    values: Values,
    now: datetime,
    time_zone: str,
    new_id: Callable[[], str],
    before: Action | None = None,
    maker: Person | None = None,
) -> Plan:
    """Read a whole form. Raises InvalidAnswers with every problem at once.

    When a posted poll is edited (`before`), an option whose text changed is a new option: votes
    for what it said before must not count for what it says now. One that the form does not list
    was added while it was open, and stays.
    """
    del maker
    problems: dict[str, Problem] = {}
    fields = Fields(values, problems)
    title = fields.text("title", TITLE_LIMIT, needed="title_needed")
    description = fields.text("description", DESCRIPTION_LIMIT)
    settings = parse_settings(values)
    options = _options(fields, _unlisted(fields, before))
    most = _most(values, _ceiling(len(options), may_add=settings.may_add), problems)
    closes_at = parse_closes_at(values, time_zone, now, problems, before)
    if problems:
        raise InvalidAnswers(problems)
    if before is not None:
        options = tuple(_renewed(options, question_of(before), new_id))
    return Plan(
        Content(title, (Choice(QUESTION, title, options, most),), description),
        settings,
        closes_at,
    )


def watched(content: Content) -> tuple[str, ...]:
    """Every count is on the card."""
    return tuple(question.id for question in content.questions)


def question_of(action: Action) -> Choice:
    """Give the poll's question."""
    question = action.content.question(QUESTION)
    if not isinstance(question, Choice):
        raise NotFound("no_such_action")
    return question


def choose(standing: Standing, option_id: str) -> Answers:
    """Choose one option: it moves the vote, or adds to it where several may be chosen.

    Raises NotFound, NotAllowed, Full.
    """
    question = question_of(standing.action)
    option = question.option(option_id)
    old = _chosen(standing.old)
    if option_id in old:
        return {QUESTION: old}
    if not question.several and old and not standing.action.settings.may_change:
        raise NotAllowed("no_change")
    if question.several and len(old) >= question.most:
        raise NotAllowed("too_many_chosen", most=question.most)
    _check_places(standing, option)
    return {QUESTION: question.ordered({*old, option_id}) if question.several else (option_id,)}


def take_back(standing: Standing, option_id: str) -> Answers | None:
    """Take one option back; the last one taken back leaves no response. Raises as `choose`."""
    question = question_of(standing.action)
    question.option(option_id)
    old = _chosen(standing.old)
    if option_id not in old:
        return standing.old
    if not standing.action.settings.may_change:
        raise NotAllowed("no_change")
    left = tuple(chosen for chosen in old if chosen != option_id)
    return {QUESTION: left} if left else None


def vote(standing: Standing, raw: str) -> Answers | None:
    """Vote by a form that names everything chosen. Raises InvalidAnswers, NotAllowed, Full."""
    question = question_of(standing.action)
    new = question.parse({MAIN: raw}) or ()
    old = _chosen(standing.old)
    if not new and not old:
        raise InvalidAnswers({QUESTION: Problem("choose_something")})
    if set(old) - set(new) and not standing.action.settings.may_change:
        raise NotAllowed("no_change")
    for option_id in set(new) - set(old):
        _check_places(standing, question.option(option_id))
    return {QUESTION: new} if new else None


def count(text: str) -> int | None:
    """Read a number of 1 to 999,999."""
    number = whole(text)
    return number if number is not None and 0 < number <= MOST_PLACES else None


def _chosen(answers: Answers | None) -> tuple[str, ...]:
    answer = (answers or {}).get(QUESTION, ())
    return answer if isinstance(answer, tuple) else ()


def _check_places(standing: Standing, option: Option) -> None:
    taken = standing.tallies.count(QUESTION, option.id)
    if option.places is not None and taken >= option.places:
        raise Full("full", option=option.text)


def _more(texts: list[str]) -> dict[str, str]:
    return {"more": "\n".join(texts)}


def _add(values: dict[str, str], lines: list[str], new_id: Callable[[], str]) -> Iterator[str]:
    for line in lines:
        if line.strip():
            option_id = new_id()
            values[f"option.{option_id}"] = line.strip()
            yield option_id


def _options(fields: Fields, unlisted: tuple[Option, ...]) -> tuple[Option, ...]:
    options: list[Option] = []
    seen = {fold(option.text) for option in unlisted}
    for option_id in fields.raw("options").split():
        name = f"option.{option_id}"
        text = fields.text(name, OPTION_LIMIT)
        if not text:
            continue
        if fold(text) in seen:
            fields.problems[name] = Problem("duplicate_option")
        seen.add(fold(text))
        options.append(Option(option_id, text, _places(fields, option_id)))
    options.extend(unlisted)
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        limits = {"least": LEAST_OPTIONS, "most": MOST_OPTIONS, "given": len(options)}
        fields.wrong("more", "options_count", **limits)
    return tuple(options)


def _unlisted(fields: Fields, before: Action | None) -> tuple[Option, ...]:
    """A form goes on listing an option that is cleared in it."""
    listed = set(fields.raw("options").split())
    present = () if before is None else question_of(before).options
    return tuple(option for option in present if option.id not in listed)


def _places(fields: Fields, option_id: str) -> int | None:
    text = fields.raw(f"places.{option_id}")
    if not text:
        return None
    places = count(text)
    if places is None:
        fields.wrong(f"places.{option_id}", "places_whole")
    return places


def _ceiling(options: int, *, may_add: bool) -> int:
    """So many may be chosen where any number may, those included that will be added."""
    return MOST_OPTIONS if may_add else max(options, LEAST_OPTIONS)


def _most(values: Values, ceiling: int, problems: dict[str, Problem]) -> int:
    if values.get("choose") != "several":
        return 1
    text = values.get("most", "").strip()
    if not text:
        return ceiling
    most = count(text)
    if most is None or most < LEAST_OPTIONS:
        problems["most"] = Problem("most_whole", {"least": LEAST_OPTIONS})
        return LEAST_OPTIONS
    return min(most, ceiling)


def _renewed(
    options: tuple[Option, ...], before: Choice, new_id: Callable[[], str]
) -> Iterator[Option]:
    known = {option.id: option for option in before.options}
    for option in options:
        old = known.get(option.id, option)
        if old.text == option.text:
            yield replace(option, added_by=old.added_by)
        else:
            yield replace(option, id=new_id())

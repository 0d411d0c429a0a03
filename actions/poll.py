"""The poll: one question, two to 25 options, one tap."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from actions.action import Action
from actions.choice import LEAST_OPTIONS, MOST_OPTIONS, Choice, Option
from actions.content import Content
from actions.errors import Full, InvalidAnswers, NotAllowed, NotFound, Problem
from actions.plan import (
    DESCRIPTION_LIMIT,
    OPTION_LIMIT,
    TITLE_LIMIT,
    Plan,
    Values,
    common_defaults,
    common_values,
    parse_closes_at,
    parse_settings,
    parse_text,
    printable,
)
from actions.questions import Answers
from actions.responses import Standing

_ID = re.compile(r"[\w-]{1,20}", re.ASCII)

QUESTION = "q"
"""The id of a poll's one question."""

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
    limited = question.several and question.most < len(question.options)
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
) -> Plan:
    """Read a whole form. Raises InvalidAnswers with every problem at once.

    When a posted poll is edited (`before`), an option whose text changed is a new option: votes
    for what it said before must not count for what it says now.
    """
    problems: dict[str, Problem] = {}
    title = parse_text(values, "title", TITLE_LIMIT, problems, needed="title_needed")
    description = parse_text(values, "description", DESCRIPTION_LIMIT, problems)
    options = _options(values, problems)
    most = _most(values, len(options), problems)
    closes_at = _closes_at(values, time_zone, now, problems, before)
    if problems:
        raise InvalidAnswers(problems)
    settings = parse_settings(values)
    if before is not None:
        options = tuple(_renewed(options, question_of(before), new_id))
    return Plan(
        Content(title, (Choice(QUESTION, title, options, most),), description),
        settings,
        closes_at,
    )


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
    new = question.parse(raw) or ()
    old = _chosen(standing.old)
    if not new and not old:
        raise InvalidAnswers({QUESTION: Problem("choose_something")})
    if set(old) - set(new) and not standing.action.settings.may_change:
        raise NotAllowed("no_change")
    for option_id in set(new) - set(old):
        _check_places(standing, question.option(option_id))
    return {QUESTION: new} if new else None


def whole(text: str) -> int | None:
    """Read a number of 1 to 999,999; a client may send it as `8.0`."""
    digits = text.removesuffix(".0")
    whole = digits.isascii() and digits.isdigit() and len(digits) <= len("999999")
    return int(digits) if whole and int(digits) else None


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


def _options(values: Values, problems: dict[str, Problem]) -> tuple[Option, ...]:
    options: list[Option] = []
    seen: set[str] = set()
    for option_id in values.get("options", "").split():
        name = f"option.{option_id}"
        text = parse_text(values, name, OPTION_LIMIT, problems)
        if not text:
            continue
        folded = " ".join(text.casefold().split())
        if folded in seen:
            problems[name] = Problem("duplicate_option")
        seen.add(folded)
        options.append(Option(option_id, text, _places(values, option_id, problems)))
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        limits = {"least": LEAST_OPTIONS, "most": MOST_OPTIONS, "given": len(options)}
        problems.setdefault("more", Problem("options_count", limits))
    return tuple(options)


def _places(values: Values, option_id: str, problems: dict[str, Problem]) -> int | None:
    name = f"places.{option_id}"
    text = values.get(name, "").strip()
    if not text:
        return None
    places = whole(text)
    if places is None:
        problems[name] = Problem("places_whole")
    return places


def _most(values: Values, options: int, problems: dict[str, Problem]) -> int:
    if values.get("choose") != "several":
        return 1
    text = values.get("most", "").strip()
    if not text:
        return max(options, LEAST_OPTIONS)
    most = whole(text)
    if most is None or most < LEAST_OPTIONS:
        problems["most"] = Problem("most_whole", {"least": LEAST_OPTIONS})
        return LEAST_OPTIONS
    return min(most, max(options, LEAST_OPTIONS))


def _closes_at(
    values: Values,
    time_zone: str,
    now: datetime,
    problems: dict[str, Problem],
    before: Action | None,
) -> datetime | None:
    """Read the due time; one that was not touched may lie in the past (a closed poll's)."""
    if before is not None:
        untouched = common_values(before)
        if all(values.get(n) == untouched.get(n) for n in ("closes", "date", "time")):
            return before.closes_at
    return parse_closes_at(values, time_zone, now, problems)


def _renewed(
    options: tuple[Option, ...], before: Choice, new_id: Callable[[], str]
) -> Iterator[Option]:
    texts = {option.id: option.text for option in before.options}
    for option in options:
        changed = texts.get(option.id, option.text) != option.text
        yield Option(new_id(), option.text, option.places) if changed else option

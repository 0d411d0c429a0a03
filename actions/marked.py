"""The questions of a draft in which they are marked: read with their keys, and given back.

They are asked one at a time. So what the builder does not offer for them counts for nothing, also
where it came along with a question from elsewhere: other words, limits of ticks and of numbers,
pages, rules and "required". Options are shuffled all or none, as the form's `shuffle` says.
"""

from dataclasses import replace

from actions import drafted
from actions.content import Content
from actions.entry import PLAIN, Reading
from actions.errors import Problem
from actions.fields import Fields, Values
from actions.keys import KEY_FIELDS, Key, build_key, key_fields, key_needed, takes_key
from actions.quantity import MOST_DECIMALS, read_number
from actions.questions import Question
from actions.rules import RULE
from actions.starred import plain_fields, starred_fields

USUAL_DECIMALS = 2
"""With how many decimals numbers are answered at least, also where the right one is whole."""

_NOT_OFFERED = {"required": "false", "starts_page": "false", **dict.fromkeys(RULE, "")}
_STARRED = {"right_option_needed": "star_needed", "right_options_needed": "stars_needed"}
_BY_TYPE = {
    "choice": {"other": "false", "least": "", "most": ""},
    "either": {"style": "true_false"},
    "number": {"min": "", "max": ""},
}


def known_fields(values: Values) -> frozenset[str]:
    """Give the names of all fields of keys, besides what `drafted.known_fields` gives."""
    ids = drafted.question_ids(values)
    return frozenset(drafted.field_prefix(one) + name for one in ids for name in KEY_FIELDS)


def read(values: Values, problems: dict[str, Problem]) -> Content:
    """Read all questions and their keys; what is wrong is added to `problems`, by field."""
    plain = _plain(values)
    questions = drafted.questions_of(plain, problems)
    keys = {question.id: _key(question, plain, problems) for question in questions}
    return Content("", questions, keys={name: key for name, key in keys.items() if key})


def values_of(content: Content) -> Values:
    """Give the fields that say what a content asks and what is right, to edit or duplicate it."""
    values = dict(drafted.values_of(content))
    for question in content.questions:
        prefix = drafted.field_prefix(question.id)
        fields = drafted.fields_of(values, question.id)
        if question.id in content.keys:
            fields |= key_fields(question, content.keys[question.id])
        fields |= {"style": "yes_no"} if question.type == "either" else {}
        values |= {prefix + name: text for name, text in starred_fields(fields).items()}
    return values


def _plain(values: Values) -> Values:
    """Give the values as they are read, without stars and without what is not offered."""
    plain = dict(values)
    for question_id in drafted.question_ids(values):
        fields = drafted.fields_of(values, question_id)
        type_name = drafted.chosen_preset(values, question_id).type
        own = {**fields, **_NOT_OFFERED, **_BY_TYPE.get(type_name, {})}
        if type_name == "choice":
            own = {**plain_fields(own), "shuffle": values.get("shuffle", "")}
        if type_name == "number":
            own["decimals"] = _decimals(own)
        prefix = drafted.field_prefix(question_id)
        plain |= {prefix + name: text for name, text in own.items()}
    return plain


def _decimals(fields: Values) -> str:
    """Give as many as what is right has, so that nobody has to count them."""
    texts = [text for name in ("right", "tolerance") if (text := fields.get(name, "").strip())]
    before = fields.get("decimals", "").strip()
    least = int(before) if before in map(str, range(MOST_DECIMALS + 1)) else 0
    enough = range(max(least, USUAL_DECIMALS), MOST_DECIMALS)
    fitting = (n for n in enough if all(_fits(text, n) for text in texts))
    return str(next(fitting, MOST_DECIMALS))


def _fits(text: str, decimals: int) -> bool:
    readings = (PLAIN, Reading(","))
    return any(isinstance(read_number(text, decimals, reading), int) for reading in readings)


def _key(question: Question, values: Values, problems: dict[str, Problem]) -> Key | None:
    """Read a question's key; what is wrong with stars is said at the options that have them."""
    if not takes_key(question):
        return None
    prefix, own = drafted.field_prefix(question.id), dict[str, Problem]()
    key = build_key(question, Fields(values, own, prefix))
    if key is None:
        own[f"{prefix}right"] = key_needed(question)
    for name, problem in own.items():
        if name == f"{prefix}right" and question.type == "choice":
            problems.setdefault(f"{prefix}options", _of_stars(problem))
        else:
            problems.setdefault(name, problem)
    return key


def _of_stars(problem: Problem) -> Problem:
    return replace(problem, code=_STARRED.get(problem.code, problem.code))

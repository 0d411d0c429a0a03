"""The questions in a draft: which there are and in what order, and what their fields amount to.

The order is the value `questions`, ids separated by spaces; what is typed about question `abc` is
in `q.abc.text`, `q.abc.required` and so on, and `q.abc.preset` says what is asked. Every function
gives new values.
"""

from collections.abc import Mapping, Sequence

from actions.about import About
from actions.addresses import is_https
from actions.content import Content
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.fields import Fields, Values, printable, whole
from actions.presets import DECIDED, Preset, preset, preset_of
from actions.questions import Question, question_type
from actions.rules import RULE, fields_of_rule, read_rule

QUESTION_LIMIT, HELP_LIMIT, IMAGE_LIMIT, IMAGE_ALT_LIMIT = 5_000, 1_000, 2_000, 300
"""Characters after trimming (product.md §2 for the question)."""

LEAST_QUESTIONS, MOST_QUESTIONS = 1, 200
"""How many questions there are (product.md §2)."""

ORDER = "questions"
"""The value that lists the questions."""

ABOUT = ("text", "required", "help", "image", "image_alt", "starts_page", *RULE)
"""The fields of every question."""

LASTING = (*ABOUT, "points", "explanation")
"""Fields that mean the same in every type."""


def question_ids(values: Values) -> list[str]:
    """Give the questions' ids in their order."""
    return values.get(ORDER, "").split()


def field_prefix(question_id: str) -> str:
    """Give what the names of a question's fields begin with."""
    return f"q.{question_id}."


def chosen_preset(values: Values, question_id: str) -> Preset:
    """Give what a question of the draft is. Raises NotFound."""
    return preset(values.get(f"{field_prefix(question_id)}preset", ""))


def place_of(values: Values, question_id: str) -> int:
    """Give which question it is, from 0. Raises NotFound."""
    if question_id not in question_ids(values):
        raise NotFound("question_gone")
    return question_ids(values).index(question_id)


def known_fields(values: Values) -> frozenset[str]:
    """Give the names of all fields in which something about a question can be typed."""
    names = set()
    for question_id in question_ids(values):
        own = chosen_preset(values, question_id).fields
        names |= {field_prefix(question_id) + name for name in (*ABOUT, "shown_from", *own)}
    return frozenset(names)


def typed(values: Values, raw: Mapping[str, str], further: frozenset[str]) -> Values:
    """Give the values with what was typed about questions, and into `further` fields.

    A form that is too long for one card shows some lines of a field only; which ones is said in
    `q.abc.options.window`, "5 12" being the lines from 5 up to before 12, counted from 0.
    """
    merged = dict(values)
    for name in (known_fields(values) | further) & raw.keys():
        text, shown = printable(raw[name]), raw.get(f"{name}.window", "")
        merged[name] = _spliced(values.get(name, ""), text, shown) if shown else text
    return merged


def add(
    values: Values,
    preset_name: str,
    question_id: str,
    fields: Mapping[str, str] | None = None,
    after: str = "",
) -> Values:
    """Add a question, last or after another one, `fields` being what is known of it.

    Raises NotFound, InvalidAnswers when there is no room.
    """
    made = preset(preset_name)
    start = {"preset": made.name, "text": "", **made.fields, **(fields or {})}
    place = place_of(values, after) + 1 if after else len(question_ids(values))
    return _inserted(values, question_id, place) | _named(question_id, start)


def duplicate(values: Values, question_id: str, new_id: str) -> Values:
    """Put a copy right after a question, on the same page. Raises as `add`."""
    fields = {**fields_of(values, question_id), "starts_page": "false"}
    return add(values, fields["preset"], new_id, fields, after=question_id)


def move(values: Values, question_id: str, place: int) -> Values:
    """Move a question to a place, from 0; it stops at the ends. Raises NotFound."""
    place_of(values, question_id)
    ids = [one for one in question_ids(values) if one != question_id]
    ids.insert(max(place, 0), question_id)
    return {**values, ORDER: " ".join(ids)}


def remove(values: Values, question_id: str) -> Values:
    """Take a question out; its fields are kept until the next one is. Raises NotFound."""
    place_of(values, question_id)
    ids = [one for one in question_ids(values) if one != question_id]
    present = tuple(field_prefix(one) for one in (*ids, question_id))
    kept = {n: v for n, v in values.items() if not n.startswith("q.") or n.startswith(present)}
    return {**kept, ORDER: " ".join(ids)}


def put_back(values: Values, question_id: str, place: int) -> Values:
    """Put the question that was taken out last where it was. Raises NotFound, InvalidAnswers."""
    if question_id in question_ids(values):
        raise NotFound("question_gone")
    chosen_preset(values, question_id)
    return _inserted(values, question_id, place)


def change_preset(
    values: Values, question_id: str, name: str, fields: Mapping[str, str] | None = None
) -> Values:
    """Make a question another one of the presets; what means the same in both is kept.

    Raises NotFound.
    """
    old, new = fields_of(values, question_id), preset(name)
    is_same = new.type == chosen_preset(values, question_id).type
    lasting = new.fields.keys() - DECIDED if is_same else new.fields.keys() & {"options"}
    kept = {n: v for n, v in old.items() if n in LASTING or (v and n in lasting)}
    start = {**new.fields, **(fields or {}), **kept, "preset": new.name}
    rest = {n: v for n, v in values.items() if not is_about(n, question_id)}
    return rest | _named(question_id, start)


def fields_of(values: Values, question_id: str) -> dict[str, str]:
    """Give what is typed about one question, by the fields' own names. Raises NotFound."""
    place_of(values, question_id)
    prefix = field_prefix(question_id)
    return {n.removeprefix(prefix): v for n, v in values.items() if n.startswith(prefix)}


def questions_of(values: Values, problems: dict[str, Problem]) -> tuple[Question, ...]:
    """Read all questions; what is wrong is added to `problems`, by field.

    As many questions are given as there are, those that are wrong with what could be read.
    """
    ids = question_ids(values)
    if not LEAST_QUESTIONS <= len(ids) <= MOST_QUESTIONS:
        limits = {"least": LEAST_QUESTIONS, "most": MOST_QUESTIONS, "given": len(ids)}
        problems[ORDER] = Problem("questions_count", limits)
    questions: list[Question] = []
    for place, question_id in enumerate(ids):
        fields = Fields(values, problems, field_prefix(question_id))
        chosen = chosen_preset(values, question_id)
        text = fields.text("text", QUESTION_LIMIT, needed=chosen.untitled)
        about = _about(fields, questions, ids[place:])
        made = question_type(chosen.type)
        questions.append(made.build(question_id, text, about, fields))
    return tuple(questions)


def values_of(content: Content) -> Values:
    """Give the fields that say what a content asks, to edit or duplicate it."""
    values: dict[str, str] = {ORDER: " ".join(q.id for q in content.questions)}
    for place, question in enumerate(content.questions):
        about = question.about
        fields = {
            "preset": preset_of(question).name,
            "text": question.text,
            "required": str(about.required).lower(),
            "help": about.help,
            "image": about.image,
            "image_alt": about.image_alt,
            "starts_page": str(about.starts_page).lower(),
            **fields_of_rule(about.shown_if, content.questions[:place]),
            **question.form(),
        }
        values |= _named(question.id, fields)
    return values


def is_about(name: str, question_id: str) -> bool:
    """Give whether a field, or a problem, is a question's."""
    return name.startswith(field_prefix(question_id))


def _about(fields: Fields, earlier: Sequence[Question], later: Sequence[str]) -> About:
    return About(
        required=fields.flag("required"),
        help=fields.text("help", HELP_LIMIT),
        image=_image(fields),
        image_alt=fields.text("image_alt", IMAGE_ALT_LIMIT),
        starts_page=fields.flag("starts_page"),
        shown_if=read_rule(fields, earlier, later),
    )


def _image(fields: Fields) -> str:
    """A picture's address, which the reader's client loads: never the server."""
    address = fields.text("image", IMAGE_LIMIT)
    if address and not is_https(address):
        fields.wrong("image", "image_address")
    return address


def _spliced(before: str, text: str, window: str) -> str:
    start, end = (whole(part) or 0 for part in (*window.split(" "), "", "")[:2])
    lines = before.splitlines()
    return "\n".join([*lines[: max(start, 0)], text, *lines[max(end, start, 0) :]])


def _inserted(values: Values, question_id: str, place: int) -> dict[str, str]:
    ids = question_ids(values)
    if len(ids) >= MOST_QUESTIONS:
        raise InvalidAnswers({"add": Problem("questions_full", {"most": MOST_QUESTIONS})})
    ids.insert(max(place, 0), question_id)
    return {**values, ORDER: " ".join(ids)}


def _named(question_id: str, fields: Mapping[str, str]) -> dict[str, str]:
    return {field_prefix(question_id) + name: value for name, value in fields.items()}

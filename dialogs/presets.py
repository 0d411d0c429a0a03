"""What the ready-made kinds of questions are called, and what is written in them at first."""

from collections.abc import Iterable, Mapping

from microsoft_teams.cards.core import Choice

from actions.either import NO, YES
from actions.fields import fold
from actions.presets import ITEMS, Preset, preset
from cards.texts import Texts

SIGNS: Mapping[str, str] = {
    "one": "🔘",
    "several": "☑️",
    "drop_down": "🔽",
    "yes_no": "🌗",
    "stars": "⭐",
    "numbers": "📏",
    "like": "👍",
    "nps": "📣",
    "likert": "📋",
    "ranking": "🏅",
    "short_text": "✏️",
    "long_text": "📝",
    "number": "🔢",
    "date": "📅",
    "time": "🕒",
    "lesson": "📖",
    "item": "☑",
}
"""A picture of each, beside its name."""


def preset_names(texts: Texts) -> Mapping[str, str]:
    """Give what every preset is called."""
    return {
        "one": texts("Choose one"),
        "several": texts("Choose several"),
        "drop_down": texts("Drop-down"),
        "yes_no": texts("Yes or no"),
        "stars": texts("Stars"),
        "numbers": texts("Number scale"),
        "like": texts("Like or dislike"),
        "nps": texts("Recommendation (NPS)"),
        "likert": texts("Statements (Likert)"),
        "ranking": texts("Ranking"),
        "short_text": texts("Short text"),
        "long_text": texts("Long text"),
        "number": texts("Number"),
        "date": texts("Date"),
        "time": texts("Time"),
        "lesson": texts("Lesson"),
        "item": texts("Item"),
    }


def signed_name(name: str, texts: Texts, *, marks: bool = False) -> str:
    """Give a preset's name behind its sign, as it is called where it `marks`."""
    is_truth = marks and name == "yes_no"
    called = texts("True or false") if is_truth else preset_names(texts)[name]
    return f"{SIGNS[name]} {called}"


def preset_choices(
    presets: Iterable[Preset], texts: Texts, *, marks: bool = False
) -> list[Choice]:
    """Give presets as the choices of a list."""
    named = ((one.name, signed_name(one.name, texts, marks=marks)) for one in presets)
    return [Choice(title=title, value=name) for name, title in named]


def starting_fields(name: str, texts: Texts) -> Mapping[str, str]:
    """Give what a new question starts with in the creator's own language."""
    if "rows" not in preset(name).fields:
        return {}
    levels = [
        texts("Strongly disagree"),
        texts("Disagree"),
        texts("Neither agree nor disagree"),
        texts("Agree"),
        texts("Strongly agree"),
    ]
    return {"levels": "\n".join(levels)}


def words_for_presets(texts: Texts) -> Mapping[str, str]:
    """Give the presets by their folded names, for questions that are pasted."""
    names = preset_names(texts).items()
    named = {fold(called): name for name, called in names if name not in ITEMS}
    return {**named, fold(texts("True or false")): "yes_no"}


def words_for_truth(texts: Texts) -> Mapping[str, str]:
    """Give true and false by their folded names, for questions that are pasted."""
    return {fold(texts("True")): YES, fold(texts("False")): NO}

"""Every language has every text, and each translation can be filled like the English one."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message

from cards.texts import texts_for
from tools.extract_texts import (
    FOLDERS,
    ROOT,
    TABLES,
    Sentence,
    catalogues,
    faults,
    forms,
    load,
    sentences,
    sources,
    spoken,
    update,
)

FOUND = sources()
MOMENT = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)

ODD = """
HIDDEN = {1: "of a table"}
FAILED: str = "of a constant"
OTHER = {1: "of no table"}
texts("said", name="value")
setting.texts("of a setting")
texts_of(turn)("of a turn")
texts("first" if one else "second")
texts.many("{count} one", "{count} many", 3)
found.many("not", "a text")
Phrases("Poll", new="New poll")
texts(HIDDEN[1])
other("unsaid")
"""

every_catalogue = pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.stem)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _translated(path: Path) -> dict[str, tuple[str, ...]]:
    """Give every translation's forms by the English, the last one where it has two."""
    return {_english(message): forms(message) for message in load(path) if message.id}


def _catalogue(**messages: str) -> Catalog:
    catalogue = Catalog(locale="de")
    for name, text in messages.items():
        catalogue.add(name, text)
    return catalogue


def test_german_and_arabic_are_there() -> None:
    assert {"de", "ar"} <= {path.stem for path in catalogues()}


@every_catalogue
def test_a_catalogue_has_every_sentence_and_no_other(path: Path) -> None:
    assert list(faults(load(path), FOUND)) == []


@every_catalogue
def test_a_catalogue_is_as_the_tool_writes_it(path: Path, tmp_path: Path) -> None:
    again = tmp_path / path.name
    again.write_bytes(path.read_bytes())
    update(again, FOUND)
    assert again.read_text("utf-8") == path.read_text("utf-8")


@every_catalogue
def test_a_translation_has_the_placeholders_of_the_english(path: Path) -> None:
    wrong = {
        english: form
        for english, translation in _translated(path).items()
        for form in translation
        if _placeholders(form) != _placeholders(english)
    }
    assert wrong == {}


@every_catalogue
def test_a_plural_has_every_form_of_its_language(path: Path) -> None:
    catalogue = load(path)
    counts = {len(forms(message)) for message in catalogue if message.pluralizable}
    assert counts == {catalogue.num_plurals}


@every_catalogue
def test_a_translation_keeps_the_signs_and_the_spaces_around(path: Path) -> None:
    wrong = [
        (english, form)
        for english, translation in _translated(path).items()
        for form in translation
        if form != form.strip() or re.findall("[✔⚠✎·|]", form) != re.findall("[✔⚠✎·|]", english)
    ]
    assert wrong == []


@every_catalogue
def test_words_that_the_bot_reads_stay_english(path: Path) -> None:
    commands = re.compile(r"(?<=[*“])(?:poll|my actions|help)\b|@Muster poll")
    wrong = [
        (english, form)
        for english, translation in _translated(path).items()
        for form in translation
        if any(command not in form for command in commands.findall(english))
    ]
    assert wrong == []


@every_catalogue
def test_a_switch_that_a_sentence_names_is_called_the_same(path: Path) -> None:
    texts = texts_for(path.stem)
    for unit in ("day", "time of day"):
        sentence = texts(f"Give a {unit}, or switch off “Close automatically”.")
        assert texts("Close automatically") in sentence


@every_catalogue
def test_no_quotes_of_the_keyboard_or_of_english_are_left(path: Path) -> None:
    wrong = [
        form
        for translation in _translated(path).values()
        for form in translation
        if '"' in form or "”" in form or form.count("“") != form.count("„")
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [p for f in FOLDERS for p in sorted((ROOT / f).rglob("*.py"))])
def test_no_sentence_is_said_where_the_tool_does_not_see_it(path: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    values = [value for call in calls for value in spoken(call)]
    assert [ast.unparse(value) for value in values if not _is_seen(value)] == []


def _is_seen(value: ast.expr) -> bool:
    """Literal, or out of a table or a kind's phrases, which the tool reads too."""
    named = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(value)}
    known = {*TABLES, "phrases", "phrases_of"}
    return isinstance(value, ast.Constant) or not named.isdisjoint(known)


def test_sentences_are_found_however_they_are_said() -> None:
    found: set[Sentence] = {
        "of a table",
        "of a constant",
        "said",
        "of a setting",
        "of a turn",
        "first",
        "second",
        ("{count} one", "{count} many"),
        "Poll",
        "New poll",
    }
    assert set(sentences(ODD)) == found


@pytest.mark.parametrize(
    ("sentence", "file"),
    [
        ("Results", "cards/summary.py"),
        ("This draft is gone. Start a new one.", "cards/sentences.py"),
        ("Your vote is saved.", "bot/answering.py"),
        ("What do you want to ask?", "dialogs/create_poll.py"),
        ("I did not understand that. Here is what I can do.", "bot/messages.py"),
        ("Only the creator sees the results.", "dialogs/results.py"),
        ("Make a poll", "cards/kinds.py"),
        (("{count} response", "{count} responses"), "cards/kinds.py"),
    ],
)
def test_sentences_of_every_folder_are_found(sentence: Sentence, file: str) -> None:
    assert file in FOUND[sentence]


def test_a_catalogue_is_told_what_is_wrong_with_it() -> None:
    catalogue = _catalogue(Back="Zurück", Help="", Old="Alt", Send="Senden")
    catalogue["Send"].flags.add("fuzzy")
    assert list(faults(catalogue, ["Back", "Edit", "Help", "Send"])) == [
        "misses “Edit”",
        "has no translation of “Help”",
        "has only a guess for “Send”: put it right and remove “fuzzy”",
        "has “Old”, which the code does not say",
    ]


def test_a_changed_sentence_keeps_its_translation_as_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_text('msgid "Your vote is saved."\nmsgstr "Gespeichert."\n', "utf-8")
    update(path, {"Your vote was saved.": ["bot/answering.py"]})
    message = load(path).get("Your vote was saved.")
    assert message is not None
    assert (message.string, message.fuzzy) == ("Gespeichert.", True)


def test_a_new_language_starts_with_its_plural_forms(tmp_path: Path) -> None:
    path = tmp_path / "pl.po"
    update(path, {("{count} response", "{count} responses"): ["cards/summary.py"]})
    assert "nplurals=3" in path.read_text("utf-8")
    assert [forms(message) for message in load(path) if message.id] == [("", "", "")]


@pytest.mark.parametrize(
    ("tag", "shown", "results"),
    [
        ("de", "de", "Ergebnisse"),
        ("de-AT", "de-AT", "Ergebnisse"),
        ("ar", "ar", "النتائج"),
        ("ar-EG", "ar-EG", "النتائج"),
    ],
)
def test_a_language_of_any_country_is_translated(tag: str, shown: str, results: str) -> None:
    texts = texts_for(tag)
    assert (texts.tag, texts("Results")) == (shown, results)


def test_arabic_runs_from_right_to_left_and_german_does_not() -> None:
    assert texts_for("ar-EG").right_to_left
    assert not texts_for("de-AT").right_to_left


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 رد"),
        (1, "1 رد"),
        (2, "2 رد"),
        (3, "3 ردود"),
        (10, "10 ردود"),
        (11, "11 ردًا"),
        (99, "99 ردًا"),
        (100, "100 رد"),
        (103, "103 ردود"),
        (111, "111 ردًا"),
    ],
)
def test_arabic_counts_in_its_forms(count: int, text: str) -> None:
    shown = texts_for("ar").many("{count} response", "{count} responses", count)
    assert shown.replace("\u2068", "").replace("\u2069", "") == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 Plätze"), (1, "1 Platz"), (1_234, "1.234 Plätze")]
)
def test_german_has_one_and_many(count: int, text: str) -> None:
    assert texts_for("de").many("{count} place", "{count} places", count) == text


def test_a_moment_stands_in_a_german_sentence() -> None:
    texts = texts_for("de-AT")
    moment = texts.moment(MOMENT, "Europe/Vienna")
    assert texts("closes {moment}", moment=moment) == "endet am Fr., 27. Nov., 17:00"


def test_numbers_are_written_as_in_german() -> None:
    texts = texts_for("de")
    assert (texts.number(12_345), texts.percent(1 / 3)) == ("12.345", "33\u00a0%")


def test_numbers_are_set_apart_in_arabic() -> None:
    shown = texts_for("ar")("{responded} of {expected} responded", responded=7, expected=1_200)
    assert shown == "ردّ \u20687\u2069 من \u20681,200\u2069"

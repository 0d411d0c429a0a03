"""Collect the English sentences from the code into the catalogues, keeping the translations.

`python tools/extract_texts.py` updates every catalogue, and starts those of languages named as
arguments; `--check` changes nothing and says what a catalogue misses or has too much.
"""

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "cards" / "locale"
FOLDERS = ("bot", "cards", "dialogs")

TABLES = frozenset(
    {"COUNTS", "DEEDS", "FAILED", "FEEDBACK", "HIDDEN", "SENTENCES", "STATES", "VISIBILITY"}
    | {"WORDS"}
)
"""Module-level constants whose text, or values in a mapping, are sentences."""

PHRASES = frozenset({"Phrases", "UnitPhrases"})
"""Classes whose arguments are all sentences."""

Sentence = str | tuple[str, str]
"""The English, as one and many where it counts something: the id in a catalogue."""

HEADER = """\
# Muster in the language `{language}`; tools/extract_texts.py keeps it in step with the code.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Without dates and authors, which would change with every run."""


def main(arguments: list[str] | None = None) -> int:
    """Update or check the catalogues."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("new", nargs="*", metavar="language", help="start its catalogue")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    options = parser.parse_args(arguments)
    found = sources()
    if not options.check:
        for path in {*catalogues(), *(LOCALES / f"{language}.po" for language in options.new)}:
            update(path, found)
    paths = catalogues()
    wrong = [f"{path.name} {fault}." for path in paths for fault in faults(load(path), found)]
    names = ", ".join(path.stem for path in paths)
    print("\n".join(wrong) or f"{len(found)} messages in each of: {names}.")
    if wrong and options.check:
        print("Run `python tools/extract_texts.py`, then translate what it added.")
    return 1 if wrong and options.check else 0


def sources() -> dict[Sentence, list[str]]:
    """Give every English sentence of the code, with the files that it stands in."""
    found: dict[Sentence, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            for sentence in dict.fromkeys(sentences(path.read_text("utf-8"))):
                found.setdefault(sentence, []).append(name)
    return found


def sentences(code: str) -> Iterator[Sentence]:
    """Give the sentences of one module."""
    tree = ast.parse(code)
    for statement in tree.body:
        yield from _of_table(statement)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)


def spoken(call: ast.Call) -> list[ast.expr]:
    """Give the arguments of a call that a reader sees translated."""
    match call:
        case ast.Call(func=ast.Attribute(attr="many"), args=[one, other, _, *_]):
            return [one, other]
        case ast.Call(func=ast.Name(id=name)) if name in PHRASES:
            return [*call.args, *(keyword.value for keyword in call.keywords)]
        case ast.Call(
            func=ast.Name(id="texts")
            | ast.Attribute(attr="texts")
            | ast.Call(func=ast.Name(id="texts_of")),
            args=[text, *_],
        ):
            return [text]
    return []


def catalogues() -> list[Path]:
    """Give the files that hold a language each."""
    return sorted(LOCALES.glob("*.po"))


def load(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def faults(catalogue: Catalog, found: Iterable[Sentence]) -> Iterator[str]:
    """Give what keeps a catalogue from being complete, each as the end of a sentence."""
    wanted = set(found)
    messages = {_id(message): message for message in catalogue if message.id}
    for sentence in sorted(wanted, key=_first):
        message = messages.get(sentence)
        if message is None:
            yield f"misses “{_first(sentence)}”"
        elif message.fuzzy:
            yield f"has only a guess for “{_first(sentence)}”: put it right and remove “fuzzy”"
        elif not all(forms(message)):
            yield f"has no translation of “{_first(sentence)}”"
    for sentence in sorted(messages.keys() - wanted, key=_first):
        yield f"has “{_first(sentence)}”, which the code does not say"


def forms(message: Message) -> tuple[str, ...]:
    """Give a message's translation: one text, or one for each plural form."""
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def update(path: Path, found: dict[Sentence, list[str]]) -> None:
    """Write a catalogue anew; a changed sentence keeps its translation as a guess ("fuzzy")."""
    template = Catalog()
    for sentence, files in found.items():
        template.add(sentence, locations=[(name, 1) for name in files])
    catalogue = load(path) if path.exists() else Catalog(locale=path.stem)
    catalogue.update(template)
    header = HEADER.format(language=path.stem, plurals=catalogue.plural_forms)
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(
            file,
            catalogue,
            width=99,
            omit_header=True,
            sort_output=True,
            ignore_obsolete=True,
            include_previous=True,
            include_lineno=False,
        )


def _of_table(statement: ast.stmt) -> Iterator[Sentence]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in TABLES:
            yield from _texts_in(value)
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if name in TABLES:
            yield from _texts_in(value)


def _of_call(call: ast.Call) -> Iterator[Sentence]:
    texts = [list(_texts_in(value)) for value in spoken(call)]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "many":
        yield from zip(*texts, strict=True)
    else:
        yield from chain.from_iterable(texts)


def _texts_in(value: ast.expr | None) -> Iterator[str]:
    """Give the literal texts that an expression comes to."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _texts_in(first)
            yield from _texts_in(second)
        case ast.Dict(values=values):
            for each in values:
                yield from _texts_in(each)


def _id(message: Message) -> Sentence:
    if isinstance(message.id, str):
        return message.id
    one, other = message.id
    return one, other


def _first(sentence: Sentence) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


if __name__ == "__main__":
    sys.exit(main())

"""The manifest and its languages: what Teams accepts, and what Muster really does."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from actions.kinds import KINDS
from bot import commands
from tools import package

HERE = Path(__file__).parent
MANIFEST: dict[str, Any] = package.filled(
    (package.SOURCE / "manifest.json").read_text("utf-8"), package.DEVELOPMENT_ID
)
BOT: dict[str, Any] = MANIFEST["bots"][0]
EXTENSION: dict[str, Any] = MANIFEST["composeExtensions"][0]
LANGUAGES: dict[str, dict[str, str]] = {
    language["languageTag"]: json.loads((package.SOURCE / language["file"]).read_text("utf-8"))
    for language in MANIFEST["localizationInfo"]["additionalLanguages"]
}
UNDERSTOOD = {"bank": "bank", "poll": "make", "my actions": "mine", "help": "help"}

in_every_language = pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES.keys())


def problems(name: str, document: object) -> list[str]:
    """Give what the schema of that name has against a document."""
    schema = json.loads((HERE / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    found = Draft202012Validator(schema).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in found]


def at(path: str) -> object:
    """Give what stands in the manifest at a language file's key, "bots[0].botId". Raises."""
    found: Any = MANIFEST
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        found = found[name] if name else found[int(index)]
    return found


def translatable() -> set[str]:
    """Give the keys of all words that a person reads but does not type."""
    lists = enumerate(BOT["commandLists"])
    return {
        *(f"{part}.{size}" for part in ("name", "description") for size in ("short", "full")),
        *(
            f"bots[0].commandLists[{n}].commands[{m}].description"
            for n, commands_of_scope in lists
            for m in range(len(commands_of_scope["commands"]))
        ),
        *(
            f"composeExtensions[0].commands[{n}].{part}"
            for n in range(len(EXTENSION["commands"]))
            for part in ("title", "description")
        ),
    }


def typed() -> set[tuple[str, str]]:
    """Give every command that Teams offers to type, with the scope it is offered in."""
    return {
        (scope, command["title"])
        for listed in BOT["commandLists"]
        for scope in listed["scopes"]
        for command in listed["commands"]
    }


def test_the_manifest_keeps_within_what_teams_accepts() -> None:
    assert problems("manifest.schema.json", MANIFEST) == []


@in_every_language
def test_a_language_keeps_within_what_teams_accepts(words: dict[str, str]) -> None:
    assert problems("language.schema.json", words) == []


def test_the_schema_wants_channel_features_of_an_app_for_teams() -> None:
    without = {key: MANIFEST[key] for key in MANIFEST if key != "supportsChannelFeatures"}
    (problem,) = problems("manifest.schema.json", without)
    assert "'supportsChannelFeatures' is a required property" in problem


def test_the_schema_lets_an_app_without_teams_say_nothing_about_channels() -> None:
    without = {key: MANIFEST[key] for key in MANIFEST if key != "supportsChannelFeatures"}
    personal = [{**BOT, "scopes": ["personal"]}]
    assert problems("manifest.schema.json", {**without, "bots": personal}) == []


def test_the_schema_refuses_a_title_that_is_too_long() -> None:
    changed = {**MANIFEST, "name": {"short": "M" * 31, "full": "Muster"}}
    assert len(problems("manifest.schema.json", changed)) == 1


def test_the_schema_refuses_the_right_to_read_conversations() -> None:
    changed = {**MANIFEST, "authorization": {"permissions": {"resourceSpecific": []}}}
    assert len(problems("manifest.schema.json", changed)) == 1


def test_the_app_has_the_version_of_the_project() -> None:
    project = tomllib.loads((package.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert MANIFEST["version"] == project["version"]


def test_the_bot_is_everywhere_that_people_talk() -> None:
    assert set(BOT["scopes"]) == {"personal", "team", "groupChat"}


def test_the_bot_may_send_files() -> None:
    assert BOT["supportsFiles"] is True


def test_one_registration_answers_for_the_whole_app() -> None:
    assert {MANIFEST["id"], BOT["botId"], EXTENSION["botId"]} == {package.DEVELOPMENT_ID}


def test_every_kind_has_its_command_below_the_message_field_and_on_messages() -> None:
    contexts = {command["id"]: set(command["context"]) for command in EXTENSION["commands"]}
    assert contexts == {kind.name: {"compose", "message"} for kind in KINDS}


def test_every_kind_can_be_typed_in_every_scope() -> None:
    wanted = {(scope, kind.name) for scope in BOT["scopes"] for kind in KINDS}
    assert wanted <= typed()


def test_help_can_be_typed_in_every_scope() -> None:
    assert {(scope, "help") for scope in BOT["scopes"]} <= typed()


def test_the_own_list_is_offered_only_where_the_bot_shows_it() -> None:
    assert {scope for scope, title in typed() if title == "my actions"} == {"personal"}


def test_every_offered_command_is_understood() -> None:
    kinds = {kind.name: "make" for kind in KINDS}
    titles = {title for _, title in typed()}
    assert {title: commands.read(title).name for title in titles} == {**UNDERSTOOD, **kinds}


@in_every_language
def test_a_language_has_all_words_and_no_others(words: dict[str, str]) -> None:
    assert set(words) - {"$schema"} == translatable()


@in_every_language
def test_a_language_has_only_keys_of_the_manifest(words: dict[str, str]) -> None:
    assert all(isinstance(at(key), str) for key in words)


@in_every_language
def test_a_language_names_every_command_that_its_description_tells_to_type(
    words: dict[str, str],
) -> None:
    assert {"poll", "help"} <= set(re.findall(r"[a-z]+", words["description.full"]))


def test_every_language_file_is_named_by_the_manifest() -> None:
    there = {path.stem for path in (package.SOURCE / "locales").iterdir()}
    assert there == set(LANGUAGES)

"""The translations: every value stays in its sentence, and every card stays a card."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cards.parts import Host
from cards.summary import summary
from cards.texts import LOCALES, texts_for
from tests.cards.looks import checked
from tests.cards.test_summary_golden import VIEWS

CATALOGUES = sorted(LOCALES.glob("*.po"))


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_fills_in_nothing_that_its_sentence_does_not_give(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file)
    wrong = [
        text
        for message in catalogue
        for text in _forms(message.string)
        if message.id and _names(text) - _names(" ".join(_forms(message.id)))
    ]
    assert wrong == []


@pytest.mark.parametrize("state", sorted(VIEWS))
@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_state_is_a_card_for_teams_in_every_language(path: Path, state: str) -> None:
    card = checked(summary(VIEWS[state], texts_for(path.stem), Host.CHAT))
    assert card["lang"] == path.stem

"""Exporting: in which form, and how it gets to the person."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeAlias

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, OpenUrlAction, TextBlock

from actions.banked import BankOrder
from actions.exporting import FORMATS, LINK_LASTS, AnyOrder, Format, is_withheld
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import plain
from cards.parts import (
    Host,
    buttons,
    card,
    directed,
    heading,
    label,
    note,
    opens,
    success,
    warning,
)
from cards.summary import responded_line
from cards.texts import Texts
from dialogs.bank_place import BankPlace, place_of
from dialogs.screen import Screen, Setting

Exported: TypeAlias = View | BankPlace
"""What is exported: an action, or what is looked at of someone's question bank."""

LONGEST_FILE_NAME = 100
"""Characters of a file's name in a sentence."""


def export_screen(view: View, setting: Setting) -> Screen:
    """Ask in which form an action shall be exported."""
    texts = setting.texts
    body = [
        *_top(view, setting),
        label(texts("Export")),
        *(note(line) for line in _about_formats(view, texts)),
        *([note(withheld(texts))] if is_withheld(view) else []),
        *buttons(_formats(view, setting)),
        *buttons(_way_back(view, setting)),
    ]
    return Screen(texts("Export"), card(texts, body))


def preparing_screen(of: Exported, setting: Setting) -> Screen:
    """Say that the file is on its way to the person's own chat with the bot."""
    texts = setting.texts
    text = texts("I am preparing the file. It comes to you in our personal chat in a moment.")
    if setting.host is Host.IN_PLACE:
        text = texts("I am preparing the file. It comes below in a moment.")
    body = [*_top(of, setting), success(text), *buttons(_way_back(of, setting))]
    return Screen(texts("Export"), card(texts, body))


def link_screen(of: Exported, setting: Setting, address: str) -> Screen:
    """Give the link to a file."""
    texts = setting.texts
    body = [
        *_top(of, setting),
        TextBlock(
            text=texts(
                "The file is made when you open the link, which takes a while for very many "
                "responses. The link is yours alone and works for {minutes} minutes.",
                minutes=LINK_LASTS // timedelta(minutes=1),
            ),
            wrap=True,
        ),
        *buttons([OpenUrlAction(title=texts("Download"), url=address)]),
        *buttons(_way_back(of, setting)),
    ]
    return Screen(texts("Export"), card(texts, body))


def no_way_screen(of: Exported, setting: Setting) -> Screen:
    """Say what to do where a file can reach the person in no way."""
    texts = setting.texts
    text = texts(
        "I can give you the file in our personal chat only, and we have none yet. Add me there: "
        "look for Muster under Apps in Teams, press Add, and write “my actions”."
    )
    body = [*_top(of, setting), warning(text), *buttons(_way_back(of, setting))]
    return Screen(texts("Export"), card(texts, body))


def saving_card(texts: Texts, name: str) -> AdaptiveCard:
    """Say that a file is being saved."""
    return card(texts, [note(texts("Saving {name} to your OneDrive …", name=_file(name)))])


def saved_card(texts: Texts, name: str) -> AdaptiveCard:
    """Say that a file was saved; the first sentence is Teams' own wish (teams.md §5)."""
    done = texts("Results successfully downloaded.")
    where = texts("{name} is in your OneDrive.", name=_file(name))
    return card(texts, [success(f"{done} {where}")])


def declined_card(texts: Texts, name: str) -> AdaptiveCard:
    """Say that a file was not wanted."""
    return card(texts, [note(texts("{name} was not saved.", name=_file(name)))])


def not_saved_card(texts: Texts, name: str, order: AnyOrder) -> AdaptiveCard:
    """Say that a file could not be saved, and offer to try again."""
    text = texts("{name} could not be saved to your OneDrive.", name=_file(name))
    buttons_below = buttons([opens(Host.IN_PLACE, _again(order), texts("Try again"))])
    return card(texts, [warning(text), *buttons_below])


def withheld(texts: Texts) -> str:
    """Say why there are no responses."""
    return texts("Answers are exported from three responses on, to keep them anonymous.")


def _again(order: AnyOrder) -> Envelope:
    if isinstance(order, BankOrder):
        return Envelope("bank.file", "", order.format, place_of(order).hidden())
    return Envelope("export.make", order.action_id, order.format)


def _top(of: Exported, setting: Setting) -> Iterator[CardElement]:
    if isinstance(of, BankPlace):
        yield label(setting.texts("Question bank"))
        return
    view, texts, action = of, setting.texts, of.action
    word = name_of(action.kind, texts)
    yield note(f"{word.upper()} · {responded_line(view, texts)}")
    yield from directed(action.content.title, [heading(action.content.title)])


def _about_formats(view: View, texts: Texts) -> Iterator[str]:
    """Say what is in each file."""
    kept = view.action.content.checklist
    if kept is None:
        yield texts("Excel: a sheet that sums up, and every response in a row of another.")
        yield texts("CSV: every response in a row, for any other program.")
    elif kept.individual:
        yield texts("Excel: a sheet that sums up, each person in a row, and the whole history.")
        yield texts("CSV: each person in a row, for any other program.")
    else:
        yield texts("Excel: a sheet that sums up, each item in a row, and the whole history.")
        yield texts("CSV: each item in a row as it stands, for any other program.")
    yield texts("JSON: everything, for a program of your own.")


def _formats(view: View, setting: Setting) -> Iterator[Action]:
    texts = setting.texts
    titles: dict[Format, str] = {
        "xlsx": texts("Excel"),
        "csv": texts("CSV"),
        "json": texts("JSON"),
    }
    for form in FORMATS:
        envelope = Envelope("export.make", view.action.id, form)
        yield opens(setting.host, envelope, titles[form])


def _way_back(of: Exported, setting: Setting) -> Iterator[Action]:
    if isinstance(of, BankPlace):
        back = Envelope("bank", hidden=of.hidden())
    else:
        back = Envelope("manage", of.action.id)
    yield opens(setting.host, back, setting.texts("Back"))


def _file(name: str) -> str:
    return plain(name, LONGEST_FILE_NAME)

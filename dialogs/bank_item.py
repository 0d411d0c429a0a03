"""One question of someone's bank: what is right, its name and tags, and deleting it."""

from collections.abc import Iterator

from microsoft_teams.cards.core import AdaptiveCard, CardElement, TextBlock

from actions.bank import MOST_TAGS, NAME_LIMIT, TAG_LIMIT, BankItem
from actions.banked import Banked
from actions.choice import Choice
from actions.either import YES
from actions.number import Number
from actions.quantity import Quantity, scaled
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import (
    Host,
    buttons,
    card,
    directed,
    fitting,
    heading,
    label,
    note,
    opens,
    said,
    submits,
    success,
    warning,
)
from cards.questions import picture
from cards.texts import Texts
from dialogs.bank import about_line, title_of
from dialogs.bank_place import BankPlace
from dialogs.inputs import text_field
from dialogs.screen import Screen, Setting

LONGEST = (1_000, 300, 100)
"""Characters of an option, the first number that makes the question fit its card."""

TAGS_LIMIT = MOST_TAGS * TAG_LIMIT
"""Characters of all tags."""


def item_screen(banked: Banked, place: BankPlace, setting: Setting) -> Screen:
    """Show a question with what is right, and the fields for its name and tags."""
    cards = (_item(banked, place, setting, longest) for longest in LONGEST)
    return Screen(setting.texts("Question bank"), fitting(cards), stays=True)


def delete_screen(banked: Banked, place: BankPlace, setting: Setting) -> Screen:
    """Ask whether a question shall really be deleted."""
    texts, host = setting.texts, setting.host
    title = title_of(banked)
    here = Envelope("bank.delete", banked.id, hidden=place.hidden())
    keep = Envelope("bank.open", banked.id, hidden=place.hidden())
    text = texts("Delete this question from your bank? Where it is asked already, it stays.")
    ways = [opens(host, here, texts("Delete for good")), opens(host, keep, texts("Keep"))]
    body = [*directed(title, [heading(title)]), warning(text), *buttons(ways)]
    return Screen(texts("Delete"), card(texts, body), stays=True)


def _item(banked: Banked, place: BankPlace, setting: Setting, longest: int) -> AdaptiveCard:
    texts, host, item = setting.texts, setting.host, banked.item
    question, hidden = item.question, place.hidden()
    save = Envelope("bank.save", banked.id, hidden=(*hidden, ("name", ""), ("tags", "")))
    ask = Envelope("bank.ask_delete", banked.id, hidden=hidden)
    body: list[CardElement] = [
        *([label(texts("Question bank"))] if host is Host.IN_PLACE else []),
        *([warning(setting.notice)] if setting.notice else []),
        *([success(setting.done)] if setting.done else []),
        note(plain(about_line(banked, texts))),
        *said(question.text, 4 * longest),
        *picture(question),
        *([note(plain(question.about.help, longest))] if question.about.help else []),
        *_right(item, texts, longest),
        *_explanation(item, texts, 4 * longest),
        *_fields(item, setting),
        *buttons([submits(host, save, texts("Save"), "positive")]),
        *buttons(
            [
                opens(host, ask, texts("Delete")),
                opens(host, Envelope("bank", hidden=hidden), texts("Back")),
            ]
        ),
    ]
    return card(texts, body)


def _right(item: BankItem, texts: Texts, longest: int) -> Iterator[CardElement]:
    """A sign says what is right, and the colour no more than that."""
    for text, is_right in _answers(item, texts):
        line = TextBlock(
            text=plain(f"{'✔' if is_right else '○'} {text}", longest),
            color="Good" if is_right else "Default",
            wrap=True,
            spacing="Small",
        )
        yield from directed(text, [line])
    if item.key.partial:
        yield note(texts("Part of the points for a part of what is right"))


def _answers(item: BankItem, texts: Texts) -> Iterator[tuple[str, bool]]:
    question, right = item.question, item.key.right
    match question, right:
        case Choice(), tuple():
            yield from ((option.text, option.id in right) for option in question.options)
        case Number(), int():
            yield _amount(question, right, item.key.tolerance, texts), True
        case _, tuple():
            yield from ((spelling, True) for spelling in right)
        case _:
            yield texts("True") if right == YES else texts("False"), True


def _amount(question: Number, right: int, tolerance: int, texts: Texts) -> str:
    amount, around = (
        texts.quantity(Quantity(scaled(one, question.decimals), question.unit))
        for one in (right, tolerance)
    )
    return f"{amount} ± {around}" if tolerance else amount


def _explanation(item: BankItem, texts: Texts, longest: int) -> Iterator[CardElement]:
    if item.key.explanation:
        yield label(texts("Explanation"))
        yield from said(item.key.explanation, longest)


def _fields(item: BankItem, setting: Setting) -> Iterator[CardElement]:
    """What was typed and refused is shown again."""
    texts = setting.texts
    values = {"name": item.name, "tags": ", ".join(item.tags), **setting.typed}
    called = texts("Name, which only you see")
    yield from text_field(setting, values, "name", called, NAME_LIMIT)
    yield from text_field(setting, values, "tags", texts("Tags, separated by commas"), TAGS_LIMIT)

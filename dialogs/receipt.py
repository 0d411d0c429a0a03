"""What stands once a form was handed in."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock

from actions.responses import Response, number_of
from actions.sheet import Receipt
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.parts import buttons, card, label, note, opens, success, warning
from cards.texts import Texts
from dialogs.fill import top
from dialogs.screen import Screen, Setting

NEWEST = 8
"""How many of someone's several responses the receipt lists."""


def receipt_screen(receipt: Receipt, setting: Setting) -> Screen:
    """Give what was handed in and when, and what can be done with it."""
    texts, action = setting.texts, receipt.action
    body = [
        *top(action, texts, is_open=receipt.is_open),
        *([warning(setting.notice)] if setting.notice else []),
        *_state(receipt, texts),
        *_several(receipt, setting),
        *buttons(_buttons(receipt, setting)),
    ]
    return Screen(name_of(action.kind, texts), card(texts, body), stays=True)


def _state(receipt: Receipt, texts: Texts) -> Iterator[CardElement]:
    if not receipt.own:
        yield note(texts("You have not handed anything in."))
        return
    yield success(_handed_in(receipt, texts))
    if receipt.action.settings.anonymous:
        yield note(texts("Nobody can trace it to you."))
    if receipt.is_open:
        yield note(_changes(receipt, texts))


def _handed_in(receipt: Receipt, texts: Texts) -> str:
    last = receipt.own[-1]
    if last.at is None:
        return texts("Handed in. Thank you!")
    moment = texts.moment(last.at, receipt.action.time_zone)
    return texts("Handed in {moment}. Thank you!", moment=moment)


def _changes(receipt: Receipt, texts: Texts) -> str:
    last = receipt.own[-1]
    if last.answers is None:
        return texts("Which answers are yours is no longer known, so they cannot be changed.")
    if receipt.may_edit(last):
        return texts("You can change it until it closes.")
    return texts("It cannot be changed.")


def _several(receipt: Receipt, setting: Setting) -> Iterator[CardElement]:
    """Each response is listed to its author, the newest first."""
    if receipt.action.settings.several and receipt.own:
        yield label(setting.texts("Your responses"))
        for response in reversed(receipt.own[-NEWEST:]):
            yield _own(response, receipt, setting)
        if len(receipt.own) > NEWEST:
            rest = len(receipt.own) - NEWEST
            every = Envelope("my_response", receipt.action.id)
            name = setting.texts.many("{count} more", "{count} more", rest)
            yield from buttons([opens(setting.host, every, name)])


def _own(response: Response, receipt: Receipt, setting: Setting) -> CardElement:
    texts, action = setting.texts, receipt.action
    number = number_of(response.slot, receipt.person)
    change = Envelope("fill.open", action.id, str(number))
    title = texts("Change response {number}", number=number)
    name = texts("Response {number}", number=number)
    if response.at is not None:
        name += f" · {texts.moment(response.at, action.time_zone)}"
    answers = look(action.kind).answer(action, response.answers or {}, texts)
    return Container(
        style="emphasis",
        rounded_corners=True,
        spacing="Small",
        select_action=opens(setting.host, change, title) if receipt.may_edit(response) else None,
        items=[
            TextBlock(text=name, weight="Bolder", wrap=True),
            TextBlock(text=answers, wrap=True, spacing="None"),
        ],
    )


def _buttons(receipt: Receipt, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = Envelope("fill.open", receipt.action.id, "1")
    several = receipt.action.settings.several
    if several and receipt.is_open and receipt.own:
        again = Envelope("fill.open", receipt.action.id, str(receipt.next_number))
        yield opens(host, again, texts("Answer again"))
    elif receipt.own and receipt.may_edit(receipt.own[-1]):
        yield opens(host, here, texts("Edit my response"))
    elif receipt.own:
        yield opens(host, here.with_verb("my_response"), texts("My response"))
    if receipt.sees_results:
        yield opens(host, here.with_verb("results"), texts("Results"))

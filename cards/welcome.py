"""What Muster says about itself, and the cards that invite to make something."""

from microsoft_teams.cards.core import (
    AdaptiveCard,
    CardElement,
    Container,
    SubmitAction,
    TextBlock,
)

from actions.plan import TITLE_LIMIT
from cards.envelope import Envelope
from cards.kinds import LOOKS, look
from cards.parts import Host, buttons, card, label, note, opens, success, warning
from cards.texts import Texts


def welcome(texts: Texts) -> AdaptiveCard:
    """Give the first message in someone's personal chat."""
    intro = texts(
        "I am Muster. Ask in the chat, answer with one tap, and see the result right there. "
        "Every answer is kept in your own organisation's database."
    )
    host = Host.IN_PLACE
    offered = [*_makes(texts, host), *_own(texts, host)]
    return card(texts, [label(texts("Welcome!")), _text(intro), *offered])


def help_card(texts: Texts, host: Host, notice: str = "") -> AdaptiveCard:
    """Give what can be written and pressed; `notice` says why help is shown unasked."""
    body: list[CardElement] = [
        *([note(notice)] if notice else []),
        label(texts("What I can do")),
        *_makes(texts, host),
        _text(texts("Or write to me:")),
        _text(texts("{words} – make one with a form", words=_words())),
        _text(texts("**poll Lunch? | Pizza | Sushi** – make a poll in one line")),
        _text(texts("**checklist Opening | Lights | Till** – make a checklist in one line")),
        _text(texts("**my actions** – your drafts and what you have posted (in our own chat)")),
        _text(texts("**bank** – the questions that you keep (in our own chat)")),
        _text(texts("**help** – this list")),
        note(
            texts(
                "In a group chat or channel, mention me first: @Muster poll. "
                "Or press + below the message field and choose Muster."
            )
        ),
        *_own(texts, host),
    ]
    return card(texts, body)


def invitation(texts: Texts, kind: str, host: Host, title: str) -> AdaptiveCard:
    """Give the card whose button opens the form that makes an action, the title filled in."""
    hidden = (("title", title[:TITLE_LIMIT]),) if title else ()
    create = Envelope("create", argument=kind, hidden=hidden)
    button = opens(host, create, texts(look(kind).phrases.make))
    text = texts("Press the button; you see it before it is posted.")
    return card(texts, [_text(text), *buttons([button])])


def message(texts: Texts, text: str) -> AdaptiveCard:
    """Give a card that says one thing that went wrong."""
    return card(texts, [warning(text)])


def confirmation(texts: Texts, text: str) -> AdaptiveCard:
    """Give a card that says one thing that was done."""
    return card(texts, [success(text)])


def introduction(texts: Texts) -> AdaptiveCard:
    """Give the first message in a chat or channel that the bot was added to."""
    text = texts(
        "Hello, I am Muster. Tap what you want to make, mention me with one of the words {words}, "
        "or press + below the message field.",
        words=_words(),
    )
    return card(texts, [_text(text), *_makes(texts, Host.CHAT)])


def install_first(texts: Texts) -> AdaptiveCard:
    """Give the dialog for a chat that the bot is not in: Teams itself adds it (teams.md §2)."""
    text = texts("To post here I must be part of this chat. Add me, and we go on.")
    button = SubmitAction(title=texts("Add Muster"), data={"msteams": {"justInTimeInstall": True}})
    return card(texts, [_text(text), *buttons([button])])


def _words() -> str:
    """Give what is written to make something, the same in every language."""
    return ", ".join(f"**{shape.name}**" for shape in LOOKS)


def _own(texts: Texts, host: Host) -> list[CardElement]:
    """Give what there is only in the personal chat."""
    if host is not Host.IN_PLACE:
        return []
    mine = opens(host, Envelope("mine"), texts("My actions"))
    return buttons([mine, opens(host, Envelope("help"), texts("Help"))])


def _makes(texts: Texts, host: Host) -> list[CardElement]:
    """Give a row to tap for each kind: rows fit a phone, however many there are."""
    return [
        Container(
            style="emphasis",
            rounded_corners=True,
            spacing="Small",
            select_action=opens(
                host, Envelope("create", argument=shape.name), texts(shape.phrases.make)
            ),
            items=[
                TextBlock(text=texts(shape.phrases.make), weight="Bolder", wrap=True),
                note(texts(shape.phrases.about)),
            ],
        )
        for shape in LOOKS
    ]


def _text(text: str) -> CardElement:
    return TextBlock(text=text, wrap=True)

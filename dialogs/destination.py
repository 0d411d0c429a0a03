"""Where something is posted: the chat that one is in, or from the personal chat another one."""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards.core import CardElement, Choice, ChoiceSetInput

from actions.places import Conversation, Scope
from cards.markdown import cut
from cards.parts import Host, note
from dialogs.screen import Setting

HERE = "here"
"""The value of posting in the chat where the form is."""

LONGEST_PLACE = 60
"""Characters of a chat's name in the list."""


def where_field(
    name: str, chosen: str, setting: Setting, destinations: Sequence[Conversation]
) -> Iterator[CardElement]:
    """Give the choice of a chat to post in; elsewhere than in place it is the chat one is in."""
    if setting.host is not Host.IN_PLACE:
        return
    texts = setting.texts
    choices = [Choice(title=place_name(place, setting), value=place.id) for place in destinations]
    yield ChoiceSetInput(
        id=name,
        label=texts("Post in"),
        value=chosen if chosen in {place.id for place in destinations} else HERE,
        choices=[Choice(title=texts("this chat"), value=HERE), *choices],
    )
    if not destinations:
        yield note(texts("Add me to a group chat or a team, and you can post there from here."))


def place_name(place: Conversation, setting: Setting) -> str:
    """Give what a chat is called, not escaped."""
    if place.scope is Scope.PERSONAL:
        return setting.texts("your chat with me")
    if place.name:
        return cut(place.name, LONGEST_PLACE)
    if place.scope is Scope.CHANNEL:
        return setting.texts("a channel")
    return setting.texts("a group chat")


def place_words(place: Conversation | None, setting: Setting) -> str:
    """Give what a chat is called, not escaped; nothing where that is not known."""
    return "" if place is None else place_name(place, setting)

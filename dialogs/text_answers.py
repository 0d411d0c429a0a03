"""What people answered to a question in their own words: whole texts, pages, search."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from microsoft_teams.cards.core import AdaptiveCard, CardElement, Container, TextBlock, TextInput

from actions.looking import FEW_TEXTS, TEXTS_PER_PAGE, TextAnswer, TextAnswers
from actions.responses import NOBODY
from cards.envelope import Envelope
from cards.markdown import paragraphs, plain
from cards.parts import buttons, card, directed, fitting, note, submits
from dialogs.close_up import above, asked, back_to_results, number_of, turns
from dialogs.place import Place
from dialogs.results import opens_response
from dialogs.screen import Screen, Setting

WHOLE = 4_000
"""Characters of the longest text (product.md §2)."""

LENGTHS = (WHOLE, 3_000, 1_500)
"""To how many characters a text is cut that is too long even for a card of its own."""


def texts_screen(found: TextAnswers, place: Place, setting: Setting) -> Screen:
    """Give the texts of a page past the first `place.skip`, as many as fit whole."""
    left = len(found.texts[place.skip :])
    many = (_card(found, place, count, WHOLE, setting) for count in range(left, 1, -1))
    one = (_card(found, place, 1, longest, setting) for longest in LENGTHS)
    return Screen(setting.texts("Results"), fitting(chain(many, one)))


def _card(
    found: TextAnswers, place: Place, count: int, longest: int, setting: Setting
) -> AdaptiveCard:
    view, upto = found.view, place.skip + count
    shown = [_text(found, one, longest, setting) for one in found.texts[place.skip : upto]]
    following, is_short = _following(found, place, upto)
    body = [
        *above(view, setting),
        *asked(view, found.question),
        *_search(found, place, setting),
        *(chain(*shown) if shown else _nothing(found, following, setting)),
        *turns(view, "texts", place, following, setting, is_short=is_short),
        *buttons([back_to_results(view, number_of(view, found.question), setting)]),
    ]
    return card(setting.texts, body)


def _following(found: TextAnswers, place: Place, upto: int) -> tuple[Place | None, bool]:
    """Give where the texts go on, and whether that is only to be looked for."""
    if upto < len(found.texts):
        return replace(place, skip=upto), False
    if not found.following:
        return None, False
    is_short = len(found.texts) < TEXTS_PER_PAGE
    return replace(place, start=found.following, skip=0), is_short


def _search(found: TextAnswers, place: Place, setting: Setting) -> Iterator[CardElement]:
    """A few texts need no search."""
    if not (found.search or place.start or place.skip or len(found.texts) > FEW_TEXTS):
        return
    texts = setting.texts
    yield TextInput(id="search", label=texts("Search in the texts"), value=found.search or None)
    fresh = Envelope("texts", found.view.action.id, Place(question=place.question).encode())
    yield from buttons([submits(setting.host, fresh, texts("Search"))])


def _text(
    found: TextAnswers, one: TextAnswer, longest: int, setting: Setting
) -> list[CardElement]:
    items: list[CardElement] = [TextBlock(text=paragraphs(one.words, longest), wrap=True)]
    if one.response.person != NOBODY:
        items.append(note(_whose(found, one, setting)))
    box = Container(
        style="emphasis",
        rounded_corners=True,
        spacing="Small",
        select_action=opens_response(found.view, one.response, setting),
        items=items,
    )
    return directed(one.words, [box])


def _whose(found: TextAnswers, one: TextAnswer, setting: Setting) -> str:
    texts, response = setting.texts, one.response
    name = plain(response.person.name, 100) or texts("Someone without a name")
    if response.at is None:
        return name
    return f"{name} · {texts.moment(response.at, found.view.action.time_zone)}"


def _nothing(
    found: TextAnswers, following: Place | None, setting: Setting
) -> Iterator[CardElement]:
    if following is None:
        texts = setting.texts
        none = texts("No text holds these words.") if found.search else texts("No texts yet.")
        yield note(none)

"""Choosing questions of one's bank for a quiz or a training."""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import AdaptiveCard, CardElement, Choice, ChoiceSetInput

from actions.action import Draft
from actions.banking import BankListing
from cards.envelope import Envelope
from cards.parts import buttons, card, fitting, note, submits
from dialogs.bank import (
    FITS,
    about_line,
    heading,
    nothing,
    place_of,
    search_fields,
    title_of,
)
from dialogs.bank_place import SEARCH
from dialogs.screen import Screen, Setting, note_problem

CHOSEN = "chosen"
"""The field with the questions of this page that are ticked."""

LONGEST_CHOICE = 200
"""Characters of a question among those to choose from."""


def pick_screen(
    draft: Draft, listing: BankListing, picked: Sequence[str], setting: Setting
) -> Screen:
    """Give a page of the list to tick questions on; `picked` are ticked, here or elsewhere."""
    cards = (_pick(draft, listing, picked, setting, tags) for tags, _ in FITS)
    return Screen(setting.texts("Question bank"), fitting(cards), stays=True)


def _pick(
    draft: Draft, listing: BankListing, picked: Sequence[str], setting: Setting, tags: int
) -> AdaptiveCard:
    texts, host = setting.texts, setting.host
    search = list(search_fields(listing, setting, tags))
    find = submits(host, _here(draft, listing, "build.pick"), texts("Search"))
    body: list[CardElement] = [
        *heading(listing, setting),
        *note_problem(setting, "add"),
        *search,
        *(buttons([find]) if search else []),
        *_choices(listing, picked, setting),
        *_elsewhere(listing, picked, setting),
        *buttons(_pages(draft, listing, setting)),
        *buttons(_ways_on(draft, listing, setting)),
    ]
    return card(texts, body)


def _choices(
    listing: BankListing, picked: Sequence[str], setting: Setting
) -> Iterator[CardElement]:
    texts, items = setting.texts, listing.page.items
    if not items:
        yield note(nothing(listing, texts))
        return
    yield ChoiceSetInput(
        id=CHOSEN,
        label=texts("Questions to add"),
        is_multi_select=True,
        style="expanded",
        wrap=True,
        value=",".join(banked.id for banked in items if banked.id in picked) or None,
        choices=[
            Choice(
                title=f"{title_of(banked, LONGEST_CHOICE)} ({about_line(banked, texts)})",
                value=banked.id,
            )
            for banked in items
        ],
    )


def _elsewhere(
    listing: BankListing, picked: Sequence[str], setting: Setting
) -> Iterator[CardElement]:
    here = {banked.id for banked in listing.page.items}
    count = len(set(picked) - here)
    if count:
        yield note(
            setting.texts.many(
                "{count} more is ticked on other pages.",
                "{count} more are ticked on other pages.",
                count,
            )
        )


def _pages(draft: Draft, listing: BankListing, setting: Setting) -> Iterator[Button]:
    texts, host = setting.texts, setting.host
    if listing.after:
        yield submits(host, _here(draft, listing, "build.pick", ""), texts("First page"))
    if listing.page.following:
        following = _here(draft, listing, "build.pick", listing.page.following)
        yield submits(host, following, texts("Next page"))


def _ways_on(draft: Draft, listing: BankListing, setting: Setting) -> Iterator[Button]:
    texts, host = setting.texts, setting.host
    if listing.counts.items:
        here = _here(draft, listing, "build.picked")
        yield submits(host, here, texts("Add the questions"), "positive")
    yield submits(host, _here(draft, listing, "build.unpicked"), texts("Back to the list"))


def _here(draft: Draft, listing: BankListing, verb: str, after: str | None = None) -> Envelope:
    """Say of which questions the ticks are on the card, and which state of the draft was seen."""
    place = place_of(listing)
    hidden = {
        **dict(place.searched(after)),
        CHOSEN: "",
        "page": " ".join(banked.id for banked in listing.page.items),
        "seen": draft.updated_at.isoformat() if draft.updated_at else "",
        "edits": draft.edits,
    }
    named = tuple((name, value) for name, value in hidden.items() if value or name in _CLEARED)
    return Envelope(verb, draft.id, draft.kind, named)


_CLEARED = frozenset({SEARCH, CHOSEN})
"""Fields that clients leave out when they are cleared."""

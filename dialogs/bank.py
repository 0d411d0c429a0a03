"""Someone's question bank: the list, and the buttons that lead to it from elsewhere."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import (
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    TextBlock,
    TextInput,
)

from actions.action import Draft
from actions.banked import BankCounts, Banked
from actions.banking import MOST_ITEMS, PER_PAGE, BankListing
from actions.presets import preset_of
from cards.envelope import Envelope
from cards.markdown import cut, plain
from cards.parts import (
    LONGEST_LABEL,
    Host,
    buttons,
    card,
    fitting,
    label,
    note,
    opens,
    submits,
    success,
    warning,
)
from cards.texts import Texts, is_right_to_left
from dialogs.bank_place import A_TAG, EVERY_TAG, SEARCH, TAG, BankPlace
from dialogs.presets import signed_name
from dialogs.screen import Screen, Setting

LONGEST_TEXT = 120
"""Characters of a question, and of its tags, in its row."""

FITS = ((60, LONGEST_TEXT), (25, LONGEST_TEXT), (10, 60), (5, 30))
"""How many tags there are to choose from, and how long a row's texts are: the first that fit."""


def bank_button(draft: Draft, setting: Setting) -> Button:
    """Give the button that keeps a form and offers questions of the bank to add to it."""
    here = Envelope("build.bank", draft.id, draft.kind, _edits(draft))
    return submits(setting.host, here, setting.texts("From the question bank"))


def keep_button(draft: Draft, question_id: str, setting: Setting) -> Button:
    """Give the button that keeps a form, and one of its questions in the bank."""
    hidden = (("of", question_id), *_edits(draft))
    here = Envelope("build.keep", draft.id, draft.kind, hidden)
    return submits(setting.host, here, setting.texts("Keep in the question bank"))


def bank_screen(listing: BankListing, setting: Setting) -> Screen:
    """Give a page of the list."""
    cards = (_bank(listing, setting, tags, longest) for tags, longest in FITS)
    return Screen(setting.texts("Question bank"), fitting(cards), stays=True)


def place_of(listing: BankListing) -> BankPlace:
    """Give where a page of the list is."""
    return BankPlace(listing.selection.search, listing.selection.tag, listing.after)


def search_fields(listing: BankListing, setting: Setting, tags: int) -> Iterator[CardElement]:
    """Give the fields to look for something by, with so many tags; a short list has none."""
    texts, place = setting.texts, place_of(listing)
    if listing.counts.items <= PER_PAGE and not (place.search or place.tag):
        return
    what = texts("Search in names, questions, options and tags")
    yield TextInput(id=SEARCH, label=what, value=place.search or None)
    if listing.counts.tags:
        yield ChoiceSetInput(
            id=TAG,
            label=texts("Tag"),
            style="compact",
            value=f"{A_TAG}{place.tag}" if place.tag else EVERY_TAG,
            choices=[
                Choice(title=texts("All tags"), value=EVERY_TAG),
                *_tag_choices(listing.counts, place.tag, tags),
            ],
        )


def heading(listing: BankListing, setting: Setting) -> Iterator[CardElement]:
    """Give what stands above a list: what was done, and how many there are."""
    texts, count = setting.texts, listing.counts.items
    if setting.host is Host.IN_PLACE:
        yield label(texts("Question bank"))
    if setting.notice:
        yield warning(setting.notice)
    if setting.done:
        yield success(setting.done)
    if count:
        yield note(texts.many("{count} question", "{count} questions", count))
    if count >= MOST_ITEMS:
        yield note(texts("That is as many as a bank holds. Delete some to make room."))


def nothing(listing: BankListing, texts: Texts) -> str:
    """Say why a page of the list is empty, and what to do."""
    if listing.counts.items:
        return texts("No question fits. Search for something else, or choose all tags.")
    return texts(
        "Nothing here yet. What you keep here can be asked again in any quiz or training. Import "
        "a file from Excel or Moodle, or press “Keep in the question bank” at a question of a "
        "quiz."
    )


def about_line(banked: Banked, texts: Texts, longest: int = LONGEST_TEXT) -> str:
    """Give what sort of question it is, its points and tags, not escaped."""
    item = banked.item
    parts = [
        signed_name(preset_of(item.question).name, texts, marks=True),
        texts.many("{count} point", "{count} points", item.key.points),
        cut(", ".join(item.tags), longest),
    ]
    return " · ".join(part for part in parts if part)


def title_of(banked: Banked, longest: int = LONGEST_TEXT) -> str:
    """Give a question on one line, after what its owner calls it, not escaped."""
    item = banked.item
    words = f"{item.name}: {item.question.text}" if item.name else item.question.text
    return cut(" ".join(words.split()), longest)


def _bank(listing: BankListing, setting: Setting, tags: int, longest: int) -> AdaptiveCard:
    texts, place = setting.texts, place_of(listing)
    search = list(search_fields(listing, setting, tags))
    find = submits(setting.host, Envelope("bank", hidden=place.searched()), texts("Search"))
    rows = [_row(banked, place, setting, longest) for banked in listing.page.items]
    body: list[CardElement] = [
        *heading(listing, setting),
        *search,
        *(buttons([find]) if search else []),
        *(rows or [note(nothing(listing, texts))]),
        *buttons(_pages(listing, setting)),
        *buttons(_ways_on(listing, setting)),
    ]
    return card(texts, body)


def _row(banked: Banked, place: BankPlace, setting: Setting, longest: int) -> CardElement:
    here = Envelope("bank.open", banked.id, hidden=place.hidden())
    asked = title_of(banked, longest)
    title = cut(asked, LONGEST_LABEL)
    words = TextBlock(text=plain(asked), weight="Bolder", wrap=True)
    return Container(
        style="emphasis",
        show_border=True,
        rounded_corners=True,
        spacing="Small",
        rtl=True if is_right_to_left(title) else None,
        select_action=opens(setting.host, here, title),
        items=[words, note(plain(about_line(banked, setting.texts, longest)))],
    )


def _pages(listing: BankListing, setting: Setting) -> Iterator[Button]:
    texts, host, place = setting.texts, setting.host, place_of(listing)
    if listing.after:
        yield opens(host, Envelope("bank", hidden=place.hidden("")), texts("First page"))
    if listing.page.following:
        following = Envelope("bank", hidden=place.hidden(listing.page.following))
        yield opens(host, following, texts("Next page"))


def _ways_on(listing: BankListing, setting: Setting) -> Iterator[Button]:
    texts, host, place = setting.texts, setting.host, place_of(listing)
    yield opens(host, Envelope("bank.import"), texts("Import"))
    yield opens(host, Envelope("bank.export", hidden=place.hidden()), texts("Export"))
    if host is Host.IN_PLACE:
        yield opens(host, Envelope("mine"), texts("My actions"))


def _tag_choices(counts: BankCounts, chosen: str, most: int) -> Iterator[Choice]:
    """Give the tags that most questions have, in their order, and the chosen one."""
    used = sorted(counts.tags, key=lambda tag: -counts.tags[tag])[:most]
    shown = [tag for tag in counts.tags if tag in used or tag == chosen]
    if chosen and chosen not in shown:
        shown.append(chosen)
    for tag in shown:
        title = f"{cut(tag, LONGEST_LABEL)} ({counts.tags.get(tag, 0)})"
        yield Choice(title=title, value=f"{A_TAG}{tag}")


def _edits(draft: Draft) -> tuple[tuple[str, str], ...]:
    return (("edits", draft.edits),) if draft.edits else ()

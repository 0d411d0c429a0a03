"""How a lesson is shown: its heading, pictures, text and links, screen by screen if it is long."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from microsoft_teams.cards.core import (
    CardElement,
    Carousel,
    CarouselPage,
    Container,
    Image,
    OpenUrlAction,
    TeamsImageProperties,
    TextBlock,
)

from actions.lesson import Lesson
from actions.material import MOST_PICTURES, Link, Picture, Sort
from actions.questions import Answer
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing
from cards.markdown import cut, paragraphs, plain
from cards.parts import directed, heading, note, room_of
from cards.rich_text import blocks
from cards.texts import Texts

ROOM: Final = 14_000
"""Characters of JSON that a lesson takes of a card at most; what frames it takes the rest."""

_MOST_PICTURED: Final = 7_000
"""Characters of pictures that are turned over together: they are there twice, for old clients."""

_SIGNS: Final[Mapping[Sort, str]] = {"video": "▶", "document": "📄", "page": "🔗"}


def _no_address(link_id: str) -> str:
    """Leave a link as it is."""
    del link_id
    return ""


def lesson_elements(
    lesson: Lesson,
    texts: Texts,
    *,
    address: Callable[[str], str] = _no_address,
    opened: Collection[str] = (),
    part: int = 0,
    room: int = ROOM,
) -> tuple[list[CardElement], bool]:
    """Give one part of a lesson, from 0, and whether more follow.

    The number comes from a button: past the end it is the last part. `address` gives what a link
    opens by its id, its own address where that is empty; `opened` are those opened before, as
    `actions.attempts` names them. `room` is at least 8,000 characters.
    """
    about = lesson.about
    first = (Picture(about.image, about.image_alt),) if about.image else ()
    units = [
        *_pictures(lesson.text, (*first, *lesson.pictures), texts),
        *blocks(lesson.body),
        *([note(paragraphs(about.help))] if about.help else ()),
        *_links(lesson, texts, address, opened),
    ]
    screens = _screens(units, room)
    shown = min(max(part, 0), len(screens) - 1)
    where = texts("Part {number} of {total}", number=shown + 1, total=len(screens))
    elements = [
        *directed(lesson.text, [heading(lesson.text)]),
        *([note(where)] if len(screens) > 1 else ()),
        *screens[shown],
    ]
    return elements, shown + 1 < len(screens)


def inputs(lesson: Lesson, asking: Asking) -> Iterator[CardElement]:
    """Give how a lesson begins, to look at: nothing is asked."""
    texts = asking.texts
    units = [
        *_pictures(lesson.text, lesson.pictures, texts),
        *blocks(lesson.body),
        *_links(lesson, texts, _no_address, ()),
    ]
    shown, *more = _screens(units, min(ROOM, 14 * asking.longest))
    yield heading(asking.label, asking.longest)
    yield from shown
    if more:
        yield note(texts("It goes on: people read the rest on further screens."))


def result(lesson: Lesson, tallied: Tallied, showing: Showing) -> tuple[CardElement, ...]:
    """Give nothing: nobody answers a lesson."""
    del lesson, tallied, showing
    return ()


def headline(lesson: Lesson, tallied: Tallied, texts: Texts) -> str:
    """Give that there is nothing to count."""
    del lesson, tallied
    return texts("to read")


def tabled(lesson: Lesson, tallied: Tallied, texts: Texts) -> tuple[Fact, ...]:
    """Give nothing."""
    del lesson, tallied, texts
    return ()


def answer(lesson: Lesson, given: Answer, texts: Texts) -> str:
    """Give nothing."""
    del lesson, given, texts
    return ""


def _screens(units: Iterable[CardElement], room: int) -> list[list[CardElement]]:
    """Spread units over as few screens as hold them, one screen at least."""
    screens: list[list[CardElement]] = [[]]
    left = room
    for unit in units:
        weight = room_of(unit)
        if weight > left and screens[-1]:
            screens.append([])
            left = room
        screens[-1].append(unit)
        left -= weight
    return screens


def _pictures(title: str, pictures: Sequence[Picture], texts: Texts) -> Iterator[CardElement]:
    """Give one picture as it is, several to be turned over, or below each other in old clients."""
    shown = [_picture(title, pictures, number, texts) for number in range(len(pictures))]
    for group in _groups(shown):
        if len(group) == 1:
            yield Container(items=group[0])
            continue
        stacked = [element for items in group for element in items]
        yield Carousel(
            pages=[CarouselPage(items=items) for items in group],
            fallback=Container(items=stacked),
        )


def _picture(
    title: str, pictures: Sequence[Picture], number: int, texts: Texts
) -> list[CardElement]:
    picture, name = pictures[number], cut(" ".join(title.split()), 100)
    which = {"number": number + 1, "total": len(pictures), "title": name}
    alone = len(pictures) == 1
    unnamed = name if alone else texts("Picture {number} of {total}: {title}", **which)
    image = Image(
        url=picture.address,
        alt_text=picture.caption or unnamed,
        size="Stretch",
        msteams=TeamsImageProperties(allow_expand=True),
    )
    caption = plain(picture.caption)
    return [image, *(directed(caption, [note(caption)]) if caption else ())]


def _groups(shown: Iterable[list[CardElement]]) -> Iterator[list[list[CardElement]]]:
    """Give pictures in groups that Teams can turn over and a screen can hold."""
    group: list[list[CardElement]] = []
    left = 0
    for items in shown:
        weight = 2 * sum(room_of(element) for element in items)
        if group and (weight > left or len(group) == MOST_PICTURES):
            yield group
            group = []
        left = (left if group else _MOST_PICTURED) - weight
        group.append(items)
    if group:
        yield group


def _links(
    lesson: Lesson,
    texts: Texts,
    address: Callable[[str], str],
    opened: Collection[str],
) -> Iterator[CardElement]:
    """Give each link as a row to tap: the names of buttons are cut on phones, rows are not."""
    for link in lesson.links:
        mark = "✔ " if f"{lesson.id}.{link.id}" in opened else ""
        title = f"{mark}{_SIGNS[link.sort]} {_named(link, link.name, texts)}"
        shown = f"{mark}{_SIGNS[link.sort]} {_named(link, plain(link.name), texts)}"
        yield Container(
            items=[TextBlock(text=shown, weight="Bolder", wrap=True)],
            select_action=OpenUrlAction(title=title, url=address(link.id) or link.address),
            show_border=True,
            rounded_corners=True,
            spacing="Small",
        )


def _named(link: Link, name: str, texts: Texts) -> str:
    match link.sort:
        case "video":
            return texts("Video: {name}", name=name)
        case "document":
            return texts("Document: {name}", name=name)
        case "page":
            return texts("Page: {name}", name=name)

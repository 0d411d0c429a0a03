"""Choosing people of an action's chats: who else manages it, and who checks a checklist."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from microsoft_teams.cards.core import CardElement, Column, ColumnSet, TextBlock

from actions.people import Person
from actions.viewing import People
from cards.envelope import Envelope
from cards.markdown import cut
from cards.parts import (
    buttons,
    card,
    directed,
    fitting,
    heading,
    label,
    note,
    opens,
    success,
    tile,
    warning,
)
from cards.ticks import person_name
from dialogs.place import Place
from dialogs.results import search_by_name, turns_of_people
from dialogs.screen import Screen, Setting

LONGEST_HEADING: Final = 200
"""Characters of the title above."""

LENGTHS: Final = (60, 30, 15)
"""To how many characters names are cut, the first that makes a page fit."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a tap beside a name does: its verb, its word, and that with the name, for who hears."""

    verb: str
    word: str
    heard: Callable[[str], str]


def co_creators_screen(people: People, setting: Setting) -> Screen:
    """Give who manages an action beside its creator, and a page of who else could."""
    texts, action = setting.texts, people.view.action
    remove = _Deed(
        "co_creators.remove", texts("Remove"), lambda name: texts("Remove {name}", name=name)
    )
    add = _Deed("co_creators.add", texts("Add"), lambda name: texts("Add {name}", name=name))
    also = texts("That goes for what is posted of the series from now on, too.")
    theirs = {person.key for person in (action.creator, *action.co_creators)}

    def body(longest: int) -> Iterator[CardElement]:
        yield note(texts("They can do all that you can: edit, close, remind, export, delete."))
        if action.series:
            yield note(also)
        yield label(texts("Co-creators"))
        for person in action.co_creators:
            yield _row(people, person, remove, setting, longest)
        if not action.co_creators:
            yield note(texts("Nobody yet."))
        yield from _others(people, setting, add, theirs, longest)

    return _screen(texts("Co-creators"), people, setting, body)


def checker_screen(people: People, setting: Setting) -> Screen:
    """Give who checks what is done on a list, and a page of who could instead."""
    texts, kept = setting.texts, people.view.action.content.checklist
    checker = kept.checker if kept is not None else None
    choose = _Deed(
        "checker.choose", texts("Choose"), lambda name: texts("Choose {name}", name=name)
    )

    def body(longest: int) -> Iterator[CardElement]:
        yield label(texts("Who checks what was done"))
        name = person_name(checker.name, texts) if checker is not None else texts("nobody")
        yield TextBlock(text=name, wrap=True)
        yield note(
            texts("What is ticked counts once they have looked. What they found right stays.")
        )
        theirs = {checker.key} if checker is not None else set[str]()
        yield from _others(people, setting, choose, theirs, longest)

    return _screen(texts("Who checks"), people, setting, body)


def left_screen(setting: Setting) -> Screen:
    """Say to someone that they gave up managing something."""
    texts = setting.texts
    body = [success(texts("You do not manage this any more."))]
    return Screen(texts("Co-creators"), card(texts, body))


def _screen(
    title: str, people: People, setting: Setting, body: Callable[[int], Iterable[CardElement]]
) -> Screen:
    above, here = list(_top(people, setting)), Envelope("manage", people.view.action.id)
    below = buttons([opens(setting.host, here, setting.texts("Back"))])
    shown = (card(setting.texts, [*above, *body(longest), *below]) for longest in LENGTHS)
    return Screen(title, fitting(shown))


def _top(people: People, setting: Setting) -> Iterator[CardElement]:
    title = people.view.action.content.title
    yield from directed(title, [heading(title, LONGEST_HEADING)])
    if setting.notice:
        yield warning(setting.notice)
    if setting.done:
        yield success(setting.done)


def _others(
    people: People, setting: Setting, deed: _Deed, without: Collection[str], longest: int
) -> Iterator[CardElement]:
    """Give a page of the people in the chat, the search for them, and the ways to other pages."""
    texts, verb = setting.texts, deed.verb.partition(".")[0]
    page = [one.person for one in people.page.responses]
    shown = [person for person in page if person.key not in without]
    yield label(texts("People in the chat"))
    yield from search_by_name(people, setting, verb)
    for person in shown:
        yield _row(people, person, deed, setting, longest)
    if not shown:
        yield note(_nobody(people, setting))
    yield from buttons(turns_of_people(people, setting, verb))


def _nobody(people: People, setting: Setting) -> str:
    texts = setting.texts
    if people.view.action.audience is None:
        return texts("Who is in the chat is not known yet. Try again in a moment.")
    if people.search:
        return texts("Nobody of that name.")
    return texts("Nobody else is here.")


def _row(
    people: People, person: Person, deed: _Deed, setting: Setting, longest: int
) -> CardElement:
    """Give someone's name, and beside it what to tap for them."""
    here = Envelope(deed.verb, people.view.action.id, Place(slot=person.key).encode())
    heard = deed.heard(cut(" ".join(person.name.split()), longest))
    name = TextBlock(text=person_name(person.name, setting.texts, longest), wrap=True)
    word = TextBlock(text=deed.word, color="Accent", horizontal_alignment="Center")
    columns = [
        Column(width="stretch", vertical_content_alignment="Center", items=[name]),
        tile([word], "emphasis", opens(setting.host, here, heard), width="auto"),
    ]
    return ColumnSet(columns=columns, spacing="Small")

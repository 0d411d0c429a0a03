"""The results of a checklist that all share: how far it is, who did what, what was not done."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock

from actions.checklist_results import Shared, by_person, missed
from actions.people import Person
from actions.questions import Question
from actions.rows import Row, progress
from actions.ticking import checklist_of
from actions.ticks import State, Wish
from actions.viewing import Shown
from cards.asking import Showing, bar_row, facts
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import buttons, card, directed, fitting, label, note, opens, said
from cards.texts import Texts
from cards.ticks import SIGNS, follow_up, told
from dialogs.one_response import Frame, answers_screen
from dialogs.place import Place
from dialogs.reminding import remind_again
from dialogs.results import HIDDEN, LONGEST_NAME, bottom, top
from dialogs.screen import Screen, Setting

LENGTHS: Final = (300, 120, 60, 30)
"""To how many characters texts are cut, the first that makes a page fit."""

LONGEST_ITEM: Final = 500
"""Characters of an item above the reason why it was not done."""

FEW: Final = 5
"""How many people, and items that were not done, stand in the summary."""

PEOPLE_PER_PAGE: Final = 20
"""How many people one page names with what they did."""


def shared_screen(found: Shared, setting: Setting) -> Screen:
    """Give how far the list is, the first of those who did most, and of what was not done."""
    texts, view = setting.texts, found.view
    is_open = any(not row.is_settled for row in found.rows)

    def body(longest: int) -> list[CardElement]:
        is_seen = view.shown is Shown.YES
        return [
            *top(view, setting, "results"),
            *said(view.action.content.description, longest * 3),
            *([] if is_seen else [note(texts(HIDDEN[view.shown]))]),
            *(_summary(found, setting, longest) if is_seen else []),
            *remind_again(view, found.reminded, setting, is_anyone=is_open),
            *bottom(view, setting),
        ]

    return Screen(texts("Results"), fitting(card(texts, body(longest)) for longest in LENGTHS))


def done_by_screen(found: Shared, place: Place, setting: Setting) -> Screen:
    """Give a page of who brought how many items to the state that they are in."""
    texts, everyone = setting.texts, by_person(found.rows)
    first = min(place.first, max(len(everyone) - 1, 0)) // PEOPLE_PER_PAGE * PEOPLE_PER_PAGE
    page = everyone[first : first + PEOPLE_PER_PAGE]
    body = [
        *top(found.view, setting, "done_by"),
        *(_bars(page, found, texts) if page else [note(texts("Nobody has ticked anything yet."))]),
        *buttons(_turns(found, "done_by", first, len(everyone), setting)),
        *bottom(found.view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def missed_screen(found: Shared, place: Place, setting: Setting) -> Screen:
    """Give what was not done, each with its whole reason and who follows up, as many as fit."""
    view, texts = found.view, setting.texts
    above, below = list(top(view, setting, "missed")), list(bottom(view, setting))
    rows = {row.item.id: row for row in missed(found.rows)}
    if not rows:
        nothing = note(texts("Nothing was marked as not done."))
        return Screen(texts("Results"), card(texts, [*above, nothing, *below]))

    def block(item: Question, longest: int) -> CardElement:
        return _missed(rows[item.id], found, texts, LONGEST_ITEM, longest)

    items = [row.item for row in rows.values()]
    frame = Frame(above, below, "missed", place, of_items=True)
    return answers_screen(view, items, block, frame, setting)


def _summary(found: Shared, setting: Setting, longest: int) -> Iterator[CardElement]:
    texts = setting.texts
    yield from _figures(found, texts)
    everyone, undone = by_person(found.rows), missed(found.rows)
    if everyone:
        yield label(texts("Who ticked how many"))
        yield from _bars(everyone[:FEW], found, texts)
        yield from _more(found, "done_by", len(everyone), setting)
    if undone:
        yield label(texts("Not done"))
        yield from (_missed(row, found, texts, longest, longest) for row in undone[:FEW])
        yield from _more(found, "missed", len(undone), setting)


def _figures(found: Shared, texts: Texts) -> Iterator[CardElement]:
    reached = progress(found.rows)
    overdue = sum(row.is_overdue for row in found.rows)
    yield facts(
        [
            (texts("done"), texts.number(reached.done)),
            (texts("open"), texts.number(reached.open)),
            (texts("overdue"), texts.number(overdue)),
        ]
    )
    others = [
        (texts("not done"), texts.number(reached.not_done)),
        (texts("not applicable"), texts.number(reached.not_applicable)),
    ]
    if checklist_of(found.view.action.content).checker is not None:
        others.append((texts("to be checked"), texts.number(reached.waiting)))
    yield facts(others)


def _bars(
    page: tuple[tuple[Person, int], ...], found: Shared, texts: Texts
) -> Iterator[CardElement]:
    """Give each person's part of all that was ticked."""
    ticked = sum(row.tick is not None for row in found.rows)
    showing = Showing(texts, LONGEST_NAME)
    for person, count in page:
        name = person.name.strip() or texts("Someone without a name")
        yield bar_row(name, count, count / ticked, showing)


def _missed(
    row: Row, found: Shared, texts: Texts, longest: int, longest_reason: int
) -> CardElement:
    wish = row.tick.wish if row.tick is not None else Wish(State.OPEN)
    name = f"{SIGNS[State.NOT_DONE]} {plain(row.item.text, longest)}"
    # What it is stands above all of them already.
    _, *pieces = told(row, found.view.action.time_zone, texts)
    section = [plain(row.item.section)] if row.item.section else []
    followed = follow_up(wish.owner, wish.due, texts)
    items = [
        *directed(row.item.text, [TextBlock(text=name, weight="Bolder", wrap=True)]),
        *said(wish.reason, longest_reason),
        note(" · ".join([*section, *pieces])),
        *([note(followed)] if followed else []),
    ]
    return Container(items=items, spacing="Medium")


def _more(found: Shared, verb: str, count: int, setting: Setting) -> Iterator[CardElement]:
    """Give the button to all of them, where there are more than the first few."""
    if count > FEW:
        here = Envelope(verb, found.view.action.id)
        title = setting.texts.many("All {count}", "All {count}", count)
        yield from buttons([opens(setting.host, here, title)])


def _turns(found: Shared, verb: str, first: int, count: int, setting: Setting) -> Iterator[Action]:
    texts, here = setting.texts, Envelope(verb, found.view.action.id)
    before, after = first - PEOPLE_PER_PAGE, first + PEOPLE_PER_PAGE
    if first:
        place = Place(first=before).encode()
        yield opens(setting.host, here.with_verb(verb, place), texts("Previous page"))
    if after < count:
        place = Place(first=after).encode()
        yield opens(setting.host, here.with_verb(verb, place), texts("Next page"))

"""The results of a checklist of which everybody has their own: who is through, who did what."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock

from actions.checklist_results import OfItem, OneList, PeopleFigures, last_tick, people_figures
from actions.errors import NotFound
from actions.questions import Question
from actions.responses import Response
from actions.rows import Row
from actions.ticking import REASON_LIMIT
from actions.ticks import State, Tick, Wish
from actions.viewing import PEOPLE_PER_PAGE, People, Shown, View
from cards.asking import Showing, facts, figures_row
from cards.envelope import Envelope
from cards.markdown import cut, plain
from cards.parts import (
    LONGEST_LABEL,
    buttons,
    card,
    directed,
    fitting,
    label,
    note,
    opens,
    said,
    submits,
    success,
)
from cards.progress import how_far
from cards.texts import Texts
from cards.ticks import SIGNS, STATES, follow_up, person_name, state_name, state_of, told
from dialogs import close_up
from dialogs.checklist_item import RIGHT, WRONG
from dialogs.inputs import text_field
from dialogs.one_response import Frame, answers_screen
from dialogs.place import Place
from dialogs.reminding import remind_missing
from dialogs.results import HIDDEN, bottom, person_row, search_by_name, top
from dialogs.screen import Screen, Setting

LONGEST_ITEM: Final = 300
"""Characters of an item in its row, or above who did it."""

LONGEST_DESCRIPTION: Final = 1_000

LENGTHS: Final = (300, 100, 30)
"""To how many characters reasons are cut, the first that makes a page fit."""


def overview_screen(view: View, place: Place, setting: Setting) -> Screen:
    """Give how many are through, and of each item how many did it, as many as fit."""
    texts = setting.texts
    above = [
        *top(view, setting, "results"),
        *said(view.action.content.description, LONGEST_DESCRIPTION),
    ]
    below = list(bottom(view, setting))
    if view.shown is not Shown.YES:
        hidden = note(texts(HIDDEN[view.shown]))
        return Screen(texts("Results"), card(texts, [*above, hidden, *below]))
    known = people_figures(view)
    above += [_figures(known, texts), label(texts("How many did each item"))]

    def block(item: Question, longest: int) -> CardElement:
        return _item_row(view, item, min(longest, LONGEST_ITEM), setting)

    frame = Frame(above, below, "results", place, of_items=True)
    return answers_screen(view, view.action.content.questions, block, frame, setting)


def finished_screen(people: People, setting: Setting) -> Screen:
    """Give a page of those who have nothing left to do."""
    return _people_screen(people, setting, "responded", setting.texts("Nobody yet."))


def under_way_screen(people: People, setting: Setting) -> Screen:
    """Give a page of those who have begun, with how far they are."""
    return _people_screen(people, setting, "under_way", setting.texts("Nobody is at it."))


def waiting_screen(people: People, setting: Setting) -> Screen:
    """Give a page of those who are expected and have ticked nothing."""
    empty = setting.texts("Everyone has begun.")
    if people.view.action.audience is None:
        empty = setting.texts("Who is expected to respond is not known here.")
    return _people_screen(people, setting, "not_responded", empty)


def list_screen(found: OneList, place: Place, setting: Setting) -> Screen:
    """Give somebody's own list, with the ways to the ones before and after it."""
    name = found.response.person.name
    who = directed(name, [label(person_name(name, setting.texts))])
    above = [*close_up.above(found.view, setting), *_said(setting), *who]
    ways = [*buttons(_neighbours(found, setting)), *buttons(_ways_back(found.view, setting))]
    frame = Frame(above, ways, "response", place, of_items=True)
    return _list_screen(found, frame, setting, checks=found.checks)


def refuse_screen(found: OneList, place: Place, setting: Setting) -> Screen:
    """Ask what is not right about an item of somebody's own list. Raises NotFound."""
    texts, name = setting.texts, found.response.person.name
    row = next((row for row in found.rows if row.item.id == place.question), None)
    if row is None:
        raise NotFound("item_gone")
    here = Envelope("response.check", found.view.action.id)
    send = here.with_verb("response.check", replace(place, bucket=WRONG).encode())
    back = here.with_verb("response", replace(place, question="", bucket="").encode())
    title, why = texts("Not right: open again"), texts("What is not right?")
    body = [
        *close_up.above(found.view, setting),
        *directed(name, [label(person_name(name, texts))]),
        *said(row.item.text, LONGEST_ITEM),
        *text_field(setting, setting.typed, "reason", why, REASON_LIMIT, lines=True),
        *buttons(
            [
                submits(setting.host, send, title, "positive"),
                opens(setting.host, back, texts("Back")),
            ]
        ),
    ]
    return Screen(title, card(texts, body))


def own_list_screen(found: OneList, place: Place, setting: Setting) -> Screen:
    """Give the viewer's own list."""
    above, below = list(top(found.view, setting, "my_response")), list(bottom(found.view, setting))
    return _list_screen(found, Frame(above, below, "my_response", place, of_items=True), setting)


def item_screen(found: OfItem, place: Place, setting: Setting) -> Screen:
    """Give a page of those in whose lists an item is in a state, and the ways to its others."""
    texts, view, text = setting.texts, found.view, found.item.text
    following = replace(place, start=found.page.following) if found.page.following else None
    is_short = len(found.page.responses) < PEOPLE_PER_PAGE
    nobody = [] if following else [note(texts("Nobody."))]

    def body(longest: int) -> list[CardElement]:
        people = [_person(found, response, setting, longest) for response in found.page.responses]
        return [
            *close_up.above(view, setting),
            *directed(text, [label(plain(text, LONGEST_ITEM))]),
            *buttons(_states(found, setting)),
            label(_state_count(view, found.item, found.state, texts)),
            *(people or nobody),
            *close_up.turns(view, "drill", place, following, setting, is_short=is_short),
            *buttons(_ways_back(view, setting)),
        ]

    return Screen(texts("Results"), fitting(card(texts, body(longest)) for longest in LENGTHS))


def _figures(known: PeopleFigures, texts: Texts) -> CardElement:
    counts = [
        (texts("finished"), texts.number(known.finished)),
        (texts("in progress"), texts.number(known.under_way)),
    ]
    if known.waiting is not None:
        counts.append((texts("not started"), texts.number(known.waiting)))
    return facts(counts)


def _item_row(view: View, item: Question, longest: int, setting: Setting) -> CardElement:
    """Give how many did an item, of those expected where that is known; a tap tells who."""
    texts, done = setting.texts, view.tallies.count(item.id, State.DONE)
    of = max(view.tallies.people, view.expected or 0)
    title = cut(" ".join(item.text.split()), LONGEST_LABEL)
    place = Place(question=item.id, bucket=State.DONE).encode()
    tap = opens(setting.host, Envelope("drill", view.action.id, place), title)
    showing = Showing(texts, longest, lambda _bucket, _title: tap)
    counted = texts("{done} of {count}", done=done, count=of)
    row = figures_row(item.text, counted, done / of if of else 0.0, showing, item.id)
    others = " · ".join(_others(view, item, texts))
    return Container(items=[row, note(others)], spacing="Small") if others else row


def _others(view: View, item: Question, texts: Texts) -> Iterator[str]:
    for state in (State.NOT_DONE, State.NOT_APPLICABLE):
        if view.tallies.count(item.id, state):
            yield _state_count(view, item, state, texts)


def _state_count(view: View, item: Question, state: State, texts: Texts) -> str:
    """Give a state, and of how many who have begun."""
    count = view.tallies.count(item.id, state)
    if state is State.OPEN:
        count = view.tallies.people - view.tallies.of(item.id).answered
    return texts("{state}: {count}", state=state_name(state, texts), count=count)


def _states(found: OfItem, setting: Setting) -> Iterator[Action]:
    here = Envelope("drill", found.view.action.id)
    for state in STATES:
        if state is not found.state:
            place = Place(question=found.item.id, bucket=state).encode()
            title = _state_count(found.view, found.item, state, setting.texts)
            yield opens(setting.host, here.with_verb("drill", place), title)


def _person(found: OfItem, response: Response, setting: Setting, longest: int) -> CardElement:
    """Give someone with when and why; who has it open still, with when they began."""
    tick = Tick.decode((response.answers or {}).get(found.item.id))
    if tick is None:
        return person_row(found.view, response, setting, setting.texts("has begun"))
    reason = plain(tick.wish.reason, longest)
    words = reason or state_name(tick.state, setting.texts)
    return person_row(found.view, replace(response, at=tick.at), setting, words)


def _people_screen(people: People, setting: Setting, verb: str, empty: str) -> Screen:
    texts, view, page = setting.texts, people.view, people.page
    names = dict(_lists(people_figures(view), texts))
    others = [
        opens(setting.host, Envelope(other, view.action.id), name)
        for other, name in names.items()
        if other != verb
    ]
    rows = [
        person_row(view, replace(one, at=last_tick(one.answers)), setting)
        for one in page.responses
    ]
    place = Place(search=people.search, start=people.start)
    following = replace(place, start=page.following) if page.following else None
    is_short = following is not None and len(rows) < PEOPLE_PER_PAGE
    if people.search:
        empty = texts("Nobody of that name.")
    body = [
        *top(view, setting, "responded"),
        *_said(setting),
        *buttons(others),
        label(names[verb]),
        *(() if verb == "responded" else remind_missing(people, setting)),
        *search_by_name(people, setting, verb),
        *(rows or ([] if is_short else [note(empty)])),
        *close_up.turns(view, verb, place, following, setting, is_short=is_short),
        *bottom(view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def _lists(known: PeopleFigures, texts: Texts) -> Iterator[tuple[str, str]]:
    yield "responded", texts("Finished: {count}", count=known.finished)
    yield "under_way", texts("In progress: {count}", count=known.under_way)
    if known.waiting is None:
        yield "not_responded", texts("Not started")
    else:
        yield "not_responded", texts("Not started: {count}", count=known.waiting)


def _list_screen(
    found: OneList, frame: Frame, setting: Setting, *, checks: bool = False
) -> Screen:
    texts = setting.texts
    rows = {row.item.id: row for row in found.rows}
    head = [note(how_far(found.view, texts, found.rows))]
    frame = replace(frame, above=[*frame.above, *head])

    def block(item: Question, longest: int) -> CardElement:
        row = rows[item.id]
        shown = _item(row, found.view, longest, texts)
        if checks:
            below = buttons(_checks(found, row, frame.place, setting))
            shown.items = [*(shown.items or []), *below]
        return shown

    items = [row.item for row in found.rows]
    return answers_screen(found.view, items, block, frame, setting)


def _checks(found: OneList, row: Row, place: Place, setting: Setting) -> Iterator[Action]:
    """Give the buttons for who looks at what is done."""
    if row.tick is None or row.tick.state is not State.DONE:
        return
    texts, here = setting.texts, Envelope("", found.view.action.id)
    about = replace(place, slot=found.response.slot, question=row.item.id)
    if not row.is_settled:
        right = here.with_verb("response.check", replace(about, bucket=RIGHT).encode())
        yield opens(setting.host, right, texts("It is right"))
    wrong = here.with_verb("response.refuse", about.encode())
    yield opens(setting.host, wrong, texts("Not right: open again"))


def _said(setting: Setting) -> list[CardElement]:
    return [success(setting.done)] if setting.done else []


def _item(row: Row, view: View, longest: int, texts: Texts) -> Container:
    text, wish = row.item.text, row.tick.wish if row.tick is not None else Wish(State.OPEN)
    name = f"{SIGNS[state_of(row)]} {plain(text, LONGEST_ITEM)}"
    followed = follow_up(wish.owner, wish.due, texts)
    # Whose list it is stands above it.
    pieces = told(row, view.action.time_zone, texts, with_name=False)
    items = [
        *directed(text, [TextBlock(text=name, wrap=True)]),
        *said(wish.reason, longest),
        note(" · ".join(pieces)),
        *([note(followed)] if followed else []),
    ]
    return Container(items=items, spacing="Medium")


def _neighbours(found: OneList, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("response", found.view.action.id)
    if found.newer:
        newer = here.with_verb("response", Place(slot=found.newer).encode())
        yield opens(host, newer, texts("Previous list"))
    if found.older:
        older = here.with_verb("response", Place(slot=found.older).encode())
        yield opens(host, older, texts("Next list"))


def _ways_back(view: View, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    yield opens(host, here.with_verb("responded"), texts("Everyone"))
    yield opens(host, here.with_verb("results"), texts("All results"))

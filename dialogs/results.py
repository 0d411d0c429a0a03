"""The results: summary, who responded, who did not, and one's own response."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock, TextInput

from actions.responses import Response
from actions.viewing import People, Shown, View, sees_people
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.markdown import plain
from cards.parts import (
    Fit,
    Host,
    buttons,
    card,
    directed,
    fitting,
    heading,
    label,
    note,
    opens,
    said,
    submits,
    warning,
)
from cards.summary import VISIBILITY, due_line, responded_line
from cards.texts import Texts
from dialogs.screen import Screen, Setting

LONGEST_SEARCH = 100
"""Characters of a search that are looked at."""

HIDDEN: dict[Shown, str] = {
    Shown.AFTER_RESPONDING: "You see the results once you have responded.",
    Shown.AFTER_CLOSING: "Everyone sees the results after closing.",
    Shown.CREATOR: "Only the creator sees the results.",
    Shown.TOO_FEW: "Results are shown from three responses on, to keep answers anonymous.",
}
"""Why there is nothing to see."""


def summary_screen(view: View, setting: Setting) -> Screen:
    """Give the results as a whole."""
    shape = look(view.action.kind)

    def body(fit: Fit) -> list[CardElement]:
        if view.shown is not Shown.YES:
            return [note(setting.texts(HIDDEN[view.shown]))]
        return shape.rows(view, setting.texts, live=False, fit=fit)

    shown = (
        card(
            setting.texts,
            [
                *_top(view, setting, "results"),
                *said(view.action.content.description, fit.longest * 2),
                *body(fit),
                *_bottom(view, setting),
            ],
        )
        for fit in (Fit(1_000, bars=True), *shape.fits)
    )
    return Screen(setting.texts("Results"), fitting(shown))


def responded_screen(people: People, setting: Setting) -> Screen:
    """Give a page of who responded, each with when and what where that may be seen."""
    texts, view = setting.texts, people.view
    rows = [_person(view, response, texts) for response in people.page.responses]
    if view.action.settings.anonymous:
        rows.insert(0, note(texts("Anonymous: who took part is known, who answered what is not.")))
    empty = texts("Nobody yet.") if not people.search else texts("Nobody of that name.")
    return _people_screen(people, setting, "responded", rows, empty)


def not_responded_screen(people: People, setting: Setting) -> Screen:
    """Give a page of who has not responded."""
    texts = setting.texts
    rows = [_person(people.view, response, texts) for response in people.page.responses]
    empty = texts("Everyone has responded.")
    if people.view.action.audience is None:
        empty = texts("Who is expected to respond is not known here.")
    if people.search:
        empty = texts("Nobody of that name.")
    return _people_screen(people, setting, "not_responded", rows, empty)


def mine_screen(view: View, setting: Setting) -> Screen:
    """Give the viewer's own response."""
    texts = setting.texts
    text = texts("You have not responded.")
    if view.answers is not None:
        text = look(view.action.kind).answer(view.action, view.answers, texts)
    elif view.took_part:
        text = texts("You responded; which answer is yours is no longer known to anyone.")
    body = [
        *_top(view, setting, "my_response"),
        TextBlock(text=text, wrap=True),
        *_bottom(view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def read_page(argument: str) -> tuple[str, str]:
    """Read where a page starts and what was searched for from a button's argument."""
    parts = parse_qs(argument)
    return parts.get("search", [""])[0][:LONGEST_SEARCH], parts.get("start", [""])[0]


def _people_screen(
    people: People, setting: Setting, verb: str, rows: list[CardElement], empty: str
) -> Screen:
    texts = setting.texts
    body = [
        *_top(people.view, setting, verb),
        *_search(people, setting, verb),
        *(rows if people.page.responses else [note(empty)]),
        *buttons(_pages(people, setting, verb)),
        *_bottom(people.view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def _top(view: View, setting: Setting, here: str) -> Iterator[CardElement]:
    texts, action = setting.texts, view.action
    word = name_of(action.kind, texts)
    yield note(f"{word.upper()} · {due_line(action, texts, is_open=view.is_open)}")
    yield from directed(action.content.title, [heading(action.content.title)])
    if setting.notice:
        yield warning(setting.notice)
    yield note(f"{responded_line(view, texts)} · {texts(VISIBILITY[action.settings.visibility])}")
    tabs = dict(_tabs(view, texts))
    envelope = Envelope("", action.id)
    others = {verb: name for verb, name in tabs.items() if verb != here}
    yield from buttons(
        opens(setting.host, envelope.with_verb(verb), name) for verb, name in others.items()
    )
    yield label(tabs[here])


def _tabs(view: View, texts: Texts) -> Iterator[tuple[str, str]]:
    yield "results", texts("Summary")
    if sees_people(view):
        yield "responded", texts("Responded")
        yield "not_responded", texts("Not responded")
    yield "my_response", texts("My response")


def _bottom(view: View, setting: Setting) -> Iterator[CardElement]:
    yield from buttons(_bottom_buttons(view, setting))


def _bottom_buttons(view: View, setting: Setting) -> Iterator[Action]:
    texts, host, envelope = setting.texts, setting.host, Envelope("", view.action.id)
    if host is Host.IN_PLACE:
        yield opens(host, envelope.with_verb("show"), texts("Back"))
    if view.is_open:
        yield opens(host, envelope.with_verb("open"), texts("Vote"))
    if view.manages:
        yield opens(host, envelope.with_verb("manage"), texts("Manage"))


def _person(view: View, response: Response, texts: Texts) -> CardElement:
    line = plain(response.person.name, 100) or texts("Someone without a name")
    items: list[CardElement] = [TextBlock(text=line, wrap=True, weight="Bolder")]
    details: list[str] = []
    if response.answers is not None:
        details.append(look(view.action.kind).answer(view.action, response.answers, texts))
    if response.at is not None:
        details.append(texts.moment(response.at, view.action.time_zone))
    if details:
        items.append(note(" · ".join(details)))
    return Container(items=items, spacing="Small")


def _search(people: People, setting: Setting, verb: str) -> Iterator[CardElement]:
    if not people.search and not people.start and not people.page.following:
        return
    texts = setting.texts
    yield TextInput(id="search", label=texts("Search by name"), value=people.search or None)
    envelope = Envelope(verb, people.view.action.id)
    yield from buttons([submits(setting.host, envelope, texts("Search"))])


def _pages(people: People, setting: Setting, verb: str) -> Iterator[Action]:
    texts, envelope = setting.texts, Envelope(verb, people.view.action.id)
    search = {"search": people.search}
    if people.start:
        first = envelope.with_verb(verb, urlencode(search))
        yield opens(setting.host, first, texts("From the start"))
    if people.page.following:
        parts = urlencode({**search, "start": people.page.following})
        yield opens(setting.host, envelope.with_verb(verb, parts), texts("More"))

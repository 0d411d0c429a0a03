"""The results: summary, who responded, who did not, and one's own response."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock, TextInput

from actions.kinds import Way, kind
from actions.policy import visibility_of
from actions.responses import Response
from actions.viewing import People, Shown, View, sees_people
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.markdown import cut, plain
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
from dialogs.place import Place
from dialogs.reminding import remind_missing
from dialogs.screen import Screen, Setting

LONGEST_NAME = 80
"""Characters of someone's name in a list; half as many in the name of what a tap does."""

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
                *top(view, setting, "results"),
                *said(view.action.content.description, fit.longest * 2),
                *body(fit),
                *bottom(view, setting),
            ],
        )
        for fit in (Fit(1_000, bars=True), *shape.fits)
    )
    return Screen(setting.texts("Results"), fitting(shown))


def responded_screen(people: People, setting: Setting) -> Screen:
    """Give a page of who responded, each with when and what where that may be seen."""
    texts, view = setting.texts, people.view
    rows = [person_row(view, response, setting) for response in people.page.responses]
    if view.action.settings.anonymous:
        rows.insert(0, note(texts("Anonymous: who took part is known, who answered what is not.")))
    empty = texts("Nobody yet.") if not people.search else texts("Nobody of that name.")
    return _people_screen(people, setting, "responded", rows, empty)


def not_responded_screen(people: People, setting: Setting) -> Screen:
    """Give a page of who has not responded, and the way to remind them."""
    texts = setting.texts
    rows = [person_row(people.view, response, setting) for response in people.page.responses]
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
        *top(view, setting, "my_response"),
        TextBlock(text=text, wrap=True),
        *bottom(view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def top(view: View, setting: Setting, here: str) -> Iterator[CardElement]:
    """Give what stands above each part of the results: what it is, and the other parts."""
    texts, action = setting.texts, view.action
    word = name_of(action.kind, texts)
    yield note(f"{word.upper()} · {due_line(action, texts, is_open=view.is_open)}")
    yield from directed(action.content.title, [heading(action.content.title)])
    if setting.notice:
        yield warning(setting.notice)
    yield note(" · ".join(_standing(view, texts)))
    tabs = dict(_tabs(view, texts))
    envelope = Envelope("", action.id)
    yield from buttons(
        opens(setting.host, envelope.with_verb(verb), name)
        for verb, name in tabs.items()
        if verb != here
    )
    yield label(tabs[here])


def bottom(view: View, setting: Setting) -> Iterator[CardElement]:
    """Give the ways on that stand below each part of the results."""
    yield from buttons(_bottom_buttons(view, setting))


def person_row(
    view: View, response: Response, setting: Setting, answer: str | None = None
) -> CardElement:
    """Give someone's name, with when and what; where that is more than a line, a tap shows it.

    `answer` stands for the whole response, as a card's text.
    """
    texts, action = setting.texts, view.action
    name = response.person.name
    details = []
    if response.answers is not None:
        whole = look(action.kind).answer
        details.append(whole(action, response.answers, texts) if answer is None else answer)
    if response.at is not None:
        details.append(texts.moment(response.at, action.time_zone))
    line = plain(name, LONGEST_NAME) or texts("Someone without a name")
    return Container(
        spacing="Small",
        select_action=opens_response(view, response, setting),
        items=[
            TextBlock(text=line, wrap=True, weight="Bolder"),
            *([note(" · ".join(details))] if details else []),
        ],
    )


def opens_response(view: View, response: Response, setting: Setting) -> Action | None:
    """Give the tap that shows a whole response, where it has more than a line and may be seen."""
    action, name = view.action, cut(" ".join(response.person.name.split()), LONGEST_NAME // 2)
    if not (kind(action.kind).has_pages and response.slot and response.answers is not None):
        return None
    whole = Envelope("response", action.id, Place(slot=response.slot).encode())
    return opens(setting.host, whole, name or setting.texts("Someone without a name"))


def search_by_name(people: People, setting: Setting, verb: str) -> Iterator[CardElement]:
    """Give the field that finds people by name, where there are more than a page of them."""
    if not people.search and not people.start and not people.page.following:
        return
    texts = setting.texts
    yield TextInput(id="search", label=texts("Search by name"), value=people.search or None)
    envelope = Envelope(verb, people.view.action.id)
    yield from buttons([submits(setting.host, envelope, texts("Search"))])


def turns_of_people(people: People, setting: Setting, verb: str) -> Iterator[Action]:
    """Give the buttons to the first and the following page of a list of people."""
    texts, envelope = setting.texts, Envelope(verb, people.view.action.id)
    first = Place(search=people.search)
    if people.start:
        start = envelope.with_verb(verb, first.encode())
        yield opens(setting.host, start, texts("From the start"))
    if people.page.following:
        following = replace(first, start=people.page.following)
        yield opens(setting.host, envelope.with_verb(verb, following.encode()), texts("More"))


def _people_screen(
    people: People, setting: Setting, verb: str, rows: list[CardElement], empty: str
) -> Screen:
    texts = setting.texts
    body = [
        *top(people.view, setting, verb),
        *(remind_missing(people, setting) if verb == "not_responded" else ()),
        *search_by_name(people, setting, verb),
        *(rows if people.page.responses else [note(empty)]),
        *buttons(turns_of_people(people, setting, verb)),
        *bottom(people.view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def _standing(view: View, texts: Texts) -> Iterator[str]:
    """Give how far it is, and who sees the results; a list that all share is seen by all."""
    yield responded_line(view, texts)
    kept = view.action.content.checklist
    if kept is None or kept.individual:
        yield texts(VISIBILITY[visibility_of(view.action)])


def _tabs(view: View, texts: Texts) -> Iterator[tuple[str, str]]:
    yield "results", texts("Summary")
    if view.action.content.exam is not None:
        yield from _tabs_of_marks(view, texts)
        return
    if view.action.content.checklist is not None:
        yield from _tabs_of_ticks(view, texts)
        return
    if sees_people(view):
        yield "responded", texts("Responded")
        yield "not_responded", texts("Not responded")
    yield "my_response", texts("My response")


def _tabs_of_marks(view: View, texts: Texts) -> Iterator[tuple[str, str]]:
    if view.sees_questions and view.action.content.answerable:
        yield "questions", texts("Questions")
    if sees_people(view):
        yield "responded", texts("People")
    if view.sees_leaderboard:
        yield "leaders", texts("Leaderboard")
    yield "my_response", texts("My result")


def _tabs_of_ticks(view: View, texts: Texts) -> Iterator[tuple[str, str]]:
    """Give the parts of a checklist's results: of one that all share, or of everybody's own."""
    kept, is_seen = view.action.content.checklist, view.shown is Shown.YES
    is_individual = kept is not None and kept.individual
    if is_seen and is_individual:
        yield "responded", texts("People")
    elif is_seen:
        yield "missed", texts("Not done")
        yield "done_by", texts("People")
    if is_seen:
        yield "history", texts("History")
    if is_individual:
        yield "my_response", texts("My list")


def _bottom_buttons(view: View, setting: Setting) -> Iterator[Action]:
    texts, host, envelope = setting.texts, setting.host, Envelope("", view.action.id)
    if host is Host.IN_PLACE:
        yield opens(host, envelope.with_verb("show"), texts("Back"))
    way, kept = kind(view.action.kind).way, view.action.content.checklist
    if kept is not None:
        title = texts("Open my list") if kept.individual else texts("Open list")
        yield opens(host, envelope.with_verb("open"), title)
    elif view.is_open and not (way is Way.ATTEMPTS and view.took_part):
        titles = {Way.TAPS: texts("Vote"), Way.FORM: texts("Answer")}
        title = titles.get(way) or texts("Take it")
        yield opens(host, envelope.with_verb("open"), title)
    if view.manages:
        yield opens(host, envelope.with_verb("manage"), texts("Manage"))

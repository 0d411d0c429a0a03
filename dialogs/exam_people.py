"""Who is through with a quiz or training, who is at it, and who has not begun."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import CardElement

from actions.attempts import attempts_in
from actions.marks import Figures, figures
from actions.responses import Response
from actions.viewing import People, View
from cards.envelope import Envelope
from cards.parts import buttons, card, label, note, opens
from cards.texts import Texts
from dialogs.reminding import remind_missing
from dialogs.results import bottom, person_row, search_by_name, top, turns_of_people
from dialogs.screen import Screen, Setting


def finished_screen(people: People, setting: Setting) -> Screen:
    """Give a page of those who have finished, for who manages it with what they reached."""
    return _screen(people, setting, "responded", setting.texts("Nobody yet."))


def under_way_screen(people: People, setting: Setting) -> Screen:
    """Give a page of those who have begun and finished nothing, with how far they are."""
    return _screen(people, setting, "under_way", setting.texts("Nobody is at it."))


def waiting_screen(people: People, setting: Setting) -> Screen:
    """Give a page of those who are expected and have not begun, or not finished."""
    empty = setting.texts("Everyone has begun.")
    if not people.view.manages:
        empty = setting.texts("Everyone has finished.")
    if people.view.action.audience is None:
        empty = setting.texts("Who is expected to respond is not known here.")
    return _screen(people, setting, "not_responded", empty)


def _screen(people: People, setting: Setting, verb: str, empty: str) -> Screen:
    texts, view = setting.texts, people.view
    rows = [_row(view, response, setting) for response in people.page.responses]
    if people.search:
        empty = texts("Nobody of that name.")
    names = dict(_lists(view, figures(view), texts))
    others = [
        opens(setting.host, Envelope(other, view.action.id), name)
        for other, name in names.items()
        if other != verb
    ]
    body = [
        *top(view, setting, "responded"),
        *buttons(others),
        label(names[verb]),
        *(() if verb == "responded" else remind_missing(people, setting)),
        *search_by_name(people, setting, verb),
        *(rows or [note(empty)]),
        *buttons(turns_of_people(people, setting, verb)),
        *bottom(view, setting),
    ]
    return Screen(texts("Results"), card(texts, body))


def _lists(view: View, known: Figures, texts: Texts) -> Iterator[tuple[str, str]]:
    """Give the lists by their verbs; who does not manage it is not told who is at it."""
    yield "responded", texts("Finished: {count}", count=known.finished)
    if view.manages:
        yield "under_way", texts("In progress: {count}", count=known.under_way)
        waiting = known.waiting
        name = (
            texts("Not started")
            if waiting is None
            else texts("Not started: {count}", count=waiting)
        )
        yield "not_responded", name
    else:
        yield "not_responded", texts("Not finished")


def _row(view: View, response: Response, setting: Setting) -> CardElement:
    """Give someone's row, with the time at which the attempt ended that counts."""
    attempts = attempts_in(response.answers)
    last = attempts.best or attempts.under_way
    at = None if last is None else last.ended or last.began
    return person_row(view, replace(response, at=at), setting)

"""Who is behind a bar: the people whose answer counts in a bucket."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard, CardElement

from actions.looking import Drilled
from actions.responses import Response
from actions.viewing import PEOPLE_PER_PAGE
from cards.asking import Showing
from cards.markdown import plain
from cards.parts import buttons, card, fitting, label, note
from cards.questions import answer_text, question_look
from cards.texts import Texts
from dialogs.close_up import above, asked, back_to_results, number_of, turns
from dialogs.place import Place
from dialogs.results import person_row
from dialogs.screen import Screen, Setting

LENGTHS = (200, 60, 20)
"""To how many characters someone's answer is cut, the first that makes a page fit."""


def drill_screen(found: Drilled, place: Place, setting: Setting) -> Screen:
    """Give a page of people, each with their answer to the question."""
    shown = (_card(found, place, setting, longest) for longest in LENGTHS)
    return Screen(setting.texts("Results"), fitting(shown))


def _card(found: Drilled, place: Place, setting: Setting, longest: int) -> AdaptiveCard:
    texts, view, question = setting.texts, found.view, found.question
    following = replace(place, start=found.page.following) if found.page.following else None
    is_short = len(found.page.responses) < PEOPLE_PER_PAGE
    rows = [_row(found, response, setting, longest) for response in found.page.responses]
    nobody = [] if following else [note(texts("Nobody answered so any more."))]
    body = [
        *above(view, setting),
        *asked(view, question),
        *_bucket(found, setting),
        *(rows or nobody),
        *turns(view, "drill", place, following, setting, is_short=is_short),
        *buttons([back_to_results(view, number_of(view, question), setting)]),
    ]
    return card(texts, body)


def _row(found: Drilled, response: Response, setting: Setting, longest: int) -> CardElement:
    given = (response.answers or {}).get(found.question.id)
    answer = plain(answer_text(found.question, given, setting.texts), longest)
    return person_row(found.view, response, setting, answer)


def _bucket(found: Drilled, setting: Setting) -> Iterator[CardElement]:
    name, people = _name(found, setting.texts), found.tallied.counts[found.bucket]
    count = setting.texts.many("{count} answer", "{count} answers", people)
    yield label(f"{plain(name, 300)} · {count}" if name else count)


def _name(found: Drilled, texts: Texts) -> str:
    """Give what the question's result, which alone knows, calls the bucket's bar."""
    names: dict[str, str] = {}
    parts: dict[str, str] = {}

    def look(part: str) -> None:
        drill, zoom = names.__setitem__, parts.__setitem__
        showing = Showing(texts, drill=drill, zoom=zoom, part=part)
        list(question_look(found.question).result(found.question, found.tallied, showing))

    look("")
    for part in list(parts):
        if found.bucket not in names:
            look(part)
    return names.get(found.bucket, "")

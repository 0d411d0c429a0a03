"""What the screens share that look closely at one part of the results."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import Action, CardElement

from actions.questions import Question
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import plain
from cards.parts import buttons, directed, label, note, opens, warning
from dialogs.place import Place
from dialogs.screen import Setting

LONGEST_QUESTION = 300
"""Characters of a question above what was answered to it."""


def above(view: View, setting: Setting) -> Iterator[CardElement]:
    """Give what stands above what is looked at closely: the action that it is of."""
    word, title = name_of(view.action.kind, setting.texts), view.action.content.title
    yield from directed(title, [note(f"{word.upper()} · {plain(title, 100)}")])
    if setting.notice:
        yield warning(setting.notice)


def number_of(view: View, question: Question) -> int:
    """Give a question's number, from 1."""
    return view.action.content.answerable.index(question) + 1


def back_to_results(view: View, number: int, setting: Setting) -> Action:
    """Give the button to the page of results on which a question stands first."""
    place = Place(first=number - 1).encode()
    here = Envelope(questions_verb(view), view.action.id, place)
    return opens(setting.host, here, setting.texts("All results"))


def questions_verb(view: View) -> str:
    """Give the verb that shows the results of each question: where there are marks, a tab."""
    return "results" if view.action.content.exam is None else "questions"


def asked(view: View, question: Question) -> list[CardElement]:
    """Give a question's number and text as a heading."""
    text = plain(f"{number_of(view, question)}. {question.text}", LONGEST_QUESTION)
    return directed(question.text, [label(text)])


def turns(
    view: View,
    verb: str,
    place: Place,
    following: Place | None,
    setting: Setting,
    *,
    is_short: bool,
) -> Iterator[CardElement]:
    """Give the buttons to the first and the following page.

    `is_short`: the page ends because enough was looked through, so that there may be more.
    """
    texts, here = setting.texts, Envelope(verb, view.action.id)
    turning: list[Action] = []
    if place.start or place.skip:
        first = here.with_verb(verb, replace(place, start="", skip=0).encode())
        turning.append(opens(setting.host, first, texts("From the start")))
    if following is not None:
        title = texts("Look further") if is_short else texts("More")
        turning.append(opens(setting.host, here.with_verb(verb, following.encode()), title))
        if is_short:
            yield note(texts("Not everything was looked through yet."))
    yield from buttons(turning)

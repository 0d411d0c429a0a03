"""The form that answers, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.action import Action as Posted
from actions.questions import Question
from actions.sheet import Filling
from actions.typed import entry
from cards.asking import Asking
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import cut
from cards.parts import (
    buttons,
    card,
    directed,
    fitting,
    heading,
    note,
    opens,
    said,
    submits,
    success,
    warning,
)
from cards.questions import question_fields
from cards.sentences import sentence
from cards.summary import due_line
from cards.texts import Texts
from dialogs.screen import Screen, Setting


@dataclass(frozen=True, slots=True)
class Room:
    """To how many characters our texts, and what was typed, are cut; None is not at all."""

    longest: int
    typed: int | None = None


ROOMS = (
    *(Room(longest) for longest in (1_000, 500, 250, 100, 50, 20, 10, 5)),
    # What was typed is cut only where it is far longer than its field takes.
    *(Room(5, typed) for typed in (4_000, 1_000, 400, 20)),
)
"""How much a page shows, the first that makes it fit its card."""


def page_screen(filling: Filling, setting: Setting, *, returns: bool = False) -> Screen:
    """Give the page that the form is at; one that was opened from the review `returns` there."""
    shown = (_page(filling, setting, room, returns=returns) for room in ROOMS)
    return Screen(name_of(filling.action.kind, setting.texts), fitting(shown), stays=True)


def kept_screen(filling: Filling, setting: Setting) -> Screen:
    """Give what stands where a form was put aside."""
    texts, action = setting.texts, filling.action
    done = texts("What you typed is kept. Go on whenever you like.")
    if action.closes_at is not None:
        moment = texts.moment(action.closes_at, action.time_zone)
        done = texts("What you typed is kept. You can go on until {moment}.", moment=moment)
    body = [
        *top(action, texts, is_open=True),
        success(done),
        *buttons([opens(setting.host, to(filling, "fill.open"), texts("Continue"))]),
    ]
    return Screen(name_of(action.kind, texts), card(texts, body), stays=True)


def top(action: Posted, texts: Texts, *, is_open: bool, longest: int = 500) -> list[CardElement]:
    """Give what stands above every step: what it is, until when, and its title."""
    header = [name_of(action.kind, texts).upper(), due_line(action, texts, is_open=is_open)]
    if action.settings.anonymous:
        header.append(texts("anonymous: nobody sees who answered what"))
    title = action.content.title
    return [note(" · ".join(header)), *directed(title, [heading(title, longest)])]


def told(filling: Filling, setting: Setting) -> Iterator[CardElement]:
    """Say what the last press did not do, and whether this was handed in before."""
    texts = setting.texts
    if setting.notice:
        yield warning(setting.notice)
    if filling.refused is not None:
        yield warning(sentence(texts, filling.refused))
    if filling.handed_in is not None:
        yield note(texts("You handed this in. It counts as it was until you hand it in again."))
    elif filling.resumed:
        yield note(texts("You go on where you were."))


def to(filling: Filling, verb: str, *names: str) -> Envelope:
    """Give what a button of the form means: a verb, which response, and which questions."""
    return Envelope(verb, filling.action.id, " ".join((str(filling.number), *names)))


def discards(filling: Filling, setting: Setting) -> Iterator[Action]:
    """Give the button that throws changes of what was handed in away."""
    if filling.handed_in is not None and filling.begun:
        undo = to(filling, "fill.discard")
        yield opens(setting.host, undo, setting.texts("Discard changes"))


def _page(filling: Filling, setting: Setting, room: Room, *, returns: bool) -> AdaptiveCard:
    texts, content = setting.texts, filling.action.content
    is_first = filling.place == 0 and not filling.given
    wrong = texts("Please look at the fields marked below.")
    body = [
        *top(filling.action, texts, is_open=True, longest=room.longest * 5),
        *_where(filling, texts),
        *told(filling, setting),
        *(said(content.description, room.longest * 2) if is_first else []),
        *([warning(wrong)] if filling.wrong else []),
        *_questions(filling, setting, room),
        *buttons(_buttons(filling, setting, returns=returns)),
        *buttons(discards(filling, setting)),
    ]
    return card(texts, body)


def _where(filling: Filling, texts: Texts) -> Iterator[CardElement]:
    if not filling.is_single and not filling.given:
        place, total = filling.place + 1, len(filling.pages)
        yield note(texts("Page {number} of {total}", number=place, total=total))


def _questions(filling: Filling, setting: Setting, room: Room) -> Iterator[CardElement]:
    page, numbers = filling.page, filling.numbers
    if any(question.about.required for question in page):
        yield note(setting.texts("Questions with * must be answered."))
    for question in page:
        yield from _fields(question, numbers[question.id], filling, setting, room)


def _fields(
    question: Question, number: int, filling: Filling, setting: Setting, room: Room
) -> list[CardElement]:
    asking = Asking(
        setting.texts,
        label="",
        entry=_cut(entry(question, filling.values), room.typed),
        problems=filling.wrong,
        seed=f"{filling.action.id} {filling.slot}",
        longest=room.longest,
    )
    return question_fields(question, number, asking)


def _cut(typed: Mapping[str, str], longest: int | None) -> Mapping[str, str]:
    return {part: cut(text, longest) for part, text in typed.items()}


def _buttons(filling: Filling, setting: Setting, *, returns: bool) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    sent = to(filling, "", *(question.id for question in filling.page))

    def button(verb: str, title: str, *, is_main: bool = False) -> Action:
        envelope = sent.with_verb(verb, sent.argument)
        return submits(host, envelope, title, "positive" if is_main else None)

    if filling.is_single:
        yield button("fill.hand_in", texts("Hand in"), is_main=True)
    elif returns:
        yield button("fill.done", texts("Done"), is_main=True)
        yield button("fill.leave", texts("Back"))
    else:
        is_last = filling.place == len(filling.pages) - 1 and not filling.given
        yield button("fill.next", texts("Review") if is_last else texts("Next"), is_main=True)
        if filling.place or filling.given:
            yield button("fill.back", texts("Back"))
    yield button("fill.later", texts("Later"))

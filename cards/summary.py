"""The summary card: an action in the chat, the same frame for every kind."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, RefreshDefinition

from actions.action import Action as Posted
from actions.action import Status, Visibility
from actions.exam import Exam
from actions.kinds import kind
from actions.policy import visibility_of
from actions.viewing import Shown, View
from cards.envelope import Envelope
from cards.kinds import Look, look, name_of
from cards.markdown import cut
from cards.parts import (
    LONGEST_CARD,
    Fit,
    Host,
    buttons,
    card,
    directed,
    fitting,
    heading,
    note,
    opens,
    said,
    tap,
    warning,
)
from cards.texts import Texts

LONGEST_SUMMARY = 200
"""Characters of the notification on a locked phone."""

LONGEST_NOTICE = 300
"""Characters of why a tap did not count."""

VISIBILITY: dict[Visibility, str] = {
    Visibility.EVERYONE: "Results: everyone sees them",
    Visibility.AFTER_RESPONDING: "Results: you see them once you have responded",
    Visibility.AFTER_CLOSING: "Results: everyone sees them after closing",
    Visibility.CREATOR: "Results: only the creator sees them",
}


def summary(
    view: View,
    texts: Texts,
    host: Host,
    notice: str = "",
    *,
    preview: bool = False,
    room: int = LONGEST_CARD,
) -> AdaptiveCard:
    """Give the card; `notice` says why the last tap did not count. A `preview` cannot be tapped.

    Long texts are cut step by step until the card has at most `room` characters.
    """
    shape = look(view.action.kind)
    return fitting(
        (_summary(view, texts, host, notice, shape, fit, preview=preview) for fit in shape.fits),
        room,
    )


def deleted(action: Posted, texts: Texts) -> AdaptiveCard:
    """Give the card that an action leaves behind."""
    word = name_of(action.kind, texts)
    return card(texts, [note(texts("{kind} · deleted by the person who made it", kind=word))])


def notification(action: Posted, texts: Texts) -> str:
    """Give the message's summary: what a locked phone shows."""
    word = name_of(action.kind, texts)
    title = cut(" ".join(action.content.title.split()), LONGEST_SUMMARY)
    if action.status is not Status.ACTIVE or action.closes_at is None:
        return texts("{kind}: {title}", kind=word, title=title)
    moment = texts.moment(action.closes_at, action.time_zone)
    return texts("{kind}: {title} (closes {moment})", kind=word, title=title, moment=moment)


def due_line(action: Posted, texts: Texts, *, is_open: bool) -> str:
    """Give when an action closes, or that it has."""
    if not is_open:
        return texts("closed")
    if action.closes_at is None:
        return texts("no due time")
    return texts("closes {moment}", moment=texts.moment(action.closes_at, action.time_zone))


def responded_line(view: View, texts: Texts) -> str:
    """Give how many responded, or how far it is."""
    return look(view.action.kind).counted(view, texts)


def _summary(
    view: View,
    texts: Texts,
    host: Host,
    notice: str,
    shape: Look,
    fit: Fit,
    *,
    preview: bool,
) -> AdaptiveCard:
    action = view.action
    body: list[CardElement] = [
        note(" · ".join(_header(view, texts, shape))),
        *directed(action.content.title, [heading(action.content.title, fit.longest * 5)]),
        *said(action.content.description, fit.longest * 2),
        *([warning(cut(notice, LONGEST_NOTICE))] if notice else []),
        *shape.rows(view, texts, live=not preview, fit=fit),
        *(note(line) for line in _footer(view, texts, shape)),
        *([] if preview else buttons(_buttons(view, texts, host))),
    ]
    shown = card(texts, body)
    if host is Host.CHAT and not preview and not action.settings.anonymous:
        shown.refresh = _refresh(action, fit.refreshed)
    return shown


def _header(view: View, texts: Texts, shape: Look) -> Iterator[str]:
    yield texts(shape.phrases.name).upper()
    yield due_line(view.action, texts, is_open=view.is_open)
    if view.action.settings.anonymous:
        yield texts("anonymous: nobody sees who answered what")


def _footer(view: View, texts: Texts, shape: Look) -> Iterator[str]:
    yield from shape.lines(view, texts)
    kept = view.action.content.checklist
    if kept is not None and not kept.individual:
        # The card is the list that all see, and says on top how far it is.
        return
    visibility = texts(VISIBILITY[visibility_of(view.action)])
    if view.is_open or view.action.settings.visibility is Visibility.CREATOR:
        yield f"{responded_line(view, texts)} · {visibility}"
    else:
        yield responded_line(view, texts)
    if view.shown is Shown.TOO_FEW:
        yield texts("Results are shown from three responses on, to keep answers anonymous.")


def _buttons(view: View, texts: Texts, host: Host) -> Iterator[Action]:
    here, has_pages = Envelope("", view.action.id), kind(view.action.kind).has_pages
    content = view.action.content
    # What came of a quiz, and each item of a list, is looked at when it is closed.
    stays = content.exam is not None or content.checklist is not None
    if stays or (view.is_open and has_pages):
        yield opens(host, here.with_verb("open"), _answering(view, texts))
    yield opens(host, here.with_verb("results"), texts("Results"))
    if view.is_open:
        if not has_pages:
            yield opens(host, here.with_verb("open"), texts("Open"))
        yield from look(view.action.kind).buttons(view, texts, host)
    if view.manages:
        yield opens(host, here.with_verb("manage"), texts("Manage"))


def _answering(view: View, texts: Texts) -> str:
    """Whether someone has begun would cost each refresh a query: the form says it instead."""
    settings, exam = view.action.settings, view.action.content.exam
    checklist = view.action.content.checklist
    if exam is not None:
        return _taking(view, exam, texts)
    if checklist is not None:
        return texts("Open my list") if checklist.individual else texts("Open list")
    if not view.took_part:
        return texts("Answer")
    if settings.several:
        return texts("Answer again")
    return texts("Edit my response") if settings.may_change else texts("My response")


def _taking(view: View, exam: Exam, texts: Texts) -> str:
    if not view.is_open:
        return texts("Continue, or my result") if exam.is_course else texts("My result")
    if not view.took_part:
        return texts("Start or continue")
    again = exam.attempts != 1 or exam.months
    return texts("My result, or take it again") if again else texts("My result")


def _refresh(action: Posted, most: int) -> RefreshDefinition:
    """The creator and the latest respondents keep their own view over updates of the card."""
    people = [mri for mri in (action.creator.mri, *reversed(action.recent)) if mri]
    action_id = Envelope("refresh", action.id)
    return RefreshDefinition(
        action=tap(action_id, "Refresh"), user_ids=list(dict.fromkeys(people))[:most]
    )

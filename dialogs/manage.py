"""What creators can do with an action."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import CardElement

from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.parts import Host, buttons, card, directed, heading, note, opens, success, warning
from cards.summary import due_line, responded_line
from dialogs.screen import Screen, Setting


def manage_screen(view: View, setting: Setting) -> Screen:
    """Give what can be done with an action."""
    texts, action = setting.texts, view.action
    word = name_of(action.kind, texts)
    due = due_line(action, texts, is_open=view.is_open)
    body: list[CardElement] = [
        note(f"{word.upper()} · {due} · {responded_line(view, texts)}"),
        *directed(action.content.title, [heading(action.content.title)]),
        *([warning(setting.notice)] if setting.notice else []),
        *([success(setting.done)] if setting.done else []),
        *_scheduled(view, setting),
        *buttons(_buttons(view, setting)),
        *buttons(_ways_back(view, setting)),
    ]
    return Screen(texts("Manage"), card(texts, body))


def delete_screen(view: View, setting: Setting) -> Screen:
    """Ask whether an action shall really be deleted."""
    texts, host = setting.texts, setting.host
    here = Envelope("delete", view.action.id)
    text = texts("Delete this and all its responses? This cannot be undone.")
    body = [
        *directed(view.action.content.title, [heading(view.action.content.title)]),
        warning(f"{text} ({responded_line(view, texts)})"),
        *buttons(
            [
                opens(host, here, texts("Delete for good")),
                opens(host, here.with_verb("manage"), texts("Keep")),
            ]
        ),
    ]
    return Screen(texts("Delete"), card(texts, body))


def deleted_screen(setting: Setting) -> Screen:
    """Say that an action was deleted."""
    texts = setting.texts
    return Screen(texts("Deleted"), card(texts, [success(texts("It is deleted."))]))


def _scheduled(view: View, setting: Setting) -> Iterator[CardElement]:
    number = view.action.number
    if view.action.series:
        yield note(setting.texts("Part of a series: number {number}", number=number))


def _buttons(view: View, setting: Setting) -> Iterator[Button]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    yield opens(host, here.with_verb("edit"), texts("Edit"))
    if view.is_open:
        yield opens(host, here.with_verb("remind"), texts("Remind"))
        yield opens(host, here.with_verb("close"), texts("Close now"))
    else:
        yield opens(host, here.with_verb("reopen"), texts("Re-open"))
    yield opens(host, here.with_verb("export"), texts("Export"))
    yield opens(host, here.with_verb("co_creators"), texts("Co-creators"))
    kept = view.action.content.checklist
    if kept is not None and kept.checker is not None:
        yield opens(host, here.with_verb("checker"), texts("Who checks"))
    yield opens(host, here.with_verb("duplicate"), texts("Duplicate"))
    yield opens(host, here.with_verb("ask_delete"), texts("Delete"))


def _ways_back(view: View, setting: Setting) -> Iterator[Button]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    yield opens(host, here.with_verb("results"), texts("Results"))
    if view.action.series and view.viewer == view.action.creator.key:
        yield opens(host, Envelope("series", view.action.series), texts("The series"))
    if host is Host.IN_PLACE:
        yield opens(host, here.with_verb("show"), texts("Back"))
        yield opens(host, Envelope("mine"), texts("My actions"))

"""The form that makes or changes an action: the same frame for every kind, then the preview."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    DateInput,
    TimeInput,
    ToggleVisibilityAction,
)

from actions.action import Draft
from actions.errors import Problem
from actions.places import Conversation
from actions.schedule import is_of_posted, is_of_series
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.markdown import plain
from cards.parts import (
    LONGEST_CARD,
    Host,
    buttons,
    card,
    fitting,
    label,
    note,
    opens,
    size,
    submits,
    success,
    warning,
)
from cards.sentences import sentence
from cards.summary import summary
from dialogs.destination import where_field
from dialogs.inputs import switch
from dialogs.kinds import form
from dialogs.screen import Screen, Setting, note_problem
from dialogs.settings import informed_settings

ROOMS = (9_000, 8_000, 6_000, 3_000, 1_000, 0)
"""Characters of the fields that take turns, the first that makes the form fit its card."""

ANYWAY = "anyway"
"""The value that says that the warnings were read."""

_MORE = "more_settings"


def form_screen(draft: Draft, setting: Setting) -> Screen:
    """Give the form with what the draft holds, and what is wrong with it beside each field."""
    phrases = look(draft.kind).phrases
    title = setting.texts(phrases.change if draft.edits else phrases.new)
    return Screen(title, fitting(_form(draft, setting, title, room) for room in ROOMS), stays=True)


def _form(draft: Draft, setting: Setting, title: str, room: int) -> AdaptiveCard:
    texts, own = setting.texts, form(draft.kind)
    body: list[CardElement] = [
        *([label(title)] if setting.host is Host.IN_PLACE else []),
        *([warning(texts("Please look at the fields marked below."))] if setting.problems else []),
        *([warning(setting.notice)] if setting.notice else []),
        *own.head(draft, setting),
        *own.fields(draft, setting, room),
        *_due(draft, setting),
        *_more(draft, setting, room),
        *buttons(_form_buttons(draft, setting)),
    ]
    return card(texts, body)


def preview_screen(
    draft: Draft,
    view: View,
    setting: Setting,
    destinations: Sequence[Conversation],
    warnings: Sequence[str] = (),
) -> Screen:
    """Give the card exactly as it will be posted, with Send and Edit.

    `warnings` are codes of what may not be as it was meant.
    """
    texts = setting.texts
    above = [
        label(texts("Preview")),
        *([warning(setting.notice)] if setting.notice else []),
        *_warnings(warnings, setting),
    ]
    send = texts("Send anyway") if warnings else texts("Send")
    below = [
        *where_field("where", draft.origin, setting, destinations),
        *buttons(_preview_buttons(draft, setting, send)),
    ]
    room = LONGEST_CARD - size(card(texts, [*above, *below]))
    shown = summary(view, texts, setting.host, preview=True, room=room)
    framed = Container(show_border=True, rounded_corners=True, items=shown.body)
    shown.body = [*above, framed, *below]
    return Screen(texts("Preview"), shown, stays=True)


def warned_screen(draft: Draft, warnings: Sequence[str], setting: Setting) -> Screen:
    """Give the warnings alone, where the preview that follows is Teams' own."""
    texts, host, here = setting.texts, setting.host, _envelope(draft, "draft.open")
    go_on = replace(here, verb="draft.preview", hidden=((ANYWAY, "true"),))
    body = [
        *_warnings(warnings, setting),
        *buttons([opens(host, go_on, texts("Go on")), opens(host, here, texts("Edit"))]),
    ]
    return Screen(texts("Preview"), card(texts, body), stays=True)


def kept_screen(draft: Draft, setting: Setting) -> Screen:
    """Give what stands where a form was put aside."""
    texts = setting.texts
    word = name_of(draft.kind, texts)
    name = plain(draft.values.get("title", ""), 100) or texts("without a title")
    here = _envelope(draft, "draft.open")
    body = [
        success(texts("Kept as a draft: {kind}, {name}", kind=word, name=name)),
        *buttons(
            [
                opens(setting.host, here, texts("Continue")),
                opens(setting.host, here.with_verb("draft.discard"), texts("Discard")),
                opens(setting.host, Envelope("mine"), texts("My actions")),
            ]
        ),
    ]
    return Screen(texts("Draft"), card(texts, body), stays=True)


def posted_screen(view: View, setting: Setting, where: str) -> Screen:
    """Give the receipt after posting."""
    texts = setting.texts
    title = plain(view.action.content.title, 100)
    done = (
        texts("Posted in {place}: {title}", place=plain(where, 100), title=title)
        if where
        else texts("Posted: {title}", title=title)
    )
    here = Envelope("results", view.action.id)
    body = [
        success(done),
        *buttons(
            [
                opens(setting.host, here, texts("Results")),
                opens(setting.host, here.with_verb("manage"), texts("Manage")),
            ]
        ),
    ]
    return Screen(texts("Posted"), card(texts, body), stays=True)


def _due(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    texts, values = setting.texts, draft.values
    if is_of_series(draft):
        yield note(texts("When it is posted and when it closes is under “Schedule”."))
        return
    due, closes = texts("Due time"), texts("Close automatically")
    yield switch(values, "closes", due, closes, default=True)
    time_label = texts("Time ({zone})", zone=draft.time_zone or "UTC")
    day = DateInput(id="date", label=texts("Day"), value=values.get("date") or None)
    clock = TimeInput(id="time", label=time_label, value=values.get("time") or None)
    columns = [Column(width="stretch", items=[day]), Column(width="stretch", items=[clock])]
    yield ColumnSet(columns=columns, spacing="Small")
    yield from note_problem(setting, "date")
    yield from note_problem(setting, "time")


def _more(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """The further settings start folded away, unless one of them has a problem."""
    own = form(draft.kind)
    settings = [] if is_of_posted(draft) else own.settings(draft, setting)
    informed = informed_settings(draft, setting)
    items = [*settings, *own.more_fields(draft, setting, room), *informed]
    open_now = any(name.startswith(own.more) for name in setting.problems)
    yield from buttons(
        [ToggleVisibilityAction(title=setting.texts("More settings"), target_elements=[_MORE])]
    )
    yield Container(id=_MORE, items=items, is_visible=open_now)


def _form_buttons(draft: Draft, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    if draft.edits:
        yield submits(host, _envelope(draft, "draft.apply"), texts("Save changes"), "positive")
    else:
        yield submits(host, _envelope(draft, "draft.preview"), texts("Preview"), "positive")
    if not is_of_posted(draft):
        yield submits(host, _envelope(draft, "draft.schedule"), texts("Schedule"))
    if host is Host.IN_PLACE:
        yield submits(host, _envelope(draft, "draft.keep"), texts("Later"))


def _warnings(codes: Sequence[str], setting: Setting) -> Iterator[CardElement]:
    for code in codes:
        yield warning(sentence(setting.texts, Problem(code)))


def _preview_buttons(draft: Draft, setting: Setting, send: str) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = Envelope("draft.send", draft.id)
    yield submits(host, here, send, "positive")
    later = here.with_verb("draft.schedule", draft.kind)
    yield submits(host, later, texts("Schedule"))
    yield opens(host, here.with_verb("draft.open"), texts("Edit"))


def _envelope(draft: Draft, verb: str) -> Envelope:
    """What a client must send back so that a draft never stored yet is whole."""
    hidden = {name: draft.values.get(name, "") for name in form(draft.kind).hidden}
    if draft.edits:
        hidden["edits"] = draft.edits
    return Envelope(verb, draft.id, draft.kind, tuple(hidden.items()))

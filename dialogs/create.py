"""The form that makes or changes an action: the same frame for every kind, then the preview."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Column,
    ColumnSet,
    Container,
    DateInput,
    TextInput,
    TimeInput,
    ToggleInput,
    ToggleVisibilityAction,
)

from actions.action import Draft, Visibility
from actions.places import Conversation, Scope
from actions.plan import DESCRIPTION_LIMIT, TITLE_LIMIT
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.markdown import cut, plain
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
from cards.summary import summary
from dialogs.kinds import form
from dialogs.screen import Screen, Setting, note_problem, shown_value

ROOMS = (9_000, 6_000, 3_000, 1_000, 0)
"""Characters of the fields that take turns, the first that makes the form fit its card."""

HERE = "here"
"""The value of posting in the chat where the form is."""

LONGEST_PLACE = 60
"""Characters of a chat's name in the list."""

_MORE = "more_settings"


def form_screen(draft: Draft, setting: Setting) -> Screen:
    """Give the form with what the draft holds, and what is wrong with it beside each field."""
    phrases = look(draft.kind).phrases
    title = setting.texts(phrases.change if draft.edits else phrases.new)
    return Screen(title, fitting(_form(draft, setting, title, room) for room in ROOMS), stays=True)


def next_fields(draft: Draft, setting: Setting) -> Draft:
    """Give the draft of a form too long for one card, so that its next fields are shown."""
    rooms = (r for r in ROOMS if size(_form(draft, setting, "", r)) <= LONGEST_CARD)
    room = next(rooms, ROOMS[-1])
    return replace(draft, values=form(draft.kind).turned(draft.values, setting, room))


def _form(draft: Draft, setting: Setting, title: str, room: int) -> AdaptiveCard:
    texts = setting.texts
    body: list[CardElement] = [
        *([label(title)] if setting.host is Host.IN_PLACE else []),
        *([warning(texts("Please look at the fields marked below."))] if setting.problems else []),
        *_title(draft, setting),
        *form(draft.kind).fields(draft, setting, room),
        *(_edit_note(setting) if draft.edits else []),
        *_due(draft, setting),
        *_more(draft, setting, room),
        *buttons(_form_buttons(draft, setting)),
    ]
    return card(texts, body)


def preview_screen(
    draft: Draft, view: View, setting: Setting, destinations: Sequence[Conversation]
) -> Screen:
    """Give the card exactly as it will be posted, with Send and Edit."""
    texts = setting.texts
    above = [label(texts("Preview")), *([warning(setting.notice)] if setting.notice else [])]
    below = [*_where(draft, setting, destinations), *buttons(_preview_buttons(draft, setting))]
    room = LONGEST_CARD - size(card(texts, [*above, *below]))
    shown = summary(view, texts, setting.host, preview=True, room=room)
    framed = Container(show_border=True, rounded_corners=True, items=shown.body)
    shown.body = [*above, framed, *below]
    return Screen(texts("Preview"), shown, stays=True)


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


def _title(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    yield TextInput(
        id="title",
        label=setting.texts("Question"),
        placeholder=setting.texts("What do you want to ask?"),
        value=shown_value(draft.values, "title", TITLE_LIMIT),
        is_multiline=True,
    )
    yield from note_problem(setting, "title")


def _edit_note(setting: Setting) -> Iterator[CardElement]:
    text = setting.texts("Changing the words of an option, or clearing it, removes its votes.")
    yield note(f"⚠ {text}")


def _due(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    texts, values = setting.texts, draft.values
    yield ToggleInput(
        id="closes",
        label=texts("Due time"),
        title=texts("Close automatically"),
        value=values.get("closes", "true"),
        spacing="Medium",
    )
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
    items = [*_description(draft, setting), *own.more_fields(draft, setting, room)]
    if not draft.edits:
        items = [*_settings(draft, setting), *items]
    starts = ("description", *own.more)
    open_now = any(name.startswith(starts) for name in setting.problems)
    yield from buttons(
        [ToggleVisibilityAction(title=setting.texts("More settings"), target_elements=[_MORE])]
    )
    yield Container(id=_MORE, items=items, is_visible=open_now)


def _description(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    yield TextInput(
        id="description",
        label=setting.texts("Description"),
        is_multiline=True,
        value=shown_value(draft.values, "description", DESCRIPTION_LIMIT),
    )
    yield from note_problem(setting, "description")


def _settings(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    texts, values = setting.texts, draft.values
    names = {
        Visibility.EVERYONE: texts("everyone, at any time"),
        Visibility.AFTER_RESPONDING: texts("everyone, once they have responded"),
        Visibility.AFTER_CLOSING: texts("everyone, after closing"),
        Visibility.CREATOR: texts("only you"),
    }
    yield ChoiceSetInput(
        id="visibility",
        label=texts("Who sees the results"),
        value=values.get("visibility", Visibility.EVERYONE.value),
        choices=[Choice(title=name, value=key.value) for key, name in names.items()],
    )
    yield ToggleInput(
        id="anonymous",
        label=texts("Anonymity"),
        title=texts("Anonymous: nobody sees who answered what, you included"),
        value=values.get("anonymous", "false"),
        wrap=True,
    )
    yield ToggleInput(
        id="may_change",
        label=texts("Changes"),
        title=texts("People may change their answer"),
        value=values.get("may_change", "true"),
        wrap=True,
    )
    yield ToggleInput(
        id="shuffle",
        label=texts("Order"),
        title=texts("In the form, show each person the options in another order"),
        value=values.get("shuffle", "false"),
        wrap=True,
    )


def _form_buttons(draft: Draft, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    if draft.edits:
        yield submits(host, _envelope(draft, "draft.apply"), texts("Save changes"), "positive")
    else:
        yield submits(host, _envelope(draft, "draft.preview"), texts("Preview"), "positive")
    if host is Host.IN_PLACE:
        yield submits(host, _envelope(draft, "draft.keep"), texts("Later"))


def _preview_buttons(draft: Draft, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = Envelope("draft.send", draft.id)
    yield submits(host, here, texts("Send"), "positive")
    yield opens(host, here.with_verb("draft.open"), texts("Edit"))


def _where(
    draft: Draft, setting: Setting, destinations: Sequence[Conversation]
) -> Iterator[CardElement]:
    if setting.host is not Host.IN_PLACE:
        return
    texts = setting.texts
    choices = [Choice(title=_place_name(place, setting), value=place.id) for place in destinations]
    begun_there = draft.origin in {place.id for place in destinations}
    yield ChoiceSetInput(
        id="where",
        label=texts("Post in"),
        value=draft.origin if begun_there else HERE,
        choices=[Choice(title=texts("this chat"), value=HERE), *choices],
    )
    if not destinations:
        yield note(texts("Add me to a group chat or a team, and you can post there from here."))


def _place_name(place: Conversation, setting: Setting) -> str:
    if place.name:
        return cut(place.name, LONGEST_PLACE)
    if place.scope is Scope.CHANNEL:
        return setting.texts("a channel")
    return setting.texts("a group chat")


def _envelope(draft: Draft, verb: str) -> Envelope:
    """What a client must send back so that a draft never stored yet is whole."""
    hidden = {name: draft.values.get(name, "") for name in form(draft.kind).hidden}
    if draft.edits:
        hidden["edits"] = draft.edits
    return Envelope(verb, draft.id, draft.kind, tuple(hidden.items()))

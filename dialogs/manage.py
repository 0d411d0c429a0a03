"""What creators can do with an action, and the list of their actions and drafts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import CardElement, Container, TextBlock

from actions.action import Action, Draft
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import LOOKS, name_of
from cards.markdown import cut, plain
from cards.parts import (
    Host,
    buttons,
    card,
    directed,
    heading,
    label,
    note,
    opens,
    success,
    tap,
    warning,
)
from cards.summary import due_line, responded_line
from cards.texts import Texts
from dialogs.screen import Screen, Setting

PER_PAGE = 8
"""How many actions, or drafts, one page lists."""

FEW_DRAFTS = 3
"""How many drafts stand above the actions on the first page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of someone's drafts and actions; `offset` is how many come before it."""

    verb: str
    drafts: Sequence[Draft]
    views: Sequence[View]
    offset: int
    more: bool
    more_drafts: bool = False


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


def mine_screen(listing: Listing, setting: Setting) -> Screen:
    """Give someone's drafts and actions, the newest first."""
    texts = setting.texts
    rows = [
        *(_draft_row(draft, texts) for draft in listing.drafts),
        *(_action_row(view, texts) for view in listing.views),
    ]
    nothing = texts("Nothing here yet. Make your first poll; it takes a minute.")
    body: list[CardElement] = [
        label(texts("My actions")),
        *([warning(setting.notice)] if setting.notice else []),
        *(rows or [note(nothing)]),
        *buttons(_list_buttons(listing, setting)),
    ]
    return Screen(texts("My actions"), card(texts, body), stays=True)


def _buttons(view: View, setting: Setting) -> Iterator[Button]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    yield opens(host, here.with_verb("edit"), texts("Edit"))
    if view.is_open:
        yield opens(host, here.with_verb("close"), texts("Close now"))
    else:
        yield opens(host, here.with_verb("reopen"), texts("Re-open"))
    yield opens(host, here.with_verb("duplicate"), texts("Duplicate"))
    yield opens(host, here.with_verb("ask_delete"), texts("Delete"))


def _ways_back(view: View, setting: Setting) -> Iterator[Button]:
    texts, host, here = setting.texts, setting.host, Envelope("", view.action.id)
    yield opens(host, here.with_verb("results"), texts("Results"))
    if host is Host.IN_PLACE:
        yield opens(host, here.with_verb("show"), texts("Back"))
        yield opens(host, Envelope("mine"), texts("My actions"))


def _draft_row(draft: Draft, texts: Texts) -> CardElement:
    title = draft.values.get("title", "").strip() or texts("without a title")
    word = name_of(draft.kind, texts)
    state = texts("changes not saved yet") if draft.edits else texts("draft")
    return _row(title, f"✎ {word} · {state}", Envelope("draft.open", draft.id, draft.kind))


def _action_row(view: View, texts: Texts) -> CardElement:
    action: Action = view.action
    word = name_of(action.kind, texts)
    due = due_line(action, texts, is_open=view.is_open)
    line = f"{word} · {due} · {responded_line(view, texts)}"
    return _row(action.content.title, line, Envelope("manage", action.id))


def _row(title: str, line: str, envelope: Envelope) -> CardElement:
    return Container(
        style="emphasis",
        show_border=True,
        rounded_corners=True,
        spacing="Small",
        select_action=tap(envelope, cut(" ".join(title.split()), 60)),
        items=[TextBlock(text=plain(title, 120), weight="Bolder", wrap=True), note(line)],
    )


def _list_buttons(listing: Listing, setting: Setting) -> Iterator[Button]:
    texts, host = setting.texts, setting.host
    for shape in LOOKS:
        yield opens(host, Envelope("create", argument=shape.name), texts(shape.phrases.new))
    if listing.more_drafts:
        yield opens(host, Envelope("drafts"), texts("All drafts"))
    if listing.offset:
        newer = Envelope(listing.verb, argument=str(max(listing.offset - PER_PAGE, 0)))
        yield opens(host, newer, texts("Newer"))
    if listing.more:
        older = Envelope(listing.verb, argument=str(listing.offset + PER_PAGE))
        yield opens(host, older, texts("Older"))

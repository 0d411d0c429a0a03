"""The list of what someone drafted, scheduled and posted, and of what waits for their answer."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import CardElement, Container, TextBlock, TextInput

from actions.action import Draft
from actions.listing import PER_PAGE, Listing, Tab
from actions.series import Series
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import LOOKS, name_of
from cards.markdown import cut, plain
from cards.parts import LONGEST_LABEL, buttons, card, label, note, opens, submits, warning
from cards.summary import due_line, responded_line
from cards.texts import Texts, is_right_to_left
from dialogs.place import LONGEST_SEARCH, whole
from dialogs.screen import Screen, Setting
from dialogs.series import next_line


def mine_screen(listing: Listing, setting: Setting) -> Screen:
    """Give a page of one part of the list, with the ways to the others."""
    texts = setting.texts
    names, is_waiting = _names(texts), listing.tab is Tab.WAITING
    rows = [
        *(_draft_row(draft, setting) for draft in listing.drafts),
        *(_series_row(series, setting) for series in listing.series),
        *(_action_row(listing.tab, view, setting) for view in listing.views),
    ]
    others = (tab for tab in Tab if tab is not listing.tab)
    body: list[CardElement] = [
        label(texts("My actions")),
        *([warning(setting.notice)] if setting.notice else []),
        *buttons(opens(setting.host, envelope(tab), names[tab]) for tab in others),
        label(texts("Waiting for my answer") if is_waiting else names[listing.tab]),
        *_search(listing, setting),
        *(rows or [note(_nothing(listing, texts))]),
        *buttons(_pages(listing, setting)),
        *buttons(
            opens(setting.host, Envelope("create", argument=one.name), texts(one.phrases.new))
            for one in LOOKS
        ),
        *buttons([opens(setting.host, Envelope("bank"), texts("Question bank"))]),
    ]
    return Screen(texts("My actions"), card(texts, body), stays=True)


def envelope(tab: Tab, search: str = "", offset: int = 0) -> Envelope:
    """Give the button that shows a page of one part of the list."""
    parts = {"tab": tab.value, "search": search, "offset": offset}
    return Envelope("mine", argument=urlencode({n: part for n, part in parts.items() if part}))


def read(argument: str) -> tuple[Tab | None, str, int]:
    """Read a button's argument: part, search, how many come before; what is odd says nothing."""
    parts = dict(parse_qsl(argument))
    tab = parts.get("tab", "")
    search = parts.get("search", "")[:LONGEST_SEARCH]
    return Tab(tab) if tab in set(Tab) else None, search, whole(parts.get("offset", ""))


def _names(texts: Texts) -> Mapping[Tab, str]:
    return {
        Tab.ACTIVE: texts("Active"),
        Tab.WAITING: texts("To answer"),
        Tab.SCHEDULED: texts("Scheduled"),
        Tab.DRAFTS: texts("Drafts"),
        Tab.CLOSED: texts("Closed"),
    }


def _nothing(listing: Listing, texts: Texts) -> str:
    if listing.search:
        return texts("No title here holds these words.")
    if listing.is_all:
        return texts("Nothing here yet. Make your first poll; it takes a minute.")
    return {
        Tab.ACTIVE: texts("Nothing of yours is open. Make something; it takes a minute."),
        Tab.WAITING: texts("Nothing waits for your answer."),
        Tab.SCHEDULED: texts("Nothing is scheduled. A form's button “Schedule” posts it later."),
        Tab.DRAFTS: texts("No drafts. A form that you put aside is kept here."),
        Tab.CLOSED: texts("Nothing of yours is closed."),
    }[listing.tab]


def _search(listing: Listing, setting: Setting) -> Iterator[CardElement]:
    """A short list needs no search."""
    is_long = listing.more or listing.offset or listing.search
    if listing.tab is Tab.WAITING or not is_long:
        return
    texts = setting.texts
    yield TextInput(id="search", label=texts("Search by title"), value=listing.search or None)
    yield from buttons([submits(setting.host, envelope(listing.tab), texts("Search"))])


def _draft_row(draft: Draft, setting: Setting) -> CardElement:
    texts = setting.texts
    title = draft.values.get("title", "").strip() or texts("without a title")
    word = name_of(draft.kind, texts)
    state = texts("changes not saved yet") if draft.edits else texts("draft")
    here = Envelope("draft.open", draft.id, draft.kind)
    return _row(title, f"✎ {word} · {state}", here, setting)


def _series_row(series: Series, setting: Setting) -> CardElement:
    texts, template = setting.texts, series.template
    line = f"{name_of(template.kind, texts)} · {next_line(series, texts)}"
    return _row(template.content.title, line, Envelope("series", series.id), setting)


def _action_row(tab: Tab, view: View, setting: Setting) -> CardElement:
    """What is one's own leads to managing it, what waits to answering it."""
    texts, action = setting.texts, view.action
    word, due = name_of(action.kind, texts), due_line(action, texts, is_open=view.is_open)
    if tab is Tab.WAITING:
        asker = texts("asked by {name}", name=plain(action.creator.name, 60))
        here = Envelope("open", action.id)
        return _row(action.content.title, f"{word} · {asker} · {due}", here, setting)
    line = f"{word} · {due} · {responded_line(view, texts)}"
    return _row(action.content.title, line, Envelope("manage", action.id), setting)


def _row(title: str, line: str, here: Envelope, setting: Setting) -> CardElement:
    return Container(
        style="emphasis",
        show_border=True,
        rounded_corners=True,
        spacing="Small",
        rtl=True if is_right_to_left(title) else None,
        select_action=opens(setting.host, here, cut(" ".join(title.split()), LONGEST_LABEL)),
        items=[TextBlock(text=plain(title, 120), weight="Bolder", wrap=True), note(line)],
    )


def _pages(listing: Listing, setting: Setting) -> Iterator[Button]:
    texts, host = setting.texts, setting.host
    tab, search, offset = listing.tab, listing.search, listing.offset
    if offset:
        before = envelope(tab, search, max(offset - PER_PAGE, 0))
        yield opens(host, before, texts("Previous page"))
    if listing.more:
        after = envelope(tab, search, offset + PER_PAGE)
        yield opens(host, after, texts("Next page"))

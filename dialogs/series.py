"""What is posted later: what, where, when next, the last ones; and to stop or delete it."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement, Container, TextBlock

from actions.listing import Tab
from actions.scheduling import BY_CREATOR
from actions.series import Series
from actions.series_results import About
from actions.viewing import View
from cards.envelope import Envelope
from cards.kinds import look, name_of
from cards.markdown import plain
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
    warning,
)
from cards.schedule import exactly
from cards.summary import responded_line
from cards.texts import Texts
from dialogs.destination import place_words
from dialogs.planned import Planned, rule_lines
from dialogs.screen import Screen, Setting

LONGEST_TITLE = 300
"""Characters of the title of what is posted."""


def series_screen(found: About, setting: Setting) -> Screen:
    """Give one scheduled thing, and what can be done with it."""
    texts, series = setting.texts, found.series
    body = [
        *_top(series, setting),
        *_standing(found, setting),
        *buttons(_buttons(series, setting)),
        *_latest(found, setting),
        *buttons(_ways_back(setting)),
    ]
    return Screen(texts("Schedule"), card(texts, body), stays=True)


def scheduled_screen(found: About, setting: Setting) -> Screen:
    """Give the receipt: what is posted where, and when first."""
    texts, series = setting.texts, found.series
    title = plain(series.template.content.title, 100)
    here = Envelope("series", series.id)
    body = [
        success(texts("Scheduled: {title}", title=title)),
        *rule_lines(_planned(found, setting), texts),
        *buttons(
            [
                opens(setting.host, here, texts("Open")),
                opens(setting.host, Envelope("mine"), texts("My actions")),
            ]
        ),
    ]
    return Screen(texts("Scheduled"), card(texts, body), stays=True)


def ask_delete_screen(found: About, setting: Setting) -> Screen:
    """Ask whether nothing more of it shall be posted, ever."""
    texts, host, series = setting.texts, setting.host, found.series
    here = Envelope("series.delete", series.id)
    stays = texts("Delete this schedule? What was posted stays, with its responses.")
    nothing = texts("Delete this schedule? Nothing of it was posted yet.")
    body = [
        *_top(series, setting),
        warning(stays if series.posted else nothing),
        *buttons(
            [
                opens(host, here, texts("Delete for good")),
                opens(host, here.with_verb("series"), texts("Keep")),
            ]
        ),
    ]
    return Screen(texts("Delete"), card(texts, body), stays=True)


def deleted_series_screen(setting: Setting) -> Screen:
    """Say that nothing more of it is posted."""
    texts = setting.texts
    body = [
        success(texts("The schedule is deleted.")),
        *buttons([opens(setting.host, Envelope("mine"), texts("My actions"))]),
    ]
    return Screen(texts("Deleted"), card(texts, body), stays=True)


def next_line(series: Series, texts: Texts) -> str:
    """Give when it is posted next, or why it is not."""
    if series.stopped == BY_CREATOR:
        return texts("Stopped by you.")
    if series.stopped:
        return texts("Stopped: I cannot post in that chat any more.")
    if series.next_at is None:
        return texts("Nothing more is posted: it is over.")
    return texts("Next on {moment}", moment=exactly(series.next_at, series.time_zone, texts))


def posting_row(view: View, setting: Setting) -> CardElement:
    """Give one posting: when, how many responded, and in a few words what came of it."""
    texts, action = setting.texts, view.action
    when = exactly(action.created_at, action.time_zone, texts)
    pieces = [responded_line(view, texts), look(action.kind).outcome(view, texts)]
    return Container(
        style="emphasis",
        show_border=True,
        rounded_corners=True,
        spacing="Small",
        select_action=opens(setting.host, Envelope("results", action.id), when),
        items=[
            TextBlock(text=when, weight="Bolder", wrap=True),
            note(" · ".join(piece for piece in pieces if piece)),
        ],
    )


def _top(series: Series, setting: Setting) -> Iterator[CardElement]:
    texts, title = setting.texts, series.template.content.title
    yield note(f"{name_of(series.template.kind, texts).upper()} · {_state(series, texts)}")
    yield from directed(title, [heading(title, LONGEST_TITLE)])
    if setting.notice:
        yield warning(setting.notice)
    if setting.done:
        yield success(setting.done)


def _state(series: Series, texts: Texts) -> str:
    if series.stopped:
        return texts("stopped")
    return texts("over") if series.next_at is None else texts("scheduled")


def _standing(found: About, setting: Setting) -> Iterator[CardElement]:
    texts, series = setting.texts, found.series
    if series.next_at is None:
        yield from _why_not(series, texts)
    yield from rule_lines(_planned(found, setting), texts)
    yield note(
        texts.many("{count} time posted", "{count} times posted", series.posted)
        if series.posted
        else texts("Not posted yet")
    )


def _why_not(series: Series, texts: Texts) -> Iterator[CardElement]:
    yield warning(next_line(series, texts))
    if series.stopped not in {"", BY_CREATOR}:
        how = texts("Add me there again, then press “Go on”; or choose another chat under “Edit”.")
        yield note(how)


def _latest(found: About, setting: Setting) -> Iterator[CardElement]:
    if not found.latest:
        return
    texts = setting.texts
    yield label(texts("The last ones"))
    yield from (posting_row(view, setting) for view in found.latest)
    every = Envelope("series.results", found.series.id)
    yield from buttons([opens(setting.host, every, texts("Results across the series"))])


def _planned(found: About, setting: Setting) -> Planned:
    series = found.series
    return Planned(
        series.starts_at,
        series.rule,
        series.closes_after,
        series.time_zone,
        found.upcoming,
        place_words(found.place, setting),
    )


def _buttons(series: Series, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("series", series.id)
    yield opens(host, here.with_verb("series.edit"), texts("Edit"))
    yield opens(host, here.with_verb("series.post", str(series.posted + 1)), texts("Post now"))
    if series.stopped:
        yield opens(host, here.with_verb("series.resume"), texts("Go on"))
    elif series.next_at is not None:
        yield opens(host, here.with_verb("series.stop"), texts("Stop"))
    yield opens(host, here.with_verb("series.ask_delete"), texts("Delete"))


def _ways_back(setting: Setting) -> Iterator[Action]:
    if setting.host is Host.IN_PLACE:
        listed = Envelope("mine", argument=f"tab={Tab.SCHEDULED}")
        yield opens(setting.host, listed, setting.texts("My actions"))

"""Messages to creators about what comes of their actions, and to who takes a training again.

They are read in the personal chat, so their buttons show things in place of them.
"""

from collections.abc import Iterator

from microsoft_teams.cards.core import AdaptiveCard, CardElement, Container, TextBlock

from actions.choice import Choice
from actions.kinds import Way, kind
from actions.marks import figures
from actions.notifying import Digest, News
from actions.sitting import exam_of
from actions.viewing import Shown, View, bars
from cards.envelope import Envelope
from cards.exam import in_all
from cards.kinds import Look, look, name_of
from cards.markdown import cut, plain
from cards.parts import (
    LONGEST_LABEL,
    Fit,
    Host,
    buttons,
    card,
    directed,
    fitting,
    heading,
    label,
    note,
    opens,
    success,
)
from cards.summary import due_line, responded_line
from cards.texts import Texts, is_right_to_left

LONGEST_HEADING = 200
"""Characters of a title on the card."""

LONGEST_NAME = 60
"""Characters of a person's name, or of an option that won."""

LONGEST_TITLE = 80
"""Characters of a title among others, or beside what happened, on a locked phone."""

MOST_WINNERS = 3
"""How many options that won together are named on a locked phone."""

MOST_TITLES = 3
"""How many actions of a digest are named on a locked phone."""

HOST = Host.IN_PLACE


def closed(news: News, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give the final results, and in a few words the outcome."""
    shape = look(news.view.action.kind)
    shown = fitting(_closed(news.view, texts, shape, fit) for fit in shape.fits)
    outcome = " · ".join([*_outcome(news.view, texts), responded_line(news.view, texts)])
    title = _title(news.view)
    return shown, texts("Closed: {title} · {outcome}", title=title, outcome=outcome)


def responses(news: News, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give how much is new, by whom where that is told, and how many responded in all."""
    view, what = news.view, _new(news, texts)
    by = ", ".join(cut(name, LONGEST_NAME) for name in news.names)
    body = [
        *_head(view, texts),
        _strong(what),
        *([TextBlock(text=plain(by, 200), wrap=True, spacing="Small")] if by else []),
        note(responded_line(view, texts)),
        *_buttons(view, texts),
    ]
    told = " · ".join(part for part in (what, by or responded_line(view, texts)) if part)
    return card(texts, body), texts("{title}: {told}", title=_title(view), told=told)


def everyone(news: News, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give that nobody, or nothing, is left to wait for."""
    view, what = news.view, _complete(news.view, texts)
    body = [
        *_head(view, texts),
        success(what),
        *(note(line) for line in _counted(view, texts)),
        *_buttons(view, texts),
    ]
    return card(texts, body), texts("{title}: {told}", title=_title(view), told=what)


def digest(found: Digest, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give what is new in each action, the results of which a tap shows."""
    more, titles = found.more, [_title(news.view) for news in found.listed]
    body = [
        label(texts("What is new")),
        *(_row(news, texts) for news in found.listed),
        *([note(texts.many("and {count} more", "and {count} more", more))] if more else []),
        *buttons([opens(HOST, Envelope("mine"), texts("My actions"))]),
    ]
    named = ", ".join(titles[:MOST_TITLES])
    left = len(titles) - MOST_TITLES + more
    if left > 0:
        return card(texts, body), texts.many(
            "What is new: {titles} and {count} more",
            "What is new: {titles} and {count} more",
            left,
            titles=named,
        )
    if len(titles) == 1:
        told = _new(found.listed[0], texts)
        return card(texts, body), texts("{title}: {told}", title=named, told=told)
    return card(texts, body), texts("What is new: {titles}", titles=named)


def ask_again(view: View, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give that a training no longer holds, and the way to take it again."""
    months = exam_of(view.action.content).months
    text = texts.many(
        "You completed this, and it was valid for {count} month. Please take it again.",
        "You completed this, and it was valid for {count} months. Please take it again.",
        months,
    )
    again = opens(HOST, Envelope("open", view.action.id), texts("Take it again"))
    body = [*_head(view, texts), TextBlock(text=text, wrap=True), *buttons([again])]
    return card(texts, body), texts("Please take it again: {title}", title=_title(view))


def co_creator(view: View, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give that someone manages something from now on, too."""
    name = plain(view.action.creator.name, LONGEST_NAME)
    text = texts("You manage this together with {name} from now on.", name=name)
    more = texts("You can edit, close, remind, export and delete it, and see all results.")
    body = [*_head(view, texts), TextBlock(text=text, wrap=True), note(more)]
    summary = texts("You manage this from now on, too: {title}", title=_title(view))
    return card(texts, [*body, *_buttons(view, texts)]), summary


def checker(view: View, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give that someone looks at what is done on a list from now on."""
    text = texts("You check this list from now on: what is ticked counts once you have looked.")
    checklist = view.action.content.checklist
    is_individual = checklist is not None and checklist.individual
    here = Envelope("results" if is_individual else "open", view.action.id)
    title = texts("Results") if is_individual else texts("Open list")
    body = [
        *_head(view, texts),
        TextBlock(text=text, wrap=True),
        *buttons([opens(HOST, here, title)]),
    ]
    return card(texts, body), texts("You check this list from now on: {title}", title=_title(view))


def _closed(view: View, texts: Texts, shape: Look, fit: Fit) -> AdaptiveCard:
    body = [
        *_head(view, texts),
        *_results(view, texts, shape, fit),
        *(note(line) for line in _counted(view, texts)),
        *_buttons(view, texts),
    ]
    return card(texts, body)


def _results(view: View, texts: Texts, shape: Look, fit: Fit) -> list[CardElement]:
    checklist = view.action.content.checklist
    if checklist is not None and checklist.individual:
        # Its rows are somebody's own list.
        return []
    lines = (note(line) for line in shape.lines(view, texts))
    return [*shape.rows(view, texts, live=False, fit=fit), *lines]


def _counted(view: View, texts: Texts) -> Iterator[str]:
    checklist = view.action.content.checklist
    if checklist is None or checklist.individual:
        # Of a list that all share it has been said how far it is.
        yield responded_line(view, texts)
    if view.shown is Shown.TOO_FEW:
        yield texts("Results are shown from three responses on, to keep answers anonymous.")


def _head(view: View, texts: Texts) -> list[CardElement]:
    action = view.action
    if view.is_open or action.closed_at is None:
        state = due_line(action, texts, is_open=view.is_open)
    else:
        moment = texts.moment(action.closed_at, action.time_zone)
        state = texts("closed {moment}", moment=moment)
    title = action.content.title
    return [
        note(f"{name_of(action.kind, texts).upper()} · {state}"),
        *directed(title, [heading(title, LONGEST_HEADING)]),
    ]


def _buttons(view: View, texts: Texts) -> list[CardElement]:
    here = Envelope("results", view.action.id)
    return buttons(
        [
            opens(HOST, here, texts("Results")),
            opens(HOST, here.with_verb("manage"), texts("Manage")),
        ]
    )


def _row(news: News, texts: Texts) -> CardElement:
    view, title = news.view, news.view.action.content.title
    words = [_new(news, texts), responded_line(view, texts)]
    if not view.is_open:
        words.append(due_line(view.action, texts, is_open=False))
    here = Envelope("results", view.action.id)
    return Container(
        style="emphasis",
        show_border=True,
        rounded_corners=True,
        spacing="Small",
        rtl=True if is_right_to_left(title) else None,
        select_action=opens(HOST, here, cut(" ".join(title.split()), LONGEST_LABEL)),
        items=[
            TextBlock(text=plain(title, 120), weight="Bolder", wrap=True),
            note(" · ".join(words)),
        ],
    )


def _new(news: News, texts: Texts) -> str:
    checklist = news.view.action.content.checklist
    if checklist is None:
        return texts.many("{count} new response", "{count} new responses", news.new)
    if checklist.individual:
        return texts.many(
            "{count} more person has finished", "{count} more people have finished", news.new
        )
    return texts.many(
        "{count} more item is dealt with", "{count} more items are dealt with", news.new
    )


def _complete(view: View, texts: Texts) -> str:
    checklist = view.action.content.checklist
    if checklist is None:
        return texts("Everyone has responded.")
    if checklist.individual:
        return texts("Everyone has finished their list.")
    return texts("Nothing on the list is left to do.")


def _outcome(view: View, texts: Texts) -> Iterator[str]:
    """Give what won, or what all scores came to."""
    content = view.action.content
    if content.exam is not None:
        yield from in_all(figures(view), texts)
    elif kind(view.action.kind).way is Way.TAPS:
        questions = (one for one in content.questions if isinstance(one, Choice))
        winners = [bar.option.text for one in questions for bar in bars(view, one) if bar.wins]
        if 0 < len(winners) <= MOST_WINNERS:
            yield ", ".join(cut(" ".join(one.split()), LONGEST_NAME) for one in winners)


def _strong(text: str) -> CardElement:
    return TextBlock(text=text, weight="Bolder", wrap=True)


def _title(view: View) -> str:
    return cut(" ".join(view.action.content.title.split()), LONGEST_TITLE)

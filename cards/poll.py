"""How a poll looks in the chat: rows to tap, with bars where results may be seen."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action as Button
from microsoft_teams.cards.core import (
    CardElement,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    TextBlock,
)

from actions import poll
from actions.action import Action
from actions.adding import takes_options
from actions.choice import Choice, Option
from actions.questions import Answers
from actions.viewing import Bar, Shown, View, bars
from cards.envelope import Envelope
from cards.markdown import cut, plain
from cards.parts import LONGEST_LABEL, Fit, Host, bar, note, opens, tap
from cards.texts import Texts, is_right_to_left

NAME = "poll"

LONGEST_ANSWER = 160
"""Characters of everything that someone chose."""

FITS = (
    Fit(300, bars=True),
    Fit(120, bars=True),
    Fit(60, bars=True),
    Fit(60, bars=True, refreshed=20),
    Fit(120, bars=False),
    Fit(60, bars=False),
    Fit(60, bars=False, refreshed=20),
    Fit(30, bars=False, refreshed=20),
    Fit(15, bars=False, refreshed=10),
    Fit(8, bars=False, refreshed=0),
)
"""How much a card shows, the first that makes it fit."""


def chosen(view: View) -> tuple[str, ...]:
    """Give the ids of the options that the viewer chose."""
    answer = (view.answers or {}).get(poll.QUESTION, ())
    return answer if isinstance(answer, tuple) else ()


def rows(view: View, texts: Texts, *, live: bool, fit: Fit) -> list[CardElement]:
    """Give a row for each option; `live` ones can be tapped."""
    question = poll.question_of(view.action)
    return [
        _row(view, texts, question, result, live=live, fit=fit) for result in bars(view, question)
    ]


def lines(view: View, texts: Texts) -> Iterator[str]:
    """Give what stands below the rows: the own vote, and how voting goes."""
    question = poll.question_of(view.action)
    own = _own_vote(view, texts)
    if own:
        yield own
    hints = list(_how_to(view, texts, question)) if view.is_open else []
    if question.several and view.shown is Shown.YES:
        hints.append(texts("Percentages are of people, who may each choose several."))
    if hints:
        yield " ".join(hints)


def answer(action: Action, answers: Answers, texts: Texts) -> str:
    """Give what someone chose, on one line."""
    question = poll.question_of(action)
    value = answers.get(poll.QUESTION, ())
    mine = question.ordered(value) if isinstance(value, tuple) else ()
    names = (cut(question.option(option_id).text, LONGEST_LABEL) for option_id in mine)
    return plain(", ".join(names), LONGEST_ANSWER) or texts("nothing")


def outcome(view: View, texts: Texts) -> str:
    """Give what most chose, once it is closed, as a card's text."""
    del texts
    best = (result for result in bars(view, poll.question_of(view.action)) if result.wins)
    names = ", ".join(cut(result.option.text, LONGEST_LABEL) for result in best)
    return f"🏆 {plain(names, LONGEST_ANSWER)}" if names else ""


def buttons(view: View, texts: Texts, host: Host) -> Iterator[Button]:
    """Give the button to the field for an option of one's own, where one may be added."""
    if takes_options(view.action):
        yield opens(host, Envelope("open", view.action.id), texts("Add an option"))


def _own_vote(view: View, texts: Texts) -> str:
    if view.answers is not None:
        return texts("✔ You voted: {options}", options=answer(view.action, view.answers, texts))
    return texts("✔ You voted.") if view.took_part else ""


def _how_to(view: View, texts: Texts, question: Choice) -> Iterator[str]:
    if question.several:
        limited = question.most < len(question.options)
        if limited:
            yield texts("Tap to choose, at most {most}.", most=question.most)
        else:
            yield texts("Tap to choose, as many as you like.")
    elif not view.took_part:
        yield texts("Tap an option to vote.")
    if chosen(view):
        if not view.action.settings.may_change:
            yield texts("Votes cannot be changed.")
        elif question.several:
            yield texts("Tap a choice again to take it back.")
        else:
            yield texts("Tap another to change, or yours to take it back.")


def _row(
    view: View, texts: Texts, question: Choice, result: Bar, *, live: bool, fit: Fit
) -> CardElement:
    mine = result.option.id in chosen(view)
    right_to_left = is_right_to_left(result.option.text)
    has_bar = fit.bars and view.shown is Shown.YES
    return Container(
        style="accent" if mine else "emphasis",
        show_border=fit.bars or None,
        rounded_corners=fit.bars or None,
        spacing="Small",
        rtl=True if right_to_left else None,
        select_action=_action(view, texts, question, result, mine=mine, fit=fit) if live else None,
        items=[
            *_row_text(view, texts, result, mine=mine, fit=fit),
            *([bar(result.share, "good" if mine else "accent")] if has_bar else []),
        ],
    )


def _row_text(view: View, texts: Texts, result: Bar, *, mine: bool, fit: Fit) -> list[CardElement]:
    signs = ("✔ " if mine else "") + ("🏆 " if result.wins else "")
    name = TextBlock(
        text=signs + plain(result.option.text, fit.longest),
        wrap=True,
        weight="Bolder" if mine or result.wins else None,
    )
    by = _added_by(result.option, texts) if fit.bars else ""
    words: list[CardElement] = [name, note(by)] if by else [name]
    figures = " · ".join(_figures(view, texts, result))
    if not figures:
        return words
    number = TextBlock(text=figures, is_subtle=True)
    columns = [Column(width="stretch", items=words), Column(width="auto", items=[number])]
    return [ColumnSet(columns=columns)]


def _added_by(option: Option, texts: Texts) -> str:
    name = plain(option.added_by, LONGEST_LABEL)
    return texts("added by {name}", name=name) if name else ""


def _figures(view: View, texts: Texts, result: Bar) -> Iterator[str]:
    if view.shown is Shown.YES:
        yield f"{texts.number(result.count)} · {texts.percent(result.share)}"
    if result.option.places is not None and view.is_open:
        yield _places(view, texts, result)


def _places(view: View, texts: Texts, result: Bar) -> str:
    places = result.option.places or 0
    if result.is_full:
        return texts("full")
    if view.shown is Shown.YES:
        return texts.many("of {count} place", "of {count} places", places)
    return texts.many("{count} place", "{count} places", places)


def _action(
    view: View, texts: Texts, question: Choice, result: Bar, *, mine: bool, fit: Fit
) -> ExecuteAction | None:
    """A tap says what it is meant to reach, so that a stale or doubled one flips nothing."""
    option, may_change = result.option, view.action.settings.may_change
    name = cut(" ".join(option.text.split()), min(LONGEST_LABEL, fit.longest))
    if not view.is_open:
        return None
    if mine:
        if not may_change:
            return None
        undo = Envelope("take_back", view.action.id, option.id)
        return tap(undo, texts("Take back {option}", option=name))
    bound = bool(chosen(view)) and not question.several and not may_change
    if bound or result.is_full:
        return None
    choose = Envelope("choose", view.action.id, option.id)
    return tap(choose, texts("Choose {option}", option=name))

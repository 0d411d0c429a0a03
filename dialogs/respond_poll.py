"""The poll as a form, for keyboards and for clients where taps fail: inputs and one button."""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    TextInput,
)

from actions import poll
from actions.adding import FIELD, takes_options
from actions.choice import Choice as Question
from actions.fields import OPTION_LIMIT
from actions.viewing import Bar, View, bars
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import cut
from cards.parts import (
    LONGEST_LABEL,
    Host,
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
from cards.poll import chosen
from cards.summary import due_line
from dialogs.screen import Screen, Setting, note_problem, shown_value

LENGTHS = (1_000, 500, 250, 100)
"""To how many characters options are cut; 25 of the longest are more than a card holds."""

INPUT = "answer"
"""The id of the field that holds the chosen options."""


def respond_screen(view: View, setting: Setting) -> Screen:
    """Give the form with the own vote in it."""
    word = name_of(view.action.kind, setting.texts)
    return Screen(word, fitting(_form(view, setting, cut_to) for cut_to in LENGTHS))


def _form(view: View, setting: Setting, longest: int) -> AdaptiveCard:
    texts, content = setting.texts, view.action.content
    word = name_of(view.action.kind, texts)
    body: list[CardElement] = [
        note(f"{word.upper()} · {due_line(view.action, texts, is_open=view.is_open)}"),
        *directed(content.title, [heading(content.title, longest)]),
        *said(content.description, longest * 5),
        *([warning(setting.notice)] if setting.notice else []),
        *([success(setting.done)] if setting.done else []),
        *(_inputs(view, setting, longest) if view.is_open else []),
        *_steps(view, setting),
    ]
    return card(texts, body)


def _steps(view: View, setting: Setting) -> list[CardElement]:
    """The field for an option of one's own has its button, apart from the one that votes."""
    voting = _voting(view, setting) if view.is_open else ()
    if not (view.is_open and takes_options(view.action)):
        return buttons([*voting, *_leading_on(view, setting)])
    add = Envelope("add_option", view.action.id)
    adding = submits(setting.host, add, setting.texts("Add option"))
    return [
        *buttons(voting),
        *_own_option(view, setting),
        *buttons([adding, *_leading_on(view, setting)]),
    ]


def _inputs(view: View, setting: Setting, longest: int) -> Iterator[CardElement]:
    texts, question = setting.texts, poll.question_of(view.action)
    limit = question.most
    text = texts("Choose one")
    if question.several:
        text = texts("Choose at most {most}", most=limit)
        if limit >= len(question.options):
            text = texts("Choose as many as you like")
    mine = chosen(view)
    yield ChoiceSetInput(
        id=INPUT,
        label=text,
        style="expanded",
        wrap=True,
        is_multi_select=question.several,
        value=",".join(question.ordered(_ticked(mine, setting))) or None,
        choices=[
            Choice(title=_name(result, mine, setting, longest), value=result.option.id)
            for result in _ordered(view, question)
        ],
    )
    yield from note_problem(setting, poll.QUESTION)
    if mine and not view.action.settings.may_change:
        yield note(texts("Votes cannot be changed."))


def _ticked(mine: tuple[str, ...], setting: Setting) -> Sequence[str]:
    """What was chosen but not sent as a vote yet stays chosen."""
    return setting.typed[INPUT].split(",") if INPUT in setting.typed else mine


def _ordered(view: View, question: Question) -> Sequence[Bar]:
    """Each person's own order, where that was wished for (docs/decisions/0004)."""
    results = bars(view, question)
    if not view.action.settings.shuffle:
        return results
    order = {o.id: n for n, o in enumerate(question.shuffled(f"{view.action.id} {view.viewer}"))}
    return sorted(results, key=lambda result: order[result.option.id])


def _name(result: Bar, mine: tuple[str, ...], setting: Setting, longest: int) -> str:
    """An option that is full says so; who has a place in it keeps it."""
    text = cut(result.option.text, longest)
    if result.is_full and result.option.id not in mine:
        return setting.texts("{option} (no places left)", option=text)
    if result.option.added_by:
        name = cut(result.option.added_by, LONGEST_LABEL)
        return setting.texts("{option} (added by {name})", option=text, name=name)
    return text


def _own_option(view: View, setting: Setting) -> Iterator[CardElement]:
    texts = setting.texts
    yield TextInput(
        id=FIELD,
        label=texts("Your own option"),
        value=shown_value(setting.typed, FIELD, OPTION_LIMIT),
        spacing="Large",
        separator=True,
    )
    yield from note_problem(setting, FIELD)
    if view.action.settings.anonymous:
        yield note(texts("Nobody sees who added it."))
    else:
        yield note(texts("Your name will stand beside it."))


def _voting(view: View, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here, mine = Envelope("vote", view.action.id), chosen(view)
    yield submits(host, here, texts("Vote"), "positive")
    if len(mine) == 1 and view.action.settings.may_change:
        undo = here.with_verb("withdraw", mine[0])
        yield opens(host, undo, texts("Take back my vote"))


def _leading_on(view: View, setting: Setting) -> Iterator[Action]:
    texts, host, here = setting.texts, setting.host, Envelope("results", view.action.id)
    yield opens(host, here, texts("Results"))
    if host is Host.IN_PLACE:
        yield opens(host, here.with_verb("show"), texts("Back"))

"""The poll as a form, for keyboards and for clients where taps fail: inputs and one button."""

from collections.abc import Iterator, Sequence

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, Choice, ChoiceSetInput

from actions import poll
from actions.choice import Choice as Question
from actions.viewing import Bar, View, bars
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import cut
from cards.parts import (
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
from dialogs.screen import Screen, Setting, note_problem

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
        *buttons(_buttons(view, setting)),
    ]
    return card(texts, body)


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
        value=",".join(mine) or None,
        choices=[
            Choice(title=_name(result, mine, setting, longest), value=result.option.id)
            for result in _ordered(view, question)
        ],
    )
    yield from note_problem(setting, poll.QUESTION)
    if mine and not view.action.settings.may_change:
        yield note(texts("Votes cannot be changed."))


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
    return text


def _buttons(view: View, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here, mine = Envelope("vote", view.action.id), chosen(view)
    if view.is_open:
        yield submits(host, here, texts("Vote"), "positive")
        if len(mine) == 1 and view.action.settings.may_change:
            undo = here.with_verb("withdraw", mine[0])
            yield opens(host, undo, texts("Take back my vote"))
    yield opens(host, here.with_verb("results"), texts("Results"))
    if host is Host.IN_PLACE:
        yield opens(host, here.with_verb("show"), texts("Back"))

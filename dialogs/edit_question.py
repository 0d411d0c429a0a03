"""The builder's screens for one question: what it asks, and more about it."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, ChoiceSetInput

from actions.action import Draft
from actions.drafted import (
    HELP_LIMIT,
    IMAGE_ALT_LIMIT,
    IMAGE_LIMIT,
    MOST_QUESTIONS,
    QUESTION_LIMIT,
    chosen_preset,
    field_prefix,
    place_of,
    question_ids,
    questions_of,
)
from actions.item import TEXT_LIMIT as ITEM_LIMIT
from actions.kinds import builder
from actions.lesson import TITLE_LIMIT
from actions.presets import ITEMS, MARKED, TAUGHT
from actions.rules import RULE
from actions.schedule import is_of_posted
from cards.markdown import plain
from cards.parts import buttons, card, fitting, label, note, submits
from cards.rules import rule_words
from dialogs.asked import Asked
from dialogs.bank import keep_button
from dialogs.edit_rule import rule_screen
from dialogs.inputs import switch, text_field
from dialogs.key_fields import explanation_field
from dialogs.presets import preset_choices
from dialogs.question_fields import left_out_if_blank, shown_lines, type_fields
from dialogs.question_frame import marked, own_problems, step, title_of, to_list, top
from dialogs.question_list import adds, builds
from dialogs.screen import Screen, Setting, note_problem

ROOMS = (8_000, 5_000, 3_000, 1_500, 0)
"""Characters of lines that are shown at once, the first that makes the form fit its card."""

MORE = frozenset({"explanation", "help", "image", "image_alt", "starts_page", "preset", *RULE})
"""Fields that stand behind "More"."""


def question_screen(draft: Draft, question_id: str, setting: Setting) -> Screen:
    """Give what is asked. Raises NotFound."""
    title, marks = title_of(draft, question_id, setting), builder(draft.kind).marks
    asked = (Asked(draft.values, question_id, setting, room, marks) for room in ROOMS)
    return Screen(title, fitting(_question(draft, one) for one in asked), stays=True)


def more_screen(draft: Draft, question_id: str, setting: Setting) -> Screen:
    """Give help, picture, page, rule and type, and what to do with the whole. Raises NotFound.

    Where questions are marked there is the explanation, but no pages and no rules.
    """
    cards = (_more(draft, question_id, setting, is_whole=whole) for whole in (True, False))
    return Screen(title_of(draft, question_id, setting), fitting(cards), stays=True)


def wrong_screen(draft: Draft, question_id: str, setting: Setting) -> Screen:
    """Give the screen with the fields of a question that are wrong. Raises NotFound."""
    own = own_problems(question_id, setting)
    if own <= set(RULE):
        return rule_screen(draft, question_id, setting)
    if own <= MORE:
        return more_screen(draft, question_id, setting)
    return question_screen(draft, question_id, setting)


def _more(draft: Draft, question_id: str, setting: Setting, *, is_whole: bool) -> AdaptiveCard:
    """What is not shown is kept as it is."""
    texts, name = setting.texts, field_prefix(question_id)
    own = _explanation if builder(draft.kind).marks else _page_and_rule
    kept = texts("Help and picture do not fit beside so long an explanation; they are kept.")
    body = [
        *top(draft, question_id, setting),
        *own(draft, question_id, setting),
        *(_help_and_picture(draft, name, setting) if is_whole else [note(kept)]),
        *_type(draft, question_id, setting),
        *buttons(_copying(draft, question_id, setting)),
        *buttons(_keeping(draft, question_id, setting)),
        *buttons(
            [
                step(draft, question_id, setting, "build.open", texts("Back")),
                to_list(draft, question_id, setting),
            ]
        ),
    ]
    return card(texts, body)


def _question(draft: Draft, asked: Asked) -> AdaptiveCard:
    texts, values, setting = asked.texts, draft.values, asked.setting
    words, limit = _text_of(asked)
    body = [
        *top(draft, asked.question_id, setting),
        *text_field(setting, values, asked.name("text"), words, limit, lines=True),
        *type_fields(asked, _preset(asked)),
        *buttons(_turn(draft, asked)),
        *([] if asked.marks or _is_item(asked) else [_required(asked)]),
        *buttons(_ways_on(draft, asked)),
        *buttons([_behind(draft, asked)] if _is_explained(asked) else []),
        *buttons(_copying(draft, asked.question_id, setting) if _is_item(asked) else []),
        *buttons([_sends(draft, asked, "build.list", texts("Back to the list"))]),
    ]
    return card(texts, body)


def _text_of(asked: Asked) -> tuple[str, int]:
    """Give what the text is called, and how many characters it may have."""
    if _is_item(asked):
        return asked.texts("Item"), ITEM_LIMIT
    if _preset(asked) in TAUGHT:
        return asked.texts("Heading"), TITLE_LIMIT
    return asked.texts("Question"), QUESTION_LIMIT


def _is_item(asked: Asked) -> bool:
    """Nobody answers an item, so there is nothing more to say about it."""
    return _preset(asked) in ITEMS


def _required(asked: Asked) -> CardElement:
    texts = asked.texts
    words = texts("It must be answered")
    return switch(asked.values, asked.name("required"), texts("Required"), words)


def _preset(asked: Asked) -> str:
    return chosen_preset(asked.values, asked.question_id).name


def _turn(draft: Draft, asked: Asked) -> Iterator[Action]:
    """Where the options are more than a card holds, the next ones are shown in their place."""
    _, shown = shown_lines(asked, _preset(asked))
    if shown.is_part:
        following = str(shown.end if shown.end < shown.count else 0)
        turn = (asked.name("shown_from"), following)
        yield _sends(draft, asked, "build.open", asked.texts("Edit the other lines"), turn)


def _ways_on(draft: Draft, asked: Asked) -> Iterator[Action]:
    texts = asked.texts
    yield _sends(draft, asked, "build.done", texts("Done"))
    if len(question_ids(draft.values)) < MOST_QUESTIONS:
        yield _sends(draft, asked, "build.another", texts("Add another"))
    if not _is_explained(asked) and not _is_item(asked):
        yield _behind(draft, asked)


def _is_explained(asked: Asked) -> bool:
    return asked.marks and _preset(asked) in MARKED


def _behind(draft: Draft, asked: Asked) -> Action:
    """A long title has a row of its own, to fit a phone."""
    texts = asked.texts
    title = texts("Explanation and more") if _is_explained(asked) else texts("More")
    wrong = bool(own_problems(asked.question_id, asked.setting) & MORE)
    return _sends(draft, asked, "build.more", marked(title, wrong=wrong))


def _copying(draft: Draft, question_id: str, setting: Setting) -> Iterator[Action]:
    texts = setting.texts
    if len(question_ids(draft.values)) < MOST_QUESTIONS:
        copy = adds(draft, "build.duplicate", question_id)
        yield submits(setting.host, copy, texts("Duplicate"))
    yield step(draft, question_id, setting, "build.delete", texts("Delete"))


def _sends(draft: Draft, asked: Asked, verb: str, title: str, *further: tuple[str, str]) -> Action:
    """Say what of the question is on the card; what the client leaves out is then known blank."""
    here = (adds if verb == "build.another" else builds)(draft, verb, asked.question_id)
    preset = _preset(asked)
    name, shown = shown_lines(asked, preset)
    blank = [(asked.name(field), "") for field in left_out_if_blank(preset)]
    sent = replace(here, hidden=(*here.hidden, *further, *blank, *shown.hidden(name)))
    return submits(asked.setting.host, sent, title, "positive" if verb == "build.done" else None)


def _keeping(draft: Draft, question_id: str, setting: Setting) -> Iterator[Action]:
    is_marked = chosen_preset(draft.values, question_id).name in MARKED
    if is_marked and builder(draft.kind).marks:
        yield keep_button(draft, question_id, setting)


def _help_and_picture(draft: Draft, name: str, setting: Setting) -> Iterator[CardElement]:
    texts, values = setting.texts, draft.values
    words = texts("Help, shown below the question")
    yield from text_field(setting, values, f"{name}help", words, HELP_LIMIT, lines=True)
    address = texts("Picture: its address")
    yield from text_field(
        setting, values, f"{name}image", address, IMAGE_LIMIT, placeholder="https://"
    )
    alt = texts("The picture in words, for those who do not see it")
    yield from text_field(setting, values, f"{name}image_alt", alt, IMAGE_ALT_LIMIT)


def _explanation(draft: Draft, question_id: str, setting: Setting) -> Iterator[CardElement]:
    if chosen_preset(draft.values, question_id).name in MARKED:
        asked = Asked(draft.values, question_id, setting, 0, marks=True)
        yield from explanation_field(asked)


def _page_and_rule(draft: Draft, question_id: str, setting: Setting) -> Iterator[CardElement]:
    texts, name = setting.texts, f"{field_prefix(question_id)}starts_page"
    breaks = texts("A new page begins with this question")
    yield switch(draft.values, name, texts("Page"), breaks)
    yield from _rule(draft, question_id, setting)


def _rule(draft: Draft, question_id: str, setting: Setting) -> Iterator[CardElement]:
    texts, place = setting.texts, place_of(draft.values, question_id)
    if not place:
        return
    questions = questions_of(draft.values, {})
    rule = questions[place].about.shown_if
    wrong = bool(own_problems(question_id, setting) & set(RULE))
    words = rule_words(rule, questions, texts) if rule else texts("Shown to everyone.")
    yield label(texts("Rule"))
    yield note(plain(words))
    title = marked(texts("Show it only if …"), wrong=wrong)
    yield from buttons([step(draft, question_id, setting, "build.rule", title)])


def _type(draft: Draft, question_id: str, setting: Setting) -> Iterator[CardElement]:
    """Once people may have answered, a question stays of its type."""
    texts, chosen = setting.texts, chosen_preset(draft.values, question_id)
    offer = builder(draft.kind)
    offered = [one for one in offer.presets if not is_of_posted(draft) or one.type == chosen.type]
    yield from note_problem(setting, f"{field_prefix(question_id)}preset")
    if offered in ([], [chosen]):
        return
    yield ChoiceSetInput(
        id="change",
        label=texts("Type of this question"),
        style="compact",
        value=chosen.name,
        choices=preset_choices(offered, texts, marks=offer.marks),
    )
    yield from buttons(
        [step(draft, question_id, setting, "build.change", texts("Change the type"))]
    )

"""The form that makes a checklist: its items, one item, and many at once."""

from dataclasses import replace

import pytest

from actions import checklist
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.pasted_items import read_items
from cards.envelope import Envelope, decode
from dialogs.create import form_screen
from dialogs.edit_question import question_screen
from dialogs.paste_questions import paste_screen
from dialogs.presets import words_for_presets
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, BERLIN, DRAFT_ID, NOW, new_ids
from tests.actions.checklist_drafts import a_checklist_draft, a_checklist_form, problems_of
from tests.actions.drafts import FILLED, typed
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, envelopes, shown
from tests.teams.cards import Card, actions, buttons, find_action, input_elements, inputs, text

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
each_sign = pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)


def form(values: Values, setting: Setting = IN_PLACE, **changes: str) -> Card:
    """Give the form's card."""
    return shown(form_screen(a_checklist_draft(values, **changes), setting))


def item(values: Values, setting: Setting = IN_PLACE) -> Card:
    """Give the card of the first item, with what is wrong with it."""
    setting = replace(setting, problems=problems_of(values))
    return shown(question_screen(a_checklist_draft(values), "i1", setting))


def paste(pasted: str, setting: Setting = IN_PLACE) -> Card:
    """Give the card with what was pasted, and what is wrong with it."""
    try:
        read_items(pasted)
    except InvalidAnswers as refused:
        setting = replace(setting, problems=refused.problems)
    return shown(paste_screen(a_checklist_draft(a_checklist_form(pasted=pasted)), setting))


@each_host
def test_a_new_form_asks_for_everything_a_checklist_has(setting: Setting) -> None:
    card = form(checklist.blank(NOW, BERLIN, new_ids()), setting)
    assert list(inputs(card)) == [
        *("title", "description", "mode", "closes", "date", "time"),
        *("visibility", "tickers", "editors", "check", "remind_hours", "notify"),
    ]
    assert "No items yet" in text(card)
    assert {"Add item", "Paste many", "Preview"} <= set(buttons(card))


def test_a_new_list_is_shared_and_checked_by_nobody() -> None:
    held = inputs(form(a_checklist_form("Lights")))
    assert (held["mode"], held["editors"], held["check"]) == ("shared", "usual", "nobody")


def test_the_form_speaks_of_items() -> None:
    card = form(a_checklist_form("Lights", "Till"))
    assert "2 items" in text(card)
    titles = [action["title"] for action in actions(card)]
    assert {"Edit item 1", "Edit item 2", "Move item 1 down", "Move item 2 up"} <= set(titles)
    assert "uestion" not in text(card) + " ".join(titles)
    assert "Preview the form" not in titles


def test_an_added_item_needs_no_choice_of_a_type() -> None:
    card = form(a_checklist_form("Lights"))
    assert "add" not in inputs(card)
    envelope, sent = decode(find_action(card, "Add item")["data"])
    assert (envelope.verb, sent["add"]) == ("build.add", "item")


def test_a_row_says_whose_an_item_is_and_when_it_is_due() -> None:
    card = form(typed(a_checklist_form("Lights"), "i1", **FILLED["item"]))
    assert "Shop floor · for Ada Okafor · due Tue, 1 Dec 2026 09:00" in text(card)
    day = typed(a_checklist_form("Lights"), "i1", due_date="2026-12-01", due_time="soon")
    assert "due Tue, 1 Dec 2026\n" in f"{text(form(day))}\n".replace(" · ", "\n")


def test_a_row_makes_no_link() -> None:
    evil = "[pay](https://evil.example)"
    values = typed(a_checklist_form(evil), "i1", section=evil, assignee=evil)
    assert text(form(values)).count(r"\[pay\]") == 3


def test_an_item_with_a_problem_says_so() -> None:
    assert "⚠ needs a look" in text(form(a_checklist_form("")))


def test_many_items_are_listed_page_by_page() -> None:
    card = form(a_checklist_form(*(f"Item {n}" for n in range(20))))
    assert "Items 1–8 of 20" in text(card)
    envelope, sent = decode(find_action(card, "Next items")["data"])
    assert (envelope.verb, sent["shown_from"]) == ("draft.turn", "8")
    assert "Previous items" in buttons(form({**a_checklist_form(*"abcdefghij"), **sent}))


def test_a_full_list_takes_no_more_items() -> None:
    card = form(a_checklist_form(*("Lights" for _ in range(200))))
    assert {"Add item", "Paste many"}.isdisjoint(buttons(card))
    assert "There are 200 items; no more fit." in text(card)


def test_a_form_without_items_says_so_above_the_list() -> None:
    limits = {"least": 1, "most": 200, "given": 0}
    setting = replace(IN_PLACE, problems={"questions": Problem("items_count", limits)})
    said = "⚠ A checklist has 1 to 200 items; here are 0."
    assert said in text(form(a_checklist_form(), setting))


@each_host
def test_items_of_what_is_posted_are_changed_in_the_list_itself(setting: Setting) -> None:
    card = form(a_checklist_form("Lights"), setting, edits=ACTION_ID)
    assert list(inputs(card)) == [
        *("title", "description", "closes", "date", "time", "tickers", "editors"),
        *("remind_hours", "notify"),
    ]
    assert envelopes(card)["Open list"] == Envelope("list.open", ACTION_ID)
    assert "Lights" not in text(card)


@each_host
def test_an_item_shows_its_fields_and_what_can_be_done_with_it(setting: Setting) -> None:
    card = item(typed(a_checklist_form("Lights", "Till"), "i1", **FILLED["item"]), setting)
    assert inputs(card) == {
        "q.i1.text": "Lights",
        **{f"q.i1.{name}": value for name, value in FILLED["item"].items()},
    }
    assert buttons(card) == [
        *("Done", "Add another", "Duplicate", "Delete", "Back to the list"),
    ]
    screen = question_screen(a_checklist_draft(a_checklist_form("a", "b")), "i1", setting)
    assert screen.title == "Item 1 of 2"
    assert all(action.get("associatedInputs") != "none" for action in actions(card))


def test_a_due_time_that_was_cleared_is_known_to_be_blank() -> None:
    card = item(typed(a_checklist_form("Lights"), "i1", **FILLED["item"]))
    sent = decode(find_action(card, "Done")["data"])[1]
    assert (sent["q.i1.due_date"], sent["q.i1.due_time"]) == ("", "")


def test_what_is_wrong_with_an_item_is_said_at_its_fields() -> None:
    card = item(typed(a_checklist_form(" "), "i1", due_time="09:00", section="x" * 101))
    assert below(card, "q.i1.text").startswith("⚠")
    assert below(card, "q.i1.section").startswith("⚠ ")
    assert "⚠ Give the day, too, or clear the time." in text(card)


@each_host
def test_many_items_are_pasted_one_on_each_line(setting: Setting) -> None:
    card = paste("Lights", setting)
    (field,) = input_elements(card)
    assert field["label"] == "Items, one on each line"
    assert "# Shop floor" in field["placeholder"]
    assert buttons(card) == ["Add the items", "Back to the list"]
    draft = a_checklist_draft(a_checklist_form())
    assert paste_screen(draft, setting).title == "Paste many items"


def test_a_pasted_line_that_is_too_long_is_named_and_shown_whole() -> None:
    card = paste("Lights\n" + "x" * 4_100)
    assert "⚠ Line 2: 4,100 characters; at most 4,000 fit. Shorten it." in text(card)
    assert str(inputs(card)["pasted"]).endswith("x" * 4_100)


def test_no_question_of_a_survey_is_made_an_item_by_a_word_in_brackets() -> None:
    assert "item" not in words_for_presets(TEXTS).values()


def full(sign: str) -> Values:
    """Give the longest form of one sign: 200 items, all of their fields filled."""
    values = a_checklist_form(
        *(sign * 4_000 for _ in range(200)), title=sign * 500, description=sign * 5_000
    )
    long = {"note": sign * 4_000, "section": sign * 100, "assignee": sign * 100}
    for number in range(1, 201):
        values = typed(values, f"i{number}", **{**FILLED["item"], **long})
    return values


@each_host
@each_sign
def test_200_items_of_4000_characters_fit(sign: str, setting: Setting) -> None:
    values = full(sign)
    assert "Edit item 1" in [action["title"] for action in actions(form(values, setting))]
    assert inputs(item(values, setting))["q.i1.text"] == sign * 4_000
    checked(paste_screen(a_checklist_draft({**values, "pasted": sign * 4_000}), setting).card)


@each_host
@each_sign
def test_an_item_that_is_far_too_long_fits_with_all_its_problems(
    sign: str, setting: Setting
) -> None:
    long = dict.fromkeys(("note", "section", "assignee"), sign * 9000)
    item(typed(a_checklist_form(sign * 9_000), "i1", **long), setting)


def test_a_note_without_room_is_kept_and_said_so() -> None:
    long = {"note": '"' * 4_200, "section": '"' * 300, "assignee": '"' * 300}
    values = typed(a_checklist_form('"' * 4_200), "i1", **long)
    card = item(values, DIALOG)
    assert "q.i1.note" not in inputs(card)
    assert "The note is kept." in text(card)


def test_the_form_runs_from_right_to_left_for_who_reads_so() -> None:
    setting = Setting(DIALOG.host, RIGHT_TO_LEFT)
    draft = a_checklist_draft(a_checklist_form("أضواء"))
    assert checked(form_screen(draft, setting).card)["rtl"] is True
    assert draft.id == DRAFT_ID

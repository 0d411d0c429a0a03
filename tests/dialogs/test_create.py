"""The form that makes a poll, its preview, and what comes after."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from actions.errors import Problem
from actions.poll import blank, values_of
from cards.envelope import decode
from cards.parts import Host
from dialogs.create import form_screen
from dialogs.screen import Setting
from tests.actions.builders import (
    ACTION_ID,
    BERLIN,
    DRAFT_ID,
    NOW,
    a_choice,
    a_draft,
    a_form,
    a_poll,
    new_ids,
)
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.dialogs.builders import (
    DIALOG,
    IN_PLACE,
    SETTINGS,
    below,
    envelopes,
    shown,
    with_problems,
)
from tests.teams.cards import (
    Card,
    actions,
    buttons,
    find_action,
    input_elements,
    inputs,
    labels,
    text,
    walk,
)

NEW = a_draft(values=blank(NOW, BERLIN, new_ids(), ""))
WARNING = "Please look at the fields marked below."


def _more_settings(card: Card) -> Card:
    return next(node for node in walk(card) if node.get("id") == "more_settings")


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_new_form_asks_for_everything_a_poll_has(setting: Setting) -> None:
    card = shown(form_screen(NEW, setting))
    assert list(inputs(card)) == [
        *("title", "option.n1", "option.n2", "option.n3", "more", "choose"),
        *(
            "closes",
            "date",
            "time",
            "visibility",
            "anonymous",
            "may_change",
            "shuffle",
            "description",
        ),
        *("may_add", "most", "remind_hours", "notify"),
    ]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_new_form_holds_the_defaults(setting: Setting) -> None:
    held = inputs(shown(form_screen(NEW, setting)))
    given = {name: value for name, value in held.items() if value is not None}
    assert given == {
        "choose": "one",
        "closes": "true",
        "date": "2026-11-27",
        "time": "10:00",
        "visibility": "everyone",
        "anonymous": "false",
        "may_change": "true",
        "shuffle": "false",
        "may_add": "false",
        "remind_hours": "24",
        "notify": "close",
    }


def test_what_was_typed_is_shown_again() -> None:
    typed = a_form(
        "Pizza",
        "Sushi",
        title="Lunch\nor dinner?",
        description="Today.",
        choose="several",
        most="2.0",
        closes="false",
        date="2026-12-01",
        time="08:30",
        visibility="creator",
        anonymous="true",
        may_change="false",
        **{"places.a": "8"},
    )
    held = inputs(shown(form_screen(a_draft(values=typed), DIALOG)))
    elsewhere = {"options", "several"}
    expected = {n: v for n, v in typed.items() if n not in elsewhere}
    assert {name: held[name] for name in expected} == expected


@pytest.mark.parametrize("wrong", ["eight", "-1", "2.5", "9999999", "²"])
def test_a_number_typed_wrongly_can_be_put_right(wrong: str) -> None:
    draft = a_draft(values=a_form(most=wrong, **{"places.a": wrong}))
    held = inputs(shown(form_screen(draft, DIALOG)))
    assert (held["most"], held["places.a"]) == (wrong, wrong)


def test_options_are_numbered_in_their_order() -> None:
    named = labels(shown(form_screen(a_draft("Pizza", "Sushi"), DIALOG)))
    assert (named["option.a"], named["option.b"]) == ("Option 1", "Option 2")


def test_places_are_asked_for_options_that_have_words() -> None:
    card = shown(form_screen(a_draft("Pizza", " ", "Sushi"), DIALOG))
    assert labels(card)["places.a"] == "Places for “Pizza”"
    assert [name for name in inputs(card) if name.startswith("places.")] == [
        "places.a",
        "places.c",
    ]


def test_the_zone_stands_beside_the_time() -> None:
    assert labels(shown(form_screen(NEW, DIALOG)))["time"] == "Time (Europe/Berlin)"
    nowhere = replace(NEW, time_zone="")
    assert labels(shown(form_screen(nowhere, DIALOG)))["time"] == "Time (UTC)"


@pytest.mark.parametrize("host", [Host.DIALOG, Host.IN_PLACE])
def test_the_buttons_carry_the_draft_and_its_options(host: Host) -> None:
    card = shown(form_screen(a_draft("Pizza", "Sushi"), Setting(host, TEXTS)))
    envelope, hidden = decode(find_action(card, "Preview")["data"])
    assert (envelope.verb, envelope.action, envelope.argument) == (
        "draft.preview",
        DRAFT_ID,
        "poll",
    )
    assert hidden["options"] == "a b"


def test_a_form_in_the_personal_chat_has_its_title_and_can_wait() -> None:
    card = shown(form_screen(NEW, IN_PLACE))
    assert text(card).startswith("New poll")
    assert buttons(card) == ["More settings", "Preview", "Schedule", "Later"]


def test_a_form_in_a_dialog_has_the_title_outside_and_no_later() -> None:
    screen = form_screen(NEW, DIALOG)
    assert screen.title == "New poll"
    assert "New poll" not in text(shown(screen))
    assert buttons(shown(screen)) == ["More settings", "Preview", "Schedule"]


def test_a_form_without_problems_warns_of_none() -> None:
    card = shown(form_screen(NEW, DIALOG))
    assert WARNING not in text(card)
    assert "⚠" not in text(card)


@pytest.mark.parametrize(
    ("name", "problem", "words"),
    [
        ("title", Problem("title_needed"), "Write what you want to ask."),
        ("option.b", Problem("duplicate_option"), "This option is there already."),
        ("option.a", Problem("too_long", {"limit": 1_000, "length": 1_001}), "at most 1,000"),
        ("more", Problem("options_count", {"least": 2, "most": 25, "given": 1}), "2 to 25"),
        ("most", Problem("most_whole", {"least": 2}), "a whole number from 2"),
        ("places.a", Problem("places_whole"), "a whole number of places"),
        ("description", Problem("too_long", {"limit": 5_000, "length": 5_001}), "at most 5,000"),
    ],
)
def test_a_problem_stands_below_its_field(name: str, problem: Problem, words: str) -> None:
    setting = Setting(Host.DIALOG, TEXTS, problems={name: problem})
    card = shown(form_screen(a_draft("Pizza", "Sushi"), setting))
    assert WARNING in text(card)
    assert words in below(card, name)
    assert below(card, name).startswith("⚠ ")


@pytest.mark.parametrize(
    ("name", "problem", "words"),
    [
        ("date", Problem("due_in_past"), "This time has passed."),
        ("time", Problem("time_needed"), "Give a time of day"),
    ],
)
def test_a_problem_of_the_due_time_stands_below_the_pair(
    name: str, problem: Problem, words: str
) -> None:
    setting = Setting(Host.DIALOG, TEXTS, problems={name: problem})
    assert words in below(shown(form_screen(NEW, setting)), "time")


@pytest.mark.parametrize("name", ["description", "most", "places.a"])
def test_a_problem_among_the_further_settings_opens_them(name: str) -> None:
    setting = Setting(Host.DIALOG, TEXTS, problems={name: Problem("places_whole")})
    assert _more_settings(shown(form_screen(a_draft(), setting)))["isVisible"] is True


@pytest.mark.parametrize("name", ["title", "more", "option.a", "date", "time"])
def test_a_problem_elsewhere_leaves_them_folded(name: str) -> None:
    setting = Setting(Host.DIALOG, TEXTS, problems={name: Problem("title_needed")})
    assert _more_settings(shown(form_screen(a_draft(), setting)))["isVisible"] is False


def test_the_further_settings_unfold_by_a_button() -> None:
    card = shown(form_screen(NEW, DIALOG))
    assert _more_settings(card)["isVisible"] is False
    toggle = find_action(card, "More settings")
    assert toggle["targetElements"] == ["more_settings"]


def test_several_problems_are_shown_at_once() -> None:
    setting = with_problems(title=Problem("title_needed"), option__a=Problem("duplicate_option"))
    card = shown(form_screen(a_draft(), setting))
    assert below(card, "title").startswith("⚠")
    assert below(card, "option.a").startswith("⚠")


def _edit(values: Mapping[str, str]) -> Card:
    return shown(form_screen(a_draft(values=values, edits=ACTION_ID), DIALOG))


def test_an_edit_offers_texts_and_times_but_no_other_settings() -> None:
    action = a_poll(a_choice("Pizza", "Sushi", most=2, places={"a": 8}), more="Today.")
    card = _edit(values_of(action))
    assert list(inputs(card)) == [
        *("title", "option.a", "option.b", "more", "closes", "date", "time", "description"),
        *("remind_hours", "notify"),
    ]
    assert "removes its votes" in text(card)
    assert buttons(card) == ["More settings", "Save changes"]
    assert envelopes(card)["Save changes"].verb == "draft.apply"


def test_an_edit_is_called_a_change() -> None:
    assert form_screen(a_draft(edits=ACTION_ID), DIALOG).title == "Change poll"


def test_every_input_of_the_form_has_a_label() -> None:
    for element in input_elements(shown(form_screen(a_draft(), DIALOG))):
        assert element["label"].strip()


def test_a_form_for_a_reader_from_right_to_left_runs_that_way() -> None:
    card = checked(form_screen(NEW, Setting(Host.DIALOG, RIGHT_TO_LEFT)).card)
    assert card["rtl"] is True


def test_no_button_of_the_form_opens_a_dialog_in_the_dialog() -> None:
    for action in actions(shown(form_screen(NEW, DIALOG))):
        assert "msteams" not in action.get("data", {})

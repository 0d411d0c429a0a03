"""The poll as a form."""

from dataclasses import replace

import pytest

from actions.action import Action, Settings
from actions.adding import FIELD, with_option
from actions.choice import Choice, Option
from actions.errors import Problem
from actions.tallies import Tallies
from actions.viewing import view_of
from cards.envelope import Envelope, decode
from cards.parts import Host
from dialogs.respond_poll import respond_screen
from dialogs.screen import Screen, Setting
from tests.actions.builders import (
    ACTION_ID,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_poll,
    a_view,
)
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.cards.test_sizes import SIGNS, all_added, full_poll, many_options, seen_by_creator
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, envelopes, shown
from tests.teams.cards import buttons, find_action, input_elements, inputs, labels, text, walk


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_form_offers_every_option_by_its_id(setting: Setting) -> None:
    card = shown(respond_screen(a_view(a_poll()), setting))
    (field,) = input_elements(card)
    assert [(c["title"], c["value"]) for c in field["choices"]] == [
        *(("Pizza", "a"), ("Sushi", "b"), ("Salad", "c"))
    ]
    assert field["id"] == "answer"
    assert field.get("value") is None


def test_the_form_holds_the_own_vote() -> None:
    several = a_view(a_poll(a_choice(most=3)), viewer=VOTER.key, own="ac")
    assert inputs(shown(respond_screen(several, DIALOG))) == {"answer": "a,c"}


@pytest.mark.parametrize(
    ("most", "multi", "label"),
    [
        (1, False, "Choose one"),
        (2, True, "Choose at most 2"),
        (3, True, "Choose as many as you like"),
    ],
)
def test_the_label_says_how_many_may_be_chosen(most: int, label: str, *, multi: bool) -> None:
    card = shown(respond_screen(a_view(a_poll(a_choice(most=most))), DIALOG))
    (field,) = input_elements(card)
    assert field["label"] == label
    assert field["isMultiSelect"] is multi


def test_the_vote_button_sends_the_form() -> None:
    card = shown(respond_screen(a_view(a_poll()), DIALOG))
    button = find_action(card, "Vote")
    assert decode(button["data"])[0].verb == "vote"
    assert decode(button["data"])[0].action == ACTION_ID
    assert button.get("associatedInputs") != "none"


@pytest.mark.parametrize(
    ("action", "own", "offered"),
    [
        (a_poll(), "b", True),
        (a_poll(a_choice(most=3)), "b", True),
        (a_poll(a_choice(most=3)), "ab", False),
        (a_poll(may_change=False), "b", False),
        (a_poll(), "", False),
        (a_closed_poll(), "b", False),
    ],
)
def test_a_single_vote_that_may_change_can_be_taken_back(
    action: Action, own: str, *, offered: bool
) -> None:
    named = envelopes(shown(respond_screen(a_view(action, viewer=VOTER.key, own=own), DIALOG)))
    assert ("Take back my vote" in named) is offered
    if offered:
        undo = named["Take back my vote"]
        assert (undo.verb, undo.argument) == ("withdraw", "b")


def test_a_vote_that_may_not_change_is_told_so() -> None:
    view = a_view(a_poll(may_change=False), viewer=VOTER.key, own="b")
    assert "Votes cannot be changed." in text(shown(respond_screen(view, DIALOG)))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_closed_poll_offers_nothing_to_fill_in(setting: Setting) -> None:
    card = shown(respond_screen(a_view(a_closed_poll(), "a"), setting))
    assert input_elements(card) == []
    assert "Vote" not in buttons(card)
    assert "POLL · closed" in text(card)


def test_a_problem_stands_below_the_choices() -> None:
    setting = replace(DIALOG, problems={"q": Problem("choose_something")})
    card = shown(respond_screen(a_view(a_poll()), setting))
    nodes = list(walk(card))
    place = next(i for i, node in enumerate(nodes) if node.get("id") == "answer")
    assert nodes[place + 1]["text"] == "⚠ Choose something first."


def test_what_was_done_and_what_was_not_is_told() -> None:
    done = replace(DIALOG, done="Your vote is saved.")
    assert "✔ Your vote is saved." in text(shown(respond_screen(a_view(a_poll()), done)))
    refused = replace(DIALOG, notice="This is closed.")
    assert "⚠ This is closed." in text(shown(respond_screen(a_view(a_poll()), refused)))


def test_the_personal_chat_has_a_way_back() -> None:
    assert "Back" in buttons(shown(respond_screen(a_view(a_poll()), IN_PLACE)))
    assert "Back" not in buttons(shown(respond_screen(a_view(a_poll()), DIALOG)))


def test_options_of_some_length_are_shown_whole() -> None:
    question = a_choice("x" * 1_000, "y" * 1_000)
    (field,) = input_elements(shown(respond_screen(a_view(a_poll(question)), DIALOG)))
    assert [len(choice["title"]) for choice in field["choices"]] == [1_000, 1_000]


@pytest.mark.parametrize("most", [1, 25])
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_form_of_25_options_of_1_000_characters_fits(
    sign: str, most: int, setting: Setting
) -> None:
    shown(respond_screen(seen_by_creator(full_poll(SIGNS[sign], most=most)), setting))


def test_an_option_that_is_full_is_not_offered_as_if_it_were_free() -> None:
    view = a_view(a_poll(a_choice("Pizza", "Sushi", places={"a": 1})), "a")
    (field,) = input_elements(shown(respond_screen(view, DIALOG)))
    pizza = [choice["title"] for choice in field["choices"] if choice["value"] == "a"]
    assert pizza != ["Pizza"]


def test_a_title_from_right_to_left_runs_that_way() -> None:
    card = shown(respond_screen(a_view(a_poll(title="ארוחת צהריים?")), DIALOG))
    assert any(node.get("rtl") and "ארוחת" in str(node) for node in card["body"])
    reader = checked(respond_screen(a_view(a_poll()), Setting(Host.DIALOG, RIGHT_TO_LEFT)).card)
    assert reader["rtl"] is True


def test_the_dialog_is_called_by_the_kind() -> None:
    assert respond_screen(a_view(a_poll()), Setting(Host.DIALOG, TEXTS)).title == "Poll"


def test_a_shuffled_form_has_an_order_of_each_persons_own() -> None:
    question = Choice("q", "T", tuple(Option(f"o{n}", f"Option {n}") for n in range(12)))
    action = a_poll(question, settings=Settings(shuffle=True))
    orders = {
        tuple(values_of_choices(respond_screen(view_of(action, Tallies(), NOW, viewer), DIALOG)))
        for viewer in ("t/ada", "t/ben", "t/ada")
    }
    assert len(orders) == 2
    assert all(sorted(order) == sorted(o.id for o in question.options) for order in orders)


OPEN = with_option(a_poll(may_add=True), "Ramen", "Ben *B*", NOW)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_poll_that_takes_options_has_a_field_with_a_button_of_its_own(setting: Setting) -> None:
    card = shown(respond_screen(a_view(OPEN), setting))
    assert labels(card)["own_option"] == "Your own option"
    assert inputs(card)["own_option"] is None
    button = find_action(card, "Add option")
    assert decode(button["data"])[0] == Envelope("add_option", ACTION_ID)
    assert button.get("associatedInputs") != "none"
    nodes = list(walk(card))
    order = [nodes.index(find_action(card, name)) for name in ("Vote", "Add option", "Results")]
    order.insert(1, next(n for n, node in enumerate(nodes) if node.get("id") == "own_option"))
    assert order == sorted(order)


@pytest.mark.parametrize(
    "action",
    [a_poll(), a_closed_poll(may_add=True), a_poll(many_options("x", 20), may_add=True)],
    ids=["not allowed", "closed", "full"],
)
def test_a_poll_that_takes_no_options_asks_for_none(action: Action) -> None:
    card = shown(respond_screen(a_view(action), DIALOG))
    assert "own_option" not in inputs(card)
    assert "Add option" not in buttons(card)


def test_the_form_says_who_added_an_option_and_that_the_own_name_will_be_shown() -> None:
    card = shown(respond_screen(a_view(OPEN), DIALOG))
    field = next(element for element in input_elements(card) if element["id"] == "answer")
    assert field["choices"][-1]["title"] == "Ramen (added by Ben *B*)"
    assert "Your name will stand beside it." in text(card)


def test_the_form_of_an_anonymous_poll_says_that_nobody_sees_who_added_an_option() -> None:
    card = shown(respond_screen(a_view(a_poll(may_add=True, anonymous=True)), DIALOG))
    assert "Nobody sees who added it." in text(card)
    assert "Your name" not in text(card)


def test_a_problem_with_the_own_option_stands_below_it_and_nothing_typed_is_lost() -> None:
    problems = {FIELD: Problem("option_exists")}
    typed = {FIELD: "pizza", "answer": "b,gone"}
    card = shown(
        respond_screen(a_view(OPEN), replace(DIALOG, problems=problems, typed=typed)),
    )
    assert inputs(card) == {"answer": "b", FIELD: "pizza"}
    assert below(card, FIELD) == "⚠ This option is there already. Choose it to vote for it."


def test_what_was_chosen_but_not_sent_takes_the_place_of_the_stored_vote() -> None:
    view = a_view(a_poll(a_choice(most=3), may_add=True), viewer=VOTER.key, own="a")
    for chosen, held in (("b,c", "b,c"), ("", None)):
        card = shown(respond_screen(view, replace(DIALOG, typed={"answer": chosen})))
        assert inputs(card)["answer"] == held


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_form_of_24_long_added_options_and_one_far_too_long_fits(
    sign: str, setting: Setting
) -> None:
    action = all_added(SIGNS[sign], but=1)
    typed = {FIELD: SIGNS[sign] * 100_000}
    problems = {FIELD: Problem("too_long", {"limit": 1_000, "length": 100_000})}
    card = shown(
        respond_screen(a_view(action), replace(setting, typed=typed, problems=problems)),
    )
    assert FIELD in inputs(card)


def values_of_choices(screen: Screen) -> list[str]:
    """Give the ids of the options as the form lists them."""
    elements = screen.card.model_dump(exclude_none=True)["body"]
    return [c["value"] for element in elements for c in element.get("choices", ())]

"""The pages of the form that answers."""

from dataclasses import replace

import pytest

from actions.errors import Problem
from actions.sheet import Filling, Move
from actions.typed import KEPT, Sent
from cards.parts import Host
from dialogs.fill import kept_screen, page_screen
from dialogs.screen import Setting
from tests.cards.looks import RIGHT_TO_LEFT
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, envelopes, shown
from tests.dialogs.fillings import PAGES, TYPES, a_filling, full, many
from tests.teams.cards import buttons, find_action, inputs, labels, text

SIGNS = ('"', "x", "😀", "ש", "*")


def sent(filling: Filling, **values: str) -> Sent:
    """Give what a page sends."""
    return Sent(tuple(question.id for question in filling.page), values)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_page_asks_its_questions_with_what_was_typed(setting: Setting) -> None:
    filling = a_filling(values={"team": "b", "why": "Because."})
    card = shown(page_screen(filling, setting))
    assert inputs(card) == {"team": "b", "why": "Because."}
    assert labels(card) == {"team": "1. Which team are you in? *", "why": "2. Why that one?"}
    assert "Page 1 of 3" in text(card)
    assert "Questions with * must be answered." in text(card)
    assert "In a few words." in text(card)


def test_the_first_page_leads_on_or_is_put_aside() -> None:
    named = envelopes(shown(page_screen(a_filling(), DIALOG)))
    assert {title: one.verb for title, one in named.items()} == {
        "Next": "fill.next",
        "Later": "fill.later",
    }
    assert {one.argument for one in named.values()} == {"1 team why"}


def test_a_page_in_the_middle_leads_back_too() -> None:
    card = shown(page_screen(a_filling(values={"team": "a"}, at="far"), DIALOG))
    assert buttons(card) == ["Next", "Back", "Later"]
    assert "Page 2 of 3" in text(card)
    assert "must be answered" not in text(card)


def test_the_last_page_leads_to_the_review() -> None:
    card = shown(page_screen(a_filling(values={"team": "a"}, at="more"), DIALOG))
    assert buttons(card) == ["Review", "Back", "Later"]


def test_a_single_page_is_handed_in_as_it_is() -> None:
    card = shown(page_screen(a_filling(PAGES[1]), DIALOG))
    assert buttons(card) == ["Hand in", "Later"]
    assert "Page" not in text(card)


def test_a_page_that_the_review_led_to_leads_back_there() -> None:
    filling = a_filling(values={"team": "a"}, at="far")
    named = envelopes(shown(page_screen(filling, DIALOG, returns=True)))
    assert {title: one.verb for title, one in named.items()} == {
        "Done": "fill.done",
        "Back": "fill.leave",
        "Later": "fill.later",
    }


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_button_of_a_page_sends_what_was_typed(setting: Setting) -> None:
    filling = a_filling(values={"team": "a"}, at="far")
    for returns in (False, True):
        card = shown(page_screen(filling, setting, returns=returns))
        for title in buttons(card):
            assert find_action(card, title).get("associatedInputs") != "none"


def test_problems_stand_at_their_fields() -> None:
    filling = a_filling(values={"far": "nine"}).moved(Sent(("team", "why")), Move.NEXT)
    card = shown(page_screen(filling, DIALOG))
    assert "Please look at the fields marked below." in text(card)
    assert below(card, "team") == "⚠ This needs an answer."
    far = a_filling(values={"far": "nine"}, at="far").telling()
    assert below(shown(page_screen(far, DIALOG)), "far").startswith("⚠ ")
    assert inputs(shown(page_screen(far, DIALOG))) == {"far": "nine"}


def test_who_comes_back_is_told_so() -> None:
    filling = replace(a_filling(values={"team": "a"}), resumed=True)
    assert "You go on where you were." in text(shown(page_screen(filling, DIALOG)))
    assert "You go on" not in text(shown(page_screen(a_filling(), DIALOG)))


def test_a_change_says_that_what_was_handed_in_counts() -> None:
    filling = a_filling(values={"team": "a"}, handed_in=1)
    card = shown(page_screen(filling, DIALOG))
    assert "It counts as it was until you hand it in again." in text(card)
    assert envelopes(card)["Discard changes"].verb == "fill.discard"
    untouched = a_filling(handed_in=1)
    assert "Discard changes" not in buttons(shown(page_screen(untouched, DIALOG)))


def test_why_it_was_not_handed_in_is_told() -> None:
    filling = replace(a_filling(PAGES[1]), refused=Problem("nothing_answered"))
    assert "Answer at least one question" in text(shown(page_screen(filling, DIALOG)))
    notice = replace(DIALOG, notice="Not saved.")
    assert "⚠ Not saved." in text(shown(page_screen(filling, notice)))


def test_the_description_stands_on_the_first_page_only() -> None:
    filling = a_filling(values={"team": "a"})
    action = filling.action
    told = replace(action, content=replace(action.content, description="*Please* be honest."))
    first = replace(filling, action=told)
    assert "\\*Please\\* be honest." in text(shown(page_screen(first, DIALOG)))
    second = replace(first, at="far")
    assert "honest" not in text(shown(page_screen(second, DIALOG)))


def test_an_anonymous_form_says_so() -> None:
    card = shown(page_screen(a_filling(anonymous=True), DIALOG))
    assert "anonymous: nobody sees who answered what" in text(card)


def test_questions_are_numbered_as_they_are_asked() -> None:
    hidden = a_filling(*many("yes or no", "x", large=False, count=3))
    page = replace(hidden, given=hidden.action.content.questions[1:])
    assert [label[:2] for label in labels(shown(page_screen(page, DIALOG))).values()] == [
        "2.",
        "3.",
    ]


def test_a_page_that_could_not_be_kept_can_be_sent_again() -> None:
    filling = replace(a_filling(values={"more": "A lot."}), given=PAGES[3:])
    card = shown(page_screen(filling, DIALOG))
    assert inputs(card) == {"more": "A lot."}
    assert buttons(card) == ["Next", "Back", "Later"]
    assert envelopes(card)["Next"].argument == "1 more"


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_what_was_put_aside_can_be_gone_on_with(setting: Setting) -> None:
    card = shown(kept_screen(a_filling(values={"team": "a"}), setting))
    assert "What you typed is kept. You can go on until Fri 27 Nov, 10:00." in text(card)
    assert envelopes(card)["Continue"].verb == "fill.open"
    endless = a_filling(values={"team": "a"}, closes_at=None)
    assert "Go on whenever you like." in text(shown(kept_screen(endless, setting)))


def test_every_step_stays_in_the_personal_chat() -> None:
    assert page_screen(a_filling(), IN_PLACE).stays
    assert kept_screen(a_filling(), IN_PLACE).stays


@pytest.mark.parametrize("large", [True, False], ids=["large", "small"])
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", TYPES)
def test_a_full_page_fits_its_card_and_nothing_typed_is_cut(
    name: str, sign: str, *, large: bool
) -> None:
    questions = many(name, sign, large=large)
    typed = full(questions, sign)
    filling = a_filling(*questions, values=typed, handed_in=1, title="x" * 500)
    page = [question.id for question in filling.page]
    problem = Problem("too_long", {"limit": 4_000, "length": 4_001})
    filling = replace(filling, wrong=dict.fromkeys((n for n in typed if n[:6] in page), problem))
    setting = Setting(Host.IN_PLACE, RIGHT_TO_LEFT, notice="n" * 300)
    card = shown(page_screen(filling, setting))
    expected = {n: value or None for n, value in typed.items() if n[:6] in page}
    assert inputs(card) == expected


def test_200_questions_are_spread_over_cards_that_fit() -> None:
    questions = many("text", '"', large=True, count=200)
    filling = a_filling(*questions, values=full(questions, '"'))
    for page in filling.pages:
        card = shown(page_screen(replace(filling, at=page[0].id), IN_PLACE))
        assert len(inputs(card)) == len(page)
    assert sum(len(page) for page in filling.pages) == 200


@pytest.mark.parametrize("name", ["long text", "text", "one letter", "25 options"])
def test_what_is_far_longer_than_its_field_fits_too(name: str) -> None:
    questions = many(name, '"', large=False)
    typed = dict.fromkeys(full(questions, '"'), '"' * KEPT)
    filling = a_filling(*questions, values=typed).telling()
    assert len(inputs(shown(page_screen(filling, IN_PLACE)))) >= len(filling.page)

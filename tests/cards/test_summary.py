"""What the summary card says and offers, to whom."""

from dataclasses import replace

import pytest

from actions.action import Status, Visibility
from actions.viewing import View
from cards.envelope import decode
from cards.parts import MOST_REFRESHED, Host
from cards.summary import deleted, due_line, notification, responded_line, summary
from tests.actions.builders import (
    CREATOR,
    DUE,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_poll,
    a_view,
)
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.cards.test_summary_golden import VIEWS
from tests.teams.card_check import check_inputs_absent
from tests.teams.cards import Card, actions, buttons, rows, text, walk

HIDDEN = (Visibility.AFTER_RESPONDING, Visibility.AFTER_CLOSING, Visibility.CREATOR)


def _chat(view: View, notice: str = "") -> Card:
    return checked(summary(view, TEXTS, Host.CHAT, notice))


def _options(card: Card) -> list[Card]:
    return [node for node in card["body"] if node.get("showBorder")]


def _bold(card: Card) -> list[str]:
    rows = [node for option in _options(card) for node in walk(option)]
    return [node["text"] for node in rows if node.get("weight") == "Bolder"]


def _arguments(card: Card) -> list[tuple[str, str]]:
    envelopes = [decode(a["data"])[0] for option in _options(card) for a in actions(option)]
    return [(envelope.verb, envelope.argument) for envelope in envelopes]


@pytest.mark.parametrize("host", list(Host))
@pytest.mark.parametrize("state", sorted(VIEWS))
def test_every_state_is_a_card_for_teams_in_every_place(state: str, host: Host) -> None:
    checked(summary(VIEWS[state], TEXTS, host))
    checked(summary(VIEWS[state], RIGHT_TO_LEFT, host, "Something to know."))


@pytest.mark.parametrize("state", sorted(VIEWS))
def test_a_card_in_the_chat_holds_nothing_to_fill_in(state: str) -> None:
    check_inputs_absent(_chat(VIEWS[state]))


def test_a_row_says_what_a_tap_on_it_does() -> None:
    assert rows(_chat(a_view(a_poll()))) == ["Choose Pizza", "Choose Sushi", "Choose Salad"]
    voted = _chat(a_view(a_poll(), viewer=VOTER.key, own="b"))
    assert rows(voted) == ["Choose Pizza", "Take back Sushi", "Choose Salad"]


def test_a_tap_names_the_option_that_it_is_meant_to_reach() -> None:
    voted = _chat(a_view(a_poll(), viewer=VOTER.key, own="b"))
    assert _arguments(voted) == [("choose", "a"), ("take_back", "b"), ("choose", "c")]


def test_an_old_client_sends_the_same_tap() -> None:
    for action in actions(_chat(a_view(a_poll()))):
        if action["type"] == "Action.Execute":
            assert action["fallback"]["data"] == action["data"]


def test_the_card_for_anyone_marks_nobodys_choice() -> None:
    card = _chat(a_view(a_poll(recent=("29:voter",)), "a", "b", "b"))
    assert "✔" not in text(card)
    assert _bold(card) == []
    assert len({option.get("style") for option in _options(card)}) == 1


def test_the_own_choice_is_marked_by_a_sign_and_words_and_colour() -> None:
    card = _chat(a_view(a_poll(), "b", viewer=VOTER.key, own="a"))
    assert _bold(card) == ["✔ Pizza"]
    assert "✔ You voted: Pizza" in text(card)
    own, *others = [option.get("style") for option in _options(card)]
    assert own not in others


def test_a_choice_that_may_not_change_offers_no_other_tap() -> None:
    card = _chat(a_view(a_poll(may_change=False), viewer=VOTER.key, own="a"))
    assert rows(card) == []
    assert "Votes cannot be changed." in text(card)


def test_several_choices_that_may_not_change_may_still_grow() -> None:
    poll = a_poll(a_choice(most=3), may_change=False)
    assert rows(_chat(a_view(poll, viewer=VOTER.key, own="a"))) == ["Choose Sushi", "Choose Salad"]


def test_a_full_option_offers_no_tap_but_to_who_holds_a_place() -> None:
    poll = a_poll(a_choice("Pizza", "Sushi", places={"a": 1}))
    assert rows(_chat(a_view(poll, "a"))) == ["Choose Sushi"]
    holder = a_view(poll, viewer=VOTER.key, own="a")
    assert rows(_chat(holder)) == ["Take back Pizza", "Choose Sushi"]


def test_a_closed_poll_offers_no_tap_and_no_form() -> None:
    card = _chat(a_view(a_closed_poll(), "a"))
    assert rows(card) == []
    assert buttons(card) == ["Results"]


def test_a_preview_offers_nothing_to_press() -> None:
    card = checked(summary(a_view(a_poll()), TEXTS, Host.DIALOG, preview=True))
    assert actions(card) == []
    assert "refresh" not in card


def test_only_who_manages_is_offered_to() -> None:
    assert "Manage" in buttons(_chat(a_view(a_poll(), viewer=CREATOR.key)))
    assert "Manage" not in buttons(_chat(a_view(a_poll(), viewer=VOTER.key)))
    assert "Manage" not in buttons(_chat(a_view(a_poll())))


@pytest.mark.parametrize("visibility", HIDDEN)
def test_hidden_results_show_no_figures(visibility: Visibility) -> None:
    shown = text(_chat(a_view(a_poll(visibility=visibility), "a", "a", "b")))
    assert "%" not in shown
    assert "🏆" not in shown


def test_a_closed_poll_marks_the_winner_by_a_sign_and_weight() -> None:
    assert _bold(_chat(a_view(a_closed_poll(), "b", "b", "a"))) == ["🏆 Sushi"]


@pytest.mark.parametrize(
    "view",
    [
        a_view(a_closed_poll(visibility=Visibility.CREATOR), "b", "b", "a"),
        a_view(a_closed_poll(anonymous=True), "b", "b"),
    ],
    ids=["creator only", "too few"],
)
def test_a_closed_poll_with_hidden_results_gives_the_winner_away_nowhere(view: View) -> None:
    card = _chat(view)
    assert "🏆" not in text(card)
    assert _bold(card) == []


def test_a_bar_is_as_long_as_its_share() -> None:
    card = _chat(a_view(a_poll(), "a", "b", "b", "b"))
    bars = [n for option in _options(card) for n in walk(option) if n.get("minHeight")]
    widths = [[column["width"] for column in bar["columns"]] for bar in bars]
    assert widths == [[25, 75], [75, 25], [100]]


def test_percentages_of_several_choices_are_explained() -> None:
    words = "Percentages are of people"
    assert words in text(_chat(a_view(a_poll(a_choice(most=3)), "ab")))
    assert words not in text(_chat(a_view(a_poll(), "a")))


def test_a_limit_on_choices_is_told() -> None:
    assert "at most 2" in text(_chat(a_view(a_poll(a_choice(most=2)))))
    assert "as many as you like" in text(_chat(a_view(a_poll(a_choice(most=3)))))


def test_too_few_anonymous_responses_are_explained() -> None:
    card = _chat(a_view(a_poll(anonymous=True), "a", "b"))
    assert "from three responses on" in text(card)
    assert "2 responses" in text(card)


def test_a_notice_stands_above_the_rows() -> None:
    shown = text(_chat(a_view(a_poll()), "This is closed."))
    assert shown.index("⚠ This is closed.") < shown.index("Pizza")


def test_places_are_told_while_the_poll_is_open() -> None:
    question = a_choice("Pizza", "Sushi", "Salad", places={"a": 1, "b": 8, "c": 1})
    shown = text(_chat(a_view(a_poll(question), "a", "b")))
    assert "full" in shown
    assert "of 8 places" in shown
    assert "of 1 place" in shown
    assert "places" not in text(_chat(a_view(a_closed_poll(question), "a", "b")))


def test_places_are_told_without_figures_where_those_are_hidden() -> None:
    question = a_choice("Pizza", "Sushi", places={"b": 8})
    shown = text(_chat(a_view(a_poll(question, visibility=Visibility.CREATOR), "b")))
    assert "8 places" in shown
    assert "of 8" not in shown


def test_markdown_in_what_people_typed_is_not_rendered() -> None:
    evil = "[pay](https://evil.example) **now**"
    question = a_choice(evil, "Sushi")
    card = _chat(a_view(a_poll(question, title=evil, more=evil), viewer=VOTER.key, own="a"))
    blocks = [node["text"] for node in walk(card) if node.get("type") == "TextBlock"]
    assert sum("pay" in block for block in blocks) == 4
    assert not any("[pay](" in b.replace("\\[", "").replace("\\]", "") for b in blocks)
    assert not any("**now**" in block for block in blocks)


def test_the_spoken_name_of_a_row_is_the_text_as_typed() -> None:
    assert rows(_chat(a_view(a_poll(a_choice("snake_case", "*")))))[0] == "Choose snake_case"


def test_a_title_and_an_option_from_right_to_left_run_that_way() -> None:
    card = _chat(a_view(a_poll(a_choice("פיצה", "Sushi"), title="ארוחת צהריים?")))
    title = next(n for n in walk(card) if n.get("items") and "ארוחת" in str(n["items"]))
    assert title["rtl"] is True
    assert [option.get("rtl") for option in _options(card)] == [True, None]
    assert "rtl" not in card


def test_a_reader_from_right_to_left_gets_the_card_that_way() -> None:
    card = checked(summary(a_view(a_poll()), RIGHT_TO_LEFT, Host.CHAT))
    assert (card["lang"], card["rtl"]) == ("he", True)


def test_emoji_stay_whole() -> None:
    family = "👨‍👩‍👧‍👦"
    card = _chat(a_view(a_poll(a_choice(family, "🇩🇪"), title=f"{family}?")))
    assert rows(card) == [f"Choose {family}", "Choose 🇩🇪"]


def test_the_creator_and_the_latest_respondents_keep_their_own_view() -> None:
    card = _chat(a_view(a_poll(recent=("29:first", "29:creator", "29:last"))))
    assert card["refresh"]["userIds"] == ["29:creator", "29:last", "29:first"]
    assert decode(card["refresh"]["action"]["data"])[0].verb == "refresh"


def test_no_more_people_are_refreshed_than_teams_takes_and_the_latest_win() -> None:
    recent = tuple(f"29:{number}" for number in range(100))
    listed = _chat(a_view(a_poll(recent=recent)))["refresh"]["userIds"]
    assert len(listed) == MOST_REFRESHED
    assert listed[:2] == ["29:creator", "29:99"]


def test_an_anonymous_card_names_nobody() -> None:
    card = _chat(a_view(a_poll(anonymous=True, recent=("29:voter",)), "a", "a", "a"))
    assert "refresh" not in card
    assert "29:" not in str(card)


@pytest.mark.parametrize("host", [Host.IN_PLACE, Host.DIALOG])
def test_only_a_card_in_a_chat_refreshes_by_itself(host: Host) -> None:
    assert "refresh" not in checked(summary(a_view(a_poll()), TEXTS, host))


def test_a_deleted_card_says_so_and_nothing_else() -> None:
    card = checked(deleted(a_poll(title="A secret"), TEXTS))
    assert text(card) == "Poll · deleted by the person who made it"
    assert actions(card) == []


def test_a_locked_phone_shows_the_question_and_when_it_closes() -> None:
    assert notification(a_poll(), TEXTS) == "Poll: Lunch? (closes Fri 27 Nov, 10:00)"


def test_a_locked_phone_shows_no_due_time_that_does_not_count() -> None:
    assert notification(a_poll(closes_at=None), TEXTS) == "Poll: Lunch?"
    assert notification(a_closed_poll(), TEXTS) == "Poll: Lunch?"


def test_a_long_question_is_cut_on_a_locked_phone() -> None:
    shown = notification(a_poll(title="Why?\n" * 100, closes_at=None), TEXTS)
    assert len(shown) == len("Poll: ") + 200
    assert "\n" not in shown
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (a_view(a_poll()), "No responses yet"),
        (a_view(a_poll(), "a"), "1 response"),
        (a_view(a_poll(), "a", "b"), "2 responses"),
        (a_view(a_poll(audience=12)), "0 of 12 responded"),
        (a_view(a_poll(audience=12), "a"), "1 of 12 responded"),
    ],
)
def test_a_line_says_how_many_responded(view: View, line: str) -> None:
    assert responded_line(view, TEXTS) == line


def test_a_line_says_when_it_closes() -> None:
    assert due_line(a_poll(), TEXTS, is_open=True) == "closes Fri 27 Nov, 10:00"
    assert due_line(a_poll(closes_at=None), TEXTS, is_open=True) == "no due time"
    assert due_line(a_poll(), TEXTS, is_open=False) == "closed"


def test_a_passed_due_time_closes_the_card_before_anyone_closed_the_poll() -> None:
    card = _chat(a_view(a_poll(), "a", at=DUE))
    assert "POLL · closed" in text(card)
    assert rows(card) == []


def test_a_scheduled_poll_cannot_be_tapped_yet() -> None:
    assert rows(_chat(a_view(replace(a_poll(), status=Status.SCHEDULED), at=NOW))) == []

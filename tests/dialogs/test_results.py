"""The results: what each reader may look at, page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Visibility
from actions.people import Person
from actions.poll import QUESTION, question_of
from actions.responses import Page, Response
from actions.viewing import People, View
from cards.envelope import decode
from cards.parts import Host
from dialogs.place import LONGEST_SEARCH, Place
from dialogs.results import mine_screen, not_responded_screen, responded_screen, summary_screen
from dialogs.screen import Setting
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_poll,
    a_view,
)
from tests.actions.surveys import a_survey, a_survey_view, responses
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.cards.test_sizes import SIGNS, full_poll, seen_by_creator
from tests.dialogs.builders import (
    DIALOG,
    IN_PLACE,
    SETTINGS,
    a_response,
    envelopes,
    people_of,
    shown,
    verbs,
)
from tests.teams.cards import (
    buttons,
    find_action,
    input_elements,
    inputs,
    rows,
    text,
    texts,
    walk,
)

EVERYTHING = {"Responded", "Not responded", "My response"}
ONE_FOLLOWS = {"following": "20"}


def _tabs(view: View) -> set[str]:
    return set(buttons(shown(summary_screen(view, DIALOG)))) & {*EVERYTHING, "Summary"}


@pytest.mark.parametrize(
    ("view", "tabs"),
    [
        (a_view(a_poll(), "a", viewer=VOTER.key), EVERYTHING),
        (a_view(a_poll(visibility=Visibility.CREATOR), viewer=VOTER.key), {"My response"}),
        (a_view(a_poll(visibility=Visibility.CREATOR), viewer=CREATOR.key), EVERYTHING),
        (a_view(a_poll(visibility=Visibility.AFTER_CLOSING), own="a"), {"My response"}),
        (a_view(a_closed_poll(visibility=Visibility.AFTER_CLOSING), own="a"), EVERYTHING),
        (a_view(a_poll(anonymous=True), "a", viewer=VOTER.key), EVERYTHING),
    ],
)
def test_a_reader_is_offered_what_they_may_see(view: View, tabs: set[str]) -> None:
    assert _tabs(view) == tabs


def test_a_page_offers_every_other_page_and_says_which_it_is() -> None:
    view = a_view(a_poll(), "a", viewer=VOTER.key)
    card = shown(mine_screen(view, DIALOG))
    assert {"Summary", "Responded", "Not responded"} <= set(buttons(card))
    assert "My response" not in buttons(card)
    assert "My response" in texts(card)


def test_the_summary_shows_bars_without_taps() -> None:
    card = shown(summary_screen(a_view(a_poll(), "a", "b", "b"), DIALOG))
    assert rows(card) == []
    assert "2 · 67%" in text(card)
    assert "3 responses" in text(card)


@pytest.mark.parametrize(
    ("view", "why"),
    [
        (a_view(a_poll(visibility=Visibility.AFTER_RESPONDING), "a"), "once you have responded"),
        (a_view(a_poll(visibility=Visibility.AFTER_CLOSING), "a"), "after closing"),
        (a_view(a_poll(visibility=Visibility.CREATOR), "a"), "Only the creator"),
        (a_view(a_poll(anonymous=True), "a", "b"), "from three responses on"),
    ],
    ids=["after responding", "after closing", "creator", "too few"],
)
def test_hidden_results_say_why_and_name_no_option(view: View, why: str) -> None:
    card = shown(summary_screen(view, DIALOG))
    assert why in text(card)
    assert "%" not in text(card)
    assert not any("Pizza" in line for line in texts(card))


def test_the_summary_of_a_closed_poll_marks_the_winner() -> None:
    assert "🏆 Sushi" in text(shown(summary_screen(a_view(a_closed_poll(), "b"), DIALOG)))


@pytest.mark.parametrize(
    ("view", "offered"),
    [
        (a_view(a_poll(), viewer=VOTER.key), ["Vote"]),
        (a_view(a_poll(), viewer=CREATOR.key), ["Vote", "Manage"]),
        (a_view(a_closed_poll(), viewer=VOTER.key), []),
        (a_view(a_closed_poll(), viewer=CREATOR.key), ["Manage"]),
    ],
)
def test_ways_on_stand_at_the_bottom(view: View, offered: list[str]) -> None:
    others = {*EVERYTHING, "Summary"}
    shown_buttons = buttons(shown(summary_screen(view, DIALOG)))
    assert [title for title in shown_buttons if title not in others] == offered


def test_the_personal_chat_has_a_way_back() -> None:
    view = a_view(a_poll())
    assert envelopes(shown(summary_screen(view, IN_PLACE)))["Back"].verb == "show"
    assert "Back" not in buttons(shown(summary_screen(view, DIALOG)))


def test_a_notice_is_told() -> None:
    card = shown(summary_screen(a_view(a_poll()), replace(DIALOG, notice="Not saved.")))
    assert "⚠ Not saved." in text(card)


def test_who_responded_is_listed_with_when_and_what() -> None:
    people = people_of(a_view(a_poll()), a_response("Ada", "b"), a_response("Ben", "a"))
    card = shown(responded_screen(people, DIALOG))
    assert text(card).index("Ada") < text(card).index("Ben")
    assert "Sushi · Fri 20 Nov, 10:00" in texts(card)


def test_several_choices_are_listed_in_the_order_of_the_options() -> None:
    view = a_view(a_poll(a_choice(most=3)))
    answers = {QUESTION: ("c", "a")}
    people = people_of(view, Response(Person("x", "Ada"), answers, NOW + timedelta(hours=8)))
    assert "Pizza, Salad · Fri 20 Nov, 18:00" in texts(shown(responded_screen(people, DIALOG)))


def test_an_anonymous_poll_says_that_answers_are_not_known() -> None:
    view = a_view(a_poll(anonymous=True), "a", "a", "b")
    people = people_of(view, Response(Person("x", "Ada"), None, None))
    card = shown(responded_screen(people, DIALOG))
    assert "Ada" in texts(card)
    assert "who answered what is not" in text(card)
    assert "Pizza" not in text(card)


def test_a_response_with_more_than_a_line_is_opened_by_a_tap() -> None:
    view = a_survey_view(a_survey(), 3, VOTER.key)
    card = shown(responded_screen(people_of(view, *responses(2)), DIALOG))
    assert rows(card) == ["Person 0001", "Person 0000"]
    tap = envelopes(card)["Person 0000"]
    assert (tap.verb, Place.read(tap.argument)) == ("response", Place(slot="tenant/p0000"))


def test_a_vote_is_a_line_and_opens_nothing() -> None:
    response = replace(a_response("Ada", "a"), slot="tenant/Ada")
    assert rows(shown(responded_screen(people_of(a_view(a_poll()), response), DIALOG))) == []


def test_nobodys_anonymous_response_is_opened() -> None:
    view = a_survey_view(a_survey(anonymous=True), 3, VOTER.key)
    people = people_of(view, Response(Person("x", "Ada"), None, None, "x"))
    assert rows(shown(responded_screen(people, DIALOG))) == []


@pytest.mark.parametrize("sign", SIGNS)
def test_ten_people_with_long_names_who_answered_a_survey_fit(sign: str) -> None:
    view = a_survey_view(a_survey(title=SIGNS[sign] * 500), 30, CREATOR.key)
    people = [
        replace(one, person=replace(one.person, name=SIGNS[sign] * 200), slot=f"{n}" * 100)
        for n, one in enumerate(responses(10))
    ]
    listed = People(view, Page(tuple(people), "x" * 200), SIGNS[sign] * LONGEST_SEARCH, "x" * 200)
    assert len(rows(shown(responded_screen(listed, IN_PLACE)))) == 10


def test_someone_without_a_name_is_still_listed() -> None:
    people = people_of(a_view(a_poll()), a_response("", "a"))
    assert "Someone without a name" in texts(shown(responded_screen(people, DIALOG)))


def test_a_name_makes_no_link() -> None:
    people = people_of(a_view(a_poll()), a_response("[pay](https://evil.example)", "a"))
    assert r"\[pay\](https://evil.example)" in texts(shown(responded_screen(people, DIALOG)))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (people_of(a_view(a_poll())), "Nobody yet."),
        (people_of(a_view(a_poll()), search="Zoe"), "Nobody of that name."),
    ],
)
def test_an_empty_list_of_responses_says_so(people: People, words: str) -> None:
    assert words in texts(shown(responded_screen(people, DIALOG)))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (people_of(a_view(a_poll(audience=2), "a", "b")), "Everyone has responded."),
        (
            people_of(a_view(a_poll(audience=None))),
            "Who is expected to respond is not known here.",
        ),
        (people_of(a_view(a_poll(audience=2)), search="Zoe"), "Nobody of that name."),
    ],
)
def test_an_empty_list_of_the_others_says_why(people: People, words: str) -> None:
    assert words in texts(shown(not_responded_screen(people, DIALOG)))


def test_who_has_not_responded_is_listed_by_name_alone() -> None:
    people = people_of(a_view(a_poll(audience=5)), a_response("Ada"), a_response("Ben"))
    lines = texts(shown(not_responded_screen(people, DIALOG)))
    assert lines[lines.index("Ada") + 1] == "Ben"


def test_a_short_list_has_no_search_and_no_pages() -> None:
    card = shown(responded_screen(people_of(a_view(a_poll()), a_response("Ada", "a")), DIALOG))
    assert input_elements(card) == []
    assert {"More", "From the start", "Search"}.isdisjoint(buttons(card))


def test_the_first_of_several_pages_leads_on() -> None:
    people = people_of(a_view(a_poll()), a_response("Ada", "a"), search="a b&c", following="x=1")
    card = shown(responded_screen(people, DIALOG))
    more = envelopes(card)["More"]
    assert (more.verb, more.action) == ("responded", ACTION_ID)
    assert Place.read(more.argument) == Place(search="a b&c", start="x=1")
    assert "From the start" not in buttons(card)


def test_a_later_page_leads_back_to_the_start_of_the_same_search() -> None:
    people = people_of(a_view(a_poll()), a_response("Ada", "a"), search="a", start="20")
    card = shown(not_responded_screen(people, DIALOG))
    first = envelopes(card)["From the start"]
    assert first.verb == "not_responded"
    assert Place.read(first.argument) == Place(search="a")
    assert "More" not in buttons(card)


def test_a_later_page_without_a_search_leads_back_to_the_first() -> None:
    people = people_of(a_view(a_poll()), a_response("Ada", "a"), start="20")
    first = envelopes(shown(responded_screen(people, DIALOG)))["From the start"]
    assert Place.read(first.argument) == Place()


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_search_sends_what_is_typed_and_shows_it_again(setting: Setting) -> None:
    people = people_of(a_view(a_poll()), a_response("Ada", "a"), search="Ada", following="20")
    card = shown(responded_screen(people, setting))
    assert inputs(card) == {"search": "Ada"}
    button = find_action(card, "Search")
    assert decode(button["data"])[0].verb == "responded"
    assert decode(button["data"])[0].argument == ""
    assert button.get("associatedInputs") != "none"


SEARCHES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=LONGEST_SEARCH)


@given(SEARCHES, st.text(alphabet="abc0123456789-|/=", min_size=1, max_size=60))
def test_every_page_of_every_search_can_be_turned(search: str, following: str) -> None:
    people = people_of(
        a_view(a_poll()), a_response("Ada", "a"), search=search, following=following
    )
    card = shown(responded_screen(people, DIALOG))
    assert Place.read(envelopes(card)["More"].argument) == Place(search=search, start=following)


@pytest.mark.parametrize("letter", ["x", "é", "ש", "李", "😀"])
def test_the_pages_of_the_longest_search_can_be_turned(letter: str) -> None:
    search = letter * LONGEST_SEARCH
    people = people_of(a_view(a_poll()), a_response("Ada", "a"), search=search, following="x" * 80)
    card = shown(responded_screen(people, DIALOG))
    assert Place.read(envelopes(card)["More"].argument).search == search


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (a_view(a_poll(), viewer=VOTER.key, own="b"), "Sushi"),
        (a_view(a_poll(), viewer=VOTER.key), "You have not responded."),
        (
            a_view(a_closed_poll(anonymous=True), viewer=VOTER.key, took_part=True),
            "You responded; which answer is yours is no longer known to anyone.",
        ),
    ],
)
def test_the_own_response_is_told(view: View, words: str) -> None:
    assert words in texts(shown(mine_screen(view, DIALOG)))


def test_the_own_response_is_offered_where_results_are_hidden() -> None:
    view = a_view(a_poll(visibility=Visibility.CREATOR), viewer=VOTER.key, own="b")
    card = shown(mine_screen(view, DIALOG))
    assert "Sushi" in texts(card)
    assert verbs(card) == ["results", "open"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("most", [1, 25])
def test_results_of_25_options_of_1_000_characters_fit(sign: str, most: int) -> None:
    shown(summary_screen(seen_by_creator(full_poll(SIGNS[sign], most=most)), IN_PLACE))


@pytest.mark.parametrize("sign", ["letters", "stars", "quotes"])
def test_ten_people_who_each_chose_25_long_options_fit(sign: str) -> None:
    view = seen_by_creator(full_poll(SIGNS[sign], most=25))
    everything = {QUESTION: tuple(o.id for o in question_of(view.action).options)}
    names = [f"{n} {SIGNS[sign] * 100}" for n in range(10)]
    responses = tuple(Response(Person(name, name), everything, NOW) for name in names)
    people = People(view, Page(responses, "20"), "x" * LONGEST_SEARCH, "10")
    shown(responded_screen(people, IN_PLACE))


def test_ten_people_who_each_chose_25_ordinary_options_fit() -> None:
    view = seen_by_creator(full_poll("x", 40, most=25))
    everything = {QUESTION: tuple(o.id for o in question_of(view.action).options)}
    responses = tuple(
        Response(Person(str(n), f"Someone Or Other {n}"), everything, NOW) for n in range(10)
    )
    shown(responded_screen(People(view, Page(responses, "20"), "", "10"), IN_PLACE))


@pytest.mark.parametrize("sign", SIGNS)
def test_an_own_response_of_25_long_options_fits(sign: str) -> None:
    shown(mine_screen(seen_by_creator(full_poll(SIGNS[sign], most=25)), IN_PLACE))


def test_results_for_a_reader_from_right_to_left_run_that_way() -> None:
    setting = Setting(Host.DIALOG, RIGHT_TO_LEFT)
    people = people_of(a_view(a_poll()), a_response("עדה", "a"))
    assert checked(responded_screen(people, setting).card)["rtl"] is True


def test_a_title_from_right_to_left_runs_that_way() -> None:
    card = shown(summary_screen(a_view(a_poll(title="ארוחת צהריים?")), DIALOG))
    assert any(node.get("rtl") and "ארוחת" in str(node) for node in walk(card))


def test_the_dialog_is_called_results() -> None:
    assert summary_screen(a_view(a_poll()), Setting(Host.DIALOG, TEXTS)).title == "Results"

"""The list of what someone made, and of what waits for them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.listing import PER_PAGE, Listing, Tab
from actions.scheduling import BY_CREATOR
from actions.viewing import View
from cards.envelope import Envelope, decode
from cards.kinds import LOOKS
from cards.parts import Host
from dialogs.my_actions import envelope, mine_screen, read
from dialogs.place import LONGEST_SEARCH
from dialogs.screen import Setting
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    DRAFT_ID,
    VOTER,
    a_closed_poll,
    a_draft,
    a_form,
    a_poll,
    a_view,
)
from tests.cards.looks import RIGHT_TO_LEFT, checked
from tests.dialogs.builders import IN_PLACE, SETTINGS, envelopes, shown
from tests.dialogs.serials import SERIES_ID, a_series
from tests.teams.cards import (
    Card,
    actions,
    buttons,
    find_action,
    input_elements,
    inputs,
    rows,
    text,
    texts,
    walk,
)

EVIL = "[pay](https://evil.example)"
OPEN = a_view(a_poll(audience=12), "a", "b", viewer=CREATOR.key)
NEW = [shape.phrases.new for shape in LOOKS]
TABS = ["Active", "To answer", "Scheduled", "Drafts", "Closed"]


def _mine(tab: Tab = Tab.ACTIVE, setting: Setting = IN_PLACE, **changes: Any) -> Card:
    return shown(mine_screen(replace(Listing(tab), **changes), setting))


@pytest.mark.parametrize("tab", Tab)
def test_every_part_of_the_list_leads_to_the_others_and_says_which_it_is(tab: Tab) -> None:
    card = _mine(tab)
    name = TABS[list(Tab).index(tab)]
    heading = "Waiting for my answer" if tab is Tab.WAITING else name
    assert texts(card)[:2] == ["My actions", heading]
    assert [title for title in buttons(card) if title in TABS] == [n for n in TABS if n != name]
    for title, other in zip(TABS, Tab, strict=True):
        if other is not tab:
            assert read(envelopes(card)[title].argument) == (other, "", 0)


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        (Tab.ACTIVE, "Nothing of yours is open."),
        (Tab.WAITING, "Nothing waits for your answer."),
        (Tab.SCHEDULED, "Nothing is scheduled."),
        (Tab.DRAFTS, "No drafts."),
        (Tab.CLOSED, "Nothing of yours is closed."),
    ],
)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_an_empty_part_says_so_and_invites_to_make_something(
    tab: Tab, words: str, setting: Setting
) -> None:
    card = _mine(tab, setting)
    assert words in text(card)
    assert [title for title in buttons(card) if title not in TABS] == [*NEW, "Question bank"]
    assert envelopes(card)["Question bank"] == Envelope("bank")
    assert envelopes(card)[NEW[0]] == Envelope("create", argument=LOOKS[0].name)


def test_a_list_of_nothing_at_all_invites_to_make_a_first_poll() -> None:
    assert "Nothing here yet. Make your first poll" in text(_mine(is_all=True))


def test_a_search_that_finds_nothing_says_so() -> None:
    assert "No title here holds these words." in text(_mine(search="lunch"))


def test_a_draft_is_a_row_that_continues_it() -> None:
    card = _mine(Tab.DRAFTS, drafts=[a_draft()])
    assert "✎ Poll · draft" in text(card)
    assert envelopes(card)["Lunch?"] == Envelope("draft.open", DRAFT_ID, "poll")
    assert "No drafts." not in text(card)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Poll · Next on Mon, 23 Nov 2026 at 07:30"),
        ({"next_at": None, "stopped": BY_CREATOR}, "Poll · Stopped by you."),
        (
            {"next_at": None, "stopped": "Forbidden"},
            "Poll · Stopped: I cannot post in that chat any more.",
        ),
    ],
)
def test_what_is_scheduled_is_a_row_that_leads_to_it(changes: dict[str, Any], words: str) -> None:
    card = _mine(Tab.SCHEDULED, series=[a_series(**changes)])
    assert words in text(card)
    assert envelopes(card)["Lunch?"] == Envelope("series", SERIES_ID)
    assert "Nothing is scheduled." not in text(card)


def test_changes_that_are_not_saved_yet_are_told_from_a_draft() -> None:
    card = _mine(Tab.DRAFTS, drafts=[a_draft(edits=ACTION_ID)])
    assert "changes not saved yet" in text(card)


@pytest.mark.parametrize("values", [a_form(title=" "), {}])
def test_a_draft_without_a_title_is_still_a_row(values: dict[str, str]) -> None:
    assert rows(_mine(Tab.DRAFTS, drafts=[a_draft(values=values)])) == ["without a title"]


def test_an_action_is_a_row_that_leads_to_managing_it() -> None:
    card = _mine(views=[OPEN])
    assert "Poll · closes Fri 27 Nov, 10:00 · 2 of 12 responded" in text(card)
    assert envelopes(card)["Lunch?"] == Envelope("manage", ACTION_ID)


def test_what_waits_is_a_row_that_leads_to_answering_it() -> None:
    card = _mine(Tab.WAITING, views=[a_view(a_poll(), viewer=VOTER.key)])
    assert "Poll · asked by Cleo Creator · closes Fri 27 Nov, 10:00" in text(card)
    assert envelopes(card)["Lunch?"] == Envelope("open", ACTION_ID)


def test_a_short_list_has_no_search_and_no_pages() -> None:
    card = _mine(views=[OPEN])
    assert input_elements(card) == []
    assert {"Previous page", "Next page", "Search"}.isdisjoint(buttons(card))


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab is not Tab.WAITING])
def test_a_long_list_is_paged_and_a_search_is_kept(tab: Tab) -> None:
    card = _mine(tab, views=[OPEN], search="a b&c", offset=2 * PER_PAGE, more=True)
    named = envelopes(card)
    assert read(named["Previous page"].argument) == (tab, "a b&c", PER_PAGE)
    assert read(named["Next page"].argument) == (tab, "a b&c", 3 * PER_PAGE)
    assert inputs(card) == {"search": "a b&c"}
    button = find_action(card, "Search")
    assert read(decode(button["data"])[0].argument) == (tab, "", 0)
    assert button.get("associatedInputs") != "none"


def test_what_waits_is_paged_without_a_search() -> None:
    card = _mine(Tab.WAITING, views=[OPEN], offset=PER_PAGE, more=True)
    assert input_elements(card) == []
    assert read(envelopes(card)["Next page"].argument) == (Tab.WAITING, "", 2 * PER_PAGE)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_SEARCH)


@given(st.sampled_from(Tab), WORDS, st.integers(0, 999_999))
def test_every_page_of_every_search_comes_back_as_it_was(
    tab: Tab, search: str, offset: int
) -> None:
    data = envelope(tab, search, offset).encode()
    assert read(decode(data)[0].argument) == (tab, search, offset)


@given(st.text())
def test_any_argument_is_read(argument: str) -> None:
    _, search, offset = read(argument)
    assert len(search) <= LONGEST_SEARCH
    assert offset >= 0


@pytest.mark.parametrize("argument", ["", "8", "tab=mystery", "tab=", "TAB=active"])
def test_buttons_of_earlier_versions_lead_to_the_first_page(argument: str) -> None:
    assert read(argument) == (None, "", 0)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("sign", ["x", "*", '"', "\\", "😀"])
def test_the_fullest_list_fits(sign: str, setting: Setting) -> None:
    views = [_long(sign, number) for number in range(PER_PAGE)]
    drafts = [
        a_draft(id=f"{DRAFT_ID[:-1]}{n}", values=a_form(title=sign * 500)) for n in range(PER_PAGE)
    ]
    full = {"search": sign * LONGEST_SEARCH, "offset": 800, "more": True}
    assert len(rows(_mine(Tab.ACTIVE, setting, views=views, **full))) == PER_PAGE
    assert len(rows(_mine(Tab.WAITING, setting, views=views, **full))) == PER_PAGE
    assert len(rows(_mine(Tab.DRAFTS, setting, drafts=drafts, **full))) == PER_PAGE


def _long(sign: str, number: int) -> View:
    creator = replace(CREATOR, name=sign * 200)
    action = a_poll(id=f"{ACTION_ID[:-1]}{number}", title=sign * 500, audience=100_000)
    return a_view(replace(action, creator=creator))


def test_titles_and_names_make_no_link() -> None:
    action = replace(a_poll(title=EVIL), creator=replace(CREATOR, name=EVIL))
    for card in (
        _mine(Tab.DRAFTS, drafts=[a_draft(values=a_form(title=EVIL))]),
        _mine(Tab.WAITING, views=[a_view(action)]),
    ):
        blocks = [node["text"] for node in walk(card) if node.get("type") == "TextBlock"]
        assert not any(EVIL in block for block in blocks)
        assert any(r"\[pay\]" in block for block in blocks)


def test_the_spoken_name_of_a_row_is_the_title_as_typed() -> None:
    assert rows(_mine(views=[a_view(a_poll(title="snake_case"))])) == ["snake_case"]


def test_a_row_can_be_tapped_in_a_dialog_and_by_old_clients() -> None:
    for action in actions(_mine(views=[OPEN])):
        assert decode(action["fallback"]["data"]) == decode(action["data"])
    in_dialog = actions(_mine(setting=SETTINGS["dialog"], views=[OPEN]))
    assert {action["type"] for action in in_dialog} == {"Action.Submit"}


def test_a_notice_is_told() -> None:
    card = _mine(setting=replace(IN_PLACE, notice="Not saved."))
    assert "⚠ Not saved." in text(card)


@pytest.mark.parametrize("view", [OPEN, a_view(a_closed_poll(), viewer=CREATOR.key)])
def test_the_list_of_a_reader_from_right_to_left_runs_that_way(view: View) -> None:
    screen = mine_screen(Listing(Tab.ACTIVE, (), [view]), Setting(Host.IN_PLACE, RIGHT_TO_LEFT))
    assert checked(screen.card)["rtl"] is True

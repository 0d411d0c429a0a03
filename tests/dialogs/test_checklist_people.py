"""The results of everybody's own lists: who is through, item by item, person by person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from actions.action import Action, Settings, Visibility
from actions.checklist_results import OfItem, OneList
from actions.item import MOST_ITEMS, Item
from actions.people import Person
from actions.responses import Page, Response
from actions.rows import rows_of, ticks_of
from actions.ticks import State, Wish
from actions.viewing import People, View
from cards.envelope import Envelope
from dialogs.checklist_people import (
    finished_screen,
    item_screen,
    list_screen,
    overview_screen,
    own_list_screen,
    refuse_screen,
    under_way_screen,
    waiting_screen,
)
from dialogs.place import Place
from dialogs.screen import Setting
from tests.actions.attempted import seen_by
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED, a_checklist
from tests.actions.own_lists import a_list, lists_of
from tests.cards.looks import RIGHT_TO_LEFT
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, inputs, rows, text, texts

SAFETY = replace(
    a_checklist("Read the sheet", "Sign it", "Hand it in", individual=True), audience=8
)
LISTS = lists_of(SAFETY, 6)


def seen(
    action: Action = SAFETY, lists: Sequence[Response] = LISTS, viewer: Person = CREATOR
) -> View:
    return seen_by(action, lists, viewer.key)


def test_who_checks_finds_on_each_persons_list_what_waits_even_when_it_is_long() -> None:
    kept = {"individual": True, "checker": CREATOR}
    long = replace(a_checklist(count=MOST_ITEMS, **kept), creator=CREATOR)
    done = {item.id: DONE for item in long.content.questions}
    done["i1"] = BROKEN
    ben = a_list(VOTER, done)
    rows_ = rows_of(long.content, ticks_of(long.content, ben.answers), VOTER.name, NOW)
    for viewer, checks in ((CREATOR, True), (VOTER, False)):
        found = OneList(seen(long, [ben], viewer), ben, rows_)
        card = shown(list_screen(found, Place(slot=ben.slot), DIALOG))
        assert ("It is right" in buttons(card)) is checks
        assert ("Not right: open again" in buttons(card)) is checks
        assert {e.verb for e in envelopes(card).values()} >= {"response"}
    form = shown(refuse_screen(found, Place(slot=ben.slot, question="i0", first=3), DIALOG))
    assert list(inputs(form)) == ["reason"]
    back = Place.read(envelopes(form)["Back"].argument)
    assert back == Place(slot=ben.slot, first=3)


def overview(setting: Setting = DIALOG, place: Place = Place(), **more: object) -> Card:  # noqa: B008
    return shown(overview_screen(seen(**more), place, setting))  # type: ignore[arg-type]


def people(*responses: Response, **more: str) -> People:
    page = Page(responses, more.get("following", ""))
    return People(seen(), page, more.get("search", ""), more.get("start", ""))


def one_list(response: Response, action: Action = SAFETY, **more: str) -> OneList:
    ticks = ticks_of(action.content, response.answers)
    view = seen_by(action, LISTS, CREATOR.key)
    return OneList(view, response, rows_of(action.content, ticks, "", NOW), **more)


# The whole


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_it_says_who_is_through_at_it_and_not_begun(setting: Setting) -> None:
    lines = texts(overview(setting))
    counted = {name: lines[lines.index(name) - 1] for name in ("finished", "in progress")}
    assert counted == {"finished": "4", "in progress": "2"}
    assert lines[lines.index("not started") - 1] == "2"


def test_of_each_item_it_says_how_many_of_those_expected_did_it() -> None:
    card = overview()
    lines = texts(card)
    start = lines.index("Read the sheet")
    assert lines[start : start + 3] == [
        "Read the sheet",
        "4 of 8",
        "not done: 1 · not applicable: 1",
    ]
    assert rows(card) == ["Read the sheet", "Sign it", "Hand it in"]
    tap = envelopes(card)["Sign it"]
    assert tap == Envelope("drill", ACTION_ID, "question=i1&bucket=done")


def test_where_nobody_knows_who_is_expected_it_is_of_those_who_have_begun() -> None:
    lines = texts(overview(action=replace(SAFETY, audience=None)))
    assert "4 of 6" in lines
    assert "not started" not in lines


def test_before_anybody_has_begun_nothing_is_divided_by_nobody() -> None:
    lines = texts(overview(action=replace(SAFETY, audience=None), lists=[]))
    assert "0 of 0" in lines


def test_two_hundred_items_take_pages() -> None:
    action = a_checklist(count=MOST_ITEMS, individual=True)
    place, found = Place(), []
    while True:
        card = overview(place=place, action=action, lists=[])
        found += rows(card)
        following = envelopes(card).get("Next page")
        if following is None:
            break
        assert following.verb == "results"
        place = Place.read(following.argument)
    assert found == [f"Item {n}" for n in range(MOST_ITEMS)]
    assert any(line.startswith("Items ") for line in texts(card))


def test_others_are_told_why_there_is_nothing_to_see() -> None:
    hidden = replace(SAFETY, settings=Settings(Visibility.CREATOR))
    card = overview(action=hidden, viewer=VOTER)
    assert "Only the creator sees the results." in texts(card)
    assert "finished" not in texts(card)
    assert {"People", "History"}.isdisjoint(buttons(card))
    assert {"My list", "Open my list"} <= set(buttons(card))


# Lists of people


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_who_is_through_is_listed_with_how_and_when(setting: Setting) -> None:
    card = shown(finished_screen(people(LISTS[1]), setting))
    name = LISTS[1].person.name
    # The third of three ticks, one a minute.
    assert "2 done · 1 not done · Fri 20 Nov, 11:02" in texts(card)
    assert envelopes(card)[name] == Envelope(
        "response", ACTION_ID, Place(slot=LISTS[1].slot).encode()
    )


def test_the_lists_lead_to_each_other_with_their_sizes() -> None:
    card = shown(under_way_screen(people(LISTS[0]), DIALOG))
    named = envelopes(card)
    assert named["Finished: 4"].verb == "responded"
    assert named["Not started: 2"].verb == "not_responded"
    assert "In progress: 2" in texts(card)


def test_empty_lists_say_so() -> None:
    assert "Nobody yet." in texts(shown(finished_screen(people(), DIALOG)))
    assert "Nobody is at it." in texts(shown(under_way_screen(people(), DIALOG)))
    assert "Everyone has begun." in texts(shown(waiting_screen(people(), DIALOG)))
    unknown = replace(people(), view=seen(replace(SAFETY, audience=None)))
    told = texts(shown(waiting_screen(unknown, DIALOG)))
    assert "Who is expected to respond is not known here." in told
    assert "Nobody of that name." in texts(shown(finished_screen(people(search="x"), DIALOG)))


def test_a_search_goes_on_over_the_pages() -> None:
    page = people(*LISTS[:5], *LISTS[:5], search="ben", start="a", following="b")
    card = shown(finished_screen(page, DIALOG))
    assert inputs(card) == {"search": "ben"}
    named = envelopes(card)
    assert Place.read(named["More"].argument) == Place(search="ben", start="b")
    assert Place.read(named["From the start"].argument) == Place(search="ben")


def test_a_page_that_ends_because_much_was_looked_through_says_so() -> None:
    card = shown(finished_screen(people(search="zoe", following="b"), DIALOG))
    assert "Not everything was looked through yet." in texts(card)
    assert "Look further" in buttons(card)
    assert "Nobody of that name." not in texts(card)


# One person's list


def test_one_persons_list_says_of_each_item_what_when_and_why() -> None:
    late = replace(BROKEN, due=date(2026, 12, 1))
    response = a_list(VOTER, {"i0": DONE, "i1": late})
    lines = texts(shown(list_screen(one_list(response), Place(slot=VOTER.key), DIALOG)))
    assert "Vera Voter" in lines
    assert lines[lines.index("✔ Read the sheet") + 1] == "done · Fri 20 Nov, 10:00"
    start = lines.index("✘ Sign it")
    assert lines[start + 1 : start + 4] == [
        "The lamp is broken",
        "not done · Fri 20 Nov, 10:01",
        "Follow-up: Facility, until Tue, 1 Dec 2026",
    ]
    assert lines[lines.index("☐ Hand it in") + 1] == "open"


def test_one_goes_from_list_to_list_and_back_to_everyone() -> None:
    found = one_list(LISTS[1], newer="tenant/new", older="tenant/old")
    named = envelopes(shown(list_screen(found, Place(), DIALOG)))
    assert named["Previous list"] == Envelope("response", ACTION_ID, "slot=tenant%2Fnew")
    assert named["Next list"] == Envelope("response", ACTION_ID, "slot=tenant%2Fold")
    assert (named["Everyone"].verb, named["All results"].verb) == ("responded", "results")


def test_ones_own_list_is_a_part_of_the_results() -> None:
    found = one_list(Response(VOTER, None, None, VOTER.key))
    card = shown(own_list_screen(found, Place(), DIALOG))
    assert texts(card).count("open") == 3
    assert "My list" not in buttons(card)
    assert {"Summary", "Open my list"} <= set(buttons(card))


# Who is behind an item


def of_item(state: State, *responses: Response, following: str = "") -> OfItem:
    item = SAFETY.content.questions[1]
    assert isinstance(item, Item)
    return OfItem(seen(), item, state, Page(responses, following))


def test_those_behind_an_item_are_told_with_when_and_why() -> None:
    response = a_list(VOTER, {"i0": DONE, "i1": BROKEN})
    card = shown(item_screen(of_item(State.NOT_DONE, response), Place(question="i1"), DIALOG))
    lines = texts(card)
    assert "Sign it" in lines
    assert "The lamp is broken · Fri 20 Nov, 10:01" in lines
    named = envelopes(card)
    assert {"open: 0", "done: 4", "not applicable: 1"} <= set(named)
    assert "not done: 1" in lines
    assert named["open: 0"] == Envelope("drill", ACTION_ID, "question=i1&bucket=open")


def test_whose_item_is_open_still_is_told() -> None:
    response = a_list(VOTER, {"i0": DONE})
    lines = texts(shown(item_screen(of_item(State.OPEN, response), Place(), DIALOG)))
    assert "has begun · Fri 20 Nov, 10:00" in lines
    assert "Nobody." in texts(shown(item_screen(of_item(State.OPEN), Place(), DIALOG)))


def test_further_people_are_on_further_pages() -> None:
    found = of_item(State.DONE, *LISTS[:5], *LISTS[:5], following="next")
    place = Place(question="i1", bucket="done")
    more = envelopes(shown(item_screen(found, place, DIALOG)))["More"]
    assert Place.read(more.argument) == replace(place, start="next")


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_whatever_was_typed_fits_a_card(sign: str) -> None:
    items = tuple(Item(f"i{n}", sign * 4_000, sign * 4_000) for n in range(MOST_ITEMS))
    content = replace(SAFETY.content, title=sign * 500, description=sign * 5_000, questions=items)
    action = replace(SAFETY, content=content)
    worst = Wish(State.NOT_DONE, sign * 4_000, sign * 100, date(2026, 12, 1))
    person = Person("tenant/" + "x" * 80, sign * 200)
    response = a_list(person, {item.id: worst for item in items})
    many = [response] * 10
    view = seen_by(action, [response], CREATOR.key)
    for setting in SETTINGS.values():
        assert rows(shown(overview_screen(view, Place(first=50), setting)))
        page = People(view, Page(tuple(many), "next"), sign * 100, "here")
        assert len(rows(shown(finished_screen(page, setting)))) == 10
        found = one_list(response, action)
        assert "✘" in text(shown(list_screen(replace(found, view=view), Place(), setting)))
        behind = OfItem(view, items[0], State.NOT_DONE, Page(tuple(many), "next"))
        assert len(rows(shown(item_screen(behind, Place(), setting)))) == 10


def test_words_of_people_are_no_markdown() -> None:
    evil = "[pay](https://evil.example)"
    action = replace(a_checklist(evil, individual=True), audience=1)
    response = a_list(Person("tenant/x", evil), {"i0": Wish(State.NOT_DONE, evil, evil)})
    view = seen_by(action, [response], CREATOR.key)
    cards = (
        overview_screen(view, Place(), DIALOG),
        list_screen(one_list(response, action), Place(), DIALOG),
        item_screen(
            OfItem(view, action.content.questions[0], State.NOT_DONE, Page((response,))),  # type: ignore[arg-type]
            Place(),
            DIALOG,
        ),
    )
    for screen in cards:
        assert "[pay](" not in text(shown(screen)).replace("\\[pay\\](", "")


def test_readers_of_other_scripts_get_a_card_in_their_direction() -> None:
    setting = Setting(DIALOG.host, RIGHT_TO_LEFT)
    assert overview(setting)["rtl"] is True


def test_what_does_not_apply_is_told_apart_from_what_was_not_done() -> None:
    response = a_list(VOTER, {"i0": NOT_NEEDED})
    lines = texts(shown(list_screen(one_list(response), Place(), DIALOG)))
    start = lines.index("– Read the sheet")
    assert lines[start + 1 : start + 3] == [
        "It is a holiday",
        "not applicable · Fri 20 Nov, 10:00",
    ]

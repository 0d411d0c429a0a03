"""Who may do and see what, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Status, Visibility
from actions.errors import Closed, NotAllowed, NotFound
from actions.item import Item
from actions.people import Person, person_key
from actions.places import thread_root
from actions.policy import (
    check_checks,
    check_manages,
    check_open,
    check_owns,
    check_schedules,
    checks,
    is_open,
    knows,
    manages,
    may_edit_items,
    may_tick,
    sees_breakdown,
    sees_results,
    tells_who_answered,
)
from actions.ticks import Checklist
from tests.actions.builders import CREATOR, DUE, NOW, VOTER, a_closed_poll, a_draft, a_poll
from tests.actions.checklists import a_checklist
from tests.actions.world import a_caller
from tests.fakes import a_person

SEEN_BY = {
    # visibility: (open, open once responded, closed)
    Visibility.EVERYONE: (True, True, True),
    Visibility.AFTER_RESPONDING: (False, True, True),
    Visibility.AFTER_CLOSING: (False, False, True),
    Visibility.CREATOR: (False, False, False),
}


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("person", [VOTER.key, ""], ids=["someone", "anyone"])
def test_others_see_results_as_the_visibility_says(visibility: Visibility, person: str) -> None:
    running, over = a_poll(visibility=visibility), a_closed_poll(visibility=visibility)
    seen = (
        sees_results(running, person, responded=False, now=NOW),
        sees_results(running, person, responded=True, now=NOW),
        sees_results(over, person, responded=False, now=NOW),
    )
    assert seen == SEEN_BY[visibility]


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("key", [CREATOR.key, "tenant/second"], ids=["creator", "co-creator"])
@pytest.mark.parametrize("over", [False, True])
def test_who_manages_sees_results_at_any_time(
    visibility: Visibility, key: str, *, over: bool
) -> None:
    make = a_closed_poll if over else a_poll
    action = make(visibility=visibility, co_creators=(a_person("Second"),))
    assert sees_results(action, key, responded=False, now=NOW)


@pytest.mark.parametrize("visibility", [Visibility.AFTER_CLOSING, Visibility.AFTER_RESPONDING])
def test_a_due_time_that_has_passed_shows_the_results(visibility: Visibility) -> None:
    action = a_poll(visibility=visibility)
    assert not sees_results(action, "", responded=False, now=DUE - timedelta(seconds=1))
    assert sees_results(action, "", responded=False, now=DUE)


@pytest.mark.parametrize("status", list(Status))
def test_only_an_active_action_is_open(status: Status) -> None:
    assert is_open(a_poll(status=status), NOW) is (status is Status.ACTIVE)


def test_an_action_closes_at_its_due_time_to_the_second() -> None:
    assert is_open(a_poll(), DUE - timedelta(microseconds=1))
    assert not is_open(a_poll(), DUE)


def test_an_action_without_a_due_time_stays_open() -> None:
    assert is_open(a_poll(closes_at=None), DUE + timedelta(days=10_000))


def test_a_closed_action_takes_no_responses() -> None:
    check_open(a_poll(), NOW)
    with pytest.raises(Closed):
        check_open(a_poll(), DUE)


def test_the_creator_and_co_creators_manage_and_nobody_else() -> None:
    action = a_poll(co_creators=(a_person("Second"),))
    assert manages(action, CREATOR.key)
    assert manages(action, "tenant/second")
    assert not manages(action, VOTER.key)
    check_manages(action, CREATOR.key)
    with pytest.raises(NotAllowed) as refused:
        check_manages(action, VOTER.key)
    assert refused.value.code == "creator_only"


@pytest.mark.parametrize(
    ("anonymous", "responses", "seen"),
    [(True, 0, False), (True, 2, False), (True, 3, True), (False, 0, True), (False, 1, True)],
)
def test_counts_of_few_anonymous_responses_are_not_shown(
    responses: int, *, anonymous: bool, seen: bool
) -> None:
    assert sees_breakdown(a_poll(anonymous=anonymous), responses) is seen


def test_the_same_person_has_one_key_everywhere() -> None:
    assert person_key("T", "AB-1", "chat", "29:x") == person_key("t", "ab-1", "other", "29:y")


def test_someone_without_an_account_is_known_in_one_conversation_only() -> None:
    here = person_key("t", "", "chat", "29:x")
    assert here != person_key("t", "", "other", "29:x")
    assert here != person_key("t", "", "chat", "29:y")


def test_a_reply_thread_belongs_to_its_channel() -> None:
    assert thread_root("19:a@thread.tacv2;messageid=17") == "19:a@thread.tacv2"
    assert thread_root("19:a@thread.tacv2") == "19:a@thread.tacv2"


@pytest.mark.parametrize(
    ("person", "tenant", "has_met", "known"),
    [
        (VOTER, "tenant", True, True),
        (VOTER, "tenant", False, False),
        (VOTER, "another", True, False),
        (CREATOR, "tenant", False, True),
        (CREATOR, "another", True, False),
    ],
)
def test_an_action_is_known_where_it_is_met_and_to_who_manages_it_in_their_tenant_alone(
    person: Person, tenant: str, *, has_met: bool, known: bool
) -> None:
    caller = replace(a_caller(person), tenant_id=tenant)
    assert knows(a_poll(), caller, has_met=has_met) is known


@pytest.mark.parametrize(
    ("person", "tenant"), [(VOTER, "tenant"), (CREATOR, "another")], ids=["other", "elsewhere"]
)
def test_a_draft_is_its_creators_alone(person: Person, tenant: str) -> None:
    check_owns(a_draft(), replace(a_caller(CREATOR), tenant_id="tenant"))
    with pytest.raises(NotFound, match="no_such_draft"):
        check_owns(a_draft(), replace(a_caller(person), tenant_id=tenant))


def test_a_series_is_not_known_in_another_tenant_and_managed_by_its_creator() -> None:
    template, here = a_poll(), replace(a_caller(CREATOR), tenant_id="tenant")
    check_schedules(template, here)
    with pytest.raises(NotFound, match="no_such_series"):
        check_schedules(template, replace(here, tenant_id="another"))
    with pytest.raises(NotAllowed, match="creator_only"):
        check_schedules(template, replace(here, person=VOTER))


@pytest.mark.parametrize("key", [CREATOR.key, "tenant/second", VOTER.key])
def test_nobody_is_told_who_cast_a_ballot(key: str) -> None:
    named = a_poll(co_creators=(a_person("Second"),))
    ballots = a_poll(co_creators=(a_person("Second"),), anonymous=True)
    assert tells_who_answered(named, key)
    assert not tells_who_answered(ballots, key)


@pytest.mark.parametrize(
    ("kept", "person", "may"),
    [
        ({}, VOTER, True),
        ({"own_only": True}, VOTER, False),
        ({"own_only": True}, Person("tenant/lea", "léa"), True),
        ({"own_only": True}, Person("19:chat/29:guest", ""), False),
        ({"own_only": True}, CREATOR, True),
        ({"own_only": True, "individual": True}, VOTER, True),
    ],
)
def test_an_item_is_anyones_to_tick_unless_it_is_someones(
    kept: dict[str, bool], person: Person, *, may: bool
) -> None:
    assert may_tick(a_checklist(**kept), Item("i0", "Lights", assignee="Léa"), person) is may


@pytest.mark.parametrize(
    ("anyone", "key", "may"),
    [(True, VOTER.key, True), (False, VOTER.key, False), (False, CREATOR.key, True)],
)
def test_items_are_changed_by_who_manages_the_list_or_by_anyone(
    key: str, *, anyone: bool, may: bool
) -> None:
    assert may_edit_items(a_checklist(anyone_edits=anyone), key) is may


def test_what_is_no_list_has_no_items_to_tick_or_to_change() -> None:
    assert not may_tick(a_poll(), Item("i0", "Lights"), CREATOR)
    assert not may_edit_items(a_poll(), CREATOR.key)


def test_only_who_was_chosen_to_check_does_so_the_creator_included() -> None:
    assert checks(Checklist(checker=VOTER), VOTER.key)
    assert not checks(Checklist(), "")
    with pytest.raises(NotAllowed, match="checker_only"):
        check_checks(Checklist(checker=VOTER), CREATOR.key)

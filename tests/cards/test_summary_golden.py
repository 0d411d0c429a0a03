"""The summary card of each kind in every state, as Teams gets it.

Run with `MUSTER_GOLDEN=write` after a change that is meant, and look at the difference.
"""

from dataclasses import replace
from typing import Any

import pytest
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Status, Visibility
from actions.adding import with_option
from actions.tallies import FINISHED, RESPONDED, Tallies
from actions.viewing import view_of
from cards.parts import Host
from cards.summary import deleted, summary
from tests.actions.builders import (
    CREATOR,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_poll,
    a_view,
)
from tests.actions.checklists import BROKEN, NOT_NEEDED, a_checklist, a_tick, ticked
from tests.actions.surveys import a_survey, a_survey_view, answers_of
from tests.cards.looks import GOLDEN, RIGHT_TO_LEFT, TEXTS, check_golden

SEVERAL = a_choice("Pizza", "Sushi", "Salad", most=3)
LIMITED = a_choice("Pizza", "Sushi", "Salad", most=2)
PLACES = a_choice("Pizza", "Sushi", "Salad", places={"a": 1, "b": 8})
OPEN = with_option(a_poll(may_add=True), "Ramen", "Ben *B*", NOW)
ASKED: dict[str, Any] = {"audience": 12, "recent": ("29:older", "29:voter")}

WORKED = ticked(
    a_checklist("Lights", "Till", "Floor", "Windows", checker=CREATOR),
    i0=a_tick(),
    i1=replace(a_tick(), checked=CREATOR),
    i2=a_tick(BROKEN),
)
EACH = replace(a_checklist(individual=True), audience=12)

VIEWS = {
    "open_without_responses": a_view(a_poll()),
    "open": a_view(a_poll(**ASKED), "a", "b", "b"),
    "open_without_due_time": a_view(a_poll(closes_at=None), "a"),
    "open_with_description": a_view(a_poll(more="Today.\n\nBring *cash*."), "a"),
    "closed": a_view(a_closed_poll(**ASKED), "a", "b", "b"),
    "closed_with_two_winners": a_view(a_closed_poll(), "a", "b"),
    "closed_without_responses": a_view(a_closed_poll()),
    "closed_for_the_creator_only": a_view(a_closed_poll(visibility=Visibility.CREATOR), "a"),
    "anonymous": a_view(a_poll(anonymous=True, **ASKED), "a", "b", "b"),
    "anonymous_with_too_few": a_view(a_poll(anonymous=True), "a", "b"),
    "anonymous_after_closing_to_who_took_part": a_view(
        a_closed_poll(anonymous=True), "a", "b", "b", viewer=VOTER.key, took_part=True
    ),
    "for_the_creator_only": a_view(a_poll(visibility=Visibility.CREATOR), "a"),
    "for_the_creator_only_seen_by_the_creator": a_view(
        a_poll(visibility=Visibility.CREATOR), "a", viewer=CREATOR.key
    ),
    "after_responding": a_view(a_poll(visibility=Visibility.AFTER_RESPONDING), "a"),
    "after_responding_once_responded": a_view(
        a_poll(visibility=Visibility.AFTER_RESPONDING), "b", viewer=VOTER.key, own="a"
    ),
    "after_closing": a_view(a_poll(visibility=Visibility.AFTER_CLOSING), "a"),
    "voted": a_view(a_poll(), "b", viewer=VOTER.key, own="a"),
    "voted_for_good": a_view(a_poll(may_change=False), "b", viewer=VOTER.key, own="a"),
    "several": a_view(a_poll(SEVERAL), "ab"),
    "several_chosen": a_view(a_poll(SEVERAL), "ab", viewer=VOTER.key, own="bc"),
    "at_most_two": a_view(a_poll(LIMITED), "ab", viewer=VOTER.key, own="b"),
    "open_to_options": a_view(OPEN, "a", "b"),
    "open_to_options_with_results_hidden": a_view(
        replace(OPEN, settings=replace(OPEN.settings, visibility=Visibility.CREATOR)), "a"
    ),
    "places": a_view(a_poll(PLACES), "a", "b"),
    "places_with_results_hidden": a_view(
        a_poll(PLACES, visibility=Visibility.AFTER_CLOSING), "a", "b"
    ),
    "checklist_new": view_of(a_checklist(), Tallies(), NOW),
    "checklist_worked_on": view_of(WORKED, Tallies(), NOW),
    "checklist_closed": view_of(
        replace(ticked(WORKED, i3=a_tick(NOT_NEEDED)), status=Status.CLOSED), Tallies(), NOW
    ),
    "checklist_individual": view_of(EACH, Tallies({RESPONDED: 5, FINISHED: 3}), NOW),
    "checklist_individual_own": view_of(
        EACH, Tallies(), NOW, VOTER.key, {"i1": a_tick().encode()}, reader=VOTER.name
    ),
    "survey_new": a_survey_view(a_survey(), 0),
    "survey_answered": a_survey_view(a_survey(audience=20), 12, VOTER.key, answers=answers_of(1)),
}


@pytest.mark.parametrize("state", sorted(VIEWS))
def test_the_card_in_the_chat_looks_as_agreed(state: str) -> None:
    check_golden(state, summary(VIEWS[state], TEXTS, Host.CHAT))


@pytest.mark.parametrize(
    ("state", "card"),
    [
        ("notice", summary(VIEWS["places"], TEXTS, Host.CHAT, "“Pizza” has no places left.")),
        ("preview", summary(VIEWS["open_with_description"], TEXTS, Host.DIALOG, preview=True)),
        ("personal", summary(VIEWS["voted"], TEXTS, Host.IN_PLACE)),
        ("right_to_left", summary(VIEWS["voted"], RIGHT_TO_LEFT, Host.CHAT)),
        ("deleted", deleted(replace(a_poll(), status=Status.DELETED), TEXTS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_card_looks_as_agreed(state: str, card: AdaptiveCard) -> None:
    check_golden(state, card)


def test_no_golden_file_is_left_over() -> None:
    others = {"notice", "preview", "personal", "right_to_left", "deleted"}
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(VIEWS) | others

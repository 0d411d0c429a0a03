"""Who is behind a bar."""

from dataclasses import replace

import pytest

from actions.choice import OTHER
from actions.fields import Line
from actions.likert import Likert
from actions.looking import Drilled
from actions.responses import Page, Response
from actions.viewing import PEOPLE_PER_PAGE
from cards.envelope import Envelope
from dialogs.drill_down import drill_screen
from dialogs.place import Place
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, VOTER
from tests.actions.surveys import EVERY_TYPE, a_survey, a_survey_view, responses
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, rows, texts

THIRTY = a_survey_view(a_survey(), 30, VOTER.key)


def found_of(name: str, bucket: str, *people: Response, following: str = "") -> Drilled:
    """Give a page of the people behind a bar."""
    question = THIRTY.action.content.question(name)
    assert question is not None
    tallied = THIRTY.tallies.of(name)
    return Drilled(THIRTY, question, bucket, tallied, Page(people, following))


def _drilled(found: Drilled, setting: Setting = DIALOG, start: str = "") -> Card:
    place = Place(question=found.question.id, bucket=found.bucket, start=start)
    return shown(drill_screen(found, place, setting))


@pytest.mark.parametrize(
    ("question", "bucket", "name", "count"),
    [
        ("team", "a", "Kitchen", 15),
        ("gear", OTHER, "Other", 10),
        ("again", "no", "No", 7),
        ("food", "5", "5 ★ – excellent", 6),
        ("tell", "10", "10 – extremely likely", 2),
        ("work", "t=3", "Yes", 30),
        ("first", "1:p", "Pay", 20),
    ],
)
def test_the_bar_is_named_as_in_the_results(
    question: str, bucket: str, name: str, count: int
) -> None:
    lines = texts(_drilled(found_of(question, bucket, *responses(1))))
    number = [one.id for one in EVERY_TYPE].index(question) + 1
    assert lines[1].startswith(f"{number}\\. ")
    assert lines[2] == f"{name} · {count} answers"


def test_a_bar_of_one_part_of_a_large_result_is_named_too() -> None:
    statements = tuple(Line(f"s{n}", f"Statement {n}") for n in range(10))
    question = Likert("work", "Agree?", statements, (Line("1", "No"), Line("2", "Yes")))
    view = a_survey_view(a_survey(question), 0)
    found = replace(found_of("team", "a"), view=view, question=question, bucket="s7=2")
    tallied = replace(found.tallied, answered=3, counts={"s7=2": 3})
    assert "Yes · 3 answers" in texts(_drilled(replace(found, tallied=tallied)))


def test_each_person_is_listed_with_their_answer_and_leads_to_their_response() -> None:
    card = _drilled(found_of("gear", "g", *responses(2)))
    lines = texts(card)
    assert lines[lines.index("Person 0001") + 1] == "Gloves · Fri 20 Nov, 10:01"
    assert "Gloves, Boots, Other: An apron, size 0 · Fri 20 Nov, 10:00" in lines
    assert rows(card) == ["Person 0001", "Person 0000"]
    tap = envelopes(card)["Person 0000"]
    assert tap == Envelope("response", ACTION_ID, Place(slot="tenant/p0000").encode())


def test_a_full_page_leads_on_and_back() -> None:
    found = found_of("team", "a", *responses(PEOPLE_PER_PAGE), following="m=1")
    here = Place(question="team", bucket="a")
    named = envelopes(_drilled(found, start="x"))
    assert Place.read(named["More"].argument) == replace(here, start="m=1")
    assert Place.read(named["From the start"].argument) == here
    assert named["All results"] == Envelope("results", ACTION_ID)
    assert {"More", "From the start"}.isdisjoint(buttons(_drilled(found_of("team", "a"))))


def test_a_page_that_ended_early_says_that_there_may_be_more() -> None:
    card = _drilled(found_of("team", "a", following="m"))
    assert "Not everything was looked through yet." in texts(card)
    assert "Nobody answered so any more." not in texts(card)
    assert envelopes(card)["Look further"].verb == "drill"


def test_nobody_behind_a_bar_is_said() -> None:
    assert "Nobody answered so any more." in texts(_drilled(found_of("team", "a")))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("sign", SIGNS)
def test_ten_people_with_the_longest_names_and_answers_fit(sign: str, setting: Setting) -> None:
    people = [
        replace(one, person=replace(one.person, name=SIGNS[sign] * 200), slot=f"{n}" * 100)
        for n, one in enumerate(responses(PEOPLE_PER_PAGE))
    ]
    words = {"gear": ("g", OTHER + SIGNS[sign] * 1_000)}
    found = found_of("gear", "g", *(replace(one, answers=words) for one in people), following="x")
    assert len(rows(_drilled(found, setting, start="x" * 200))) == PEOPLE_PER_PAGE

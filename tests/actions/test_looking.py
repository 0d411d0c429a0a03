"""Looking into results: what each reader may see of questions, texts, people and responses."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from actions.action import Action, Visibility
from actions.caller import Caller
from actions.choice import OTHER
from actions.errors import NotAllowed, NotFound
from actions.looking import (
    FEW_TEXTS,
    QUESTIONS_PER_PAGE,
    TEXTS_PER_PAGE,
    Results,
    drilled,
    one_response,
    own_responses,
    question_results,
    results,
    text_answers,
)
from actions.managing import close, delete
from actions.people import Person
from actions.ports import Ports
from actions.responses import NOBODY, Change, Response, slot_of
from actions.tallies import recount
from actions.text import Text
from actions.viewing import PEOPLE_PER_PAGE, Shown, view
from tests.actions.builders import ACTION_ID, CREATOR, VOTER
from tests.actions.surveys import EVERY_TYPE, a_survey, answers_of, people
from tests.actions.world import STRANGER, World, a_caller

LAST = len(EVERY_TYPE)

Look = Callable[[Ports, Caller], Awaitable[object]]

LOOKS: dict[str, Look] = {
    "question": lambda p, c: question_results(p, c, ACTION_ID, "team"),
    "texts": lambda p, c: text_answers(p, c, ACTION_ID, "why", "", ""),
    "drill": lambda p, c: drilled(p, c, ACTION_ID, "team", "a", ""),
    "response": lambda p, c: one_response(p, c, ACTION_ID, people(1)[0].key),
}
"""Every way to look closely."""


async def answered(world: World, count: int, action: Action | None = None) -> Action:
    """Give a survey that so many people have answered, one a minute."""
    posted = await world.posted(action or a_survey())
    for number, person in enumerate(people(count)):
        await respond(world, person, number)
    return posted


async def respond(world: World, person: Person, number: int, slot: str = "") -> None:
    """Answer as the person of that number does."""
    now = world.clock.advance(minutes=1)
    given = answers_of(number)
    await world.store.respond(Change(ACTION_ID, slot or person.key, person, now, lambda _: given))


# Question by question


async def test_a_page_of_results_holds_the_tallies_of_its_questions_only(world: World) -> None:
    action = await answered(world, 7)
    found = await results(world.ports, a_caller(), ACTION_ID)
    every = recount(action.content, [(answers_of(n), ()) for n in range(7)])
    assert found.questions == EVERY_TYPE[:QUESTIONS_PER_PAGE]
    assert found.view.tallies.responded == 7
    for question in found.questions:
        assert found.view.tallies.of(question.id) == every.of(question.id)
    assert not found.view.tallies.of(EVERY_TYPE[QUESTIONS_PER_PAGE].id).answered


@pytest.mark.parametrize(
    ("first", "before", "start", "count"),
    [
        (0, None, 0, 5),
        (3, None, 3, 5),
        (8, None, 8, LAST - 8),
        (999, None, LAST - 1, 1),
        (-3, None, 0, 5),
        (0, 7, 2, 5),
        (0, 3, 0, 3),
        (0, 999, LAST - 5, 5),
        (0, -1, 0, 1),
    ],
)
async def test_a_page_goes_forth_from_a_question_or_back_from_one(
    world: World, first: int, before: int | None, start: int, count: int
) -> None:
    await world.posted(a_survey())
    found = await results(world.ports, a_caller(), ACTION_ID, first, before)
    assert found.first == start
    assert found.questions == EVERY_TYPE[start : start + count]
    assert found.backwards is (before is not None)


async def test_the_newest_texts_stand_below_their_question(world: World) -> None:
    await answered(world, 20)
    found = await results(world.ports, a_caller(), ACTION_ID, 5)
    assert found.texts == {"why": tuple(answers_of(n)["why"] for n in (18, 16, 14))}
    found = await results(world.ports, a_caller(), ACTION_ID)
    assert found.texts == {"gear": tuple(f"An apron, size {n}" for n in (18, 15, 12))}


async def test_an_anonymous_surveys_texts_are_in_the_order_of_their_words(world: World) -> None:
    await answered(world, 9, a_survey(anonymous=True))
    found = await results(world.ports, a_caller(), ACTION_ID, 5)
    assert len(found.texts["why"]) == FEW_TEXTS
    assert list(found.texts["why"]) == sorted(found.texts["why"])


async def test_one_question_is_shown_with_its_number(world: World) -> None:
    await answered(world, 4)
    found = await question_results(world.ports, a_caller(), ACTION_ID, "tell")
    assert (found.first, found.questions) == (4, (EVERY_TYPE[4],))
    assert found.view.tallies.of("tell").answered == 4


# Texts


async def test_texts_are_listed_newest_first_with_whose_they_are(world: World) -> None:
    await answered(world, 5)
    found = await text_answers(world.ports, a_caller(), ACTION_ID, "why", "", "")
    assert [text.words for text in found.texts] == [answers_of(n)["why"] for n in (4, 2, 0)]
    assert [text.response.person for text in found.texts] == [people(5)[n] for n in (4, 2, 0)]
    assert found.following == ""


async def test_texts_are_found_by_a_part_of_their_words(world: World) -> None:
    await answered(world, 31)
    found = await text_answers(world.ports, a_caller(), ACTION_ID, "why", " REASON  1", "")
    words = [f"Reason {n}" for n in (18, 16, 14, 12, 10)]
    assert [text.words.split(":")[0] for text in found.texts] == words
    other = await text_answers(world.ports, a_caller(), ACTION_ID, "gear", "size 27", "")
    assert [text.words for text in other.texts] == ["An apron, size 27"]


async def test_pages_of_texts_hold_each_once(world: World) -> None:
    await answered(world, 50)
    found: list[str] = []
    start, pages = "", 0
    while pages == 0 or start:
        page = await text_answers(world.ports, a_caller(), ACTION_ID, "why", "", start)
        assert len(page.texts) <= TEXTS_PER_PAGE
        found += [text.words for text in page.texts]
        start, pages = page.following, pages + 1
    assert found == [answers_of(n)["why"] for n in range(48, -1, -2)]
    assert pages == 3


async def test_texts_of_an_anonymous_survey_are_nobodies(world: World) -> None:
    await answered(world, 8, a_survey(anonymous=True))
    found = await text_answers(world.ports, a_caller(), ACTION_ID, "why", "", "")
    assert {text.response for text in found.texts} == {Response(NOBODY, None, None)}
    words = [text.words for text in found.texts]
    assert words == sorted(str(answers_of(n)["why"]) for n in (0, 2, 4, 6))


@pytest.mark.parametrize("question", ["team", "far", "mystery", "", "why.x"])
async def test_what_takes_no_words_has_no_texts(world: World, question: str) -> None:
    await answered(world, 4)
    with pytest.raises(NotFound) as missing:
        await text_answers(world.ports, a_caller(), ACTION_ID, question, "", "")
    assert missing.value.code == "no_such_question"


# Behind a bar


@pytest.mark.parametrize(
    ("question", "bucket", "numbers"),
    [
        ("team", "a", (4, 2, 0)),
        ("gear", OTHER, (3, 0)),
        ("work", "s=2", (4, 1)),
        ("food", "3", (2,)),
        ("first", "1:q", (3, 0)),
        ("again", "no", (3,)),
    ],
)
async def test_the_people_behind_a_bar_are_those_who_answered_so(
    world: World, question: str, bucket: str, numbers: tuple[int, ...]
) -> None:
    await answered(world, 5)
    found = await drilled(world.ports, a_caller(), ACTION_ID, question, bucket, "")
    assert [r.person for r in found.page.responses] == [people(5)[n] for n in numbers]
    assert found.tallied.counts[bucket] == len(numbers)


async def test_pages_of_people_behind_a_bar_hold_each_once(world: World) -> None:
    await answered(world, 45)
    found: list[Person] = []
    start, pages = "", 0
    while pages == 0 or start:
        page = (await drilled(world.ports, a_caller(), ACTION_ID, "team", "a", start)).page
        assert len(page.responses) <= PEOPLE_PER_PAGE
        found += [response.person for response in page.responses]
        start, pages = page.following, pages + 1
    assert found == people(45)[::-2]
    assert pages == 3


@pytest.mark.parametrize(
    ("question", "bucket", "code"),
    [
        ("mystery", "a", "no_such_question"),
        ("", "responded", "no_such_question"),
        ("team", "x", "no_such_answer"),
        ("team", "", "no_such_answer"),
        ("team", "*", "no_such_answer"),
        ("gear", "a", "no_such_answer"),
        ("gear", "h", "no_such_answer"),
        ("why", "Reason 0", "no_such_answer"),
    ],
)
async def test_a_bar_that_is_not_there_has_nobody_behind_it(
    world: World, question: str, bucket: str, code: str
) -> None:
    await answered(world, 5)
    with pytest.raises(NotFound) as missing:
        await drilled(world.ports, a_caller(), ACTION_ID, question, bucket, "")
    assert missing.value.code == code


# Person by person


async def test_a_response_leads_to_the_next_newer_and_older_one(world: World) -> None:
    await answered(world, 3)
    first, second, third = (person.key for person in people(3))
    found = await one_response(world.ports, a_caller(), ACTION_ID, second)
    assert found.response.answers == answers_of(1)
    assert (found.newer, found.older) == (third, first)
    assert (await one_response(world.ports, a_caller(), ACTION_ID, third)).newer == ""
    assert (await one_response(world.ports, a_caller(), ACTION_ID, first)).older == ""


@pytest.mark.parametrize("slot", ["", "tenant/nobody", "tenant/p0000#2", "tenant/p%", "\x00"])
async def test_a_response_that_is_not_there_is_not_found(world: World, slot: str) -> None:
    await answered(world, 3)
    with pytest.raises(NotFound):
        await one_response(world.ports, a_caller(), ACTION_ID, slot)


async def test_a_response_to_another_survey_is_not_found(world: World) -> None:
    await answered(world, 3)
    other = replace(a_survey(), id="other")
    await world.posted(other)
    change = Change("other", VOTER.key, VOTER, world.clock.now(), lambda _: answers_of(1))
    await world.store.respond(change)
    with pytest.raises(NotFound):
        await one_response(world.ports, a_caller(), ACTION_ID, VOTER.key)


# The own responses


async def test_all_of_ones_own_responses_are_given_in_their_order(world: World) -> None:
    await answered(world, 2, a_survey(several=True))
    await respond(world, VOTER, 5)
    await respond(world, VOTER, 6, slot_of(VOTER.key, 2))
    own = await own_responses(world.ports, a_caller(VOTER), ACTION_ID)
    assert [one.answers for one in own.responses] == [answers_of(5), answers_of(6)]
    assert (await own_responses(world.ports, a_caller(STRANGER), ACTION_ID)).responses == ()


async def test_an_own_anonymous_response_is_known_until_closing(world: World) -> None:
    await world.posted(a_survey(anonymous=True))
    await respond(world, VOTER, 5)
    own = await own_responses(world.ports, a_caller(VOTER), ACTION_ID)
    assert [one.answers for one in own.responses] == [answers_of(5)]
    await close(world.ports, a_caller(), ACTION_ID)
    own = await own_responses(world.ports, a_caller(VOTER), ACTION_ID)
    assert (own.responses, own.view.took_part) == ((), True)


# Who may look


VISIBLE = {
    Visibility.EVERYONE: ("creator respondent other", "creator respondent other"),
    Visibility.AFTER_RESPONDING: ("creator respondent", "creator respondent other"),
    Visibility.AFTER_CLOSING: ("creator", "creator respondent other"),
    Visibility.CREATOR: ("creator", "creator"),
}
"""Who sees results while it is open, and once it is closed."""

ROLES = {"creator": CREATOR, "respondent": people(1)[0], "other": STRANGER}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("visibility", VISIBLE)
async def test_results_are_looked_into_by_whom_the_setting_names(
    world: World, look: Look, visibility: Visibility
) -> None:
    await answered(world, 4, a_survey(visibility=visibility))
    open_to, closed_to = VISIBLE[visibility]
    assert await _who(world, look) == open_to
    await close(world.ports, a_caller(), ACTION_ID)
    assert await _who(world, look) == closed_to


@pytest.mark.parametrize("visibility", VISIBLE)
async def test_hidden_results_hold_no_question(world: World, visibility: Visibility) -> None:
    await answered(world, 4, a_survey(visibility=visibility))
    for role, person in ROLES.items():
        found = await results(world.ports, a_caller(person), ACTION_ID)
        sees = role in VISIBLE[visibility][0]
        assert bool(found.questions) is bool(found.texts) is sees
        assert (found.view.shown is Shown.YES) is sees


async def _who(world: World, look: Look) -> str:
    seeing = []
    for role, person in ROLES.items():
        with suppress(NotAllowed):
            await look(world.ports, a_caller(person))
            seeing.append(role)
    return " ".join(seeing)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
async def test_who_does_not_reach_a_survey_finds_nothing(world: World, look: Look) -> None:
    await answered(world, 4)
    for caller in (a_caller(STRANGER, "19:other@thread.v2"), a_caller(tenant_id="elsewhere")):
        with pytest.raises(NotFound):
            await look(world.ports, caller)
        with pytest.raises(NotFound):
            await results(world.ports, caller, ACTION_ID)
        with pytest.raises(NotFound):
            await own_responses(world.ports, caller, ACTION_ID)


@pytest.mark.parametrize("person", ROLES.values(), ids=ROLES)
async def test_two_anonymous_responses_are_hidden_from_everyone(
    world: World, person: Person
) -> None:
    await answered(world, 2, a_survey(anonymous=True))
    found = await results(world.ports, a_caller(person), ACTION_ID)
    assert (found.view.shown, found.questions, found.texts) == (Shown.TOO_FEW, (), {})
    for look in LOOKS.values():
        with pytest.raises(NotAllowed):
            await look(world.ports, a_caller(person))


@pytest.mark.parametrize("person", ROLES.values(), ids=ROLES)
async def test_from_three_anonymous_responses_on_figures_and_texts_are_shown(
    world: World, person: Person
) -> None:
    await answered(world, 3, a_survey(anonymous=True))
    caller = a_caller(person)
    assert (await results(world.ports, caller, ACTION_ID)).questions
    assert await LOOKS["question"](world.ports, caller)
    assert await LOOKS["texts"](world.ports, caller)
    for look in ("drill", "response"):
        with pytest.raises(NotAllowed) as refused:
            await LOOKS[look](world.ports, caller)
        assert refused.value.code == "answers_unknown"


async def test_responses_of_one_person_are_no_crowd(world: World) -> None:
    await world.posted(a_survey(anonymous=True, several=True))
    for number in range(1, 5):
        await respond(world, VOTER, number, slot_of(VOTER.key, number))
    assert (await results(world.ports, a_caller(), ACTION_ID)).view.shown is Shown.TOO_FEW


async def test_what_is_hidden_meanwhile_is_not_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures that are shown are those by which it is judged whether they may be."""
    await answered(world, 3, a_survey(anonymous=True))
    before = await view(world.ports, a_caller(), ACTION_ID)
    gone, now = people(3)[0], world.clock.now()
    await world.store.respond(Change(ACTION_ID, gone.key, gone, now, lambda _: None))

    async def earlier(*_: object) -> object:
        return before

    monkeypatch.setattr("actions.looking.view", earlier)
    found = await results(world.ports, a_caller(), ACTION_ID)
    assert (found.view.shown, found.questions) == (Shown.TOO_FEW, ())


async def test_two_hundred_questions_cost_the_tallies_of_five(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = tuple(Text(f"t{n}", f"Question {n}?") for n in range(200))
    await world.posted(a_survey(*questions))
    asked: list[int] = []
    tallies = type(world.store).tallies

    async def counting(store: object, action_id: str, some: list[str] | None = None) -> object:
        asked.append(200 if some is None else len(some))
        return await tallies(store, action_id, some)  # type: ignore[arg-type]

    monkeypatch.setattr(type(world.store), "tallies", counting)
    found = await results(world.ports, a_caller(), ACTION_ID, 100)
    assert isinstance(found, Results)
    assert max(asked) == QUESTIONS_PER_PAGE


async def test_a_deleted_survey_has_no_results(world: World) -> None:
    await answered(world, 3)
    await delete(world.ports, a_caller(), ACTION_ID)
    for look in LOOKS.values():
        with pytest.raises(NotFound) as missing:
            await look(world.ports, a_caller())
        assert missing.value.code == "deleted"

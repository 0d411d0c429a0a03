"""Several responses of one person: each is one, and the person counts once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Action, Settings, Status
from actions.errors import NotAllowed, NotFound
from actions.history import Entry
from actions.people import Person
from actions.poll import QUESTION
from actions.responses import Change, slot_of
from actions.tallies import LATE, REPEATED
from tests.fakes import NOON, a_change, a_person, a_poll, an_action
from tests.storage.conftest import AnyStore, posted

ADA = a_person("Ada").key


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    settings = Settings(anonymous=request.param == "anonymous", several=True)
    return await posted(store, an_action(settings=settings))


def the_nth(name: str, number: int, *options: str) -> Change:
    """Give someone's wish for their first, second … response, a minute later each."""
    slot = slot_of(a_person(name).key, number)
    return a_change(name, *options, slot=slot, at=NOON + timedelta(minutes=number))


async def test_responses_are_counted_and_people_once(store: AnyStore, action: Action) -> None:
    await store.set_audience(action.id, [a_person("Ada"), a_person("Joe")])
    for name, number in (("Ada", 1), ("Ada", 2), ("Ada", 3), ("Eve", 1), ("Eve", 2)):
        await store.respond(the_nth(name, number, "yes"))
    tallies = await store.tallies(action.id)
    assert (tallies.responded, tallies.people) == (5, 2)
    assert (tallies.counts[LATE], tallies.counts[REPEATED]) == (1, 3)
    assert tallies.count(QUESTION, "yes") == 5
    assert tallies == await store.recount(action.id)
    await store.set_audience(action.id, [a_person("Eve")])
    assert (await store.tallies(action.id)).counts == tallies.counts
    absent = await store.not_responded(action.id, "", "", 10)
    assert absent.responses == ()


async def test_own_responses_are_in_the_order_of_their_numbers(
    store: AnyStore, action: Action
) -> None:
    numbers = [1, 3, 2, *range(11, 3, -1), 20]
    for number in numbers:
        await store.respond(the_nth("Ada", number, "yes" if number % 2 else "no"))
    await store.respond(the_nth("Adam", 1, "yes"))
    own = await store.own_responses(action.id, ADA)
    assert [one.slot for one in own] == [slot_of(ADA, number) for number in sorted(numbers)]
    assert {one.person.key for one in own} == {ADA}
    assert own[1].answers == {QUESTION: ("no",)}
    assert own[2].answers == {QUESTION: ("yes",)}
    assert await store.own_responses(action.id, a_person("Bob").key) == []


async def test_own_responses_say_when_unless_they_are_anonymous(
    store: AnyStore, action: Action
) -> None:
    await store.respond(the_nth("Ada", 1, "yes"))
    [own] = await store.own_responses(action.id, ADA)
    assert own.at == (None if action.settings.anonymous else NOON + timedelta(minutes=1))


async def test_own_responses_of_whom_the_key_begins_another_key_are_their_own(
    store: AnyStore, action: Action
) -> None:
    """A conversation's name is part of some keys, and may hold any sign."""
    other = Person(f"{ADA}#x", "Someone")
    await store.respond(the_nth("Ada", 1, "yes"))
    await store.respond(replace(the_nth("Ada", 1, "no"), slot=other.key, person=other))
    assert [one.slot for one in await store.own_responses(action.id, ADA)] == [ADA]
    assert [one.slot for one in await store.own_responses(action.id, other.key)] == [other.key]


async def test_own_responses_before_closing_can_be_counted_and_not_read(store: AnyStore) -> None:
    await posted(store, an_action(settings=Settings(anonymous=True, several=True)))
    for number in (1, 2):
        await store.respond(the_nth("Ada", number, "yes"))
    entry = Entry(NOON, a_person("Ada"), "moved")
    await store.change("action", lambda a: replace(a, status=Status.CLOSED), entry)
    await store.change("action", lambda a: replace(a, status=Status.ACTIVE), entry)
    await store.respond(the_nth("Ada", 3, "no"))
    own = await store.own_responses("action", ADA)
    assert [(one.slot, one.answers) for one in own] == [
        (ADA, None),
        (slot_of(ADA, 2), None),
        (slot_of(ADA, 3), {QUESTION: ("no",)}),
    ]
    with pytest.raises(NotAllowed):
        await store.respond(the_nth("Ada", 2, "no"))


async def test_every_named_response_is_listed_and_every_anonymous_person_once(
    store: AnyStore, action: Action
) -> None:
    for name, number in (("Ada", 1), ("Eve", 1), ("Ada", 2), ("Ada", 3)):
        await store.respond(the_nth(name, number, "yes"))
    page = await store.responded(action.id, "", "", 10)
    listed = sorted(one.person.name for one in page.responses)
    assert listed == (["Ada", "Eve"] if action.settings.anonymous else ["Ada"] * 3 + ["Eve"])


async def test_later_response_alone_is_taken_back(store: AnyStore, action: Action) -> None:
    for number in (1, 2):
        await store.respond(the_nth("Ada", number, "yes"))
    await store.respond(the_nth("Ada", 2))
    assert [one.slot for one in await store.own_responses(action.id, ADA)] == [ADA]
    tallies = await store.tallies(action.id)
    assert (tallies.responded, tallies.people) == (1, 1)
    assert tallies == await store.recount(action.id)


async def test_removed_option_takes_later_responses_with_it(
    store: AnyStore, action: Action
) -> None:
    await store.respond(the_nth("Ada", 1, "yes"))
    await store.respond(the_nth("Ada", 2, "no"))
    entry = Entry(NOON, a_person("Ada"), "edited")
    await store.change(action.id, lambda a: replace(a, content=a_poll("Yes", "Maybe")), entry)
    assert [one.slot for one in await store.own_responses(action.id, ADA)] == [ADA]
    assert await store.tallies(action.id) == await store.recount(action.id)


async def test_response_has_the_next_newer_and_older_beside_it(store: AnyStore) -> None:
    await posted(store)
    for i in range(5):
        at = NOON + timedelta(minutes=i // 2)  # Some respond at the same time.
        await store.respond(a_change(f"P{i}", "yes", at=at))
    listed = (await store.responded("action", "", "", 10)).responses
    slots = ["", *(one.slot for one in listed), ""]
    for number, one in enumerate(listed):
        found = await store.response("action", one.slot)
        assert found == (one, slots[number], slots[number + 2])
        assert one.slot == one.person.key


async def test_response_that_is_not_there_is_not_found(store: AnyStore, action: Action) -> None:
    await store.respond(a_change("Ada", "yes"))
    with pytest.raises(NotFound):
        await store.response(action.id, a_person("Bob").key)
    with pytest.raises(NotFound):
        await store.response("unknown", ADA)


async def test_response_to_an_anonymous_action_is_nobodys_to_see(store: AnyStore) -> None:
    await posted(store, an_action(settings=Settings(anonymous=True)))
    await store.respond(a_change("Ada", "yes"))
    with pytest.raises(NotFound):
        await store.response("action", ADA)

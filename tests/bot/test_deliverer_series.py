"""What the deliverer does with postings of a series that can never be shown."""

from collections.abc import AsyncIterator

import pytest

from actions.action import Status
from actions.errors import NotFound, TryLater, Unreachable
from actions.notices import About
from actions.recurrence import Every, Rule
from actions.series import Series
from actions.series_posting import CREATOR_LEFT
from tests.bot.loops import Round
from tests.bot.world import CHAT
from tests.fakes import NOON, a_person, an_action


@pytest.fixture(autouse=True)
def breathless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again at once; time is the tests' own."""
    monkeypatch.setattr("bot.rounds.BREATH", 0.0)


@pytest.fixture
async def world() -> AsyncIterator[Round]:
    made = Round()
    template = an_action("series", status=Status.SCHEDULED, closes_at=None)
    series = Series("series", template, CHAT, NOON, Rule(Every.DAY), next_at=NOON, posted=1)
    await made.store.save_series(series)
    made.messenger.people[CHAT] = [a_person("Ada"), a_person("Ben")]
    async with made.running():
        yield made


async def is_taken_back(world: Round, code: str) -> None:
    """Check that the posting is gone, its series stopped, and its creator going to be told."""
    with pytest.raises(NotFound):
        await world.store.action("action")
    assert not world.store.deliveries
    series = await world.store.series("series")
    assert (series.next_at, series.stopped, series.posted) == (None, code, 0)
    [sending] = world.store.sending.values()
    assert sending.notice.about is About.NOT_POSTED
    assert (sending.notice.action_id, sending.notice.detail) == ("series", {"code": code})
    assert not world.messenger.messages


async def test_posting_of_a_series_is_shown_like_any_other(world: Round) -> None:
    await world.shown(series="series", number=1)
    assert "0 of 2 responded" in world.card_text()
    assert not world.store.sending


@pytest.mark.parametrize("call", ["members", "post"])
async def test_series_stops_where_nothing_can_be_posted(world: Round, call: str) -> None:
    world.messenger.fails(call, CHAT, Unreachable("BotNotInConversationRoster"))
    await world.post(series="series", number=1)
    await world.settled()
    await is_taken_back(world, "BotNotInConversationRoster")


async def test_series_stops_where_its_creator_left(world: Round) -> None:
    world.messenger.people[CHAT] = [a_person("Ben")]
    await world.post(series="series", number=1)
    await world.settled()
    await is_taken_back(world, CREATOR_LEFT)


async def test_series_goes_on_when_teams_takes_it_later(world: Round) -> None:
    world.messenger.fails("post", CHAT, TryLater())
    posting = await world.post(series="series", number=1)
    await world.settled()
    await world.later(seconds=world.wait_of(posting))
    assert "Lunch?" in world.card_text()
    assert (await world.store.series("series")).next_at == NOON


async def test_who_posted_by_themselves_need_not_be_on_the_roster(world: Round) -> None:
    world.messenger.people[CHAT] = [a_person("Ben")]
    await world.shown()
    assert "0 of 1 responded" in world.card_text()

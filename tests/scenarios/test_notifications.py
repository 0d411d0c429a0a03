"""What creators are told in their own chat with the bot, by a clock that the tests set."""

from datetime import timedelta

from actions.action import Notify, Status
from actions.due import zone
from actions.telling import GATHER, digest_at
from tests.actions.builders import BERLIN
from tests.actions.exams import RIGHT, a_training
from tests.fakes import FixedClock
from tests.scenarios.exams import goes_through
from tests.scenarios.house import running
from tests.scenarios.office import SATURDAY, Office, office
from tests.scenarios.steps import SQLITE, set_due
from tests.teams import Teams
from tests.teams.cards import text


async def test_by_default_closing_is_told_once_with_the_results(database_url: str) -> None:
    async with office(database_url) as there:
        poll = await there.posts(Notify.CLOSE)
        await there.vote(poll, *there.people[1:])
        await there.closes(poll)
        assert await there.is_told(1) == ["Closed: Brunch? · Pizza · 2 of 3 responded"]
        (message,) = [one for one in there.mine.messages if one.summary in there.told]
        assert "🏆 Pizza\n2 · 100%" in text(message.card)
        shown = await there.ada.taps(there.mine, message, "Results")
        assert "2 of 3 responded" in text(shown.card)
        again = await there.posts(Notify.CLOSE, "Dinner?")
        await set_due(database_url, again, there.clock.now() + timedelta(minutes=5))
        there.clock.advance(minutes=6)
        assert (await there.is_told(2))[1] == "Closed: Dinner? · 0 of 3 responded"
        await there.settled()
        assert len(there.told) == 2


async def test_a_burst_of_votes_is_told_in_one_message(database_url: str) -> None:
    async with office(database_url, 31) as there:
        poll = await there.posts(Notify.EACH)
        await there.vote(poll, *there.people[:30])
        there.clock.advance(seconds=GATHER.total_seconds())
        assert await there.is_told(1) == ["Brunch?: 30 new responses · 30 of 31 responded"]
        await there.vote(poll, *there.people[:5], option="Sushi")
        await there.vote(poll, there.people[30])
        there.clock.advance(seconds=GATHER.total_seconds())
        assert (await there.is_told(2))[1:] == ["Brunch?: 1 new response · Person 30"]


@SQLITE
async def test_nobody_is_named_where_all_are_anonymous(database_url: str) -> None:
    async with office(database_url) as there:
        poll = await there.posts(Notify.EACH, anonymous=True)
        await there.vote(poll, there.people[1])
        there.clock.advance(seconds=GATHER.total_seconds())
        assert await there.is_told(1) == ["Brunch?: 1 new response · 1 of 3 responded"]
        assert "Person" not in text(there.mine.messages[-1].card)


@SQLITE
async def test_everyone_is_told_when_the_last_one_answers_and_not_again(
    database_url: str,
) -> None:
    async with office(database_url) as there:
        poll = await there.posts(Notify.ALL)
        await there.vote(poll, *there.people[:2])
        there.clock.advance(seconds=GATHER.total_seconds())
        await there.looked(poll)
        assert there.told == []
        await there.vote(poll, there.people[2])
        there.clock.advance(seconds=GATHER.total_seconds())
        assert await there.is_told(1) == ["Brunch?: Everyone has responded."]
        await there.vote(poll, *there.people, option="Sushi")
        other = await there.posts(Notify.EACH, "Dinner?")
        await there.vote(other, there.people[1])
        there.clock.advance(seconds=GATHER.total_seconds())
        assert (await there.is_told(2))[1:] == ["Dinner?: 1 new response · Person 1"]


async def test_a_digest_comes_at_nine_also_when_the_clocks_are_changed(database_url: str) -> None:
    async with office(database_url) as there:
        lunch = await there.posts(Notify.DAILY)
        dinner = await there.posts(Notify.DAILY, "Dinner?")
        await there.vote(lunch, *there.people[1:])
        await there.vote(dinner, there.people[1])
        for poll in (lunch, dinner):
            at = (await there.stands(poll)).notify_at
            assert at is not None
            assert at.astimezone(zone(BERLIN)).isoformat() == "2026-10-25T09:00:00+01:00"
        there.clock.time = digest_at(there.clock.now(), BERLIN)
        (summary,) = await there.is_told(1)
        assert sorted(summary.removeprefix("What is new: ").split(", ")) == ["Brunch?", "Dinner?"]

        there.clock.time = digest_at(there.clock.now(), BERLIN)
        for poll in (lunch, dinner):
            await there.looked(poll)
        await there.settled()
        assert len(there.told) == 1
        await there.vote(dinner, there.people[2])
        await there.closes(dinner)
        assert (await there.is_told(2))[1:] == ["Dinner?: 1 new response"]
        assert "2 of 3 responded · closed" in text(there.mine.messages[-1].card)


@SQLITE
async def test_never_is_silence(database_url: str) -> None:
    async with office(database_url) as there:
        quiet = await there.posts(Notify.NEVER)
        await there.vote(quiet, *there.people)
        await there.closes(quiet)
        loud = await there.posts(Notify.CLOSE, "Dinner?")
        await there.closes(loud)
        assert await there.is_told(1) == ["Closed: Dinner? · 0 of 3 responded"]
        assert (await there.stands(quiet)).status is Status.CLOSED


@SQLITE
async def test_who_never_wrote_to_the_bot_is_told_in_a_chat_that_it_opens(
    database_url: str,
) -> None:
    async with office(database_url, installs=False) as there:
        there.mine.has_bot = True
        poll = await there.posts(Notify.CLOSE)
        await there.closes(poll)
        assert await there.is_told(1) == ["Closed: Brunch? · 0 of 3 responded"]


@SQLITE
async def test_who_has_not_installed_the_bot_is_asked_for_once_and_left_alone(
    database_url: str,
) -> None:
    async with office(database_url, installs=False) as there:
        poll = await there.posts(Notify.CLOSE)
        await there.closes(poll)
        await there.looked(poll)
        await there.settled()
        there.clock.advance(days=1)
        other = await there.posts(Notify.EACH, "Dinner?")
        await there.vote(other, there.people[1])
        await there.settled()
        tried = [one for one in there.teams.calls if one.path.endswith("/v3/conversations")]
        assert [one.status for one in tried] == [403]


@SQLITE
async def test_what_closed_while_nothing_ran_is_told_at_the_start(database_url: str) -> None:
    clock = FixedClock(SATURDAY)
    async with Teams() as teams:
        ada, ben = teams.user("Ada Okafor"), teams.user("Ben Castillo")
        chat = teams.group_chat([ada, ben], "Both")
        async with running(teams, database_url, clock=clock):
            there = Office(teams, clock, database_url, chat, [ada, ben])
            await ada.installs()
            poll = await there.posts(Notify.CLOSE)
        await set_due(database_url, poll, clock.now() + timedelta(minutes=5))
        clock.advance(hours=5)
        async with running(teams, database_url, clock=clock):
            assert await there.is_told(1) == ["Closed: Brunch? · 0 of 2 responded"]


@SQLITE
async def test_a_training_that_lapses_asks_again_with_a_button_that_opens_it(
    database_url: str,
) -> None:
    async with office(database_url) as there:
        ben = there.people[1]
        his = await ben.installs()
        training = await there.posts_like(a_training(months=3, pass_mark=50), Notify.NEVER)
        dialog = await ben.opens(there.chat, training, "Start or continue")
        await dialog.submits("Start")
        await dialog.submits("Next")
        await goes_through(dialog, RIGHT)
        await dialog.submits("Next")
        there.clock.advance(days=100)
        asked = await his.wait_for_message(lambda one: one.summary.startswith("Please take it"))
        assert "valid for 3 months" in text(asked.card)
        opened_card = await ben.taps(his, asked, "Take it again")
        assert "Contents" in text(opened_card.card)
        await there.settled()
        assert len([one for one in his.messages if one.summary == asked.summary]) == 1

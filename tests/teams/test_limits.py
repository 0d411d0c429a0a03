"""Teams' limits as the stand-in counts them, and what goes wrong by chance."""

import asyncio
from collections import Counter
from dataclasses import dataclass

import aiohttp
import pytest

from tests.teams import Chat, Teams
from tests.teams.echo_bot import Bot
from tests.teams.limits import LIMITS, TOLERANCE, Counted, Exceeded

HELLO = {"type": "message", "text": "hi"}


@dataclass(slots=True)
class Hand:
    """A clock that is set by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@pytest.fixture
def clock(teams: Teams) -> Hand:
    """Give the clock by which the stand-in counts."""
    clock = Hand()
    teams.limits.clock = clock
    return clock


@pytest.fixture
def chat(teams: Teams) -> Chat:
    """Give a chat."""
    return teams.group_chat([teams.user("Ada Lovelace")])


async def posts(bot: Bot, chat: Chat, times: int = 1) -> list[int]:
    """Post so often, one after the other; gives the answers' statuses."""
    return [(await bot.post(chat.id, HELLO))[0] for _ in range(times)]


def exceeded(teams: Teams) -> list[tuple[Counted, int, float]]:
    """Give which limits were exceeded."""
    return [(one.what, one.calls, one.seconds) for one in teams.limits.exceeded]


@pytest.mark.usefixtures("clock")
async def test_what_is_within_the_limits_is_no_violation(
    teams: Teams, bot: Bot, chat: Chat
) -> None:
    assert await posts(bot, chat, 7) == [201] * 7
    assert teams.limits.exceeded == []


async def test_one_more_in_a_second_is_written_down(
    teams: Teams, bot: Bot, chat: Chat, clock: Hand
) -> None:
    assert await posts(bot, chat, 8) == [201] * 8
    assert teams.limits.exceeded == [Exceeded(Counted.MESSAGES, chat.id, 7, 1.0, 0.0, clock.now)]


async def test_every_window_is_counted(teams: Teams, bot: Bot, chat: Chat, clock: Hand) -> None:
    for _ in range(4):
        await posts(bot, chat, 2)
        clock.now += 0.4
    await posts(bot, chat)
    assert exceeded(teams) == [(Counted.MESSAGES, 8, 2.0)]
    clock.now += 10
    for _ in range(52):
        await posts(bot, chat)
        clock.now += 0.3
    assert exceeded(teams)[1:] == [(Counted.MESSAGES, 60, 30.0)]


@pytest.mark.parametrize(("short_by", "forgiven"), [(0.9, True), (1.1, False)])
async def test_what_a_busy_machine_shifts_is_forgiven_and_no_more(
    teams: Teams, bot: Bot, chat: Chat, clock: Hand, short_by: float, *, forgiven: bool
) -> None:
    await posts(bot, chat, 7)
    clock.now += 1.0 - short_by * TOLERANCE
    await posts(bot, chat)
    assert (exceeded(teams) == []) is forgiven


async def test_refused_calls_count_too(teams: Teams, bot: Bot, chat: Chat, clock: Hand) -> None:
    teams.faults.answer(status=429, path_contains=chat.id, times=5)
    assert await posts(bot, chat, 8) == [429] * 5 + [201] * 3
    assert [one.at for one in teams.limits.exceeded] == [clock.now]


@pytest.mark.usefixtures("clock")
async def test_updates_and_threads_count_for_their_channel(teams: Teams, bot: Bot) -> None:
    channel = teams.channel("Kitchen", "General", [teams.user("Ada Lovelace")])
    _, posted = await bot.post(channel.id, HELLO)
    for _ in range(3):
        await bot.post(f"{channel.id};messageid={posted['id']}", HELLO)
        await bot.call("PUT", f"/{channel.id}/activities/{posted['id']}", HELLO)
    assert teams.limits.exceeded == []
    await bot.call("DELETE", f"/{channel.id}/activities/{posted['id']}")
    assert [one.where for one in teams.limits.exceeded] == [channel.id]


@pytest.mark.usefixtures("clock")
async def test_rosters_have_limits_of_their_own(teams: Teams, bot: Bot, chat: Chat) -> None:
    await posts(bot, chat, 7)
    for _ in range(14):
        await bot.call("GET", f"/{chat.id}/pagedmembers")
    assert teams.limits.exceeded == []
    await bot.call("GET", f"/{chat.id}/members/29:nobody")
    assert exceeded(teams) == [(Counted.ROSTER, 14, 1.0)]


async def test_a_tenant_has_one_limit_for_all_its_chats(
    teams: Teams, bot: Bot, clock: Hand
) -> None:
    ada = teams.user("Ada Lovelace")
    chats = [teams.group_chat([ada]) for _ in range(50)]
    for chat in chats:
        await posts(bot, chat)
    assert teams.limits.exceeded == []
    await bot.call("POST", "", {"members": [{"id": ada.mri}], "tenantId": teams.tenant_id})
    assert teams.limits.exceeded == [
        Exceeded(Counted.TENANT, teams.tenant_id, 50, 1.0, 0.0, clock.now)
    ]


async def test_a_call_too_many_is_refused_where_that_is_wished(
    teams: Teams, bot: Bot, chat: Chat, clock: Hand
) -> None:
    teams.limits.enforced = True
    assert await posts(bot, chat, 8) == [201] * 7 + [429]
    assert len(chat.messages) == 7
    clock.now += 2.0
    assert await posts(bot, chat) == [201]


async def test_keys_tokens_and_files_are_not_counted(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    for _ in range(60):
        await ada.says(teams.personal(ada), "hi")
    assert len(bot.heard) == 60
    assert teams.limits.exceeded == []


def test_the_limits_are_those_of_the_specification() -> None:
    assert LIMITS[Counted.MESSAGES] == ((7, 1), (8, 2), (60, 30), (1800, 3600))
    assert LIMITS[Counted.TENANT] == ((50, 1),)


# Chances


async def test_calls_go_wrong_as_often_as_was_asked_for(
    teams: Teams, bot: Bot, chat: Chat
) -> None:
    chances = teams.faults.rates({429: 0.2, 502: 0.1}, seed=7)
    met = Counter(await posts(bot, chat, 300))
    assert met == Counter({201: 300 - sum(chances.met.values())}) + chances.met
    assert 40 <= chances.met[429] <= 80
    assert 15 <= chances.met[502] <= 45
    assert len(chat.messages) == met[201]


async def test_the_same_seed_is_the_same_luck(teams: Teams, bot: Bot, chat: Chat) -> None:
    luck = []
    for seed in (3, 3, 4):
        teams.faults.rates({503: 0.5}, seed)
        luck.append(await posts(bot, chat, 40))
    assert luck[0] == luck[1] != luck[2]


async def test_a_429_by_chance_says_when_to_come_again(teams: Teams, bot: Bot, chat: Chat) -> None:
    teams.faults.rates({429: 1.0})
    address = f"{teams.service_url}v3/conversations/{chat.id}/activities"
    async with bot.session.post(address, json=HELLO) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "1")


async def test_a_call_that_hangs_does_so_until_the_bot_gives_up(
    teams: Teams, bot: Bot, chat: Chat
) -> None:
    await posts(bot, chat)
    chances = teams.faults.rates({"hang": 1.0})
    hanging = asyncio.create_task(bot.post(chat.id, HELLO))
    await chances.reached("hang")
    hanging.cancel()
    await chat.wait_until(lambda: not chat.open_calls)
    assert teams.calls[-1].status == 0
    chances.stop()
    assert await posts(bot, chat) == [201]
    assert len(chat.messages) == 2


async def test_a_call_that_hangs_breaks_when_it_is_released(
    teams: Teams, bot: Bot, chat: Chat
) -> None:
    await posts(bot, chat)
    chances = teams.faults.rates({"hang": 1.0})
    hanging = asyncio.create_task(bot.post(chat.id, HELLO))
    await chances.reached("hang")
    chances.stop()
    with pytest.raises(aiohttp.ClientError):
        await hanging
    assert len(chat.messages) == 1


async def test_keys_and_tokens_never_go_wrong_by_chance(teams: Teams, bot: Bot) -> None:
    teams.faults.rates({500: 1.0})
    ada = teams.user("Ada Lovelace")
    assert await ada.says(teams.personal(ada), "hi") == 200
    assert len(bot.heard) == 1


async def test_a_fault_of_its_own_comes_first(teams: Teams, bot: Bot, chat: Chat) -> None:
    chances = teams.faults.rates({500: 1.0})
    teams.faults.answer(status=403, path_contains=chat.id)
    assert await posts(bot, chat, 2) == [403, 500]
    assert chances.met == {500: 1}
    teams.faults.clear()
    assert await posts(bot, chat) == [201]

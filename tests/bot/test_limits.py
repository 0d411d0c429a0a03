"""Teams' limits: never exceeded, not even at the edges, and nobody waits for nothing."""

import asyncio
import heapq
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.errors import TryLater
from bot.limits import LONGEST_WAIT, REFUSALS, REFUSED_WITHIN, Lanes, Window
from bot.shares import CONVERSATION, TENANT

Limits = tuple[tuple[int, float], ...]

gaps = st.integers(0, 24).map(lambda eighths: eighths / 8) | st.sampled_from([15.0, 30.0, 3_600.0])
"""Seconds, exact as floats, so that edges are edges."""

SMALL: Limits = ((2, 1.0), (3, 2.5), (5, 10.0))


class Time:
    """Time that passes only when all wait for it."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.now = 0.0
        self.slept: list[float] = []
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def __call__(self) -> float:
        """Give the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until time has passed."""
        self.slept.append(seconds)
        until = asyncio.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), until))
        await until.wait()

    async def run(self, *work: Awaitable[None]) -> None:
        """Do it all side by side, moving time on."""
        tasks = [asyncio.ensure_future(one) for one in work]
        while not all(task.done() for task in tasks):
            await settled()
            if self._sleepers:
                self.now, _, until = heapq.heappop(self._sleepers)
                until.set()
        await asyncio.gather(*tasks)

    async def until(self, time: float) -> None:
        """Move time on to a moment, past everybody who wakes before."""
        await settled()
        while self._sleepers and self._sleepers[0][0] <= time:
            self.now, _, until = heapq.heappop(self._sleepers)
            until.set()
            await settled()
        self.now = time


async def settled() -> None:
    """Let everybody do what can be done now."""
    for _ in range(20):
        await asyncio.sleep(0)


class Sender:
    """Sends as fast as it may, and writes down when."""

    def __init__(self) -> None:
        """Nothing was sent."""
        self.time = Time()
        self.lanes = Lanes(self.time, self.time.sleep)
        self.sent: dict[str, list[float]] = {}
        self.by_tenant: dict[str, list[float]] = {}
        self.inside: set[str] = set()

    async def send(self, chat: str = "chat", tenant: str = "tenant") -> None:
        """Send one message."""
        async with self.lanes.enter(tenant, chat):
            assert chat not in self.inside
            self.inside.add(chat)
            self.sent.setdefault(chat, []).append(self.time.now)
            self.by_tenant.setdefault(tenant, []).append(self.time.now)
            await asyncio.sleep(0)
            self.inside.remove(chat)

    async def send_later(self, chat: str, tenant: str, at: float) -> None:
        """Send one message from that time on; too long a wait is given up."""
        await self.time.sleep(at)
        with suppress(TryLater):
            await self.send(chat, tenant)


def exceeded(times: Sequence[float], limits: Limits) -> Iterator[tuple[float, int, float]]:
    """Give where there are more than `most` in `seconds`, the last moment left out."""
    for most, seconds in limits:
        for first, beyond in zip(times, times[most:], strict=False):
            if beyond < first + seconds:
                yield first, most, seconds


def sent(window: Window, now: float) -> None:
    """Send what takes no time."""
    window.begin()
    window.end(now)


# One window


@given(st.lists(gaps, max_size=60))
def test_a_window_is_never_exceeded_and_never_waits_longer_than_it_must(
    given_gaps: list[float],
) -> None:
    window, now, times = Window(SMALL), 0.0, list[float]()
    for gap in given_gaps:
        now += gap
        wait = window.wait(now)
        if wait:
            assert list(exceeded([*times, now + wait - 1 / 1024], SMALL))
        now += wait
        assert window.wait(now) == 0
        sent(window, now)
        times.append(now)
    assert not list(exceeded(times, SMALL))


@pytest.mark.parametrize(("most", "seconds"), CONVERSATION)
def test_each_limit_of_a_conversation_opens_again_at_its_very_edge(
    most: int, seconds: float
) -> None:
    window = Window(CONVERSATION)
    for _ in range(most):
        sent(window, 0.0)
    assert window.wait(0.0) >= seconds
    alone = Window(((most, seconds),))
    for _ in range(most):
        assert alone.wait(0.0) == 0
        sent(alone, 0.0)
    assert alone.wait(seconds - 1 / 1024) == 1 / 1024
    assert alone.wait(seconds) == 0


def test_all_limits_hold_for_hours_of_sending_as_fast_as_may_be() -> None:
    window, now, times = Window(CONVERSATION), 0.0, list[float]()
    for _ in range(4_000):
        now += window.wait(now)
        sent(window, now)
        times.append(now)
    assert not list(exceeded(times, CONVERSATION))
    assert times[7] == 1.0
    assert times[8] == 2.0
    assert times[60] == 30.0
    assert times[1_800] == 3_600.0
    assert len(window.times) <= 1_800


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12), st.integers(0, 12)), max_size=60))
def test_whatever_holds_up_calls_on_their_way_they_arrive_within_the_limits(
    calls: list[tuple[int, int, int]],
) -> None:
    """Each call is given: how long after the one before, its way there, and the way back."""
    window, now, arrived, on_their_way = Window(SMALL), 0.0, list[float](), list[float]()

    def end_all(until: float) -> None:
        while on_their_way and on_their_way[0] <= until:
            window.end(heapq.heappop(on_their_way))

    for gap, there, back in calls:
        now += gap / 8
        end_all(now)
        while wait := window.wait(now):
            now += wait
            end_all(now)
        window.begin()
        arrived.append(now + there / 8)
        heapq.heappush(on_their_way, now + (there + back) / 8)
    assert not list(exceeded(sorted(arrived), SMALL))


def test_an_open_call_counts_until_it_has_ended_and_the_seconds_of_the_limit_after() -> None:
    window = Window(((2, 1.0),))
    for _ in range(2):
        assert window.wait(0.0) == 0
        window.begin()
    assert (window.wait(5.0), window.used(5.0)) == (1.0, [2])
    window.end(5.0)
    assert (window.wait(5.5), window.used(5.5)) == (0.5, [2])
    assert (window.wait(6.0), window.used(6.0)) == (0, [1])


# Lanes


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y"]), st.integers(0, 160)),
        max_size=150,
    )
)
@settings(max_examples=50, deadline=None)
def test_whoever_sends_when_no_window_is_ever_exceeded(
    wishes: list[tuple[str, str, int]],
) -> None:
    async def check() -> None:
        sender = Sender()
        await sender.time.run(
            *(sender.send_later(chat, tenant, at / 8) for chat, tenant, at in wishes)
        )
        for times in sender.sent.values():
            assert not list(exceeded(times, CONVERSATION))
        for times in sender.by_tenant.values():
            assert not list(exceeded(times, TENANT))

    asyncio.run(check())


async def test_a_burst_goes_out_at_once_and_what_follows_waits() -> None:
    sender = Sender()
    await sender.time.run(*(sender.send() for _ in range(9)))
    assert sender.sent["chat"] == [*[0.0] * 7, 1.0, 2.0]


async def test_conversations_do_not_wait_for_each_other() -> None:
    sender = Sender()
    chats = [f"chat {number}" for number in range(7)]
    await sender.time.run(*(sender.send(chat) for chat in chats for _ in range(7)))
    assert sender.time.now == 0.0


async def test_a_tenant_has_a_limit_over_all_its_conversations() -> None:
    sender = Sender()
    await sender.time.run(*(sender.send(f"chat {n}") for n in range(120)))
    times = sender.by_tenant["tenant"]
    assert (times.count(0.0), times.count(1.0), times.count(2.0)) == (50, 50, 20)


async def test_tenants_do_not_wait_for_each_other() -> None:
    sender = Sender()
    await sender.time.run(
        *(sender.send(f"{tenant} {n}", tenant) for tenant in ("x", "y") for n in range(50))
    )
    assert sender.time.now == 0.0


async def test_in_a_conversation_one_is_sent_at_a_time_and_in_order() -> None:
    sender, order = Sender(), list[str]()

    async def send(name: str) -> None:
        async with sender.lanes.enter("tenant", "chat"):
            order.append(f"{name} begins")
            await settled()
            order.append(f"{name} ends")

    await asyncio.gather(send("a"), send("b"), send("c"))
    assert order == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


# Too long a wait


async def test_what_would_wait_too_long_is_to_be_tried_later_and_not_counted() -> None:
    sender = Sender()
    for number in range(60):
        await sender.time.run(sender.send())
        assert len(sender.sent["chat"]) == number + 1
    sender.time.now = 14.0
    for _ in range(3):
        with pytest.raises(TryLater) as later:
            await sender.send()
        assert later.value.retry_after == 16.0
    sender.time.now = 30.0
    await sender.send()


async def test_the_longest_wait_itself_is_waited() -> None:
    sender = Sender()
    for _ in range(60):
        await sender.time.run(sender.send())
    sender.time.now = 30.0 - LONGEST_WAIT
    await sender.time.run(sender.send())
    assert sender.time.slept[-1] == LONGEST_WAIT


async def test_whoever_stands_behind_one_that_is_slow_is_told_to_try_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A delivery has a lease that ends; it must not stand in the lane for ever."""
    monkeypatch.setattr("bot.limits.LONGEST_WAIT", 0.01)
    lanes = Lanes(lambda: 0.0)
    async with lanes.enter("tenant", "chat"):
        with pytest.raises(TryLater):
            async with asyncio.timeout(1.0), lanes.enter("tenant", "chat"):
                pytest.fail("two were in one lane")


# When Teams itself says to wait


async def refused(lanes: Lanes, retry_after: float | None, chat: str = "chat") -> None:
    """Send what Teams refuses."""
    with suppress(TryLater):
        async with lanes.enter("tenant", chat):
            raise TryLater(retry_after)


async def test_while_teams_wants_no_more_in_a_conversation_nobody_sends_there() -> None:
    sender = Sender()
    await refused(sender.lanes, 5.0)
    await sender.time.run(sender.send(), sender.send("other"))
    assert (sender.sent["chat"], sender.sent["other"]) == ([5.0], [0.0])


async def test_longer_wish_of_teams_is_told_to_whoever_comes_at_once() -> None:
    sender = Sender()
    await refused(sender.lanes, 60.0)
    with pytest.raises(TryLater) as later:
        await sender.send()
    assert later.value.retry_after == 60.0
    sender.time.now = 60.0
    await sender.send()


async def test_refusal_without_a_wish_holds_nobody_up() -> None:
    sender = Sender()
    for _ in range(3):
        await refused(sender.lanes, None)
    await sender.send()
    assert sender.time.now == 0.0


async def test_shorter_wish_does_not_end_a_longer_one() -> None:
    sender = Sender()
    await refused(sender.lanes, 8.0)
    sender.lanes._lanes["chat"].messages.hold(1.0)
    await sender.time.run(sender.send())
    assert sender.sent["chat"] == [8.0]


async def test_refusals_in_several_conversations_hold_the_whole_tenant() -> None:
    sender = Sender()
    for number in range(REFUSALS):
        await sender.send(f"before {number}")
        await refused(sender.lanes, 5.0, f"chat {number}")
    await sender.time.run(sender.send("another"), sender.send("elsewhere", "other tenant"))
    assert (sender.sent["another"], sender.sent["elsewhere"]) == ([5.0], [0.0])


async def test_refusals_in_one_conversation_or_long_after_each_other_hold_no_tenant() -> None:
    sender = Sender()
    for number in range(2 * REFUSALS):
        await refused(sender.lanes, 5.0, f"chat {number % 2}")
        sender.time.now += REFUSED_WITHIN - 1.0
        await refused(sender.lanes, 5.0, "always the same")
        sender.time.now += REFUSED_WITHIN
    await sender.send("another")
    assert sender.sent["another"] == [sender.time.now]


# Who is there


async def test_questions_have_limits_of_their_own() -> None:
    sender, asked = Sender(), list[float]()

    async def ask() -> None:
        async with sender.lanes.ask("tenant", "chat"):
            asked.append(sender.time.now)

    await sender.time.run(*(ask() for _ in range(17)), *(sender.send() for _ in range(7)))
    assert (asked.count(0.0), asked.count(1.0), asked.count(2.0)) == (14, 2, 1)
    assert sender.sent["chat"] == [0.0] * 7


async def test_questions_count_for_the_tenant() -> None:
    sender = Sender()
    for number in range(50):
        async with sender.lanes.ask("tenant", f"chat {number}"):
            pass
    await sender.time.run(sender.send())
    assert sender.sent["chat"] == [1.0]


async def test_question_waits_for_no_message_that_is_slow() -> None:
    sender = Sender()
    async with sender.lanes.enter("tenant", "chat"), sender.lanes.ask("tenant", "chat"):
        assert sender.time.now == 0.0


async def test_refused_question_holds_questions_and_no_messages() -> None:
    sender, asked = Sender(), list[float]()

    async def ask() -> None:
        async with sender.lanes.ask("tenant", "chat"):
            asked.append(sender.time.now)

    with pytest.raises(TryLater):
        async with sender.lanes.ask("tenant", "chat"):
            raise TryLater(5.0)
    await sender.time.run(ask(), sender.send())
    assert (asked, sender.sent["chat"]) == ([5.0], [0.0])


# What goes wrong in a lane, and what is left behind


async def test_a_failure_inside_frees_the_lane() -> None:
    sender = Sender()
    with pytest.raises(ValueError, match="broken"):
        async with sender.lanes.enter("tenant", "chat"):
            raise ValueError("broken")
    await sender.send()


async def test_cancelling_whoever_is_inside_waits_or_sleeps_frees_the_lane() -> None:
    sender = Sender()
    for _ in range(8):
        await sender.time.run(sender.send())
    sleeps = asyncio.create_task(sender.send())
    await settled()
    waits = asyncio.create_task(sender.send())
    await settled()
    for task in (waits, sleeps):
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    sender.time.now += 60.0
    inside = asyncio.create_task(hold(sender.lanes))
    await settled()
    inside.cancel()
    with pytest.raises(asyncio.CancelledError):
        await inside
    await sender.send()
    assert len(sender.sent["chat"]) == 9
    assert sender.lanes._lanes["chat"].users == 0


async def hold(lanes: Lanes) -> None:
    async with lanes.enter("tenant", "chat"):
        await asyncio.Event().wait()


async def test_whoever_gave_up_is_not_counted_as_having_sent() -> None:
    sender = Sender()
    for _ in range(7):
        await sender.send()
    sleeps = asyncio.create_task(sender.send())
    await settled()
    sleeps.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeps
    sender.time.now = 2.0
    await asyncio.gather(*(sender.send() for _ in range(7)))
    assert sender.time.slept == [1.0]


async def test_a_lane_in_use_outlives_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.limits.KEPT", 3)
    sender = Sender()
    async with sender.lanes.enter("tenant", "chat"):
        for number in range(20):
            await sender.send(f"chat {number}")
        second = asyncio.create_task(sender.send())
        await settled()
        assert "chat" not in sender.sent
    await second


async def test_so_many_conversations_are_remembered_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.limits.KEPT", 10)
    sender = Sender()
    for number in range(40):
        await sender.send(f"chat {number}")
    assert list(sender.lanes._lanes) == [f"chat {number}" for number in range(30, 40)]


async def test_conversations_beyond_the_bound_are_forgotten_once_none_is_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.limits.KEPT", 10)
    sender = Sender()
    async with sender.lanes.enter("tenant", "slow"):
        for number in range(40):
            await sender.send(f"chat {number}")
    sender.time.now += 60.0
    for number in range(40):
        await sender.send(f"later {number}")
    assert len(sender.lanes._lanes) == 10


async def test_so_many_tenants_are_remembered_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bot for any tenant hears from ever more of them."""
    monkeypatch.setattr("bot.limits.KEPT", 10)
    sender = Sender()
    for number in range(40):
        await sender.send(f"chat {number}", f"tenant {number}")
    assert len(sender.lanes._tenants) <= 10

"""The throttle: people and conversations have their rates, and nobody pays for another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import throttle
from bot.throttle import Rate, Throttle, Verdict
from bot.turn import Turn
from tests.bot.servers import Clock
from tests.bot.world import a_turn

SLOW, FAST = Rate(1, 3), Rate(9, 99)
FINE, TOO_MUCH, STILL = Verdict.FINE, Verdict.TOO_MUCH, Verdict.STILL_TOO_MUCH


def a_throttle(clock: Clock, person: Rate = SLOW, conversation: Rate = FAST) -> Throttle:
    return Throttle(clock, person, conversation)


def of(name: str, conversation: str = "19:chat") -> Turn:
    return replace(a_turn(), sender_object_id=name, conversation_id=conversation)


def test_a_burst_passes_and_what_comes_after_it_waits_for_its_time() -> None:
    clock = Clock()
    judge = a_throttle(clock).judge
    assert [judge(of("ada")) for _ in range(5)] == [FINE] * 3 + [TOO_MUCH, STILL]
    clock.go_on(1.0)
    assert [judge(of("ada")) for _ in range(2)] == [FINE, STILL]
    clock.go_on(throttle.QUIET)
    assert [judge(of("ada")) for _ in range(4)] == [FINE] * 3 + [TOO_MUCH]


def test_one_persons_haste_costs_nobody_else_anything() -> None:
    clock = Clock()
    judge = a_throttle(clock).judge
    for _ in range(50):
        judge(of("ada"))
    assert judge(of("ben")) is FINE
    assert judge(replace(of("ada"), tenant_id="another")) is FINE


def test_people_of_one_conversation_share_its_rate() -> None:
    clock = Clock()
    judge = a_throttle(clock, conversation=Rate(1, 3)).judge
    verdicts = [judge(of(f"person {n}")) for n in range(5)]
    assert verdicts == [FINE] * 3 + [TOO_MUCH] * 2
    assert judge(of("person 0", "19:another")) is FINE


def test_guests_without_an_object_id_are_told_apart_by_their_address() -> None:
    clock = Clock()
    judge = a_throttle(clock).judge
    guests = [replace(of(""), sender_mri=f"29:{n}") for n in range(2)]
    assert [judge(guests[0]) for _ in range(4)] == [FINE] * 3 + [TOO_MUCH]
    assert judge(guests[1]) is FINE


def test_only_so_many_buckets_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "KEPT", 10)
    made = a_throttle(Clock())
    for number in range(100):
        made.judge(of(f"person {number}", f"19:{number}"))
    assert len(made._full_at) == 10


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 9), st.floats(0.1, 9))
def test_no_span_of_time_lets_more_pass_than_burst_and_rate_say(
    pauses: list[float], burst: int, per_second: float
) -> None:
    clock = Clock()
    judge = a_throttle(clock, Rate(per_second, burst)).judge
    passed = []
    for pause in pauses:
        clock.go_on(pause)
        if judge(of("ada")) is FINE:
            passed.append(clock())
    for first, begun in enumerate(passed):
        for last, ended in enumerate(passed[first:], first):
            assert last - first + 1 <= burst + (ended - begun) * per_second + 1e-6

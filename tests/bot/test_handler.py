"""Dispatch: which turn goes where, what is answered, and what happens when it breaks."""

import asyncio
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.core.adapters import TestAdapter as SdkTestAdapter
from structlog.testing import capture_logs

from bot.activities import activity_of
from bot.handler import INVOKE_RESPONSE, TurnHandler
from bot.throttle import Rate, Throttle
from tests.bot.core import FakeCore
from tests.bot.recorded import (
    CARD_ACTION,
    INSTALLED,
    MEMBERS_ADDED,
    MEMBERS_REMOVED,
    MESSAGE,
    REACTION,
    SUBMIT,
    an_activity,
)


async def run(core: FakeCore, data: dict[str, Any], throttle: Throttle | None = None) -> Any:
    context = TurnContext(SdkTestAdapter(), activity_of(data))
    await TurnHandler(core, throttle or Throttle(lambda: 0.0)).on_turn(context)
    left: Any = context.turn_state.get(INVOKE_RESPONSE)
    return None if left is None else left.value


def an_invoke(name: str, value: object = None) -> dict[str, Any]:
    return an_activity("invoke", name=name, value={} if value is None else value)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (MESSAGE, "message"),
        (SUBMIT, "submitted"),
        (an_activity("message", text="hi", value="text"), "message"),
        (MEMBERS_ADDED, "members_changed"),
        (MEMBERS_REMOVED, "members_changed"),
        (INSTALLED, "installed"),
        (an_activity("installationUpdate", action="remove-upgrade"), "installed"),
    ],
)
async def test_events_go_to_the_core_and_get_no_answer(data: dict[str, Any], name: str) -> None:
    core = FakeCore()
    assert await run(core, data) is None
    assert core.names == [name]


@pytest.mark.parametrize(
    "data",
    [
        REACTION,
        an_activity("conversationUpdate", topicName="New name"),
        an_activity("messageUpdate", channelData=3),
        an_activity("event", name="application/vnd.microsoft.meetingStart", value=3),
        an_activity("somethingNew"),
    ],
)
async def test_other_events_are_left_alone(data: dict[str, Any]) -> None:
    core = FakeCore()
    assert await run(core, data) is None
    assert core.names == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CARD_ACTION, "card_action"),
        (an_invoke("task/fetch"), "dialog_fetch"),
        (an_invoke("task/submit"), "dialog_submit"),
        (an_invoke("composeExtension/fetchTask"), "extension_fetch"),
        (an_invoke("composeExtension/submitAction"), "extension_submit"),
        (
            an_invoke("composeExtension/submitAction", {"botMessagePreviewAction": "edit"}),
            "preview_edit",
        ),
        (
            an_invoke("composeExtension/submitAction", {"botMessagePreviewAction": "send"}),
            "preview_send",
        ),
        (
            an_invoke("composeExtension/submitAction", {"botMessagePreviewAction": ["send"]}),
            "extension_submit",
        ),
    ],
)
async def test_invokes_get_the_cores_answer_as_it_is(data: dict[str, Any], name: str) -> None:
    core = FakeCore(answer={"some": "answer"})
    response = await run(core, data)
    assert response.status == 200
    assert response.body is core.answer
    assert core.names == [name]


async def test_an_answer_to_an_offered_file_goes_to_the_core_and_gets_no_words() -> None:
    core = FakeCore(answer={"some": "answer"})
    response = await run(core, an_invoke("fileConsent/invoke", {"action": "accept"}))
    assert (response.status, response.body) == (200, None)
    assert core.names == ["file_consent"]


async def test_an_answer_may_be_nothing() -> None:
    response = await run(FakeCore(answer=None), an_invoke("task/submit"))
    assert (response.status, response.body) == (200, None)


@pytest.mark.parametrize("name", ["application/search", "", "composeExtension/submitAction edit?"])
async def test_an_unknown_invoke_is_not_implemented(name: str) -> None:
    response = await run(FakeCore(), an_invoke(name))
    assert response.status == 501


@pytest.mark.parametrize(
    "value",
    ["text", 3, [], {"action": 3}, {"action": {}}, {"action": {"type": "Action.Submit"}}, {}],
)
async def test_a_card_action_that_is_none_gets_a_cards_error(value: object) -> None:
    core = FakeCore()
    response = await run(core, {**CARD_ACTION, "value": value})
    assert response.status == 200
    assert response.body["statusCode"] == 400
    assert response.body["type"] == "application/vnd.microsoft.error"
    assert core.names == []


async def test_a_dialog_without_an_object_is_a_bad_request() -> None:
    core = FakeCore()
    response = await run(core, an_activity("invoke", name="task/fetch", value="text"))
    assert response.status == 400
    assert core.names == []


async def test_a_broken_invoke_is_answered_and_logged_once_without_words() -> None:
    core = FakeCore(failure=KeyError("Anna's answer"))
    with capture_logs() as logs:
        response = await run(core, CARD_ACTION)
    assert response.status == 200
    (entry,) = logs
    assert entry["event"] == "turn_failed"
    assert response.body["reference"] == entry["correlation_id"] == core.failures[0]
    assert entry["error"] == ["KeyError"]
    assert any("tests.bot.core" in place for place in entry["where"])
    assert "Anna" not in str(entry)


async def test_a_broken_message_is_logged_once_and_nothing_more() -> None:
    core = FakeCore(failure=ValueError("x"))
    with capture_logs() as logs:
        assert await run(core, MESSAGE) is None
    assert [entry["event"] for entry in logs] == ["turn_failed"]
    assert core.failures == []


async def test_being_cancelled_is_no_failure() -> None:
    core = FakeCore(failure=asyncio.CancelledError())
    with capture_logs() as logs, pytest.raises(asyncio.CancelledError):
        await run(core, CARD_ACTION)
    assert logs == []


async def test_who_presses_too_much_is_told_at_each_press_and_nothing_is_carried_out() -> None:
    core, throttle = FakeCore(), Throttle(lambda: 0.0, person=Rate(1, 2))
    for _ in range(4):
        await run(core, CARD_ACTION, throttle)
    assert core.names == ["card_action", "card_action", "too_fast", "too_fast"]


async def test_who_writes_too_much_is_told_once() -> None:
    core, throttle = FakeCore(), Throttle(lambda: 0.0, person=Rate(1, 2))
    for _ in range(5):
        await run(core, MESSAGE, throttle)
    assert core.names == ["message", "message", "wrote_too_much"]


async def test_comings_and_goings_are_never_too_much() -> None:
    core, throttle = FakeCore(), Throttle(lambda: 0.0, person=Rate(1, 2))
    for _ in range(5):
        await run(core, MEMBERS_REMOVED, throttle)
    assert core.names == ["members_changed"] * 5

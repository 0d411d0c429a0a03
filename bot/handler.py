"""Dispatches turns to the bot's core, and answers when something breaks that nobody foresaw."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, Protocol, TypeAlias

import structlog
from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ActivityTypes

from bot.logs import told
from bot.throttle import Throttle, Verdict
from bot.turn import Turn, turn_of

log = structlog.get_logger()

Body: TypeAlias = dict[str, Any]
"""An invoke's answer, ready for orjson."""

INVOKE_RESPONSE: Final = "BotFrameworkAdapter.InvokeResponse"
"""Where the adapter looks for the answer; private to the SDK, hence the check below."""

for _owner in (TurnContext, CloudAdapterBase):
    if getattr(_owner, "_INVOKE_RESPONSE_KEY", None) != INVOKE_RESPONSE:
        raise ImportError("botbuilder has changed: invokes would go unanswered")


class Core(Protocol):
    """What the bot does; everything it gets and gives is plain data."""

    async def message(self, turn: Turn) -> None:
        """Someone wrote to the bot."""

    async def submitted(self, turn: Turn) -> None:
        """Someone pressed an Action.Submit of a card; `turn.value` is its data."""

    async def members_changed(self, turn: Turn) -> None:
        """People, or the bot itself, came or left."""

    async def installed(self, turn: Turn) -> None:
        """The app was installed or removed; `turn.installation` says which."""

    async def card_action(self, turn: Turn) -> Body:
        """Answer adaptiveCard/action with `{statusCode, type, value}`."""

    async def dialog_fetch(self, turn: Turn) -> Body:
        """Answer task/fetch with `{task}`."""

    async def dialog_submit(self, turn: Turn) -> Body | None:
        """Answer task/submit with `{task}`, or None to close the dialog."""

    async def extension_fetch(self, turn: Turn) -> Body:
        """Answer composeExtension/fetchTask."""

    async def extension_submit(self, turn: Turn) -> Body | None:
        """Answer composeExtension/submitAction of a form."""

    async def preview_edit(self, turn: Turn) -> Body:
        """Answer composeExtension/submitAction of Edit below a preview."""

    async def preview_send(self, turn: Turn) -> Body | None:
        """Answer composeExtension/submitAction of Send below a preview."""

    async def file_consent(self, turn: Turn) -> None:
        """Take note of fileConsent/invoke; Teams wants no words."""

    async def too_fast(self, turn: Turn) -> Body:
        """Answer an invoke of someone who presses too much."""

    async def wrote_too_much(self, turn: Turn) -> None:
        """Someone wrote too much, and is told so."""

    async def failed(self, turn: Turn, correlation_id: str) -> Body:
        """Answer an invoke that broke; the id is in the log too."""


class TurnHandler(TeamsActivityHandler):
    """The SDK's handler, with answers that go out as they are and no calls of its own."""

    def __init__(self, core: Core, throttle: Throttle) -> None:
        """Hand everything to `core` that `throttle` lets pass."""
        super().__init__()
        self._core = core
        self._throttle = throttle

    async def on_turn(self, turn_context: TurnContext) -> None:
        """Run one turn; every failure ends here, logged once."""
        activity: Activity = turn_context.activity
        if activity.type not in _HANDLED:
            return
        turn = turn_of(activity)
        is_invoke = activity.type == ActivityTypes.invoke
        try:
            if is_invoke:
                _leave(turn_context, await self._invoke(turn, activity.value))
            else:
                await super().on_turn(turn_context)
        except Exception as error:  # noqa: BLE001 - the one catch-all, so that Teams gets an answer
            correlation_id = _log_failure(turn, activity.type, error)
            if is_invoke:
                body = await self._core.failed(turn, correlation_id)
                _leave(turn_context, InvokeResponse(status=HTTPStatus.OK, body=body))

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Handle message: words, or the data of an Action.Submit."""
        turn = turn_of(turn_context.activity)
        verdict = self._throttle.judge(turn)
        if verdict is Verdict.TOO_MUCH:
            await self._core.wrote_too_much(turn)
        if verdict is not Verdict.FINE:
            return
        if isinstance(turn_context.activity.value, dict):
            await self._core.submitted(turn)
        else:
            await self._core.message(turn)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Handle conversationUpdate; the SDK's own would look every member up in Teams first."""
        turn = turn_of(turn_context.activity)
        if turn.members_added or turn.members_removed:
            await self._core.members_changed(turn)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """Handle installationUpdate."""
        await self._core.installed(turn_of(turn_context.activity))

    async def _invoke(self, turn: Turn, value: object) -> InvokeResponse:
        answer = _INVOKES.get(_invoke_name(turn))
        if answer is None:
            return InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED)
        if turn.activity_name == "adaptiveCard/action":
            if not _is_execute(turn.value):
                return InvokeResponse(status=HTTPStatus.OK, body=_NOT_EXECUTE)
        elif not isinstance(value, dict):
            return InvokeResponse(status=HTTPStatus.BAD_REQUEST, body=_NO_VALUE)
        if self._throttle.judge(turn) is not Verdict.FINE:
            return InvokeResponse(status=HTTPStatus.OK, body=await self._core.too_fast(turn))
        return InvokeResponse(status=HTTPStatus.OK, body=await answer(self._core, turn))


_HANDLED: Final = frozenset(
    {
        ActivityTypes.message,
        ActivityTypes.conversation_update,
        ActivityTypes.installation_update,
        ActivityTypes.invoke,
    }
)

_INVOKES: Final[Mapping[str, Callable[[Core, Turn], Awaitable[Body | None]]]] = {
    "adaptiveCard/action": lambda core, turn: core.card_action(turn),
    "task/fetch": lambda core, turn: core.dialog_fetch(turn),
    "task/submit": lambda core, turn: core.dialog_submit(turn),
    "composeExtension/fetchTask": lambda core, turn: core.extension_fetch(turn),
    "composeExtension/submitAction": lambda core, turn: core.extension_submit(turn),
    "composeExtension/submitAction edit": lambda core, turn: core.preview_edit(turn),
    "composeExtension/submitAction send": lambda core, turn: core.preview_send(turn),
    "fileConsent/invoke": lambda core, turn: core.file_consent(turn),
}

_NOT_EXECUTE: Final[Body] = {
    "statusCode": 400,
    "type": "application/vnd.microsoft.error",
    "value": {"code": "BadRequest", "message": "The invoke holds no Action.Execute."},
}
_NO_VALUE: Final[Body] = {
    "error": {"code": "BadRequest", "message": "The invoke's value is not an object."}
}


def _invoke_name(turn: Turn) -> str:
    """Give the row of the table; the buttons of a preview come under the form's own name."""
    button = turn.value.get("botMessagePreviewAction")
    # A tuple: what was sent may be a list, which no set takes.
    if turn.activity_name == "composeExtension/submitAction" and button in ("edit", "send"):
        return f"{turn.activity_name} {button}"
    return turn.activity_name


def _is_execute(value: Mapping[str, Any]) -> bool:
    action = value.get("action")
    return isinstance(action, dict) and action.get("type") == "Action.Execute"


def _leave(turn_context: TurnContext, response: InvokeResponse) -> None:
    """Put the answer where the adapter looks; sending it the SDK's way copies it twice."""
    turn_context.turn_state[INVOKE_RESPONSE] = Activity(
        type=ActivityTypes.invoke_response, value=response
    )


def _log_failure(turn: Turn, activity_type: str, error: Exception) -> str:
    """Log where it broke, but not its words: they may quote names, answers or tokens."""
    correlation_id = uuid.uuid4().hex
    log.error(
        "turn_failed",
        correlation_id=correlation_id,
        activity=activity_type,
        invoke=turn.activity_name,
        activity_id=turn.activity_id,
        conversation=turn.conversation_id,
        tenant=turn.tenant_id,
        **told(error),
    )
    return correlation_id

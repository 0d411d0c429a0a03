"""The Bot Framework connector: where the bot posts, updates, deletes and reads rosters."""

import json
import time
from typing import Any

from aiohttp import web

from tests.teams.chats import Chat, Message, cards_of
from tests.teams.faults import Handler
from tests.teams.files import problem_with
from tests.teams.identity import Identity
from tests.teams.people import Person
from tests.teams.state import Call, State

PREFIX = "/teams"
LARGEST_MESSAGE = 100 * 1024
SMALLEST_PAGE, LARGEST_PAGE = 50, 500
BOT_MISSING = "The bot is not part of the conversation roster."

Json = dict[str, Any]


class Refused(Exception):
    """The connector's error answer."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        """Keep what the answer says."""
        super().__init__(code)
        self.status = status
        self.body = {"error": {"code": code, "message": message or code}}


class Connector:
    """Serves the connector's routes from the stand-in's memory."""

    def __init__(self, state: State, identity: Identity) -> None:
        """Serve `state`; `requires_tokens` says whether calls need a token of `identity`."""
        self.requires_tokens = True
        self._state = state
        self._identity = identity

    def routes(self) -> list[web.RouteDef]:
        """Give the connector's routes; its address has a path, as in Teams."""
        # The pattern of aiohttp's own would leave out ids with braces.
        chat, message = f"{PREFIX}/v3/conversations/{{chat:[^/]+}}", "{message:[^/]+}"
        return [
            web.post(f"{PREFIX}/v3/conversations", self._create),
            web.post(f"{chat}/activities", self._post),
            web.post(f"{chat}/activities/{message}", self._post),
            web.put(f"{chat}/activities/{message}", self._update),
            web.delete(f"{chat}/activities/{message}", self._delete),
            web.get(f"{chat}/pagedmembers", self._members),
            web.get(f"{chat}/members/{{member:[^/]+}}", self._member),
        ]

    @web.middleware
    async def records(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Record the call, whatever comes of it, and wake who waits."""
        chat = self._state.find_chat(request.match_info.get("chat", ""))
        status = 0
        try:
            if chat:
                chat.open_calls += 1
                chat.most_at_once = max(chat.most_at_once, chat.open_calls)
            response = await handler(request)
            status = response.status
        except web.HTTPException as error:
            status = error.status
            problem = f"no such route: {request.method} {request.path}"
            self._state.complaints.append(problem)
            return web.json_response({"error": {"code": "NotFound"}}, status=status)
        finally:
            if chat:
                chat.open_calls -= 1
            call = Call(request.method, request.path, status, time.monotonic())
            self._state.calls.append(call)
            self._state.bell.ring()
        return response

    @web.middleware
    async def answers(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check the token and turn refusals into answers."""
        try:
            self._check_token(request)
            return await handler(request)
        except Refused as refused:
            return web.json_response(refused.body, status=refused.status)
        finally:
            # What was done is there to see, however late its answer comes.
            self._state.bell.ring()

    def _check_token(self, request: web.Request) -> None:
        header = request.headers.get("Authorization", "")
        inside = request.path.startswith(PREFIX) and self.requires_tokens
        if inside and not self._identity.accepts(header):
            raise Refused(401, "Unauthorized", "Authorization has been denied.")

    async def _create(self, request: web.Request) -> web.Response:
        body = await _read(request)
        channel = ((body.get("channelData") or {}).get("channel") or {}).get("id")
        if channel:
            chat = self._chat(channel)
            message = self._keep(chat, body.get("activity") or {}, thread="")
            answer = {"id": f"{chat.id};messageid={message.thread}", "activityId": message.id}
            return web.json_response(answer, status=201)
        return web.json_response({"id": self._personal(body).id}, status=201)

    def _personal(self, body: Json) -> Chat:
        members = body.get("members") or []
        tenant = (body.get("channelData") or {}).get("tenant") or {"id": body.get("tenantId")}
        if body.get("isGroup") or len(members) != 1 or not tenant.get("id"):
            raise Refused(400, "BadSyntax", "One member and a tenant are needed.")
        person = self._find_person(str(members[0].get("id")))
        if person is None or not person.object_id:
            raise Refused(400, "BadArgument", "Unknown or anonymous user.")
        chat = self._state.personal_chat(person)
        if not chat.has_bot:
            raise Refused(403, "ForbiddenOperation", "The app is not installed for the user.")
        return chat

    async def _post(self, request: web.Request) -> web.Response:
        wanted = request.match_info["chat"]
        chat = self._chat(wanted)
        activity = await _read(request)
        if activity.get("type") == "typing":
            return web.json_response({"id": self._state.next_id()}, status=201)
        _, _, thread = wanted.partition(";messageid=")
        reply_to = request.match_info.get("message", "") if chat.kind == "channel" else ""
        if activity.get("text") and activity.get("attachments"):
            # Teams makes two messages of this and gives the id of neither.
            self._state.complaints.append("text and card in one message: no id comes back")
            self._keep(chat, activity | {"attachments": []}, thread)
            self._keep(chat, activity | {"text": ""}, thread)
            return web.json_response({}, status=201)
        message = self._keep(chat, activity, thread or reply_to)
        return web.json_response({"id": message.id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        message = self._message(request)
        activity = await _read(request)
        self._check(message.chat, activity)
        message.versions.append(activity)
        return web.json_response({"id": message.id})

    async def _delete(self, request: web.Request) -> web.Response:
        self._message(request).deleted = True
        return web.Response(status=200)

    async def _members(self, request: web.Request) -> web.Response:
        chat = self._chat(request.match_info["chat"])
        try:
            start = int(request.query.get("continuationToken") or 0)
            size = int(request.query.get("pageSize") or LARGEST_PAGE)
        except ValueError:
            raise Refused(400, "BadArgument", "Invalid continuation token.") from None
        end = start + min(max(size, SMALLEST_PAGE), LARGEST_PAGE)
        page = [person.member("objectId") for person in chat.members[start:end]]
        more = {"continuationToken": str(end)} if end < len(chat.members) else {}
        return web.json_response({"members": page} | more)

    async def _member(self, request: web.Request) -> web.Response:
        chat = self._chat(request.match_info["chat"])
        wanted = request.match_info["member"]
        for person in chat.members:
            if wanted in {person.mri, person.object_id}:
                # Rosters say objectId or aadObjectId, so each of the two routes takes one.
                return web.json_response(person.member("aadObjectId"))
        raise Refused(404, "MemberNotFoundInConversation")

    def _chat(self, conversation_id: str) -> Chat:
        chat = self._state.find_chat(conversation_id)
        if chat is None:
            raise Refused(404, "ConversationNotFound", "Conversation not found.")
        if not chat.has_bot:
            raise Refused(403, "BotNotInConversationRoster", BOT_MISSING)
        return chat

    def _message(self, request: web.Request) -> Message:
        message = self._chat(request.match_info["chat"]).message(request.match_info["message"])
        if message is None:
            raise Refused(404, "ActivityNotFoundInConversation")
        return message

    def _find_person(self, wanted: str) -> Person | None:
        people = self._state.people
        by_object_id = (one for one in people.values() if one.object_id == wanted)
        return people.get(wanted) or next(by_object_id, None)

    def _keep(self, chat: Chat, activity: Json, thread: str) -> Message:
        self._check(chat, activity)
        if not (activity.get("text") or activity.get("attachments")):
            raise Refused(400, "BadSyntax", "The message is empty.")
        message_id = self._state.next_id()
        message = Message(message_id, chat, thread or message_id, [activity])
        chat.all_messages.append(message)
        return message

    def _check(self, chat: Chat, activity: Json) -> None:
        for card in cards_of(activity):
            problem = self._state.problem_with(card, shared=chat.is_shared)
            if problem:
                self._state.complaints.append(problem)
        if problem := problem_with(activity, shared=chat.is_shared):
            self._state.complaints.append(problem)


async def _read(request: web.Request) -> Json:
    text = await request.text()
    if len(text.encode("utf-16-le")) > LARGEST_MESSAGE:
        raise Refused(413, "MessageSizeTooBig", "Message size too large.")
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "BadSyntax", "Not an activity.")
    return body

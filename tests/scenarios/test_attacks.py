"""Votes that must not count: each is answered rightly, and nothing changes."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from actions.choice import MOST_OPTIONS
from cards.envelope import Envelope
from tests.bot.servers import serving
from tests.scenarios.conftest import Shift
from tests.scenarios.votes import counts, vote
from tests.storage.databases import migrated_sqlite
from tests.teams import Answer, Forgery, Message, Teams, User
from tests.teams.cards import actions, rows, text

STRANGER_TENANT = "22222222-2222-4222-8222-222222222222"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """What is refused does not depend on the database."""
    return migrated_sqlite(tmp_path / "muster.db")


@pytest.fixture
async def poll(shift: Shift) -> AsyncIterator[Message]:
    """Give a poll on which only Ben's vote for sushi counts, also at the end."""
    message = await shift.poll()
    await shift.ben.taps(shift.chat, message, "Choose Sushi")
    yield message
    answer = await shift.ada.refreshes(shift.chat, message)
    assert counts(answer.card or {}) == {"Pizza": 0, "Sushi": 1, "Salad": 0}


def data_of(message: Message, title: str) -> dict[str, Any]:
    """Give what a row of the shared card sends."""
    return dict(next(a for a in actions(message.card) if a["title"] == title)["data"])


async def attack(
    shift: Shift, who: User, message: Message, forged: Forgery, title: str = "Choose Pizza"
) -> Answer:
    """Press a row with something forged."""
    data = data_of(message, title)
    return await who.executes(shift.chat, message, "choose", data, forged=forged)


async def test_a_vote_from_another_conversation_is_not_found(shift: Shift, poll: Message) -> None:
    mallory = shift.teams.user("Mallory")
    elsewhere = shift.teams.group_chat([mallory], "Elsewhere")
    answer = await mallory.executes(elsewhere, None, "choose", data_of(poll, "Choose Pizza"))
    assert answer.message == "This is not here, or not meant for this chat."


async def test_a_vote_from_another_tenant_is_refused(shift: Shift, poll: Message) -> None:
    answer = await attack(shift, shift.ben, poll, Forgery(tenant_id=STRANGER_TENANT))
    assert answer.status == 403


async def test_a_person_outside_the_audience_cannot_vote_from_their_own_chat(
    shift: Shift, poll: Message
) -> None:
    mallory = shift.teams.user("Mallory")
    own = shift.teams.personal(mallory)
    answer = await mallory.executes(own, None, "choose", data_of(poll, "Choose Pizza"))
    assert answer.message == "This is not here, or not meant for this chat."
    for verb in ("results", "responded", "open", "manage", "close", "delete", "show"):
        stolen = Envelope(verb, _action_id(poll)).encode()
        answer = await mallory.executes(own, None, verb, stolen)
        assert answer.message == "This is not here, or not meant for this chat."


BAD_TOKENS: dict[str, dict[str, Any]] = {
    "forged": {"foreign_key": True},
    "expired": {"expires_in": -600},
    "not yet valid": {"starts_in": 600},
    "for another bot": {"audience": "33333333-3333-4333-8333-333333333333"},
    "from another issuer": {"issuer": "https://sts.windows.net/evil/"},
    "for another service": {"service_url": "https://evil.example/teams/"},
    "unsigned": {"algorithm": "none"},
    "signed with the public key": {"algorithm": "HS256"},
    "of an unknown key": {"kid": "unknown"},
    "without a key id": {"without": ["kid"]},
    "without an end": {"without": ["exp"]},
    "without an issuer": {"without": ["iss"]},
    "without an audience": {"without": ["aud"]},
    "without a service": {"without": ["serviceurl"]},
}


@pytest.mark.parametrize("wrong", BAD_TOKENS.values(), ids=list(BAD_TOKENS))
async def test_a_vote_with_a_bad_token_is_401(
    shift: Shift, poll: Message, wrong: dict[str, Any]
) -> None:
    token = shift.teams.token(**wrong)
    answer = await attack(shift, shift.ben, poll, Forgery(token=token))
    assert answer.status == 401


@pytest.mark.parametrize("token", ["", "garbage", "a.b.c", "é"], ids=ascii)
async def test_a_vote_without_a_token_is_401(shift: Shift, poll: Message, token: str) -> None:
    answer = await attack(shift, shift.ben, poll, Forgery(token=token))
    assert answer.status == 401


async def test_a_vote_without_its_service_url_is_401(shift: Shift, poll: Message) -> None:
    answer = await attack(shift, shift.ben, poll, Forgery(without=("serviceUrl",)))
    assert answer.status == 401


async def test_a_service_elsewhere_gets_no_token_though_its_own_is_good(
    shift: Shift, poll: Message
) -> None:
    asked: list[str] = []

    async def ask(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization", ""))
        return web.json_response({"id": "1"})

    async with serving([web.route("*", "/{anything:.*}", ask)]) as address:
        evil = f"{address.replace('127.0.0.1', 'localhost')}/teams/"
        forged = Forgery(token=shift.teams.token(service_url=evil), service_url=evil)
        assert await shift.ben.says(shift.chat, "help", forged=forged) == 200
        data = data_of(poll, "Choose Sushi")
        answer = await shift.ben.executes(shift.chat, poll, "choose", data, forged=forged)
        assert answer.status == 200
    assert asked == []
    # Whoever comes by the right way is served as before.
    await shift.ben.says(shift.chat, "help")
    await shift.chat.wait_for_message(2)


async def test_an_unknown_option_changes_nothing(shift: Shift, poll: Message) -> None:
    unknown = Envelope("choose", _action_id(poll), "zzzzzz").encode()
    answer = await shift.ben.executes(shift.chat, poll, "choose", unknown)
    assert "This option is no longer there. Choose another." in text(answer.card)
    assert "✔ You voted: Sushi" in text(answer.card)


async def test_an_unknown_action_or_verb_changes_nothing(shift: Shift, poll: Message) -> None:
    for envelope in (
        Envelope("choose", "01970000-0000-7000-8000-000000000000", "a"),
        Envelope("explode", _action_id(poll), "a"),
        Envelope("choose", "x' OR 1=1 --", "a"),
        Envelope("choose", "", ""),
    ):
        answer = await shift.ben.executes(shift.chat, poll, envelope.verb, envelope.encode())
        assert answer.status == 200
        assert answer.message or answer.card


@pytest.mark.parametrize(
    "data",
    [None, [], "text", 7, {}, {"muster": 1}, {"muster": "2 choose x y"}, {"muster": ["1"]}],
    ids=repr,
)
async def test_a_button_of_another_make_is_told_so(
    shift: Shift, poll: Message, data: object
) -> None:
    answer = await shift.ben.executes(shift.chat, poll, "choose", data)
    assert answer.message == "This button is from another version. Ask for the card again."


async def test_too_many_options_are_refused_by_tap_and_by_form(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    fields = {"title": "Which two?", "more": "A\nB\nC", "choose": "several", "most": "2"}
    await dialog.submits("Preview", fields)
    await dialog.sends()
    message = await shift.chat.wait_for_message(1)
    stale = {title: data_of(message, title) for title in rows(message.card)}
    for title in ("Choose A", "Choose B"):
        await shift.ben.executes(shift.chat, message, "choose", stale[title])
    answer = await shift.ben.executes(shift.chat, message, "choose", stale["Choose C"])
    assert "You can choose at most 2. Take one back first." in text(answer.card)
    everything = ",".join(d["muster"].split()[-1] for d in stale.values())
    form = Envelope("vote", _action_id(message)).encode() | {"answer": everything}
    answer = await shift.ben.executes(shift.chat, message, "vote", form)
    assert "Choose at most 2." in text(answer.card)
    answer = await shift.ben.refreshes(shift.chat, message)
    assert counts(answer.card or {}) == {"A": 1, "B": 1, "C": 0}


async def test_after_closing_a_stale_card_changes_nothing(shift: Shift, poll: Message) -> None:
    stale = data_of(poll, "Choose Pizza")
    close = Envelope("close", _action_id(poll)).encode()
    refused = await shift.ben.executes(shift.chat, poll, "close", close)
    assert refused.message == "Only the person who made this can do that."
    await shift.ada.executes(shift.chat, poll, "close", close)
    answer = await shift.ben.executes(shift.chat, poll, "choose", stale)
    assert "This is closed, so your answer was not counted." in text(answer.card)
    assert rows(answer.card or {}) == []


async def test_a_double_tap_and_a_replayed_take_back_flip_nothing(
    shift: Shift, poll: Message
) -> None:
    activity = vote(shift.teams, shift.ben, poll, "Sushi")
    for _ in range(3):
        status, _body = await shift.teams.post_raw(activity)
        assert status == 200
    pizza = data_of(poll, "Choose Pizza")["muster"].split()[-1]
    back = Envelope("take_back", _action_id(poll), pizza).encode()
    answer = await shift.ben.executes(shift.chat, poll, "take_back", back)
    assert "✔ You voted: Sushi" in text(answer.card)


async def test_only_the_creator_manages_also_with_a_forged_envelope(
    shift: Shift, poll: Message
) -> None:
    for verb in ("manage", "close", "reopen", "ask_delete", "delete", "duplicate", "edit"):
        envelope = Envelope(verb, _action_id(poll)).encode()
        answer = await shift.ben.executes(shift.chat, poll, verb, envelope)
        assert answer.message == "Only the person who made this can do that."


MALFORMED: dict[str, tuple[bytes, dict[str, str], int]] = {
    "no JSON": (b"{", {"Content-Type": "application/json"}, 400),
    "a list": (b"[]", {"Content-Type": "application/json"}, 400),
    "no type": (b"{}", {"Content-Type": "application/json"}, 400),
    "text": (b"hello", {"Content-Type": "text/plain"}, 415),
    "too large": (b'"' + b"x" * 300_000 + b'"', {"Content-Type": "application/json"}, 413),
    "deep": (b"[" * 100_000, {"Content-Type": "application/json"}, 400),
    "bad bytes": (b'{"type":"\xff"}', {"Content-Type": "application/json"}, 400),
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_request_is_its_4xx(muster: str, teams: Teams, name: str) -> None:
    body, headers, status = MALFORMED[name]
    headers = {**headers, "Authorization": f"Bearer {teams.token()}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{muster}/api/messages", data=body, headers=headers) as answer,
    ):
        assert answer.status == status
        assert set(json.loads(await answer.read())["error"]) == {"code", "message"}


async def test_only_post_is_allowed(muster: str) -> None:
    async with aiohttp.ClientSession() as session:
        for method in ("GET", "PUT", "DELETE", "PATCH"):
            async with session.request(method, f"{muster}/api/messages") as answer:
                assert answer.status == 405


async def test_the_limits_of_a_poll_hold_against_a_client_of_ones_own(shift: Shift) -> None:
    texts = "|".join(str(number) for number in range(MOST_OPTIONS + 1))
    await shift.ada.says(shift.chat, f"poll Too many | {texts}")
    message = await shift.chat.wait_for_message(1)
    assert "Give 2 to 25 options; you have 26." in text(message.card)


def _action_id(message: Message) -> str:
    return str(data_of(message, rows(message.card)[0])["muster"]).split()[2]

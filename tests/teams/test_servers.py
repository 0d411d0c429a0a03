"""The key server, the token server, the connector and their faults."""

import asyncio
import os
import sys
from urllib.parse import quote

import aiohttp
import pytest

from tests.teams import Forgery, Teams
from tests.teams.cards import texts
from tests.teams.echo_bot import Bot, Json, a_card, a_posting, an_input

AZURE = """
import asyncio, os
from azure.identity.aio import ClientSecretCredential

async def main():
    names = ("TenantId", "Id", "Password")
    wanted = [os.environ[f"MicrosoftApp{name}"] for name in names]
    login = os.environ["MUSTER_LOGIN_URL"]
    options = {"authority": login, "disable_instance_discovery": True}
    async with ClientSecretCredential(*wanted, **options) as credential:
        print((await credential.get_token(os.environ["MUSTER_OAUTH_SCOPE"])).token)

asyncio.run(main())
"""


# Keys and tokens


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_in": -600},
        {"audience": "someone-else"},
        {"issuer": "https://evil.example"},
        {"foreign_key": True},
        {"kid": "unknown"},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"without": ["serviceurl"]},
        {"without": ["exp"]},
        {"without": ["kid"]},
    ],
    ids=str,
)
async def test_forged_tokens_are_told_from_good_ones(teams: Teams, bot: Bot, wrong: Json) -> None:
    ada = teams.user("Ada Lovelace")
    chat = teams.personal(ada)
    assert await ada.says(chat, "hi", forged=Forgery(token=teams.token(**wrong))) == 401
    assert await ada.says(chat, "hi", forged=Forgery(token="")) == 401
    assert await ada.says(chat, "hi") == 200
    assert len(bot.heard) == 1


async def test_after_rotation_the_old_key_is_gone(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    chat = teams.personal(ada)
    old = teams.token()
    teams.keys.rotate()
    assert await ada.says(chat, "hi", forged=Forgery(token=old)) == 401
    assert await ada.says(chat, "hi") == 200
    assert (teams.keys.fetches, len(bot.heard)) == (2, 1)


async def test_azure_identity_gets_a_token_over_https(teams: Teams) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        AZURE,
        env=os.environ | teams.subprocess_settings(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await child.communicate()
    assert out.decode().strip() == "bot-token-1", errors.decode()
    assert teams.identity.tokens_issued == 1


async def test_a_wrong_secret_gets_no_token(teams: Teams, bot: Bot) -> None:
    address = f"{teams.url}/{teams.tenant_id}/oauth2/v2.0/token"
    async with bot.session.post(address, data={"client_secret": "guess"}) as response:
        assert response.status == 401


# The connector


async def test_messages_keep_all_their_versions(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    chat = teams.group_chat([ada])
    _, posted = await bot.post(chat.id, a_posting(a_card()))
    path = f"/{quote(chat.id)}/activities/{posted['id']}"
    newer = a_card({"type": "TextBlock", "text": "Dinner?"})
    assert (await bot.call("PUT", path, a_posting(newer)))[0] == 200
    message = await chat.wait_for_message()
    assert (message.updates, texts(message.card)) == (1, ["Dinner?"])
    assert (await bot.call("DELETE", path))[0] == 200
    assert (chat.messages, message.deleted) == ([], True)
    assert (await bot.call("PUT", path, a_posting(newer)))[0] == 404


async def test_waiting_ends_when_the_bot_posts(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    chat = teams.group_chat([ada])
    waiting = asyncio.create_task(chat.wait_for_message(lambda m: m.text == "two"))
    await bot.post(chat.id, {"type": "message", "text": "one"})
    await bot.post(chat.id, {"type": "message", "text": "two"})
    assert (await waiting).text == "two"
    with pytest.raises(TimeoutError, match="'one', 0"):
        await chat.wait_for_message(3, timeout=0.01)


@pytest.mark.parametrize(
    ("chat_id", "activity", "status", "code"),
    [
        ("19:nowhere@thread.v2", {"text": "hi"}, 404, "ConversationNotFound"),
        ("without", {"text": "hi"}, 403, "BotNotInConversationRoster"),
        ("with", {"text": "x" * 60_000}, 413, "MessageSizeTooBig"),
        ("with", {}, 400, "BadSyntax"),
    ],
)
async def test_the_connector_refuses(
    teams: Teams, bot: Bot, chat_id: str, activity: Json, status: int, code: str
) -> None:
    ada = teams.user("Ada Lovelace")
    chats = {"with": teams.group_chat([ada]), "without": teams.group_chat([ada], bot=False)}
    where = chats[chat_id].id if chat_id in chats else chat_id
    answered, body = await bot.post(where, {"type": "message"} | activity)
    assert (answered, body["error"]["code"]) == (status, code)


async def test_without_its_own_token_the_bot_gets_nowhere(teams: Teams, bot: Bot) -> None:
    chat = teams.group_chat([teams.user("Ada Lovelace")])
    bot.token = "guessed"
    assert (await bot.post(chat.id, {"type": "message", "text": "hi"}))[0] == 401
    teams.connector.requires_tokens = False
    assert (await bot.post(chat.id, {"type": "message", "text": "hi"}))[0] == 201


async def test_unknown_routes_are_complained_about(teams: Teams, bot: Bot) -> None:
    assert (await bot.call("GET", "/19:a@thread.v2/members"))[0] == 404
    assert teams.complaints.pop().startswith("no such route: GET /teams/v3")


async def test_chat_that_nobody_has_is_not_found_whatever_its_id(teams: Teams, bot: Bot) -> None:
    for chat_id in ("19:nobody@thread.v2", "{{title}}", "a}b{c", "%7B"):
        status, body = await bot.post(quote(chat_id, safe=""), {"type": "message", "text": "hi"})
        assert (status, body["error"]["code"]) == (404, "ConversationNotFound")
    assert teams.complaints == []


async def test_rosters_come_in_pages(teams: Teams, bot: Bot) -> None:
    people = [teams.user(f"Person {number}") for number in range(120)]
    chat = teams.group_chat(people)
    path = f"/{quote(chat.id)}/pagedmembers?pageSize=10"
    _, first = await bot.call("GET", path)
    assert [one["id"] for one in first["members"]] == [one.mri for one in people[:50]]
    _, last = await bot.call("GET", f"{path}&continuationToken=100")
    assert (len(last["members"]), "continuationToken" in last) == (20, False)


async def test_one_member_is_found_or_not(teams: Teams, bot: Bot) -> None:
    ada, bob = teams.user("Ada Lovelace"), teams.user("Bob", tenant="elsewhere")
    path = f"/{quote(teams.group_chat([bob]).id)}/members"
    status, member = await bot.call("GET", f"{path}/{bob.mri}")
    assert (status, member["tenantId"], member["userRole"]) == (200, "elsewhere", "user")
    assert (await bot.call("GET", f"{path}/{ada.mri}"))[0] == 404


async def test_a_personal_chat_needs_the_app_installed(teams: Teams, bot: Bot) -> None:
    ada, bob = teams.user("Ada Lovelace"), teams.user("Bob")
    chat = teams.personal(ada)
    wanted = {"tenantId": teams.tenant_id, "members": [{"id": ada.mri}]}
    assert await bot.call("POST", "", wanted) == (201, {"id": chat.id})
    status, body = await bot.call("POST", "", wanted | {"members": [{"id": bob.mri}]})
    assert (status, body["error"]["code"]) == (403, "ForbiddenOperation")
    eve = teams.user("Eve", anonymous=True)
    assert (await bot.call("POST", "", wanted | {"members": [{"id": eve.mri}]}))[0] == 400


async def test_the_bot_may_start_a_channel_thread(teams: Teams, bot: Bot) -> None:
    channel = teams.channel("Kitchen", "General", [teams.user("Ada Lovelace")])
    first = {"type": "message", "text": "Lunch?"}
    where = {"isGroup": True, "channelData": {"channel": {"id": channel.id}}}
    status, made = await bot.call("POST", "", where | {"activity": first})
    assert (status, made["id"]) == (201, f"{channel.id};messageid={made['activityId']}")
    await bot.post(made["id"], {"type": "message", "text": "Vote"})
    assert [message.thread for message in channel.messages] == [made["activityId"]] * 2


async def test_calls_at_the_same_time_are_counted(teams: Teams, bot: Bot) -> None:
    chat = teams.group_chat([teams.user("Ada Lovelace")])
    hello = {"type": "message", "text": "hi"}
    await bot.post(chat.id, hello)
    assert chat.most_at_once == 1
    slow = teams.faults.delay(path_contains=chat.id, times=2)
    posting = [asyncio.create_task(bot.post(chat.id, hello)) for _ in range(2)]
    await slow.reached(2)
    slow.release()
    await asyncio.gather(*posting)
    assert chat.most_at_once == 2


async def test_text_beside_a_card_is_split_and_complained_about(teams: Teams, bot: Bot) -> None:
    chat = teams.group_chat([teams.user("Ada Lovelace")])
    posted = await bot.post(chat.id, a_posting(a_card()) | {"text": "Look"})
    assert (posted, len(chat.messages)) == ((201, {}), 2)
    assert teams.complaints.pop().startswith("text and card")


async def post_a_bad_card() -> None:
    """Post a card that phones refuse."""
    async with Teams() as teams, aiohttp.ClientSession() as session:
        chat = teams.group_chat([teams.user("Ada Lovelace")])
        await Bot(teams, session).post(chat.id, a_posting(a_card(version="1.6")))


async def test_leaving_with_a_bad_card_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="version"):
        await post_a_bad_card()


async def test_shared_cards_may_not_have_inputs(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    await bot.post(teams.personal(ada).id, a_posting(a_card(an_input("name"))))
    assert teams.complaints == []
    await bot.post(teams.group_chat([ada]).id, a_posting(a_card(an_input("name"))))
    assert "['name']" in teams.complaints.pop()


# Faults


async def test_faults_answer_so_many_times(teams: Teams, bot: Bot) -> None:
    chat = teams.group_chat([teams.user("Ada Lovelace")])
    hello = {"type": "message", "text": "hi"}
    wait = {"Retry-After": "1"}
    teams.faults.answer(method="POST", path_contains=chat.id, status=429, headers=wait, times=2)
    statuses = [(await bot.post(chat.id, hello))[0] for _ in range(3)]
    assert (statuses, len(chat.messages)) == ([429, 429, 201], 1)
    assert [call.status for call in teams.calls if call.method == "POST"][-3:] == statuses


async def test_delayed_requests_go_on_when_released(teams: Teams, bot: Bot) -> None:
    chat = teams.group_chat([teams.user("Ada Lovelace")])
    slow = teams.faults.delay(path_contains=chat.id)
    posting = asyncio.create_task(bot.post(chat.id, {"type": "message", "text": "hi"}))
    await slow.reached()
    assert (chat.messages, posting.done()) == ([], False)
    slow.release()
    assert ((await posting)[0], len(chat.messages)) == (201, 1)


async def test_a_request_may_be_carried_out_and_still_break(teams: Teams, bot: Bot) -> None:
    chat = teams.group_chat([teams.user("Ada Lovelace")])
    teams.faults.reset(path_contains=chat.id, after=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.post(chat.id, {"type": "message", "text": "hi"})
    assert len(chat.messages) == 1


async def test_silence_lasts_until_it_is_released(teams: Teams, bot: Bot) -> None:
    silence = teams.faults.never_answer(path_contains="/keys", times=None)
    ada = teams.user("Ada Lovelace")
    saying = asyncio.create_task(ada.says(teams.personal(ada), "hi"))
    await silence.reached()
    silence.release()
    assert (await saying, bot.heard) == (500, [])

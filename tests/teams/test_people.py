"""What people say, see and tap."""

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from tests.teams import Forgery, RefusedByClient, Teams
from tests.teams.activities import activity
from tests.teams.cards import rows, texts
from tests.teams.echo_bot import (
    Bot,
    a_card,
    a_card_answer,
    a_poll,
    a_posting,
    an_execute,
    an_input,
)


async def test_a_mention_in_a_group_chat_reaches_the_bot(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace", locale="de-DE")
    chat = teams.group_chat([ada], "Lunch")
    assert await ada.says(chat, "poll") == 200
    (heard,) = bot.heard
    assert heard["text"] == "<at>Muster</at> poll"
    assert heard["entities"][1]["mentioned"]["id"] == teams.bot_mri
    assert heard["from"]["aadObjectId"] == ada.object_id
    assert heard["conversation"]["conversationType"] == "groupChat"
    assert heard["channelData"]["tenant"]["id"] == teams.tenant_id
    assert (heard["locale"], heard["localTimezone"]) == ("de-DE", "Europe/Berlin")
    assert heard["serviceUrl"] == teams.service_url


async def test_without_mention_a_group_message_is_not_delivered(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    assert await ada.says(teams.group_chat([ada]), "poll", mention=False) == 0
    assert await ada.says(teams.personal(ada), "poll", mention=False) == 200
    assert [one["text"] for one in bot.heard] == ["poll"]


async def test_a_channel_message_starts_a_thread(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    channel = teams.channel("Kitchen", "General", [ada])
    await ada.says(channel, "poll")
    (heard,) = bot.heard
    assert heard["conversation"]["id"] == f"{channel.id};messageid={heard['id']}"
    assert heard["channelData"]["team"]["id"] == channel.team_id
    await bot.post(heard["conversation"]["id"], {"type": "message", "text": "here"})
    assert channel.latest.thread == heard["id"]


async def test_installing_tells_the_bot_and_opens_the_personal_chat(
    teams: Teams, bot: Bot
) -> None:
    ada = teams.user("Ada Lovelace")
    chat = await ada.installs()
    assert [one["type"] for one in bot.heard] == ["conversationUpdate", "installationUpdate"]
    assert bot.heard[0]["membersAdded"] == [{"id": teams.bot_mri}]
    assert (await bot.post(chat.id, {"type": "message", "text": "Welcome"}))[0] == 201


async def test_an_anonymous_guest_has_no_object_id(teams: Teams, bot: Bot) -> None:
    eve = teams.user("Eve", anonymous=True)
    await eve.says(teams.group_chat([eve]), "hello")
    assert bot.heard[0]["from"] == {
        "id": eve.mri,
        "name": "Eve (Guest)",
        "tenantId": teams.tenant_id,
        "userRole": "anonymous",
    }


# Cards and what people see


async def test_a_tapped_row_gives_that_person_their_own_card(teams: Teams, bot: Bot) -> None:
    ada, bob = teams.user("Ada Lovelace"), teams.user("Bob")
    message = await bot.shares(a_poll(), ada, bob)
    mine = a_card({"type": "TextBlock", "text": "You chose Pizza"})
    bot.reply = lambda _: a_card_answer(mine)
    answer = await ada.taps(message.chat, message, "Vote Pizza")
    assert (answer.status, answer.card) == (200, mine)
    assert texts(ada.view(message.chat, message)) == ["You chose Pizza"]
    assert rows(bob.view(message.chat, message)) == ["Vote Pizza"]
    heard = bot.heard[-1]
    assert (heard["replyToId"], heard["value"]["trigger"]) == (message.id, "manual")
    sent = heard["value"]["action"]
    assert (sent["type"], sent["verb"], sent["data"]) == (
        "Action.Execute",
        "vote",
        {"option": "p"},
    )


async def test_an_update_clears_own_cards_and_refreshes_those_listed(
    teams: Teams, bot: Bot
) -> None:
    ada, bob = teams.user("Ada Lovelace"), teams.user("Bob")
    message = await bot.shares(a_poll(), ada, bob)
    mine = a_card({"type": "TextBlock", "text": "mine"})
    bot.reply = lambda _: a_card_answer(mine)
    for person in (ada, bob):
        await person.taps(message.chat, message, "Vote Pizza")
    path = f"/{quote(message.chat.id)}/activities/{message.id}"
    await bot.call("PUT", path, a_posting(a_poll(ada.mri)))
    assert texts(ada.view(message.chat, message)) == ["Pizza"]
    assert texts(await ada.looks_at(message.chat, message)) == ["mine"]
    assert bot.heard[-1]["value"]["trigger"] == "automatic"
    seen = len(bot.heard)
    assert [texts(card) for card in await bob.opens_chat(message.chat)] == [["Pizza"]]
    assert len(bot.heard) == seen


async def test_messages_and_errors_are_shown_to_the_person(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    message = await bot.shares(a_poll(), ada)
    said = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message"}
    bot.reply = lambda _: said | {"value": "Closed"}
    assert (await ada.taps(message.chat, message, "Vote Pizza")).message == "Closed"
    assert ada.notices == ["Closed"]
    wrong = {"statusCode": 400, "type": "application/vnd.microsoft.error"}
    bot.reply = lambda _: wrong | {"value": {"code": "gone", "message": "Deleted"}}
    answer = await ada.taps(message.chat, message, "Vote Pizza")
    assert (answer.code, ada.errors) == (400, [{"code": "gone", "message": "Deleted"}])
    bot.reply = lambda _: wrong | {"value": "no object"}
    with pytest.raises(AssertionError, match="do not fit"):
        await ada.taps(message.chat, message, "Vote Pizza")


async def test_an_old_client_sends_the_fallback(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    message = await bot.shares(a_poll(), ada)
    await ada.taps(message.chat, message, "Vote Pizza", old_client=True)
    heard = bot.heard[-1]
    assert (heard["type"], heard["value"]) == ("message", {"verb": "vote", "option": "p"})
    assert "text" not in heard


async def test_a_card_in_a_channel_is_tapped_in_its_thread(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    channel = teams.channel("Kitchen", "General", [ada])
    await bot.post(channel.id, a_posting(a_poll()))
    bot.reply = lambda _: a_card_answer(a_card())
    await ada.taps(channel, channel.latest, "Vote Pizza")
    root = channel.latest.id
    assert bot.heard[-1]["conversation"]["id"] == f"{channel.id};messageid={root}"


async def test_invokes_can_be_forged(teams: Teams, bot: Bot) -> None:
    ada, eve = teams.user("Ada Lovelace"), teams.user("Eve")
    message = await bot.shares(a_poll(), ada)
    own = teams.group_chat([eve])
    bot.reply = lambda _: a_card_answer(a_card())
    forged = Forgery(tenant_id="other", sender={"name": "Ada"}, reply_to_id=message.id)
    answer = await eve.executes(own, None, "vote", {"option": "p"}, forged=forged)
    heard = bot.heard[-1]
    assert (heard["conversation"]["tenantId"], heard["from"]["name"]) == ("other", "Ada")
    assert (answer.status, heard["replyToId"]) == (200, message.id)
    bad = Forgery(token=teams.token(expires_in=-600))
    assert (await eve.executes(own, None, "vote", {}, forged=bad)).status == 401


async def test_inputs_are_merged_and_checked_by_the_client(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    options = [{"title": "Red", "value": "r"}, {"title": "Blue", "value": "b"}]
    many = {"type": "Input.ChoiceSet", "id": "many", "label": "Colours", "choices": options}
    switch = {"type": "Input.Toggle", "id": "named", "title": "Named", "label": "Named"}
    name = an_input("name", isRequired=True, errorMessage="Your name?", maxLength=5)
    card = a_card(
        name,
        an_input("more", value="x"),
        many | {"isMultiSelect": True},
        switch,
        actions=[an_execute("Save", "save", action="1")],
    )
    chat = teams.personal(ada)
    await bot.post(chat.id, a_posting(card))
    bot.reply = lambda _: a_card_answer(a_card())
    with pytest.raises(RefusedByClient, match="Your name"):
        await ada.taps(chat, chat.latest, "Save")
    await ada.taps(
        chat, chat.latest, "Save", {"Name": "Ada", "many": ["Blue", "r"], "named": True}
    )
    (heard,) = bot.heard
    entered = {"name": "Ada", "more": "x", "many": "b,r", "named": "true"}
    assert heard["value"]["action"]["data"] == {"action": "1"} | entered
    with pytest.raises(LookupError, match="only"):
        await ada.taps(chat, chat.latest, "Send")


async def test_a_card_can_be_refreshed_by_hand(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    message = await bot.shares(a_poll(), ada)
    bot.reply = lambda _: a_card_answer(a_card())
    await ada.looks_at(message.chat, message)
    assert bot.heard == []
    await ada.refreshes(message.chat, message)
    value = bot.heard[-1]["value"]
    assert (value["trigger"], value["action"]["verb"]) == ("manual", "show")


async def test_an_own_card_is_refreshed_after_a_minute(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    message = await bot.shares(a_poll(ada.mri), ada)
    bot.reply = lambda _: a_card_answer(a_poll(ada.mri))
    now = datetime.now(UTC)
    teams.state.now = lambda: now
    await ada.looks_at(message.chat, message)
    await ada.looks_at(message.chat, message)
    assert len(bot.heard) == 1
    teams.state.now = lambda: now + timedelta(seconds=61)
    await ada.looks_at(message.chat, message)
    assert len(bot.heard) == 2


async def test_hidden_parts_show_when_toggled(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    more = {"type": "TextBlock", "text": "Details", "id": "more", "isVisible": False}
    toggle = {"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"]}
    message = await bot.shares(a_card(more, actions=[toggle]), ada)
    assert texts(ada.view(message.chat, message)) == []
    await ada.taps(message.chat, message, "More")
    assert texts(ada.view(message.chat, message)) == ["Details"]
    assert (texts(message.card), bot.heard) == ([], [])


async def test_links_open_in_the_client(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    link = {"type": "Action.OpenUrl", "title": "Export", "url": "https://muster.example/e"}
    message = await bot.shares(a_card(actions=[link]), ada)
    await ada.taps(message.chat, message, "Export")
    assert (ada.opened_urls, bot.heard) == (["https://muster.example/e"], [])


async def test_members_come_and_go(teams: Teams, bot: Bot) -> None:
    ada, bob = teams.user("Ada Lovelace"), teams.user("Bob")
    chat = teams.group_chat([ada], bot=False)
    await teams.add_bot(chat, by=ada)
    await teams.add_member(chat, bob, by=ada)
    await teams.remove_member(chat, bob, by=ada)
    await teams.remove_bot(chat, by=ada)
    assert await teams.add_member(chat, bob, by=ada) == 0
    changes = [key for one in bot.heard for key in one if key.startswith("members")]
    assert changes == ["membersAdded", "membersAdded", "membersRemoved", "membersRemoved"]
    assert bot.heard[2]["membersAdded"][0]["aadObjectId"] == bob.object_id


async def test_who_leaves_a_team_leaves_its_channels_and_the_bot_is_told_once(
    teams: Teams, bot: Bot
) -> None:
    ada, bob = teams.user("Ada Lovelace"), teams.user("Bob")
    channels = [teams.channel("Kitchen", name, [ada, bob]) for name in ("General", "Menus")]
    other = teams.channel("Garden", "General", [ada, bob])
    assert await teams.remove_from_team("Kitchen", bob, by=ada) == 200
    assert [len(channel.members) for channel in (*channels, other)] == [1, 1, 2]
    (heard,) = bot.heard
    assert heard["channelData"]["eventType"] == "teamMemberRemoved"
    assert heard["channelData"]["team"]["id"] == channels[0].team_id


async def test_many_raw_activities_share_one_token(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    built = activity(teams.state, ada, teams.personal(ada), "message")
    sent = await asyncio.gather(*(teams.post_raw(built) for _ in range(50)))
    assert sent == [(200, b"")] * 50
    assert len(bot.heard) == 50

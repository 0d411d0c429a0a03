"""Dialogs, opened by buttons and by commands."""

from tests.teams import Teams
from tests.teams.cards import labels
from tests.teams.echo_bot import Bot, a_card, a_poll, a_posting, a_submit, a_task, an_input


async def test_a_button_opens_a_dialog_of_several_steps(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    button = a_submit("Answer", msteams={"type": "task/fetch"}, action="1")
    message = await bot.shares(a_card(actions=[button]), ada)
    bot.reply = lambda _: a_task(a_card(an_input("name"), actions=[a_submit("Next", step=1)]))
    dialog = await ada.opens(message.chat, message, "Answer")
    assert (dialog.title, labels(dialog.card)) == ("Form", {"name": "Name"})
    assert bot.heard[-1]["value"]["data"]["action"] == "1"
    bot.reply = lambda _: {"task": {"type": "message", "value": "Thanks"}}
    await dialog.submits("Next", {"name": "Ada"})
    assert (bot.heard[-1]["name"], dialog.message, dialog.closed) == (
        "task/submit",
        "Thanks",
        True,
    )
    assert bot.heard[-1]["value"]["data"] == {"step": 1, "name": "Ada"}


async def test_a_command_previews_and_sends(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    chat = teams.group_chat([ada], bot=False)
    bot.reply = lambda _: a_task(a_card(an_input("title"), actions=[a_submit("Preview")]))
    dialog = await ada.uses_command(chat, "poll", message="<p>Lunch?</p>")
    asked = bot.heard[-1]["value"]
    assert (asked["commandId"], asked["commandContext"]) == ("poll", "message")
    assert asked["messagePayload"]["body"]["content"] == "<p>Lunch?</p>"
    preview = {"type": "message", "attachments": a_posting(a_poll())["attachments"]}
    shown = {"type": "botMessagePreview", "activityPreview": preview}
    bot.reply = lambda _: {"composeExtension": shown}
    await dialog.submits("Preview", {"title": "Lunch?"})
    assert dialog.preview == a_poll()
    asked_again = a_task(a_card(an_input("title"), actions=[a_submit("Preview")]))
    bot.reply = lambda _: asked_again
    await dialog.edits()
    assert bot.heard[-1]["value"]["botMessagePreviewAction"] == "edit"
    bot.reply = lambda _: {"composeExtension": shown}
    await dialog.submits("Preview", {"title": "Dinner?"})
    bot.reply = lambda _: {}
    await dialog.sends()
    sent = bot.heard[-1]["value"]
    assert (sent["commandId"], sent["botMessagePreviewAction"]) == ("poll", "send")
    assert sent["botActivityPreview"][0]["attachments"][0]["content"] == a_poll()
    assert (dialog.closed, chat.has_bot) == (True, True)


async def test_just_in_time_install_adds_the_bot(teams: Teams, bot: Bot) -> None:
    ada = teams.user("Ada Lovelace")
    chat = teams.group_chat([ada], bot=False)
    install = a_submit("Add", msteams={"justInTimeInstall": True})
    bot.reply = lambda _: a_task(a_card(actions=[install]))
    dialog = await ada.uses_command(chat, "poll")
    bot.reply = lambda _: a_task(a_card(), "Poll")
    await dialog.submits("Add")
    kinds = [one.get("name", one["type"]) for one in bot.heard[1:]]
    submit = "composeExtension/submitAction"
    assert kinds == ["conversationUpdate", "installationUpdate", submit]
    assert bot.heard[-1]["value"]["data"]["msteams"] == {"justInTimeInstall": True}
    assert dialog.title == "Poll"

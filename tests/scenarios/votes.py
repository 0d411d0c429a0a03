"""Votes by the hundred, as Teams would send them."""

import re
from collections import Counter

import orjson

from tests.teams import Chat, Message, Teams, User
from tests.teams.activities import Json, invoke
from tests.teams.cards import actions, text


def vote(teams: Teams, user: User, message: Message, option: str) -> Json:
    """Give the invoke of a tap on an option of the shared card."""
    action = next(a for a in actions(message.card) if a.get("title") == f"Choose {option}")
    value = {"action": action, "trigger": "manual"}
    return invoke(teams.state, user, message.chat, "adaptiveCard/action", value, message)


async def press(teams: Teams, user: User, message: Message, option: str) -> bool:
    """Vote; gives whether the bot answered that the vote is stored."""
    status, body = await teams.post_raw(vote(teams, user, message, option))
    answer = orjson.loads(body) if body else {}
    return status == 200 and f"✔ You voted: {option}" in text(answer.get("value") or {})


def crowd(teams: Teams, count: int) -> tuple[Chat, list[User]]:
    """Make a group chat of many people."""
    people = [teams.user(f"Person {number:04}") for number in range(count)]
    return teams.group_chat(people, "Everyone"), people


def counts(card: Json) -> Counter[str]:
    """Read the options' counts off a poll's card."""
    found = re.findall(r"^(?:✔ )?(?:🏆 )?(.+)\n(\d+) · \d+%$", text(card), re.MULTILINE)
    return Counter({option: int(count) for option, count in found})

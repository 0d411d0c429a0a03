"""Verbs that remind people, and look at what became of it."""

from typing import Final

from actions import reminding
from actions.errors import Closed
from bot.managing import managed
from bot.press import Outcome, Press
from cards.sentences import sentence
from dialogs.reminding import SURE, ask_screen, outcome_screen, sent_screen

MANY: Final = 20
"""So many people are reminded without asking before."""


async def remind(press: Press) -> Outcome:
    """Remind everyone who has not responded; of many people it is asked about first."""
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        if press.envelope.argument != SURE:
            count = await reminding.missing(ports, caller, action_id)
            if count > MANY:
                return ask_screen(await managed(press), count, press.setting())
        done = await reminding.remind(ports, caller, action_id)
    except Closed as refused:
        return await _outcome(press, sentence(press.texts, refused))
    return sent_screen(await managed(press), done, press.setting())


async def reminders(press: Press) -> Outcome:
    """Show what became of the last reminders."""
    return await _outcome(press)


async def _outcome(press: Press, notice: str = "") -> Outcome:
    found = await reminding.last_reminders(press.ports, press.caller, press.envelope.action)
    return outcome_screen(found, press.setting(notice))

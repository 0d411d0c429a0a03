"""The verb that adds an option to a poll, by its form."""

from dataclasses import replace

from actions import adding
from actions.errors import MusterError
from bot.answering import refused_form
from bot.press import Outcome, Press
from cards.markdown import plain
from cards.parts import LONGEST_LABEL
from dialogs.kinds import form


async def add_option(press: Press) -> Outcome:
    """Add an option in the presser's own words; what they chose in the form stays chosen."""
    words, ticked = press.inputs.get(adding.FIELD, ""), press.inputs.get("answer", "")
    try:
        seen = await adding.add_option(press.ports, press.caller, press.envelope.action, words)
    except MusterError as refused:
        return await refused_form(press, refused, {adding.FIELD: words, "answer": ticked})
    option = plain(words, LONGEST_LABEL)
    done = press.texts(
        "“{option}” can be chosen now. To vote for it, choose it and press Vote.", option=option
    )
    setting = replace(press.setting(done=done), typed={"answer": ticked})
    return form(seen.action.kind).respond(seen, setting)

"""Verbs about what is posted later: a series, and the results across it."""

from actions import scheduling, series_results
from actions.errors import NotAllowed
from actions.fields import whole
from actions.series import Series
from bot.press import Outcome, Press
from cards.sentences import sentence
from dialogs.create import form_screen
from dialogs.series import (
    ask_delete_screen,
    deleted_series_screen,
    scheduled_screen,
    series_screen,
)
from dialogs.series_results import postings_screen, together_screen


async def open_series(press: Press) -> Outcome:
    """Show one scheduled thing."""
    return await shown(press, press.envelope.action)


async def edit(press: Press) -> Outcome:
    """Open the form that changes a series."""
    draft = await scheduling.start_edit(press.ports, press.caller, press.envelope.action)
    return form_screen(draft, press.setting())


async def post_now(press: Press) -> Outcome:
    """Post the next one at once."""
    number = whole(press.envelope.argument) or 0
    await scheduling.post_now(press.ports, press.caller, press.envelope.action, number)
    done = press.texts("It is posted.")
    return await shown(press, press.envelope.action, done=done)


async def stop(press: Press) -> Outcome:
    """Post nothing more of it for now."""
    await scheduling.stop(press.ports, press.caller, press.envelope.action)
    return await shown(press, press.envelope.action)


async def resume(press: Press) -> Outcome:
    """Go on with it at its next time."""
    try:
        await scheduling.resume(press.ports, press.caller, press.envelope.action)
    except NotAllowed as refused:
        return await shown(press, press.envelope.action, notice=sentence(press.texts, refused))
    return await shown(press, press.envelope.action, done=press.texts("It goes on."))


async def ask_delete(press: Press) -> Outcome:
    """Ask before deleting."""
    found = await series_results.about(press.ports, press.caller, press.envelope.action)
    return ask_delete_screen(found, press.setting())


async def delete(press: Press) -> Outcome:
    """Delete a series; what was posted of it stays."""
    await scheduling.delete(press.ports, press.caller, press.envelope.action)
    return deleted_series_screen(press.setting())


async def results(press: Press) -> Outcome:
    """Show a page of what was posted of a series."""
    before = press.place().before
    found = await series_results.postings(press.ports, press.caller, press.envelope.action, before)
    return postings_screen(found, press.setting())


async def together(press: Press) -> Outcome:
    """Show the results of all postings of a series as one."""
    first = press.place().first
    found = await series_results.together(press.ports, press.caller, press.envelope.action, first)
    return together_screen(found, press.setting())


async def receipt(press: Press, series: Series) -> Outcome:
    """Say that something is scheduled now. Raises NotFound, NotAllowed."""
    found = await series_results.about(press.ports, press.caller, series.id)
    return scheduled_screen(found, press.setting())


async def shown(press: Press, series_id: str, notice: str = "", done: str = "") -> Outcome:
    """Show a series with what a press did, or why it did not. Raises NotFound, NotAllowed."""
    found = await series_results.about(press.ports, press.caller, series_id)
    return series_screen(found, press.setting(notice, done))

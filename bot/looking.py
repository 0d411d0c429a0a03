"""Verbs that look at an action's results and people."""

from actions import viewing
from bot.press import Outcome, Press
from dialogs import results


async def summary(press: Press) -> Outcome:
    """Show the results as a whole."""
    return results.summary_screen(await _view(press), press.setting())


async def responded(press: Press) -> Outcome:
    """Show a page of who responded."""
    search, start = _page(press)
    people = await viewing.responded(
        press.ports, press.caller, press.envelope.action, search, start
    )
    return results.responded_screen(people, press.setting())


async def not_responded(press: Press) -> Outcome:
    """Show a page of who did not respond."""
    search, start = _page(press)
    people = await viewing.not_responded(
        press.ports, press.caller, press.envelope.action, search, start
    )
    return results.not_responded_screen(people, press.setting())


async def mine(press: Press) -> Outcome:
    """Show the reader's own response."""
    return results.mine_screen(await _view(press), press.setting())


async def _view(press: Press) -> viewing.View:
    return await viewing.view(press.ports, press.caller, press.envelope.action)


def _page(press: Press) -> tuple[str, str]:
    """A search that was just typed starts from the first page."""
    search, start = results.read_page(press.envelope.argument)
    if not press.envelope.argument:
        search = press.inputs.get("search", "").strip()[: results.LONGEST_SEARCH]
    return search, start

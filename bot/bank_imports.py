"""Files of questions that someone sends to the bot: fetched, read and told about afterwards."""

import asyncio

import structlog
from microsoft_teams.cards.core import AdaptiveCard

from actions.banked import ImportReport
from actions.banking import keep_file
from actions.errors import MusterError, NotDelivered, NotFound
from bot.bank_files import LARGEST, read_file
from bot.reception import Reception, caller, host_of, texts_of
from bot.turn import SentFile, Turn
from cards.sentences import sentence
from cards.welcome import message
from dialogs.bank_import import report_screen
from dialogs.screen import Setting

log = structlog.get_logger()


async def import_file(reception: Reception, turn: Turn, file: SentFile) -> None:
    """Put a file's questions into the sender's bank, and answer with what came of it.

    Teams may deliver a message twice: what is there already is not added again.
    """
    texts = texts_of(turn)
    try:
        report = await _imported(reception, turn, file)
    except MusterError as refused:
        log.info("refused", invoke="file", code=refused.code)
        words = sentence(texts, refused)
        card: AdaptiveCard = message(texts, words)
        await reception.say(turn, card, words)
        return
    screen = report_screen(report, 0, Setting(host_of(turn), texts))
    await reception.say(turn, screen.card, screen.title)


async def _imported(reception: Reception, turn: Turn, file: SentFile) -> ImportReport:
    try:
        data = await reception.files.fetch(file.address, LARGEST)
    except NotDelivered as failure:
        raise NotFound("file_not_fetched", reason=failure.code) from failure
    read = await asyncio.to_thread(read_file, data, file.name)
    return await keep_file(reception.ports, caller(turn), read)

"""What each verb does: the one list. A verb that is not here is a tap that its kind knows."""

from collections.abc import Mapping

from bot import answering, looking, making, managing
from bot.press import Outcome, Press, Verb

VERBS: Mapping[str, Verb] = {
    "create": making.create,
    "draft.open": making.open_draft,
    "draft.preview": making.preview,
    "draft.turn": making.turn,
    "draft.keep": making.keep,
    "draft.discard": making.discard,
    "draft.send": making.send,
    "draft.apply": making.apply_edit,
    "refresh": answering.show,
    "show": answering.show,
    "open": answering.open_form,
    "vote": answering.vote,
    "withdraw": answering.withdraw,
    "results": looking.summary,
    "responded": looking.responded,
    "not_responded": looking.not_responded,
    "my_response": looking.mine,
    "manage": managing.manage,
    "close": managing.close,
    "reopen": managing.reopen,
    "ask_delete": managing.ask_delete,
    "delete": managing.delete,
    "duplicate": managing.duplicate,
    "edit": managing.edit,
    "mine": managing.mine,
    "drafts": managing.drafts,
    "help": managing.show_help,
}


async def carry_out(press: Press) -> Outcome:
    """Do what a press asks. Raises MusterError."""
    return await VERBS.get(press.envelope.verb, answering.tap)(press)

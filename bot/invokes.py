"""Teams' invokes: a card's button, a dialog, the message extension."""

from collections.abc import Mapping

import structlog

from actions import drafting
from actions.action import Posting
from actions.errors import TOO_FAST, MusterError, NotFound
from bot import answers
from bot.answers import Body
from bot.commands import plain_text
from bot.file_consent import Reply
from bot.in_place import Spot
from bot.press import Outcome, Press
from bot.reception import Reception, caller, host_of, is_personal, texts_of
from bot.turn import Turn
from bot.verbs import OF_DRAFTS, carry_out
from cards.envelope import Envelope, find
from cards.parts import Host
from cards.sentences import FAILED, sentence
from cards.welcome import confirmation, install_first, message
from dialogs.create import form_screen
from dialogs.screen import Screen

log = structlog.get_logger()


class Invokes:
    """Answers every invoke within seconds; what is slow happens after the answer."""

    reception: Reception

    async def card_action(self, turn: Turn) -> Body:
        """Answer adaptiveCard/action: someone tapped a card of ours, or Teams refreshes it."""
        action = turn.value.get("action")
        data = action.get("data") if isinstance(action, Mapping) else None
        try:
            await self.reception.remember(turn)
            press = self.reception.press(turn, data, host=host_of(turn))
            outcome = await self._in_place(turn, press, await carry_out(press))
        except MusterError as failure:
            _log(turn, failure)
            return answers.say_to_card_action(sentence(texts_of(turn), failure))
        return answers.to_card_action(outcome)

    async def dialog_fetch(self, turn: Turn) -> Body:
        """Answer task/fetch: a card's button opens a dialog."""
        return await self._in_dialog(turn) or answers.say_to_dialog("✔")

    async def dialog_submit(self, turn: Turn) -> Body | None:
        """Answer task/submit: a button of a dialog was pressed."""
        return await self._in_dialog(turn)

    async def extension_fetch(self, turn: Turn) -> Body:
        """Answer composeExtension/fetchTask: someone chose a command below the message field."""
        texts = texts_of(turn)
        try:
            place = await self.reception.remember(turn)
            if not await self.reception.messenger.is_in(place):
                return answers.dialog("Muster", install_first(texts))
            create = Envelope("create", argument=str(turn.value.get("commandId", "")))
            press = self.reception.press_of(
                turn, create, {"title": _quoted(turn)}, host=Host.DIALOG, extension=True
            )
            outcome = await carry_out(press)
        except MusterError as failure:
            return self._failure_dialog(turn, failure)
        return answers.to_dialog(outcome) or {}

    async def extension_submit(self, turn: Turn) -> Body:
        """Answer composeExtension/submitAction: a form's button, or Teams just added the bot.

        An empty answer would close the dialog in Teams, and be an error in the Playground.
        """
        if _just_installed(turn):
            return await self.extension_fetch(turn)
        texts = texts_of(turn)
        done = answers.dialog("Muster", confirmation(texts, texts("It is posted.")))
        return await self._in_dialog(turn, extension=True) or done

    async def preview_edit(self, turn: Turn) -> Body:
        """Answer Edit below the preview of the message extension."""
        try:
            draft = await drafting.own_draft(self.reception.ports, caller(turn), _previewed(turn))
        except MusterError as failure:
            return self._failure_dialog(turn, failure)
        press = self._extension_press(turn, Envelope("draft.open", draft.id, draft.kind))
        return answers.to_dialog(form_screen(draft, press.setting())) or {}

    async def preview_send(self, turn: Turn) -> Body | None:
        """Answer Send below the preview: the bot itself posts, so that it may update the card."""
        try:
            await self.reception.remember(turn)
            press = self._extension_press(turn, Envelope("draft.send", _previewed(turn)))
            return answers.to_dialog(await carry_out(press))
        except MusterError as failure:
            return self._failure_dialog(turn, failure)

    async def file_consent(self, turn: Turn) -> None:
        """Answer fileConsent/invoke: someone takes an offered file, or does not."""
        place = await self.reception.remember(turn)
        reply = Reply(caller(turn), place, turn.reply_to_id, texts_of(turn))
        self.reception.consents.answer(reply, turn.value)

    async def too_fast(self, turn: Turn) -> Body:
        """Answer an invoke of someone who presses too much; nothing of it was carried out."""
        return _said(turn, sentence(texts_of(turn), TOO_FAST))

    async def failed(self, turn: Turn, correlation_id: str) -> Body:
        """Answer an invoke in which something broke that nobody foresaw."""
        return _said(turn, texts_of(turn)(FAILED, reference=correlation_id))

    async def _in_dialog(self, turn: Turn, *, extension: bool = False) -> Body | None:
        try:
            await self.reception.remember(turn)
            press = self.reception.press(
                turn, turn.value.get("data"), host=Host.DIALOG, extension=extension
            )
            return answers.to_dialog(await carry_out(press))
        except MusterError as failure:
            return self._failure_dialog(turn, failure)

    async def _in_place(self, turn: Turn, press: Press, outcome: Outcome) -> Outcome:
        """Keep the step that a form in the personal chat has come to.

        The message of a posted action is its card and stays that; there the form is a new message.
        """
        if not (is_personal(turn) and isinstance(outcome, Screen) and outcome.stays):
            return outcome
        place = await self.reception.remember(turn)
        posting = await _posting(turn, press)
        if posting is None:
            spot = Spot(turn.conversation_id, turn.reply_to_id)
            await self.reception.in_place.keep(place, spot, outcome)
            return outcome
        work = self.reception.say(turn, outcome.card, outcome.title)
        self.reception.background.start("begin_form", work)
        shown = self.reception.press_of(
            turn, Envelope("show", posting.action_id), {}, host=press.host
        )
        return await carry_out(shown)

    def _extension_press(self, turn: Turn, envelope: Envelope) -> Press:
        return self.reception.press_of(turn, envelope, {}, host=Host.DIALOG, extension=True)

    def _failure_dialog(self, turn: Turn, failure: MusterError) -> Body:
        """A message extension cannot show a bare sentence, a card it can."""
        _log(turn, failure)
        texts = texts_of(turn)
        return answers.dialog("Muster", message(texts, sentence(texts, failure)))


async def _posting(turn: Turn, press: Press) -> Posting | None:
    """Give the posting whose message a button was pressed on.

    Who presses at once is faster than the note which message it is; the button says of what.
    """
    store = press.ports.store
    found = await store.posting_at(turn.conversation_id, turn.reply_to_id)
    # A draft's own form says "Posted" before the card is there.
    if found is not None or press.envelope.verb.startswith(OF_DRAFTS):
        return found
    postings = await store.postings(press.envelope.action)
    here = (one for one in postings if one.conversation_id == turn.conversation_id)
    return next((one for one in here if not one.activity_id), None)


def _quoted(turn: Turn) -> str:
    """Give the words of the message that "make a poll from this message" was chosen on."""
    payload = turn.value.get("messagePayload")
    body = payload.get("body") if isinstance(payload, Mapping) else None
    words = body.get("content") if isinstance(body, Mapping) else None
    return plain_text(words) if isinstance(words, str) else ""


def _said(turn: Turn, text: str) -> Body:
    if turn.activity_name == "adaptiveCard/action":
        return answers.say_to_card_action(text)
    return answers.say_to_dialog(text)


def _just_installed(turn: Turn) -> bool:
    data = turn.value.get("data")
    teams = data.get("msteams") if isinstance(data, Mapping) else None
    return isinstance(teams, Mapping) and teams.get("justInTimeInstall") is True


def _previewed(turn: Turn) -> str:
    """Give the id of the draft whose preview Teams sent back. Raises NotFound."""
    envelope = find(turn.value.get("botActivityPreview"))
    if envelope is None:
        raise NotFound("no_such_draft")
    return envelope.action


def _log(turn: Turn, failure: MusterError) -> None:
    log.info("refused", invoke=turn.activity_name, code=failure.code)

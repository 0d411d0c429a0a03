"""What people write to the bot, and comings and goings."""

from collections.abc import Mapping
from dataclasses import replace

import structlog

from actions import drafting, leaving
from actions.action import Draft
from actions.errors import TOO_FAST, InvalidAnswers, MusterError, NotDelivered, NotFound
from bot import answers, commands, making
from bot.bank_imports import import_file
from bot.commands import Command
from bot.press import Outcome
from bot.reception import Reception, caller, host_of, is_personal, texts_of, who_left
from bot.turn import Turn
from bot.verbs import carry_out
from cards.envelope import Envelope
from cards.kinds import look
from cards.sentences import sentence
from cards.welcome import help_card, introduction, invitation, message, welcome
from dialogs.screen import Screen

log = structlog.get_logger()


class Messages:
    """Answers messages with cards; nothing that is written gets silence."""

    reception: Reception

    async def message(self, turn: Turn) -> None:
        """Someone wrote to the bot."""
        if turn.files and is_personal(turn):
            self._take(turn)
            return
        command = commands.read(turn.text)
        try:
            await self.reception.remember(turn, is_press=False)
            match command.name:
                case "make":
                    await self._make(turn, command)
                case "mine" | "bank" if is_personal(turn):
                    await self._press(turn, Envelope(command.name))
                case _:
                    await self._help(turn, command)
        except NotDelivered as failure:
            log.warning("not_answered", conversation=turn.conversation_id, code=failure.code)
        except MusterError as failure:
            await self._say_failure(turn, failure)

    async def wrote_too_much(self, turn: Turn) -> None:
        """Someone wrote too much; what they wrote is not carried out."""
        words = sentence(texts_of(turn), TOO_FAST)
        await self.reception.say(turn, message(texts_of(turn), words), words)

    async def submitted(self, turn: Turn) -> None:
        """A client too old for Action.Execute pressed a button; it can show no card in answer."""
        try:
            await self.reception.remember(turn)
            press = self.reception.press(turn, turn.value, host=host_of(turn))
            outcome = await carry_out(press)
        except MusterError as failure:
            await self._say_failure(turn, failure)
            return
        if is_personal(turn):
            await self._show(turn, outcome)

    async def members_changed(self, turn: Turn) -> None:
        """The bot or others came to a conversation, or left it."""
        if turn.bot_mri in {member.mri for member in turn.members_removed}:
            await self.reception.forget(turn)
            return
        if turn.members_removed:
            await leaving.left(self.reception.ports, who_left(turn))
        if turn.bot_mri not in {member.mri for member in turn.members_added}:
            return
        place = await self.reception.ports.store.conversation(turn.conversation_id)
        await self.reception.remember(turn, is_press=False)
        if place is not None:
            return
        texts = texts_of(turn)
        card = welcome(texts) if is_personal(turn) else introduction(texts)
        await self.reception.say(turn, card, texts("Welcome!"))

    async def installed(self, turn: Turn) -> None:
        """The app was installed or removed; conversationUpdate says hello, this says goodbye."""
        if turn.installation.startswith("remove"):
            await self.reception.forget(turn)

    def _take(self, turn: Turn) -> None:
        """A file is for the sender's question bank; fetching and reading it may take a while."""
        for file in turn.files:
            work = import_file(self.reception, turn, file)
            self.reception.background.start("import_file", work)

    async def _make(self, turn: Turn, command: Command) -> None:
        draft = drafting.start_from_line(
            self.reception.ports, caller(turn), command.kind, command.rest
        )
        if draft is not None:
            await self._make_at_once(turn, draft)
        elif is_personal(turn):
            create = Envelope("create", argument=command.kind)
            await self._press(turn, create, {"title": command.rest})
        else:
            card = invitation(texts_of(turn), command.kind, host_of(turn), command.rest)
            title = texts_of(turn)(look(command.kind).phrases.make)
            await self.reception.say(turn, card, title)

    async def _make_at_once(self, turn: Turn, draft: Draft) -> None:
        """One line is a whole action: posted here, or first previewed in the personal chat.

        Teams may deliver a message twice; the second is the same draft, which was posted.
        """
        ports = self.reception.ports
        if turn.activity_id:
            draft = replace(draft, id=ports.ids.of(turn.conversation_id, turn.activity_id))
        try:
            draft = await drafting.save(ports, caller(turn), draft, {})
        except NotFound:
            return
        if is_personal(turn):
            envelope = Envelope("draft.preview", draft.id, draft.kind)
            press = self.reception.press_of(turn, envelope, {}, host=host_of(turn))
            await self._show(turn, await making.preview_of(press, draft))
            return
        try:
            await drafting.post(ports, caller(turn), draft.id, turn.conversation_id)
        except InvalidAnswers as refused:
            await ports.store.delete_draft(draft.id)
            texts = texts_of(turn)
            wrong = " ".join(sentence(texts, problem) for problem in refused.problems.values())
            await self.reception.say(turn, message(texts, wrong), wrong)

    async def _press(
        self, turn: Turn, envelope: Envelope, inputs: Mapping[str, str] | None = None
    ) -> None:
        press = self.reception.press_of(turn, envelope, inputs or {}, host=host_of(turn))
        await self._show(turn, await carry_out(press))

    async def _show(self, turn: Turn, outcome: Outcome) -> None:
        card = answers.card_of(outcome)
        if card is not None:
            title = outcome.title if isinstance(outcome, Screen) else "Muster"
            await self.reception.say(turn, card, title)

    async def _help(self, turn: Turn, command: Command) -> None:
        texts = texts_of(turn)
        notice = ""
        if command.name == "unknown":
            notice = texts("I did not understand that. Here is what I can do.")
        elif command.name == "mine":
            notice = texts("Your own list is in our personal chat: write “my actions” there.")
        elif command.name == "bank":
            notice = texts("Your questions are in our personal chat: write “bank” there.")
        card = help_card(texts, host_of(turn), notice)
        await self.reception.say(turn, card, texts("What I can do"))

    async def _say_failure(self, turn: Turn, failure: MusterError) -> None:
        log.info("refused", invoke="message", code=failure.code)
        texts = texts_of(turn)
        words = sentence(texts, failure)
        await self.reception.say(turn, message(texts, words), words)

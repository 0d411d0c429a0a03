"""Surveys with a question of every type that people have answered, and looking into them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from actions.action import Settings
from actions.questions import Answers, Question
from actions.responses import Change, slot_of
from bot.now import SystemClock
from cards.envelope import Envelope
from dialogs.place import Place
from tests.actions.surveys import EVERY_TYPE, answers_of
from tests.scenarios.steps import action_id, opened
from tests.scenarios.surveys import person_of, posts_survey
from tests.teams import Chat, Dialog, Message, User


async def asks(
    database_url: str, creator: User, chat: Chat, *questions: Question, **settings: Any
) -> Message:
    """Post a survey, with a question of every type unless others are given."""
    wanted = Settings(**settings)
    survey = await posts_survey(database_url, creator, chat, questions or EVERY_TYPE, wanted)
    people = [person_of(one, chat) for one in chat.members if isinstance(one, User)]
    async with opened(database_url) as store:
        await store.set_audience(action_id(survey), people)
    return survey


async def answer(database_url: str, survey: Message, people: Sequence[User]) -> None:
    """Let people answer, each as the person of their number does, one after the other."""
    await hand_in(database_url, survey, [(one, answers_of(n), 1) for n, one in enumerate(people)])


async def hand_in(
    database_url: str, survey: Message, given: Sequence[tuple[User, Answers, int]]
) -> None:
    """Hand in responses: whose, with which answers, and which of their responses it is."""
    now = SystemClock().now()
    async with opened(database_url) as store:
        for minute, (user, answers, number) in enumerate(given):
            person = person_of(user, survey.chat)
            slot, at = slot_of(person.key, number), now + timedelta(minutes=minute - len(given))

            def decide(_: object, answers: Answers = answers) -> Answers:
                return answers

            await store.respond(Change(action_id(survey), slot, person, at, decide))


async def looks(user: User, survey: Message, verb: str, **place: Any) -> Dialog:
    """Press a button of the results that need not be there."""
    dialog = await user.opens(survey.chat, survey, "Results")
    await looks_at(dialog, survey, verb, **place)
    return dialog


async def looks_at(dialog: Dialog, survey: Message, verb: str, **place: Any) -> None:
    """Press a button about a survey in a dialog, which may be about something else."""
    envelope = Envelope(verb, action_id(survey), Place(**place).encode())
    await dialog.submits_data(envelope.encode())

"""People from elsewhere take part like everybody else, and nobody is taken for anybody else.

Guests have an account in the tenant, external people one in theirs, and anonymous guests of a
meeting none at all: of these only an address is known, which means something in that chat alone.
"""

from dataclasses import dataclass

import pytest

from actions.exam import Feedback
from cards.envelope import Envelope
from tests.actions.checklists import a_checklist
from tests.actions.exams import ONE, RIGHT, a_quiz
from tests.scenarios.checklists import posts_checklist, ticks
from tests.scenarios.conftest import Shift
from tests.scenarios.exams import Exam, goes_through, posts_exam
from tests.scenarios.exports import offered, rows_of, shows
from tests.scenarios.pace import beats
from tests.scenarios.steps import SQLITE, action_id, makes_poll
from tests.scenarios.surveys import posts_survey
from tests.scenarios.test_attacks import STRANGER_TENANT
from tests.scenarios.votes import counts
from tests.teams import Chat, Dialog, Message, User
from tests.teams.cards import buttons, text, texts

pytestmark = SQLITE

KINDS = ("member", "guest", "external", "anonymous")


@dataclass(frozen=True, slots=True)
class Meeting:
    """Ada's meeting, and one person of each kind in its chat."""

    shift: Shift
    chat: Chat
    people: dict[str, User]

    @property
    def ada(self) -> User:
        """Who posts, and belongs to the tenant."""
        return self.shift.ada

    async def poll(self) -> Message:
        """Let Ada post a poll in which all of them vote."""
        poll = await makes_poll(self.ada, self.chat)
        for kind in KINDS:
            answer = await self.people[kind].taps(self.chat, poll, "Choose Pizza")
            assert "✔ You voted: Pizza" in text(answer.card)
        return poll


@pytest.fixture
def meeting(shift: Shift) -> Meeting:
    """Give a meeting in which four people are called the same."""
    teams = shift.teams
    people = {
        "member": teams.user("Una (Guest)"),
        "guest": teams.user("Una", guest=True),
        "external": teams.user("Una (Guest)", tenant=STRANGER_TENANT),
        "anonymous": teams.user("Una", anonymous=True),
    }
    assert {one.name for one in people.values()} == {"Una (Guest)"}
    return Meeting(shift, teams.group_chat([shift.ada, *people.values()], "Meeting"), people)


async def test_each_counts_once_though_all_are_called_the_same(meeting: Meeting) -> None:
    poll = await meeting.poll()
    await meeting.chat.wait_until(lambda: counts(poll.card)["Pizza"] == len(KINDS))
    assert "4 of 5 responded" in text(poll.card)
    for kind in KINDS:
        await meeting.people[kind].taps(meeting.chat, poll, "Choose Sushi")
    await meeting.chat.wait_until(lambda: counts(poll.card)["Sushi"] == len(KINDS))
    assert "4 of 5 responded" in text(poll.card)
    dialog = await meeting.ada.opens(meeting.chat, poll, "Results")
    await dialog.submits("Responded")
    assert texts(dialog.card).count("Una (Guest)") == len(KINDS)
    await dialog.submits("Not responded")
    assert "Una" not in text(dialog.card)


async def test_each_has_a_row_of_their_own_in_an_export(meeting: Meeting) -> None:
    await meeting.poll()
    own, offer = await offered(meeting.ada, "Lunch?")
    upload = await meeting.ada.accepts_file(offer)
    await shows(own, offer, "is in your OneDrive.")
    people = meeting.people
    assert {row["Person"] for row in rows_of(upload.content)} == {
        people["member"].object_id,
        people["guest"].object_id,
        people["external"].object_id,
        people["anonymous"].mri,
    }


@pytest.mark.parametrize("kind", KINDS)
async def test_each_answers_a_survey_and_changes_it(
    meeting: Meeting, database_url: str, kind: str
) -> None:
    una = meeting.people[kind]
    survey = await posts_survey(database_url, meeting.ada, meeting.chat)
    dialog = await una.opens(meeting.chat, survey, "Answer")
    await dialog.submits("Next", {"team": "Service"})
    await dialog.submits("Review", {"far": "3", "more": "Nothing."})
    await dialog.submits("Hand in")
    assert "✔ Handed in" in text(dialog.card)
    await una.refreshes(meeting.chat, survey)
    again = await una.opens(meeting.chat, survey, "Edit my response")
    await again.submits("Edit my response")
    await again.submits("Change answer 2")
    await again.submits("Done", {"far": "4"})
    await again.submits("Hand in")
    assert "✔ Handed in" in text(again.card)
    await meeting.chat.wait_until(lambda: "1 of 5 responded" in text(survey.card))


@pytest.mark.parametrize("kind", KINDS)
async def test_each_takes_a_quiz(meeting: Meeting, database_url: str, kind: str) -> None:
    una, made = meeting.people[kind], a_quiz((ONE,), feedback=Feedback.END)
    message = await posts_exam(database_url, meeting.ada, meeting.chat, made)
    quiz = Exam(database_url, message, action_id(message))
    dialog = await quiz.opens(una)
    await dialog.submits("Start")
    await goes_through(dialog, RIGHT)
    assert "1 of 1 point" in text(dialog.card)
    for other in KINDS:
        if other != kind:
            assert (await quiz.attempts(meeting.people[other])).attempts == ()


async def test_each_ticks_a_list_under_their_name(meeting: Meeting, database_url: str) -> None:
    made = a_checklist(*KINDS)
    message = await posts_checklist(database_url, meeting.ada, meeting.chat, made)
    for kind in KINDS:
        await meeting.people[kind].taps(meeting.chat, message, f"Tick: {kind}")
    found = await ticks(database_url, message)
    assert len({tick.by.key for tick in found.values()}) == len(KINDS)
    assert {tick.by.name for tick in found.values()} == {"Una (Guest)"}


async def test_an_address_means_somebody_in_one_chat_alone(meeting: Meeting) -> None:
    una = meeting.people["anonymous"]
    poll = await meeting.poll()
    elsewhere = meeting.shift.teams.group_chat([meeting.ada, una], "Another meeting")
    other = await makes_poll(meeting.ada, elsewhere)
    await una.taps(elsewhere, other, "Choose Salad")
    dialog = await una.opens(elsewhere, other, "Results")
    assert "1 of 2 responded" in text(dialog.card)
    # What is in the one meeting cannot be reached from the other.
    stolen = Envelope("my_response", action_id(poll)).encode()
    answer = await una.executes(elsewhere, other, "my_response", stolen)
    assert answer.message == "This is not here, or not meant for this chat."


async def test_a_name_proves_nothing_and_neither_does_an_address(meeting: Meeting) -> None:
    poll = await meeting.poll()
    await meeting.chat.wait_until(lambda: "4 of 5 responded" in text(poll.card))
    close = Envelope("close", action_id(poll)).encode()
    mallory = meeting.shift.teams.user(meeting.ada.name, anonymous=True)
    mallory.name = meeting.ada.name
    meeting.chat.members.append(mallory)
    answer = await mallory.executes(meeting.chat, poll, "close", close)
    assert answer.message == "Only the person who made this can do that."
    # Someone without an account who says to have Ada's address is not Ada: she has an account.
    mallory.mri = meeting.ada.mri
    answer = await mallory.executes(meeting.chat, poll, "close", close)
    assert answer.message == "Only the person who made this can do that."
    assert "4 of 5 responded" in text(poll.card)


async def reminds(user: User, chat: Chat, poll: Message) -> Dialog:
    """Let someone remind all others, and wait for what came of it."""
    dialog = await user.opens(chat, poll, "Results")
    for button in ("Manage", "Remind", "See how it went"):
        await dialog.submits(button)
    async for _ in beats(per_second=5, count=100):
        if "Refresh" not in buttons(dialog.card):
            break
        await dialog.submits("Refresh")
    return dialog


async def test_who_has_no_chat_of_their_own_is_reminded_by_name_where_they_are(
    meeting: Meeting,
) -> None:
    una = meeting.people["anonymous"]
    chat = meeting.shift.teams.group_chat([meeting.ada, una], "Two")
    poll = await makes_poll(meeting.ada, chat)
    await meeting.ada.taps(chat, poll, "Choose Pizza")
    dialog = await reminds(meeting.ada, chat, poll)
    assert "1\nreminded\n1\nof these mentioned in the chat\n0\nnot reached" in text(dialog.card)
    (mention,) = [one for one in chat.messages if one.summary.startswith("Reminder: ")]
    (entity,) = mention.card["msteams"]["entities"]
    assert entity["mentioned"]["id"] == una.mri


async def test_who_cannot_be_reached_at_all_is_named_with_the_reason(meeting: Meeting) -> None:
    una = meeting.people["anonymous"]
    chat = meeting.shift.teams.group_chat([meeting.ada, una], "Two")
    poll = await makes_poll(meeting.ada, chat)
    await meeting.ada.taps(chat, poll, "Choose Pizza")
    meeting.shift.teams.faults.answer(
        status=403,
        method="POST",
        path_contains=f"{chat.id}/activities",
        code="MessageWritesBlocked",
        times=None,
    )
    dialog = await reminds(meeting.ada, chat, poll)
    assert "1\nnot reached" in text(dialog.card)
    assert f"{una.name}: is here without an account, so cannot be written to" in text(dialog.card)


@pytest.mark.parametrize("kind", ["external", "anonymous"])
async def test_what_needs_a_chat_of_ones_own_is_refused_in_a_sentence(
    meeting: Meeting, kind: str
) -> None:
    una = meeting.people[kind]
    poll = await makes_poll(una, meeting.chat)
    await una.refreshes(meeting.chat, poll)
    dialog = await una.opens(meeting.chat, poll, "Manage")
    await dialog.submits("Export")
    await dialog.submits("CSV")
    assert "in our personal chat only, and we have none yet" in text(dialog.card)
    await una.says(meeting.chat, "my actions")
    notice = await meeting.chat.wait_for_message(lambda one: "my actions" in text(one.card))
    assert "Your own list is in our personal chat" in text(notice.card)
    await una.refreshes(meeting.chat, poll)
    dialog = await una.opens(meeting.chat, poll, "Manage")
    await dialog.submits("Close now")
    await meeting.chat.wait_until(lambda: "POLL · closed" in text(poll.card))

"""A database in which everything that can be known of two people is known, of every kind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions import taking, ticking
from actions.action import Action, Settings, Status
from actions.bank import build_item
from actions.banked import QUESTION as BANKED
from actions.banked import Banked, ImportReport
from actions.certificates import Certificate, code_of
from actions.choice import OTHER, Choice, Option
from actions.content import Content
from actions.fields import line_id
from actions.history import Entry
from actions.item import Item
from actions.item_editing import delete_item
from actions.people import Person
from actions.places import Scope
from actions.poll import QUESTION
from actions.ports import Ports
from actions.questions import Answer
from actions.responses import Change, Step, slot_of
from actions.scale import Scale
from actions.text import Text
from actions.ticks import Checklist, State, Wish
from actions.typed import Sent
from storage.notice_rows import insert_notices
from storage.store import SqlStore
from tests.actions.exams import KEYS, RIGHT, WRONG, a_quiz
from tests.actions.world import CHAT, a_caller
from tests.fakes import (
    NOON,
    TENANT,
    CountingIds,
    FakeRoster,
    FixedClock,
    a_conversation,
    a_draft,
    a_poll,
    a_posting,
    an_action,
)
from tests.storage.test_reminders import a_mention, reminders
from tests.storage.test_series import a_series

MAKER = Person(f"{TENANT}/0a0a-maker", "Makepeace Quux", "29:1maker")
"""Who makes all of it, and responds as well."""

WHO = Person(f"{TENANT}/0b0b-who", "Wilhelmina Xyzzy", "29:1who")
"""Who responds to all of it."""

GUEST = Person(f"{CHAT.id}/29:1guest", "Gwendolen Plugh", "29:1guest")
"""Who responds to all of it without an id in Entra."""

IDLE = Person(f"{TENANT}/0c0c-idle", "Ignatius Waldo", "29:1idle")
"""Who is expected to respond and does not."""

OTHERS = tuple(Person(f"{TENANT}/other{n}", f"Other {n}", f"29:1other{n}") for n in range(3))
EVERYONE = (MAKER, WHO, GUEST, *OTHERS)

SURVEY = (
    Choice("which", "Which?", (Option("a", "A"), Option("b", "B")), 2, other=True),
    Text("why", "Why?", long=True),
    Scale("stars", "How good?"),
)
KINDS = ("poll", "secret", "sealed", "survey", "quiz", "own", "shared")
"""The ids of the actions."""


def words_of(person: Person) -> str:
    """Give what someone writes wherever something can be written."""
    return f"frobnicated by {person.name.split()[0]}"


async def fill(store: SqlStore) -> None:
    """Let everyone do everything."""
    clock = FixedClock()
    for conversation in (CHAT, a_conversation()):
        await store.remember_conversation(conversation)
    ports = Ports(store, clock, CountingIds(), FakeRoster())
    for action in _actions():
        await store.post(action, a_posting(action, conversation_id=CHAT.id))
        expected = [IDLE, *(one for one in EVERYONE if one is not OTHERS[0])]
        await store.set_audience(action.id, expected)
    await _responses(store)
    await _attempts(ports, clock)
    await _ticks(ports)
    await _around(store)
    entry = Entry(clock.now(), MAKER, "closed")
    await store.change("sealed", lambda a: replace(a, status=Status.CLOSED), entry)


def _actions() -> list[Action]:
    kept: dict[str, Any] = {"creator": MAKER, "created_at": NOON}
    added = Option("mine", "Mine", added_by=WHO.name)
    poll = a_poll("Yes", "No")
    question = poll.questions[0]
    assert isinstance(question, Choice)
    asked = replace(question, options=(*question.options, added))
    secret = Settings(anonymous=True, several=True)
    items = (Item("i0", "Lights"), Item("i1", "Till", assignee=WHO.name), Item("i2", "Floor"))
    quiz = a_quiz(pass_mark=50, attempts=0, keys={**KEYS})
    return [
        an_action("poll", **kept, content=replace(poll, questions=(asked,))),
        an_action("secret", **kept, settings=secret),
        an_action("sealed", **kept, settings=secret),
        an_action(
            "survey",
            **kept,
            kind="survey",
            content=Content("Party", SURVEY),
            settings=Settings(several=True),
        ),
        replace(quiz, id="quiz", **kept, closes_at=NOON + timedelta(days=7)),
        an_action(
            "own",
            **kept,
            kind="checklist",
            content=Content("Own", items, checklist=Checklist(individual=True, checker=MAKER)),
        ),
        an_action(
            "shared",
            **kept,
            kind="checklist",
            content=Content("Shared", items, checklist=Checklist(checker=MAKER)),
        ),
    ]


async def _responses(store: SqlStore) -> None:
    for place, person in enumerate(EVERYONE):
        vote = ("yes", "no", "mine")[place % 3]
        await responds(store, "poll", person, {QUESTION: (vote,)})
        for number in (1, 2):
            for name in ("secret", "sealed"):
                vote = ("yes", "no")[(place + number) % 2]
                await responds(store, name, person, {QUESTION: (vote,)}, number)
            own = words_of(person)
            answers: dict[str, Answer] = {
                "which": ("a", OTHER + own),
                "why": own,
                "stars": 1 + place % 5,
            }
            await responds(store, "survey", person, answers, number)
        for name in ("secret", "survey"):
            step = Step(name, slot_of(person.key, 3), {"why": words_of(person)})
            await store.keep_progress(step)


async def responds(
    store: SqlStore, name: str, person: Person, answers: Mapping[str, Answer], number: int = 1
) -> None:
    """Let someone give a response."""
    slot = slot_of(person.key, number)
    await store.respond(Change(name, slot, person, NOON, lambda _: dict(answers)))


async def _attempts(ports: Ports, clock: FixedClock) -> None:
    """Everyone is through once, some are right; in the second attempt all are half through."""
    for place, person in enumerate(EVERYONE):
        caller = a_caller(person)
        texts = (RIGHT, WRONG, {**WRONG, "text": words_of(person)})[place % 3]
        sitting = await taking.begin(ports, caller, "quiz", 1)
        while (page := sitting.page) is not None:
            clock.advance(seconds=1)
            sent = Sent((page.id,), {page.id: texts[page.id]})
            sitting = await taking.answer(ports, caller, "quiz", 1, sent)
        page = (await taking.begin(ports, caller, "quiz", 2)).page
        assert page is not None
        await taking.answer(ports, caller, "quiz", 2, Sent((page.id,), {page.id: texts[page.id]}))


async def _ticks(ports: Ports) -> None:
    for person in (MAKER, WHO, GUEST):
        caller, reason = a_caller(person), words_of(person)
        for name in ("own", "shared"):
            await ticking.tick(ports, caller, name, "i0", Wish(State.DONE))
            wish = Wish(State.NOT_DONE, reason, reason)
            await ticking.tick(ports, caller, name, "i2", wish)
    maker = a_caller(MAKER)
    await ticking.check(ports, maker, "own", "i0", is_right=True, slot=WHO.key)
    await ticking.check(ports, maker, "shared", "i0", is_right=True)
    await delete_item(ports, maker, "shared", "i2")


async def _around(store: SqlStore) -> None:
    for number, person in enumerate((MAKER, WHO, GUEST)):
        chat = a_conversation(f"a:{number}", scope=Scope.PERSONAL, person=person.key)
        await store.remember_conversation(chat)
        await store.save_draft(a_draft(f"draft{number}", creator=person, updated_at=NOON))
        template = replace(a_series().template, id=f"series{number}", creator=person)
        await store.save_series(
            replace(a_series(f"series{number}"), template=template, next_at=NOON)
        )
        right = {"text": "Which?", "options": "Yes\nNo", "right": line_id("Yes")}
        item = build_item(BANKED, "one", right, (), "")
        await store.keep_items(person.key, [Banked("i0", item, NOON)])
        await store.keep_import(person.key, ImportReport(1))
        await store.keep_certificate(
            Certificate(
                code_of(number), "quiz", person.key, 1, person.name, "Fire drill", None, NOON
            )
        )
    for name in ("poll", "secret"):
        people = (MAKER, WHO, GUEST)
        sent = [
            replace(notice, id=f"{name}-{number}", action_id=name, person=people[number])
            for number, notice in enumerate(reminders("one", "A", "B", "C"))
        ]
        await store.remind(name, sent, NOON, by_clock=False)
        mentioned = {
            "people": [one.key for one in people],
            "mentioned": [[one.key, one.name, one.mri] for one in people],
        }
        one = replace(a_mention("A"), id=f"{name}-m", action_id=name, detail=mentioned)
        async with store._database.writing() as connection:
            sealing = store._shared.secrecy if name == "secret" else None
            await insert_notices(connection, store._database, [one], NOON, sealing)

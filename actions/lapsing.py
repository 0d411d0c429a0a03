"""Asking someone again to take a training that no longer holds (product.md §6)."""

from actions.action import Action
from actions.attempts import Attempts, attempts_in
from actions.notices import About, Notice
from actions.people import Person
from actions.policy import is_open
from actions.ports import Ports
from actions.responses import Due
from actions.sitting import settled
from actions.viewing import View, view_of


async def ask_again(ports: Ports, one: Due) -> None:
    """Put a message on its way to whose training lapses now, if that is what is due.

    It is named by the attempt that lapses, and put there before that is noted: a crash in between
    neither loses it nor sends it twice.
    """
    known = await ports.store.known(one.action_id)
    if known.content.exam is None or not known.content.exam.months:
        return
    action = await ports.store.action(one.action_id)
    stands = attempts_in(await ports.store.answers(one.action_id, one.slot))
    now = ports.clock.now()
    if not is_open(action, now) or not _lapses(action, stands, settled(action, stands, now)):
        return
    notice_id = ports.ids.of("ask_again", action.id, one.person.key, str(stands.counting))
    await ports.store.add_notices([_notice(notice_id, action, one.person)])


async def asked_again(ports: Ports, notice: Notice) -> View | None:
    """Give what someone is asked to take again; None if they did, or no longer can."""
    action, now = await ports.store.action(notice.action_id), ports.clock.now()
    person = notice.person
    if person is None:
        return None
    answers = await ports.store.answers(action.id, person.key)
    holds = attempts_in(answers).holds_until(action.content) is not None
    if holds or not is_open(action, now):
        return None
    tallies = await ports.store.tallies(action.id, ())
    return view_of(action, tallies, now, person.key, answers, reader=person.name)


def _lapses(action: Action, stands: Attempts, after: Attempts) -> bool:
    """Give whether something was held before, and nothing is after."""
    before, later = (one.holds_until(action.content) for one in (stands, after))
    return before is not None and later is None


def _notice(notice_id: str, action: Action, person: Person) -> Notice:
    return Notice(
        id=notice_id,
        about=About.ASK_AGAIN,
        tenant_id=action.tenant_id,
        action_id=action.id,
        person=person,
        locale=action.locale,
    )

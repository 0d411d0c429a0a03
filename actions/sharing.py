"""Who else manages an action, and who looks at what is done on a checklist."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from actions.action import Action, Status
from actions.caller import Caller
from actions.errors import NotAllowed, NotFound
from actions.history import Entry
from actions.notices import About, Notice
from actions.people import Person
from actions.policy import check_manages
from actions.ports import Ports
from actions.series import Series
from actions.ticks import Checklist
from actions.viewing import PEOPLE_PER_PAGE, People, View, view, view_of

MOST_CO_CREATORS: Final = 8
"""Beside the creator; their rows and a page of others fit one card."""


async def candidates(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of the roster snapshot, to who manages it. Raises NotFound, NotAllowed."""
    seen = await view(ports, caller, action_id)
    check_manages(seen.action, caller.person.key)
    page = await ports.store.audience(action_id, search, start, PEOPLE_PER_PAGE)
    return People(seen, page, search, start)


async def add_co_creator(ports: Ports, caller: Caller, action_id: str, person_key: str) -> Person:
    """Let someone of the roster snapshot manage the action, too, and what is posted of its series.

    They are told, once. Added again, nothing changes. Raises NotFound, NotAllowed.
    """
    action, person = await _chosen(ports, caller, action_id, person_key)

    def added(before: Action) -> Action:
        if person_key in {one.key for one in (before.creator, *before.co_creators)}:
            return before
        if len(before.co_creators) >= MOST_CO_CREATORS:
            raise NotAllowed("co_creators_full", most=MOST_CO_CREATORS)
        return replace(before, co_creators=(*before.co_creators, person))

    await _change(ports, caller, action_id, added)
    await _change_series(ports, caller, action, added)
    await _tell(ports, caller, About.CO_CREATOR, action, person)
    return person


async def remove_co_creator(
    ports: Ports, caller: Caller, action_id: str, person_key: str
) -> Person | None:
    """Let someone manage the action, and its series, no longer; None where they do not.

    Co-creators can remove each other and themselves, nobody the creator. Raises NotFound,
    NotAllowed.
    """
    seen = await view(ports, caller, action_id)
    check_manages(seen.action, caller.person.key)
    found = (one for one in seen.action.co_creators if one.key == person_key)

    def removed(before: Action) -> Action:
        left = tuple(one for one in before.co_creators if one.key != person_key)
        return replace(before, co_creators=left)

    # The series first: who removes themselves may not change it afterwards.
    await _change_series(ports, caller, seen.action, removed)
    await _change(ports, caller, action_id, removed)
    return next(found, None)


async def name_checker(ports: Ports, caller: Caller, action_id: str, person_key: str) -> Person:
    """Let someone of the roster snapshot look at what is done on a checklist from now on.

    What was found right stays so. They are told, once. Raises NotFound, NotAllowed, also where
    nobody has to look.
    """
    action, person = await _chosen(ports, caller, action_id, person_key)

    def named(before: Action) -> Action:
        kept = _checked(before)
        if kept.checker is not None and kept.checker.key == person.key:
            return before
        kept = replace(kept, checker=Person(person.key, person.name))
        return replace(before, content=replace(before.content, checklist=kept))

    await _change(ports, caller, action_id, named)
    await _tell(ports, caller, About.CHECKER, action, person)
    return person


async def asked_to_help(ports: Ports, notice: Notice) -> View | None:
    """Give the action that someone manages or checks from now on; None where they do not any more.

    The view shows what anyone in the chat sees.
    """
    action, person = await ports.store.action(notice.action_id), notice.person
    if action.status is Status.DELETED or person is None:
        return None
    kept = action.content.checklist
    helpers = action.co_creators
    if notice.about is About.CHECKER:
        helpers = (kept.checker,) if kept is not None and kept.checker is not None else ()
    if person.key not in {one.key for one in helpers}:
        return None
    return view_of(action, await ports.store.tallies(action.id, ()), ports.clock.now())


def _checked(action: Action) -> Checklist:
    """Give how a checklist is kept on which somebody looks at what is done. Raises NotAllowed."""
    kept = action.content.checklist
    if kept is None or kept.checker is None:
        raise NotAllowed("nobody_checks")
    return kept


async def _chosen(
    ports: Ports, caller: Caller, action_id: str, person_key: str
) -> tuple[Action, Person]:
    """Give an action that the caller manages, and someone of its snapshot; raises NotFound."""
    seen = await view(ports, caller, action_id)
    check_manages(seen.action, caller.person.key)
    person = await ports.store.in_audience(action_id, person_key)
    if person is None:
        raise NotFound("no_such_person")
    return seen.action, person


async def _change(
    ports: Ports, caller: Caller, action_id: str, change: Callable[[Action], Action]
) -> None:
    def decide(action: Action) -> Action:
        check_manages(action, caller.person.key)
        return change(action)

    entry = Entry(ports.clock.now(), caller.person, "edited")
    await ports.store.change(action_id, decide, entry)


async def _change_series(
    ports: Ports, caller: Caller, action: Action, change: Callable[[Action], Action]
) -> None:
    """Carry it over to what is posted of the series from now on, where the caller manages that."""

    def decide(series: Series) -> Series:
        check_manages(series.template, caller.person.key)
        return replace(series, template=change(series.template))

    if action.series:
        with suppress(NotFound, NotAllowed):
            await ports.store.change_series(action.series, decide)


async def _tell(
    ports: Ports, caller: Caller, about: About, action: Action, person: Person
) -> None:
    """Put a message on its way to someone who helps from now on, unless they did it themselves."""
    if person.key in {caller.person.key, action.creator.key}:
        return
    notice = Notice(
        id=ports.ids.of(about.value, action.id, person.key),
        about=about,
        tenant_id=action.tenant_id,
        action_id=action.id,
        person=person,
        locale=action.locale,
        created_at=ports.clock.now(),
    )
    await ports.store.add_notices([notice])

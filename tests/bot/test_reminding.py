"""The buttons that remind people: asked about when they are many, and never silent."""

import pytest

from actions.errors import NotAllowed
from actions.notices import About, Notice
from actions.people import Person
from bot.reminding import MANY
from tests.bot.listed import ListDesk, a_list_desk
from tests.fakes import a_person
from tests.teams.cards import buttons, text


async def a_desk(people: int) -> ListDesk:
    """Give a list of which so many people are expected to tick something."""
    desk = await a_list_desk()
    crowd = [a_person("Ada"), *(Person(f"t/{n}", f"Person {n}", f"29:{n}") for n in range(people))]
    await desk.store.set_audience("action", crowd[:people])
    return desk


def sent(desk: ListDesk) -> list[Notice]:
    """Give the reminders on their way."""
    sending = desk.store.sending.values()
    return [one.notice for one in sending if one.notice.about is About.REMINDER]


async def test_few_people_are_reminded_at_once() -> None:
    desk = await a_desk(MANY)
    card = await desk.pressed("remind", who="Ada")
    assert f"✔ {MANY} people are being reminded." in text(card)
    assert len(sent(desk)) == MANY


async def test_many_people_are_reminded_once_it_is_sure() -> None:
    desk = await a_desk(MANY + 1)
    card = await desk.pressed("remind", who="Ada")
    assert f"Remind {MANY + 1} people?" in text(card)
    assert sent(desk) == []
    card = await desk.pressed("remind", "sure", who="Ada")
    assert f"✔ {MANY + 1} people are being reminded." in text(card)
    assert len(sent(desk)) == MANY + 1


async def test_pressing_again_says_why_nobody_is_reminded() -> None:
    desk = await a_desk(3)
    for _ in range(2):
        card = await desk.pressed("remind", who="Ada")
    assert "3 people were reminded less than 12 hours ago" in text(card)
    assert len(sent(desk)) == 3


async def test_what_is_closed_says_so_and_shows_what_was() -> None:
    desk = await a_desk(3)
    await desk.pressed("remind", who="Ada")
    await desk.pressed("close", who="Ada")
    for argument in ("", "sure"):
        card = await desk.pressed("remind", argument, who="Ada")
        assert "closed" in text(card)
        assert "3 are on their way" in text(card)
        assert "Remind" not in buttons(card)


async def test_what_became_of_it_is_shown() -> None:
    desk = await a_desk(3)
    assert "Nobody was reminded yet." in text(await desk.pressed("reminders", who="Ada"))
    await desk.pressed("remind", who="Ada")
    assert "3 are on their way" in text(await desk.pressed("reminders", who="Ada"))


@pytest.mark.parametrize("verb", ["remind", "reminders"])
async def test_nobody_else_may(verb: str) -> None:
    desk = await a_desk(3)
    with pytest.raises(NotAllowed):
        await desk.pressed(verb, who="Ben")
    assert sent(desk) == []

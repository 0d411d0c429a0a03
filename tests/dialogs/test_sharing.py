"""Choosing people: who else manages, who checks a list, who does an item."""

from dataclasses import replace
from typing import Any

import pytest

from actions.item import Item
from actions.item_changes import to_choose, typed
from actions.people import Person
from actions.responses import Page, Response
from actions.sharing import MOST_CO_CREATORS
from actions.viewing import PEOPLE_PER_PAGE, People
from cards.parts import Host
from cards.texts import Texts
from dialogs.checklist_edit import add_screen, change_screen
from dialogs.place import Place
from dialogs.screen import Setting
from dialogs.sharing import checker_screen, co_creators_screen
from tests.actions.builders import CREATOR, a_poll, a_view
from tests.actions.checklists import a_checklist
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.boards import a_board, a_list, longest
from tests.dialogs.builders import DIALOG, envelopes, shown
from tests.fakes import a_person
from tests.teams.cards import find_action, input_elements, inputs, rows, text

BEN, CLEO = a_person("Ben"), a_person("Cleo")
EVIL = Person("tenant/evil", "[pay](https://evil.example) <at>everyone</at>")


def people(*others: Person, page: Page | None = None, search: str = "", **changes: Any) -> People:
    """Give the creator and others, as a page of the chat."""
    action = a_poll(**{"audience": 1 + len(others), **changes})
    listed = page or Page(tuple(Response(one, None, None) for one in (CREATOR, *others)))
    return People(a_view(action, viewer=CREATOR.key), listed, search, "")


def test_who_manages_can_be_removed_and_who_does_not_added_but_never_the_creator() -> None:
    card = shown(co_creators_screen(people(BEN, CLEO, co_creators=(BEN,)), DIALOG))
    assert rows(card) == ["Remove Ben", "Add Cleo"]
    envelope = envelopes(card)["Add Cleo"]
    assert (envelope.verb, Place.read(envelope.argument).slot) == ("co_creators.add", CLEO.key)
    assert "Nobody yet." not in text(card)


def test_it_is_said_where_nobody_is_there_to_choose() -> None:
    assert "Nobody else is here." in text(shown(co_creators_screen(people(), DIALOG)))
    unknown = people(page=Page(()), audience=None)
    assert "not known yet" in text(shown(co_creators_screen(unknown, DIALOG)))
    sought = people(page=Page(()), search="Zoe")
    assert "Nobody of that name." in text(shown(co_creators_screen(sought, DIALOG)))


def test_the_checker_is_named_and_not_offered_again() -> None:
    made = a_view(a_checklist(checker=BEN), viewer=CREATOR.key)
    card = shown(checker_screen(replace(people(BEN, CLEO), view=made), DIALOG))
    assert "Who checks what was done\nBen\n" in text(card)
    assert rows(card) == [f"Choose {CREATOR.name}", "Choose Cleo"]


@pytest.mark.parametrize("host", Host)
@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT])
def test_the_longest_is_one_that_teams_takes(host: Host, texts: Texts) -> None:
    def many(count: int, start: str) -> tuple[Person, ...]:
        signs = "*_“é" * 25
        return tuple(Person(f"{start * 36}/{n:036}", f"{n}{signs}") for n in range(count))

    setting = Setting(host, texts, notice="No.", done="Yes.")
    page = Page(tuple(Response(one, None, None) for one in many(PEOPLE_PER_PAGE, "x")), "m" * 200)
    co_creators = (*many(MOST_CO_CREATORS - 1, "y"), EVIL)
    title = "*_“é" * 125
    card = shown(
        co_creators_screen(
            people(page=page, search="s" * 100, co_creators=co_creators, title=title), setting
        )
    )
    assert "](https://evil" not in text(card).replace(r"\](", "")
    listed = a_view(a_checklist(checker=EVIL), viewer=CREATOR.key)
    shown(checker_screen(replace(people(page=page), view=listed), setting))


def test_who_does_an_item_is_chosen_among_the_people_of_the_chat() -> None:
    card = shown(add_screen(a_board(), "new0item0000", ["Ben", "Cleo", "Ben"]))
    (field,) = [one for one in input_elements(card) if one["id"].endswith(".assignee")]
    titles = [choice["title"] for choice in field["choices"]]
    assert (field["style"], titles) == ("filtered", ["Nobody in particular", "Ben", "Cleo"])
    assert (field["placeholder"], field.get("value")) == ("Nobody in particular", None)
    assert find_action(card, "Add")


def test_who_is_named_and_not_in_the_chat_stays_and_without_people_it_is_typed() -> None:
    board = a_board(a_list(Item("i0", "Lights", assignee="Zoe")))
    chosen = inputs(shown(change_screen(board, "i0", ["Ben"])))
    sent = inputs(shown(change_screen(board, "i0")))
    assert (chosen["q.i0.assignee"], sent["q.i0.assignee"]) == ("=Zoe", "Zoe")


@pytest.mark.parametrize("name", ["Ben", "Lefèvre, Chloé", "100 %2C", "=x", ""])
def test_a_name_that_is_chosen_is_read_again_whatever_is_in_it(name: str) -> None:
    shown(add_screen(a_board(), "new0item0000", [name]))
    assert typed({"assignee": to_choose(name)})["assignee"] == name
    assert "," not in to_choose(name)


def test_where_the_people_do_not_fit_the_name_is_typed() -> None:
    names = [f"{n}" + "é*" * 49 for n in range(100)]
    card = shown(change_screen(a_board(longest(), CREATOR), "item00000000", names))
    (field,) = [one for one in input_elements(card) if one["id"].endswith(".assignee")]
    assert field["type"] == "Input.Text"

"""Answering page by page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.about import About
from actions.action import Action, Settings, Status
from actions.content import Content
from actions.errors import Closed, MusterError, NotAllowed, NotFound, NotSaved
from actions.filling import discard, hand_in, opened, opened_at, receipt_of, turn, unsaved, went_to
from actions.history import Entry
from actions.people import Person
from actions.questions import Answers
from actions.responses import slot_of
from actions.sheet import REVIEW, Filling, Move, Receipt, Sheet
from actions.text import Text
from actions.typed import NOTHING_SENT, Sent
from tests.actions.builders import ACTION_ID, CREATOR, DUE, NOW, VOTER, a_poll
from tests.actions.surveys import a_survey
from tests.actions.test_typed import REQUIRED, if_yes, yes_or_no
from tests.actions.world import STRANGER, World, a_caller

BREAK = About(starts_page=True)


def three_pages(**changes: Any) -> Action:
    """Give a survey of three pages: a is required, b is asked of who says yes, then c and d."""
    questions = (
        yes_or_no("a", REQUIRED),
        Text("b", "Why?", about=if_yes("a")),
        Text("c", "And?", about=BREAK),
        Text("d", "Else?", limit=5),
    )
    return a_survey(*questions, **changes)


def one_page(**changes: Any) -> Action:
    """Give a survey of one page."""
    return a_survey(yes_or_no("a"), Text("b", "Why?"), **changes)


class Respondent:
    """Someone who fills in: every step on the fake outside."""

    def __init__(self, world: World, person: Person = VOTER) -> None:
        self.world = world
        self.person = person
        self.caller = a_caller(person)

    async def opens(self) -> Filling | Receipt:
        """Press Answer."""
        return await opened(self.world.ports, self.caller, ACTION_ID)

    async def fills(self) -> Filling:
        """Press Answer, to a form."""
        found = await self.opens()
        assert isinstance(found, Filling)
        return found

    async def edits(self, number: int = 1) -> Filling:
        """Open one response, to a form."""
        found = await opened_at(self.world.ports, self.caller, Sheet(ACTION_ID, number))
        assert isinstance(found, Filling)
        return found

    async def turns(
        self, page: str, move: Move = Move.NEXT, number: int = 1, **inputs: str
    ) -> Filling:
        """Press a button of the page with these questions, each named by a letter."""
        sheet, sent = Sheet(ACTION_ID, number), Sent(tuple(page), inputs)
        return await turn(self.world.ports, self.caller, sheet, sent, move)

    async def hands_in(self, page: str = "", number: int = 1, **inputs: str) -> Filling | Receipt:
        """Press Hand in."""
        sheet, sent = Sheet(ACTION_ID, number), Sent(tuple(page), inputs)
        return await hand_in(self.world.ports, self.caller, sheet, sent)

    async def answers(self, number: int = 1) -> Answers | None:
        """Look up what was handed in."""
        return await self.world.store.answers(ACTION_ID, slot_of(self.person.key, number))

    async def keeps(self, number: int = 1) -> bool:
        """Look up whether something is kept that was not handed in."""
        slot = slot_of(self.person.key, number)
        kept = await self.world.store.progress(ACTION_ID, slot)
        return kept is not None and bool(kept.values)


@pytest.fixture
async def vera(world: World) -> Respondent:
    """Give someone before a survey of three pages."""
    await world.posted(three_pages())
    return Respondent(world)


async def close(world: World) -> None:
    """Close the survey."""

    def closed(action: Action) -> Action:
        return replace(action, status=Status.CLOSED, closed_at=NOW)

    await world.store.change(ACTION_ID, closed, Entry(NOW, CREATOR, "closed"))


async def reopen(world: World) -> None:
    """Open the survey again."""

    def again(action: Action) -> Action:
        return replace(action, status=Status.ACTIVE, closed_at=None)

    await world.store.change(ACTION_ID, again, Entry(NOW, CREATOR, "reopened"))


async def edit(world: World, content: Content) -> None:
    """Change what the survey asks."""

    def edited(action: Action) -> Action:
        return replace(action, content=content)

    await world.store.change(ACTION_ID, edited, Entry(NOW, CREATOR, "edited"))


async def finished(vera: Respondent) -> Receipt:
    """Answer all three pages and hand them in."""
    await vera.turns("a", a="y")
    await vera.turns("b", b="Because.")
    await vera.turns("cd", c="More", d="")
    receipt = await vera.hands_in()
    assert isinstance(receipt, Receipt)
    return receipt


async def test_a_form_starts_blank_on_its_first_page(vera: Respondent) -> None:
    filling = await vera.fills()
    assert [q.id for q in filling.page] == ["a"]
    assert (filling.values, filling.begun, filling.resumed) == ({}, False, False)
    assert len(filling.pages) == 2
    assert not await vera.keeps()


async def test_pages_lead_to_the_review_and_to_a_receipt(vera: Respondent) -> None:
    assert [q.id for q in (await vera.turns("a", a="y")).page] == ["b"]
    assert [q.id for q in (await vera.turns("b", b="Because.")).page] == ["c", "d"]
    assert (await vera.turns("cd", c="More", d="")).at == REVIEW
    receipt = await vera.hands_in()
    assert isinstance(receipt, Receipt)
    assert await vera.answers() == {"a": ("y",), "b": "Because.", "c": "More"}
    assert not await vera.keeps()


async def test_a_page_that_no_answer_leads_to_is_left_out(vera: Respondent) -> None:
    assert [q.id for q in (await vera.turns("a", a="n")).page] == ["c", "d"]


async def test_a_page_with_a_problem_stays_and_keeps_what_was_typed(vera: Respondent) -> None:
    filling = await vera.turns("cd", c="More", d="too long")
    assert [q.id for q in filling.page] == ["c", "d"]
    assert {name: p.code for name, p in filling.wrong.items()} == {"d": "too_long"}
    assert filling.values == {"c": "More", "d": "too long"}
    again = await vera.fills()
    assert (again.at, again.values["d"]) == ("c", "too long")
    assert again.wrong == {}


async def test_going_back_and_putting_aside_never_look_for_problems(vera: Respondent) -> None:
    back = await vera.turns("cd", Move.BACK, d="too long")
    assert ([q.id for q in back.page], back.wrong) == (["a"], {})
    later = await vera.turns("cd", Move.STAY, d="too long")
    assert (later.at, later.wrong) == ("c", {})


async def test_a_form_is_gone_on_with_at_its_page(vera: Respondent) -> None:
    await vera.turns("a", a="y")
    elsewhere = await vera.fills()
    assert (elsewhere.at, elsewhere.resumed, elsewhere.values) == ("b", True, {"a": "y"})
    assert not (await vera.turns("b", b="")).resumed


async def test_an_answer_that_became_hidden_is_kept_until_it_is_handed_in(
    vera: Respondent,
) -> None:
    await vera.turns("a", a="y")
    await vera.turns("b", b="Because.")
    review = await vera.turns("a", Move.LEAVE, a="n")
    assert [q.id for q in review.read.dropped] == ["b"]
    assert (await vera.turns("a", Move.LEAVE, a="y")).read.answers["b"] == "Because."
    await vera.turns("a", Move.LEAVE, a="n")
    await vera.hands_in()
    assert await vera.answers() == {"a": ("n",)}


async def test_the_review_leads_to_a_page_and_the_page_back(vera: Respondent) -> None:
    await vera.turns("a", a="y")
    sheet = Sheet(ACTION_ID)
    page = await went_to(vera.world.ports, vera.caller, sheet, "c")
    assert [q.id for q in page.page] == ["c", "d"]
    assert (await vera.turns("cd", Move.DONE, d="too long")).wrong
    assert (await vera.turns("cd", Move.DONE, d="short")).at == REVIEW
    assert (await went_to(vera.world.ports, vera.caller, sheet, REVIEW)).at == REVIEW
    assert [q.id for q in (await vera.turns("", Move.BACK)).page] == ["c", "d"]


async def test_handing_in_leads_to_the_first_page_with_a_problem(vera: Respondent) -> None:
    await vera.turns("cd", Move.LEAVE, d="too long")
    first = await vera.hands_in()
    assert isinstance(first, Filling)
    assert ([q.id for q in first.page], list(first.wrong)) == (["a"], ["a"])
    await vera.turns("a", Move.DONE, a="n")
    second = await vera.hands_in()
    assert isinstance(second, Filling)
    assert ([q.id for q in second.page], list(second.wrong)) == (["c", "d"], ["d"])
    assert second.values["d"] == "too long"
    assert await vera.answers() is None


async def test_nothing_at_all_is_not_handed_in(world: World) -> None:
    await world.posted(one_page())
    vera = Respondent(world)
    found = await vera.hands_in("ab", b="  ")
    assert isinstance(found, Filling)
    assert found.refused is not None
    assert found.refused.code == "nothing_answered"
    assert await vera.answers() is None


async def test_one_page_is_handed_in_as_it_is(world: World) -> None:
    await world.posted(one_page())
    vera = Respondent(world)
    assert (await vera.fills()).is_single
    assert isinstance(await vera.hands_in("ab", a="y", b="Because."), Receipt)
    assert await vera.answers() == {"a": ("y",), "b": "Because."}
    assert not await vera.keeps()


async def test_one_page_with_a_problem_keeps_what_was_typed(world: World) -> None:
    await world.posted(one_page(title="T"))
    vera = Respondent(world)
    found = await vera.hands_in("ab", a="zz", b="Because.")
    assert isinstance(found, Filling)
    assert list(found.wrong) == ["a"]
    assert (await vera.fills()).values["b"] == "Because."


async def test_a_page_of_several_is_not_handed_in_by_a_button_of_one(vera: Respondent) -> None:
    found = await vera.hands_in("a", a="y")
    assert isinstance(found, Filling)
    assert [q.id for q in found.page] == ["b"]
    assert await vera.answers() is None


async def test_handing_in_twice_is_handing_in_once(vera: Respondent) -> None:
    await finished(vera)
    assert isinstance(await vera.hands_in(), Receipt)
    assert (await vera.world.store.tallies(ACTION_ID)).responded == 1
    assert not await vera.keeps()


async def test_a_page_that_is_sent_again_leaves_nothing_behind(vera: Respondent) -> None:
    await finished(vera)
    await vera.turns("b", b="Because.")
    await vera.turns("cd", Move.STAY, c="More", d="")
    assert not await vera.keeps()
    assert isinstance(await vera.opens(), Receipt)


async def test_the_receipt_says_what_can_be_done(vera: Respondent) -> None:
    receipt = await finished(vera)
    assert receipt.is_open
    assert receipt.may_edit(receipt.own[0])
    assert receipt.sees_results
    assert [response.at for response in receipt.own] == [NOW]
    assert receipt == await vera.opens()


async def test_a_change_stands_only_once_it_is_handed_in(vera: Respondent) -> None:
    await finished(vera)
    form = await vera.edits()
    assert (form.at, form.values["b"]) == (REVIEW, "Because.")
    await vera.turns("b", Move.DONE, b="Another reason.")
    assert (await vera.answers() or {})["b"] == "Because."
    gone_on = await vera.fills()
    assert gone_on.resumed
    assert gone_on.values == {"a": "y", "b": "Another reason.", "c": "More"}
    await vera.hands_in()
    assert (await vera.answers() or {})["b"] == "Another reason."
    assert (await vera.world.store.tallies(ACTION_ID)).responded == 1


async def test_a_change_can_be_thrown_away(vera: Respondent) -> None:
    await finished(vera)
    await vera.turns("b", Move.DONE, b="Another reason.")
    receipt = await discard(vera.world.ports, vera.caller, Sheet(ACTION_ID))
    assert receipt == await vera.opens()
    assert (await vera.edits()).values["b"] == "Because."


async def test_what_was_never_handed_in_is_not_thrown_away(vera: Respondent) -> None:
    await vera.turns("a", a="y")
    await discard(vera.world.ports, vera.caller, Sheet(ACTION_ID))
    assert (await vera.fills()).values == {"a": "y"}


async def test_what_may_not_be_changed_is_refused(world: World) -> None:
    await world.posted(three_pages(may_change=False))
    vera = Respondent(world)
    receipt = await finished(vera)
    assert not receipt.may_edit(receipt.own[0])
    assert isinstance(await vera.hands_in(), Receipt)
    for step in (vera.edits(), vera.turns("b", b="Another reason.")):
        with pytest.raises(NotAllowed) as refused:
            await step
        assert refused.value.code == "handed_in"
    assert not await vera.keeps()


async def test_a_single_page_that_may_not_be_changed_is_refused(world: World) -> None:
    await world.posted(one_page(may_change=False))
    vera = Respondent(world)
    await vera.hands_in("ab", a="y")
    assert isinstance(await vera.hands_in("ab", a="y"), Receipt)
    with pytest.raises(NotAllowed):
        await vera.hands_in("ab", a="n")
    assert (await vera.answers()) == {"a": ("y",)}
    assert not await vera.keeps()


async def test_each_of_several_responses_has_a_number(world: World) -> None:
    await world.posted(one_page(several=True))
    vera = Respondent(world)
    await vera.hands_in("ab", a="y")
    receipt = await vera.opens()
    assert isinstance(receipt, Receipt)
    assert receipt.next_number == 2
    assert (await vera.edits(2)).values == {}
    for _ in range(2):
        await vera.hands_in("ab", 2, a="n")
    found = await vera.opens()
    assert isinstance(found, Receipt)
    assert [response.answers for response in found.own] == [{"a": ("y",)}, {"a": ("n",)}]
    assert (await world.store.tallies(ACTION_ID)).people == 1


async def test_the_newest_of_several_is_gone_on_with(world: World) -> None:
    await world.posted(three_pages(several=True))
    vera = Respondent(world)
    await finished(vera)
    await vera.turns("a", number=2, a="n")
    form = await vera.fills()
    assert (form.number, form.values, form.handed_in) == (2, {"a": "n"}, None)


@pytest.mark.parametrize(("several", "number"), [(False, 2), (True, 2), (True, 900)])
async def test_a_response_before_its_turn_is_not_found(
    world: World, number: int, *, several: bool
) -> None:
    await world.posted(one_page(several=several))
    vera = Respondent(world)
    for step in (vera.edits(number), vera.hands_in("ab", number, a="y")):
        with pytest.raises(NotFound):
            await step
    assert await vera.answers(number) is None


async def test_what_is_closed_meanwhile_is_kept_but_not_handed_in(vera: Respondent) -> None:
    await vera.turns("a", a="n")
    await close(vera.world)
    for step in (vera.turns("cd", c="More", d=""), vera.hands_in()):
        with pytest.raises(Closed) as refused:
            await step
        assert refused.value.code == "too_late"
    assert await vera.answers() is None
    assert isinstance(await vera.opens(), Receipt)
    assert isinstance(await opened_at(vera.world.ports, vera.caller, Sheet(ACTION_ID)), Receipt)
    await reopen(vera.world)
    assert (await vera.fills()).values == {"a": "n", "c": "More", "d": ""}


async def test_one_page_that_is_closed_meanwhile_is_kept(world: World) -> None:
    await world.posted(one_page())
    vera = Respondent(world)
    world.clock.time = DUE + timedelta(seconds=1)
    with pytest.raises(Closed):
        await vera.hands_in("ab", a="y", b="Because.")
    assert await vera.keeps()


async def test_handing_in_again_after_closing_is_no_failure(vera: Respondent) -> None:
    await finished(vera)
    await close(vera.world)
    receipt = await vera.hands_in()
    assert isinstance(receipt, Receipt)
    assert not receipt.is_open
    assert not receipt.may_edit(receipt.own[0])


async def test_a_survey_that_was_edited_meanwhile_is_read_anew(vera: Respondent) -> None:
    await vera.turns("a", a="n")
    await vera.turns("cd", c="More", d="")
    content = three_pages().content
    more = Text("e", "New?", about=replace(BREAK, required=True))
    await edit(vera.world, replace(content, questions=(*content.questions, more)))
    found = await vera.hands_in()
    assert isinstance(found, Filling)
    assert ([q.id for q in found.page], list(found.wrong)) == (["e"], ["e"])
    await vera.turns("e", Move.DONE, e="Yes")
    await vera.hands_in()
    assert await vera.answers() == {"a": ("n",), "c": "More", "e": "Yes"}


async def test_a_page_whose_questions_are_gone_leads_on(vera: Respondent) -> None:
    await vera.turns("a", a="n")
    await edit(vera.world, Content("T", (yes_or_no("a"), Text("z", "Z", about=BREAK))))
    found = await vera.turns("cd", c="More", d="too long")
    assert [q.id for q in found.page] == ["a"]
    assert found.values == {"a": "n"}


async def test_an_anonymous_response_is_changed_until_it_is_closed(world: World) -> None:
    await world.posted(three_pages(anonymous=True))
    vera = Respondent(world)
    receipt = await finished(vera)
    assert [response.at for response in receipt.own] == [None]
    await vera.turns("b", Move.DONE, b="Another reason.")
    await vera.hands_in()
    assert (await vera.answers() or {})["b"] == "Another reason."
    await close(world)
    await reopen(world)
    sealed = await vera.opens()
    assert isinstance(sealed, Receipt)
    assert sealed.is_sealed(1)
    with pytest.raises(NotAllowed) as refused:
        await vera.turns("a", a="n")
    assert refused.value.code == "sealed"


async def test_a_page_that_cannot_be_kept_is_given_back_as_it_was_sent(vera: Respondent) -> None:
    vera.world.store.fails = NotSaved("not_saved")
    with pytest.raises(NotSaved):
        await vera.turns("b", b="Because.")
    sent = Sent(("b",), {"b": "Because."})
    page = await unsaved(vera.world.ports, vera.caller, Sheet(ACTION_ID), sent)
    assert ([q.id for q in page.page], page.values) == (["b"], {"b": "Because."})
    assert page.numbers["b"] == 2


@pytest.mark.parametrize("where", ["19:elsewhere@thread.v2"])
async def test_who_may_not_know_of_a_survey_finds_none(vera: Respondent, where: str) -> None:
    caller, sheet = a_caller(STRANGER, where), Sheet(ACTION_ID)
    ports = vera.world.ports
    steps = (
        opened(ports, caller, ACTION_ID),
        opened_at(ports, caller, sheet),
        turn(ports, caller, sheet, Sent(("a",), {"a": "y"}), Move.NEXT),
        hand_in(ports, caller, sheet, Sent(("a",), {"a": "y"})),
        went_to(ports, caller, sheet, "a"),
        discard(ports, caller, sheet),
        unsaved(ports, caller, sheet, NOTHING_SENT),
    )
    for step in steps:
        with pytest.raises(NotFound):
            await step


async def test_what_is_not_filled_in_by_page_is_not_found(world: World) -> None:
    await world.posted(a_poll())
    with pytest.raises(NotFound):
        await Respondent(world).opens()


async def test_a_survey_that_was_deleted_is_not_found(vera: Respondent) -> None:
    await vera.turns("a", a="y")
    await vera.world.store.delete(ACTION_ID, Entry(NOW, CREATOR, "deleted"))
    for step in (vera.opens(), vera.turns("b", b="x"), vera.hands_in()):
        with pytest.raises(MusterError) as gone:
            await step
        assert gone.value.code == "deleted"


async def test_nobody_fills_in_for_someone_else(vera: Respondent) -> None:
    await vera.turns("a", a="y")
    other = Respondent(vera.world, CREATOR)
    assert (await other.fills()).values == {}
    await other.turns("a", a="n")
    assert (await vera.fills()).values == {"a": "y"}


async def test_a_forged_place_leads_to_the_first_page(vera: Respondent) -> None:
    page = await went_to(vera.world.ports, vera.caller, Sheet(ACTION_ID), "x" * 4_000)
    assert [q.id for q in page.page] == ["a"]
    await vera.turns("zy", Move.STAY, a="y")
    kept = await vera.world.store.progress(ACTION_ID, VOTER.key)
    assert kept is not None
    assert (kept.at, kept.values) == ("", {"a": "y"})


async def test_results_are_seen_as_the_settings_say(world: World) -> None:
    await world.posted(replace(one_page(), settings=Settings()))
    receipt = await receipt_of(world.ports, a_caller(VOTER), ACTION_ID)
    assert receipt.sees_results
    assert receipt.own == ()

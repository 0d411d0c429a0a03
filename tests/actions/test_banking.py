"""Using one's bank: lists, imports that never double, and questions for quizzes and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import banking, drafted, drafting
from actions.action import Draft
from actions.bank import BankFile, BankItem, Finding, build_item, item_fields
from actions.banked import LONGEST_VALUE, MOST_FINDINGS, QUESTION, ImportReport, Selection
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.fields import line_id
from actions.kinds import builder
from actions.presets import preset_of
from bot.now import RandomIds
from tests.actions.bank_items import bank_items
from tests.actions.builders import VOTER
from tests.actions.world import World, a_caller

ADA, BEN = a_caller(), a_caller(VOTER)


@pytest.fixture
def world() -> World:
    return a_bank()


def a_bank() -> World:
    """Give a world in which ids are as they are outside."""
    made = World()
    made.ports = replace(made.ports, ids=RandomIds())
    return made


def an_item(text: str = "Which?", *tags: str, name: str = "", right: str = "yes") -> BankItem:
    return build_item(QUESTION, "yes_no", {"text": text, "right": right}, tags, name)


def again(item: BankItem) -> BankItem:
    """Give a question as its form reads it, which joins the blanks in a spelling."""
    preset = preset_of(item.question).name
    return build_item(QUESTION, preset, item_fields(item))


async def texts(world: World, search: str = "", tag: str = "") -> list[str]:
    listing = await banking.listed(world.ports, ADA, Selection(search, tag))
    return [banked.item.question.text for banked in listing.page.items]


async def first(world: World) -> str:
    listing = await banking.listed(world.ports, ADA, Selection())
    return listing.page.items[0].id


async def a_quiz(world: World, kind: str = "quiz") -> Draft:
    draft = drafting.start(world.ports, ADA, kind, "Quiz")
    await world.store.save_draft(draft)
    return draft


# Imports


async def test_an_import_says_what_it_did(world: World) -> None:
    finding = Finding(3, Problem("gift_essay"))
    file = BankFile((an_item("A?"), an_item("B?", "b")), (finding,))
    report = await banking.keep_file(world.ports, ADA, file)
    assert (report.added, report.changed, report.same, report.beyond) == (2, 0, 0, 0)
    assert report.findings == (finding,)
    assert await banking.last_import(world.ports, ADA) == report
    with pytest.raises(NotFound, match="no_such_import"):
        await banking.last_import(world.ports, BEN)


async def test_questions_stand_in_the_list_as_in_the_file(world: World) -> None:
    asked = [f"{letter}?" for letter in "DBAC"]
    await banking.keep_file(world.ports, ADA, BankFile(tuple(map(an_item, asked))))
    assert await texts(world) == asked


async def test_a_file_that_comes_twice_is_there_once(world: World) -> None:
    file = BankFile((an_item("A?", "a"), an_item("B?")))
    await banking.keep_file(world.ports, ADA, file)
    report = await banking.keep_file(world.ports, ADA, file)
    assert (report.added, report.changed, report.same) == (0, 0, 2)
    assert await texts(world) == ["A?", "B?"]


async def test_the_same_question_gets_the_tags_of_both_and_the_newer_name(world: World) -> None:
    old, new = an_item("A?", "a", "b", name="Old"), an_item("A?", "B", "c", name="New")
    await banking.keep_file(world.ports, ADA, BankFile((old,)))
    report = await banking.keep_file(world.ports, ADA, BankFile((new, an_item("A?"))))
    assert (report.added, report.changed, report.same) == (0, 1, 0)
    item = (await banking.one(world.ports, ADA, await first(world))).item
    assert (item.tags, item.name) == (("a", "b", "c"), "New")


async def test_what_has_another_key_is_another_question(world: World) -> None:
    file = BankFile((an_item(right="yes"), an_item(right="no")))
    assert (await banking.keep_file(world.ports, ADA, file)).added == 2


@given(bank_items(), bank_items())
async def test_two_questions_are_one_only_if_all_but_name_and_tags_is_the_same(
    one: BankItem, other: BankItem
) -> None:
    world = a_bank()
    report = await banking.keep_file(world.ports, ADA, BankFile((one, other)))
    bare = [replace(item, name="", tags=()) for item in (one, other)]
    assert report.added == 1 + (bare[0] != bare[1])


async def test_there_is_room_for_so_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banking, "MOST_ITEMS", 3)
    file = BankFile(tuple(an_item(f"{n}?") for n in range(5)))
    report = await banking.keep_file(world.ports, ADA, file)
    assert (report.added, report.beyond) == (3, 2)
    report = await banking.keep_file(world.ports, ADA, file)
    assert (report.added, report.same, report.beyond) == (0, 3, 2)


async def test_very_many_findings_are_counted(world: World) -> None:
    findings = tuple(Finding(n, Problem("gift_essay")) for n in range(MOST_FINDINGS + 5))
    report = await banking.keep_file(world.ports, ADA, BankFile((), findings))
    assert (len(report.findings), report.unsaid) == (MOST_FINDINGS, 5)


async def test_questions_of_a_file_that_were_not_read_have_no_room(world: World) -> None:
    report = await banking.keep_file(world.ports, ADA, BankFile((an_item(),), unread=7))
    assert (report.added, report.beyond) == (1, 7)


def test_of_words_in_a_finding_only_so_many_are_kept() -> None:
    finding = Finding(1, Problem("table_column", {"text": "x" * 30_000}), kept=True)
    kept = ImportReport.decode(ImportReport(findings=(finding,)).encode()).findings[0]
    assert kept.problem.values == {"text": "x" * LONGEST_VALUE}


# The list


async def test_pages_lead_on_and_an_empty_one_to_the_first(world: World) -> None:
    asked = tuple(an_item(f"Question {n:02}?") for n in range(banking.PER_PAGE + 1))
    await banking.keep_file(world.ports, ADA, BankFile(asked))
    listing = await banking.listed(world.ports, ADA, Selection())
    assert len(listing.page.items) == banking.PER_PAGE
    mark = listing.page.following
    last = await banking.listed(world.ports, ADA, Selection(), mark)
    assert [one.item.question.text for one in last.page.items] == ["Question 08?"]
    await banking.delete(world.ports, ADA, last.page.items[0].id)
    shown = await banking.listed(world.ports, ADA, Selection(), mark)
    assert (shown.after, len(shown.page.items)) == ("", banking.PER_PAGE)


async def test_all_of_them_are_read_in_the_order_of_the_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banking, "CHUNK", 2)
    items = tuple(an_item(f"{n}?", "odd" if n % 2 else "even") for n in range(5))
    await banking.keep_file(world.ports, ADA, BankFile(items))
    owner = ADA.person.key
    read = [i async for some in banking.all_of(world.ports, owner, Selection()) for i in some]
    assert read == list(items)
    even = [
        item
        async for some in banking.all_of(world.ports, owner, Selection(tag="even"))
        for item in some
    ]
    assert even == list(items[::2])


async def test_name_and_tags_are_changed_and_the_question_stays(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?", "old"),)))
    item_id = await first(world)
    changed = await banking.relabel(world.ports, ADA, item_id, " My  name ", "x, y,\nX")
    assert (changed.item.name, changed.item.tags) == ("My  name", ("x", "y"))
    assert await banking.one(world.ports, ADA, item_id) == changed
    assert (await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"),)))).same == 1


async def test_what_is_wrong_with_name_and_tags_is_said_at_once(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"),)))
    tags = ",".join(map(str, range(21)))
    with pytest.raises(InvalidAnswers) as refused:
        await banking.relabel(world.ports, ADA, await first(world), "x" * 256, tags)
    assert set(refused.value.problems) == {"name", "tags"}


async def test_nobody_reaches_the_questions_of_others(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"),)))
    item_id = await first(world)
    with pytest.raises(NotFound, match="no_such_bank_question"):
        await banking.one(world.ports, BEN, item_id)
    with pytest.raises(NotFound, match="no_such_bank_question"):
        await banking.relabel(world.ports, BEN, item_id, "mine", "")
    await banking.delete(world.ports, BEN, item_id)
    assert await texts(world) == ["A?"]


# Quizzes


@given(st.lists(bank_items(), min_size=1, max_size=3))
async def test_questions_come_into_a_quiz_with_their_keys(items: list[BankItem]) -> None:
    world = a_bank()
    await banking.keep_file(world.ports, ADA, BankFile(tuple(items)))
    page = (await banking.listed(world.ports, ADA, Selection())).page.items
    draft = await a_quiz(world)
    ids = [banked.id for banked in page]
    draft, added = await banking.add_to_draft(world.ports, ADA, draft.id, ids)
    assert drafted.question_ids(draft.values) == list(added)
    problems: dict[str, Problem] = {}
    content = builder("quiz").read(draft.values, problems)
    assert problems == {}
    for new_id, banked in zip(added, page, strict=True):
        question, key = content.question(new_id), content.keys[new_id]
        assert question is not None
        assert question.text == banked.item.question.text
        assert key.explanation == banked.item.key.explanation
        if isinstance(key.right, tuple):
            assert key.right == again(banked.item).key.right


async def test_asked_twice_they_are_added_once(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"),)))
    draft, ids = await a_quiz(world), [await first(world)]
    for _ in range(2):
        draft, _ = await banking.add_to_draft(world.ports, ADA, draft.id, ids, "seen")
    assert len(drafted.question_ids(draft.values)) == 1
    draft, _ = await banking.add_to_draft(world.ports, ADA, draft.id, ids, "seen later")
    assert len(drafted.question_ids(draft.values)) == 2


async def test_questions_that_are_gone_or_of_others_are_not_added(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"),)))
    item_id = await first(world)
    bens = drafting.start(world.ports, BEN, "quiz", "Quiz")
    await world.store.save_draft(bens)
    with pytest.raises(InvalidAnswers) as refused:
        await banking.add_to_draft(world.ports, BEN, bens.id, [item_id])
    assert refused.value.problems["add"].code == "pick_needed"
    with pytest.raises(NotFound, match="no_such_draft"):
        await banking.add_to_draft(world.ports, ADA, bens.id, [item_id])


async def test_only_where_questions_are_marked_can_they_be_added(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"),)))
    survey = await a_quiz(world, "survey")
    with pytest.raises(NotFound, match="no_such_button"):
        await banking.add_to_draft(world.ports, ADA, survey.id, [await first(world)])
    with pytest.raises(NotFound, match="no_such_button"):
        await banking.keep_from_draft(world.ports, ADA, survey.id, "q")


async def test_where_they_find_no_room_none_is_added(world: World) -> None:
    await banking.keep_file(world.ports, ADA, BankFile((an_item("A?"), an_item("B?"))))
    draft = await a_quiz(world)
    values = draft.values
    for n in range(drafted.MOST_QUESTIONS - 1):
        values = drafted.add(values, "yes_no", f"q{n}")
    await world.store.save_draft(replace(draft, values=values))
    page = (await banking.listed(world.ports, ADA, Selection())).page.items
    with pytest.raises(InvalidAnswers) as refused:
        await banking.add_to_draft(world.ports, ADA, draft.id, [one.id for one in page])
    assert refused.value.problems["add"].code == "questions_full"
    stored = await world.store.draft(draft.id)
    assert len(drafted.question_ids(stored.values)) == drafted.MOST_QUESTIONS - 1


async def test_a_quizzes_question_is_kept_and_comes_back_the_same(world: World) -> None:
    draft = await a_quiz(world)
    fields = {"text": "Capital?", "options": "*Paris\nRome\n\\*star", "points": "3"}
    values = drafted.add(draft.values, "one", "new", fields)
    values = drafted.add(values, "yes_no", "truth", {"text": "Is it?", "right": "no"})
    draft = replace(draft, values=values)
    await world.store.save_draft(draft)
    for question_id in ("new", "truth"):
        report = await banking.keep_from_draft(world.ports, ADA, draft.id, question_id, ["places"])
        assert report.added == 1
    page = (await banking.listed(world.ports, ADA, Selection("capital"))).page.items
    item = page[0].item
    assert item.key.right == (line_id("Paris"),)
    assert (item.key.points, item.tags) == (3, ("places",))
    assert item.question.form()["options"] == "Paris\nRome\n*star"
    draft, added = await banking.add_to_draft(world.ports, ADA, draft.id, [page[0].id])
    again = await banking.keep_from_draft(world.ports, ADA, draft.id, added[0])
    assert (again.added, again.same) == (0, 1)


async def test_a_question_without_a_key_is_not_kept(world: World) -> None:
    draft = await a_quiz(world)
    values = drafted.add(draft.values, "one", "new", {"text": "?", "options": "a\nb"})
    values = drafted.add(values, "one", "blank", {"options": "*a\nb"})
    await world.store.save_draft(replace(draft, values=values))
    with pytest.raises(InvalidAnswers) as refused:
        await banking.keep_from_draft(world.ports, ADA, draft.id, "new")
    assert {name: p.code for name, p in refused.value.problems.items()} == {
        "q.new.options": "star_needed"
    }
    with pytest.raises(InvalidAnswers) as refused:
        await banking.keep_from_draft(world.ports, ADA, draft.id, "blank")
    assert set(refused.value.problems) == {"q.blank.text"}
    assert await texts(world) == []


async def test_a_lesson_is_no_question(world: World) -> None:
    draft = await a_quiz(world, "training")
    values = drafted.add(draft.values, "lesson", "new", {"text": "Read this", "body": "Words"})
    await world.store.save_draft(replace(draft, values=values))
    with pytest.raises(InvalidAnswers) as refused:
        await banking.keep_from_draft(world.ports, ADA, draft.id, "new")
    assert {problem.code for problem in refused.value.problems.values()} == {"not_marked"}


async def test_a_full_bank_keeps_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banking, "MOST_ITEMS", 0)
    draft = await a_quiz(world)
    values = drafted.add(draft.values, "yes_no", "new", {"text": "?", "right": "no"})
    await world.store.save_draft(replace(draft, values=values))
    with pytest.raises(NotFound, match="bank_full"):
        await banking.keep_from_draft(world.ports, ADA, draft.id, "new")

"""Drafts."""

import pytest

from actions.errors import NotFound
from tests.fakes import FixedClock, a_draft, a_person, a_posting, an_action
from tests.storage.conftest import AnyStore


async def test_draft_is_kept_as_it_was_typed(store: AnyStore, clock: FixedClock) -> None:
    values = {"title": "Lunch? 🍕\n\"'", "options": "a b", "option.a": ""}
    draft = a_draft(values=values, updated_at=clock.now(), edits="action", origin="19:x")
    await store.save_draft(draft)
    assert await store.draft("draft") == draft


async def test_saved_again_a_draft_takes_its_own_place(store: AnyStore) -> None:
    await store.save_draft(a_draft())
    await store.save_draft(a_draft(values={"title": "Dinner?"}))
    assert (await store.draft("draft")).values == {"title": "Dinner?"}
    assert len(await store.drafts("tenant/ada", 0, 10)) == 1


async def test_unknown_and_deleted_drafts_are_not_found(store: AnyStore) -> None:
    await store.save_draft(a_draft())
    await store.delete_draft("draft")
    await store.delete_draft("draft")
    with pytest.raises(NotFound, match="no_such_draft"):
        await store.draft("draft")


async def test_drafts_are_listed_latest_touched_first(store: AnyStore, clock: FixedClock) -> None:
    for i in range(5):
        await store.save_draft(a_draft(f"draft{i}", updated_at=clock.advance(minutes=1)))
    await store.save_draft(a_draft("bobs", creator=a_person("Bob")))
    listed = await store.drafts("tenant/ada", 1, 3)
    assert [draft.id for draft in listed] == ["draft3", "draft2", "draft1"]


async def test_drafts_are_searched_by_title(store: AnyStore, clock: FixedClock) -> None:
    for i, title in enumerate(("Summer party", "PARTY food", "Straße", "")):
        touched = clock.advance(minutes=1)
        await store.save_draft(a_draft(f"draft{i}", values={"title": title}, updated_at=touched))
    await store.save_draft(a_draft("untitled", values={"question": "Party?"}, updated_at=None))

    async def found(search: str, offset: int = 0, limit: int = 10) -> list[str]:
        listed = await store.drafts("tenant/ada", offset, limit, search)
        return [draft.id for draft in listed]

    assert await found("party ") == ["draft1", "draft0"]
    assert await found("party", offset=1) == ["draft0"]
    assert await found("party", limit=1) == ["draft1"]
    assert await found("strasse") == ["draft2"]
    assert await found("nothing") == []
    assert await found("") == ["draft3", "draft2", "draft1", "draft0", "untitled"]


async def test_posted_draft_is_off_the_list_until_it_is_taken_back(store: AnyStore) -> None:
    await store.save_draft(a_draft("action"))
    action = an_action("action")
    await store.post(action, a_posting(action))
    assert await store.drafts("tenant/ada", 0, 10) == []
    with pytest.raises(NotFound, match="posted"):
        await store.draft("action")
    await store.unpost("action")
    assert await store.draft("action") == a_draft("action")
    with pytest.raises(NotFound):
        await store.action("action")


async def test_posted_again_after_it_was_taken_back_an_action_is_the_new_one(
    store: AnyStore, clock: FixedClock
) -> None:
    first = an_action()
    await store.post(first, a_posting(first))
    await store.action("action")
    await store.unpost("action")
    second = an_action(locale="de", created_at=clock.advance(minutes=1))
    await store.post(second, a_posting(second))
    assert await store.action("action") == second

"""Certificates."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from actions.certificates import Certificate, code_of
from actions.errors import NotFound
from actions.history import Entry
from actions.marking import Score
from actions.people import Person
from tests.fakes import NOON, FixedClock, a_person
from tests.storage.conftest import AnyStore, opened, posted

ADA = a_person("Ada")


def a_certificate(number: int = 1, **changes: Any) -> Certificate:
    """Give Ada's certificate for her first attempt; the number makes the code."""
    score, until = Score(Fraction(7, 3), 4), NOON + timedelta(days=365)
    made = Certificate(
        code_of(number), "action", ADA.key, 1, "Ada 🦊", "Safety", score, NOON, until
    )
    return replace(made, **changes)


async def test_a_certificate_is_kept_whole(store: AnyStore) -> None:
    await posted(store)
    whole = a_certificate()
    bare = a_certificate(2, attempt=2, score=None, valid_until=None)
    for certificate in (whole, bare):
        assert await store.keep_certificate(certificate) == certificate
        assert await store.certificate(certificate.code) == certificate
        attempt = certificate.attempt
        assert await store.certificate_for("action", ADA.key, attempt) == certificate


async def test_the_first_certificate_of_an_attempt_stands(store: AnyStore) -> None:
    await posted(store)
    first = await store.keep_certificate(a_certificate())
    assert await store.keep_certificate(a_certificate(2, name="Someone else")) == first
    with pytest.raises(NotFound, match="no_such_certificate"):
        await store.certificate(code_of(2))


async def test_of_certificates_kept_at_once_one_stands_for_all(store: AnyStore) -> None:
    await posted(store)
    wanted = [store.keep_certificate(a_certificate(number)) for number in range(8)]
    standing = await asyncio.gather(*wanted)
    assert len({certificate.code for certificate in standing}) == 1
    assert await store.certificate(standing[0].code) == standing[0]


async def test_two_processes_at_once_agree_on_one_certificate(
    database_url: str, clock: FixedClock
) -> None:
    one, other = await opened(database_url, clock), await opened(database_url, clock)
    await posted(one)
    standing = await asyncio.gather(
        *(store.keep_certificate(a_certificate(n)) for n, store in enumerate((one, other) * 4))
    )
    assert len({certificate.code for certificate in standing}) == 1
    for store in (one, other):
        await store.close()


async def test_people_attempts_and_actions_do_not_share_certificates(store: AnyStore) -> None:
    await posted(store)
    kept = [
        await store.keep_certificate(certificate)
        for certificate in (
            a_certificate(1),
            a_certificate(2, attempt=2),
            a_certificate(3, person=a_person("Bob").key),
        )
    ]
    assert [certificate.code for certificate in kept] == [code_of(n) for n in (1, 2, 3)]
    assert await store.certificate_for("action", a_person("Eve").key, 1) is None
    assert await store.certificate_for("elsewhere", ADA.key, 1) is None


async def test_deleting_an_action_deletes_its_certificates_for_good(store: AnyStore) -> None:
    await posted(store)
    certificate = await store.keep_certificate(a_certificate())
    await store.delete("action", Entry(NOON, Person(ADA.key, ADA.name), "deleted"))
    with pytest.raises(NotFound, match="no_such_certificate"):
        await store.certificate(certificate.code)
    with pytest.raises(NotFound, match="deleted"):
        await store.keep_certificate(certificate)


async def test_an_action_that_is_not_there_has_no_certificates(store: AnyStore) -> None:
    with pytest.raises(NotFound, match="no_such_action"):
        await store.keep_certificate(a_certificate())

"""Codes of certificates: read as they are typed; and certificates that are issued only once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.certificates import CODE_BITS, Certificate, code_of, normalised
from actions.certifying import confirmed, issue
from actions.errors import NotFound
from actions.people import Person
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER
from tests.actions.world import World, a_world

chances = st.integers(0, 2**CODE_BITS - 1)


@pytest.fixture
async def world() -> World:
    made = await a_world()
    await made.posted()
    return made


async def issued(
    world: World, person: Person = VOTER, attempt: int = 1, title: str = "Fire safety"
) -> Certificate:
    return await issue(
        world.ports,
        ACTION_ID,
        person,
        attempt,
        title=title,
        score=None,
        completed_at=NOW,
        valid_until=NOW + timedelta(days=365),
    )


def test_a_code_is_written_in_four_groups_of_four() -> None:
    assert code_of(0) == "0000-0000-0000-0000"
    assert code_of(2**CODE_BITS - 1) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert code_of(0b00001_00010 << 70) == "1200-0000-0000-0000"


@given(chances)
def test_a_code_as_it_was_given_is_read(chance: int) -> None:
    assert normalised(code_of(chance)) == code_of(chance)


@given(chances, chances)
def test_no_two_chances_make_the_same_code(one: int, other: int) -> None:
    assert (code_of(one) == code_of(other)) == (one == other)


@pytest.mark.parametrize(
    "typed",
    [
        "7f3k9qxw2m4d8hjt",
        " 7F3K 9QXW 2M4D 8HJT\n",
        "7f3k–9qxw—2m4d‑8hjt",
        "７Ｆ３Ｋ－９ＱＸＷ－２Ｍ４Ｄ－８ＨＪＴ",
        "\u20687F3K-9QXW-2M4D-8HJT\u2069",
    ],
)
def test_case_spaces_dashes_and_width_do_not_matter(typed: str) -> None:
    assert normalised(typed) == "7F3K-9QXW-2M4D-8HJT"


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    assert normalised("oO0iI1lL-ABCD-EFGH") == "0001-1111-ABCD-EFGH"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7F3K",
        "7F3K-9QXW-2M4D-8HJT-7F3K",
        "UUUU-UUUU-UUUU-UUUU",
        "٧F3K-9QXW-2M4D-8HJT",
        "7F3K-9QXW-2M4D-8HJ%",
    ],
)
def test_what_is_no_code_is_read_as_none(typed: str) -> None:
    assert normalised(typed) == ""


@given(st.text())
def test_reading_never_fails_and_a_code_that_was_read_is_read_again(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)


async def test_asked_again_the_first_certificate_stands(world: World) -> None:
    first = await issued(world)
    renamed = Person(VOTER.key, "Vera Wed", VOTER.mri)
    assert await issued(world, renamed, title="Another title") == first
    assert (first.name, first.title) == (VOTER.name, "Fire safety")


async def test_every_attempt_and_everybody_has_a_certificate_of_their_own(world: World) -> None:
    made = [await issued(world), await issued(world, attempt=2), await issued(world, CREATOR)]
    assert len({certificate.code for certificate in made}) == 3


async def test_a_certificate_is_confirmed_to_who_types_its_code(world: World) -> None:
    certificate = await issued(world)
    typed = certificate.code.lower().replace("-", " ").replace("0", "o")
    assert await confirmed(world.ports, typed) == certificate


@pytest.mark.parametrize("typed", ["", "nonsense", "ZZZZ-ZZZZ-ZZZZ-ZZZZ"])
async def test_nothing_else_is_confirmed(world: World, typed: str) -> None:
    await issued(world)
    with pytest.raises(NotFound, match="no_such_certificate"):
        await confirmed(world.ports, typed)


async def test_a_certificate_is_valid_until_the_moment_at_which_it_no_longer_is(
    world: World,
) -> None:
    certificate = await issued(world)
    assert certificate.is_valid(NOW + timedelta(days=365, microseconds=-1))
    assert not certificate.is_valid(NOW + timedelta(days=365))


def test_a_certificate_without_an_end_is_always_valid() -> None:
    certificate = Certificate(code_of(0), ACTION_ID, VOTER.key, 1, "Vera", "Safety", None, NOW)
    assert certificate.is_valid(NOW + timedelta(days=36_500))

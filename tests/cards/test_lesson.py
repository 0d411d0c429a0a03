"""How a lesson is shown."""

import json
from typing import Any

import pytest

from actions.about import About
from actions.lesson import Lesson
from actions.material import Link, Picture
from actions.tallied import Tallied
from cards.asking import Asking, Showing
from cards.lesson import ROOM, answer, headline, lesson_elements, result, tabled
from cards.parts import card, size
from cards.questions import question_fields
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.teams.cards import Card, actions, input_elements, rows, text, walk

PICTURES = (
    Picture("https://example.org/a.png", "The *stairs*"),
    Picture("https://example.org/b.png"),
    Picture("https://example.org/c.png", "המדרגות"),
)
LINKS = (
    Link("film", "The film", "https://youtu.be/x"),
    Link("plan", "Plan", "https://example.org/plan.pdf"),
    Link("page", "Rules", "https://example.org"),
)
LESSON = Lesson("q", "Fire *drill*", "Leave by the **stairs**.", PICTURES, LINKS)


def _shown(lesson: Lesson, texts: Any = TEXTS, **options: Any) -> Card:
    elements, _ = lesson_elements(lesson, texts, **options)
    return checked(card(texts, elements))


def _all(lesson: Lesson, **options: Any) -> list[Card]:
    """Give every screen of a lesson."""
    screens, more = list[Card](), True
    while more:
        elements, more = lesson_elements(lesson, TEXTS, part=len(screens), **options)
        screens.append(checked(card(TEXTS, elements)))
    return screens


def _of(shown: Card, kind: str) -> list[Card]:
    return [node for node in walk(shown) if node.get("type") == kind]


def test_a_lesson_is_its_heading_pictures_text_and_links() -> None:
    shown = _shown(LESSON)
    assert text(shown).splitlines()[0] == r"Fire \*drill\*"
    assert "Leave by the **stairs**." in text(shown)
    assert rows(shown) == ["▶ Video: The film", "📄 Document: Plan", "🔗 Page: Rules"]
    assert [action["url"] for action in actions(shown)] == [link.address for link in LINKS]
    assert not input_elements(shown)
    assert "Part" not in text(shown)


def test_several_pictures_are_turned_over_or_stand_below_each_other() -> None:
    (carousel,) = _of(_shown(LESSON), "Carousel")
    pages = [page["items"] for page in carousel["pages"]]
    assert [page[0]["altText"] for page in pages] == [
        "The *stairs*",
        "Picture 2 of 3: Fire *drill*",
        "המדרגות",
    ]
    assert pages[0][1]["text"] == r"The \*stairs\*"
    assert len(pages[1]) == 1
    assert pages[2][1]["rtl"] is True
    assert carousel["fallback"]["items"] == [item for page in pages for item in page]


def test_one_picture_stands_as_it_is() -> None:
    shown = _shown(Lesson("q", "Stairs", pictures=PICTURES[1:2]))
    (image,) = _of(shown, "Image")
    assert (image["altText"], image["url"]) == ("Stairs", "https://example.org/b.png")
    assert image["msteams"] == {"allowExpand": True}
    assert not _of(shown, "Carousel")


def test_what_every_question_has_is_shown_too() -> None:
    about = About(help="Take *care*.", image="https://example.org/z.png", image_alt="A door")
    shown = _shown(Lesson("q", "T", about=about))
    assert [image["altText"] for image in _of(shown, "Image")] == ["A door"]
    assert r"Take \*care\*." in text(shown)


def test_links_lead_by_way_of_the_bot_where_it_can_be_reached() -> None:
    shown = _shown(
        LESSON, address=lambda link: "" if link == "plan" else f"https://m.example/{link}"
    )
    assert [action["url"] for action in actions(shown)] == [
        "https://m.example/film",
        "https://example.org/plan.pdf",
        "https://m.example/page",
    ]


def test_links_that_were_opened_are_marked() -> None:
    shown = _shown(LESSON, opened=("q.plan", "other.film"))
    assert rows(shown)[0] == "▶ Video: The film"
    assert rows(shown)[1] == "✔ 📄 Document: Plan"


def test_a_long_lesson_goes_on_on_further_screens_with_nothing_lost() -> None:
    words = [f"word{number}" for number in range(1_250)]
    body = "\n\n".join(" ".join(words[at : at + 50]) for at in range(0, 1_250, 50))
    screens = _all(Lesson("q", "Long", body, PICTURES, LINKS), room=8_000)
    assert len(screens) > 1
    assert f"Part 2 of {len(screens)}" in text(screens[1])
    assert [word for shown in screens for word in text(shown).split() if "word" in word] == words
    assert [len(_of(shown, "Carousel")) for shown in screens[:2]] == [1, 0]
    assert [len(rows(shown)) for shown in screens[-2:]] == [0, 3]


@pytest.mark.parametrize("part", [-1, 99])
def test_a_part_that_is_none_is_the_nearest_one(part: int) -> None:
    lesson = Lesson("q", "Long", "x y " * 2_500)
    elements, more = lesson_elements(lesson, TEXTS, part=part, room=8_000)
    assert more is (part < 0)
    assert len(elements) > 1


@pytest.mark.parametrize("sign", ['"', "\\", "*", "ü", "\n", "[a](https://x.example) "])
def test_whatever_was_typed_every_screen_has_room(sign: str) -> None:
    long = "https://example.org/" + "x" * 1_900
    lesson = Lesson(
        "q",
        ("T" + sign * 500)[:500],
        (sign * 10_000)[:10_000],
        tuple(Picture(long, (sign * 300)[:300]) for _ in range(10)),
        tuple(Link(f"l{n}", (sign * 200)[:200], long) for n in range(10)),
    )
    # What frames a lesson may take the rest.
    assert all(len(json.dumps(shown, ensure_ascii=False)) < 17_500 for shown in _all(lesson))


def test_paragraphs_and_captions_run_their_own_way() -> None:
    shown = _shown(Lesson("q", "כותרת", "Leave.\nצאו"), RIGHT_TO_LEFT)
    turned = [node for node in _of(shown, "Container") if node.get("rtl")]
    assert len(turned) == 2


def test_a_lesson_in_a_form_is_shown_and_asks_nothing() -> None:
    shown = checked(card(TEXTS, question_fields(LESSON, 3, Asking(TEXTS, ""))))
    assert not input_elements(shown)
    assert r"3\. Fire \*drill\*" in text(shown)
    assert len(rows(shown)) == 3


def test_a_long_lesson_in_a_form_is_shown_as_far_as_there_is_room() -> None:
    lesson = Lesson("q", "T", '"\\ ' * 3_300)
    shown = card(TEXTS, question_fields(lesson, 1, Asking(TEXTS, "")))
    assert "It goes on" in text(checked(shown))
    assert size(shown) < ROOM + 2_000


def test_nothing_is_counted() -> None:
    nothing = Tallied(0, {}, {})
    assert (*result(LESSON, nothing, Showing(TEXTS)), *tabled(LESSON, nothing, TEXTS)) == ()
    assert (headline(LESSON, nothing, TEXTS), answer(LESSON, "", TEXTS)) == ("to read", "")

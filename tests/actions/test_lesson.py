"""The page of a training that asks nothing: what is typed about it, and what it keeps."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.errors import Problem
from actions.fields import Fields, line_id
from actions.keys import build_key, takes_key
from actions.lesson import BODY_LIMIT, MOST_SECONDS, Lesson
from actions.material import LINES_LIMIT, MOST_LINKS, MOST_PICTURES, Link, Picture
from actions.questions import Question

VIDEO = Link(line_id("The film"), "The film", "https://youtu.be/abc")
PLAN = Link(line_id("Plan"), "Plan", "https://example.org/plan.pdf")
LESSON = Lesson(
    "q",
    "Fire drill",
    "Leave by the **stairs**.\n\n- Be calm",
    (Picture("https://example.org/a.png", "The stairs"), Picture("https://example.org/b.png")),
    (VIDEO, PLAN),
    90,
)
STORED = (
    '{"id": "q", "text": "Fire drill", "body": "Leave by the **stairs**.\\n\\n- Be calm", '
    '"pictures": [["https://example.org/a.png", "The stairs"], '
    '["https://example.org/b.png", ""]], '
    '"links": [["ab1cd3e921", "The film", "https://youtu.be/abc"], '
    '["64879f7d6b", "Plan", "https://example.org/plan.pdf"]], "min_seconds": 90}'
)
"""As version 1 of content stores it; never edit it."""


def _built(text: str = "T", **typed: str) -> tuple[Lesson, dict[str, Problem]]:
    problems: dict[str, Problem] = {}
    return Lesson.build("q", text, NOTHING, Fields(typed, problems)), problems


def _links(typed: str) -> list[tuple[str, str]]:
    lesson, problems = _built(links=typed)
    assert not problems
    return [(link.name, link.address) for link in lesson.links]


def test_the_builders_fields_build_the_same_lesson() -> None:
    built = Lesson.build("q", LESSON.text, NOTHING, Fields(LESSON.form(), {}))
    assert built == LESSON


def test_a_heading_alone_is_a_lesson() -> None:
    assert _built() == (Lesson("q", "T"), {})
    assert _built(min_seconds="0") == (Lesson("q", "T"), {})


def test_stored_bytes_mean_what_they_meant() -> None:
    assert Lesson.decode(json.loads(STORED)) == LESSON
    assert json.dumps(LESSON.encode()) == STORED
    assert Lesson.decode({"id": "q", "text": "T"}) == Lesson("q", "T")
    assert Lesson("q", "T").encode() == {"id": "q", "text": "T"}


def test_nothing_is_asked_answered_counted_or_marked() -> None:
    question: Question = LESSON
    assert (*question.parts, *question.gaps(None), *question.columns(), *question.cells("")) == ()
    assert question.parse({"": "something"}) is None
    assert question.restore("something") is None
    assert (LESSON.enter("x"), list(LESSON.buckets("x"))) == ({}, [])
    assert not takes_key(LESSON)
    assert build_key(LESSON, Fields({"right": "x", "points": "2"}, {})) is None


def test_no_answer_is_lost_while_it_stays_a_lesson() -> None:
    assert Lesson("q", "Other", links=()).keeps(LESSON)
    assert not LESSON.keeps("a question of another type")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("https://a.example/x | Film", ("Film", "https://a.example/x")),
        ("Film | https://a.example/x", ("Film", "https://a.example/x")),
        ("  Film|https://a.example/x  ", ("Film", "https://a.example/x")),
        ("One | two | https://a.example/x", ("One | two", "https://a.example/x")),
        ("https://a.example/x | One | two", ("One | two", "https://a.example/x")),
        ("https://a.example/x | https://b.example", ("https://b.example", "https://a.example/x")),
        ("https://www.a.example/x/?y=1", ("a.example/x", "https://www.a.example/x/?y=1")),
        ("https://a.example | ", ("a.example", "https://a.example")),
        ("https://www.", ("www.", "https://www.")),
    ],
)
def test_a_line_is_an_address_and_words_in_either_order(line: str, read: tuple[str, str]) -> None:
    assert _links(line) == [read]


def test_blank_lines_are_none() -> None:
    assert _links("\n A | https://a.example\n\n B | https://b.example\n") == [
        ("A", "https://a.example"),
        ("B", "https://b.example"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://a.example",
            "javascript:alert(1)",
            "a.example",
            "https://",
            "Film",
            "https:/a.b",
        ),
        *("https://teams.microsoft.com@evil.example", "https://a.example\\@b", "https://a b.c"),
        *("https://a.example/\u202egpj.exe", "https://[x", "data:text/html,x", "|"),
        *("file:///etc/passwd", "//evil.example", "\\\\evil\\share", "vbscript:x", "HTTPS:evil"),
        *("JaVaScRiPt:alert(1)", "https:/\\evil.example", "https://a.example\u200b/x"),
    ],
)
def test_what_is_no_plain_https_address_is_refused_with_its_line(address: str) -> None:
    for field in ("images", "links"):
        lesson, problems = _built(**{field: f"https://a.example | A\n\n{address}"})
        assert problems == {field: Problem("line_address", {"line": 3})}
        assert len(lesson.pictures) + len(lesson.links) == 1


def test_two_links_of_one_name_could_not_be_told_apart() -> None:
    _, problems = _built(links="https://a.example | Film\nhttps://b.example | film ")
    assert problems == {"links": Problem("duplicate_line", {"line": "film"})}


def test_a_picture_may_be_there_twice() -> None:
    assert _built(images="https://a.example/x.png\nhttps://a.example/x.png")[1] == {}


def test_too_many_pictures_and_links_are_refused() -> None:
    lines = "\n".join(f"https://a.example/{number}" for number in range(11))
    assert _built(images=lines, links=lines)[1] == {
        "images": Problem("lines_count", {"least": 0, "most": MOST_PICTURES, "given": 11}),
        "links": Problem("lines_count", {"least": 0, "most": MOST_LINKS, "given": 11}),
    }


def test_what_is_too_long_is_refused_with_its_limit() -> None:
    line = {"line": 1, "limit": 300, "length": 301}
    assert _built("x" * 501, images="https://a.example | " + "x" * 301, body="x" * 10_001)[1] == {
        "text": Problem("too_long", {"limit": 500, "length": 501}),
        "images": Problem("line_over", line),
        "body": Problem("too_long", {"limit": BODY_LIMIT, "length": 10_001}),
    }
    long = "https://a.example/" + "x" * 1_500
    three = f"{long}1\n{long}2\n{long}3"
    expected = {"limit": LINES_LIMIT, "length": 3 * (len(long) + 1)}
    assert _built(links=three)[1] == {"links": Problem("too_long", expected)}


@pytest.mark.parametrize("seconds", ["3601", "-1", "long"])
def test_a_time_that_cannot_be_is_refused(seconds: str) -> None:
    expected = Problem("whole_between", {"least": 0, "most": MOST_SECONDS})
    assert _built(min_seconds=seconds)[1] == {"min_seconds": expected}


def test_a_link_is_the_same_one_when_its_address_is_put_right() -> None:
    before = _built(links="https://a.example/old | The film")[0].links[0]
    after = _built(links="Other | https://b.example\nthe  FILM | https://a.example/new")[0]
    assert after.link(before.id) == Link(before.id, "the  FILM", "https://a.example/new")
    assert after.link(PLAN.id) is None


@pytest.mark.parametrize(
    ("address", "sort"),
    [
        ("https://www.youtube.com/watch?v=x", "video"),
        ("https://youtu.be/x", "video"),
        ("https://VIMEO.com/7", "video"),
        ("https://web.microsoftstream.com/video/x", "video"),
        ("https://example.org/a/Film.MP4?download=1", "video"),
        ("https://acme.sharepoint.com/:v:/s/hr/x?e=1", "video"),
        ("https://acme.sharepoint.com/_layouts/15/stream.aspx?id=x", "video"),
        ("https://acme.sharepoint.com/:w:/s/hr/x", "document"),
        ("https://example.org/rules.pdf#page=2", "document"),
        ("https://example.org/Talk.pptx", "document"),
        ("https://acme.sharepoint.com/sites/hr", "page"),
        ("https://acme.sharepoint.com", "page"),
        ("https://notyoutube.com/watch", "page"),
        ("https://youtube.com.example.org/", "page"),
        ("https://example.org/?file=a.pdf", "page"),
    ],
)
def test_the_address_tells_what_a_link_leads_to(address: str, sort: str) -> None:
    assert Link("l", "L", address).sort == sort


@given(st.text(alphabet="ab |\n/:.", max_size=60), st.text(max_size=60))
def test_any_lines_are_read_or_are_its_own_problem(links: str, images: str) -> None:
    typed = links.replace("a", "https://a")
    lesson, problems = _built(links=typed, images=images.replace("a", "https://a"))
    if not problems:
        assert Lesson.build("q", "T", NOTHING, Fields(lesson.form(), {})) == lesson
    assert Lesson.decode(json.loads(json.dumps(lesson.encode()))) == lesson

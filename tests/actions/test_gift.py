"""GIFT files: Moodle's own examples, what cannot be kept, and the way there and back.

The examples are those of Moodle's documentation, https://docs.moodle.org/en/GIFT_format, and of
the file that Moodle ships, question/format/gift/examples.txt.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.bank import BankFile, BankItem, Finding, build_item
from actions.choice import Choice
from actions.errors import Problem
from actions.gift import read_gift
from actions.gift_writing import write_gift
from actions.number import Number
from actions.text import Text
from tests.actions.bank_items import bank_items, new_id


def read(source: str) -> BankFile:
    return read_gift(source, new_id)


def one(source: str) -> BankItem:
    """Give the one question of a file in which nothing is amiss."""
    read_file = read(source)
    assert read_file.findings == ()
    assert len(read_file.items) == 1
    return read_file.items[0]


def codes(source: str) -> list[str]:
    return [finding.problem.code for finding in read(source).findings]


def options(item: BankItem) -> list[tuple[str, bool]]:
    """Give the options' texts, each with whether it is right."""
    assert isinstance(item.question, Choice)
    assert isinstance(item.key.right, tuple)
    return [(option.text, option.id in item.key.right) for option in item.question.options]


def test_one_right_answer_among_wrong_ones() -> None:
    item = one("Who's buried in Grant's tomb?{~Grant ~Jefferson =no one}")
    assert item.question.text == "Who's buried in Grant's tomb?"
    assert options(item) == [("Grant", False), ("Jefferson", False), ("no one", True)]
    assert isinstance(item.question, Choice)
    assert not item.question.several


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Grant is {~buried =entombed ~living} in Grant's tomb.",
            "Grant is _____ in Grant's tomb.",
        ),
        ("{~Paris =Rome} is old.", "_____ is old."),
        ("Two plus {=two =2} equals four.", "Two plus _____ equals four."),
        ("Pi (to 3 decimal places)? {#3.1415:0.0005}.", "Pi (to 3 decimal places)? _____."),
        ("Since {\n ~495 AD\n =1066 AD\n} the town.\n", "Since _____ the town."),
        ("Two plus two equals {=four =4}", "Two plus two equals"),
    ],
)
def test_answers_inside_a_sentence_leave_a_blank_there(source: str, text: str) -> None:
    assert one(source).question.text == text


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("Grant is buried in Grant's tomb.{FALSE}", "no"),
        ("The sun rises in the east.{T}", "yes"),
        ("The sun rises in the west.{ F }", "no"),
        ("1+1=2 {TRUE}", "yes"),
        ("1+1=2 {t}", "yes"),
    ],
)
def test_true_or_false(source: str, right: str) -> None:
    assert one(source).key.right == right


@pytest.mark.parametrize(
    ("source", "explanation"),
    [
        ("Q{FALSE#No one is buried there.}", "No one is buried there."),
        ("Q{TRUE##Well done.}", "Well done."),
        ("Q{TRUE####It is so.}", "It is so."),
        ("Q{F\n####[html]<p>It is <b>not</b> so.</p>}", "It is not so."),
    ],
)
def test_true_or_false_is_explained(source: str, explanation: str) -> None:
    assert one(source).key.explanation == explanation


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("Who's buried in Grant's tomb?{=no one =nobody}", ("no one", "nobody")),
        ("Two plus two equals {=four =4}.", ("four", "4")),
        ("Where from? {=China}", ("China",)),
        ("Where from? {China}", ("China",)),
        ("Where from? {=%100%China =china}", ("China",)),
        ("Star? {=\\*}", ("*",)),
        ("Pair? {=a -\\> b}", ("a -> b",)),
    ],
)
def test_short_answers(source: str, right: tuple[str, ...]) -> None:
    item = one(source)
    assert isinstance(item.question, Text)
    assert item.key.right == right


@pytest.mark.parametrize(
    ("source", "decimals", "right", "tolerance"),
    [
        ("When was Ulysses S. Grant born?{#1822:5}", 0, 1822, 5),
        ("When was Ulysses S. Grant born? {#1822}", 0, 1822, 0),
        ("When? {#\n  =1822:0\n}", 0, 1822, 0),
        ("Pi? {#3.1415:0.0005}", 4, 31415, 5),
        ("Pi? {#3.141..3.142}", 4, 31415, 5),
        ("A number from 1 to 5? {#1..5}", 0, 3, 2),
        ("A number from 1 to 4? {#1..4}", 1, 25, 15),
        ("A number? {#3:0.5}", 1, 30, 5),
        ("A number? {#-2.50}", 2, -250, 0),
        ("A number? {#1e3}", 0, 1000, 0),
        ("A number? {#0.50000000}", 1, 5, 0),
    ],
)
def test_numbers(source: str, decimals: int, right: int, tolerance: int) -> None:
    item = one(source)
    assert isinstance(item.question, Number)
    assert item.question.decimals == decimals
    assert (item.key.right, item.key.tolerance) == (right, tolerance)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("Q{#about three}", "number_unreadable"),
        ("Q{#3,5}", "number_unreadable"),
        ("Q{#5..1}", "gift_span"),
        ("Q{#0.1234567}", "decimals_over"),
        ("Q{#3:-1}", "number_under"),
        ("Q{#12345678901234567}", "number_too_long"),
        ("Q{#1 =2}", "gift_several_numbers"),
        ("Q{#=%50%1}", "gift_nothing_right"),
    ],
)
def test_numbers_that_cannot_be_asked(source: str, code: str) -> None:
    assert codes(source) == [code]
    assert read(source).items == ()


def test_several_right_answers_share_the_points() -> None:
    item = one(
        "What two people are entombed in Grant's tomb? {\n"
        "    ~%-50%No one\n    ~%50%Grant\n    ~%50%Grant's wife\n    ~%-50%Grant's father }"
    )
    right = [text for text, is_right in options(item) if is_right]
    assert right == ["Grant", "Grant's wife"]
    assert item.key.partial


def test_rounded_shares_are_exact() -> None:
    item = one("Q{~%33.33333%a ~%33.33333%b ~%33,33333%c ~%-33.33333%d}")
    assert item.key.partial


@pytest.mark.parametrize(
    "shares",
    [
        "~No one ~%50%Grant ~%50%Grant's wife ~Grant's father",
        "~%-100%No one ~%50%Grant ~%50%Grant's wife ~%-100%Grant's father",
        "~%-50%No one ~%25%Grant ~%75%Grant's wife ~%-50%Grant's father",
        "~%100%Grant ~%100%Grant's wife ~%-100%Grant's father",
        "=%50%Grant =%50%Grant's wife ~Grant's father",
    ],
)
def test_other_shares_are_read_as_the_nearest_and_that_is_said(shares: str) -> None:
    (item,) = read(f"Two people? {{{shares}}}").items
    assert codes(f"Two people? {{{shares}}}") == ["gift_shares_lost"]
    assert item.key.partial
    assert {text for text, is_right in options(item) if is_right} == {"Grant", "Grant's wife"}


def test_all_or_nothing_is_said_in_a_comment() -> None:
    item = one("// [partial:false]\nQ {~%-100%a ~%50%b ~%50%c}")
    assert not item.key.partial


def test_several_wholly_right_answers_have_all_to_be_ticked() -> None:
    source = "Which are above zero? {= 2 ~ -2 = 10}"
    assert codes(source) == ["gift_all_needed"]
    (item,) = read(source).items
    assert options(item) == [("2", True), ("-2", False), ("10", True)]
    assert not item.key.partial


@pytest.mark.parametrize("answers", ["~a ~b", "~%50%a ~b", "=%50%a ~b", "~%20%a ~%30%b"])
def test_answers_that_nobody_can_have_wholly_right_are_refused(answers: str) -> None:
    assert codes(f"Q{{{answers}}}") == ["gift_nothing_right"]


def test_half_right_answers_count_as_wrong_and_that_is_said() -> None:
    source = (
        "::Jesus' hometown::Jesus Christ was from {\n"
        "    ~Jerusalem\n    ~%25%Bethlehem\n    ~%50%Galilee\n    =Nazareth#Yes! That's right!}."
    )
    (item,) = read(source).items
    assert [text for text, is_right in options(item) if is_right] == ["Nazareth"]
    assert item.name == "Jesus' hometown"
    assert item.key.explanation == "Yes! That's right!"
    assert read(source).findings == (
        Finding(
            1, Problem("gift_weight_lost", {"option": "Bethlehem", "percent": "25"}), kept=True
        ),
        Finding(1, Problem("gift_weight_lost", {"option": "Galilee", "percent": "50"}), kept=True),
    )


def test_half_right_spellings_and_numbers_are_not_accepted() -> None:
    spelled = "Q {=Nazareth =%75%Nazereth =%0%*}"
    assert codes(spelled) == ["gift_weight_lost"]
    assert read(spelled).items[0].key.right == ("Nazareth",)
    born = "When was Ulysses S. Grant born? {#\n    =1822:0\n    =%50%1822:2}"
    assert codes(born) == ["gift_weight_lost"]
    assert read(born).items[0].key.tolerance == 0


def test_the_general_comment_explains_before_those_on_answers() -> None:
    source = "Q {=a#good ~b\n####[markdown]Since *a* is so.}"
    (item,) = read(source).items
    assert item.key.explanation == "Since *a* is so."
    assert codes(source) == ["gift_comments_lost"]


def test_the_same_comment_on_right_answers_is_said_once() -> None:
    assert one("Q{\n=no one#excellent!\n=nobody#excellent!}").key.explanation == "excellent!"


def test_comments_on_wrong_answers_are_not_kept() -> None:
    source = "Colour? {\n    =yellow # right; good!\n    ~red # wrong, it's yellow\n}"
    assert codes(source) == ["gift_comments_lost"]
    assert read(source).items[0].key.explanation == "right; good!"
    assert codes("Q {#3:2~#Completely wrong}") == ["gift_comments_lost"]


def test_escaped_signs_are_the_signs() -> None:
    item = one(
        "::GIFT \\: Control::\nWhich is NOT a control character? {\n"
        "   ~ \\~ \n   ~ \\=\n   ~ \\#\n   ~ \\{\n   ~ \\}\n   = \\\\ # No: \\\\ is.\\nBUT\n}"
    )
    assert item.name == "GIFT : Control"
    assert [text for text, _ in options(item)] == ["~", "=", "#", "{", "}", "\\"]
    assert item.key.explanation == "No: \\ is.\nBUT"


def test_a_backslash_that_escapes_nothing_stands() -> None:
    assert one("What is \\alpha \\(x\\)? {T}").question.text == "What is \\alpha \\(x\\)?"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[html]<p>Who is <b>buried</b> &amp; dead?</p>{T}", "Who is buried & dead?"),
        ("[html]One.<br>Two   three.{T}", "One.\nTwo three."),
        ("[plain]Is <b>this</b> &amp; so?{T}", "Is <b>this</b> &amp; so?"),
        ("[markdown]Is **this** so?{T}", "Is **this** so?"),
        ("[moodle]Is <b>this</b> so?{T}", "Is this so?"),
        ("Is a<b or List<String>?{T}", "Is a<b or List<String>?"),
        ("[other]Is it?{T}", "[other]Is it?"),
    ],
)
def test_texts_are_read_in_their_format(source: str, text: str) -> None:
    assert one(source).question.text == text


def test_answers_are_in_the_format_of_the_question_unless_they_say_otherwise() -> None:
    item = one("[html]Q{=<b>a</b> ~[plain]<b>b</b>}")
    assert [text for text, _ in options(item)] == ["a", "<b>b</b>"]


def test_a_picture_with_an_address_of_its_own_is_kept() -> None:
    source = '[html]Which?<img src\\="https\\://example.com/a.png" alt\\="A cat"> {T}'
    about = one(source).question.about
    assert (about.image, about.image_alt) == ("https://example.com/a.png", "A cat")


@pytest.mark.parametrize(
    "source",
    [
        '[html]Which? <img src\\="@@PLUGINFILE@@/a.png"> {T}',
        '[html]Which? {=a <img src\\="https\\://example.com/a.png"> ~b}',
    ],
)
def test_a_picture_that_is_not_kept_is_told(source: str) -> None:
    assert codes(source) == ["gift_picture_lost"]
    assert len(read(source).items) == 1


def test_categories_and_comments_give_tags() -> None:
    tagged = read(
        "$CATEGORY: $course$/top/Safety/Fire // smoke\n\n"
        "// question: 12  name: x [id:K-12] [tag:basics] [tag:with \\] bracket]\nQ1 {T}\n\n"
        "$CATEGORY: tom/dick\n\n::named::Q2 {T}"
    ).items
    assert tagged[0].tags == ("Safety", "Fire / smoke", "basics", "with ] bracket")
    assert tagged[0].name == "K-12"
    assert tagged[1].tags == ("tom", "dick")
    assert tagged[1].name == "named"


def test_fields_that_gift_lacks_stand_in_comments() -> None:
    item = one("// [points:3] [unit:km] [max:50]\nHow far? {#42}")
    assert item.key.points == 3
    assert isinstance(item.question, Number)
    assert (item.question.unit, item.question.most) == ("km", 50)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("How are you? {}", "gift_essay"),
        ("How are you? {####We hope you are well.}", "gift_essay"),
        ("Match. {\n =Canada -> Ottawa\n =Italy  -> Rome\n}", "gift_matching"),
        ("You can use your pencil.", "gift_description"),
        ("Q {=a ~b", "gift_braces"),
        ("Q =a ~b}", "gift_braces"),
        ("Water has {=1} atom and {=2} atoms.", "gift_braces"),
        ("Q {=fr* }", "gift_wildcard"),
        ('[html]Q {=<img src\\="a.png"> ~b}', "gift_option_blank"),
    ],
)
def test_what_cannot_be_asked_is_told_and_the_others_are_read(source: str, code: str) -> None:
    mixed = read(f"// A comment.\n\nFirst? {{T}}\n\n{source}\n\n\nLast? {{F}}")
    assert mixed.findings == (Finding(5, Problem(code)),)
    assert [item.question.text for item in mixed.items] == ["First?", "Last?"]


@pytest.mark.parametrize("answers", ["=1~{}", "={}", "~%50%{}"])
def test_a_question_with_endless_answers_is_told_so_at_once(answers: str) -> None:
    body = "".join(answers.format(number) for number in range(100_000))
    assert codes(f"Q {{{body}}}") == ["lines_count"]


def test_all_that_is_wrong_with_a_question_is_told_at_once() -> None:
    long = "x" * 5_001
    found = read(f"\n\n// [points:101]\n{long} {{=a ~a ~{'o' * 1_001}}}").findings
    assert {(finding.line, finding.part) for finding in found} == {
        (4, "text"),
        (4, "points"),
        (4, "options"),
    }


def test_windows_and_old_line_ends_separate_lines() -> None:
    for end in ("\r\n", "\r"):
        file = read(end.join(["// c", "Q1 {T}", "", "Q2 {", "=a", "~b", "}"]))
        assert len(file.items) == 2


def test_a_file_as_it_is_written() -> None:
    choice = {
        "text": "Which?\n1 = 2: {x}",
        "options": "50%\n[html]",
        "right": "",
        "explanation": "#1",
    }
    fields = choice | {"right": one("Q{=50% ~b}").key.right[0]}  # type: ignore[index]
    item = build_item("q1", "one", fields, ["a]b"], "Name")
    assert write_gift([item]) == (
        "// [tag:a\\]b]\n::Name::[plain]Which?\\n1 \\= 2\\: \\{x\\}{\n"
        "\t=50%\n\t~[plain][html]\n\t####\\#1\n}\n"
    )


@given(st.lists(bank_items(), max_size=3))
def test_what_is_written_reads_back_the_same(items: list[BankItem]) -> None:
    assert read(write_gift(items)) == BankFile(tuple(items))


@given(st.one_of(st.text(), st.text(st.sampled_from("\\~=#{}:%-> \n\t[]html/$1.T<b"))))
def test_no_text_raises(source: str) -> None:
    file = read(source)
    assert all(finding.line >= 1 for finding in file.findings)


@given(st.text(st.sampled_from("~=#%5a:.->\\ ")))
def test_no_answers_raise_and_what_is_read_can_be_written(body: str) -> None:
    items = read(f"Q {{{body}}}").items
    assert read(write_gift(items)).items == items

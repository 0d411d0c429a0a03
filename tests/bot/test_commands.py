"""What people write: which words are commands, and what a message's HTML says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.kinds import KINDS
from bot.commands import BANK, HELP, MINE, Command, plain_text, read

KIND_NAMES = [kind.name for kind in KINDS]


def any_case(word: str) -> list[str]:
    return [word, word.upper(), word.title(), f"  {word}\n", f"{word}!", f"{word}."]


@pytest.mark.parametrize("text", [form for word in sorted(HELP) for form in any_case(word)])
def test_every_greeting_is_help(text: str) -> None:
    assert read(text) == Command("help")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\xa0", "...", "!"])
def test_a_message_without_words_is_help(text: str) -> None:
    assert read(text) == Command("help")


@pytest.mark.parametrize("text", [form for words in sorted(BANK) for form in any_case(words)])
def test_the_bank_is_asked_for(text: str) -> None:
    assert read(text) == Command("bank")


@pytest.mark.parametrize("text", [form for words in sorted(MINE) for form in any_case(words)])
def test_every_name_of_ones_own_list_is_understood(text: str) -> None:
    assert read(text) == Command("mine")
    assert read(text.replace(" ", " \n ")) == Command("mine")


@pytest.mark.parametrize("kind", KIND_NAMES)
@pytest.mark.parametrize(
    "form",
    ["{}", "create {}", "create a {}", "make an {}", "new {}", "start a {}", "NEW  A\n{}"],
)
def test_a_kind_alone_opens_its_form(form: str, kind: str) -> None:
    text = form.format(kind)
    for written in (text, text.upper(), text.title(), f" {text}\n", f"{text}:"):
        assert read(written) == Command("make", kind)


@pytest.mark.parametrize("kind", KIND_NAMES)
@pytest.mark.parametrize("mark", [".", "!"])
def test_a_kind_with_a_full_stop_asks_for_no_title_but_that(mark: str, kind: str) -> None:
    assert read(f"Create a {kind}{mark}").rest == ""


@pytest.mark.parametrize("kind", KIND_NAMES)
@pytest.mark.parametrize("between", [" ", ": ", ":", " : ", "\n", "\r\n", "\xa0"])
@pytest.mark.parametrize("rest", ["Lunch?", "Lunch? | Pizza | Sushi", "Lunch?\nPizza\nSushi"])
def test_what_follows_a_kind_is_kept_as_it_was_written(rest: str, between: str, kind: str) -> None:
    for start in (kind, kind.upper(), f"create a {kind}", f"New {kind.title()}"):
        assert read(f"{start}{between}{rest}") == Command("make", kind, rest)


@pytest.mark.parametrize("start", ["poll ", "Poll: ", "create a poll "])
@pytest.mark.parametrize("rest", [".NET or Java?", "!important or not?", "... and then?"])
def test_signs_that_a_title_begins_with_belong_to_it(rest: str, start: str) -> None:
    assert read(start + rest) == Command("make", "poll", rest)


@pytest.mark.parametrize(
    "text",
    [
        "polls",
        "a poll",
        "pollen",
        "apoll",
        "poll_",
        "what?",
        "create",
        "create a",
        "the poll",
        "📊",
    ],
)
def test_what_is_no_command_is_unknown(text: str) -> None:
    assert read(text) == Command("unknown")


@given(st.text() | st.text(alphabet="pol creat|:\n.! "))
def test_whatever_is_written_is_read_as_one_of_four(text: str) -> None:
    command = read(text)
    assert command.name in {"make", "mine", "bank", "help", "unknown"}
    assert (command.kind in KIND_NAMES) == (command.name == "make")
    assert command.rest in text


# HTML


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("", ""),
        ("just words", "just words"),
        ("<p>Tea &amp; cake &lt;now&gt;?</p>", "Tea & cake <now>?"),
        ("caf&eacute;&nbsp;&#233;&#x1F355;", "café é🍕"),
        ("one<br>two<br/>three<br />four", "one\ntwo\nthree\nfour"),
        ("<p>one</p>\n<p>&nbsp;</p>\n<p>two</p>", "one\ntwo"),
        ("<div><div>one</div><div>two</div></div>", "one\ntwo"),
        ("<p>Which?</p><ul><li>Tea</li><li>Coffee</li></ul>", "Which?\nTea\nCoffee"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "a\nb\nc"),
        ("<p>so <b>bold</b> and <i><u>both</u></i></p>", "so bold and both"),
        ("<p><at id='0'>Muster</at>&nbsp;hi</p>", "Muster hi"),
        ('<p>see <a href="https://x.example/?a=1&amp;b">this</a></p>', "see this"),
        ('<attachment id="1"></attachment><p>hi</p>', "hi"),
        ('<p>look <img src="x" alt="a cat"> there</p>', "look there"),
        ("<p>much    \t space</p>", "much space"),
        ("a < b and c > d", "a < b and c > d"),
        ("<p>one<!-- not this --> two</p>", "one two"),
        ("<p>never closed", "never closed"),
    ],
)
def test_a_messages_words_are_read_a_line_for_each_paragraph(markup: str, words: str) -> None:
    assert plain_text(markup) == words


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<ul><li>Tea</li><li>Coffee</li></ul>Which?", "Tea\nCoffee\nWhich?"),
        ("<p>one</p>two", "one\ntwo"),
        ("<h1>Lunch</h1>Which?", "Lunch\nWhich?"),
        ("<blockquote>He said</blockquote>I say", "He said\nI say"),
        ("one<hr>two", "one\ntwo"),
    ],
)
def test_the_end_of_a_paragraph_ends_its_line(markup: str, words: str) -> None:
    assert plain_text(markup) == words


def test_the_cells_of_a_table_are_words_apart() -> None:
    table = "<table><tr><td>Tea</td><td>2 €</td></tr><tr><td>Cake</td></tr></table>"
    assert plain_text(table).split() == ["Tea", "2", "€", "Cake"]


@pytest.mark.parametrize(
    "markup", ["<style>p { color: red }</style>hi", "<script>alert(1)</script>hi"]
)
def test_what_is_for_the_browser_is_not_words(markup: str) -> None:
    assert plain_text(markup) == "hi"


@pytest.mark.parametrize("markup", ["<![foo[x", "a<![x y[z", "<![CDATA[a"])
def test_a_marked_section_that_nobody_knows_breaks_nothing(markup: str) -> None:
    assert "\n" not in plain_text(markup)


@given(st.text() | st.text(alphabet="<>/!-[]&;#pbr xli='\"\n"))
@example("<![x")
@example("<!-")
@example("&#99999999;")
@example("<p " * 50)
def test_whatever_the_markup_is_some_words_come_of_it(markup: str) -> None:
    words = plain_text(markup)
    assert words == "\n".join(" ".join(line.split()) for line in words.split("\n") if line)

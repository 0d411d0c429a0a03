"""Words and pictures out of texts that hold HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.markup import Picture, read_html, read_with_tags


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p>\n<p>two  <b>three</b></p>", "One\ntwo three"),
        ("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d"),
        ("<ul><li>x</li><li>y</li></ul>", "x\ny"),
        ("<pre>\nfor x:\n  y\n</pre>z\nw", "for x:\ny\nz w"),
        ('<a title="a > b" href=x>link</a>', "link"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("List<String> <string>", "List<String> <string>"),
        ("<BR/>a<br />b<", "a\nb<"),
    ],
)
def test_tags_are_taken_out(markup: str, text: str) -> None:
    assert read_html(markup).text == text


def test_typed_lines_stand() -> None:
    assert read_with_tags("a  b\n\n<i>c</i> &lt;").text == "a  b\n\nc <"


def test_pictures_are_given_in_their_order() -> None:
    read = read_html(
        '<img src="https://a.b/?x=1&amp;y" alt=\'A "cat"\' data-src="no">x<img alt=b>'
    )
    assert read.pictures == (Picture("https://a.b/?x=1&y", 'A "cat"'), Picture("", "b"))
    assert read.text == "x"


@given(st.text())
def test_text_without_tags_and_entities_stands(text: str) -> None:
    words = text.replace("<", "").replace("&", "")
    assert read_with_tags(words).text == words.strip()

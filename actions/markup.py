"""The words of a text that other programs wrote with HTML in it, and its pictures.

This is no reader of HTML pages: tags that say how words look are taken out, and what looks like a
tag but is none, as in `List<String>` or `a<b`, stands.
"""

import re
from dataclasses import dataclass
from html import unescape

_WORDS = (
    "a abbr acronym article aside b bdi bdo big center cite code colgroup col del dfn em"
    " figcaption figure font footer header i iframe img ins kbd label main mark nav q s samp"
    " section small span strike strong sub sup tbody tfoot thead time tt u var wbr"
)
_BLOCKS = "blockquote br caption dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul"
_GAPS = dict.fromkeys(_BLOCKS.split(), "\n") | dict.fromkeys(("td", "th"), " ")
_NAMES = "|".join(sorted({*_WORDS.split(), *_GAPS}, key=len, reverse=True))

_VALUE = r"""\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
# The first attribute has a value, else "if a<b and c>d" had a tag in it.
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAMES})(?![\w-])"
    rf"(?P<rest>(?:\s+[\w:-]+{_VALUE}(?:\s+[\w:-]+(?:{_VALUE})?)*)?)\s*/?>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text: its address, and its words for who does not see it."""

    address: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a text says, and its pictures in their order."""

    text: str
    pictures: tuple[Picture, ...] = ()


def read_html(markup: str) -> Marked:
    """Read HTML: only tags break lines, save in `<pre>`, and blank lines are none."""
    text, pictures = _read(markup, keeps_lines=False)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return Marked("\n".join(line for line in lines if line), pictures)


def read_with_tags(text: str) -> Marked:
    """Read a text as someone typed it, with its line breaks, in which tags may stand."""
    words, pictures = _read(text, keeps_lines=True)
    return Marked(words.strip(), pictures)


def _read(markup: str, *, keeps_lines: bool) -> tuple[str, tuple[Picture, ...]]:
    words: list[str] = []
    pictures: list[Picture] = []
    end, in_pre = 0, False
    for tag in _TAG.finditer(markup):
        words.append(_flat(markup[end : tag.start()], keeps_lines or in_pre))
        end, name = tag.end(), tag["name"].lower()
        words.append(_GAPS.get(name, ""))
        if name == "pre":
            in_pre = not tag["end"]
        elif name == "img":
            pictures.append(_picture(tag["rest"]))
    words.append(_flat(markup[end:], keeps_lines or in_pre))
    return "".join(words), tuple(pictures)


def _flat(words: str, keeps_lines: bool) -> str:  # noqa: FBT001 (says what it is at each call)
    return unescape(words if keeps_lines else _BLANKS.sub(" ", words))


def _picture(attributes: str) -> Picture:
    found = {
        name.lower(): unescape(quoted or single or bare).strip()
        for name, quoted, single, bare in _ATTRIBUTE.findall(attributes)
    }
    return Picture(found.get("src", ""), found.get("alt", ""))

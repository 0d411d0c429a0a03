"""What can be written to the bot: a kind's name, `my actions`, `help`."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from actions.kinds import KINDS

HELP = frozenset({"help", "hi", "hello", "hey", "?"})
BANK = frozenset({"bank", "question bank", "my questions"})
MINE = frozenset({"my actions", "actions", "mine", "drafts", "my drafts"})

_MAKING = re.compile(r"^(?:(?:create|make|new|start)\s+(?:an?\s+)?)?(\w+)\b[\s:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """What was asked for: `name` is "make", "mine", "bank", "help" or "unknown"."""

    name: str
    kind: str = ""
    rest: str = ""


def read(text: str) -> Command:
    """Read a message; what is not understood is "unknown", never an error."""
    folded = " ".join(text.casefold().split()).strip(" .!")
    if folded in HELP or not folded:
        return Command("help")
    if folded in MINE:
        return Command("mine")
    if folded in BANK:
        return Command("bank")
    match = _MAKING.match(text.strip())
    names = {kind.name for kind in KINDS}
    if match is not None and match[1].casefold() in names:
        rest = text.strip()[match.end() :].strip()
        return Command("make", match[1].casefold(), rest if rest.strip(".!") else "")
    return Command("unknown")


def plain_text(markup: str) -> str:
    """Give the words of a Teams message's HTML, a line for each paragraph."""
    reader = _Words()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects text; images and attachments have none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._skipped = 0

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.words.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (its signature)
        self._skipped += tag in _NOT_WORDS
        self.words.append(_GAPS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._skipped = max(self._skipped - (tag in _NOT_WORDS), 0)
        self.words.append(_GAPS.get(tag, ""))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Take `<![…` for a comment: the library's own raises at words that it does not know."""
        return self.parse_bogus_comment(i, report=bool(report))


_BLOCKS = "blockquote br div h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul"
_GAPS = dict.fromkeys(_BLOCKS.split(), "\n") | dict.fromkeys(("td", "th"), " ")
_NOT_WORDS = frozenset({"script", "style"})

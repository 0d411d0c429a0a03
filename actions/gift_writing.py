"""Questions as GIFT, so that Moodle reads them and `actions.gift` gives them back the same.

Moodle has no mark for all or nothing where several answers are right: there a wrong tick costs
everything, as near as it comes.
"""

from collections.abc import Iterable
from fractions import Fraction
from html import escape

from actions.bank import BankItem, is_plain, item_fields, one_line
from actions.choice import Choice
from actions.either import Either
from actions.gift import TOKENS
from actions.gift_answers import WHOLE
from actions.gift_number import write_span
from actions.gift_text import Format, write_marked, write_text, write_token
from actions.number import Number
from actions.quantity import scaled
from actions.text import Text


def write_gift(items: Iterable[BankItem]) -> str:
    """Write a file."""
    return "\n".join(_written(item) for item in items)


def _written(item: BankItem) -> str:
    written_in: Format = "moodle" if item.question.about.image else "plain"
    name = f"::{write_text(one_line(item.name))}::" if item.name else ""
    explanation = write_marked(item.key.explanation, written_in)
    lines = [*_answers(item, written_in), f"####{explanation}" if explanation else ""]
    body = "".join(f"\n\t{line}" for line in lines if line)
    opening = "{#" if isinstance(item.question, Number) else "{"
    return f"{_comment(item)}{name}[{written_in}]{_asked(item)}{opening}{body}\n}}\n"


def _comment(item: BankItem) -> str:
    tokens = [write_token("tag", tag) for tag in item.tags]
    fields = item_fields(item)
    tokens += [write_token(name, fields[name]) for name in _special(item, fields)]
    return f"// {' '.join(tokens)}\n" if tokens else ""


def _special(item: BankItem, fields: dict[str, str]) -> list[str]:
    """Shares say that a part of the points is given, so all or nothing has to be said."""
    special = [n for n in TOKENS if n != "partial" and not is_plain(n, fields.get(n, ""))]
    several = isinstance(item.question, Choice) and item.question.several
    return ["partial", *special] if several and not item.key.partial else special


def _asked(item: BankItem) -> str:
    """A picture stands below the text, which then is in a format that knows tags."""
    question, about = item.question, item.question.about
    if not about.image:
        return write_text(question.text)
    picture = f'<img src="{escape(about.image)}" alt="{escape(about.image_alt)}">'
    return write_text(f"{escape(question.text, quote=False)}\n{picture}")


def _answers(item: BankItem, written_in: Format) -> list[str]:
    question, right = item.question, item.key.right
    match question:
        case Choice():
            return _options(question, item, written_in)
        case Either():
            return ["TRUE" if right == "yes" else "FALSE"]
        case Number():
            amounts = (right if isinstance(right, int) else 0, item.key.tolerance)
            return [write_span(*(scaled(amount, question.decimals) for amount in amounts))]
        case Text():
            spellings = right if isinstance(right, tuple) else ()
            return [f"={_spelling(text, written_in)}" for text in spellings]
        case _:
            return []


def _options(question: Choice, item: BankItem, written_in: Format) -> list[str]:
    right = item.key.right if isinstance(item.key.right, tuple) else ()
    share = _percent(Fraction(WHOLE, max(len(right), 1)))
    wrong = share if item.key.partial else _percent(Fraction(WHOLE))
    marks = (f"~%{share}%", f"~%-{wrong}%") if question.several else ("=", "~")
    return [
        marks[option.id not in right] + write_marked(option.text, written_in)
        for option in question.options
    ]


def _percent(share: Fraction) -> str:
    """As Moodle writes it, with at most five decimals."""
    return f"{float(round(share, 5)):.5f}".rstrip("0").rstrip(".")


def _spelling(text: str, written_in: Format) -> str:
    """`*` would stand for anything, and `->` make it a matching question."""
    literal = text.replace("*", "\\*")
    return write_marked(literal, written_in).replace("->", "-\\>")

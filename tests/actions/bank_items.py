"""Questions of a bank, made up by hypothesis: with every sign that means something in a file."""

from hypothesis import strategies as st

from actions.bank import BankItem, build_item, one_line, tidy
from actions.errors import InvalidAnswers
from actions.fields import line_id

QUESTION_ID = "q1"

_SIGNS = "\\~=#{}:*->[]%/$ \n\t<>&'\"nT5.|;,@+\u00a0\u2028\u0664é😀"
_WORDS = st.one_of(
    st.text(st.sampled_from(_SIGNS), min_size=1, max_size=8),
    st.text(min_size=1, max_size=8),
    st.sampled_from(
        ("yes", "true", "false", "#2", "1; 2", "=1+1", "'=1", "[html]b", "//", "####")
    ),
)
_FLAGS = st.sampled_from(("true", "false"))
_IMAGES = st.sampled_from(("", "https://example.com/cat.png?a=1&b=\"'<>"))


def new_id() -> str:
    """Give the same id to every question, so that questions can be compared."""
    return QUESTION_ID


@st.composite
def bank_items(draw: st.DrawFn) -> BankItem:
    """Give any question that a bank can hold."""
    preset = draw(st.sampled_from(("one", "several", "drop_down", "short_text", "number")))
    preset = draw(st.sampled_from((preset, "yes_no")))
    fields = {
        "text": draw(_WORDS),
        "points": draw(st.sampled_from(("", "3"))),
        "explanation": draw(_WORDS),
        "help": draw(_WORDS),
        "required": draw(_FLAGS),
        "image": draw(_IMAGES),
        "image_alt": draw(_WORDS),
        **_answers(draw, preset),
    }
    try:
        return build_item(QUESTION_ID, preset, fields, draw(st.lists(_WORDS)), draw(_WORDS))
    except InvalidAnswers:
        # Two options may have said the same, or a text may have had no sign that is seen.
        return build_item(QUESTION_ID, "yes_no", {"text": "Is it?", "right": "no"})


def _answers(draw: st.DrawFn, preset: str) -> dict[str, str]:
    match preset:
        case "yes_no":
            return {"right": draw(st.sampled_from(("yes", "no")))}
        case "number":
            decimals = draw(st.integers(0, 6))
            right = st.decimals(-999, 999, places=decimals)
            around = st.decimals(0, 99, places=decimals)
            return {
                "decimals": str(decimals),
                "right": f"{draw(right):f}",
                "tolerance": f"{draw(around):f}",
                "unit": draw(_WORDS),
                "min": draw(st.sampled_from(("", "-1000"))),
                "max": draw(st.sampled_from(("", "1000"))),
            }
        case "short_text":
            spellings = draw(st.lists(_WORDS.map(_line).filter(bool), min_size=1, max_size=4))
            limit = draw(st.sampled_from(("", "40")))
            return {"right": "\n".join(spellings), "limit": limit}
        case _:
            return _options(draw, preset == "several")


def _options(draw: st.DrawFn, several: bool) -> dict[str, str]:  # noqa: FBT001 (one caller)
    options = draw(st.lists(_WORDS.map(_line), min_size=2, max_size=5, unique=True))
    right = draw(st.sets(st.sampled_from(options), min_size=1, max_size=5 if several else 1))
    return {
        "options": "\n".join(options),
        "right": ",".join(line_id(option) for option in right),
        "partial": draw(_FLAGS),
        "shuffle": draw(_FLAGS),
        "least": draw(st.sampled_from(("", "1"))),
    }


def _line(text: str) -> str:
    return one_line(tidy(text))

"""A survey of forty questions, how it is built, and how people fill it in, as they see it.

What people typed is noted by the questions' numbers, to be counted again without Muster.
"""

import re
from dataclasses import dataclass, field

from tests.teams import Chat, Dialog, Message, User
from tests.teams.cards import Card, buttons, rows, text, walk
from tests.teams.forms import Value

COUNT = 40
SORTS = (
    *("one", "several", "drop-down", "yes/no", "stars", "scale", "like", "nps", "likert"),
    *("ranking", "short text", "long text", "number", "date", "time"),
)
LISTED = {"one", "several", "drop-down", "likert", "ranking"}
COLOURS = ("Red", "Green", "Blue, or nearly", "A=B")
REQUIRED = {1, 3, 16}
RULES = {5: (4, "is", "yes"), 20: (16, "is", "Red"), 33: (28, "above", "20")}
"""By question: the earlier one that it looks at, how, and with what it is compared."""

_NUMBER = re.compile(r"Question (\d+) of sort")


def sort_of(number: int) -> str:
    """Give what sort the question of a number is."""
    return SORTS[(number - 1) % len(SORTS)]


def words_of(number: int) -> str:
    """Give what the question of a number asks."""
    return f"Question {number:02} of sort {sort_of(number)}"


def pasted() -> str:
    """Give the lines that say all questions, ten to a page."""
    lines: list[str] = []
    for number in range(1, COUNT + 1):
        if number > 1 and number % 10 == 1:
            lines.append("---")
        mark = " *" if number in REQUIRED else ""
        lines.append(f"? {words_of(number)} ({sort_of(number)}){mark}")
        lines += [f"- {colour}" for colour in COLOURS if sort_of(number) in LISTED]
    return "\n".join(lines)


async def builds(creator: User, chat: Chat, title: str) -> Message:
    """Build the survey in the message extension's dialog and post it."""
    before = list(chat.messages)
    dialog = await creator.uses_command(chat, "survey")
    await dialog.submits("Paste many", {"Title": title})
    wrong = f"- An option of nothing\n{pasted()}"
    await dialog.submits("Add the questions", {"Questions, and their options below them": wrong})
    assert "Line 1" in text(dialog.card)
    await dialog.submits(
        "Add the questions", {"Questions, and their options below them": pasted()}
    )
    assert "40 questions are added." in text(dialog.card)
    for number, rule in RULES.items():
        await _rules(dialog, number, *rule)
    await dialog.submits("Preview")
    await dialog.sends()
    return await chat.wait_for_message(lambda message: message not in before)


async def _rules(dialog: Dialog, number: int, earlier: int, operator: str, value: str) -> None:
    title = f"Edit question {number}"
    while title not in rows(dialog.card):
        turns = [one for one in buttons(dialog.card) if one.endswith(" questions")]
        await dialog.submits("Next questions" if "Next questions" in turns else turns[0])
    await dialog.submits(title)
    await dialog.submits("More")
    await dialog.submits("Show it only if …")
    chosen = f"{earlier}. {words_of(earlier)}"
    await dialog.submits("Next", {"The earlier question": chosen})
    compared = {"Its answer": operator, "What it is compared with": value}
    await dialog.submits("Done", dict(compared))
    assert "Shown only if" in text(dialog.card)
    await dialog.submits("Back to the list")
    # From the first page on, whichever question comes next.
    while "Previous questions" in buttons(dialog.card):
        await dialog.submits("Previous questions")


@dataclass(slots=True)
class Sheet:
    """One person's form: what they typed, by question and field, the newest standing."""

    user: User
    person: int
    typed: dict[int, dict[str, Value]] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)

    def fill(self, card: Card) -> dict[str, Value]:
        """Give what this person types into a page, and note it."""
        given: dict[str, Value] = {}
        for number, elements in _questions(card).items():
            if number not in self.asked:
                self.asked.add(number)
                self.typed[number] = self._answer(number, elements)
            given |= self.typed[number]
        return given

    def _answer(self, number: int, elements: list[Card]) -> dict[str, Value]:
        """One in seven leaves a question out that need not be answered."""
        if number not in REQUIRED and (self.person + number) % 7 == 0:
            return {}
        names = [str(element["id"]) for element in elements]
        seed = self.person * 3 + number
        if sort_of(number) == "ranking":
            count = len(names)
            return {name: str((place + seed) % count + 1) for place, name in enumerate(names)}
        return {
            name: self._typed(number, element, seed + place)
            for place, (name, element) in enumerate(zip(names, elements, strict=True))
        }

    def _typed(self, number: int, element: Card, seed: int) -> Value:
        written = {
            "short text": f"Person {self.person}: =1+1, “{seed}” 🙂",
            "long text": f'Person {self.person}, at length;\n"{seed}"',
            "number": str(seed % 50),
            "date": f"2026-12-{seed % 28 + 1:02}",
            "time": f"{seed % 24:02}:{seed % 60:02}",
            "stars": str(seed % 5 + 1),
        }
        sort = sort_of(number)
        if sort in written:
            return written[sort]
        choices = [str(choice["title"]) for choice in element["choices"]]
        first = choices[seed % len(choices)]
        if sort != "several":
            return first
        return sorted({first, choices[(seed + seed % 2) % len(choices)]})


async def goes_on(sheet: Sheet, dialog: Dialog, *, pages: int = 99) -> None:
    """Fill in so many pages, or all up to the review."""
    for _ in range(pages):
        card = dialog.card
        if "Hand in" in buttons(card):
            return
        # The last page's button leads to the review.
        title = "Next" if "Next" in buttons(card) else "Review"
        await dialog.submits(title, sheet.fill(card))
        assert "Please look at" not in text(dialog.card), text(dialog.card)


def _questions(card: Card) -> dict[int, list[Card]]:
    """Give each question's inputs, by the number that its words say."""
    found: dict[int, list[Card]] = {}
    number = 0
    for node in walk(card):
        said = _NUMBER.search(str(node.get("label") or node.get("text") or ""))
        number = int(said[1]) if said else number
        if str(node.get("type")).startswith("Input."):
            found.setdefault(number, []).append(node)
    return found

"""Bringing questions into one's bank, what came of it, and taking them out again."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement, TextBlock, TextInput

from actions.bank import Finding
from actions.banked import BANK_FORMATS, BankFormat, ImportReport
from actions.banking import MOST_ITEMS, BankListing
from cards.envelope import Envelope
from cards.markdown import plain
from cards.parts import buttons, card, label, note, opens, submits, success, warning
from cards.sentences import sentence
from cards.texts import Texts
from dialogs.bank import place_of
from dialogs.bank_place import BankPlace
from dialogs.screen import Screen, Setting, note_problem

PER_PAGE = 12
"""How many findings one page has."""

LONGEST_PASTE = 20_000
"""Characters that are pasted at once; a client takes no more."""

EXAMPLE = "What is the capital of France? {=Paris ~Rome ~Madrid}"

PASTED = "pasted"
"""The field with what was pasted."""


def import_screen(setting: Setting) -> Screen:
    """Give the field for questions, and how to send a file."""
    texts = setting.texts
    file = texts(
        "Send me a file as a message in our personal chat: an Excel sheet, a CSV file, or GIFT "
        "from Moodle. Or paste its text here."
    )
    table = texts(
        "Export your bank as an Excel sheet, even an empty one, to have a form to fill in."
    )
    read = Envelope("bank.read", hidden=((PASTED, ""),))
    body: list[CardElement] = [
        label(texts("Import questions")),
        TextBlock(text=file, wrap=True),
        note(table),
        TextInput(
            id=PASTED,
            label=texts("Questions as GIFT or as a table"),
            placeholder=EXAMPLE,
            is_multiline=True,
            max_length=LONGEST_PASTE,
        ),
        *note_problem(setting, PASTED),
        *buttons(
            [
                submits(setting.host, read, texts("Import"), "positive"),
                opens(setting.host, Envelope("bank"), texts("Back")),
            ]
        ),
    ]
    return Screen(texts("Import questions"), card(texts, body), stays=True)


def report_screen(report: ImportReport, first: int, setting: Setting) -> Screen:
    """Say what an import did, and show its findings from one on, counted from 0."""
    texts = setting.texts
    first = first if 0 <= first < len(report.findings) else 0
    shown = report.findings[first : first + PER_PAGE]
    body: list[CardElement] = [
        label(texts("Import questions")),
        *_done(report, texts),
        *([label(_heading(report, first, len(shown), texts))] if shown else []),
        *(_finding(finding, texts) for finding in shown),
        *_rest(report, first, texts),
        *buttons(_pages(report, first, setting)),
        *buttons(
            [
                opens(setting.host, Envelope("bank"), texts("Question bank")),
                opens(setting.host, Envelope("bank.import"), texts("Import more")),
            ]
        ),
    ]
    return Screen(texts("Import questions"), card(texts, body), stays=True)


def bank_export_screen(listing: BankListing, setting: Setting) -> Screen:
    """Ask in which form the questions shall be taken out, all or those that are looked at."""
    texts, place = setting.texts, place_of(listing)
    body: list[CardElement] = [
        label(texts("Question bank")),
        label(texts("Export")),
        *_what(place, texts),
        note(texts("Excel: a row for each question, to change there and import again.")),
        note(texts("CSV: the same for any other program.")),
        note(texts("GIFT: for Moodle and other learning platforms.")),
        *buttons(_formats(listing, setting)),
        *buttons([opens(setting.host, Envelope("bank", hidden=place.hidden()), texts("Back"))]),
    ]
    return Screen(texts("Export"), card(texts, body), stays=True)


def _done(report: ImportReport, texts: Texts) -> Iterator[CardElement]:
    lines = [
        (report.added, texts.many("{count} new", "{count} new", report.added)),
        (report.changed, texts.many("{count} changed", "{count} changed", report.changed)),
        (
            report.same,
            texts.many("{count} was there already", "{count} were there already", report.same),
        ),
    ]
    done = " · ".join(line for count, line in lines if count)
    if done:
        yield success(texts("The questions are in your bank: {what}.", what=done))
    else:
        yield warning(texts("No question could be read, so nothing was imported."))
    if report.beyond:
        full = texts.many(
            "{count} question has no room: a bank holds {most}. Delete some, then import again.",
            "{count} questions have no room: a bank holds {most}. Delete some, then import again.",
            report.beyond,
            most=MOST_ITEMS,
        )
        yield warning(full)


def _heading(report: ImportReport, first: int, count: int, texts: Texts) -> str:
    whole = len(report.findings)
    if count == whole:
        return texts("To look at")
    part = {"first": first + 1, "last": first + count, "count": whole}
    return texts("To look at: {first}–{last} of {count}", **part)


def _finding(finding: Finding, texts: Texts) -> CardElement:
    """A sign says whether the question was left out, or read with a change."""
    words, where = sentence(texts, finding.problem), _where(finding, texts)
    sign = "⚠" if finding.kept else "✖"
    return TextBlock(text=f"{sign} {where}{words}", wrap=True, spacing="Small")


def _where(finding: Finding, texts: Texts) -> str:
    if not finding.line:
        return ""
    part = _parts(texts).get(finding.part, "")
    if part:
        return texts("Line {line}, {part}:", line=finding.line, part=part) + " "
    return texts("Line {line}:", line=finding.line) + " "


def _parts(texts: Texts) -> dict[str, str]:
    return {
        "text": texts("question"),
        "options": texts("options"),
        "right": texts("what is right"),
        "points": texts("points"),
        "tolerance": texts("tolerance"),
        "explanation": texts("explanation"),
        "tags": texts("tags"),
        "name": texts("name"),
        "image": texts("picture"),
        "help": texts("help"),
    }


def _rest(report: ImportReport, first: int, texts: Texts) -> Iterator[CardElement]:
    """What is beyond what is kept is seen when the rest was put right and imported again."""
    if report.findings and any(not finding.kept for finding in report.findings):
        yield note(
            texts("✖ was left out. Put it right and import again: nothing is there twice then.")
        )
    if report.unsaid and first + PER_PAGE >= len(report.findings):
        yield note(
            texts.many(
                "{count} more is not listed. Put these right first.",
                "{count} more are not listed. Put these right first.",
                report.unsaid,
            )
        )


def _pages(report: ImportReport, first: int, setting: Setting) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    if first:
        before = Envelope("bank.report", argument=str(max(first - PER_PAGE, 0)))
        yield opens(host, before, texts("Previous page"))
    if first + PER_PAGE < len(report.findings):
        after = Envelope("bank.report", argument=str(first + PER_PAGE))
        yield opens(host, after, texts("Next page"))


def _what(place: BankPlace, texts: Texts) -> Iterator[CardElement]:
    if place.search:
        yield note(texts("Only questions that hold “{words}”", words=plain(place.search)))
    if place.tag:
        yield note(texts("Only questions with the tag “{tag}”", tag=plain(place.tag)))


def _formats(listing: BankListing, setting: Setting) -> Iterator[Action]:
    """An empty table is a form to fill in, an empty GIFT file is nothing."""
    titles: dict[BankFormat, str] = {
        "xlsx": setting.texts("Excel"),
        "csv": setting.texts("CSV"),
        "gift": setting.texts("GIFT"),
    }
    for form in BANK_FORMATS:
        if listing.page.items or form != "gift":
            here = Envelope("bank.file", "", form, place_of(listing).hidden())
            yield opens(setting.host, here, titles[form])

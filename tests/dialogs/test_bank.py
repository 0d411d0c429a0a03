"""The screens of the question bank: small, checked, leading on, and saying what to do."""

from collections.abc import Callable

import pytest

from actions.bank import BankItem, Finding, build_item
from actions.banked import (
    QUESTION,
    BankCounts,
    Banked,
    BankPage,
    ImportReport,
    Selection,
)
from actions.banking import MOST_ITEMS, PER_PAGE, BankListing
from actions.errors import Problem
from actions.fields import line_id
from cards import parts
from cards.envelope import decode
from cards.parts import Host
from cards.texts import Texts
from dialogs import bank_import
from dialogs.bank import bank_button, bank_screen, keep_button
from dialogs.bank_import import bank_export_screen, import_screen, report_screen
from dialogs.bank_item import delete_screen, item_screen
from dialogs.bank_pick import pick_screen
from dialogs.bank_place import BankPlace
from dialogs.screen import Screen, Setting
from tests.actions.builders import a_draft
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.fakes import NOON
from tests.teams.cards import (
    Card,
    actions,
    buttons,
    find_action,
    input_elements,
    inputs,
    rows,
    text,
)

START = BankPlace()
LONG = "*_é" * 2_000
"""Characters that are escaped, and more than one unit long."""


def an_item(question: str = "Capital of France?", *tags: str, **fields: str) -> BankItem:
    """Give a question; the first option is right."""
    usual = {"text": question}
    preset, name = fields.pop("preset", "one"), fields.pop("name", "")
    if preset in {"one", "several"} and "options" not in fields:
        usual |= {"options": "Paris\nRome", "right": line_id("Paris")}
    return build_item(QUESTION, preset, usual | fields, tags, name)


def banked(item: BankItem, item_id: str = "id-0") -> Banked:
    return Banked(item_id, item, NOON)


def a_listing(
    *items: BankItem,
    count: int | None = None,
    tags: dict[str, int] | None = None,
    place: BankPlace = START,
    following: str = "",
) -> BankListing:
    """Give a page of the list, of a bank of `count` questions."""
    kept = [banked(item, f"id-{number}") for number, item in enumerate(items)]
    counts = BankCounts(len(items) if count is None else count, tags or {})
    page = BankPage(kept, following)
    return BankListing(page, counts, Selection(place.search, place.tag), place.after)


LONGEST = an_item(
    LONG[:5_000],
    *(f"{n}{LONG[:98]}" for n in range(20)),
    preset="several",
    name=LONG[:255],
    options="\n".join(f"{n:02}{LONG[:998]}" for n in range(25)),
    right=",".join(line_id(f"{n:02}{LONG[:998]}") for n in range(25)),
    explanation=LONG[:5_000],
    help=LONG[:1_000],
    image="https://example.com/" + "x" * 1_900,
    image_alt=LONG[:300],
    partial="true",
)
FAR = BankPlace("“" * 100, "”" * 100, "x" * 100)
FULL = a_listing(
    *(LONGEST,) * PER_PAGE,
    count=MOST_ITEMS,
    tags={f"{n}{'”' * 97}": n for n in range(500)},
    place=FAR,
    following="y" * 100,
)
DRAFT = a_draft()
FINDING = Finding(12_345, Problem("gift_weight_lost", {"option": LONG, "percent": "33"}), "right")
REPORT = ImportReport(1, 2, 3, 4, (FINDING,) * 100, 7)

SCREENS: dict[str, Callable[[Setting], Screen]] = {
    "empty list": lambda setting: bank_screen(a_listing(), setting),
    "full list": lambda setting: bank_screen(FULL, setting),
    "question": lambda setting: item_screen(banked(LONGEST), FAR, setting),
    "deleting": lambda setting: delete_screen(banked(LONGEST), FAR, setting),
    "nothing to pick": lambda setting: pick_screen(DRAFT, a_listing(), [], setting),
    "picking": lambda setting: pick_screen(DRAFT, FULL, ["id-1"] * 200, setting),
    "importing": import_screen,
    "imported": lambda setting: report_screen(REPORT, 0, setting),
    "nothing imported": lambda setting: report_screen(ImportReport(), 0, setting),
    "exporting": lambda setting: bank_export_screen(FULL, setting),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("host", Host)
@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT])
def test_every_screen_is_one_that_teams_takes(name: str, host: Host, texts: Texts) -> None:
    shown(SCREENS[name](Setting(host, texts, notice="No.", done="Done.")))


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_leads_on(name: str) -> None:
    assert buttons(shown(SCREENS[name](DIALOG)))


# The list


def test_a_row_says_what_is_asked_and_leads_there() -> None:
    item = an_item("[Pay](https://evil.example)?", "a*b", "c", points="3", name="Money")
    card = shown(bank_screen(a_listing(item), IN_PLACE))
    assert rows(card) == ["Money: [Pay](https://evil.example)?"]
    assert "Money: \\[Pay\\](https://evil.example)?" in text(card)
    assert "Choose one · 3 points · a\\*b, c" in text(card)
    assert envelopes(card)[rows(card)[0]].verb == "bank.open"


def test_an_empty_bank_says_what_to_do() -> None:
    card = shown(bank_screen(a_listing(), DIALOG))
    assert "Nothing here yet." in text(card)
    assert "Import" in buttons(card)
    assert not inputs(card)


def test_what_is_not_found_is_told() -> None:
    card = shown(bank_screen(a_listing(count=9, place=BankPlace("x")), DIALOG))
    assert "No question fits." in text(card)
    assert inputs(card)["bank_search"] == "x"


def test_a_long_list_can_be_searched_and_a_short_one_need_not() -> None:
    assert not inputs(shown(bank_screen(a_listing(an_item()), DIALOG)))
    listing = a_listing(an_item(), count=9, tags={"fire": 2, "acid": 1}, place=BankPlace("", "x"))
    card = shown(bank_screen(listing, DIALOG))
    (tag,) = (one for one in input_elements(card) if one["id"] == "bank_tag")
    titles = [choice["title"] for choice in tag["choices"]]
    assert titles == ["All tags", "fire (2)", "acid (1)", "x (0)"]
    assert tag["value"] == "#x"


def test_pages_lead_on_and_back_to_the_first() -> None:
    card = shown(bank_screen(a_listing(an_item(), count=9, following="m"), DIALOG))
    assert "First page" not in buttons(card)
    assert sent(card, "Next page") == BankPlace(after="m")
    later = a_listing(an_item(), count=9, place=BankPlace("a", "b", "m"))
    card = shown(bank_screen(later, DIALOG))
    assert "Next page" not in buttons(card)
    assert sent(card, "First page") == BankPlace("a", "b")


def sent(card: Card, title: str, **typed: str) -> BankPlace:
    """Give where a button leads, with what was typed beside it."""
    return BankPlace.read(decode(find_action(card, title)["data"])[1] | typed)


def test_a_search_begins_at_the_first_page() -> None:
    listing = a_listing(an_item(), count=9, tags={"t": 1}, place=BankPlace("a", "t", "m"))
    card = shown(bank_screen(listing, DIALOG))
    assert sent(card, "Search", bank_search=" b ", bank_tag="#t") == BankPlace("b", "t")
    # A client leaves a field out that was cleared.
    assert sent(card, "Search", bank_tag="*") == BankPlace()
    assert sent(card, "Search", bank_search="a", bank_tag="#t") == BankPlace("a", "t", "m")


def test_a_full_bank_is_told_so() -> None:
    assert "That is as many as a bank holds." in text(shown(bank_screen(FULL, DIALOG)))


def test_the_buttons_elsewhere_keep_the_form() -> None:
    draft = a_draft(edits="action")
    row = [bank_button(draft, DIALOG), keep_button(draft, "q1", DIALOG)]
    card = shown(Screen("", parts.card(TEXTS, parts.buttons(row))))
    envelope, typed = decode(find_action(card, "From the question bank")["data"])
    opened = (envelope.verb, envelope.action, envelope.argument)
    assert opened == ("build.bank", draft.id, draft.kind)
    assert typed == {"edits": "action"}
    envelope, typed = decode(find_action(card, "Keep in the question bank")["data"])
    assert (envelope.verb, typed) == ("build.keep", {"of": "q1", "edits": "action"})


# One question


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, ["✔ Paris", "○ Rome"]),
        ({"preset": "yes_no", "right": "no"}, ["✔ False"]),
        ({"preset": "yes_no", "right": "yes"}, ["✔ True"]),
        ({"preset": "short_text", "right": "Paris\nLutetia"}, ["✔ Paris", "✔ Lutetia"]),
        ({"preset": "number", "right": "2", "unit": "m"}, ["✔ 2 m"]),
        (
            {"preset": "number", "right": "2.5", "decimals": "1", "tolerance": ".5"},
            ["✔ 2.5 ± 0.5"],
        ),
    ],
)
def test_what_is_right_is_marked(fields: dict[str, str], lines: list[str]) -> None:
    card = shown(item_screen(banked(an_item(**fields)), BankPlace(), DIALOG))
    assert [line for line in text(card).splitlines() if line[0] in "✔○"] == lines


def test_a_question_is_shown_with_all_that_is_kept_of_it() -> None:
    item = an_item(
        "Capital?",
        *("places", "Europe"),
        name="Paris",
        points="2",
        explanation="It is the *capital*.",
        help="Think",
        image="https://example.com/a.png",
        image_alt="A map",
    )
    card = shown(item_screen(banked(item), BankPlace("x"), DIALOG))
    assert (inputs(card)["name"], inputs(card)["tags"]) == ("Paris", "places, Europe")
    for words in ("2 points", "It is the \\*capital\\*.", "Think"):
        assert words in text(card)
    assert '"A map"' in str(card).replace("'", '"')
    assert sent(card, "Back") == BankPlace("x")


def test_what_was_refused_is_shown_again_with_the_reason() -> None:
    problems = {"tags": Problem("tags_over", {"most": 20, "given": 21})}
    typed = {"name": "Mine", "tags": "a, b"}
    setting = Setting(Host.DIALOG, TEXTS, problems=problems, typed=typed)
    card = shown(item_screen(banked(an_item("?", "old")), BankPlace(), setting))
    assert (inputs(card)["name"], inputs(card)["tags"]) == ("Mine", "a, b")
    assert "These are 21 tags" in text(card)


# Choosing


def test_questions_are_ticked_page_by_page() -> None:
    listing = a_listing(an_item("A?"), an_item("B?"), count=9)
    card = shown(pick_screen(DRAFT, listing, ["id-1", "elsewhere"], DIALOG))
    (ticks,) = (one for one in input_elements(card) if one["id"] == "chosen")
    assert [choice["title"] for choice in ticks["choices"]] == [
        "A? (🔘 Choose one · 1 point)",
        "B? (🔘 Choose one · 1 point)",
    ]
    assert ticks["value"] == "id-1"
    assert "1 more is ticked on other pages." in text(card)
    _, hidden = decode(find_action(card, "Add the questions")["data"])
    assert (hidden["page"], hidden["chosen"]) == ("id-0 id-1", "")


def test_without_questions_there_is_nothing_to_add() -> None:
    assert buttons(shown(pick_screen(DRAFT, a_listing(), [], DIALOG))) == ["Back to the list"]


# Imports and exports


def test_findings_say_their_line_and_what_to_do() -> None:
    findings = (
        Finding(0, Problem("table_unreadable")),
        Finding(12, Problem("whole_between", {"least": 1, "most": 100}), "points"),
        Finding(13, Problem("gift_essay")),
        Finding(14, Problem("gift_comments_lost"), kept=True),
    )
    card = shown(report_screen(ImportReport(1, findings=findings), 0, DIALOG))
    lines = text(card).splitlines()
    assert "✔ The questions are in your bank: 1 new." in lines
    assert "✖ This is no table that can be read. Save it as CSV or XLSX once more." in lines
    assert "✖ Line 12, points: Give a whole number from 1 to 100." in lines
    assert "✖ Line 13: An essay cannot be marked by itself, so it is left out." in lines
    kept = "⚠ Line 14: Comments on single answers are not kept; the explanation is."
    assert kept in lines


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_finding_can_be_reached(setting: Setting) -> None:
    findings = tuple(Finding(n, Problem("gift_essay")) for n in range(1, 101))
    report, first, seen = ImportReport(findings=findings, unsaid=7), 0, []
    while True:
        card = shown(report_screen(report, first, setting))
        lines = [line for line in text(card).splitlines() if line.startswith("✖ Line")]
        assert 0 < len(lines) <= bank_import.PER_PAGE
        seen += lines
        if "Next page" not in buttons(card):
            break
        first = int(envelopes(card)["Next page"].argument)
    assert len(set(seen)) == len(seen) == 100
    assert "7 more are not listed." in text(card)
    assert envelopes(card)["Previous page"].argument == str(first - bank_import.PER_PAGE)


def test_a_page_that_was_made_up_is_the_first() -> None:
    card = shown(report_screen(REPORT, 100_000, DIALOG))
    assert "To look at: 1–12 of 100" in text(card)


def test_what_an_import_did_is_summed_up() -> None:
    card = shown(report_screen(ImportReport(3, 1, 2, 1), 0, DIALOG))
    assert "3 new · 1 changed · 2 were there already" in text(card)
    assert "1 question has no room: a bank holds 5,000." in text(card)
    assert "nothing was imported" in text(shown(report_screen(ImportReport(), 0, DIALOG)))


def test_every_form_of_an_export_has_its_button() -> None:
    listing = a_listing(an_item(), place=BankPlace("fire", "safety"))
    card = shown(bank_export_screen(listing, DIALOG))
    assert buttons(card) == ["Excel", "CSV", "GIFT", "Back"]
    verbs = [decode(action["data"])[0] for action in actions(card)]
    assert [(one.verb, one.argument) for one in verbs[:3]] == [
        ("bank.file", form) for form in ("xlsx", "csv", "gift")
    ]
    assert sent(card, "CSV") == BankPlace("fire", "safety")
    assert "Only questions that hold “fire”" in text(card)
    assert "Only questions with the tag “safety”" in text(card)


def test_an_empty_bank_is_taken_out_as_a_form_to_fill_in() -> None:
    assert buttons(shown(bank_export_screen(a_listing(), DIALOG))) == ["Excel", "CSV", "Back"]

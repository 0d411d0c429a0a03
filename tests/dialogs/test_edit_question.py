"""The builder's screens for one question."""

from dataclasses import replace
from string import ascii_letters

import pytest

from actions import survey
from actions.action import Draft
from actions.drafted import LASTING, questions_of
from actions.drafted import typed as merged
from actions.errors import NotFound, Problem
from actions.fields import Values
from actions.presets import DECIDED, ITEMS, PRESETS, Preset, preset
from actions.rules import RULE
from cards.envelope import decode
from cards.parts import Host
from dialogs.edit_question import MORE, more_screen, question_screen, wrong_screen
from dialogs.presets import SIGNS as PICTURES
from dialogs.presets import preset_names, signed_name, starting_fields, words_for_presets
from dialogs.question_fields import FIELDS
from dialogs.question_list import builds
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, DRAFT_ID
from tests.actions.drafts import FILLED, a_form, a_survey_draft, every_type, ruled, typed
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, shown
from tests.teams.cards import Card, actions, buttons, find_action, input_elements, inputs, text

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
each_preset = pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.name)


def question(values: Values, name: str = "q1", setting: Setting = IN_PLACE) -> Card:
    """Give the card that asks what a question is."""
    return shown(question_screen(a_survey_draft(values), name, setting))


def more(values: Values, name: str = "q1", setting: Setting = IN_PLACE, edits: str = "") -> Card:
    """Give the card with more about a question."""
    return shown(more_screen(a_survey_draft(values, edits=edits), name, setting))


def test_every_preset_has_a_name_a_picture_and_fields() -> None:
    names = {one.name for one in PRESETS}
    assert preset_names(TEXTS).keys() == PICTURES.keys() == FIELDS.keys() == names
    assert signed_name("stars", TEXTS) == "⭐ Stars"
    assert words_for_presets(TEXTS)["yes or no"] == "yes_no"


def test_statements_start_with_the_usual_answers() -> None:
    lines = starting_fields("likert", TEXTS)["levels"].splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("Strongly disagree", "Strongly agree", 5)
    assert starting_fields("stars", TEXTS) == {}


@each_host
@each_preset
def test_a_question_shows_its_own_fields_and_no_others(one: Preset, setting: Setting) -> None:
    card = question(a_form(one.name), setting=setting)
    own = {name.removeprefix("q.q1.") for name in inputs(card)}
    hidden = {"levels"} if one.name == "nps" else set()
    hidden |= {"least", "most"} if one.name in {"one", "drop_down"} else set()
    asked = set() if one.name in ITEMS else {"required"}
    assert own == one.fields.keys() - DECIDED - hidden | {"text"} | asked


@each_preset
def test_what_was_typed_about_a_question_is_shown_again(one: Preset) -> None:
    held = inputs(question(a_form(one.name)))
    for name, value in FILLED.get(one.name, {}).items():
        assert held[f"q.q1.{name}"] == value


@each_preset
def test_the_fields_of_a_question_come_back_as_they_are(one: Preset) -> None:
    """Done on a question that nobody changed changes nothing."""
    values = a_form(one.name)
    card = question(values)
    _, sent = decode(find_action(card, "Done")["data"])
    raw = {**sent, **{name: value or "" for name, value in inputs(card).items()}}
    assert questions_of(merged(values, raw, frozenset()), {}) == questions_of(values, {})


def test_the_card_says_which_question_it_is() -> None:
    card = question(a_form("date", "stars"), "q2")
    assert text(card).startswith("Question 2 of 2")
    assert "⭐ Stars" in text(card)
    in_dialog = question_screen(a_survey_draft(a_form("date", "stars")), "q2", DIALOG)
    assert in_dialog.title == "Question 2 of 2"
    assert "Question 2 of 2" not in text(shown(in_dialog))


@each_host
def test_every_button_of_a_question_sends_what_is_typed(setting: Setting) -> None:
    for card in (question(every_type(), setting=setting), more(every_type(), "q3", setting)):
        for action in actions(card):
            envelope, sent = decode(action["data"])
            assert action.get("associatedInputs") != "none"
            assert (envelope.action, envelope.argument) == (DRAFT_ID, "survey")
            assert sent["of"] in {"q1", "q3"}


def test_a_question_leads_everywhere() -> None:
    card = question(a_form("date"))
    assert buttons(card) == ["Done", "Add another", "More", "Back to the list"]
    behind = more(a_form("date", "date"), "q2")
    assert buttons(behind) == [
        *("Show it only if …", "Change the type", "Duplicate", "Delete", "Back"),
        "Back to the list",
    ]
    verbs = [decode(a["data"])[0].verb for shown in (card, behind) for a in actions(shown)]
    assert verbs == [
        *("build.done", "build.another", "build.more", "build.list"),
        *("build.rule", "build.change", "build.duplicate", "build.delete"),
        *("build.open", "build.list"),
    ]


def test_a_full_survey_offers_no_copy() -> None:
    values = a_form(*(["date"] * 200))
    assert "Add another" not in buttons(question(values))
    assert "Duplicate" not in buttons(more(values))


def test_a_cleared_date_is_sent_as_blank_since_clients_leave_it_out() -> None:
    for name in ("date", "time"):
        _, sent = decode(find_action(question(a_form(name)), "Done")["data"])
        assert sent == {"of": "q1", "q.q1.min": "", "q.q1.max": ""}
    assert decode(find_action(question(a_form("number")), "Done")["data"])[1] == {"of": "q1"}


def test_problems_stand_below_their_fields() -> None:
    values = typed(a_form("one"), "q1", text="", options="Red", help="x" * 1_001)
    problems: dict[str, Problem] = {}
    questions_of(values, problems)
    card = question(values, setting=replace(IN_PLACE, problems=problems))
    assert below(card, "q.q1.text") == "⚠ Write the question."
    assert "you have 1" in below(card, "q.q1.options")
    assert "Please look at what is marked below." in text(card)
    assert "⚠ More" in buttons(card)
    behind = more(values, setting=replace(IN_PLACE, problems=problems))
    assert "at most 1,000" in below(behind, "q.q1.help")


def test_a_question_that_is_gone_is_not_found() -> None:
    for screen in (question_screen, more_screen):
        with pytest.raises(NotFound):
            screen(a_survey_draft(a_form("date")), "q9", DIALOG)


# More


@each_host
def test_more_shows_help_picture_page_and_type(setting: Setting) -> None:
    values = typed(
        a_form("date"),
        "q1",
        help="Help",
        image="https://example.com/a.png",
        image_alt="A cat",
        starts_page="true",
    )
    assert inputs(more(values, setting=setting)) == {
        "q.q1.help": "Help",
        "q.q1.image": "https://example.com/a.png",
        "q.q1.image_alt": "A cat",
        "q.q1.starts_page": "true",
        "change": "date",
    }


def test_the_first_question_has_no_rule() -> None:
    assert "Show it only if …" not in buttons(more(a_form("date", "date"), "q1"))
    assert "Shown to everyone." in text(more(a_form("date", "date"), "q2"))


def test_a_rule_is_said_in_words() -> None:
    values = ruled(a_form("stars", "date"), "q2", "q1", "below", "3")
    said = "Shown only if the answer to “1. stars?” is below “3 of 7”."
    assert said in text(more(values, "q2"))


def test_a_rule_that_no_longer_holds_is_marked() -> None:
    values = ruled(a_form("stars", "date"), "q2", "q9", "below", "3")
    problems: dict[str, Problem] = {}
    questions_of(values, problems)
    assert "⚠ Show it only if …" in buttons(
        more(values, "q2", replace(IN_PLACE, problems=problems))
    )


def test_once_posted_only_presets_of_the_same_type_are_offered() -> None:
    def offered(values: Values, edits: str) -> list[str]:
        fields = [e for e in input_elements(more(values, edits=edits)) if e["id"] == "change"]
        return [choice["value"] for field in fields for choice in field["choices"]]

    assert offered(a_form("one"), "") == [one.name for one in survey.BUILDER.presets]
    assert offered(a_form("one"), ACTION_ID) == ["one", "several", "drop_down"]
    assert offered(a_form("date"), ACTION_ID) == []


def test_the_screen_with_the_problem_is_the_one_that_opens() -> None:
    draft = a_survey_draft(ruled(a_form("stars", "date"), "q2", "q1", "is", "1"))

    def opened(*names: str) -> Card:
        problems = {f"q.q2.{name}": Problem("question_needed") for name in names}
        return shown(wrong_screen(draft, "q2", replace(IN_PLACE, problems=problems)))

    assert "q.q2.if_value" in inputs(opened("if_value"))
    assert "q.q2.help" in inputs(opened("image", "if_value"))
    assert "q.q2.text" in inputs(opened("text", "image", "if_value"))
    assert set(RULE) < MORE
    assert MORE - {"preset"} < set(LASTING)


# Sizes


def full(preset_name: str, sign: str) -> Draft:
    """Give a question with the longest texts of one sign."""
    lines = "\n".join((letter + sign * 1_000)[:1_000] for letter in ascii_letters[:25])
    fields = {name: lines for name in ("options", "rows") if name in preset(preset_name).fields}
    if preset_name == "likert":
        fields["levels"] = "\n".join((f"{n}" + sign * 100)[:100] for n in range(10))
    values = typed(a_form(preset_name), "q1", text=sign * 5_000, help=sign * 1_000, **fields)
    values = typed(values, "q1", image=f"https://x.example/{sign * 2_000}", image_alt=sign * 300)
    return a_survey_draft(values, edits=ACTION_ID)


@each_host
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", ["one", "several", "likert", "ranking", "long_text"])
def test_the_longest_question_fits(name: str, sign: str, setting: Setting) -> None:
    draft = full(name, SIGNS[sign])
    problems: dict[str, Problem] = {}
    questions_of(draft.values, problems)
    shown(question_screen(draft, "q1", replace(setting, problems=problems)))
    shown(more_screen(draft, "q1", replace(setting, problems=problems)))


@pytest.mark.parametrize("name", ["several", "likert"])
@pytest.mark.parametrize("sign", ["letters", "quotes"])
def test_lines_that_are_more_than_a_card_holds_take_turns_and_none_is_lost(
    name: str, sign: str
) -> None:
    draft, field = full(name, SIGNS[sign]), {"several": "options", "likert": "rows"}[name]
    whole, seen = draft.values[f"q.q1.{field}"], []
    values = draft.values
    for _ in range(60):
        card = question(values)
        _, sent = decode(find_action(card, "Edit the other lines")["data"])
        seen += str(inputs(card)[f"q.q1.{field}"]).splitlines()
        raw = {**sent, **{n: v or "" for n, v in inputs(card).items()}}
        values = merged(values, raw, frozenset())
        assert values[f"q.q1.{field}"] == whole
        if values["q.q1.shown_from"] == "0":
            break
    assert seen == whole.splitlines()


def test_a_change_to_some_of_many_lines_leaves_the_others() -> None:
    values = full("one", "x").values
    card = question(values)
    _, sent = decode(find_action(card, "Done")["data"])
    lines = values["q.q1.options"].splitlines()
    count = len(str(inputs(card)["q.q1.options"]).splitlines())
    assert 0 < count < 25
    changed = merged(values, {**sent, "q.q1.options": "New"}, frozenset())
    assert changed["q.q1.options"].splitlines() == ["New", *lines[count:]]


def test_lines_that_fit_are_all_there() -> None:
    options = "\n".join(f"Option number {n}, a few words long" for n in range(25))
    card = question(typed(a_form("one"), "q1", options=options))
    assert inputs(card)["q.q1.options"] == options
    assert "Edit the other lines" not in buttons(card)


def test_screens_for_readers_from_right_to_left_run_that_way() -> None:
    setting = Setting(Host.DIALOG, RIGHT_TO_LEFT)
    draft = a_survey_draft(a_form("one", "stars"))
    for screen in (question_screen, more_screen):
        assert checked(screen(draft, "q2", setting).card)["rtl"] is True


def test_a_button_of_an_edit_says_what_it_edits() -> None:
    draft = a_survey_draft(a_form("date"), edits=ACTION_ID)
    assert builds(draft, "build.done", "q1").hidden == (("of", "q1"), ("edits", ACTION_ID))

"""Every card in every state as JSON in build/cards, for `render.mjs` to draw and people to see."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Draft, Settings, Status, Visibility
from actions.adding import FIELD, with_option
from actions.choice import Choice, Option
from actions.errors import InvalidAnswers, Problem
from actions.listing import Listing, Tab
from actions.people import Person
from actions.places import Conversation, Scope
from actions.poll import blank, build, from_line
from actions.questions import Answers
from actions.responses import Page, Response
from actions.tallies import Tallies
from actions.viewing import People, View, view_of
from bot.now import RandomIds
from cards.parts import Host
from cards.summary import deleted, summary
from cards.texts import Texts, texts_for
from cards.welcome import help_card, install_first, introduction, invitation, message, welcome
from dialogs.create import form_screen, kept_screen, posted_screen, preview_screen
from dialogs.kinds import form
from dialogs.manage import delete_screen, manage_screen
from dialogs.my_actions import mine_screen
from dialogs.results import (
    mine_screen as my_response_screen,
)
from dialogs.results import not_responded_screen, responded_screen, summary_screen
from dialogs.screen import Setting
from tests.e2e.gallery_bank import bank
from tests.e2e.gallery_builder import builder
from tests.e2e.gallery_checklist import list_builder
from tests.e2e.gallery_checklist_card import checklist_cards
from tests.e2e.gallery_checklist_results import checklist_results
from tests.e2e.gallery_filling import filling
from tests.e2e.gallery_list import checklist_list
from tests.e2e.gallery_marks import marks
from tests.e2e.gallery_quiz import quiz_builder
from tests.e2e.gallery_reminders import reminders
from tests.e2e.gallery_results import survey_results
from tests.e2e.gallery_sharing import sharing
from tests.e2e.gallery_taking import taking
from tests.e2e.gallery_time import scheduled
from tests.e2e.gallery_told import told

FOLDER = Path("build/cards")
NOW = datetime(2026, 11, 20, 16, 10, tzinfo=UTC)
ADA = Person("t/ada", "Ada Okafor", "29:ada")
NAMES = ("Ben Castillo", "ليلى حداد", "佐藤 健", "Chloé Lefèvre", "Per Sørensen")
LUNCH = "Lunch on Friday? | Pizza Margherita from the place around the corner | Sushi | Salad bar"
LONG = (
    "Which of these shall we do first, given that the hall is closed until noon and the lift " * 4
)


def main() -> None:
    """Write the cards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, shown in gallery(texts_for("en-GB")):
        text = json.dumps(shown.model_dump(exclude_none=True), ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def gallery(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every card with its name."""
    yield from _summaries(texts)
    yield from _forms(texts)
    yield from builder(texts)
    yield from quiz_builder(texts)
    yield from list_builder(texts)
    yield from filling(texts)
    yield from _results(texts)
    yield from survey_results(texts)
    yield from taking(texts)
    yield from marks(texts)
    yield from bank(texts)
    yield from checklist_cards(texts)
    yield from checklist_list(texts)
    yield from checklist_results(texts)
    yield from told(texts)
    yield from reminders(texts)
    yield from scheduled(texts)
    yield from sharing(texts)
    yield from _manage(texts)
    yield from _welcome(texts)


def _summaries(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    lunch, counts = _poll(LUNCH + " | Kebab"), (3, 6, 0, 1)
    yield "poll-new", summary(_view(lunch, (0,) * 4), texts, Host.CHAT)
    yield "poll-base", summary(_view(lunch, counts), texts, Host.CHAT)
    yield "poll-voted", summary(_view(lunch, counts, mine=(1,)), texts, Host.CHAT)
    notice = "This is closed, so your answer was not counted."
    over = replace(lunch, status=Status.CLOSED)
    yield "poll-closed", summary(_view(over, counts, mine=(1,)), texts, Host.CHAT, notice)
    secret = replace(lunch, settings=Settings(Visibility.CREATOR, anonymous=True))
    yield "poll-secret", summary(_view(secret, counts), texts, Host.CHAT)
    several = _poll(LUNCH + " | Kebab", choose="several", most="2")
    yield "poll-several", summary(_view(several, counts, mine=(0, 1)), texts, Host.IN_PLACE)
    places = _poll("Which shift? | Early | Late | Night", places="6")
    yield "poll-places", summary(_view(places, (6, 2, 1)), texts, Host.CHAT)
    many = _poll("25 options | " + " | ".join(f"Option number {n}" for n in range(1, 26)))
    yield "poll-25", summary(_view(many, tuple(range(25)), mine=(24,)), texts, Host.CHAT)
    long = _poll(f"{LONG} | " + " | ".join(f"{n}. {LONG}" for n in range(1, 5)))
    yield "poll-long", summary(_view(long, (1, 2, 3, 4)), texts, Host.CHAT)
    arabic = _poll("ماذا نأكل يوم الجمعة؟ 🍕 | بيتزا مارغريتا | سوشي 🍣 | Salad bar")
    yield "poll-arabic", summary(_view(arabic, (3, 1, 2), mine=(0,)), texts_for("ar"), Host.CHAT)
    yield "poll-open", summary(_view(_open_poll(), (3, 4, 1, 2, 0), mine=(3,)), texts, Host.CHAT)
    yield "poll-deleted", deleted(lunch, texts)


def _forms(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    setting = Setting(Host.IN_PLACE, texts)
    lunch = _draft(LUNCH)
    empty = replace(lunch, values=blank(NOW, "Europe/Berlin", RandomIds().short))
    yield "form-new", form_screen(empty, setting).card
    yield "form-filled", form_screen(lunch, replace(setting, host=Host.DIALOG)).card
    wrong = _draft("x | Pizza | pizza | Sushi", date="2020-01-01", most="1", choose="several")
    wrong = replace(wrong, values={**wrong.values, "title": ""})
    try:
        build(wrong.values, NOW, "Europe/Berlin", RandomIds().short)
    except InvalidAnswers as refused:
        yield "form-wrong", form_screen(wrong, replace(setting, problems=refused.problems)).card
    place = Conversation("c", "t", Scope.GROUP, "", "Early shift")
    view = _view(_poll(LUNCH), (0, 0, 0))
    yield "form-preview", preview_screen(lunch, view, setting, [place]).card
    yield "form-kept", kept_screen(lunch, setting).card
    yield "form-posted", posted_screen(view, setting, "Early shift").card
    edit = replace(lunch, edits="x")
    yield "form-edit", form_screen(edit, setting).card
    voted = _view(_poll(LUNCH), (3, 6, 1), mine=(1,))
    yield "respond", form("poll").respond(voted, setting).card
    adding = replace(setting, typed={FIELD: "sushi"}, problems={FIELD: Problem("option_exists")})
    yield "respond-open", form("poll").respond(_view(_open_poll(), (3, 4, 1, 2, 0)), adding).card
    several = _view(_poll(LUNCH, choose="several"), (3, 6, 1), mine=(1, 2))
    yield "respond-several", form("poll").respond(several, setting).card


def _results(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    setting = Setting(Host.IN_PLACE, texts)
    action = replace(_poll(LUNCH), status=Status.CLOSED)
    view = _view(action, (3, 6, 1), mine=(1,), creator=True)
    yield "results", summary_screen(view, setting).card
    options = [option.id for option in _options(action)]
    people = tuple(
        Response(Person(name, name), {"q": (options[n % 3],)}, NOW - timedelta(minutes=n))
        for n, name in enumerate(NAMES)
    )
    yield "responded", responded_screen(People(view, Page(people, "x"), "", ""), setting).card
    quiet = tuple(Response(r.person, None, None) for r in people)
    yield "not-responded", not_responded_screen(People(view, Page(quiet), "", ""), setting).card
    yield "my-response", my_response_screen(view, setting).card
    hidden = replace(action, settings=Settings(Visibility.CREATOR))
    yield "results-hidden", summary_screen(_view(hidden, (3, 6, 1)), setting).card


def _manage(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    setting = Setting(Host.IN_PLACE, texts)
    view = _view(_poll(LUNCH), (3, 6, 1), creator=True)
    yield "manage", manage_screen(view, setting).card
    yield "manage-delete", delete_screen(view, setting).card
    yield "mine-empty", mine_screen(Listing(Tab.ACTIVE), setting).card
    closed = _view(replace(view.action, status=Status.CLOSED), (3, 6, 1), creator=True)
    drafts = [_draft(LUNCH), _draft(" | | ")]
    yield "mine-drafts", mine_screen(Listing(Tab.DRAFTS, drafts), setting).card
    listing = Listing(Tab.ACTIVE, (), [view, closed], "lunch", 8, more=True)
    yield "mine", mine_screen(listing, setting).card
    yield "mine-waiting", mine_screen(Listing(Tab.WAITING, (), [view]), setting).card


def _welcome(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    yield "welcome", welcome(texts)
    yield "help", help_card(texts, Host.IN_PLACE, "I did not understand that.")
    yield "introduction", introduction(texts)
    yield "invitation", invitation(texts, "poll", Host.CHAT, "")
    yield "install-first", install_first(texts)
    yield "message", message(texts, "Teams did not answer just now. Please try again.")


def _draft(line: str, **values: str) -> Draft:
    read = from_line(line, NOW, "Europe/Berlin", RandomIds().short) or {}
    return Draft(
        RandomIds().new(),
        "poll",
        "t",
        ADA,
        "en-GB",
        "Europe/Berlin",
        "here",
        values={**read, **values},
    )


def _poll(line: str, places: str = "", **values: str) -> Action:
    draft = _draft(line, **values)
    limits = {f"places.{o}": places for o in draft.values["options"].split()}
    plan = build({**draft.values, **limits}, NOW, "Europe/Berlin", RandomIds().short)
    return Action(
        draft.id,
        "poll",
        "t",
        ADA,
        plan.content,
        plan.settings,
        Status.ACTIVE,
        NOW,
        "en-GB",
        "Europe/Berlin",
        plan.closes_at,
        audience=12,
    )


def _open_poll() -> Action:
    """A poll to which two people added an option."""
    action = with_option(_poll(LUNCH, may_add="true"), "Ramen at the station", NAMES[3], NOW)
    return with_option(action, "حساء", NAMES[1], NOW)


def _options(action: Action) -> tuple[Option, ...]:
    question = action.content.questions[0]
    assert isinstance(question, Choice)
    return question.options


def _view(
    action: Action,
    counts: tuple[int, ...],
    mine: tuple[int, ...] = (),
    *,
    creator: bool = False,
) -> View:
    options = _options(action)
    people = min(sum(counts), 12)
    tallies = Tallies(
        {("", "responded"): people}
        | {("q", o.id): n for o, n in zip(options, counts, strict=True)}
    )
    answers: Answers | None = {"q": tuple(options[n].id for n in mine)} if mine else None
    viewer = "t/ada" if creator else "t/someone"
    return view_of(action, tallies, NOW, viewer, answers)


if __name__ == "__main__":
    main()

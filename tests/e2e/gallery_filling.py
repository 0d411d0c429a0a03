"""The cards of answering a survey, and its card in the chat."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard

from actions.errors import Problem
from actions.paging import pages
from actions.sheet import REVIEW
from actions.typed import entered
from cards.parts import Host
from cards.summary import summary
from cards.texts import Texts
from dialogs.fill import kept_screen, page_screen
from dialogs.receipt import receipt_screen
from dialogs.review import review_screen
from dialogs.screen import Setting
from tests.actions.builders import VOTER
from tests.actions.surveys import EVERY_TYPE, a_survey, a_survey_view, answers_of
from tests.dialogs.fillings import a_filling, a_receipt, many

QUESTIONS = tuple(
    replace(q, about=replace(q.about, starts_page=n % 3 == 0, required=n in {0, 4}))  # type: ignore[type-var]
    for n, q in enumerate(EVERY_TYPE)
)


def filling(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every card with its name."""
    yield from _pages(texts)
    yield from _after(texts)
    survey = a_survey(*QUESTIONS, audience=20)
    yield "survey-new", summary(a_survey_view(survey, 0), texts, Host.CHAT)
    mine = a_survey_view(survey, 12, VOTER.key, answers=answers_of(4))
    yield "survey-answered", summary(mine, texts, Host.CHAT)


def _pages(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    dialog, in_place = Setting(Host.DIALOG, texts), Setting(Host.IN_PLACE, texts)
    content, answers = a_survey(*QUESTIONS).content, answers_of(4)
    values = entered(content, answers)
    for number, page in enumerate(pages(content, answers), 1):
        blank = a_filling(*QUESTIONS, values={"team": "a"}, at=page[0].id)
        yield f"fill-{number}", page_screen(blank, dialog).card
        full = a_filling(*QUESTIONS, values=values, at=page[0].id, handed_in=1)
        yield f"fill-{number}-again", page_screen(full, in_place, returns=True).card
        wrong = dict.fromkeys(values, "nonsense") | {"team": "a"}
        told = a_filling(*QUESTIONS, values=wrong, at=page[0].id).telling()
        yield f"fill-{number}-wrong", page_screen(told, dialog).card
    single = replace(a_filling(EVERY_TYPE[0]), refused=Problem("nothing_answered"))
    yield "fill-single", page_screen(single, dialog).card


def _after(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    dialog, answers = Setting(Host.DIALOG, texts), answers_of(4)
    values = dict(entered(a_survey().content, answers)) | {"team": "b", "far": "three"}
    left = a_filling(*QUESTIONS, values=values, at=REVIEW)
    yield "fill-review", review_screen(left, dialog).card
    long = many("yes or no", "x", large=False, count=40)
    middle = a_filling(*long, values={"q00013": "yes"}, at=REVIEW)
    yield "fill-review-long", review_screen(middle, dialog, "q00013").card
    yield "fill-kept", kept_screen(left, dialog).card
    yield "fill-receipt", receipt_screen(a_receipt(a_survey()), dialog).card
    final = a_receipt(a_survey(may_change=False))
    late = replace(dialog, notice="This was closed, so your answers were not handed in.")
    yield "fill-receipt-closed", receipt_screen(replace(final, is_open=False), late).card
    several = a_receipt(a_survey(several=True), 11)
    yield "fill-receipt-several", receipt_screen(several, dialog).card

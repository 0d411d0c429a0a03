"""What looks into a survey's results, as cards to look at."""

from collections.abc import Iterator

from microsoft_teams.cards.core import AdaptiveCard

from actions.looking import (
    Drilled,
    OneResponse,
    OwnResponses,
    Results,
    TextAnswer,
    TextAnswers,
)
from actions.responses import NOBODY, Page, Response
from actions.viewing import People, View
from cards.parts import Host
from cards.texts import Texts
from dialogs.drill_down import drill_screen
from dialogs.one_response import own_screen, response_screen
from dialogs.place import Place
from dialogs.question_results import question_screen, results_screen
from dialogs.results import responded_screen
from dialogs.screen import Setting
from dialogs.text_answers import texts_screen
from tests.actions.builders import CREATOR
from tests.actions.surveys import EVERY_TYPE, a_survey, a_survey_view, responses

TEXTS_SAID = {
    "gear": ("An apron, size L", "A pair of ear plugs, the good ones"),
    "why": ("Because the soup was cold\nand the bread was not.", "ليس لدي وقت", "No idea"),
}


def survey_results(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen with its name."""
    setting = Setting(Host.IN_PLACE, texts)
    view = a_survey_view(a_survey(audience=40), 30, CREATOR.key)
    for first in (0, 4, 5, 8):
        found = Results(view, first, EVERY_TYPE[first : first + 5], TEXTS_SAID)
        yield f"survey-results-{first + 1}", results_screen(found, setting).card
    for index, question in enumerate(EVERY_TYPE):
        found = Results(view, index, (question,), TEXTS_SAID)
        shown = question_screen(found, Place(question=question.id), setting)
        yield f"survey-question-{question.id}", shown.card
    yield from _close_up(view, setting)
    yield from _anonymous(setting)


def _close_up(view: View, setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    people = responses(30)
    listed = Page(tuple(people[:10]), "more")
    yield "survey-responded", responded_screen(People(view, listed, "", ""), setting).card
    why = next(question for question in EVERY_TYPE if question.id == "why")
    said = tuple(
        TextAnswer(words, one) for words, one in zip(TEXTS_SAID["why"] * 2, people, strict=False)
    )
    found = TextAnswers(view, why, said, "", "more")
    yield "survey-texts", texts_screen(found, Place(question="why"), setting).card
    gear = EVERY_TYPE[1]
    drilled = Drilled(view, gear, "i", view.tallies.of(gear.id), listed)
    place = Place(question=gear.id, bucket="i")
    yield "survey-drill", drill_screen(drilled, place, setting).card
    one = OneResponse(view, people[2], "newer", "older")
    yield "survey-response", response_screen(one, Place(slot=people[2].slot), setting).card
    own = OwnResponses(view, tuple(people[:3]))
    yield "survey-my-response", own_screen(own, Place(number=2), setting).card


def _anonymous(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    view = a_survey_view(a_survey(anonymous=True), 30, CREATOR.key)
    why = next(question for question in EVERY_TYPE if question.id == "why")
    nobody = Response(NOBODY, None, None)
    said = tuple(TextAnswer(words, nobody) for words in TEXTS_SAID["why"])
    found = TextAnswers(view, why, said, "the", "more")
    yield "survey-texts-anonymous", texts_screen(found, Place(question="why"), setting).card
    few = a_survey_view(a_survey(anonymous=True), 2, CREATOR.key)
    yield "survey-results-too-few", results_screen(Results(few, 0, (), {}), setting).card

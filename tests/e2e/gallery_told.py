"""What creators are told, and who takes a training again, as cards to look at."""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import AdaptiveCard

from actions.viewing import view_of
from cards.texts import Texts, texts_for
from cards.told import ask_again, closed, digest, everyone, responses
from tests.actions.builders import NOW, VOTER, a_poll
from tests.actions.exams import a_training
from tests.cards.news import (
    DONE,
    OWN,
    POLL,
    QUIZ,
    SHARED,
    SURVEY,
    a_digest,
    answers_to,
    is_closed,
    news_of,
)

ARABIC = "ماذا نأكل يوم الجمعة؟"
LONG = "Which of these shall we do first, given that the hall is closed until noon " * 5


def told(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every message with its name."""
    yield from _closed(texts)
    three = answers_to(POLL)[:3]
    names = ("Ben Castillo", "ليلى حداد", "Chloé Lefèvre")
    yield "told-each", responses(news_of(POLL, answers_to(POLL), 5), texts)[0]
    yield "told-each-names", responses(news_of(POLL, three, 3, names), texts)[0]
    yield "told-each-own-lists", responses(news_of(OWN, answers_to(OWN), 2), texts)[0]
    everybody = replace(POLL, audience=12)
    yield "told-everyone", everyone(news_of(everybody, answers_to(POLL)), texts)[0]
    yield "told-everyone-list", everyone(news_of(DONE), texts)[0]
    yield "told-digest", digest(a_digest(5), texts)[0]
    yield "told-digest-long", digest(a_digest(10, 3), texts)[0]
    yield "told-digest-arabic", digest(a_digest(4), texts_for("ar"))[0]
    training = a_training(months=12, pass_mark=80)
    seen = view_of(training, news_of(training).view.tallies, NOW, VOTER.key)
    yield "told-ask-again", ask_again(seen, texts)[0]


def _closed(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    for action in (POLL, SURVEY, QUIZ, OWN):
        news = news_of(is_closed(action), answers_to(action))
        name = f"told-closed-{action.kind}"
        yield name, closed(news, texts)[0]
    yield "told-closed-list", closed(news_of(is_closed(SHARED)), texts)[0]
    yield "told-closed-nobody", closed(news_of(is_closed(POLL)), texts)[0]
    few = is_closed(a_poll(title="Do you feel safe?", anonymous=True, audience=12))
    yield "told-closed-few", closed(news_of(few, answers_to(POLL)[:2]), texts)[0]
    arabic = is_closed(replace(POLL, content=replace(POLL.content, title=ARABIC)))
    yield "told-closed-arabic", closed(news_of(arabic, answers_to(POLL)), texts_for("ar"))[0]
    long = is_closed(replace(POLL, content=replace(POLL.content, title=LONG)))
    yield "told-closed-long", closed(news_of(long, answers_to(POLL)), texts)[0]

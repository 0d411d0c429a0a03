"""What creators are told: short, whole on a locked phone, in every kind and direction."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action
from actions.notifying import Digest, News
from actions.viewing import view_of
from cards.texts import Texts
from cards.told import ask_again, closed, digest, everyone, responses
from tests.actions.builders import NOW, VOTER, a_choice, a_content, a_poll, votes
from tests.actions.exams import a_training
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
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
from tests.teams.cards import find_action, text

KINDS = (POLL, SURVEY, QUIZ, OWN, SHARED)

LONGEST = 350
"""Characters that a locked phone is sent; it shows the first of them."""

NASTY = "*[x](http://evil.example)* | <b>&amp; " + "ليلى " + "W" * 5_000


def words(message: tuple[AdaptiveCard, str]) -> str:
    """Give a card's texts, once Teams would take it."""
    return text(checked(message[0]))


def verbs(message: tuple[AdaptiveCard, str], *titles: str) -> list[str]:
    """Give what the buttons of these titles do."""
    card = checked(message[0])
    return [find_action(card, title)["verb"] for title in titles]


@pytest.mark.parametrize("action", KINDS, ids=lambda action: action.content.title)
def test_closing_shows_what_came_of_every_kind_and_the_ways_on(action: Action) -> None:
    answers = () if action is SHARED else answers_to(action)
    message = closed(news_of(is_closed(action), answers), TEXTS)
    assert action.content.title in words(message)
    assert "closed Fri 20 Nov, 09:50" in words(message)
    assert verbs(message, "Results", "Manage") == ["results", "manage"]
    assert message[1].startswith(f"Closed: {action.content.title} · ")


def test_a_locked_phone_shows_who_won_and_how_many_responded() -> None:
    _, summary = closed(news_of(is_closed(POLL), answers_to(POLL)), TEXTS)
    assert summary == "Closed: Lunch on Friday? · Sushi · 12 of 40 responded"


def test_those_who_won_together_are_named_unless_they_are_many() -> None:
    two = news_of(is_closed(POLL), votes("a", "b"))
    assert "· Pizza, Sushi ·" in closed(two, TEXTS)[1]
    many = a_poll(a_choice("1", "2", "3", "4"), audience=40)
    all_won = news_of(is_closed(many), votes("a", "b", "c", "d"))
    assert closed(all_won, TEXTS)[1] == "Closed: Lunch? · 4 of 40 responded"


def test_nobody_won_where_nobody_answered() -> None:
    assert closed(news_of(is_closed(POLL)), TEXTS)[1].endswith("Friday? · 0 of 40 responded")


def test_a_locked_phone_shows_what_scores_came_to() -> None:
    _, summary = closed(news_of(is_closed(QUIZ), answers_to(QUIZ)), TEXTS)
    assert "average 66.7 %" in summary
    assert "passed" in summary


def test_few_anonymous_answers_stay_hidden_when_it_closes() -> None:
    few = is_closed(a_poll(title="Safe?", anonymous=True, audience=12))
    message = closed(news_of(few, votes("a", "a")), TEXTS)
    assert "from three responses on" in words(message)
    assert "100" not in words(message)
    assert message[1] == "Closed: Safe? · 2 of 12 responded"


def test_somebodys_own_list_is_not_in_what_closed() -> None:
    message = closed(news_of(is_closed(OWN), answers_to(OWN)), TEXTS)
    assert "8 of 40 have finished" in words(message)
    assert "Lights" not in words(message)


def test_new_responses_are_counted_and_a_few_are_named() -> None:
    many = responses(news_of(POLL, answers_to(POLL), 5), TEXTS)
    assert "5 new responses" in words(many)
    assert many[1] == "Lunch on Friday?: 5 new responses · 12 of 40 responded"
    one = responses(news_of(POLL, votes("a"), 1, ["Ben"]), TEXTS)
    assert one[1] == "Lunch on Friday?: 1 new response · Ben"
    assert "1 of 40 responded" in words(one)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (POLL, "2 new responses"),
        (OWN, "2 more people have finished"),
        (SHARED, "2 more items are dealt with"),
    ],
)
def test_each_kind_has_its_own_word_for_news(action: Action, said: str) -> None:
    assert said in words(responses(news_of(action, new=2), TEXTS))


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (POLL, "Everyone has responded."),
        (OWN, "Everyone has finished their list."),
        (DONE, "Nothing on the list is left to do."),
    ],
)
def test_everyone_is_a_good_word_for_each_kind(action: Action, said: str) -> None:
    message = everyone(news_of(action), TEXTS)
    assert said in words(message)
    assert said in message[1]
    assert verbs(message, "Results", "Manage") == ["results", "manage"]


def test_a_digest_lists_what_is_new_each_with_its_results() -> None:
    message = digest(a_digest(3), TEXTS)
    assert "1 new response · 12 of 40 responded" in words(message)
    assert verbs(message, "Lunch on Friday?", "Opening", "How was it?") == ["results"] * 3
    assert message[1] == "What is new: Lunch on Friday?, Opening, How was it?"


def test_a_digest_of_one_says_on_a_locked_phone_what_it_is() -> None:
    assert digest(a_digest(1), TEXTS)[1] == "Lunch on Friday?: 1 new response"


def test_a_long_digest_says_how_many_more_there_are() -> None:
    message = digest(a_digest(10, 3), TEXTS)
    assert "and 3 more" in words(message)
    assert message[1].endswith("and 10 more")


def test_a_digest_says_what_has_closed() -> None:
    news = news_of(is_closed(POLL), answers_to(POLL), 2)
    assert "12 of 40 responded · closed" in words(digest(Digest((news,)), TEXTS))


def test_who_completed_a_training_is_asked_with_a_button_that_opens_it() -> None:
    training = a_training(months=12)
    seen = view_of(training, news_of(training).view.tallies, NOW, VOTER.key)
    message = ask_again(seen, TEXTS)
    assert "valid for 12 months" in words(message)
    assert verbs(message, "Take it again") == ["open"]
    assert message[1] == "Please take it again: Fire drill"


def told_by_each(news: News, texts: Texts) -> Iterator[tuple[AdaptiveCard, str]]:
    """Give every message of one piece of news."""
    yield from (renderer(news, texts) for renderer in (closed, responses, everyone))
    yield digest(Digest((news,) * 10, 5), texts)
    if news.view.action.content.exam is not None:
        yield ask_again(news.view, texts)


@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT], ids=["ltr", "rtl"])
@pytest.mark.parametrize(
    "action",
    [a_poll(a_choice(*[f"{NASTY[:900]}{n}" for n in range(25)])), a_training(months=1)],
    ids=["poll", "training"],
)
def test_what_people_typed_is_only_text_and_never_too_much(action: Action, texts: Texts) -> None:
    content = replace(action.content, title=NASTY[:500], description=NASTY)
    titled = is_closed(replace(action, content=content))
    for message in told_by_each(news_of(titled, new=1, names=[NASTY]), texts):
        assert "[x](http" not in words(message)
        assert len(message[1]) < LONGEST


def test_a_long_title_is_cut_on_a_card_of_short_words() -> None:
    long = is_closed(replace(POLL, content=a_content(title="word " * 100)))
    assert words(closed(news_of(long), TEXTS)).count("word") < 60

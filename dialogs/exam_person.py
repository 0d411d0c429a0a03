"""One person's attempts at a quiz or training, for who manages it: answers, points, times."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from microsoft_teams.cards.core import CardElement, Container, TextBlock

from actions.attempts import Attempt, Attempts, attempts_in
from actions.looking import OneResponse
from actions.questions import Question
from actions.viewing import View
from cards.envelope import Envelope
from cards.exam import answer, spent
from cards.keyed import solution, verdict
from cards.markdown import cut, plain
from cards.parts import directed, label, note, opens
from cards.score import judged, points
from dialogs import close_up
from dialogs.one_response import Frame, answers_screen, titled, ways_on, worded
from dialogs.place import Place
from dialogs.results import LONGEST_NAME
from dialogs.screen import Screen, Setting

MOST_LISTED = 10
"""How many attempts are listed; the others are reached one from another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which of someone's attempts is looked at, by its number from 1."""

    view: View
    attempts: Attempts
    number: int
    setting: Setting

    @property
    def attempt(self) -> Attempt:
        """The attempt itself."""
        return self.attempts.attempts[self.number - 1]


def person_screen(found: OneResponse, place: Place, setting: Setting) -> Screen:
    """Give someone's attempt of the number in `place`, else the one that counts, else the last."""
    view, response = found.view, found.response
    attempts = attempts_in(response.answers)
    count, counting = len(attempts.attempts), attempts.counting
    usual = count if counting is None else counting + 1
    number = place.number if 0 < place.number <= count else usual
    shown = Shown(view, attempts, number, setting)
    name = plain(response.person.name, LONGEST_NAME) or setting.texts("Someone without a name")
    above = [
        *close_up.above(view, setting),
        *directed(response.person.name, [label(name)]),
        *(_listed(shown, response.slot) if count > 1 else ()),
        *_about(shown),
    ]
    frame = Frame(above, list(ways_on(found, setting)), "response", replace(place, number=number))
    attempt = shown.attempt
    reached = (
        q for q in attempt.pages(view.action.content) if attempt.ended or q.id in attempt.given
    )
    questions = [question for question in reached if question.parts]

    def block(question: Question, longest: int) -> CardElement:
        return _block(shown, question, longest)

    return answers_screen(view, questions, block, frame, setting)


def _listed(shown: Shown, slot: str) -> Iterator[CardElement]:
    """Give what came of all, and the newest of them as rows, among them the one looked at."""
    count = len(shown.attempts.attempts)
    yield note(answer(shown.view.action, shown.attempts, shown.setting.texts))
    first = max(min(count - MOST_LISTED, shown.number - 1), 0)
    for number in range(first + 1, min(first + MOST_LISTED, count) + 1):
        yield _row(replace(shown, number=number), slot, is_shown=number == shown.number)


def _row(one: Shown, slot: str, *, is_shown: bool) -> CardElement:
    texts = one.setting.texts
    name = texts("Attempt {number}", number=one.number)
    here = Envelope("response", one.view.action.id, Place(slot=slot, number=one.number).encode())
    line = TextBlock(text=name, weight="Bolder" if is_shown else None, wrap=True)
    return Container(
        spacing="Small",
        style="emphasis" if is_shown else None,
        rounded_corners=True,
        select_action=None if is_shown else opens(one.setting.host, here, cut(name, 40)),
        items=[line, note(" · ".join(_in_short(one)))],
    )


def _in_short(one: Shown) -> Iterator[str]:
    texts, content, attempt = one.setting.texts, one.view.action.content, one.attempt
    if attempt.ended is None:
        yield texts("in progress")
    elif content.exam is not None:
        yield judged(attempt.score(content), content.exam, texts) or texts("completed")
    if one.attempts.counting == one.number - 1 and len(one.attempts.attempts) > 1:
        yield texts("this one counts")
    if one.number <= one.attempts.lapsed:
        yield texts("no longer valid")
    yield texts.moment(attempt.ended or attempt.began, one.view.action.time_zone)


def _about(shown: Shown) -> Iterator[CardElement]:
    """Give what is known of the attempt as a whole."""
    texts, attempt, content = shown.setting.texts, shown.attempt, shown.view.action.content
    if len(shown.attempts.attempts) > 1:
        yield label(texts("Attempt {number}", number=shown.number))
    words = list(_in_short(shown))
    score = attempt.score(content)
    if score.of:
        words.append(points(score, texts))
    words.append(spent(attempt.seconds, texts))
    yield note(" · ".join(words))
    if attempt.timed_out:
        yield note(texts("It was ended by the clock; what had been answered counts."))


def _block(shown: Shown, question: Question, longest: int) -> CardElement:
    content, setting = shown.view.action.content, shown.setting
    given, key = shown.attempt.given.get(question.id), content.keys.get(question.id)
    said = None if given is None else given.answer
    items = titled(shown.view, question)
    if said is not None or key is None:
        items += worded(question, said, setting, longest)
    if given is not None and given.is_late:
        items.append(note(setting.texts("The time for this question was over.")))
    if key is not None:
        items.append(verdict(question, key, said, setting.texts))
        items += solution(question, replace(key, explanation=""), said, setting.texts, longest)
    return Container(items=items, spacing="Medium")

"""Looking into results: question by question, at texts, behind a bar, at one response."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.caller import Caller
from actions.content import Content
from actions.errors import NotAllowed, NotFound
from actions.fields import fold
from actions.keys import Key
from actions.policy import sees_marked
from actions.ports import Ports
from actions.questions import Question, takes_words, words_of
from actions.responses import NOBODY, Page, Response
from actions.tallied import Tallied
from actions.viewing import PEOPLE_PER_PAGE, Shown, View, sees_answers, view, view_of

TEXTS_PER_PAGE = 10
"""How many texts one page of answers holds."""

QUESTIONS_PER_PAGE = 5
"""How many questions' results one page holds, where they fit."""

LATEST = 20
"""How many responses are looked at for the newest texts on a page of results."""

FEW_TEXTS = 3
"""How many texts stand below a question's result."""


@dataclass(frozen=True, slots=True)
class Results:
    """Some questions next to each other, with their tallies in the view, if they may be seen.

    The first of them is number `first` of those that ask something, counted from 0. `texts` are
    people's own words by question, `keys` what is right where that may be seen. `backwards`:
    where not all fit, the last of them are shown.
    """

    view: View
    first: int
    questions: tuple[Question, ...]
    texts: Mapping[str, tuple[str, ...]]
    backwards: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What someone answered in their own words; whose and when, where that may be known."""

    words: str
    response: Response


@dataclass(frozen=True, slots=True)
class TextAnswers:
    """A page of one question's texts; `following` is where the next one starts."""

    view: View
    question: Question
    texts: tuple[TextAnswer, ...]
    search: str
    following: str


@dataclass(frozen=True, slots=True)
class Drilled:
    """A page of people whose answer to a question counts in a bucket."""

    view: View
    question: Question
    bucket: str
    tallied: Tallied
    page: Page


@dataclass(frozen=True, slots=True)
class OneResponse:
    """A whole response, and the slots of the next newer and the next older one."""

    view: View
    response: Response
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class OwnResponses:
    """The viewer's own responses, as far as they can still be told."""

    view: View
    responses: tuple[Response, ...]


async def results(
    ports: Ports, caller: Caller, action_id: str, first: int = 0, before: int | None = None
) -> Results:
    """Give the results of some questions: from `first` on, or the last ones `before` another.

    Raises NotFound. Where results may not be seen there are no questions.
    """
    seen = await view(ports, caller, action_id)
    questions = seen.action.content.answerable
    if before is not None:
        end = min(max(before, 1), len(questions))
        first = max(end - QUESTIONS_PER_PAGE, 0)
    else:
        first = min(max(first, 0), max(len(questions) - 1, 0))
        end = first + QUESTIONS_PER_PAGE
    return await _results(ports, seen, first, questions[first:end], backwards=before is not None)


async def question_results(
    ports: Ports, caller: Caller, action_id: str, question_id: str
) -> Results:
    """Give the results of one question. Raises NotFound, NotAllowed."""
    seen = await _allowed(ports, caller, action_id)
    if not seen.sees_questions:
        raise NotAllowed("results_hidden")
    question = _question(seen.action.content, question_id)
    number = seen.action.content.answerable.index(question)
    return await _results(ports, seen, number, (question,))


async def text_answers(
    ports: Ports, caller: Caller, action_id: str, question_id: str, search: str, start: str
) -> TextAnswers:
    """Give a page of a question's texts that hold `search`. Raises NotFound, NotAllowed.

    Of an anonymous action, without whose they are, and in the order of their own words: the
    same place in the lists of two questions would tell that two texts are one person's.
    """
    seen = await _allowed(ports, caller, action_id)
    _check_marked(seen)
    question = _question(seen.action.content, question_id)
    if not takes_words(question):
        raise NotFound("no_such_question")
    wanted = fold(search)

    def holds(response: Response) -> bool:
        words = _words(question, response)
        return bool(words) and wanted in fold(words)

    page = await ports.store.matching(action_id, holds, start, TEXTS_PER_PAGE, [question_id])
    found = [TextAnswer(_words(question, r), _whose(seen, r)) for r in page.responses]
    if seen.action.settings.anonymous:
        found.sort(key=lambda text: text.words)
    return TextAnswers(seen, question, tuple(found), search, page.following)


async def drilled(
    ports: Ports, caller: Caller, action_id: str, question_id: str, bucket: str, start: str
) -> Drilled:
    """Give a page of those whose answer counts in a bucket. Raises NotFound, NotAllowed."""
    seen = await _allowed(ports, caller, action_id)
    _check_answers(seen)
    question = _question(seen.action.content, question_id)
    tallied = (await ports.store.tallies(action_id, [question_id])).of(question_id)
    if bucket not in tallied.counts:
        raise NotFound("no_such_answer")

    def counts(response: Response) -> bool:
        answer = (response.answers or {}).get(question_id)
        return answer is not None and bucket in {name for name, _ in question.buckets(answer)}

    page = await ports.store.matching(action_id, counts, start, PEOPLE_PER_PAGE, [question_id])
    return Drilled(seen, question, bucket, tallied, page)


async def one_response(ports: Ports, caller: Caller, action_id: str, slot: str) -> OneResponse:
    """Give someone's whole response. Raises NotFound, NotAllowed."""
    seen = await _allowed(ports, caller, action_id)
    _check_answers(seen)
    response, newer, older = await ports.store.response(action_id, slot)
    return OneResponse(seen, response, newer, older)


async def own_responses(ports: Ports, caller: Caller, action_id: str) -> OwnResponses:
    """Give the caller's own responses. Raises NotFound.

    What is taken in attempts shows its own (`actions.sitting`): which of them counts tells marks.
    """
    seen = await view(ports, caller, action_id)
    if seen.action.content.exam is not None:
        raise NotFound("no_such_button")
    own = await ports.store.own_responses(action_id, caller.person.key)
    return OwnResponses(seen, tuple(one for one in own if one.answers is not None))


async def _results(
    ports: Ports,
    seen: View,
    first: int,
    questions: tuple[Question, ...],
    *,
    backwards: bool = False,
) -> Results:
    """Read these questions' tallies, and judge again by them what may be seen."""
    action = seen.action
    tallies = await ports.store.tallies(action.id, [question.id for question in questions])
    now, own = ports.clock.now(), seen.answers
    seen = view_of(
        action, tallies, now, seen.viewer, own, took_part=seen.took_part, reader=seen.reader
    )
    if not seen.sees_questions:
        return Results(seen, first, (), {}, backwards)
    texts, keys = await _newest(ports, seen, questions), seen.action.content.keys
    return Results(seen, first, questions, texts, backwards, keys)


async def _newest(
    ports: Ports, seen: View, questions: Sequence[Question]
) -> Mapping[str, tuple[str, ...]]:
    """Give the newest texts among the latest responses, of ballots any; by question."""
    worded = [q for q in questions if takes_words(q) and seen.tallies.of(q.id).answered]
    if not worded or not sees_marked(seen.action, seen.viewer):
        return {}
    names, found = [question.id for question in worded], {}
    latest = await ports.store.matching(seen.action.id, lambda _: True, "", LATEST, names)
    for question in worded:
        words = (_words(question, response) for response in latest.responses)
        newest = [text for text in words if text][:FEW_TEXTS]
        found[question.id] = tuple(sorted(newest) if seen.action.settings.anonymous else newest)
    return found


async def _allowed(ports: Ports, caller: Caller, action_id: str) -> View:
    """Give the view of someone who may see the results. Raises NotFound, NotAllowed."""
    seen = await view(ports, caller, action_id)
    if seen.shown is not Shown.YES:
        raise NotAllowed("results_hidden")
    return seen


def _check_marked(seen: View) -> None:
    if not sees_marked(seen.action, seen.viewer):
        raise NotAllowed("creator_only")


def _check_answers(seen: View) -> None:
    _check_marked(seen)
    if not sees_answers(seen):
        raise NotAllowed("answers_unknown")


def _question(content: Content, question_id: str) -> Question:
    question = content.question(question_id)
    if question is None or not question.parts:
        raise NotFound("no_such_question")
    return question


def _words(question: Question, response: Response) -> str:
    return words_of(question, (response.answers or {}).get(question.id))


def _whose(seen: View, response: Response) -> Response:
    """Of an anonymous action nothing but the words leaves the use case."""
    if sees_answers(seen):
        return response
    return Response(NOBODY, None, None)

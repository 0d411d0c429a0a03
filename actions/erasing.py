"""Erasing someone: what is counted stays, who it was and what they wrote goes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from actions.action import Action, Notify, Status
from actions.attempts import Attempts
from actions.choice import Choice
from actions.content import Content
from actions.fields import fold
from actions.history import Entry
from actions.item import Item
from actions.keys import MOST_SPELLINGS, Key
from actions.marking import mark
from actions.people import Person
from actions.questions import Answer, Answers, Question, Worded, words_of
from actions.ticks import Checklist, Tick

ERASED: Final = "–"
"""What stands where someone's own words were: as many answers as before, and none of the words."""

STAND_IN: Final = "erased/"
"""Begins the keys of those who stand in someone's place."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Someone in one action, by `keys`, `29:` ids and folded names, and who stands in their place.

    Each of their keys has a stand-in of its own: whoever counted as two people still does.
    """

    stand_ins: Mapping[str, Person]
    mris: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def key(self, key: str) -> str:
        """Give the key that stands in place of one."""
        return self.stand_ins[key].key if key in self.stand_ins else key

    def action(self, action: Action) -> Action:
        """Give an action without them; whose it was tells nobody anything any more."""
        after = replace(
            action,
            content=self._content(action.content),
            co_creators=tuple(p for p in action.co_creators if p.key not in self.stand_ins),
            recent=tuple(mri for mri in action.recent if mri not in self.mris),
        )
        if action.creator.key not in self.stand_ins:
            return after
        creator = self.stand_ins[action.creator.key]
        settings = replace(action.settings, notify=Notify.NEVER)
        return replace(after, creator=creator, settings=settings, notify_at=None)

    def answers(self, content: Content, answers: Answers) -> Answers:
        """Give a response of theirs without their words, which counts and is marked as before."""
        if isinstance(answers, Attempts):
            attempts = [
                replace(
                    attempt,
                    given={
                        name: replace(given, answer=self._answer(content, name, given.answer))
                        for name, given in attempt.given.items()
                    },
                )
                for attempt in answers.attempts
            ]
            return Attempts.of(content, attempts, answers.lapsed)
        rewritten = {name: self._answer(content, name, one) for name, one in answers.items()}
        return {name: answer for name, answer in rewritten.items() if answer is not None}

    def checked(self, content: Content, answers: Answers) -> Answers:
        """Give somebody else's response without them as who looked at what was done."""
        ticks = {name: Tick.decode(answers[name]) for name in answers if _is_item(content, name)}
        return {**answers, **{n: self.tick(t).encode() for n, t in ticks.items() if t is not None}}

    def tick(self, tick: Tick) -> Tick:
        """Give a tick without them: neither as who ticked, with their reasons, nor who looked."""
        if tick.checked.key in self.stand_ins:
            tick = replace(tick, checked=self.stand_ins[tick.checked.key])
        if tick.by.key not in self.stand_ins:
            return tick
        wish = tick.wish
        wish = replace(wish, reason=_wordless(wish.reason), owner=_wordless(wish.owner))
        return replace(tick, by=self.stand_ins[tick.by.key], wish=wish)

    def entry(self, entry: Entry) -> Entry:
        """Give a line of a history without them: who, their reasons, and whom it tells of."""
        detail, person = dict(entry.detail), entry.person
        if person.key in self.stand_ins:
            person = self.stand_ins[person.key]
            detail |= {n: ERASED for n in ("reason", "owner") if detail.get(n)}
        if detail.get("list") in self.stand_ins:
            detail |= {"list": self.key(detail["list"]), "list_of": ""}
        for name in {"passed", "failed"} & detail.keys():
            detail[name] = [self.key(key) for key in detail[name]]
        if "was" in detail:
            detail["was"] = self._taken_away(detail["was"])
        return replace(entry, person=person, detail=detail)

    def _content(self, content: Content) -> Content:
        questions = tuple(self._question(question) for question in content.questions)
        kept = content.checklist
        return replace(
            content,
            questions=questions,
            checklist=None if kept is None else self._checklist(kept),
        )

    def _checklist(self, kept: Checklist) -> Checklist:
        checker = kept.checker
        if checker is not None and checker.key in self.stand_ins:
            checker = self.stand_ins[checker.key]
        ticks = {name: self.tick(tick) for name, tick in kept.ticks.items()}
        return replace(kept, checker=checker, ticks=ticks)

    def _question(self, question: Question) -> Question:
        match question:
            case Item() if fold(question.assignee) in self.names:
                return replace(question, assignee="")
            case Choice():
                options = tuple(
                    replace(one, added_by="") if fold(one.added_by) in self.names else one
                    for one in question.options
                )
                return replace(question, options=options)
            case _:
                return question

    def _answer(self, content: Content, name: str, answer: Answer | None) -> Answer | None:
        question = content.question(name)
        if question is None or answer is None:
            return None
        if isinstance(question, Item):
            tick = Tick.decode(answer)
            return answer if tick is None else self.tick(tick).encode()
        return without_words(question, answer, content.keys.get(name))

    def _taken_away(self, was: Mapping[str, Any]) -> dict[str, Any]:
        """Give what a line says of an item that was deleted, so that it can be put back."""
        item, tick = self._question(Item.decode(was["item"])), Tick.decode(was["tick"])
        tick_after = None if tick is None else list(self.tick(tick).encode())
        return {**was, "item": item.encode(), "tick": tick_after}


def closed_for_good(action: Action, now: datetime) -> Action:
    """Give an action whose creator is about to be erased: it is closed, and tells nobody."""
    if action.status is not Status.ACTIVE:
        return action
    settings = replace(action.settings, notify=Notify.NEVER)
    closed = replace(action, status=Status.CLOSED, closed_at=now, settings=settings)
    return replace(closed, remind_at=None, notify_at=None)


def without_words(question: Question, answer: Answer, key: Key | None = None) -> Answer:
    """Give an answer with others in place of someone's own words, that counts and marks alike.

    What was marked as right becomes the first accepted spelling, all else means nothing.
    """
    if not isinstance(question, Worded) or not words_of(question, answer):
        return answer
    if key is None:
        return question.reworded(answer, ERASED)
    accepted = key.right if isinstance(key.right, tuple) else ()
    meaningless = (ERASED * count for count in range(1, MOST_SPELLINGS + 2))
    reworded = (question.reworded(answer, words) for words in (*meaningless, *accepted))
    marked = mark(question, key, answer)
    return next(other for other in reworded if mark(question, key, other) == marked)


def _is_item(content: Content, question_id: str) -> bool:
    return isinstance(content.question(question_id), Item)


def _wordless(text: str) -> str:
    return ERASED if text else ""

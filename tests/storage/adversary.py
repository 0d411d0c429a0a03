"""Someone who got the database and wants to know whose ballot is whose.

They know who may have voted, and how Muster works; later they have the secret, too. Each way of
joining gives a guess, which is an answer for some people. How good they are is not for them to
say: `tests.storage.test_joins` knows who voted what.
"""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidTag

from actions.people import Person
from storage.secrecy import Secrecy
from tests.storage.loot import PLACE, XMIN, Loot, Raw
from tests.storage.wal import moments

Guess: TypeAlias = Mapping[str, str]
"""By the key of a person, the stored text of the answers that are taken for theirs."""

GUESSED_SECRETS = (b"", b"secret", b"muster", b"0" * 32)

_PURPOSES = (b"", b"ballot", b"took part", b"progress", b"reminder")

NEAR = 400
"""Bytes; what lies nearer than that may belong together."""


@dataclass(frozen=True, slots=True)
class Adversary:
    """What is in their hands: the rows and bytes, who may have voted, perhaps the secret."""

    loot: Loot
    action_id: str
    people: Sequence[Person]
    secret: bytes | None = None
    _marks: dict[str, list[bytes]] = field(default_factory=dict)

    def guesses(self) -> dict[str, Guess]:
        """Try every way; gives each guess by the name of the way."""
        for person in self.people:
            self._marks[person.key] = list(self._marks_of(person))
        found: dict[str, Guess] = dict(self._by_bytes())
        found["what is filled in"] = self._by_progress()
        for name, named in self._named().items():
            found |= {f"{name}: {way}": guess for way, guess in self._from(named)}
        return {way: guess for way, guess in found.items() if guess}

    @property
    def ballots(self) -> Sequence[Raw]:
        """The ballots, as they lie."""
        return [row for row in self.loot.rows("ballots") if row["action_id"] == self.action_id]

    # Whom a row is about

    def _marks_of(self, person: Person) -> Iterator[bytes]:
        """Give all that may stand for someone in a row or in a file."""
        key = person.key.encode()
        yield from (key, person.mri.encode(), person.name.encode())
        digests = [hashlib.new(kind, key).digest() for kind in ("md5", "sha1", "sha256")]
        for secret, purpose in product(GUESSED_SECRETS, _PURPOSES):
            parts = (purpose, self.action_id.encode(), key)
            digests.append(hmac.digest(secret, b"\0".join(parts) if purpose else key, "sha256"))
        if self.secret is not None:
            secrecy = Secrecy(self.secret)
            digests += [
                secrecy.ballot_key(self.action_id, person.key),
                secrecy.participation_key(self.action_id, person.key),
                secrecy.progress_key(self.action_id, person.key),
                bytes.fromhex(secrecy.reminder_key(self.action_id, person.key)),
            ]
        for digest in digests:
            yield digest
            yield digest.hex().encode()

    def _named(self) -> dict[str, list[tuple[str, Raw]]]:
        """Give, by table, the rows that are about one person, with that person."""
        whose = {mark: key for key, marks in self._marks.items() for mark in marks}
        named: dict[str, list[tuple[str, Raw]]] = {}
        for name, rows in self.loot.tables.items():
            told = [(self._whose(row, whose), row) for row in rows]
            known = [(next(iter(keys)), row) for keys, row in told if len(keys) == 1]
            if known:
                named[name] = known
        lengths = self._by_length()
        return named | ({"participations by length": lengths} if lengths else {})

    def _whose(self, row: Raw, whose: Mapping[bytes, str]) -> set[str]:
        """Give whom a row names, by a value of it or by what stands inside of one."""
        values = [_bytes(value) for value in row.values()]
        found = {whose[value] for value in values if value in whose}
        if not found:
            whole = b"\0".join(values)
            found = {key for key, marks in self._marks.items() if _stands_in(marks, whole)}
        return found or self._unsealed(row)

    def _unsealed(self, row: Raw) -> set[str]:
        sealed = row.get("sealed")
        if self.secret is None or not sealed or "key" not in row:
            return set()
        try:
            return {Secrecy(self.secret).unseal(row["action_id"], bytes(sealed)).person.key}
        except (InvalidTag, ValueError, TypeError):
            return set()

    def _by_length(self) -> list[tuple[str, Raw]]:
        """Tell sealed names apart by their lengths, as far as these differ."""
        rows = [r for r in self.loot.rows("participations") if r["action_id"] == self.action_id]
        long = sorted(self.people, key=lambda one: len(one.key + one.name + one.mri))
        if len(rows) != len(long) or len({len(row["sealed"]) for row in rows}) < len(rows) / 2:
            return []
        by_length = sorted(rows, key=lambda row: len(row["sealed"]))
        return [(one.key, row) for one, row in zip(long, by_length, strict=True)]

    # From there to a ballot

    def _from(self, named: Sequence[tuple[str, Raw]]) -> Iterator[tuple[str, Guess]]:
        yield "equal values", self._by_values(named)
        if self.ballots and XMIN in self.ballots[0]:
            yield "one transaction", self._by_transaction(named)
            yield "the next transaction", self._by_neighbour(named, 1)
            yield "the transaction before", self._by_neighbour(named, -1)
        for (by, people), (how, cast) in product(_orders(named), self._cast_in_order()):
            if len(people) == len(cast):
                yield f"{by} beside {how}", dict(zip(people, cast, strict=True))
                yield f"{by} against {how}", dict(zip(people, reversed(cast), strict=True))

    def _by_values(self, named: Sequence[tuple[str, Raw]]) -> Guess:
        """Follow values that a row shares with a ballot alone, directly or by one row between."""
        holders: dict[bytes, list[int]] = {}
        for number, ballot in enumerate(self.ballots):
            for value in _telling(ballot):
                holders.setdefault(value, []).append(number)
        between: dict[bytes, set[bytes]] = {}
        for rows in self.loot.tables.values():
            for row in rows:
                values = _telling(row)
                for value in values & holders.keys():
                    for other in values:
                        between.setdefault(other, set()).add(value)
        guess = {}
        for key, row in named:
            values = _telling(row)
            near = values.union(*(between.get(value, set()) for value in values))
            cast = {number for value in near for number in holders.get(value, [])}
            if len(cast) == 1:
                guess[key] = _answers(self.ballots[cast.pop()])
        return guess

    def _by_transaction(self, named: Sequence[tuple[str, Raw]]) -> Guess:
        """What one transaction wrote belongs together, in its order where there is more."""
        cast: dict[int, list[str]] = {}
        for ballot in self.ballots:
            cast.setdefault(ballot[XMIN], []).append(_answers(ballot))
        people: dict[int, list[str]] = {}
        for key, row in named:
            people.setdefault(row[XMIN], []).append(key)
        return {
            key: answers
            for xmin in people.keys() & cast.keys()
            if len(people[xmin]) == len(cast[xmin])
            for key, answers in zip(people[xmin], cast[xmin], strict=True)
        }

    def _by_neighbour(self, named: Sequence[tuple[str, Raw]], step: int) -> Guess:
        """Take the ballot whose transaction comes next after, or before, that of a row."""
        guess = {}
        for key, row in named:
            ahead = [b for b in self.ballots if (b[XMIN] - row[XMIN]) * step > 0]
            if ahead:
                guess[key] = _answers(min(ahead, key=lambda b: abs(b[XMIN] - row[XMIN])))
        return guess

    def _by_progress(self) -> Guess:
        """Take the ballot that holds what someone has begun to fill in, as who changes it does."""
        if self.secret is None:
            return {}
        secrecy, guess = Secrecy(self.secret), dict[str, str]()
        begun = {bytes(row["key"]): bytes(row["sealed"]) for row in self.loot.rows("progress")}
        for person in self.people:
            key = secrecy.progress_key(self.action_id, person.key)
            if key not in begun:
                continue
            typed = secrecy.unseal_progress(key, begun[key]).values.values()
            for told in map(_answers, self.ballots):
                if any(f'"{value}"' in told for value in typed):
                    guess[person.key] = told
        return guess

    def _cast_in_order(self) -> Iterator[tuple[str, list[str]]]:
        for by, rows in _sorted("ballots", self.ballots):
            yield by, [_answers(row) for row in rows]

    # From bytes to bytes

    def _by_bytes(self) -> Iterator[tuple[str, Guess]]:
        answers = {_answers(ballot).encode(): _answers(ballot) for ballot in self.ballots}
        for name, data in (("file", self.loot.file), ("log", self.loot.log)):
            yield f"{name}: answers near a name", self._near(data, answers)
        history = moments(self.loot.file, self.loot.log)
        marks = {
            key: [mark for mark in marks if mark in self.loot.log]
            for key, marks in self._marks.items()
        }
        added = [
            (
                [key for key, theirs in marks.items() if moment.adds_any(theirs)],
                [told for text, told in answers.items() if moment.adds(text)],
            )
            for moment in history
        ]
        yield "log: one commit", _by_commits(added, 0)
        yield "log: the next commits", _by_commits(added, 3)

    def _near(self, data: bytes, answers: Mapping[bytes, str]) -> Guess:
        """Take the first answers that stand behind what stands for someone, anywhere."""
        guess = {}
        for key, marks in self._marks.items():
            votes: Counter[str] = Counter()
            for mark in marks:
                for at in _places(mark, data):
                    behind = data[at + len(mark) : at + len(mark) + NEAR]
                    seen = [
                        (where, told)
                        for text, told in answers.items()
                        if (where := behind.find(text)) >= 0
                    ]
                    votes.update([min(seen)[1]] if seen else [])
            if votes:
                guess[key] = votes.most_common(1)[0][0]
        return guess


def _by_commits(added: Sequence[tuple[list[str], list[str]]], ahead: int) -> Guess:
    """Take the answers that were written with what stands for someone, or soon after.

    `added` are the people and the answers that each commit brought.
    """
    guess = {}
    for number, (people, _) in enumerate(added):
        following = [told for _, told in added[number : number + ahead + 1] if told]
        if len(people) == 1 and following and len(following[0]) == 1:
            guess[people[0]] = following[0][0]
    return guess


def _orders(named: Sequence[tuple[str, Raw]]) -> Iterator[tuple[str, list[str]]]:
    """Give the people of a table's rows in every order that the rows have."""
    whose = {id(row): key for key, row in named}
    for by, rows in _sorted("rows", [row for _, row in named]):
        yield by, list(dict.fromkeys(whose[id(row)] for row in rows))


def _sorted(name: str, rows: Sequence[Raw]) -> Iterator[tuple[str, Sequence[Raw]]]:
    """Give rows as they lie, by transaction, and by every column that has an order."""
    for column in rows[0] if rows else ():
        values = [row[column] for row in rows]
        if column in {PLACE, XMIN} or all(_has_order(value) for value in values):
            yield f"{name} by {column}", sorted(rows, key=lambda row: row[column])


def _has_order(value: Any) -> bool:
    return isinstance(value, (datetime, bytes, str, int)) and value not in {"", b""}


def _telling(row: Raw) -> set[bytes]:
    """Give the values of a row that are no words of Muster's own and no numbers."""
    return {
        value
        for column, stored in row.items()
        if column not in {"action_id", "answers", "(ctid)", "(cmin)", XMIN, PLACE}
        and len(value := _bytes(stored)) >= len("tenant/x")
    }


def _answers(ballot: Raw) -> str:
    told = ballot["answers"]
    return told if isinstance(told, str) else json.dumps(told)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def _stands_in(marks: Iterable[bytes], whole: bytes) -> bool:
    return any(mark in whole for mark in marks)


def _places(mark: bytes, data: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)

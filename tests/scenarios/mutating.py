"""What an attacker, or a broken client, could make of the requests that Teams sends."""

import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import orjson

from bot.verbs import VERBS

Json = dict[str, Any]

_BYTES = (
    *(b"\x00", b"\xff", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\\u0000", b"\\ud800"),
    *(
        b"null",
        b"true",
        b"1e999",
        b"-0",
        b"NaN",
        b"9" * 400,
        b"[" * 600,
        b'{"a":' * 300,
        b" " * 50,
    ),
)
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**31, 2**53, 1.5, 1e300, "", " ", "\x00", "\ud7ff", "\u200b"),
    *("<at>all</at>", "[x](javascript:alert(1))", "=1+1", "../..", "%s%n", "'; --", "{{title}}"),
    *("x" * 6_000, "🙂" * 500, "a\nb\r\nc", [], {}, [[[]]], {"a": {"b": []}}, ["x"] * 200),
)
_ARGUMENTS = ("", "0", "1", "-1", "999999999999", "a,b", "* . _", "x" * 300, "1 2 3 4 5 6", "❌")


class Mutator:
    """Makes wrong requests of right ones, the same ones for the same number."""

    def __init__(self, seeds: Sequence[Json], ids: Sequence[str], number: int) -> None:
        """Begin with right requests, and the ids that buttons may name."""
        self._random = random.Random(number)  # noqa: S311 - the same each time is wanted
        self._seeds = [orjson.dumps(seed) for seed in seeds]
        self._ids = (*ids, "", "-", "nothing", "00000000-0000-0000-0000-000000000000")

    def request(self) -> bytes:
        """Make one more."""
        body = self._random.choice(self._seeds)
        if self._random.random() < 0.3:
            for _ in range(self._random.randint(1, 4)):
                body = self._random.choice(_CUTS)(self._random, body)
            return body
        activity = orjson.loads(body)
        self._by_someone(activity)
        for _ in range(self._random.randint(0, 3)):
            self._replace(activity)
        if self._random.random() < 0.7:
            self._press_another(activity)
        return orjson.dumps(activity)

    def _by_someone(self, activity: Json) -> None:
        """Mostly people who are there, else some of many strangers."""
        if self._random.random() < 0.3:
            number = self._random.randrange(2_000)
            activity["from"] = activity["from"] | {
                "id": f"29:{number}",
                "aadObjectId": f"{number}",
            }

    def _replace(self, activity: Json) -> None:
        """Put something else in some place, however deep."""
        node: Any = activity
        while True:
            key = self._random.choice(list(node) if isinstance(node, dict) else range(len(node)))
            inner = node[key]
            if isinstance(inner, dict | list) and inner and self._random.random() < 0.8:
                node = inner
                continue
            node[key] = deepcopy(self._random.choice(_VALUES))
            return

    def _press_another(self, activity: Json) -> None:
        """Press a button that may not be there, of something that may not be one's own."""
        value = activity.get("value")
        data = value.get("data") if isinstance(value, dict) else None
        action = value.get("action") if isinstance(value, dict) else None
        data = action.get("data") if isinstance(action, dict) else data
        if not isinstance(data, dict):
            return
        choose = self._random.choice
        parts = ["1", choose(_ALL_VERBS), choose(self._ids), choose((*_ARGUMENTS, *self._ids))]
        data["muster"] = " ".join(parts)
        for name in self._random.sample(_FIELDS, self._random.randint(0, 3)):
            data[name] = deepcopy(choose(_VALUES))


_ALL_VERBS = (*VERBS, "choose", "take_back", "vote", "nothing")
_FIELDS = (
    *("title", "closes", "date", "time", "search", "where", "edits", "options", "questions"),
    *("page", "revision", "answer", "choice", "visibility", "anonymous", "item", "why", "text"),
)


def _flip(chance: random.Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]


def _cut(chance: random.Random, body: bytes) -> bytes:
    first, last = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:first] + body[last:] if chance.random() < 0.7 else body[:first]


def _repeat(chance: random.Random, body: bytes) -> bytes:
    first, last = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:last] + body[first:last] * chance.randint(1, 3) + body[last:]


def _insert(chance: random.Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(_BYTES) + body[at:]


_CUTS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _cut, _repeat, _insert)

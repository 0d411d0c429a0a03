"""Anonymity: what ties a person to a ballot is a key that is not in the database.

A ballot is stored under HMAC(secret, "ballot", action, slot): whoever has the secret finds the
ballot of someone who wants to change it; whoever has the database alone finds nobody's. That
someone took part is stored under HMAC(secret, "took part", …), with the person sealed in it by
AES-SIV (RFC 5297), padded so that its length does not tell the name's. When the action closes the
ballots get random keys (`storage.anonymous`), and then nobody can join them any more.

What is filled in and not handed in yet is stored under HMAC(secret, "progress", …) and sealed,
whether the action is anonymous or not (docs/decisions/0007). It stays when an action closes, which
may be opened again: its key is no ballot's, what it holds was never counted, and both take the
secret to read. But where someone was changing an anonymous response it goes: that begins with what
the ballot says. SQLite's log, in which the ballots still have their keys, is emptied then, too.

Who was reminded of an anonymous action, and when, is stored under HMAC(secret, "reminder", …) and
sealed: beside the order in which PostgreSQL wrote the rows it would say whose ballot is not one of
those that were there before.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from actions.notices import Notice
from actions.people import Person
from actions.responses import Progress
from storage.text import clean, dump_json

_PAD = 256


@dataclass(frozen=True, slots=True)
class Participation:
    """Who took part in an anonymous action, and for what slot."""

    slot: str
    person: Person


class Secrecy:
    """The keys of what the database alone must not tell, made from the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._siv = AESSIV(hmac.digest(secret, b"seal", "sha512"))

    def check_value(self) -> bytes:
        """Give what tells this secret from another one (`storage.keyring`)."""
        return hmac.digest(self._secret, b"check", "sha256")

    def ballot_key(self, action_id: str, slot: str) -> bytes:
        """Give the key of a ballot until its action closes."""
        return self._key(b"ballot", action_id, slot)

    def participation_key(self, action_id: str, slot: str) -> bytes:
        """Give the key of a participation."""
        return self._key(b"took part", action_id, slot)

    def progress_key(self, action_id: str, slot: str) -> bytes:
        """Give the key of what someone has filled in so far."""
        return self._key(b"progress", action_id, slot)

    def reminder_key(self, action_id: str, name: str) -> str:
        """Give what stands for a person's key, or a message's id, where people are reminded."""
        return self._key(b"reminder", action_id, name).hex()

    def seal(self, action_id: str, participation: Participation) -> bytes:
        """Make a participation unreadable without the secret."""
        person = participation.person
        told = [participation.slot, person.key, person.name, person.mri]
        return self._sealed(told, action_id.encode())

    def unseal(self, action_id: str, sealed: bytes) -> Participation:
        """Read a participation.

        Raises cryptography's InvalidTag when it was sealed with another secret.
        """
        slot, *person = self._unsealed(sealed, action_id.encode())
        return Participation(slot, Person(*person))

    def seal_progress(self, key: bytes, progress: Progress) -> bytes:
        """Make what was filled in unreadable without the secret, bound to its key.

        What two people filled in alike does not look alike.
        """
        return self._sealed([progress.at, dict(progress.values)], key)

    def unseal_progress(self, key: bytes, sealed: bytes) -> Progress:
        """Read what was filled in. Raises as `unseal`."""
        at, values = self._unsealed(sealed, key)
        return Progress(values, at)

    def seal_notice(self, key: str, notice: Notice) -> bytes:
        """Make whom a message is for, and what it is about, unreadable, bound to its key."""
        who = notice.person
        person = None if who is None else [who.key, who.name, who.mri]
        return self._sealed([person, dict(notice.detail)], key.encode())

    def unseal_notice(self, key: str, sealed: bytes) -> tuple[Person | None, Mapping[str, Any]]:
        """Read whom a message is for, and its detail. Raises as `unseal`."""
        person, detail = self._unsealed(sealed, key.encode())
        return None if person is None else Person(*person), detail

    def _sealed(self, value: Any, bound_to: bytes) -> bytes:
        plain = dump_json(value).encode()
        padding = b" " * (-len(plain) % _PAD)
        return self._siv.encrypt(plain + padding, [bound_to])

    def _unsealed(self, sealed: bytes, bound_to: bytes) -> Any:
        return json.loads(self._siv.decrypt(sealed, [bound_to]))

    def _key(self, purpose: bytes, action_id: str, slot: str) -> bytes:
        message = b"\0".join((purpose, clean(action_id).encode(), clean(slot).encode()))
        return hmac.digest(self._secret, message, "sha256")

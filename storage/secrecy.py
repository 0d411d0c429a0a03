"""Anonymity: what ties a person to a ballot is a key that is not in the database.

A ballot is stored under HMAC(secret, "ballot", action, slot): whoever has the secret finds the
ballot of someone who wants to change it; whoever has the database alone finds nobody's. That
someone took part is stored under HMAC(secret, "took part", …), with the person sealed in it by
AES-SIV (RFC 5297), padded so that its length does not tell the name's. When the action closes the
ballots get random keys (`storage.anonymous`), and then nobody can join them any more.
"""

import hmac
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from actions.people import Person
from storage.text import clean

_PAD = 256


@dataclass(frozen=True, slots=True)
class Participation:
    """Who took part in an anonymous action, and for what slot."""

    slot: str
    person: Person


class Secrecy:
    """The keys of anonymous responses, made from the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._siv = AESSIV(hmac.digest(secret, b"seal", "sha512"))

    def ballot_key(self, action_id: str, slot: str) -> bytes:
        """Give the key of a ballot until its action closes."""
        return self._key(b"ballot", action_id, slot)

    def participation_key(self, action_id: str, slot: str) -> bytes:
        """Give the key of a participation."""
        return self._key(b"took part", action_id, slot)

    def seal(self, action_id: str, participation: Participation) -> bytes:
        """Make a participation unreadable without the secret."""
        person = participation.person
        plain = json.dumps(
            [clean(participation.slot), clean(person.key), clean(person.name), clean(person.mri)],
            ensure_ascii=False,
        ).encode()
        padding = b" " * (-len(plain) % _PAD)
        return self._siv.encrypt(plain + padding, [action_id.encode()])

    def unseal(self, action_id: str, sealed: bytes) -> Participation:
        """Read a participation.

        Raises cryptography's InvalidTag when it was sealed with another secret.
        """
        slot, *person = json.loads(self._siv.decrypt(sealed, [action_id.encode()]))
        return Participation(slot, Person(*person))

    def _key(self, purpose: bytes, action_id: str, slot: str) -> bytes:
        message = b"\0".join((purpose, clean(action_id).encode(), clean(slot).encode()))
        return hmac.digest(self._secret, message, "sha256")

"""The real clock and the real ids."""

import secrets
import time
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from actions.certificates import CODE_BITS

_SHORT = "abcdefghijkmnpqrstuvwxyz23456789"
"""No letters that are taken for others."""


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Give the time in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Ids that sort by the time they were made, and short names."""

    def new(self) -> str:
        """Give a UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits."""
        milliseconds = time.time_ns() // 1_000_000
        value = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        return str(UUID(int=value))

    def of(self, *parts: str) -> str:
        """Give the UUIDv5 of the parts (RFC 9562 §5.5)."""
        return str(uuid5(NAMESPACE_URL, "\n".join(("muster", *parts))))

    def short(self) -> str:
        """Give six characters, enough that no two options of one action are alike."""
        return "".join(secrets.choice(_SHORT) for _ in range(6))

    def chance(self) -> int:
        """Give what no two certificates share and nobody can guess."""
        return secrets.randbits(CODE_BITS)

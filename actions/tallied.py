"""One question's tallies: all that its results are made of."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tallied:
    """One question's tallies: by bucket, how often it was answered and the sum of the amounts."""

    answered: int
    counts: Mapping[str, int]
    sums: Mapping[str, int]

    def share(self, bucket: str) -> float:
        """Give the part of those who answered that a bucket holds, 0 to 1."""
        return self.counts.get(bucket, 0) / self.answered if self.answered else 0.0

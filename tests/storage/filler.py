"""A process that fills in a form until it is killed, and tells which steps were acknowledged."""

import asyncio
import sys

from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import CountingIds, FixedClock, a_step
from tests.storage.conftest import SECRET


async def fill(url: str) -> None:
    """Fill in one field after the other, without end."""
    store = SqlStore(open_engine(url), SECRET, CountingIds(), FixedClock())
    number = 0
    while True:
        await store.keep_progress(a_step("Ada", {f"q{number}": f"text {number}"}))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    asyncio.run(fill(sys.argv[1]))

"""Exports on this side of Teams: a folder, offers that are kept, files that were sent."""

import asyncio
from pathlib import Path

from actions.errors import Unreachable
from actions.ports import Ports
from bot.background import Background
from bot.exports import Exports
from bot.file_consent import FileConsents
from bot.messenger import Messenger
from bot.press import Handover
from bot.received_files import ReceivedFiles
from bot.tickets import Tickets
from bot.uploads import Uploads

NO_HANDOVER = Handover(
    link=lambda _: "",
    offer=lambda *_: None,
    certificate=lambda _: "",
    open_link=lambda *_: "",
)
"""Files get to nobody."""


class FakeUploads(Uploads):
    """Keeps the files that were sent, by their address; `failures` are raised in turn."""

    def __init__(self) -> None:
        """Have nothing yet."""
        self.files: dict[str, bytes] = {}
        self.failures: list[Exception] = []

    async def send(self, address: str, path: Path) -> None:
        """Keep a file."""
        if self.failures:
            raise self.failures.pop(0)
        self.files[address] = await asyncio.to_thread(path.read_bytes)


class FakeFiles(ReceivedFiles):
    """Holds the files that can be fetched, by their address."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.files: dict[str, bytes] = {}

    async def fetch(self, address: str, most: int) -> bytes:
        """Look a file up."""
        if address not in self.files:
            raise Unreachable("Http404")
        return self.files[address][: most + 1]


def consents_with(ports: Ports, messenger: Messenger, folder: Path) -> FileConsents:
    """Give what offers files, which it makes in a folder."""
    exports, tickets = Exports(ports, folder), Tickets(b"secret")
    return FileConsents(ports, exports, tickets, messenger, FakeUploads(), Background())

"""A core that remembers what it was asked and answers what it was told."""

from dataclasses import dataclass, field
from typing import Any

from bot.turn import Turn

Body = dict[str, Any]


@dataclass
class FakeCore:
    """Stands behind the handler; `failure` is raised instead of any answer."""

    answer: Body | None = field(default_factory=dict)
    failure: BaseException | None = None
    asked: list[tuple[str, Turn]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """What was asked, in order."""
        return [name for name, _ in self.asked]

    async def message(self, turn: Turn) -> None:
        """Remember it."""
        self._note("message", turn)

    async def too_fast(self, turn: Turn) -> Body:
        """Remember it and answer."""
        return self._note("too_fast", turn) or {}

    async def wrote_too_much(self, turn: Turn) -> None:
        """Remember it."""
        self._note("wrote_too_much", turn)

    async def submitted(self, turn: Turn) -> None:
        """Remember it."""
        self._note("submitted", turn)

    async def members_changed(self, turn: Turn) -> None:
        """Remember it."""
        self._note("members_changed", turn)

    async def installed(self, turn: Turn) -> None:
        """Remember it."""
        self._note("installed", turn)

    async def card_action(self, turn: Turn) -> Body:
        """Remember it and answer."""
        return self._note("card_action", turn) or {}

    async def dialog_fetch(self, turn: Turn) -> Body:
        """Remember it and answer."""
        return self._note("dialog_fetch", turn) or {}

    async def dialog_submit(self, turn: Turn) -> Body | None:
        """Remember it and answer."""
        return self._note("dialog_submit", turn)

    async def extension_fetch(self, turn: Turn) -> Body:
        """Remember it and answer."""
        return self._note("extension_fetch", turn) or {}

    async def extension_submit(self, turn: Turn) -> Body | None:
        """Remember it and answer."""
        return self._note("extension_submit", turn)

    async def preview_edit(self, turn: Turn) -> Body:
        """Remember it and answer."""
        return self._note("preview_edit", turn) or {}

    async def preview_send(self, turn: Turn) -> Body | None:
        """Remember it and answer."""
        return self._note("preview_send", turn)

    async def file_consent(self, turn: Turn) -> None:
        """Remember it."""
        self._note("file_consent", turn)

    async def failed(self, turn: Turn, correlation_id: str) -> Body:
        """Answer with the id."""
        self.failures.append(correlation_id)
        return {"failed": turn.activity_name, "reference": correlation_id}

    def _note(self, name: str, turn: Turn) -> Body | None:
        self.asked.append((name, turn))
        if self.failure is not None:
            raise self.failure
        return self.answer

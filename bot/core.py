"""Everything that Teams sends, in one place."""

from bot.invokes import Invokes
from bot.messages import Messages
from bot.reception import Reception


class Desk(Invokes, Messages):
    """Answers every message and invoke; no rules in it."""

    def __init__(self, reception: Reception) -> None:
        """Receive through `reception`."""
        self.reception = reception

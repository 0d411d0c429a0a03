"""Summary cards as JSON, rendered once for everybody who sees the same.

Votes that were stored together are answered from the same revision, so a busy poll renders a
card for each choice there is, not for each vote.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from actions.action import Action
from actions.attempts import attempts_in
from actions.content import Content
from actions.rows import rows_in
from actions.viewing import View
from cards.parts import Host
from cards.summary import summary
from cards.texts import Texts

KEPT = 512
"""How many cards are remembered; each is at most 20,000 characters."""


_UNREAD = Content("")


class Summaries:
    """A bounded memory of rendered summary cards."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._rendered: OrderedDict[Hashable, bytes] = OrderedDict()

    def card(self, view: View, texts: Texts, host: Host, notice: str = "") -> bytes:
        """Give the card's JSON."""
        key = _key(view, texts, host, notice)
        rendered = self._rendered.get(key)
        if rendered is None:
            shown = summary(view, texts, host, notice)
            rendered = shown.model_dump_json(exclude_none=True).encode()
            self._rendered[key] = rendered
            if len(self._rendered) > KEPT:
                self._rendered.popitem(last=False)
        return rendered


def _key(view: View, texts: Texts, host: Host, notice: str) -> Hashable:
    """Everything that the card depends on; the action's revision stands for its tallies."""
    answers = None if view.answers is None else tuple(view.answers.items())
    # One's score depends on what was asked, too.
    best = attempts_in(view.answers).best
    asked = () if best is None else best.asked
    mine = (answers, asked, view.took_part, view.manages, view.shown, view.is_open)
    return (_told(view.action), mine, _marks(view), host, str(texts.locale), notice)


def _told(action: Action) -> Action:
    """Give what tells an action from others: of a checklist its revisions stand for its content.

    That has one with each tick, and may be megabytes long.
    """
    return action if action.content.checklist is None else replace(action, content=_UNREAD)


def _marks(view: View) -> Hashable:
    """What the time and the reader make of a checklist's items; anyone's card is nobody's own."""
    if view.action.content.checklist is None:
        return ()
    return bool(view.viewer), *((row.is_own, row.is_overdue) for row in rows_in(view))

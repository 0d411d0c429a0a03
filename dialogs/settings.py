"""The settings that every kind's form has."""

from collections.abc import Iterator, Mapping
from typing import Final

from microsoft_teams.cards.core import CardElement, Choice, ChoiceSetInput

from actions.action import REMIND_HOURS, Draft, Notify, Visibility
from actions.plan import REMINDED
from cards.parts import note
from cards.texts import Texts
from dialogs.inputs import switch
from dialogs.screen import Setting

HOURS: Final = 24
"""How many hours a day has."""


def usual_settings(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give who sees the results, anonymity, and whether answers may be changed."""
    texts, values = setting.texts, draft.values
    names = _usual_names(setting)
    yield _visibility(draft, texts("Who sees the results"), names, Visibility.EVERYONE)
    secret = texts("Anonymous: nobody sees who answered what, you included")
    yield switch(values, "anonymous", texts("Anonymity"), secret)
    changes = texts("People may change their answer")
    yield switch(values, "may_change", texts("Changes"), changes, default=True)


def marked_settings(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give who sees the overall figures, why there are names, and the order of options."""
    texts = setting.texts
    names = {
        Visibility.CREATOR: texts("only you"),
        Visibility.AFTER_RESPONDING: texts("everyone who has finished"),
        Visibility.AFTER_CLOSING: texts("everyone, after closing"),
        Visibility.EVERYONE: texts("everyone, at any time"),
    }
    title = texts("Who sees the overall figures, such as the average")
    yield _visibility(draft, title, names, Visibility.CREATOR)
    kept = texts("How single questions were answered is shown to others only after closing.")
    yield note(kept)
    named = texts("This is never anonymous: you see everyone's marks by name.")
    yield note(named)
    order = texts("Show each person the options in another order")
    yield switch(draft.values, "shuffle", texts("Order of options"), order)


def listed_settings(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give who sees the results of own lists; a shared one is seen by everyone."""
    title = setting.texts("On own lists: who sees how far everyone is")
    yield _visibility(draft, title, _usual_names(setting), Visibility.EVERYONE)


def informed_settings(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give when people are reminded, and what the creator is told of: it may be changed later."""
    texts, values = setting.texts, draft.values
    yield ChoiceSetInput(
        id="remind_hours",
        label=texts("Remind people who have not responded"),
        value=values.get("remind_hours") or str(REMIND_HOURS),
        choices=[
            Choice(title=_before(hours, texts), value=str(hours)) for hours in sorted(REMINDED)
        ],
    )
    yield note(texts("Not when it is open for less than 48 hours."))
    yield ChoiceSetInput(
        id="notify",
        label=texts("Tell me"),
        value=values.get("notify") or Notify.CLOSE.value,
        choices=[
            Choice(title=texts("never"), value=Notify.NEVER.value),
            Choice(title=texts("of each response"), value=Notify.EACH.value),
            Choice(title=texts("once a day what is new"), value=Notify.DAILY.value),
            Choice(title=texts("when everyone has responded"), value=Notify.ALL.value),
            Choice(title=texts("when it closes"), value=Notify.CLOSE.value),
        ],
    )


def _before(hours: int, texts: Texts) -> str:
    if not hours:
        return texts("never")
    if hours % HOURS or hours == HOURS:
        return texts.many("{count} hour before closing", "{count} hours before closing", hours)
    return texts.many("{count} day before closing", "{count} days before closing", hours // HOURS)


def _usual_names(setting: Setting) -> Mapping[Visibility, str]:
    texts = setting.texts
    return {
        Visibility.EVERYONE: texts("everyone, at any time"),
        Visibility.AFTER_RESPONDING: texts("everyone, once they have responded"),
        Visibility.AFTER_CLOSING: texts("everyone, after closing"),
        Visibility.CREATOR: texts("only you"),
    }


def _visibility(
    draft: Draft, label: str, names: Mapping[Visibility, str], default: Visibility
) -> CardElement:
    return ChoiceSetInput(
        id="visibility",
        label=label,
        value=draft.values.get("visibility", default.value),
        choices=[Choice(title=name, value=key.value) for key, name in names.items()],
    )

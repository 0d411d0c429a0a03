"""Reminders as who manages an action sees them: sending them, and what became of them."""

from collections.abc import Iterator, Mapping
from typing import Final

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, TextBlock

from actions.notices import Outcome, Round, Unreached
from actions.reminding import Reminded, Reminders
from actions.viewing import People, View
from cards.asking import facts
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import plain
from cards.parts import (
    buttons,
    card,
    directed,
    fitting,
    heading,
    label,
    note,
    opens,
    success,
    warning,
)
from cards.summary import due_line, responded_line
from cards.texts import Texts
from dialogs.screen import Screen, Setting

SURE: Final = "sure"
"""The argument that says that so many people shall really be reminded."""

MOST_LISTED: Final = (50, 25, 10)
"""How many of the unreachable are named, the first that makes them fit."""

LONGEST_NAME: Final = 80

WORDS: Final[Mapping[str, str]] = {
    # Teams' answer for anonymous guests of a meeting (teams.md §9).
    "BadArgument": "is here without an account, so cannot be written to",
    "BotDisabledByAdmin": "the app is switched off by an administrator",
    "BotNotInConversationRoster": "does not have the app",
    "ConversationBlockedByUser": "has blocked me",
    "ConversationForgotten": "has removed the app",
    "ConversationNotFound": "does not have the app",
    "ForbiddenOperation": "does not have the app",
    "Left": "is not in the chat any more",
    "MessageWritesBlocked": "has blocked me or removed the app",
    "NoAddress": "I have no address of theirs",
    "NoAnswer": "Teams did not take the message for days",
    "TooMany": "too many people to mention all of them",
}
"""Why someone was not reached, by Teams' code or ours."""


def ask_screen(view: View, count: int, setting: Setting) -> Screen:
    """Ask whether really so many people shall be reminded."""
    texts, here = setting.texts, Envelope("remind", view.action.id, SURE)
    asked = texts.many("Remind {count} person?", "Remind {count} people?", count)
    how = texts("Each gets a message of their own, or is mentioned in the chat if that fails.")
    send = texts.many("Remind {count} person", "Remind {count} people", count)
    body = [
        *_top(view, setting),
        label(asked),
        note(how),
        *buttons(
            [
                opens(setting.host, here, send),
                opens(setting.host, here.with_verb("manage"), texts("Cancel")),
            ]
        ),
    ]
    return Screen(texts("Remind"), card(texts, body))


def sent_screen(view: View, reminded: Reminded, setting: Setting) -> Screen:
    """Say how many are being reminded, and who not again yet."""
    texts, here = setting.texts, Envelope("reminders", view.action.id)
    ways = [opens(setting.host, here.with_verb("manage"), texts("Manage"))]
    if reminded.missing:
        ways.insert(0, opens(setting.host, here, texts("See how it went")))
    body = [
        *_top(view, setting),
        *_sent(view, reminded, texts),
        *buttons(ways),
    ]
    return Screen(texts("Remind"), card(texts, body))


def outcome_screen(found: Reminders, setting: Setting) -> Screen:
    """Give what became of the last reminders, with who was not reached and why."""
    texts = setting.texts
    shown = fitting(_outcome(found, setting, most) for most in MOST_LISTED)
    return Screen(texts("Reminders"), shown)


def remind_missing(people: People, setting: Setting) -> Iterator[CardElement]:
    """Give who manages it the way to remind those who are listed, and who were not there."""
    is_anyone = bool(people.page.responses or people.search or people.start)
    yield from remind_again(people.view, people.reminded, setting, is_anyone=is_anyone)


def remind_again(
    view: View, last: Round | None, setting: Setting, *, is_anyone: bool
) -> Iterator[CardElement]:
    """Give who manages it when people were reminded last, and the way to remind them.

    `is_anyone`: there is somebody to be reminded.
    """
    if not view.manages:
        return
    if last is not None:
        yield note(_last_line(view, last, setting.texts))
    yield from buttons(_ways(view, last, setting, is_anyone=is_anyone))


def _ways(
    view: View, last: Round | None, setting: Setting, *, is_anyone: bool
) -> Iterator[Action]:
    texts, here = setting.texts, Envelope("remind", view.action.id)
    if view.is_open and is_anyone:
        yield opens(setting.host, here, texts("Remind"))
    if last is not None:
        yield opens(setting.host, here.with_verb("reminders"), texts("Last reminders"))


def _top(view: View, setting: Setting) -> Iterator[CardElement]:
    texts, action = setting.texts, view.action
    word, due = name_of(action.kind, texts), due_line(action, texts, is_open=view.is_open)
    yield note(f"{word.upper()} · {due} · {responded_line(view, texts)}")
    yield from directed(action.content.title, [heading(action.content.title)])
    if setting.notice:
        yield warning(setting.notice)


def _sent(view: View, reminded: Reminded, texts: Texts) -> Iterator[CardElement]:
    sent, recent = reminded.sent, reminded.recent
    if not reminded.missing:
        is_known = view.action.audience is not None
        nobody = texts("Nobody is left to be reminded.")
        unknown = texts("Who is expected to respond is not known here.")
        yield note(nobody if is_known else unknown)
    if sent:
        yield success(
            texts.many(
                "{count} person is being reminded.", "{count} people are being reminded.", sent
            )
        )
    if recent:
        yield note(
            texts.many(
                "{count} person was reminded less than 12 hours ago, so not again yet.",
                "{count} people were reminded less than 12 hours ago, so not again yet.",
                recent,
            )
        )


def _outcome(found: Reminders, setting: Setting, most: int) -> AdaptiveCard:
    texts, view, last = setting.texts, found.view, found.last
    here = Envelope("reminders", view.action.id)
    ways = [opens(setting.host, here.with_verb("manage"), texts("Manage"))]
    if view.is_open:
        ways.insert(0, opens(setting.host, here.with_verb("remind"), texts("Remind")))
    if last is not None and not last.is_over:
        ways.insert(0, opens(setting.host, here, texts("Refresh")))
    body = [
        *_top(view, setting),
        *([note(texts("Nobody was reminded yet."))] if last is None else []),
        *([] if last is None else _round(view, last, texts, most)),
        *_next(view, texts),
        *buttons(ways),
    ]
    return card(texts, body)


def _round(view: View, last: Round, texts: Texts, most: int) -> Iterator[CardElement]:
    counts, moment = last.counts, texts.moment(last.at, view.action.time_zone)
    yield label(texts("Reminded {moment}", moment=moment))
    missed, mentioned = counts.get(Outcome.UNREACHABLE, 0), counts.get(Outcome.MENTIONED, 0)
    yield facts(
        [
            (texts("reminded"), texts.number(_reached(last))),
            (texts("of these mentioned in the chat"), texts.number(mentioned)),
            (texts("not reached"), texts.number(missed)),
        ]
    )
    spared, waiting = counts.get(Outcome.NOT_NEEDED, 0), _waiting(last)
    if waiting:
        yield note(texts.many("{count} is on its way", "{count} are on their way", waiting))
    if spared:
        yield note(
            texts.many(
                "{count} person responded before it was sent",
                "{count} people responded before it was sent",
                spared,
            )
        )
    if last.unreachable:
        yield label(texts("Not reached"))
        yield from (_unreached(one, texts) for one in last.unreachable[:most])
        left = missed - len(last.unreachable[:most])
        if left > 0:
            yield note(texts.many("and {count} more", "and {count} more", left))


def _next(view: View, texts: Texts) -> Iterator[CardElement]:
    if view.is_open and view.action.remind_at is not None:
        moment = texts.moment(view.action.remind_at, view.action.time_zone)
        yield note(texts("Who has not responded by {moment} is reminded then.", moment=moment))


def _unreached(one: Unreached, texts: Texts) -> CardElement:
    name = plain(one.person.name, LONGEST_NAME) or texts("Someone without a name")
    reason = texts("Teams did not take the message ({code})", code=one.code)
    if one.code in WORDS:
        reason = texts(WORDS[one.code])
    text = texts("{name}: {reason}", name=name, reason=reason)
    (shown,) = directed(one.person.name, [TextBlock(text=text, wrap=True, spacing="Small")])
    return shown


def _last_line(view: View, last: Round, texts: Texts) -> str:
    moment = texts.moment(last.at, view.action.time_zone)
    if not last.is_over:
        return texts("Last reminded {moment}: still on its way", moment=moment)
    missed = last.counts.get(Outcome.UNREACHABLE, 0)
    return texts(
        "Last reminded {moment}: {reached} reached, {missed} not",
        moment=moment,
        reached=_reached(last),
        missed=missed,
    )


def _reached(last: Round) -> int:
    return last.counts.get(Outcome.SENT, 0) + last.counts.get(Outcome.MENTIONED, 0)


def _waiting(last: Round) -> int:
    return last.counts.get(Outcome.PENDING, 0) + last.counts.get(Outcome.UNREACHED, 0)

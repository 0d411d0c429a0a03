"""Messages to creators about what is posted later: that it came late, or could not be posted.

They are read in the personal chat, so their buttons show things in place of them.
"""

from collections.abc import Iterator

from microsoft_teams.cards.core import AdaptiveCard, CardElement, TextBlock

from actions.action import Action
from actions.places import is_gone
from actions.series_posting import CREATOR_LEFT, Late, Unposted
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import cut
from cards.parts import Host, buttons, card, directed, heading, note, opens, warning
from cards.texts import Texts

LONGEST_HEADING = 200
"""Characters of a title on the card."""

LONGEST_TITLE = 80
"""Characters of a title beside what happened, on a locked phone."""

HOST = Host.IN_PLACE


def posted_late(late: Late, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give when it was to be posted and when it was, and what was left out."""
    action = late.view.action
    planned, posted = (
        texts.moment(at, action.time_zone) for at in (late.planned, action.created_at)
    )
    text = texts(
        "This was to be posted on {planned}. I was not running then, so I posted it on {posted}.",
        planned=planned,
        posted=posted,
    )
    body = [
        *_head(action, texts),
        TextBlock(text=text, wrap=True),
        *_left_out(late, texts),
        *buttons(
            [
                opens(HOST, Envelope("results", action.id), texts("Results")),
                opens(HOST, Envelope("series", action.series), texts("Schedule")),
            ]
        ),
    ]
    return card(texts, body), texts("Posted late: {title}", title=_title(action))


def not_posted(unposted: Unposted, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give why nothing more of it is posted, and what can be done."""
    action = unposted.series.template
    body = [
        *_head(action, texts),
        warning(_reason(unposted.code, texts)),
        note(texts("Nothing more of it is posted until you let it go on, or change where.")),
        *buttons([opens(HOST, Envelope("series", unposted.series.id), texts("Schedule"))]),
    ]
    return card(texts, body), texts("Not posted: {title}", title=_title(action))


def _reason(code: str, texts: Texts) -> str:
    if code == CREATOR_LEFT:
        return texts(
            "This could not be posted: you are not in that chat any more. "
            "Where you are not, nothing is posted for you."
        )
    if is_gone(code):
        return texts("This could not be posted: I am not in that chat, or may not write there.")
    return texts("This could not be posted: Teams refused it.")


def _left_out(late: Late, texts: Texts) -> Iterator[CardElement]:
    if late.left_out:
        yield note(
            texts.many(
                "{count} earlier posting was missed too, and is left out.",
                "{count} earlier postings were missed too, and are left out.",
                late.left_out,
            )
        )


def _head(action: Action, texts: Texts) -> list[CardElement]:
    title = action.content.title
    return [
        note(name_of(action.kind, texts).upper()),
        *directed(title, [heading(title, LONGEST_HEADING)]),
    ]


def _title(action: Action) -> str:
    return cut(" ".join(action.content.title.split()), LONGEST_TITLE)

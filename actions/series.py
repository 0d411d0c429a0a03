"""What is posted later, once or again and again: each time it is an action of its own."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actions.action import Action, Status
from actions.due import closing_after, reminder_at
from actions.fields import Values
from actions.kinds import kind
from actions.recurrence import Rule
from actions.telling import first_notice_at


@dataclass(frozen=True, slots=True)
class Series:
    """An action that is to be posted at `starts_at`, or from then on by the rule.

    `template` is what is posted, as it was planned: content and settings found right, so that
    nothing can be wrong with them when nobody is looking, and as it is to be on the day of
    `created_at`, the first posting's; `values` is its form, to edit it.
    `closes_after` passes between posting and closing, None where it does not close by itself;
    whole days are days on the wall's calendar. `next_at` is None when it is over, or was stopped
    because of what `stopped` says in a code; `posted` counts what was posted.
    """

    id: str
    template: Action
    conversation_id: str
    starts_at: datetime
    rule: Rule | None = None
    closes_after: timedelta | None = None
    next_at: datetime | None = None
    posted: int = 0
    stopped: str = ""
    values: Values = field(default_factory=dict)

    @property
    def time_zone(self) -> str:
        """The creator's time zone, in which the rule is read."""
        return self.template.time_zone


def occurrence(series: Series, action_id: str, planned: datetime, now: datetime) -> Action:
    """Give the action that is posted for a planned time, `now` being that or later.

    It closes when it would have closed if it had been posted in time; where that has passed,
    as long after now.
    """
    again = kind(series.template.kind).renewed(series.template, planned)
    due = closing_after(planned, series.closes_after, series.time_zone)
    if due is not None and due <= now:
        due = closing_after(now, series.closes_after, series.time_zone)
    return replace(
        again,
        id=action_id,
        status=Status.ACTIVE,
        created_at=now,
        closes_at=due,
        remind_at=reminder_at(due, now, again.settings.remind_hours),
        notify_at=first_notice_at(again.settings, now, again.time_zone),
        series=series.id,
        number=series.posted + 1,
    )

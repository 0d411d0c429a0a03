"""What the screens of taking a quiz or training have in common."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from microsoft_teams.cards.core import Action, CardElement

from actions.due import zone
from actions.sitting import Sitting
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.parts import Host, card, fitting, opens, submits, warning
from cards.texts import Texts
from dialogs.fill import top
from dialogs.screen import Screen, Setting

LEFT = "left"
"""The value that says which attempt and question are left unanswered, with what is typed."""

LENGTHS = (5_000, 2_500, 1_000, 500, 250, 100, 40)
"""To how many characters texts are cut, the first that makes a card fit."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where someone sits: how it stands with them, and where and how they see it.

    `time_zone` is the reader's own, since a time that runs is theirs. `address` gives what a link
    of a lesson opens, by the ids of both, nothing where it opens as it is.
    """

    sitting: Sitting
    setting: Setting
    time_zone: str
    address: Callable[[str, str], str]

    @property
    def texts(self) -> Texts:
        """The reader's texts."""
        return self.setting.texts

    @property
    def host(self) -> Host:
        """Where the screen is."""
        return self.setting.host

    def button(self, verb: str, title: str, *names: object) -> Action:
        """Give a button that sends no inputs."""
        return opens(self.host, self.to(verb, *names), title)

    def leaves(self, verb: str, title: str, *names: object) -> Action:
        """Give a button away from the page; what is typed into a question is sent, to be kept."""
        page, here = self.sitting.page, self.to(verb, *names)
        if page is None or not page.parts or self.sitting.at:
            return opens(self.host, here, title)
        left = (LEFT, f"{self.sitting.number} {page.id}")
        return submits(self.host, replace(here, hidden=(left,)), title)

    def to(self, verb: str, *names: object) -> Envelope:
        """Give what a button means: a verb, and which attempt, page or part of it."""
        argument = " ".join(str(name) for name in names)
        return Envelope(verb, self.sitting.action.id, argument)

    def clock(self, at: datetime) -> str:
        """Give a moment in the reader's zone: today's without the day."""
        local, time_zone = zone(self.time_zone), self.time_zone
        here = at.astimezone(local)
        if here.date() == self.sitting.now.astimezone(local).date():
            return self.texts.clock(here.time())
        return self.texts.moment(at, time_zone)

    def moment(self, at: datetime) -> str:
        """Give a moment of the past or of the calendar, as the card in the chat gives them."""
        return self.texts.moment(at, self.sitting.action.time_zone)

    def day(self, at: datetime) -> str:
        """Give the day of a moment that may be years away, with its year."""
        return self.texts.day(at.astimezone(zone(self.sitting.action.time_zone)).date())


def screen(seat: Seat, body: Callable[[int], Sequence[CardElement]]) -> Screen:
    """Give a screen with the longest texts that fit; `body` is what is below its head."""
    shown = (
        card(seat.texts, [*head(seat, min(longest, 500)), *body(longest)]) for longest in LENGTHS
    )
    return Screen(name_of(seat.sitting.action.kind, seat.texts), fitting(shown), stays=True)


def head(seat: Seat, longest: int) -> Iterator[CardElement]:
    """Give what stands above every screen: what it is, and why the last press did not count."""
    yield from top(seat.sitting.action, seat.texts, is_open=seat.sitting.is_open, longest=longest)
    if seat.setting.notice:
        yield warning(seat.setting.notice)


def time_lines(seat: Seat) -> Iterator[str]:
    """Give how much time is left of an attempt under way, and until when by the clock."""
    sitting, texts = seat.sitting, seat.texts
    left, running = sitting.seconds_left, sitting.running
    if left is not None and running is not None:
        until = seat.clock(running.ends_at(sitting.exam))
        yield texts("⏱ {span} left, until {moment}", span=texts.span(left), moment=until)


def where(seat: Seat) -> Iterator[str]:
    """Give which page this is, of how many."""
    place, total = seat.sitting.place, len(seat.sitting.pages)
    if seat.sitting.exam.is_course:
        yield seat.texts("Page {number} of {total}", number=place, total=total)
    else:
        yield seat.texts("Question {number} of {total}", number=place, total=total)


def pages_back(seat: Seat) -> Iterator[Action]:
    """Give the way back to the page before, where pages may be gone back to."""
    sitting = seat.sitting
    before = sitting.pages[: max(sitting.place - 1, 0)]
    given = sitting.attempts.attempts[-1].given if before else {}
    seen = [page for page in before if page.id in given]
    if sitting.exam.is_course and seen:
        yield seat.leaves("take.page", seat.texts("Back"), seen[-1].id)


def pages_on(seat: Seat) -> Iterator[Action]:
    """Give the way on from a page that was gone back to: to the next one that was seen, or on."""
    sitting = seat.sitting
    after = sitting.pages[sitting.place :]
    given = sitting.attempts.attempts[-1].given if after else {}
    seen = [page for page in after if page.id in given]
    if seen:
        yield seat.button("take.page", seat.texts("Next"), seen[0].id)
    else:
        yield seat.button("take.page", seat.texts("Continue"))

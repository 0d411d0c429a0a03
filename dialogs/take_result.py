"""The result of a quiz or training: what an attempt came to, the other attempts, what follows."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement, Container, OpenUrlAction, TextBlock

from actions.attempts import Attempt
from actions.certificates import Certificate
from actions.completing import is_completed
from actions.policy import sees_leaderboard, sees_results
from cards.markdown import plain
from cards.parts import buttons, label, note, said, success
from dialogs.screen import Screen
from dialogs.take_frame import Seat, screen
from dialogs.take_outcome import in_short, outcome

NEWEST = 8
"""How many of someone's attempts the result lists."""


def result_screen(seat: Seat, number: int) -> Screen:
    """Give what an attempt that has ended came to, by its number."""
    attempt = seat.sitting.attempts.attempts[number - 1]

    def body(longest: int) -> list[CardElement]:
        del longest
        return [
            *_which(seat, attempt, number),
            *outcome(seat, attempt),
            *(note(line) for line in _standing(seat)),
            *_others(seat, number),
            *buttons(_buttons(seat, number)),
        ]

    return screen(seat, body)


def certificate_screen(seat: Seat, certificate: Certificate, address: str) -> Screen:
    """Give someone's certificate: its code, and where it is had; no `address` where nowhere."""
    texts = seat.texts

    def body(longest: int) -> list[CardElement]:
        del longest
        return [
            success(texts("This is your certificate.")),
            *said(certificate.name, 300),
            label(texts("Verification code")),
            TextBlock(text=plain(certificate.code), font_type="Monospace", wrap=True),
            *(note(line) for line in _certified(seat, certificate)),
            *([] if address else [note(_nowhere(seat))]),
            *buttons(_certificate_buttons(seat, address)),
        ]

    return screen(seat, body)


def _which(seat: Seat, attempt: Attempt, number: int) -> Iterator[CardElement]:
    """Say which attempt it is, when it ended and how long it took."""
    texts, ended = seat.texts, attempt.ended or attempt.began
    words = [seat.moment(ended), texts.span(attempt.seconds)]
    if len(seat.sitting.attempts.attempts) > 1:
        words.insert(0, texts("Attempt {number}", number=number))
    yield note(" · ".join(words))


def _standing(seat: Seat) -> Iterator[str]:
    """Say which attempt counts, until when what was completed holds, and what is left."""
    sitting, texts = seat.sitting, seat.texts
    attempts = sitting.attempts
    ended = [one for one in attempts.attempts[attempts.lapsed :] if one.ended is not None]
    best, place = attempts.best, attempts.counting
    # Which was the best tells, with a few attempts, what is right.
    if best is not None and place is not None and len(ended) > 1 and sitting.shows_score(best):
        number, result = place + 1, in_short(seat, best)
        yield texts("Attempt {number} counts: {result}", number=number, result=result)
    until = attempts.holds_until(sitting.content)
    if until is not None:
        yield texts("Valid until {day}", day=seat.day(until))
    elif attempts.lapsed == len(attempts.attempts):
        yield texts("This is no longer valid. Take it again.")
    if not sitting.is_open:
        yield texts("This is closed.")
    elif sitting.left is not None and sitting.exam.attempts > 1:
        yield texts.many("{count} attempt is left.", "{count} attempts are left.", sitting.left)


def _others(seat: Seat, number: int) -> Iterator[CardElement]:
    """List the attempts, the newest first; a tap on one leads to its result."""
    every = seat.sitting.attempts.attempts
    ended = [(n, one) for n, one in enumerate(every, 1) if one.ended is not None]
    if ended == ended[:1]:
        return
    yield label(seat.texts("Your attempts"))
    for place, attempt in reversed(ended[-NEWEST:]):
        yield _other(seat, place, attempt, is_here=place == number)
    if len(ended) > NEWEST:
        more = len(ended) - NEWEST
        yield note(seat.texts.many("and {count} earlier one", "and {count} earlier ones", more))


def _other(seat: Seat, number: int, attempt: Attempt, *, is_here: bool) -> CardElement:
    texts, ended = seat.texts, attempt.ended or attempt.began
    title = texts("Attempt {number}", number=number)
    result = in_short(seat, attempt)
    if number <= seat.sitting.attempts.lapsed:
        result = f"{result} · {texts('no longer valid')}"
    when = f"{seat.moment(ended)} · {texts.span(attempt.seconds)}"
    return Container(
        style="emphasis",
        rounded_corners=True,
        spacing="Small",
        select_action=None if is_here else seat.button("take.result", title, number),
        items=[
            TextBlock(text=f"{title} · {result}", weight="Bolder", wrap=True),
            TextBlock(text=when, is_subtle=True, size="Small", wrap=True, spacing="None"),
        ],
    )


def _buttons(seat: Seat, number: int) -> Iterator[Action]:
    sitting, texts = seat.sitting, seat.texts
    if is_completed(sitting):
        yield seat.button("take.certificate", texts("Certificate"))
    if sitting.content.keys:
        yield seat.button("take.review", texts("My answers"), number, 1)
    if sitting.running is not None:
        yield seat.button("take.page", texts("Continue"))
    elif sitting.may_begin:
        yield seat.button("open", texts("Take it again"))
    elif sitting.exam.is_course:
        # What was learned can be read again, also where it cannot be taken again.
        yield seat.button("open", texts("Contents"), 0)
    action, person, is_open = sitting.action, sitting.person, sitting.is_open
    if sees_leaderboard(action, person, responded=True, is_open=is_open):
        yield seat.button("leaders", texts("Leaderboard"))
    if sees_results(action, person, responded=True, now=sitting.now):
        yield seat.button("results", texts("Results"))


def _certified(seat: Seat, certificate: Certificate) -> Iterator[str]:
    texts = seat.texts
    yield texts("Completed {moment}", moment=seat.moment(certificate.completed_at))
    if certificate.valid_until is not None:
        yield texts("Valid until {day}", day=seat.day(certificate.valid_until))


def _nowhere(seat: Seat) -> str:
    return seat.texts(
        "I have no address on the web, so the certificate cannot be opened or downloaded. "
        "Ask whoever runs me to give me one; the code stays the same."
    )


def _certificate_buttons(seat: Seat, address: str) -> Iterator[Action]:
    texts = seat.texts
    if address:
        yield OpenUrlAction(title=texts("Download as PDF"), url=f"{address}.pdf")
        yield OpenUrlAction(title=texts("Confirmation"), url=address)
    yield seat.button("take.result", texts("My result"))

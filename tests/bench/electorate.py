"""Who votes: the people of a chat and their presses on a poll there, built beforehand."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

import orjson

from bot.tokens import REMEMBERED
from tests.bench.load import Press
from tests.teams import Message, Teams, User, activities
from tests.teams.cards import Card, find_action
from tests.teams.chats import CARD_TYPE

OPTIONS = ("Pizza", "Sushi", "Salad")

FEW_TOKENS = 4
"""How many tokens Teams has in use at a time; it sends each many times."""

MANY_TOKENS = REMEMBERED + 200
"""More than the bot remembers: taken in turn, each is new to it."""

ANY_CARD = CARD_TYPE.encode()

NextPress = Callable[[], Press | None]


class Electorate:
    """The presses of many people on the rows of one poll."""

    def __init__(self, teams: Teams, people: Sequence[User], message: Message) -> None:
        """Prepare for the poll in `message`."""
        self.size = len(people)
        taps = [find_action(message.card, f"Choose {option}") for option in OPTIONS]
        self._bodies = [[_body(teams, one, message, tap) for tap in taps] for one in people]
        self._votes = [f"You voted: {option}".encode() for option in OPTIONS]
        self._few, self._many = _heads(teams, FEW_TOKENS), _heads(teams, MANY_TOKENS)

    def press(self, number: int, *, fresh_token: bool = False, any_card: bool = False) -> Press:
        """Give one press; `any_card` is for servers whose card is always the same."""
        heads = self._many if fresh_token else self._few
        option = self._option(number)
        body = self._bodies[number % self.size][option]
        request = b"%b%d\r\n\r\n%b" % (heads[number % len(heads)], len(body), body)
        return Press(request, ANY_CARD if any_card else self._votes[option])

    def standing(self, pressed: int) -> dict[str, int]:
        """Give the votes for each option after so many presses, each person's last one."""
        last = range(max(0, pressed - self.size), pressed)
        counts = Counter(OPTIONS[self._option(number)] for number in last)
        return {option: counts[option] for option in OPTIONS}

    def _option(self, number: int) -> int:
        """Neighbours choose differently, and every further press of a person is a change."""
        turn, person = divmod(number, self.size)
        return (turn + person) % len(OPTIONS)


class Presses:
    """What one server has been pressed so far; people come in turn, and come back."""

    def __init__(self, electorate: Electorate, *, any_card: bool = False) -> None:
        """Begin with nothing pressed."""
        self.electorate = electorate
        self.count = 0
        self._any_card = any_card

    def up_to(self, count: int) -> NextPress:
        """Press until there were so many in all."""
        return lambda: self._next() if self.count < count else None

    def for_seconds(self, seconds: float, *, fresh_token: bool = False) -> NextPress:
        """Press for some time from now."""
        end = time.perf_counter() + seconds
        return lambda: self._next(fresh_token=fresh_token) if time.perf_counter() < end else None

    def standing(self) -> dict[str, int]:
        """Give the votes for each option by now."""
        return self.electorate.standing(self.count)

    def _next(self, *, fresh_token: bool = False) -> Press:
        self.count += 1
        return self.electorate.press(
            self.count - 1, fresh_token=fresh_token, any_card=self._any_card
        )


def _body(teams: Teams, person: User, message: Message, tap: Card) -> bytes:
    action = {key: tap[key] for key in ("type", "title", "verb", "data") if key in tap}
    value = {"action": action, "trigger": "manual"}
    return orjson.dumps(
        activities.invoke(teams.state, person, message.chat, "adaptiveCard/action", value, message)
    )


def _heads(teams: Teams, count: int) -> list[bytes]:
    """Give the requests' heads up to the length's figure, each with a token of its own."""
    tokens = [teams.token(expires_in=3600 + number) for number in range(count)]
    return [
        b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %b\r\nContent-Length: " % token.encode()
        for token in tokens
    ]

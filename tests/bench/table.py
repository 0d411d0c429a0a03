"""The figures as a table: medians over the rounds, ratios within each round."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from statistics import median

from tests.bench.rounds import CLIENTS, FRESH, FRESH_CLIENTS, Cell, Outcome

HEADINGS = (
    *("database", "server", "clients", "votes/s", "x bare", "x stock", "p50 ms", "p99 ms"),
    *("CPU ms", "CPU x bare", "server %", "others %", "load's core %", "MiB"),
)
SATURATED = 0.95
"""The share of its core from which on the load may be what holds a server back."""

OF_BARE, OF_STOCK = 0.5, 20.0
"""What Muster shall reach."""


def table(outcomes: Sequence[Outcome]) -> str:
    """Give a Markdown table."""
    return aligned([HEADINGS, *chain.from_iterable(_rows(outcome) for outcome in outcomes)])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Give rows as a Markdown table, the headings first."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = f"|{'|'.join('-' * (width + 1) + ':' for width in widths)}|"
    return "\n".join([lines[0], rule, *lines[1:]])


def remarks(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Give what is to be known when reading the table."""
    for outcome in outcomes:
        of_bare, of_stock = (_ratio(outcome, "muster", FRESH_CLIENTS, to) for to in _BESIDE)
        yield (
            f"{outcome.database}, {FRESH_CLIENTS} clients: {of_bare:.2f} of the bare handler "
            f"({_met(of_bare, OF_BARE)} of {OF_BARE}), {of_stock:.0f} times the stock SDK "
            f"({_met(of_stock, OF_STOCK)} of {OF_STOCK:.0f}); the answer has "
            f"{outcome.answer_size:,} bytes."
        )
        cells = list(chain.from_iterable(outcome.rounds))
        full = sum(cell.load_core_share >= SATURATED for cell in cells)
        yield (
            f"{outcome.database}: the load itself took at most "
            f"{max(cell.load_share for cell in cells):.0%} of its core, which was full in "
            f"{full} of {len(cells)} turns (*); "
            f"other programs took {median(cell.others_share for cell in cells):.0%} of the "
            "server's core."
        )


_BESIDE = ("bare", "stock")


def _rows(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    for clients in CLIENTS:
        names = ["muster", FRESH, *_BESIDE] if clients == FRESH_CLIENTS else ["muster", *_BESIDE]
        for name in names:
            yield _row(outcome, name, clients)


def _row(outcome: Outcome, name: str, clients: int) -> tuple[str, ...]:
    cells = _cells(outcome, name, clients)

    def middle(of: Callable[[Cell], float]) -> float:
        return median(map(of, cells))

    core = middle(lambda cell: cell.load_core_share)
    return (
        outcome.database,
        name,
        str(clients),
        f"{middle(lambda cell: cell.rate):,.0f}",
        *(f"{_ratio(outcome, name, clients, to):.2f}" for to in _BESIDE),
        f"{middle(lambda cell: cell.p50):.2f}",
        f"{middle(lambda cell: cell.p99):.1f}",
        f"{middle(lambda cell: cell.cpu):.3f}",
        f"{_ratio(outcome, 'bare', clients, name, lambda cell: cell.cpu):.2f}",
        f"{middle(lambda cell: cell.server_share):.0%}",
        f"{middle(lambda cell: cell.others_share):.0%}",
        f"{core:.0%}{'*' if core >= SATURATED else ''}",
        f"{middle(lambda cell: cell.memory):.0f}",
    )


def _cells(outcome: Outcome, name: str, clients: int) -> list[Cell]:
    """Give the cell of each round."""
    return [
        cell
        for cells in outcome.rounds
        for cell in cells
        if (cell.name, cell.clients) == (name, clients)
    ]


def _ratio(
    outcome: Outcome,
    name: str,
    clients: int,
    to: str,
    of: Callable[[Cell], float] = lambda cell: cell.rate,
) -> float:
    """Give the median of the rounds' ratios: a noisy machine is as noisy for both."""
    ours, theirs = _cells(outcome, name, clients), _cells(outcome, to, clients)
    pairs = [(of(one), of(other)) for one, other in zip(ours, theirs, strict=True)]
    return median(one / other if other else 0.0 for one, other in pairs)


def _met(ratio: float, goal: float) -> str:
    return "goal reached" if ratio >= goal else "short of the goal"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [text.rjust(width) for text, width in zip(row, widths, strict=True)]
    return f"| {' | '.join(cells)} |"

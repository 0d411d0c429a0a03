"""How many answers lie where: columns, or rows where there are no charts (teams.md §4)."""

from collections.abc import Sequence

from microsoft_teams.cards.core import (
    CardElement,
    Container,
    VerticalBarChart,
    VerticalBarChartDataValue,
)

from cards.asking import Showing, bar_row


def histogram(title: str, bins: Sequence[tuple[str, int]], showing: Showing) -> CardElement:
    """Give the bins, each a name in our words and how many answers it holds; one at least."""
    answered = max(sum(count for _, count in bins), 1)
    rows = [bar_row(name, count, count / answered, showing) for name, count in bins]
    return VerticalBarChart(
        title=title,
        show_title=True,
        show_bar_values=True,
        data=[VerticalBarChartDataValue(x=name, y=count) for name, count in bins],
        spacing="Medium",
        fallback=Container(items=rows, spacing="Medium"),
    )

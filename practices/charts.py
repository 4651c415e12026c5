"""Where the bars and columns of a chart stand, and how long they are. Pure: numbers in, numbers out.

Lengths across the page are per cent, so that a chart is as wide as there is room and its words keep their size; heights
of columns are pixels. A part of a bar (the winners among the practices) is drawn to the same scale as the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, log10

TALLEST = 200  # pixels, for the top of the scale of columns
LEAST = 1.0  # per cent or pixels of a number that is there, however small beside the others
MOST_STEPS = 4  # lines of a scale above nought
BROAD = 0.56  # of a column's place; the rest is air


@dataclass(frozen=True)
class Item:
    """A number with its name. `part` of it is shown apart; `None` for a number that is not known."""

    label: str
    value: int | Decimal | None
    part: int | Decimal = 0
    percent: int | None = None


@dataclass(frozen=True)
class Bar:
    """A lying bar, in per cent of the room."""

    item: Item
    width: float
    part_width: float


@dataclass(frozen=True)
class Column:
    """A standing column: `left`, `width` and `middle` in per cent, heights and `y` (from the top) in pixels."""

    item: Item
    left: float
    width: float
    middle: float
    y: float
    height: float
    part_y: float
    part_height: float


@dataclass(frozen=True)
class Step:
    """A line of the scale."""

    value: int
    y: float


@dataclass(frozen=True)
class Columns:
    """Columns beside each other, with the scale behind them."""

    columns: list[Column]
    steps: list[Step]
    height = TALLEST


def bars(items: Iterable[Item]) -> list[Bar]:
    """A bar for every number that is known and not nought; the longest takes all the room."""
    known = [item for item in items if item.value]
    most = max((item.value for item in known), default=0)
    return [Bar(item, _length(item.value, most, 100), _length(item.part, most, 100)) for item in known]


def columns(items: Iterable[Item]) -> Columns | None:
    """A column for each item in its place, those unknown without height; `None` where there is nothing to draw."""
    shown = list(items)
    most = max((item.value or 0 for item in shown), default=0)
    if not most:
        return None
    values = scale(int(most))
    top = values[-1]
    place = 100 / len(shown)
    return Columns(
        columns=[_column(item, index, place, top) for index, item in enumerate(shown)],
        steps=[Step(value, TALLEST - _length(value, top, TALLEST)) for value in values],
    )


def scale(most: int) -> list[int]:
    """Round numbers from nought to `most` or just above it: 0, 50, 100, 150 for 109."""
    rough = most / MOST_STEPS
    power = 10 ** max(ceil(log10(rough)) - 1, 0) if rough > 1 else 1
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return list(range(0, most + step, step))


def _column(item: Item, index: int, place: float, top: int) -> Column:
    height, part = _length(item.value or 0, top, TALLEST), _length(item.part, top, TALLEST)
    width = place * BROAD
    middle = place * (index + 0.5)
    return Column(
        item=item,
        left=round(middle - width / 2, 2),
        width=round(width, 2),
        middle=round(middle, 2),
        y=TALLEST - height,
        height=height,
        part_y=TALLEST - part,
        part_height=part,
    )


def _length(value, most, room: int) -> float:
    return max(round(float(value) / float(most) * room, 1), LEAST) if value else 0.0

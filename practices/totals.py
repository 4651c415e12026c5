"""Sums of a table of costs: by source, in all, and beside what its author has added up. Pure.

The editor, the public page and the PDF read costs here, so that they never show different figures.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from practices import codes
from practices.amounts import is_dash, is_total_row, read_money

_A_SUM = re.compile(r"руб|₽|тыс|млн|млрд|т\.\s?р|\d\s?\d{3}", re.IGNORECASE)


@dataclass(frozen=True)
class Share:
    """What one source of funding gives, and its part of the whole in per cent."""

    source: str
    amount: Decimal
    percent: int


@dataclass(frozen=True)
class Costs:
    """A table of costs as far as it can be read. `unread` counts the lines whose amount is no number.

    `continued` counts the lines whose source was taken from the line above.
    """

    total: Decimal
    shares: list[Share]
    lines: int
    unread: int
    continued: int = 0


@dataclass(frozen=True)
class Line:
    """One row of the table. `source_above`: the source of an earlier row that goes on in this one, which names none.

    `expected`: for a row of totals that does not agree with the lines, what these come to.
    """

    amount: Decimal | None = None
    source: str = ""
    source_above: str = ""
    is_total: bool = False
    is_blank: bool = False
    expected: Decimal | None = None

    @property
    def counts(self) -> bool:
        return not self.is_total and not self.is_blank


@dataclass(frozen=True)
class Tally:
    """Every row as it counts, and what they come to; `costs` is None when no amount can be read."""

    lines: list[Line]
    costs: Costs | None

    @property
    def whole(self) -> Costs | None:
        """The sums, but only when every line could be read: half a sum would mislead a reader."""
        return self.costs if self.costs and not self.costs.unread else None


def tally(rows: Iterable[dict], *, amount: str = codes.AMOUNT, source: str = codes.SOURCE) -> Tally:
    """Add up rows of cells; `amount` and `source` are the codes of their columns.

    A row without a source goes on with the source above: in Word it is written once and its cell merged down. A row
    of dashes or of totals ends that.
    """
    lines: list[Line] = []
    above = ""
    for row in rows:
        cells = {name: cell for name, cell in row.items() if name != "id"}
        named = " ".join(cells.get(source, "").split())
        if not any(cell.strip() for cell in cells.values()):
            lines.append(Line(is_blank=True))
        elif is_total_row(cells.values()):
            above = ""
            lines.append(Line(_total_of(cells, amount), named, is_total=True))
        else:
            above = above if not named else "" if is_dash(named) else named
            lines.append(Line(read_money(cells.get(amount, "")), above, source_above="" if named else above))
    costs = _add_up([line for line in lines if line.counts])
    return Tally(_compared(lines) if costs and not costs.unread else lines, costs)


def _total_of(cells: dict, amount: str) -> Decimal | None:
    """The sum that the author wrote: in its column, or in the cell of its label («Итого: 365 000 руб.»)."""
    own = read_money(cells.get(amount, ""))
    if own is not None:
        return own
    labels = [cell for name, cell in cells.items() if name != amount and _A_SUM.search(cell)]
    return next((number for cell in labels if (number := read_money(cell)) is not None), None)


def _add_up(lines: list[Line]) -> Costs | None:
    names: dict[str, str] = {}
    amounts: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None:
            key = source_key(line.source)
            names.setdefault(key, line.source)
            amounts[key] = amounts.get(key, Decimal(0)) + line.amount
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return None
    parts = percents(list(amounts.values()))
    shares = [Share(names[key], amount, part) for (key, amount), part in zip(amounts.items(), parts, strict=True)]
    return Costs(
        total=total,
        shares=sorted(shares, key=lambda share: -share.amount),
        lines=len(lines),
        unread=sum(line.amount is None for line in lines),
        continued=sum(bool(line.source_above) for line in lines),
    )


def source_key(source: str) -> str:
    """What is the same source to a reader: without case, spaces, dots, quotes; ё as е."""
    plain = unicodedata.normalize("NFKC", source).casefold().replace("ё", "е")
    return "".join(letter for letter in plain if letter.isalnum())


def _compared(lines: list[Line]) -> list[Line]:
    """The lines with what each row of totals should say: all so far, all since the last such row, or all there is."""
    whole = sum((line.amount for line in lines if line.counts), Decimal(0))
    compared, so_far, part = [], Decimal(0), Decimal(0)
    for line in lines:
        if line.counts:
            so_far += line.amount
            part += line.amount
        elif line.is_total:
            if line.amount not in {None, so_far, part, whole}:
                line = replace(line, expected=so_far or whole)
            part = Decimal(0)
        compared.append(line)
    return compared


def percents(amounts: list[Decimal]) -> list[int]:
    """Whole per cents that add up to 100: those with the largest remainders are rounded up."""
    total = sum(amounts)
    exact = [amount * 100 / total for amount in amounts]
    whole = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: 100 - sum(whole)]:
        whole[index] += 1
    return whole

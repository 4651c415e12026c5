"""What the portal reads beside the words of a form's table: sums, links, contacts, and what looks like a slip. Pure.

Nothing read here is stored or stands in anybody's way; the words stay as they were typed.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from practices import amounts, blocks, codes, links, totals
from practices.contacts import Contacts, Person, read_contacts, read_persons

# The whole period is no sum of the years where a share or a mean is measured.
_NO_SUM = re.compile(r"%|процент|дол[яи]\b|средн|уров(?:ень|ня)|коэффициент|индекс|рейтинг|место\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shrunken:
    """The value for the whole period is less than that of its last year: a figure may be missing."""

    whole: Decimal
    last_year: Decimal


@dataclass(frozen=True)
class Reading:
    """What is read of one cell; an empty one says nothing.

    `is_unread`: a sum that cannot be read. `source_above`: this row goes on with the source of a row above.
    `is_total`: the row only adds others up; `expected`, what it should come to where it does not.
    """

    roubles: Decimal | None = None
    number: Decimal | None = None
    is_unread: bool = False
    is_total: bool = False
    expected: Decimal | None = None
    source_above: str = ""
    addresses: links.Addresses | None = None
    persons: list[Person] = field(default_factory=list)
    contacts: Contacts | None = None
    shrunken: Shrunken | None = None

    @property
    def is_warning(self) -> bool:
        return bool(self.shrunken or self.expected is not None)


@dataclass(frozen=True)
class TableReading:
    """What is read of a table. `cells` are by row, in the order of the rows, and by the column's code."""

    cells: list[dict[str, Reading]]
    costs: totals.Costs | None = None

    @property
    def warnings(self) -> list[tuple[int, Reading]]:
        """(the row's number, the reading that warns)."""
        return [(number, cell) for number, row in enumerate(self.cells, 1) for cell in row.values() if cell.is_warning]


def read_table(table: blocks.Table, rows: list[dict]) -> TableReading:
    """Read the rows as they stand, blank ones included."""
    columns = {column.code: column for column in table.columns}
    has_costs = columns.keys() >= {codes.AMOUNT, codes.SOURCE} and columns[codes.AMOUNT].kind == "money"
    tally = totals.tally(rows) if has_costs else None
    cells = [{code: _read_cell(column, row.get(code, "")) for code, column in columns.items()} for row in rows]
    for row, read in zip(rows, cells, strict=True):
        if columns.keys() >= {codes.LAST_YEAR, codes.WHOLE_PERIOD} and (shrunken := _shrunken(table, row)):
            read[codes.WHOLE_PERIOD] = Reading(shrunken=shrunken)
    for line, read in zip(tally.lines if tally else [], cells, strict=bool(tally)):
        if line.is_total:
            read[codes.AMOUNT] = Reading(roubles=line.amount, is_total=True, expected=line.expected)
        elif line.source_above:
            read[codes.SOURCE] = Reading(source_above=line.source_above)
    return TableReading(cells, tally.costs if tally else None)


def _read_cell(column: blocks.Column, text: str) -> Reading:
    text = text.strip()
    if not text or amounts.is_dash(text):
        return Reading()
    match column.kind:
        case "money":
            roubles = amounts.read_money(text)
            return Reading(roubles=roubles, is_unread=roubles is None)
        case "number":
            return Reading(number=_more_than_written(text))
        case "url":
            return Reading(addresses=links.read_cell(text))
        case "person":
            return Reading(persons=read_persons(text))
        case "contact":
            return Reading(contacts=read_contacts(text))
    return Reading()


def _more_than_written(text: str) -> Decimal | None:
    """The number of a text that says it otherwise («1,5 тыс. человек»); nothing where it stands there as it is."""
    number = amounts.read_number(text)
    if number is None:
        return None
    found = amounts.quantities(text)
    return None if len(found) == 1 and found[0].scale == 1 else number


def _shrunken(table: blocks.Table, row: dict) -> Shrunken | None:
    words = " ".join(row.get(column.code, "") for column in table.columns)
    whole = amounts.read_number(row.get(codes.WHOLE_PERIOD, ""))
    last_year = amounts.read_number(row.get(codes.LAST_YEAR, ""))
    if None in {whole, last_year} or whole >= last_year or _NO_SUM.search(words):
        return None
    return Shrunken(whole, last_year)

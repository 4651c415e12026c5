"""Which column of the form a column of a pasted table is, by its header or by order: a guess for a person to check."""

import re
from dataclasses import dataclass

from practices import blocks
from practices.amounts import is_total_row, read_number
from practices.documents.word_columns import NUMBER_LABELS, Header, covers, leaves_of, match
from practices.documents.word_flow import Cell, Paragraph
from practices.documents.word_keys import short_key
from practices.pasted import Grid

LONGEST_HEADER = 3
_ROW_NUMBER = re.compile(r"^[\d\s.,)№]*$")


@dataclass(frozen=True)
class Guess:
    """`columns`: for each column of the grid a code of the form's, or "" for one that has no place.

    `numbers`: the column that only counts rows. `totals`: the rows that only add others up.
    """

    columns: list[str]
    header_rows: int
    numbers: int | None
    totals: list[int]


def guess(grid: Grid, table: blocks.Table) -> Guess:
    """Read the grid's header as one of this table; without one the columns stand in their order."""
    header = _header(grid, table)
    if header is not None:
        columns = [""] * grid.width
        for leaf in header.leaves:
            if leaf.column is not None:
                columns[leaf.start] = leaf.column.code
        rows = header.rows
        numbers = _numbers(grid, rows) if not columns[0] else None
    else:
        rows = int(_has_words_above_numbers(grid))
        numbers = _numbers(grid, rows)
        free = [column for column in range(grid.width) if column != numbers]
        codes = dict(zip(free, (column.code for column in table.columns), strict=False))
        columns = [codes.get(column, "") for column in range(grid.width)]
    has_money = any(column.kind == "money" for column in table.columns)
    totals = [n for n in range(rows, len(grid.rows)) if has_money and is_total_row(cell.text for cell in grid.rows[n])]
    return Guess(columns, rows, numbers, totals)


def _header(grid: Grid, table: blocks.Table) -> Header | None:
    found = []
    for count in range(1, LONGEST_HEADER + 1):
        taken = [_word_cells(row) for row in grid.rows[:count]]
        if len(taken) < count:
            break
        header = Header(table, leaves_of(taken), count)
        match(header)
        if header.matched and 2 * header.matched >= len(table.columns) and covers(header, taken):
            found.append(header)
    return max(found, key=lambda header: (header.matched, header.merit, -header.rows), default=None)


def _word_cells(row) -> list[Cell]:
    """A row as the reader of Word files knows it: a merged cell is one with a span."""
    cells = []
    for column, cell in enumerate(row):
        if cell.merged == "left" and cells:
            cells[-1].span += 1
        else:
            items = [Paragraph(cell.text)] if cell.text else []
            cells.append(Cell(items, column=column, continues=cell.merged == "above"))
    return cells


def _numbers(grid: Grid, header_rows: int) -> int | None:
    """The first column, when it holds nothing but numbers of rows."""
    first = [row[0].text for row in grid.rows[header_rows:] if not is_total_row([row[0].text])]
    says_so = header_rows and short_key(grid.rows[0][0].text) in NUMBER_LABELS and grid.rows[0][0].text
    counted = [int(digits) for text in first if (digits := re.sub(r"\D", "", text))]
    counts_up = counted == list(range(1, len(counted) + 1)) and len(counted) > 1
    is_plain = all(_ROW_NUMBER.match(text) for text in first)
    return 0 if is_plain and grid.width > 1 and (says_so or counts_up) else None


def _has_words_above_numbers(grid: Grid) -> bool:
    """Whether the first row is a header of other words than the form's: words where all the rows below are numbers."""
    if len(grid.rows) < 2 or any(read_number(cell.text) is not None for cell in grid.rows[0]):
        return False
    return any(
        grid.rows[0][column].text and all(_is_number(row[column].text) for row in grid.rows[1:])
        for column in range(grid.width)
    )


def _is_number(text: str) -> bool:
    return read_number(text) is not None and len(text) <= 24

"""Reads the rows of the form's own tables out of a section's content.

A table is known by its header, however many rows that has; without one, by its caption and the number of its columns.
Tables flattened to tabs, lists in place of a one-column table and «label: value» lines in place of a one-row table are
read as well. Whatever finds no column is handed back as it stands.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from practices import blocks
from practices.documents.word_columns import ALIKE, Header, Leaf, covers, leaves_of, likeness, match, pairs
from practices.documents.word_flow import WIDEST, Cell, Paragraph, Table, lines_of
from practices.documents.word_headings import Titles
from practices.documents.word_keys import after, key, short_key, similarity, split_number

ALIKE_CAPTION = 0.85
HEADER_ROWS = (1, 2, 3)
ROW_NUMBER = re.compile(r"^[\s\d.,)(№*-]*$")
DASHES = re.compile(r"^[\s–—−‒-]+$")
TOTAL = re.compile(r"^\s*(итого|всего)\b", re.IGNORECASE)


@dataclass
class PlacedTables:
    tables: dict[str, list[dict]]
    unplaced: list[str] = field(default_factory=list)
    doubts: list[tuple[str, dict]] = field(default_factory=list)
    merged: list[dict] = field(default_factory=list)  # cells that go on from the row above: {"table", "column", "row"}
    misfits: int = 0  # how badly the file's tables suit this edition's

    def leave(self, text: str, doubt: str, **particulars) -> None:
        if text.strip():
            self.unplaced.append(text.strip())
            self.doubt(doubt, **particulars)

    def doubt(self, doubt: str, **particulars) -> None:
        if (doubt, particulars) not in self.doubts:
            self.doubts.append((doubt, particulars))


def place_tables(shape: blocks.Tables, content: list, titles: Titles) -> PlacedTables:
    return _Placing(shape, titles).place(content)


class _Placing:
    def __init__(self, shape: blocks.Tables, titles: Titles):
        self.shape = shape
        self.titles = titles
        self.placed = PlacedTables({table.name: [] for table in shape.tables})
        self.captioned: blocks.Table | None = None  # named by the last caption
        self.header: Header | None = None  # of the last table, for one that a page break cut in two

    def place(self, content: list) -> PlacedTables:
        lines: list[Paragraph] = []
        for item in self._unboxed(content):
            if isinstance(item, Table):
                self._place_lines(lines)
                lines = []
                self._place_grid(item)
            elif (caption := self._caption(item.text)) is not None:
                self._place_lines(lines)
                self.captioned, rest = caption
                self.header = None
                lines = [Paragraph(rest)] if rest else []
            elif item.text.strip() and not self.titles.is_printed(item.text):
                lines.append(item)
        self._place_lines(lines)
        return self.placed

    def _unboxed(self, items: list):
        """Boxes around a table or around text are opened; a table of ours that has but one column is none."""
        for item in items:
            if isinstance(item, Table) and is_box(item) and not self._is_our_single_column(item):
                for row in item.rows:
                    for cell in row:
                        yield from self._unboxed(cell.items)
            else:
                yield item

    def _is_our_single_column(self, box: Table) -> bool:
        cells = [cell for row in box.rows for cell in row]
        is_plain = all(isinstance(item, Paragraph) for cell in cells for item in cell.items)
        return len(box.rows) > 1 and is_plain and bool(self._headers(box, 0))

    def _caption(self, text: str) -> tuple[blocks.Table, str] | None:
        """The table of ours that a line announces, and what else it says."""
        _, words = split_number(text)
        said = short_key(words)
        for table in self.shape.tables:
            title = short_key(table.title)
            if title and (said == title or similarity(said, title) >= ALIKE_CAPTION):
                return table, ""
            begun, colon, rest = words.partition(":")
            if title and colon and short_key(begun) == title:
                return table, rest.strip()
        return None

    # Lines of text where a table was expected

    def _place_lines(self, lines: list[Paragraph]) -> None:
        tabbed = next((n for n, line in enumerate(lines) if "\t" in line.text.strip()), None)
        if tabbed is not None:
            self._place_lines(lines[:tabbed])
            self.placed.doubt("from_text")
            self._place_grid(grid_of_tabs(lines[tabbed:]))
        elif lines and not self._place_labelled(lines):
            if len(self.shape.tables) == 1 and len(self.shape.tables[0].columns) == 1:
                self._place_list(lines)
            else:
                for line in lines:
                    self.placed.leave(line.full_text, "stray")

    def _place_labelled(self, lines: list[Paragraph]) -> bool:
        """«Количество граждан, участвующих в реализации практики: 140»."""
        table = self.shape.tables[0]
        if not table.single_row:
            return False
        row, column = {}, None
        for line in lines:
            found = next((c for c in table.columns if key(line.text).startswith(key(c.title))), None)
            if found is None and column is None:
                return False
            rest = line.full_text if found is None else after(line.text, len(key(found.title))).lstrip(" \t\n:–—-.")
            column = found or column
            row[column.code] = "\n".join(filter(None, [row.get(column.code, ""), rest.strip()]))
        self._add(table, row)
        return True

    def _place_list(self, lines: list[Paragraph]) -> None:
        """A list in place of a table with one column: a row for each item."""
        table = self.shape.tables[0]
        numbered = [bool(line.label) or split_number(line.text)[0] is not None for line in lines]
        rows: list[list[str]] = []
        for line, has_number in zip(lines, numbered, strict=True):
            if has_number or not any(numbered) or not rows:
                rows.append([split_number(line.text)[1].strip()])
            else:
                rows[-1].append(line.full_text)
        self.placed.doubt("from_text")
        for row in rows:
            self._add(table, {table.columns[0].code: "\n".join(row)})

    # Tables

    def _place_grid(self, grid: Table) -> None:
        position, merged = 0, Counter()
        if grid.width > WIDEST:
            self.placed.leave("\n".join(lines_of([grid])), "stray")
            return
        if self._place_transposed(grid):
            return
        while position < len(grid.rows):
            row = grid.rows[position]
            caption = (
                self._caption(row[0].text) if len([cell for cell in row if cell.text]) == 1 and row[0].text else None
            )
            header = self._header(grid, position)
            if caption is not None:
                self.captioned, rest = caption
                self.header = None
                self.placed.leave(rest, "stray")
                position += 1
            elif header is not None:
                self._take(header)
                position += header.rows
            else:
                self.header = self.header or self._headerless(grid.rows[position:])
                if self.header is None:
                    self.placed.leave("\n".join(lines_of([Table([row])])), "stray")
                else:
                    self._place_row(row, merged)
                position += 1
        for (column, words), rows in merged.items():
            self.placed.leave(words, "merged", column=column, words=words, rows=rows + 1)

    def _place_transposed(self, grid: Table) -> bool:
        """A one-row table turned on its side: our columns stand below each other."""
        table = self.shape.tables[0]
        if not table.single_row or any(len(row) < 2 for row in grid.rows):
            return False
        by_title = {}
        for row in grid.rows:
            by_title[next((c.code for c in table.columns if likeness(short_key(row[0].text), c) >= ALIKE), "")] = row[
                1:
            ]
        if set(by_title) != {column.code for column in table.columns}:
            return False
        self._add(table, {code: "\n".join(filter(None, (cell.text for cell in row))) for code, row in by_title.items()})
        return True

    def _headers(self, grid: Table, position: int) -> list[Header]:
        """Every way to read the rows from here on as the header of a table of ours."""
        found = []
        for table in self.shape.tables:
            for rows in HEADER_ROWS:
                taken = grid.rows[position : position + rows]
                header = Header(table, leaves_of(taken), rows)
                match(header)
                if len(taken) == rows and 2 * header.matched >= len(table.columns) and covers(header, taken):
                    found.append(header)
        return found

    def _header(self, grid: Table, position: int) -> Header | None:
        """The best of them. Further down only a whole header counts: a row may begin with a header's word."""
        found = self._headers(grid, position)
        if self.header is not None:
            found = [header for header in found if header.matched == len(header.table.columns)]
        if not found:
            return None
        return max(found, key=lambda header: (header.table is self.captioned, header.merit, -header.rows))

    def _take(self, header: Header) -> None:
        self.header = header
        self.placed.misfits += len(header.table.columns) - header.matched + len(header.strays)
        for leaf in header.strays:
            self.placed.leave(leaf.words, "extra_column", words=leaf.words)
        for leaf in header.leaves:
            if leaf.says_more:
                self.placed.leave(leaf.words, "header_says_more", words=leaf.words)
            if leaf.column and leaf.likeness < ALIKE:
                self.placed.doubt("column_guessed", words=leaf.words, column=leaf.column.title)

    def _headerless(self, rows: list[list[Cell]]) -> Header | None:
        """A table without a header, by its caption and the number of its columns."""
        widths = Counter(len(row) for row in rows)
        width = widths.most_common(1)[0][0]
        with_number = all(ROW_NUMBER.match(row[0].text) for row in rows if row)
        for table in [self.captioned] if self.captioned else self.shape.tables:
            first = width - len(table.columns)
            if first == 0 or (first == 1 and with_number):
                leaves = [Leaf(n, n + 1, "", is_number=n < first) for n in range(width)]
                for leaf, column in zip(leaves[first:], table.columns, strict=True):
                    leaf.column = column
                self.placed.doubt("no_header")
                return Header(table, leaves, 0)
        self.placed.misfits += 1
        return None

    def _place_row(self, cells: list[Cell], merged: Counter) -> None:
        header = self.header
        words: dict[str, str] = {}
        numbers = ""
        for cell, leaf in pairs(cells, header.leaves):
            if leaf is None or (leaf.column is None and not leaf.is_number):
                self.placed.leave(cell.text, "extra_column", words=leaf.words if leaf else "")
                self.placed.misfits += 1 if leaf is None and cell.text else 0
            elif leaf.is_number:
                numbers = cell.text
            else:
                code = leaf.column.code
                if code in words and not header.is_crowded:
                    header.is_crowded = True
                    self.placed.misfits += 1
                words[code] = "\n".join(filter(None, [words.get(code, ""), cell.text]))
        if ROW_NUMBER.match(numbers):
            numbers = ""
        if self._is_total(header.table, [numbers, *words.values()]):
            said = "\n".join(filter(None, [numbers, *words.values()]))
            self.placed.leave(said, "total", words=said)
            return
        self.placed.leave(numbers, "stray")
        if any(words.values()):
            self._count_merged(cells, merged)
            self._add(header.table, words)

    def _is_total(self, table: blocks.Table, words: list[str]) -> bool:
        """The sum below a table of money is no cost of its own; the portal adds up itself."""
        has_money = any(column.kind == "money" for column in table.columns)
        return has_money and any(TOTAL.match(word) for word in words if word)

    def _count_merged(self, cells: list[Cell], merged: Counter) -> None:
        """A cell merged over several rows is written into the first of them; the rest is for a person to decide."""
        rows = self.placed.tables[self.header.table.name]
        for cell, leaf in pairs(cells, self.header.leaves):
            if cell.continues and leaf is not None and leaf.column is not None and not cell.text:
                above = next((row[leaf.column.code] for row in reversed(rows) if row[leaf.column.code]), "")
                if above:
                    merged[leaf.column.title, above] += 1
                    place = {"table": self.header.table.name, "column": leaf.column.code, "row": len(rows)}
                    self.placed.merged.append(place)

    def _add(self, table: blocks.Table, words: dict[str, str]) -> None:
        if all(DASHES.match(text) for text in words.values() if text):
            self.placed.doubt("dashes")
            return
        self.placed.tables[table.name].append({column.code: words.get(column.code, "") for column in table.columns})


def is_box(table: Table) -> bool:
    """A frame around text: no row has two cells."""
    return all(len(row) <= 1 for row in table.rows)


def grid_of_tabs(lines: list[Paragraph]) -> Table:
    """The table that was flattened to lines with tabs. A line without its share of tabs goes on in the last cell."""
    width = max(line.text.strip("\n").count("\t") + 1 for line in lines[:2])
    rows: list[list[str]] = []
    for line in lines:
        parts = [part.strip() for part in line.text.split("\t")]
        if not rows or len(parts) >= width or (len(parts) > 1 and len(rows[-1]) >= width):
            rows.append(parts)
        else:
            begun = rows[-1]
            begun[-1] = "\n".join(filter(None, [begun[-1], line.full_text if len(parts) == 1 else parts[0]]))
            begun.extend(parts[1:])
    return Table([[Cell([Paragraph(part)], column=n) for n, part in enumerate(row)] for row in rows])

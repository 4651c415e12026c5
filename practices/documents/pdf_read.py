"""Reads a PDF that was made from Word into the paragraphs and tables that `word_read` makes of a .docx.

It is a best effort: a PDF holds words in places and lines drawn on the page, and no more. Drawn lines that meet make
the tables; what a page break cut in two is put together again; what stands on every page is a header or a footer.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from practices.documents.pdf_lines import CELL_PADDING, SENTENCE_END, Line, goes_on, joined, lines_of, paragraphs_of
from practices.documents.refused import Refused
from practices.documents.word_flow import Cell, Document, Paragraph, Table

# What pdfminer raises for broken objects: some of it its own, some whatever Python met in them.
BROKEN = (PDFException, PdfminerException, MalformedPDFException, LookupError, TypeError, ValueError, AttributeError)
MAX_PAGES = 60
MAX_LETTERS = 80_000  # the shared passports have 27,000
MAX_LINES = 3_000  # drawn on one page
FEWEST_LETTERS = 200
SNAP = 3.0
WIDEST_STRIP = 14.0  # points; a column of numbers is wider
PAGE_NUMBER = re.compile(r"^\W*(?:стр(?:аница|\.)?\s*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
UNKNOWN_LETTER = re.compile(r"\(cid:\d+\)")
DIGITS = re.compile(r"\d+")


@dataclass
class _Box:
    """A part of a page that holds text: the page itself, or a cell of a table."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: list[dict] = field(default_factory=list)
    grids: list["_Grid"] = field(default_factory=list)

    @property
    def size(self) -> float:
        return (self.x1 - self.x0) * (self.bottom - self.top)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass
class _Grid:
    """A table of one page: its cells with the lines between them."""

    cells: list[_Box]

    def __post_init__(self):
        self.columns = _snapped([x for cell in self.cells for x in (cell.x0, cell.x1)])
        self.rows = _snapped([y for cell in self.cells for y in (cell.top, cell.bottom)])
        self.box = _Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


@dataclass
class _Text:
    """A paragraph with its lines, so that it can be joined over a page break."""

    lines: list[Line]


@dataclass
class _PageTable:
    """A table with its cells' content not yet turned into text; `columns` are where its vertical lines stand."""

    rows: list[list["_PageCell"]]
    columns: list[float]


@dataclass
class _PageCell:
    items: list
    column: int
    span: int
    continues: bool = False


def read_pdf(data: bytes) -> Document:
    """The document; raise `Refused` for a file without text, with too many pages, or broken inside."""
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise Refused("too_many_pages")
            boxes, pictures = _pages(pdf)
    except BROKEN as error:
        raise Refused("damaged") from error
    margins = _take_margins(boxes)
    items: list = []
    for box in boxes:
        _go_on(items, _items(box))
    return Document([_plain(item) for item in items], [], margins, Counter({"pictures": pictures} if pictures else {}))


def _pages(pdf) -> tuple[list[_Box], int]:
    boxes, letters, unknown, pictures = [], 0, 0, 0
    for page in pdf.pages:
        letters += len(page.chars)
        if letters > MAX_LETTERS or len(page.edges) > MAX_LINES:
            raise Refused("too_much")
        words = page.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.2, keep_blank_chars=False)
        unknown += sum(len(UNKNOWN_LETTER.findall(word["text"])) for word in words)
        pictures += len(page.images)
        boxes.append(_page_box(page, words))
        page.close()
    if letters < FEWEST_LETTERS or unknown * 4 > letters:
        raise Refused("no_text")
    return boxes, pictures


def _page_box(page, words: list[dict]) -> _Box:
    """The page with its words laid into the innermost cell that each stands in."""
    whole = _Box(*page.bbox)
    grids = [_Grid([_Box(*cell) for cell in table.cells]) for table in page.find_tables()]
    grids = [part for grid in grids for part in _unframed(grid, words)]
    cells = sorted((cell for grid in grids for cell in grid.cells), key=lambda cell: cell.size)
    for grid in grids:
        around = [cell for cell in cells if cell.size > grid.box.size]
        next((cell for cell in around if cell.holds(*grid.box.middle)), whole).grids.append(grid)
    walls = [(edge["x0"], edge["top"], edge["bottom"]) for edge in page.edges if edge["orientation"] == "v"]
    for word in words:
        x, y = _middle(word)
        beside = (at for at, top, bottom in walls if at >= word["x1"] - 1 and top <= y <= bottom)
        word["wall"] = min(beside, default=None)
        next((cell for cell in cells if cell.holds(x, y)), whole).words.append(word)
    return whole


def _unframed(grid: _Grid, words: list[dict]) -> list[_Grid]:
    """A table inside a cell whose lines touch the cell's makes one grid with it: part them again.

    Between the lines of the two stand strips, as wide as the cell's padding, without a word.
    """
    strips = [pair for pair in pairwise(grid.columns) if _is_strip(pair, grid, words)]
    if len(strips) < 2 or strips[0][1] >= strips[-1][0]:
        return [grid]
    (begin, left), (right, end) = strips[0], strips[-1]
    inside = [cell for cell in grid.cells if cell.x0 >= left - 1 and cell.x1 <= right + 1]
    in_strip = [cell for cell in grid.cells if cell.x0 >= begin - 1 and cell.x1 <= left + 1]
    frames = [_Box(begin, cell.top, end, cell.bottom) for cell in in_strip]
    beside = [cell for cell in grid.cells if cell.x0 < begin - 1 or cell.x1 > end + 1]
    outer = beside + [cell for cell in grid.cells if _is_whole(cell, begin, end) and cell not in beside]
    groups: dict[int, list[_Box]] = {}
    for cell in inside:
        frame = next((at for at, box in enumerate(frames + outer) if box.holds(*cell.middle)), -1)
        groups.setdefault(frame, []).append(cell)
    return [_Grid(outer + frames), *map(_Grid, groups.values())]


def _is_whole(cell: _Box, begin: float, end: float) -> bool:
    return cell.x0 <= begin + 1 and cell.x1 >= end - 1


def _is_strip(pair: tuple[float, float], grid: _Grid, words: list[dict]) -> bool:
    left, right = pair
    own = [cell for cell in grid.cells if abs(cell.x0 - left) < SNAP and abs(cell.x1 - right) < SNAP]
    if right - left > WIDEST_STRIP or not own:
        return False
    return not any(cell.holds(*_middle(word)) for cell in own for word in words)


def _middle(word: dict) -> tuple[float, float]:
    return (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2


def _items(box: _Box) -> list:
    """Paragraphs and tables of a box, from the top."""
    lines = lines_of(box.words)
    open_to = max((line.x1 for line in lines if line.words[-1]["wall"] is None), default=box.x1) + CELL_PADDING
    for line in lines:
        wall = line.words[-1]["wall"]
        line.room = open_to if wall is None else wall
    found: list = []
    rest = sorted(box.grids, key=lambda grid: grid.box.top)
    for grid in [*rest, None]:
        above = [line for line in lines if grid is None or line.top < grid.box.top]
        lines = lines[len(above) :]
        found.extend(_Text(paragraph) for paragraph in paragraphs_of(above))
        if grid is not None:
            found.append(_table(grid))
    return found


def _table(grid: _Grid) -> _PageTable:
    """The grid as rows; a cell over several rows stands in the first and goes on in the others."""
    rows: list[list[_PageCell]] = [[] for _ in grid.rows[1:]]
    for cell in sorted(grid.cells, key=lambda cell: (cell.top, cell.x0)):
        first, last = _place(grid.columns, cell.x0), _place(grid.columns, cell.x1)
        begin, end = _place(grid.rows, cell.top), _place(grid.rows, cell.bottom)
        for number in range(begin, end):
            is_first = number == begin
            rows[number].append(_PageCell(_items(cell) if is_first else [], first, last - first, not is_first))
    return _PageTable([sorted(row, key=lambda cell: cell.column) for row in rows if row], grid.columns)


def _snapped(numbers: list[float]) -> list[float]:
    """Different numbers, in order; those nearer than `SNAP` are one."""
    found: list[float] = []
    for number in sorted(numbers):
        if not found or number - found[-1] > SNAP:
            found.append(number)
    return found


def _place(marks: list[float], number: float) -> int:
    return min(range(len(marks)), key=lambda at: abs(marks[at] - number))


# --- Page breaks -----------------------------------------------------------------------------------


def _take_margins(boxes: list[_Box]) -> list[str]:
    """Take out what stands above and below the text of every page; return its words."""
    taken: list[str] = []
    for edge in (0, -1):
        while True:
            ends = [lines[edge] if (lines := lines_of(box.words)) else None for box in boxes]
            signs = Counter(_sign(line) for line in ends if line)
            gone = [
                (box, line)
                for box, line in zip(boxes, ends, strict=True)
                if line and (PAGE_NUMBER.match(line.text) or (len(boxes) > 2 and signs[_sign(line)] * 2 > len(boxes)))
            ]
            if not gone:
                break
            for box, line in gone:
                taken.append(line.text)
                box.words = [word for word in box.words if all(word is not other for other in line.words)]
    return [text for text in dict.fromkeys(taken) if not PAGE_NUMBER.match(text)]


def _sign(line: Line) -> tuple[str, int]:
    return DIGITS.sub("", line.text), round(line.top / 5)


def _go_on(items: list, more: list) -> None:
    """Add a page's items; the first may be the rest of the last of the page before."""
    if items and more:
        last, first = items[-1], more[0]
        if isinstance(last, _Text) and isinstance(first, _Text) and _is_torn(last.lines, first.lines[0]):
            last.lines.extend(first.lines)
            more = more[1:]
        elif isinstance(last, _PageTable) and isinstance(first, _PageTable) and _same_columns(last, first):
            _join_tables(last, first)
            more = more[1:]
    items.extend(more)


def _is_torn(above: list[Line], below: Line) -> bool:
    return goes_on(above, below) and not (SENTENCE_END.search(above[-1].text) and below.text[:1].isupper())


def _same_columns(above: _PageTable, below: _PageTable) -> bool:
    return len(above.columns) == len(below.columns) and all(
        abs(one - other) <= 2 * SNAP for one, other in zip(above.columns, below.columns, strict=True)
    )


def _join_tables(above: _PageTable, below: _PageTable) -> None:
    """Rows of the next page: the header that is printed again goes, a row that was cut in two is one."""
    rows = list(below.rows)
    header = 0
    while header < min(len(rows), len(above.rows)) and _words(rows[header]) == _words(above.rows[header]):
        header += 1
    if any(_words(row) for row in rows[:header]):
        rows = rows[header:]
    if rows and above.rows and _is_cut(above.rows[-1], rows[0]):
        by_column = {cell.column: cell for cell in above.rows[-1]}
        for cell in rows.pop(0):
            _go_on_in(by_column[cell.column], cell)
    above.rows.extend(rows)


def _is_cut(last: list[_PageCell], first: list[_PageCell]) -> bool:
    """Whether the first row of a page is the rest of the row above."""
    if [cell.column for cell in last] != [cell.column for cell in first] or not _words(first).strip():
        return False
    number, rest = _words(last[:1]), _words(first[:1])
    if not rest.strip():
        return True  # no number, no label of its own
    if number.strip(" .)").isdigit():
        return False
    return any(_ends_torn(above.items, below.items) for above, below in zip(last, first, strict=True) if below.items)


def _ends_torn(above: list, below: list) -> bool:
    if not above or not isinstance(above[-1], _Text) or not isinstance(below[0], _Text):
        return False
    begins = below[0].lines[0].text
    return begins[:1].islower() or (
        _is_torn(above[-1].lines, below[0].lines[0]) and not SENTENCE_END.search(above[-1].lines[-1].text)
    )


def _go_on_in(cell: _PageCell, more: _PageCell) -> None:
    _go_on(cell.items, more.items)


def _words(row: list[_PageCell]) -> str:
    return "\t".join(" ".join(_words_of(item) for item in cell.items) for cell in row)


def _words_of(item: _Text | _PageTable) -> str:
    if isinstance(item, _Text):
        return " ".join(line.text for line in item.lines)
    return " ".join(map(_words, item.rows))


# --- As the reader of .docx gives it --------------------------------------------------------------


def _plain(item):
    if isinstance(item, _Text):
        return Paragraph(joined([(line.text, line.is_full) for line in item.lines]))
    rows = [
        [Cell([_plain(inner) for inner in cell.items], cell.column, cell.span, cell.continues) for cell in row]
        for row in item.rows
    ]
    return Table(rows)

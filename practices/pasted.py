"""A table that somebody copied in Word or Excel, or saved as CSV, as a grid of cells. Pure.

This is the one place where such tables are read; the browser only sends what the clipboard holds. What part of the
grid goes into which column of the form, a person decides (`practices.forms.pasting`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import lxml.html
from lxml import etree

from practices.blocks import MAX_CELL, MAX_ROWS, ShapeError, clean_text

WIDEST = 30
LONGEST = MAX_ROWS + 20  # with a header and rows of totals, which stay out
MAX_SOURCE = 2_000_000  # characters of a clipboard's HTML: the looks that Word sends along weigh most of it

# A cell is quoted where its quotes open, close and end it. Possessive: a stray quote must cost no second reading.
_QUOTED = r'"((?:[^"]++|"")*+)"(?=[{0}\n]|\Z)'
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_BLOCKS = frozenset(["p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"])
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Unreadable(Exception):
    """What was pasted holds no table of ours; `problem` is one of the words of `practices.forms.pasting`."""

    def __init__(self, problem: str, **particulars):
        super().__init__(problem)
        self.problem = problem
        self.particulars = particulars


@dataclass(frozen=True)
class Cell:
    """`merged`: a place that a merged cell covers, and whether that one begins "above" or to the "left"."""

    text: str = ""
    merged: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows of equal width. `aside`: words that were copied with the table but stand outside of it."""

    rows: list[list[Cell]]
    aside: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def filled(self, row: int, column: int) -> str:
        """What a reader sees at a place: a cell that is merged downwards speaks for all the rows it covers."""
        while row and self.rows[row][column].merged == "above":
            row -= 1
        return self.rows[row][column].text

    def as_json(self) -> dict:
        rows = [[[cell.merged] if cell.merged else cell.text for cell in row] for row in self.rows]
        return {"rows": rows, "aside": self.aside}

    @classmethod
    def from_json(cls, data) -> "Grid":
        """Raises `Unreadable` for what `as_json` never wrote."""
        try:
            rows = [[_cell_of(cell) for cell in row] for row in data["rows"]]
            return _checked(rows, [clean_text(words, limit=MAX_CELL) for words in data["aside"]])
        except (TypeError, KeyError, ShapeError) as error:
            raise Unreadable("nothing") from error


def read_clipboard(html: str, text: str) -> Grid:
    """The table of a clipboard; its plain text where the HTML has none."""
    if "<t" in html.lower() and len(html) <= MAX_SOURCE:
        grid = read_html(html)
        if grid is not None:
            return grid
    return read_text(text)


def read_html(html: str) -> Grid | None:
    """The tables of an HTML text, one below the other; None where it has none."""
    # Bytes: of a string that declares an encoding of its own the parser would refuse every word.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "ignore"), parser=parser)
    except etree.ParserError:
        return None
    tables = list(_outer_tables(root))
    rows = [row for table in tables for row in rows_of(table)]
    if not any(cell.text for row in rows for cell in row):
        return None
    for table in tables:
        table.drop_tree()
    return _checked(rows, [line for line in _lines(root) if line])


def read_text(text: str) -> Grid:
    """Lines with tabs, as Excel and Word give them beside their HTML, or CSV. A list of lines is a column."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\t" in text:
        return _checked(_separated(text, "\t", keeps_quotes=True))
    return _checked(_separated(text, _separator(text), keeps_quotes=False))


def read_file(data: bytes) -> Grid:
    """A CSV file in UTF-8, UTF-16 (Excel's «Unicode text») or the Windows encoding."""
    if data.startswith(_OFFICE_FILES):
        raise Unreadable("office_file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return read_text(data.decode("utf-16", "replace"))
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return read_text(text)
    raise Unreadable("not_text")


def _cell_of(data) -> Cell:
    if isinstance(data, list):
        if data not in (["above"], ["left"]):
            raise Unreadable("nothing")
        return Cell(merged=data[0])
    return Cell(clean_text(data, limit=MAX_CELL))


def _checked(rows: list[list[Cell]], aside: list[str] | None = None) -> Grid:
    """A grid without blank rows and columns, its rows equally wide; `Unreadable` for none and for too much."""
    width = max((len(row) for row in rows), default=0)
    rows = [[*row, *[Cell()] * (width - len(row))] for row in rows]
    kept = [row for row in rows if any(cell.text.strip() for cell in row)]
    columns = [column for column in zip_longest(*kept) if any(cell.text.strip() for cell in column)]
    if not columns:
        raise Unreadable("nothing")
    if len(columns) > WIDEST:
        raise Unreadable("too_wide", limit=WIDEST)
    if len(kept) > LONGEST:
        raise Unreadable("too_long", limit=MAX_ROWS)
    try:
        cells = [[replace(cell, text=clean_text(cell.text, limit=MAX_CELL).strip()) for cell in c] for c in columns]
    except ShapeError as error:
        raise Unreadable("long_cell", limit=MAX_CELL) from error
    return Grid([list(row) for row in zip(*cells, strict=True)], aside or [])


# --- HTML ---


def _outer_tables(root):
    walk = etree.iterwalk(root, events=("start",), tag="table")
    for _event, table in walk:
        walk.skip_subtree()
        yield table


def rows_of(table, lines_of: Callable | None = None) -> list[list[Cell]]:
    """The rows of an HTML table, with the places under merged cells. `lines_of`: how a cell is read, if not plainly."""
    lines_of = lines_of or _lines
    rows, below = [], {}
    for element in _row_elements(table):
        row: list[Cell] = []
        if len(rows) > LONGEST:
            break
        for cell in element.iterchildren("td", "th"):
            _continue_merged(row, below)
            across, down = _span(cell, "colspan", WIDEST), _span(cell, "rowspan", LONGEST)
            place = len(row)
            row.extend([Cell("\n".join(lines_of(cell)).strip("\n")), *[Cell(merged="left")] * (across - 1)])
            below.update(dict.fromkeys(range(place, place + across), down - 1))
        _continue_merged(row, below)
        rows.append(row)
    return rows


def _continue_merged(row: list[Cell], below: dict[int, int]) -> None:
    while below.get(len(row), 0):
        below[len(row)] -= 1
        row.append(Cell(merged="above"))


def _row_elements(table):
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        yield from [part] if part.tag == "tr" else part.iterchildren("tr")


def _span(cell, name: str, most: int) -> int:
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), most) if re.fullmatch("[0-9]{1,6}", written) else 1


def _lines(element) -> list[str]:
    """The lines that a browser would show of an element, without recursion: a stranger's HTML may be deep."""
    lines, words = [], []

    def end_line() -> None:
        line = " ".join(_UNSEEN.sub("", "".join(words)).split()).replace("\uf0b7", "·")
        words.clear()
        if line:
            lines.append(line)

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "start":
            if inner.tag in {"style", "script", "head", "title"}:
                walk.skip_subtree()
                continue
            if inner.tag == "br" or inner.tag in _BLOCKS:
                end_line()
            words.append(inner.text or "")
        else:
            if inner.tag in _BLOCKS:
                end_line()
            elif inner.tag in {"td", "th"}:
                words.append(" ")
            if inner is not element:
                words.append(inner.tail or "")
    end_line()
    return lines


# --- text ---


def _separator(text: str) -> str:
    """A semicolon; or a comma where every line has as many, and no space after them: «9770,5» and prose have commas."""
    if ";" in text:
        return ";"
    rows = [row for row in _separated(text, ",", keeps_quotes=False) if any(cell.text for cell in row)]
    is_even = len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return "," if is_even and ", " not in re.sub('"[^"]*"', "", text) else "\n"


def _separated(text: str, separator: str, *, keeps_quotes: bool) -> list[list[Cell]]:
    """Cells between separators. Excel quotes a cell only when it must; then other quotes are its author's own."""
    pattern = re.compile(rf"{_QUOTED.format(separator)}|([^{separator}\n]*+)")
    rows, row, place = [], [], 0
    while place <= len(text):
        found = pattern.match(text, place)
        quoted = found[1]
        if quoted is not None and keeps_quotes and not re.search(rf'[{separator}\n]|""', quoted):
            quoted = None
        row.append(Cell(found[0].strip(" ") if quoted is None else quoted.replace('""', '"')))
        place = found.end()
        if place == len(text) or text[place] == "\n":
            rows.append(row)
            row = []
        place += 1
    return rows

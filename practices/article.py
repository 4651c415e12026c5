"""A passport as an article on the web: its public, answered sections by chapters, under their official numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from practices import blocks, codes, links, totals
from practices.amounts import is_total_row
from practices.enums import Chapter
from practices.lines import read_lines, runs
from practices.queries import ReadSection

# As a reader asks; what the header of the page tells already comes late.
CHAPTERS = (Chapter.WHY, Chapter.HOW, Chapter.OUTCOME, Chapter.NEEDS, Chapter.CARD, Chapter.PEOPLE)
SHORT_VALUE = 24  # characters; a column of such values stands to the right
MOST_BARS = 6


@dataclass(frozen=True)
class Line:
    """A line as written: its list mark, if it has one, and its text. `href`: when it is nothing but a web address.

    `pieces`: of a line in a column of addresses, or on a host that does not open, what is a link in it and what is not.
    """

    text: str
    mark: str = ""
    depth: int = 0
    href: str = ""
    pieces: list[links.Link | links.DeadLink | links.Words] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    title: str
    columns: int = 1
    rows: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    label: str
    lines: list[Line]
    is_number: bool


@dataclass(frozen=True)
class FormTable:
    """A table of the form; `head` has two rows where columns share a heading («Значение показателя»).

    `is_big`: its numbers are what the practice is proud of. `total`: of its column `total_at`, where all could be read
    and the author has not written a sum.
    """

    title: str
    head: list[list[Heading]]
    rows: list[list[Cell]]
    is_numbered: bool
    is_big: bool
    total: Decimal | None = None
    total_at: int = 0


@dataclass(frozen=True)
class Bar:
    """One source's part of a bar that is 1000 wide."""

    number: int
    share: totals.Share
    x: int
    width: int


@dataclass(frozen=True)
class Section:
    """One answered section. `pieces` are `{"prose": …}`, `{"free_table": …}` or `{"form_table": …}`."""

    number: int
    code: str
    title: str
    short_title: str
    pieces: list[dict]
    costs: totals.Costs | None = None
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True)
class Article:
    """The public part of a passport. Facts that the header shows are read beside the words, never instead of them.

    `dead`: the hosts that are known not to open (`practices.links`).
    """

    sections: list[ReadSection]
    dead: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def chapters(self) -> list[tuple[str, list[Section]]]:
        """(chapter's name, its sections): chapters as the reader asks, sections in the order of their form."""
        answered = [section for section in self.sections if section.is_answered and section.code != codes.TITLE]
        chapters = []
        for chapter in CHAPTERS:
            sections = [_section(section, self.dead) for section in answered if section.template.chapter == chapter]
            if sections:
                chapters.append((chapter.label, sections))
        return chapters

    @property
    def period(self) -> str:
        return " ".join(self._words(codes.PERIOD))

    @property
    def affected(self) -> str:
        """On how many people the effect is directed, as written."""
        section = self._by_code.get(codes.STAKEHOLDERS)
        rows = section.content.get("tables", {}).get("main", []) if section else []
        return rows[0].get("affected", "") if rows else ""

    @cached_property
    def costs(self) -> totals.Costs | None:
        section = self._by_code.get(codes.COSTS)
        return read_costs(section) if section else None

    @cached_property
    def _by_code(self) -> dict[str, ReadSection]:
        return {section.code: section for section in self.sections}

    def _words(self, code: str) -> list[str]:
        section = self._by_code.get(code)
        return section.template.shape.words(section.content) if section else []


def read_costs(section: ReadSection) -> totals.Costs | None:
    """What each source gave, but only when every line could be read: half a sum would mislead."""
    if not section.template.is_tables:
        return None
    return totals.tally(row for piece in section.pieces for row in piece["rows"]).whole


def _section(section: ReadSection, dead: Mapping[str, str]) -> Section:
    costs = read_costs(section) if section.code == codes.COSTS else None
    return Section(
        number=section.number,
        code=section.code,
        title=section.template.title,
        short_title=section.template.short_title,
        pieces=pieces_of(section, dead),
        costs=costs,
        bars=_bars(costs) if costs else [],
    )


def pieces_of(section: ReadSection, dead: Mapping[str, str] = links.NO_DEAD) -> list[dict]:
    """The answer as a page sets it, in reading order; organiser and jury read the same pieces as the public."""
    return [_piece(piece, section.code, dead) for piece in section.pieces]


def _piece(piece: dict, code: str, dead: Mapping[str, str]) -> dict:
    if "text" in piece:
        return {"prose": _prose(piece["text"], dead)}
    if "table" in piece:
        return {"free_table": [row for row in piece["table"] if any(row)]}
    return {"form_table": _form_table(piece["form_table"], piece["rows"], code, dead)}


def _prose(text: str, dead: Mapping[str, str]) -> list[tuple[bool, list[Line]]]:
    """Paragraphs and lists in turn: (whether it is a list, its lines)."""
    return [
        (is_list, [_line(line.text, dead, mark=line.mark, depth=line.depth) for line in lines])
        for is_list, lines in runs(read_lines(text))
    ]


def _lines(text: str, dead: Mapping[str, str], *, kind: str) -> list[Line]:
    """The lines of a cell: a table is no place for lists."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    if kind == "url":
        return [Line(line, pieces=links.read_line(line, dead)) for line in lines]
    return [_line(line, dead) for line in lines]


def _line(text: str, dead: Mapping[str, str], **marked) -> Line:
    link = links.whole_link(text)
    if link is None:
        return Line(text, **marked)
    shown = links.unless_dead(link, dead)
    return Line(text, **marked, href=link.href) if shown is link else Line(text, **marked, pieces=[shown])


def _form_table(table: blocks.Table, rows: list[dict], code: str, dead: Mapping[str, str]) -> FormTable:
    numbers = {column.code for column in table.columns if not table.single_row and _is_short(column, rows)}
    return FormTable(
        title=table.title,
        head=_head(table, numbers),
        rows=[
            [Cell(c.title, _lines(row[c.code], dead, kind=c.kind), c.code in numbers) for c in table.columns]
            for row in rows
        ],
        is_numbered=not table.single_row,
        is_big=code == codes.RESULTS,
        **(_total(table, rows) if code == codes.COSTS else {}),
    )


def _total(table: blocks.Table, rows: list[dict]) -> dict:
    """The sum under its column, as the PDF has it: not where a line cannot be read, or the author wrote a sum."""
    columns = [column.code for column in table.columns]
    costs = totals.tally(rows).whole
    if costs is None or codes.AMOUNT not in columns[1:] or any(is_total_row(_cells(row)) for row in rows):
        return {}
    return {"total": costs.total, "total_at": columns.index(codes.AMOUNT)}


def _cells(row: dict) -> list[str]:
    return [cell for name, cell in row.items() if name != "id"]


def _is_short(column: blocks.Column, rows: Iterable[dict]) -> bool:
    """Whether the column really holds numbers: people also write sentences where a number was asked for."""
    if column.kind not in {"number", "money"}:
        return False
    return all(len(line) <= SHORT_VALUE for row in rows for line in row[column.code].split("\n"))


def _head(table: blocks.Table, numbers: set[str]) -> list[list[Heading]]:
    is_grouped = any(column.group for column in table.columns)
    upper, lower = [], []
    for group, grouped in groupby(table.columns, key=lambda column: column.group):
        columns = list(grouped)
        span = 2 if is_grouped and not group else 1
        headings = [Heading(column.title, rows=span, is_number=column.code in numbers) for column in columns]
        if group:
            is_number = all(column.code in numbers for column in columns)
            upper.append(Heading(group, columns=len(columns), is_number=is_number))
            lower.extend(headings)
        else:
            upper.extend(headings)
    return [upper, lower] if lower else [upper]


def _bars(costs: totals.Costs) -> list[Bar]:
    """The bar, while its parts can be told apart and there is more than one."""
    if not 1 < len(costs.shares) <= MOST_BARS:
        return []
    bars, x = [], 0
    for number, share in enumerate(costs.shares, start=1):
        width = 10 * share.percent
        bars.append(Bar(number, share, x, max(width - 3, 1)))
        x += width
    return bars

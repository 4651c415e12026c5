"""A passport as its PDF shows it: paragraphs and tables, with every decision about paper taken before the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from practices import amounts, blocks, codes, links, totals
from practices.lines import read_lines
from practices.queries import ReadSection

# The renderer's time grows with the square of a paragraph: 5,000 characters take 50 ms, a million 78 s.
LONGEST_PARAGRAPH = 5_000
SHORT_VALUE = 20  # characters; a column of such values stands right-aligned and narrow
WIDE_TABLE = 6  # columns; from here on in smaller type
# Of the bar of sources, each beside its words: never colour alone.
COST_COLOURS = ("#0B4EA2", "#BF3F09", "#76828C", "#17694A", "#B9CBE2", "#8A5200")


@dataclass(frozen=True)
class Paragraph:
    """`mark` and `depth`: of a list item, as its author marked it. `continues`: the rest of one too long to set."""

    text: str
    mark: str = ""
    depth: int = 0
    continues: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a cell; `href` when the line is nothing but a web address.

    `is_dead`: it is one on a host that is known not to open, for the reason `why`, which may be empty.
    """

    text: str
    href: str = ""
    is_dead: bool = False
    why: str = ""


@dataclass(frozen=True)
class HeadCell:
    title: str
    columns: int = 1
    rows: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """`amount`: a sum of ours, to be written out by the template; everything else stands as its author wrote it."""

    lines: list[Line] = field(default_factory=list)
    is_number: bool = False
    amount: Decimal | None = None


@dataclass(frozen=True)
class Bar:
    """One source of funding, as its part of a bar that is 1000 wide."""

    share: totals.Share
    x: int
    width: int
    colour: str


@dataclass(frozen=True)
class PrintedTable:
    """A table of the form. `head` has two rows where columns share a heading («Значение показателя»)."""

    title: str
    head: list[list[HeadCell]]
    widths: list[str]
    rows: list[list[Cell]]
    is_numbered: bool
    bars: list[Bar]
    total: list[Cell]

    @property
    def is_wide(self) -> bool:
        return len(self.widths) >= WIDE_TABLE


@dataclass(frozen=True)
class FreeTable:
    """A table among the paragraphs of a text: nobody said what its first row is, so it has no head."""

    rows: list[list[str]]

    @property
    def is_wide(self) -> bool:
        return max(map(len, self.rows)) >= WIDE_TABLE


@dataclass(frozen=True)
class PrintedSection:
    """`pieces` are lists of paragraphs, free tables and tables of the form; `instead` says why there are none."""

    number: int
    title: str
    pieces: list[list[Paragraph] | FreeTable | PrintedTable] = field(default_factory=list)
    instead: str = ""


def printed_sections(
    sections: Iterable[ReadSection], *, track_title: str, dead: Mapping[str, str] = links.NO_DEAD
) -> list[PrintedSection]:
    """The sections in the order of their edition, but for the title, which is the headline.

    `dead`: the hosts that are known not to open (`practices.links`).
    """
    return [_printed(section, track_title, dead) for section in sections if section.code != codes.TITLE]


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of a text as paragraphs and items of lists, those too long to set in time in parts."""
    found = []
    for line in read_lines(text):
        first, *rest = _parts(line.text)
        found.append(Paragraph(first, line.mark, line.depth))
        found.extend(Paragraph(part, depth=line.depth, continues=True) for part in rest)
    return found


def _printed(section: ReadSection, track_title: str, dead: Mapping[str, str]) -> PrintedSection:
    instead = "" if section.is_answered else _why_empty(section, track_title)
    return PrintedSection(section.number, section.template.title, _pieces(section, dead), instead)


def _why_empty(section: ReadSection, track_title: str) -> str:
    """A sentence in place of a blank grid."""
    if not section.applies:
        return _("Not filled in for the track “%(track)s”") % {"track": track_title}
    if not section.says_nothing_to_report:
        return _("The section is not filled in")
    tables = section.template.shape.tables if section.template.is_tables else ()
    none = [_("%(subject)s: none") % {"subject": table.title} for table in tables if table.title]
    return "; ".join(none) or _("Nothing to report")


def _pieces(section: ReadSection, dead: Mapping[str, str]) -> list:
    pieces = []
    for is_text, group in groupby(section.pieces, key=lambda piece: "text" in piece):
        if is_text:
            pieces.append([paragraph for piece in group for paragraph in paragraphs(piece["text"])])
            continue
        for piece in group:
            if "table" in piece:
                pieces.append(FreeTable([row for row in piece["table"] if row]))
            else:
                has_costs = section.code == codes.COSTS
                pieces.append(_printed_table(piece["form_table"], piece["rows"], dead, has_costs=has_costs))
    return pieces


def _parts(line: str) -> Iterable[str]:
    """Cut at the last space before the limit; a line without spaces is cut at the limit."""
    while len(line) > LONGEST_PARAGRAPH:
        at = line.rfind(" ", 1, LONGEST_PARAGRAPH)
        at = at if at > 0 else LONGEST_PARAGRAPH
        yield line[:at]
        line = line[at:].lstrip()
    yield line


def _printed_table(table: blocks.Table, rows: list[dict], dead: Mapping[str, str], *, has_costs: bool) -> PrintedTable:
    numbers = {column.code for column in table.columns if not table.single_row and _is_narrow(column, rows)}
    costs = totals.tally(rows).whole if has_costs else None
    return PrintedTable(
        title=table.title,
        head=_head(table, numbers),
        widths=["number" if column.code in numbers else column.kind for column in table.columns],
        rows=[
            [Cell(_lines(row[c.code], dead, c.kind), is_number=c.code in numbers) for c in table.columns]
            for row in rows
        ],
        is_numbered=not table.single_row,
        bars=_bars(costs) if costs else [],
        total=_total(table, rows, costs) if costs else [],
    )


def _is_narrow(column: blocks.Column, rows: list[dict]) -> bool:
    """Whether the column really holds short values: people also write sentences where a number was asked for."""
    return column.kind in {"number", "money"} and all(
        len(line) <= SHORT_VALUE for row in rows for line in row[column.code].split("\n")
    )


def _head(table: blocks.Table, numbers: set[str]) -> list[list[HeadCell]]:
    rows = 2 if any(column.group for column in table.columns) else 1
    upper, lower = [], []
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        own = [HeadCell(column.title, is_number=column.code in numbers) for column in columns]
        if group:
            upper.append(HeadCell(group, columns=len(own)))
            lower.extend(own)
        else:
            upper.extend(replace(cell, rows=rows) for cell in own)
    return [upper, lower] if lower else [upper]


def _lines(text: str, dead: Mapping[str, str], kind: str = "text") -> list[Line]:
    """The lines of a cell, long ones in parts; only http and https become links, on paper in full."""
    return [_line(part, dead, kind) for line in text.split("\n") for part in _parts(line.strip())]


def _line(text: str, dead: Mapping[str, str], kind: str) -> Line:
    pieces = links.read_line(text) if kind == "url" else [links.whole_link(text)]
    if len(pieces) != 1 or not isinstance(pieces[0], links.Link):
        return Line(text)
    link = links.unless_dead(pieces[0], dead)
    return Line(text, is_dead=True, why=link.why) if isinstance(link, links.DeadLink) else Line(text, link.href)


def _is_total(table: blocks.Table, row: dict) -> bool:
    return amounts.is_total_row(row[column.code] for column in table.columns)


def _bars(costs: totals.Costs) -> list[Bar]:
    """The bar, while its parts can be told apart."""
    if len(costs.shares) > len(COST_COLOURS):
        return []
    bars, x = [], 0
    for share, colour in zip(costs.shares, COST_COLOURS, strict=False):
        bars.append(Bar(share, x, max(10 * share.percent - 4, 1), colour))
        x += 10 * share.percent
    return bars


def _total(table: blocks.Table, rows: list[dict], costs: totals.Costs) -> list[Cell]:
    """A last row with the sum, unless the author has written one."""
    if any(_is_total(table, row) for row in rows):
        return []
    sums = [Cell(is_number=True, amount=costs.total) if c.code == "amount" else Cell() for c in table.columns[1:]]
    return [Cell([Line(_("Total"))]), *sums]

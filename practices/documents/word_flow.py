"""What a document is read into, whatever kind of file it was: paragraphs and tables in the order of reading."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

WIDEST = 63  # columns of a table; Word's own limit


@dataclass
class Paragraph:
    text: str
    label: str = ""  # the number or bullet that Word draws
    pictures: list[str] = field(default_factory=list)  # the parts of the file that hold them

    @property
    def full_text(self) -> str:
        """The text as a reader sees it, with its number, without the white space around."""
        text = self.text.strip()
        return f"{self.label} {text}" if self.label and text else text


@dataclass
class Cell:
    items: list = field(default_factory=list)
    column: int = 0
    span: int = 1
    continues: bool = False  # merged with the cell above

    @cached_property
    def text(self) -> str:
        return "\n".join(lines_of(self.items))


@dataclass
class Table:
    rows: list[list[Cell]] = field(default_factory=list)
    mark: str = ""  # its alternative text; see `word_marks`

    @cached_property
    def width(self) -> int:
        return max((cell.column + cell.span for row in self.rows for cell in row), default=0)


@dataclass
class Document:
    items: list
    aside: list[str]  # read, but of no place: hidden text, footnotes, addresses behind words
    margins: list[str]  # the page headers: they may name the year of the contest
    unread: Counter  # pictures of an unknown kind, embedded objects
    pictures: list["Picture"] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """A picture that stands in the text, as far as it can be shown on a page."""

    part: str
    size: int


def lines_of(items) -> list[str]:
    """The texts of paragraphs; a table among them gives a line for each row."""
    lines = []
    for item in items:
        if isinstance(item, Paragraph):
            lines.extend(line for line in item.full_text.split("\n") if line.strip())
        else:
            rows = ("\t".join(" ".join(cell.text.split("\n")) for cell in row) for row in item.rows)
            lines.extend(row for row in rows if row.strip())
    return [line.strip() for line in lines]

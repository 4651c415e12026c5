"""Which column of the form a column of the file is: by its header, over as many rows as that has."""

from dataclasses import dataclass
from functools import lru_cache

from practices import blocks
from practices.documents.word_flow import Cell
from practices.documents.word_headings import PARENTHESES_AT_END
from practices.documents.word_keys import short_key, similarity

ALIKE = 0.8
GUESSED = 0.75  # below `ALIKE`: a person should look
LONGEST_ADDITION = 60  # «Объём затрат, тыс. руб.» is the same column; a whole answer is none
NUMBER_LABELS = {"", "пп", "n", "nпп", "номер", "номерпп"}


@dataclass
class Leaf:
    """A column of the file's table: from where to where it goes, what its header says, which of our columns it is."""

    start: int
    end: int
    words: str
    column: blocks.Column | None = None
    is_number: bool = False
    likeness: float = 0.0

    @property
    def says_more(self) -> bool:
        """Whether its header holds words that the form's has not: «Объём затрат, тыс. руб.»."""
        said = short_key(self.words)
        return self.column is not None and self.likeness < 1 and not any(said in name for name in names(self.column))


@dataclass
class Header:
    table: blocks.Table
    leaves: list[Leaf]
    rows: int
    is_crowded: bool = False  # rows below have more cells than it has columns

    @property
    def matched(self) -> int:
        return sum(leaf.column is not None for leaf in self.leaves)

    @property
    def strays(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.column is None and not leaf.is_number]

    @property
    def merit(self) -> float:
        return sum(leaf.likeness for leaf in self.leaves) / max(len(self.table.columns), len(self.leaves), 1)


def covers(header: Header, rows: list[list[Cell]]) -> bool:
    """Whether every word of these rows is in the header; more rows than one must say no more than the form does."""
    if len(rows) > 1 and any(leaf.says_more for leaf in header.leaves):
        return False
    columns = {column for leaf in header.leaves for column in range(leaf.start, leaf.end)}
    return all(columns & set(range(cell.column, cell.column + cell.span)) for row in rows for cell in row if cell.text)


def pairs(cells: list[Cell], leaves: list[Leaf]):
    """Which cell stands under which header: by their order where there are as many, else by where they stand."""
    if len(cells) == len(leaves):
        yield from zip(cells, leaves, strict=True)
        return
    for cell in cells:
        under = [leaf for leaf in leaves if leaf.start < cell.column + cell.span and cell.column < leaf.end]
        yield cell, next((leaf for leaf in under if leaf.column), under[0] if under else None)


def leaves_of(rows: list[list[Cell]]) -> list[Leaf]:
    """The columns that the header rows make together; a cell above speaks for all columns that it spans."""
    leaves = []
    for cell in rows[-1]:
        words = [
            above.text
            for row in rows
            for above in row
            if above.text and above.column < cell.column + cell.span and cell.column < above.column + above.span
        ]
        leaves.append(Leaf(cell.column, cell.column + cell.span, " ".join(words)))
    return leaves


@lru_cache
def names(column: blocks.Column) -> tuple[str, ...]:
    plain = PARENTHESES_AT_END.sub("", column.title)
    return short_key(column.title), short_key(column.group + column.title), short_key(plain)


@lru_cache(maxsize=4096)
def likeness(said: str, column: blocks.Column) -> float:
    if said in names(column):
        return 1.0
    if column.group and said == short_key(column.group):
        return 0.0  # the heading of all its columns says nothing of one; see `_match_groups`
    best = 0.0
    for name in names(column):
        if len(said) > len(name) + LONGEST_ADDITION:
            continue
        if said.startswith(name) or (len(said) >= 8 and name.startswith(said)):
            best = max(best, 0.95)
        elif said:
            best = max(best, similarity(said, name))
    return best


def match(header: Header) -> None:
    """Give each of our columns the file's column that is most like it."""
    if header.leaves and short_key(header.leaves[0].words) in NUMBER_LABELS:
        header.leaves[0].is_number = True
    free = [leaf for leaf in header.leaves if not leaf.is_number]
    columns = header.table.columns
    scored = [(likeness(short_key(leaf.words), column), leaf, column) for leaf in free for column in columns]
    for score, leaf, column in sorted(scored, key=lambda one: -one[0]):
        if score >= ALIKE and leaf.column is None and column not in [other.column for other in free]:
            leaf.column, leaf.likeness = column, score
    _match_groups(header)


def _match_groups(header: Header) -> None:
    """Columns under one shared heading whose own headings the file lacks: as many as there are, from the right."""
    taken = [leaf.column for leaf in header.leaves]
    for group in {column.group for column in header.table.columns if column.group}:
        columns = [column for column in header.table.columns if column.group == group and column not in taken]
        for leaf in reversed([leaf for leaf in header.leaves if short_key(leaf.words) == short_key(group)]):
            if not columns:
                break
            if leaf.end - leaf.start == len(columns) > 1:
                at = header.leaves.index(leaf)
                header.leaves[at : at + 1] = [
                    Leaf(leaf.start + n, leaf.start + n + 1, leaf.words, column, likeness=GUESSED)
                    for n, column in enumerate(columns)
                ]
                return
            leaf.column, leaf.likeness = columns.pop(), GUESSED

"""What a text answer is made of: paragraphs, and lists that their authors marked by hand («- », «1. », «а) »).

A list is stored as the lines that were typed. Here it is only read as a list, for every page and document alike: mark
and text together are the line as it was written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

DEEPEST = 3  # levels of a list that a reader can still tell apart
TAB = 4

# A dash, a bullet or a number may touch the word («-аренда», «1.Сцена»), never a digit: «-5», «1.5» are numbers.
_MARK = re.compile(
    r"""
    (?: (?: \d{1,3}(?:\.\d{1,3})*[.)]              # 1.  1)  2.1.  12)
        |   [а-яёa-z]\)                             # а)  B)
        |   [-–—•·●○▪■◦‣\uf0b7\uf0a7]               # dashes and bullets, those of Word's own alphabets among them
        ) (?=\s|[^\W\d]|[«„"(])
    |   (?: [ivx]{1,5}[.)] | (?-i:[*o]) )(?=\s)           # IV.  ii)  and the small circle of Word's second level
    )\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """One line as written, without the space around it. `depth`: of a list's item, from 1; 0 for a paragraph."""

    text: str
    mark: str = ""
    depth: int = 0

    @property
    def is_item(self) -> bool:
        return bool(self.mark)

    @property
    def written(self) -> str:
        return self.mark + self.text


def read_lines(text: str) -> list[Line]:
    """The lines that say something, each told to be a paragraph or an item of a list."""
    lines, indents = [], []
    for line in text.split("\n"):
        words = line.strip()
        if not words:
            continue
        mark = mark_of(words)
        if not mark:
            indents = []
            lines.append(Line(words))
            continue
        indents = _deeper(indents, _indent(line))
        lines.append(Line(words[len(mark) :], mark, min(len(indents), DEEPEST)))
    return lines


def runs(lines: Iterable[Line]) -> list[tuple[bool, list[Line]]]:
    """(whether it is a list, its lines), in reading order."""
    return [(is_list, list(group)) for is_list, group in groupby(lines, key=lambda line: line.is_item)]


def mark_of(line: str) -> str:
    """What marks the line as an item of a list, with the space after it; empty for a paragraph."""
    found = _MARK.match(line)
    return found[0] if found else ""


def _indent(line: str) -> int:
    expanded = line.expandtabs(TAB)
    return len(expanded) - len(expanded.lstrip())


def _deeper(indents: list[int], indent: int) -> list[int]:
    """The indents of the levels that are open after an item that stands so far in."""
    return [*[open_one for open_one in indents if open_one < indent], indent]

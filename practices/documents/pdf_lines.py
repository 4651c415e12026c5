"""Puts the words of a PDF page together: words to lines, lines to the paragraphs that a person wrote.

A PDF knows neither. A line goes on in the next one when the next one's first word had no room on it; an indent, a list
mark, another letter or a wider gap says that a paragraph begins. A hyphen at the end of a line is taken out where the
dictionary knows the whole word.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pymorphy3

from practices.documents.word_keys import INVISIBLE

SAME_LINE = 0.5  # of the letter's height
TAB = 1.5  # letter heights between words that no word space makes
CELL_PADDING = 6.0  # points; what Word and LibreOffice leave beside a border
INDENT = 8.0
WIDER = 0.35  # letter heights by which a gap between paragraphs is larger than between lines
LARGER = 0.7
LETTER = 0.75  # of its height: as wide as a letter is at most
LIST_MARK = re.compile(r"^(?:\d{1,2}[.)]|[a-zа-я]\)|[-–—•·▪◦*])\s", re.IGNORECASE)
DASH = re.compile(r"^[-–—]\s")
SENTENCE_END = re.compile(r"[.;:!?,]\s*$")
SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "–", "\uf0d8": "▪", "\uf0fc": "✓", "\u2010": "-"})
BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
WORD = re.compile(r"^[^\W\d_]+")
WHOLE_LINE = re.compile(r"^[^\W\d_]+$")
RANGE = re.compile(r"\d[-–]$")  # «2017-» and «2021» below it
ADDRESS_AT_END = re.compile(r"(?:(?:https?://|www\.)[^\sа-яё]*|\S+@[^\sа-яё]*)$", re.IGNORECASE)
ADDRESS_GOES_ON = re.compile(r"^(?!https?://)[\w./?=&%#~:+-]+$", re.IGNORECASE | re.ASCII)
MAILBOX_AT_END = re.compile(r"(?:^|\s)[a-z0-9._-]+-$", re.IGNORECASE)
MAILBOX_GOES_ON = re.compile(r"^[\w.-]*@", re.ASCII)


@dataclass
class Line:
    """One printed line of one column. `room` is how far to the right it could have gone."""

    words: list[dict]
    room: float = 0.0

    def __post_init__(self):
        self.words.sort(key=lambda word: word["x0"])
        self.x0, self.x1 = self.words[0]["x0"], max(word["x1"] for word in self.words)
        self.top = min(word["top"] for word in self.words)
        self.bottom = max(word["bottom"] for word in self.words)
        self.size = max(word["size"] for word in self.words)
        self.is_bold = all("bold" in word["fontname"].lower() for word in self.words)

    @property
    def text(self) -> str:
        """Its words; a tab where they stand far apart and nothing stretched the line."""
        is_stretched = self.x1 > self.room - CELL_PADDING - 2
        pieces = [self.words[0]["text"]]
        for before, word in pairwise(self.words):
            is_tab = word["x0"] - before["x1"] > TAB * self.size and not is_stretched
            pieces += ["\t" if is_tab else " ", word["text"]]
        return written("".join(pieces))

    @property
    def is_full(self) -> bool:
        return self.x1 > self.room - CELL_PADDING - LETTER * self.size

    @property
    def first_width(self) -> float:
        return self.words[0]["x1"] - self.words[0]["x0"]


def written(text: str) -> str:
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text.translate(SYMBOLS)))


def lines_of(words: list[dict]) -> list[Line]:
    """The words of one column as lines, from the top."""
    groups: list[list[dict]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        last = groups[-1] if groups else None
        if last and abs(word["bottom"] - last[0]["bottom"]) < SAME_LINE * max(word["size"], last[0]["size"]):
            last.append(word)
        else:
            groups.append([word])
    return [Line(group) for group in groups]


def paragraphs_of(lines: list[Line]) -> list[list[Line]]:
    """Lines, from the top, as paragraphs."""
    pitches = [
        (below.top - above.top) / above.size
        for above, below in pairwise(lines)
        if below.top - above.top > SAME_LINE * above.size
    ]
    usual = min(pitches, default=0.0)
    found: list[list[Line]] = []
    for line in lines:
        if found and goes_on(found[-1], line) and (line.top - found[-1][-1].top) / line.size <= usual + WIDER:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def goes_on(paragraph: list[Line], line: Line) -> bool:
    """Whether the line belongs to the paragraph above it, as far as letters, words and room tell."""
    last = paragraph[-1]
    if last.x1 + 0.25 * last.size + line.first_width <= last.room - CELL_PADDING:
        return False  # its first word would have stood above
    if last.is_bold != line.is_bold or abs(last.size - line.size) > LARGER or "\t" in last.text or "\t" in line.text:
        return False
    if LIST_MARK.match(line.text) and not (DASH.match(line.text) and not SENTENCE_END.search(last.text)):
        return False
    hangs = len(paragraph) == 1 and LIST_MARK.match(last.text)
    if line.x0 > last.x0 + INDENT and not hangs:
        return False
    return not (line.x0 < last.x0 - INDENT and len(paragraph) > 1)


def joined(lines: list[tuple[str, bool]]) -> str:
    """The text of a paragraph, its lines one after the other; beside each, whether not a letter more went on it."""
    text = lines[0][0]
    for (above, is_full), (line, _) in pairwise(lines):
        hyphen, ended = BROKEN_WORD.search(text), WORD.match(line)
        if hyphen and ended:
            text = (text[:-1] if _is_word(hyphen[1] + ended[0]) else text) + line
        elif _is_one_range(text, line) or _is_one_address(text, line) or (is_full and _is_one_word(above, line)):
            text += line
        else:
            text = f"{text} {line}"
    return text


def _is_one_range(text: str, line: str) -> bool:
    return bool(RANGE.search(text)) and line[:1].isdigit()


def _is_one_address(text: str, line: str) -> bool:
    """An address that was too long for its line: it goes on in letters that an address can have."""
    if MAILBOX_AT_END.search(text) and MAILBOX_GOES_ON.match(line):
        return True
    return bool(ADDRESS_AT_END.search(text) and ADDRESS_GOES_ON.match(line))


def _is_one_word(above: str, line: str) -> bool:
    """A word that was too long for a narrow column: its beginning stood alone and filled the line."""
    begun, ended = WHOLE_LINE.match(above), WORD.match(line)
    return bool(begun and ended and _is_word(begun[0] + ended[0]))


def _is_word(word: str) -> bool:
    return _dictionary().word_is_known(word.lower())


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    """Made when the first broken word is met: few files have one."""
    return pymorphy3.MorphAnalyzer()

"""What a clipboard brings into a text answer: the HTML of Word, LibreOffice, Google Docs or a web page as clean blocks.

Of all that an office puts on the clipboard only words, lists and tables stay: list marks become the lines that an
author would type («- », «1. », two spaces a level), paragraphs become lines, everything about looks is left behind.
"""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

import lxml.html
from lxml import etree

from practices.lines import mark_of
from practices.pasted import rows_of

DEEPEST_LIST = 9

_SPACE = re.compile(r"\s+")  # no-break ones among them: an office puts them in to make things look right
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_STYLED_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
_STYLED_MARK = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|mso-element:\s*comment-list", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?:\s*([a-z-]+)", re.IGNORECASE)
_COUNTED = re.compile(r"\(?(\w{1,5}(?:\.\w{1,3})*)[.)]?")

_SKIPPED = frozenset({"head", "style", "script", "title", "meta", "link", "xml", "template", "noscript", "del"})
_SKIPPED |= {"iframe", "object", "svg", "button", "select", "textarea"}
_COMMENT_MARKS = frozenset({"MsoCommentReference", "msocomanchor", "msocomtxt"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _PARAGRAPHS | {"div", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "address", "center"}
_BLOCKS |= {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
_BLOCKS |= {"body", "main", "section", "article", "header", "footer", "aside", "nav", "figure", "figcaption", "form"}
_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "а": "абвгдежзиклмнопрстуфхцчшщэюя"}
_ORDERED_STYLES = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_BULLET_STYLES = frozenset({"disc", "circle", "square"})


@dataclass(frozen=True)
class Pasted:
    """What came, in reading order, as a text answer holds it; `pictures` could not come along."""

    blocks: list[dict]
    pictures: int = 0

    @property
    def has_tables(self) -> bool:
        return any("table" in block for block in self.blocks)

    @property
    def text(self) -> str:
        """All of it where there is no table."""
        return "\n".join(block["text"] for block in self.blocks if "text" in block)


def read_pasted(html: str) -> Pasted:
    """Read the HTML of a clipboard. Never fails: of what is no HTML the words are taken."""
    root = _parsed(html)
    if root is None:
        return Pasted([])
    reader = _Reader()
    reader.read(root)
    return Pasted(reader.blocks(), reader.pictures)


def _parsed(html: str):
    try:
        # Bytes: of a string that declares an encoding of its own the parser would refuse every word.
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        return lxml.html.document_fromstring(html.replace("\x00", "").encode("utf-8", "ignore"), parser=parser)
    except etree.ParserError:  # nothing at all, or only comments
        return None


@dataclass
class _List:
    """A list that is open where the reader stands."""

    kind: str  # "-", "1", "a", "A" or "" for one without marks
    next: int = 1


@dataclass
class _Reader:
    """Walks a document once and gathers lines and tables. `in_cell`: tables in a cell are but lines of it."""

    in_cell: bool = False
    pictures: int = 0
    _done: list[dict] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _mark: str = ""
    _depth: int = 0
    _begun: list[int] = field(default_factory=list)  # how many lines there were where each open paragraph began

    def read(self, root) -> None:
        """Without recursion: a stranger's document may be nested as deep as it likes."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self._start(element):
                    self._words.append(element.text or "")
                else:
                    skipped = element
                    walk.skip_subtree()
                continue
            if event == "end" and element is not skipped:
                self._end(element)
            if element is not root:
                self._words.append(element.tail or "")
        self._flush()

    def blocks(self) -> list[dict]:
        self._close_text()
        return self._done

    @property
    def lines(self) -> list[str]:
        return self._lines

    # --- elements ---

    def _start(self, element) -> bool:
        """Whether to read what is inside."""
        tag, style = element.tag, element.get("style", "")
        if tag in _SKIPPED or _HIDDEN.search(style) or _COMMENT_MARKS & set(element.get("class", "").split()):
            return False
        if _STYLED_MARK.search(style):
            self._mark = _written_mark(_clean("".join(element.itertext())))
            return False
        if tag == "img":
            self.pictures += not _is_unseen_picture(element)
        elif tag == "br":
            self._break()
        elif tag == "table" and self._take_table(element):
            return False
        elif tag in _BLOCKS:
            self._flush()
            self._begin_block(tag, element, style)
        return True

    def _begin_block(self, tag, element, style) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(_List(_kind_of(element, tag), _whole(element.get("start"), 1)))
        elif tag == "li":
            self._begin_item(element)
        elif tag in _PARAGRAPHS:
            self._begun.append(len(self._lines))
        if found := _STYLED_LIST.search(style):
            self._mark, self._depth = "- ", int(found[1])

    def _begin_item(self, element) -> None:
        if not self._lists:
            self._lists.append(_List("-"))
        owner = self._lists[-1]
        owner.next = _whole(element.get("value"), owner.next)
        kind = _own_kind(element) if _LIST_STYLE.search(element.get("style", "")) else owner.kind
        self._mark = _drawn_mark(kind, owner.next)
        self._depth = max(len(self._lists), min(_whole(element.get("aria-level"), 1), DEEPEST_LIST))
        owner.next += 1

    def _end(self, element) -> None:
        tag = element.tag
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _PARAGRAPHS and self._begun and self._begun.pop() == len(self._lines):
            self._lines.append("")
        if tag in {"li", *_PARAGRAPHS}:
            self._mark, self._depth = "", 0

    def _take_table(self, element) -> bool:
        """A real table becomes one; what only frames a text, or stands inside a cell, is read through."""
        if self.in_cell or len(element.xpath("(.//td|.//th)[position() < 3]")) < 2:
            return False
        rows, pictures = _grid(element)
        self._flush()
        self.pictures += pictures
        if sum(len(row) for row in rows) < 2:
            self._lines.extend(line for row in rows for cell in row for line in cell.split("\n"))
        else:
            self._close_text()
            self._done.append({"table": rows})
        return True

    # --- lines ---

    def _break(self) -> None:
        if not self._flush():
            self._lines.append("")

    def _flush(self) -> bool:
        """End the line; whether it said anything."""
        text = _clean("".join(self._words))
        self._words.clear()
        if not text:
            return False
        indent = "  " * (self._depth - 1) if self._mark else ""
        self._lines.append(indent + (self._mark if not mark_of(text) else "") + text)
        self._mark = ""
        return True

    def _close_text(self) -> None:
        text = re.sub("\n{3,}", "\n\n", "\n".join(self._lines).strip("\n"))
        self._lines.clear()
        self._begun = [0] * len(self._begun)
        if text:
            self._done.append({"text": text})


# --- tables ---


def _grid(table) -> tuple[list[list[str]], int]:
    """The rows of a table without blank ones at its ends, and how many pictures stood in them."""
    pictures = 0

    def lines_of(cell) -> list[str]:
        nonlocal pictures
        reader = _Reader(in_cell=True)
        reader.read(cell)
        pictures += reader.pictures
        return [line for line in reader.lines if line]

    rows = [[cell.text for cell in row] for row in rows_of(table, lines_of)]
    return _trimmed(rows), pictures


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without the blank columns and rows that a selection in Excel drags along; all rows equally wide."""
    while rows and not any(rows[-1]):
        rows.pop()
    columns = [list(column) for column in zip_longest(*rows, fillvalue="")]
    while columns and not any(columns[-1]):
        columns.pop()
    return [list(row) for row in zip(*columns, strict=True)]


# --- marks of lists ---


def _written_mark(label: str) -> str:
    """The mark that Word drew, as an author would type it: a bullet of any alphabet as a dash, a number as it is."""
    counted = _COUNTED.fullmatch(label)
    if counted is None or (len(label) == 1 and not label.isdigit()):
        return "- "
    if counted[1].isalpha() and len(counted[1]) == 1:
        return f"{counted[1]}) "
    return f"{label} " if label[-1] in ".)" else f"{label}. "


def _drawn_mark(kind: str, number: int) -> str:
    """The mark that a browser would draw."""
    if kind in {"", "-"}:
        return f"{kind} ".lstrip()
    letters = _LETTERS.get(kind.lower())
    if letters is None or not 0 < number <= len(letters):
        return f"{number}. "
    letter = letters[number - 1]
    return f"{letter.upper() if kind.isupper() else letter}) "


def _kind_of(element, tag: str) -> str:
    if _LIST_STYLE.search(element.get("style", "")):
        return _own_kind(element)
    if tag == "ul":
        return "-"
    kind = element.get("type", "1")
    return kind if kind.lower() == "a" else "1"


def _own_kind(element) -> str:
    style = _LIST_STYLE.search(element.get("style", ""))[1].lower()
    if style == "none":
        return ""
    return "-" if style in _BULLET_STYLES else _ORDERED_STYLES.get(style, "1")


# --- words ---


def _clean(text: str) -> str:
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).replace("\u2011", "-").strip()


def _is_unseen_picture(element) -> bool:
    """The dot that a web page counts its readers with."""
    return element.get("width") in {"0", "1"} or element.get("height") in {"0", "1"}


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else default

"""The pieces of a WordprocessingML document: paragraphs, tables, cells. They know nothing of passports."""

import re
from collections.abc import Iterable

from lxml import etree

from practices import blocks

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TEXT_WIDTH = 9638  # twentieths of a point: A4 less margins of 2.5 and 1.5 cm
CELL_MARGIN = 108
LONGEST_WHOLE_ROW = 1_200  # characters; a longer row may break over pages, or it would leave half a page blank

_TABS = re.compile("(\t)")


def element(name: str, *children, **attributes):
    """`<w:name w:attribute="…">`: names without the prefix, children that are None left out."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={"w": NAMESPACE, "r": RELATIONS})
    for key, value in attributes.items():
        made.set(f"{{{NAMESPACE}}}{key}", str(value))
    made.extend([child for child in children if child is not None])
    return made


def plain(text: str) -> str:
    """The text as XML can hold it. What is stored went through this already; what is shown beside it did not."""
    return blocks.clean_text(text, limit=len(text) + 1)


def run(text: str):
    parts = []
    for part in _TABS.split(text):
        if part == "\t":
            parts.append(element("tab"))
        elif part:
            words = element("t")
            words.set(SPACE, "preserve")
            words.text = part
            parts.append(words)
    return element("r", *parts) if parts else None


def paragraph(text: str, style: str):
    """One line of text in a paragraph style; a tab stays a tab."""
    return element("p", element("pPr", element("pStyle", val=style)), run(text))


def paragraphs(text: str, style: str) -> list:
    return [paragraph(line, style) for line in text.split("\n")]


def field(instruction: str):
    """A number that Word counts itself; «1» until it does."""
    return element("fldSimple", run("1"), instr=f" {instruction} ")


def cell(content: list, width: int, *, columns: int = 1, merge: str = ""):
    """`merge`: «restart» for the upper cell of several in one column, «continue» for those below it."""
    return element(
        "tc",
        element(
            "tcPr",
            element("tcW", w=width, type="dxa"),
            element("gridSpan", val=columns) if columns > 1 else None,
            element("vMerge", val=merge) if merge else None,
            element("vAlign", val="center") if merge == "restart" else None,
        ),
        *content,
    )


def row(cells: Iterable, *, missing: int = 0, is_head: bool = False, is_whole: bool = False):
    """`missing`: by how many columns the row is shorter than its table. A whole row does not break over pages."""
    properties = element(
        "trPr",
        element("gridAfter", val=missing) if missing else None,
        element("cantSplit") if is_whole else None,
        element("tblHeader") if is_head else None,
    )
    return element("tr", properties if len(properties) else None, *cells)


def table(rows: Iterable, widths: list[int], *, title: str = "", mark: str = ""):
    """A bordered table of fixed columns. `title` is read out to who cannot see it, `mark` is for our own reader."""
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val="TableGrid"),
            element("tblW", w=sum(widths), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
            element("tblCaption", val=title) if title else None,
            element("tblDescription", val=mark) if mark else None,
        ),
        element("tblGrid", *(element("gridCol", w=width) for width in widths)),
        *rows,
    )


def shared(width: int, weights: list[int]) -> list[int]:
    """A width in whole numbers by weights; the last column takes what rounding leaves."""
    widths = [width * weight // sum(weights) for weight in weights]
    widths[-1] += width - sum(widths)
    return widths


def as_bytes(root) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

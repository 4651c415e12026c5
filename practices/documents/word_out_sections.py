"""A section of a passport as the official form prints it: title, hint, and the answer in its box or its tables.

Whatever stands inside a marked table is the answer alone, character by character; everything the form says by itself
stands outside of it. That is what makes the file readable again.
"""

import re
from itertools import groupby

from practices import blocks
from practices.documents import word_out_xml as xml
from practices.documents.printed_form import NOTHING
from practices.documents.word_marks import Mark
from practices.models import SectionTemplate

NUMBER = "№"
NUMBER_WIDTH = 567  # one centimetre
BLANK_ROWS = 3  # as the official form has them
WEIGHTS = {"number": 2, "money": 2}
OTHER_WEIGHT = 3

_LIST_ITEM = re.compile(r"(?:\d+(?:\.\d+)*[.)]|[-–—•·*])\s")


def section_elements(edition: str, template: SectionTemplate, content: dict) -> list:
    """Everything of one section in the order of the page."""
    heading = f"{template.number}. {template.title}"
    elements = [xml.paragraph(xml.plain(heading), "Heading1")]
    if template.hint:
        elements += xml.paragraphs(xml.plain(template.hint), "Hint")
    if template.is_tables:
        return elements + _form_tables(edition, template, content, heading)
    mark = Mark(edition, template.code, nothing=_says_nothing(content))
    return [*elements, _box(_answer(template.shape, content), title=heading, mark=str(mark))]


def _says_nothing(content: dict) -> bool:
    return bool(content.get("nothing"))


def _box(content: list, *, title: str, mark: str):
    """The frame of an answer. It breaks over pages, as its text does."""
    return xml.table([xml.row([xml.cell(content, xml.TEXT_WIDTH)])], [xml.TEXT_WIDTH], title=title, mark=mark)


def _answer(shape: blocks.Text, content: dict) -> list:
    """Paragraphs and tables. Word wants a paragraph between two tables and at the end of a cell: an empty one."""
    if _says_nothing(content):
        return [xml.paragraph(NOTHING, "Answer")]
    elements = []
    for is_text, group in groupby(shape.without_blank_rows(content)["blocks"], key=lambda block: "text" in block):
        for block in group:
            if is_text:
                elements += [_answer_line(line) for line in xml.plain(block["text"]).split("\n")]
            else:
                elements += [_free_table(block["table"]), xml.paragraph("", "Gap")]
    return elements or [xml.paragraph("", "Answer")]


def _answer_line(line: str):
    return xml.paragraph(line, "AnswerItem" if _LIST_ITEM.match(line) else "Answer")


def _free_table(rows: list[list[str]]):
    """A table inside a text. Nobody said what its first row is, and its rows may differ in length."""
    width = max(map(len, rows))
    widths = xml.shared(xml.TEXT_WIDTH - 2 * xml.CELL_MARGIN, [1] * width)
    return xml.table(
        [
            xml.row(
                [_text_cell(text, width) for text, width in zip(row, widths, strict=False)],
                missing=width - len(row),
                is_whole=_is_short(row),
            )
            for row in rows
        ],
        widths,
    )


def _text_cell(text: str, width: int):
    return xml.cell(xml.paragraphs(xml.plain(text), "TableText"), width)


def _is_short(texts: list[str]) -> bool:
    return sum(map(len, texts)) <= xml.LONGEST_WHOLE_ROW


def _form_tables(edition: str, template: SectionTemplate, content: dict, heading: str) -> list:
    elements = []
    for table in template.shape.tables:
        rows = table.filled(content.get("tables", {}).get(table.name, []))
        if table.title:
            elements.append(xml.paragraph(xml.plain(table.title), "Caption"))
        elif elements:
            elements.append(xml.paragraph("", "Gap"))
        mark = Mark(edition, template.code, table.name, nothing=_says_nothing(content))
        if _says_nothing(content):
            rows = [{table.columns[0].code: NOTHING}]
        elements.append(_form_table(table, rows, title=f"{heading}. {table.title}".rstrip(". "), mark=str(mark)))
    return elements


def _form_table(table: blocks.Table, rows: list[dict], *, title: str, mark: str):
    numbered = [] if table.single_row else [NUMBER_WIDTH]
    weights = [WEIGHTS.get(column.kind, OTHER_WEIGHT) for column in table.columns]
    widths = numbered + xml.shared(xml.TEXT_WIDTH - sum(numbered), weights)
    blank = [{}] * (1 if table.single_row else BLANK_ROWS)
    body = [_form_row(table, row, number, widths) for number, row in enumerate(rows or blank, start=1)]
    return xml.table([*_head(table, widths), *body], widths, title=xml.plain(title), mark=mark)


def _form_row(table: blocks.Table, row: dict, number: int, widths: list[int]):
    texts = [row.get(column.code, "") for column in table.columns]
    cells = [_text_cell(text, width) for text, width in zip(texts, widths[-len(texts) :], strict=True)]
    if not table.single_row:
        label = str(number) if row else ""
        cells.insert(0, xml.cell([xml.paragraph(label, "TableNumber")], widths[0]))
    return xml.row(cells, is_whole=_is_short(texts))


def _head(table: blocks.Table, widths: list[int]) -> list:
    """One row, or two where columns share a heading («Значение показателя»): then the others go through both."""
    has_groups = any(column.group for column in table.columns)
    left = iter(widths)
    upper, lower = [], []

    def whole(title):
        width = next(left)
        upper.append(_head_cell(title, width, merge="restart" if has_groups else ""))
        lower.append(_head_cell("", width, merge="continue"))

    if not table.single_row:
        whole(NUMBER)
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        if not group:
            for column in columns:
                whole(column.title)
            continue
        own = [(column.title, next(left)) for column in columns]
        upper.append(_head_cell(group, sum(width for _, width in own), columns=len(own)))
        lower.extend(_head_cell(title, width) for title, width in own)
    rows = [upper, lower] if has_groups else [upper]
    return [xml.row(cells, is_head=True, is_whole=True) for cells in rows]


def _head_cell(title: str, width: int, *, columns: int = 1, merge: str = ""):
    return xml.cell([xml.paragraph(xml.plain(title), "TableHead")], width, columns=columns, merge=merge)

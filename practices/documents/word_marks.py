"""What a Word file of ours says of itself: which section, and which table of the form, each of its tables holds.

Titles tell the sections of a stranger's file apart, but an answer may quote a title, begin with the form's own words or
end in a total. So every answer's box and every table of the form carries a mark, as the table's alternative text, which
Word keeps through any editing. A table that was changed beyond its form, or lost its mark (LibreOffice drops it), is
read as a stranger's is (docs/decisions/0019).
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from practices import blocks
from practices.documents.printed_form import NOTHING, PrintedForm
from practices.documents.word_columns import NUMBER_LABELS, leaves_of, names
from practices.documents.word_flow import WIDEST, Cell, Document, Paragraph, Table, lines_of
from practices.documents.word_keys import short_key
from practices.documents.word_tables import ROW_NUMBER, is_box

KIND = "passport"
SAYS_NOTHING = "nothing"


@dataclass(frozen=True)
class Mark:
    """`nothing`: its applicant said that there is nothing to report, which no cell of a form can say."""

    edition: str
    section: str
    table: str = ""
    nothing: bool = False

    def __str__(self):
        return "/".join((KIND, self.edition, self.section, self.table, SAYS_NOTHING if self.nothing else ""))

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        kind, *parts = text.split("/")
        if kind != KIND or len(parts) != 4:
            return None
        edition, section, table, said = parts
        return cls(edition, section, table, said == SAYS_NOTHING)


@dataclass
class Marked:
    """The answers that were read by their marks, and the document without them."""

    form: PrintedForm
    rest: Document
    sections: dict[str, dict] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)

    def put_into(self, reading) -> None:
        """Add the answers to what was read of the rest; words typed beside a box follow the words in it."""
        for code, content in self.sections.items():
            beside = reading.sections.get(code)
            if beside is None or not self.form.sections[code].shape.is_answered(beside):
                reading.sections[code] = content
                continue
            answer = {name: part for name, part in content.items() if name != SAYS_NOTHING}
            if "blocks" in answer:
                reading.sections[code] = {"blocks": answer["blocks"] + beside["blocks"]}
            else:
                tables = {name: rows + beside["tables"].get(name, []) for name, rows in answer["tables"].items()}
                reading.sections[code] = {"tables": tables}
        reading.unplaced.extend(self.unplaced)


def take(document: Document, forms: list[PrintedForm]) -> Marked | None:
    """Read what is marked for one of these forms; None for a file without such marks."""
    marks = {id(item): mark for item in document.items if isinstance(item, Table) and (mark := Mark.parse(item.mark))}
    by_code = {form.code: form for form in forms}
    editions = Counter(mark.edition for mark in marks.values() if mark.edition in by_code)
    if not editions:
        return None
    form = by_code[editions.most_common(1)[0][0]]
    marked = Marked(form, document)
    rest = []
    for item in document.items:
        mark = marks.get(id(item))
        is_taken = mark is not None and mark.edition == form.code and _take_table(marked, mark, item)
        rest.append(Table() if is_taken else item)  # its empty frame: what stood apart still does
    marked.rest = replace(document, items=rest)
    _say_nothing(marked, marks.values())
    return marked


def _take_table(marked: Marked, mark: Mark, table: Table) -> bool:
    section = marked.form.sections.get(mark.section)
    if section is None:
        return False
    content = marked.sections.get(mark.section) or section.shape.empty()
    if isinstance(section.shape, blocks.Text):
        if not is_box(table):
            return False
        content["blocks"] = content["blocks"] + answer_blocks([i for row in table.rows for c in row for i in c.items])
    else:
        ours = next((known for known in section.shape.tables if known.name == mark.table), None)
        rows = _rows(ours, table, marked.unplaced) if ours else None
        if rows is None:
            return False
        content["tables"][ours.name] = content["tables"][ours.name] + rows
    marked.sections[mark.section] = content
    return True


def answer_blocks(items: list) -> list[dict]:
    """Paragraphs and tables as they stand, blank lines inside a text included."""
    found, lines = [], []
    for item in [*items, None]:
        if isinstance(item, Paragraph):
            lines.append(_words(item))
            continue
        text = "\n".join(lines).strip("\n")
        if text.strip():
            found.append({"text": text})
        lines = []
        if item is not None:
            found.append({"table": [_cells(row, item.width) for row in item.rows]})
    return [block for block in found if "text" in block or any(map(any, block["table"]))]


def _words(paragraph: Paragraph) -> str:
    return paragraph.full_text if paragraph.label else paragraph.text


def _text(cell: Cell) -> str:
    if all(isinstance(item, Paragraph) for item in cell.items):
        return "\n".join(map(_words, cell.items)).strip()
    return "\n".join(lines_of(cell.items))


def _cells(row: list[Cell], width: int) -> list[str]:
    """A row with every cell in its column; a merged cell is written once, a row may be shorter than its table."""
    if width > WIDEST:
        return [_text(cell) for cell in row]
    texts: list[str] = []
    for cell in row:
        texts += [""] * (cell.column - len(texts)) + [_text(cell)] + [""] * (cell.span - 1)
    return texts


def _rows(ours: blocks.Table, table: Table, unplaced: list[str]) -> list[dict] | None:
    """The rows under the form's own header; None for a table that has other columns by now."""
    head = 2 if any(column.group for column in ours.columns) else 1
    first = 0 if ours.single_row else 1
    body = table.rows[head:]
    if not _is_our_head(ours, table.rows[:head], first) or any(
        _is_merged(row, first + len(ours.columns)) for row in body
    ):
        return None
    rows = []
    for cells in body:
        number = _text(cells[0]) if first else ""
        if not ROW_NUMBER.match(number):
            unplaced.append(number)
        row = {column.code: _text(cell) for column, cell in zip(ours.columns, cells[first:], strict=True)}
        if any(row.values()):
            rows.append(row)
    return rows


def _is_our_head(ours: blocks.Table, rows: list[list[Cell]], first: int) -> bool:
    leaves = leaves_of(rows) if rows else []
    if len(leaves) != first + len(ours.columns) or any(
        short_key(leaf.words) not in NUMBER_LABELS for leaf in leaves[:first]
    ):
        return False
    return all(
        short_key(leaf.words) in names(column) for leaf, column in zip(leaves[first:], ours.columns, strict=True)
    )


def _is_merged(row: list[Cell], width: int) -> bool:
    return len(row) != width or any(cell.span > 1 or cell.continues for cell in row)


def _say_nothing(marked: Marked, marks) -> None:
    """A section marked as «nothing to report» is one, as long as nobody wrote more into it than the mark's own word."""
    for code in {mark.section for mark in marks if mark.nothing} & set(marked.sections):
        shape = marked.form.sections[code].shape
        if set(shape.words(marked.sections[code])) == {NOTHING}:
            marked.sections[code] = {**shape.empty(), SAYS_NOTHING: True}

"""What of a Word file can be taken over, part by part, and what a section becomes when a part is added to it.

Pure: contents and shapes in, contents out. A part is a section of the file, laid out in the form of the passport
(`practices.fitting`), or a piece that found no place there. Nothing of a part is dropped on its way: what no column
or table of the target is made for goes into words.
"""

from dataclasses import dataclass

from practices import blocks
from practices.fitting import Fit

BETWEEN_CELLS = " — "


@dataclass(frozen=True)
class Part:
    """A section of the file, known by its code, or a piece without a place: «unplaced.0», «stray.2»."""

    key: str
    content: dict
    code: str = ""  # of the section that it belongs to, or stood in; a piece may have none

    @property
    def has_place(self) -> bool:
        return self.key == self.code


@dataclass(frozen=True)
class Choice:
    """What a person decided about one part: into which section, and whether after what stands there or in its place."""

    part: str
    to: str
    append: bool = False


def parts_of(recognised: dict, fit: Fit) -> dict[str, Part]:
    """Every part of the file by its key, in the order in which a person is shown them."""
    parts = [Part(code, fitted.content, code) for code, fitted in fit.sections.items()]
    parts += [Part(f"stray.{n}", _text(stray.text), stray.code) for n, stray in enumerate(fit.strays)]
    parts += [Part(f"unplaced.{n}", _text(text)) for n, text in enumerate(recognised["unplaced"])]
    return {part.key: part for part in parts}


def appended(content: dict, piece: dict, shape: blocks.Text | blocks.Tables) -> dict:
    """The section's content with a piece of any shape at its end; raise `blocks.ShapeError` where it is too much."""
    if isinstance(shape, blocks.Text):
        return shape.clean({"blocks": _joined([*content["blocks"], *_as_blocks(piece)], one_line=shape.one_line)})
    tables = {table.name: list(content["tables"].get(table.name, [])) for table in shape.tables}
    for table, row in _as_rows(piece, shape):
        _add_row(tables[table.name], row, table)
    return shape.clean({"tables": tables})


def _text(text: str) -> dict:
    return {"blocks": [{"text": text}]}


def _joined(given: list[dict], *, one_line: bool) -> list[dict]:
    """Texts that follow each other are one text; a line holds nothing but text."""
    joined: list[dict] = []
    for block in given:
        block = {"text": " ".join(_lines_of(block))} if one_line else block
        if joined and "text" in joined[-1] and "text" in block:
            joined[-1] = {"text": (" " if one_line else "\n").join([joined[-1]["text"], block["text"]])}
        else:
            joined.append(block)
    return joined


def _lines_of(block: dict) -> list[str]:
    return [block["text"]] if "text" in block else [BETWEEN_CELLS.join(filter(None, row)) for row in block["table"]]


def _as_blocks(piece: dict) -> list[dict]:
    """A piece as it can stand in a text: rows of the form's tables become a table inside the text."""
    if "blocks" in piece:
        return piece["blocks"]
    return [
        {"table": [[cell for code, cell in row.items() if code != "id"] for row in rows]}
        for rows in piece["tables"].values()
        if rows
    ]


def _as_rows(piece: dict, shape: blocks.Tables):
    """A piece as rows: (which table, cells by column). Cells keep their columns where the target has the same."""
    first = shape.tables[0]
    known = {table.name: table for table in shape.tables}
    for name, rows in piece.get("tables", {}).items():
        table = known.get(name, first)
        for row in rows:
            yield table, _by_code({code: cell for code, cell in row.items() if code != "id" and cell.strip()}, table)
    for block in piece.get("blocks", []):
        for cells in block.get("table", [[block.get("text", "")]]):
            yield first, _by_place(cells, first)


def _by_code(row: dict, table: blocks.Table) -> dict:
    codes = [column.code for column in table.columns]
    kept = {code: cell for code, cell in row.items() if code in codes}
    others = [cell for code, cell in row.items() if code not in codes]
    return _with_words(kept, others, codes)


def _by_place(cells: list[str], table: blocks.Table) -> dict:
    """As many cells as columns stand in their order, also where tabs part them; else all is one cell's text."""
    codes = [column.code for column in table.columns]
    if len(cells) == 1 and cells[0].count("\t") + 1 == len(codes) and "\n" not in cells[0]:
        cells = cells[0].split("\t")
    if len(cells) == len(codes):
        return dict(zip(codes, cells, strict=True))
    return _with_words({}, [cell for cell in cells if cell.strip()], codes)


def _with_words(row: dict, others: list[str], codes: list[str]) -> dict:
    """The row with words that have no column of their own, in the first cell that is free, else in the first."""
    if others:
        place = next((code for code in codes if not row.get(code)), codes[0])
        row = {**row, place: BETWEEN_CELLS.join(filter(None, [row.get(place, ""), *others]))}
    return row


def _add_row(rows: list[dict], row: dict, table: blocks.Table) -> None:
    """A row more; where the form has but one row, its cells go on."""
    if not any(cell.strip() for cell in row.values()):
        return
    if table.single_row and rows:
        rows[-1] = {**rows[-1], **{code: _gone_on(rows[-1].get(code, ""), cell) for code, cell in row.items()}}
    else:
        rows.append(row)


def _gone_on(written: str, more: str) -> str:
    return "\n".join(filter(None, [written, more]))

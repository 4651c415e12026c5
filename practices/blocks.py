"""The closed set of shapes a section can have, and the one place that knows how to check, clean and show them.

A section's content is JSON in one of two forms, the same that the importer prints:

* text: ``{"blocks": [{"text": "…"} | {"table": [["cell", …], …]}, …]}``
* tables: ``{"tables": {"main": [{"id": "k3f…", "item": "…", "amount": "…"}, …]}}``

Texts are kept as typed, but for what no database or reader can hold: NUL and other control characters and lone
surrogates are dropped, line ends become ``\\n``, Unicode is composed (NFC).
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

COLUMN_KINDS = ("text", "number", "money", "url", "person", "contact")
MAX_CELL = 20_000
MAX_TEXT = 200_000
MAX_ROWS = 500
MAX_COLUMNS = 50  # of a table in a text
MAX_BLOCKS = 500

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile("[a-z][a-z0-9_]*")
_ROW_ID = re.compile(r"^[0-9a-z]{1,16}$")


class ShapeError(ValueError):
    """Content that does not fit the section's shape. `where` names the block, row and column, as far as known."""

    def __init__(self, problem: str, **where):
        super().__init__(problem)
        self.problem = problem
        self.where = where


def clean_text(value, *, limit: int) -> str:
    """Return the text as a database can hold it; raise `ShapeError` for what is no text or is longer than `limit`."""
    if not isinstance(value, str):
        raise ShapeError("not_text")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    if len(text) > limit:
        raise ShapeError("too_long", limit=limit, length=len(text))
    return text


def new_row_id() -> str:
    return secrets.token_hex(4)


@dataclass(frozen=True)
class Column:
    """One column of a table. `group` is the heading that several columns share («Значение показателя»)."""

    code: str
    title: str
    kind: str = "text"
    group: str = ""

    def __post_init__(self):
        if self.kind not in COLUMN_KINDS:
            raise ShapeError("unknown_kind", column=self.code)
        _require_name(self.code)


@dataclass(frozen=True)
class Text:
    """A free answer: paragraphs, and tables among them. `one_line` answers have no line breaks."""

    one_line: bool = False

    def empty(self) -> dict:
        return {"blocks": []}

    def clean(self, content) -> dict:
        """Return ``{"blocks": […]}`` of texts and tables of texts; raise `ShapeError` for anything else.

        A table that says nothing yet may stand in a draft; it goes at submission.
        """
        blocks = content.get("blocks") if isinstance(content, dict) else None
        if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
            raise ShapeError("not_blocks")
        cleaned = [self._clean_block(block, number) for number, block in enumerate(blocks)]
        return {"blocks": [block for block in cleaned if block.get("text", "").strip() or any(block.get("table", []))]}

    def _clean_block(self, block, number):
        if isinstance(block, dict) and set(block) == {"text"}:
            text = clean_text(block["text"], limit=MAX_TEXT)
            return {"text": " ".join(text.split()) if self.one_line else text.strip("\n")}
        if isinstance(block, dict) and set(block) == {"table"} and isinstance(block["table"], list):
            if len(block["table"]) > MAX_ROWS:
                raise ShapeError("too_many_rows", block=number, limit=MAX_ROWS)
            return {"table": [_clean_cells(row, number) for row in block["table"]]}
        raise ShapeError("unknown_block", block=number)

    def is_answered(self, content) -> bool:
        return bool(self.filled(content.get("blocks", [])))

    def filled(self, given: list[dict]) -> list[dict]:
        """The blocks that say something."""
        return [block for block in given if "text" in block or any(cell for row in block["table"] for cell in row)]

    def without_blank_rows(self, content) -> dict:
        return {
            "blocks": [
                {"table": [row for row in block["table"] if any(row)]} if "table" in block else block
                for block in self.filled(content.get("blocks", []))
            ]
        }

    def words(self, content) -> list[str]:
        """Every piece of text in reading order, for search, length and comparison."""
        pieces = []
        for block in content.get("blocks", []):
            if "text" in block:
                pieces.append(block["text"])
            else:
                pieces.extend(cell for row in block["table"] for cell in row if cell)
        return pieces


@dataclass(frozen=True)
class Table:
    """Repeating rows with named columns, e.g. the costs of a practice."""

    name: str
    columns: tuple[Column, ...]
    title: str = ""
    single_row: bool = False

    def __post_init__(self):
        _require_name(self.name)
        _require_different([column.code for column in self.columns])

    def clean(self, rows) -> list[dict]:
        """Return rows that have an id and exactly these columns; raise `ShapeError` with row and column."""
        if not isinstance(rows, list):
            raise ShapeError("not_rows", table=self.name)
        if len(rows) > MAX_ROWS:
            raise ShapeError("too_many_rows", table=self.name, limit=MAX_ROWS)
        cleaned, seen = [], set()
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, dict) or set(row) - {"id"} - {column.code for column in self.columns}:
                raise ShapeError("unknown_column", table=self.name, row=number)
            row_id = row.get("id")
            if not isinstance(row_id, str) or not _ROW_ID.match(row_id) or row_id in seen:
                row_id = new_row_id()
            seen.add(row_id)
            cells = {c.code: clean_text(row.get(c.code, ""), limit=MAX_CELL).strip() for c in self.columns}
            cleaned.append({"id": row_id, **cells})
        return cleaned

    def blank_row(self) -> dict:
        return {"id": new_row_id(), **{column.code: "" for column in self.columns}}

    def filled(self, rows) -> list[dict]:
        """The rows that say something; blank ones may stand in a draft and go at submission."""
        return [row for row in rows if any(row.get(column.code, "").strip() for column in self.columns)]


@dataclass(frozen=True)
class Tables:
    """A section made of one or more tables of the form's own."""

    tables: tuple[Table, ...]

    def __post_init__(self):
        _require_different([table.name for table in self.tables])

    def empty(self) -> dict:
        return {"tables": {table.name: [] for table in self.tables}}

    def clean(self, content) -> dict:
        """Return ``{"tables": {name: rows}}`` with every table of the form; raise `ShapeError` for others."""
        given = content.get("tables") if isinstance(content, dict) else None
        if not isinstance(given, dict) or set(given) - {table.name for table in self.tables}:
            raise ShapeError("unknown_table")
        return {"tables": {table.name: table.clean(given.get(table.name, [])) for table in self.tables}}

    def without_blank_rows(self, content) -> dict:
        return {"tables": {t.name: t.filled(content["tables"].get(t.name, [])) for t in self.tables}}

    def is_answered(self, content) -> bool:
        return any(table.filled(content.get("tables", {}).get(table.name, [])) for table in self.tables)

    def words(self, content) -> list[str]:
        return [
            row[column.code]
            for table in self.tables
            for row in content.get("tables", {}).get(table.name, [])
            for column in table.columns
            if row.get(column.code)
        ]


def without_ids(content: dict) -> dict:
    """The content for comparison: ids of rows are ours, and blank rows get new ones with every page."""
    tables = content.get("tables", {})
    return {
        "nothing": bool(content.get("nothing")),
        "blocks": content.get("blocks"),
        "tables": {
            name: [row for cells in rows if any((row := {c: v for c, v in cells.items() if c != "id"}).values())]
            for name, rows in tables.items()
        },
    }


def _require_name(name) -> None:
    """Fields of the web form are named by these, so what they are made of is ours to say; `id` is the row's own."""
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name == "id":
        raise ShapeError("not_a_name", name=name)


def _require_different(names: list[str]) -> None:
    if not names or len(set(names)) < len(names):
        raise ShapeError("not_different", names=names)


def shape_from(data: dict) -> Text | Tables:
    """Build a section's shape from its row in the edition; raise `ShapeError` for a kind that code does not know.

    ``{"kind": "text"}``, ``{"kind": "line"}`` or ``{"kind": "tables", "tables": [{"name", "title", "single_row",
    "columns": [{"code", "title", "kind", "group"}]}]}``.
    """
    match data.get("kind"):
        case "text":
            return Text()
        case "line":
            return Text(one_line=True)
        case "tables":
            return Tables(
                tuple(
                    Table(
                        name=table["name"],
                        title=table.get("title", ""),
                        single_row=table.get("single_row", False),
                        columns=tuple(Column(**column) for column in table["columns"]),
                    )
                    for table in data["tables"]
                )
            )
    raise ShapeError("unknown_kind", kind=data.get("kind"))


def _clean_cells(row, number) -> list[str]:
    if not isinstance(row, list) or len(row) > MAX_COLUMNS:
        raise ShapeError("not_cells", block=number)
    return [clean_text(cell, limit=MAX_CELL).strip() for cell in row]

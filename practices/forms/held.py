"""What the buttons of a text answer do to the tables among its paragraphs: pure, answer in, answer out.

``do=VERB:TABLE[:PLACE]``, ``do=fill:TABLE:ROW:COLUMN``: rows and columns are named by their place, for they have no
ids of their own. What a button
took away comes along with the page, so that it can be put back where it stood.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from practices import blocks
from practices.pasted_text import read_pasted

NEW_TABLE = [["", "", ""], ["", "", ""]]
MAX_TABLES = 100
MAX_PLACE = 1_000_000

_PLACES = re.compile("(0|[1-9][0-9]{0,2})(:(0|[1-9][0-9]{0,5}))?")
_CELL = re.compile("(0|[1-9][0-9]{0,2}):(0|[1-9][0-9]{0,2}):(0|[1-9][0-9]?)")


class NoSuchPlace(Exception):
    """The command names a text, a table, a row or a column that the answer does not have."""


@dataclass(frozen=True)
class Removed:
    """What was taken away, and where it can be put back: rows of cells; a column's are one cell wide.

    What was pasted over (`cells`) is remembered as the whole table that it was.
    """

    what: str
    table: int
    at: int
    rows: list[list[str]]

    @classmethod
    def read(cls, given: str) -> "Removed":
        """Out of what a page brought back; `NoSuchPlace` for what no page of ours holds."""
        try:
            removed = cls(**json.loads(given))
        except (ValueError, TypeError, RecursionError) as error:
            raise NoSuchPlace(given[:100]) from error
        if not _is_place(removed.table) or not _is_place(removed.at) or not _are_rows(removed.rows):
            raise NoSuchPlace(given[:100])
        if not isinstance(removed.what, str) or removed.what not in PUT_BACK:
            raise NoSuchPlace(given[:100])
        return removed

    @property
    def carried(self) -> str:
        """As the page carries it."""
        return json.dumps(
            {"what": self.what, "table": self.table, "at": self.at, "rows": self.rows}, ensure_ascii=False
        )

    @property
    def words(self) -> str:
        """Its first words, to know it by."""
        return next((cell for row in self.rows for cell in row if cell), "")


@dataclass(frozen=True)
class Brought:
    """What a request brings beside the answer: a clipboard with the text around the caret, something to put back."""

    html: str = ""
    before: str = ""
    after: str = ""
    removed: str = ""

    @classmethod
    def of(cls, data) -> "Brought":
        lines = {name: data.get(name, "").replace("\r\n", "\n") for name in ("before", "after")}
        return cls(html=data.get("pasted", ""), removed=data.get("removed", ""), **lines)


@dataclass
class Answer:
    """A text answer under a button: passages, and between any two of them a table."""

    texts: list[str]
    tables: list[list[list[str]]]
    focus: str = ""  # the id of the field or button where the writer goes on
    caret: int | None = None
    removed: Removed | None = None
    pictures: int = 0
    brought: Brought = field(default_factory=Brought)

    @classmethod
    def of(cls, content: dict, brought: Brought | None = None) -> "Answer":
        return cls(*apart(content), brought=brought or Brought())

    @property
    def content(self) -> dict:
        made = [{"text": self.texts[0]}]
        for table, text in zip(self.tables, self.texts[1:], strict=True):
            made += [{"table": table}, {"text": text}]
        return {"blocks": made}

    def table(self, number: int) -> list[list[str]]:
        if number >= len(self.tables):
            raise NoSuchPlace(number)
        return self.tables[number]

    def insert(self, number: int, line: int, rows: list[list[str]]) -> None:
        """Put a table into a passage, after so many of its lines."""
        if number >= len(self.texts) or len(self.tables) >= MAX_TABLES:
            raise NoSuchPlace(number)
        lines = self.texts[number].split("\n")
        self.texts[number : number + 1] = ["\n".join(lines[:line]), "\n".join(lines[line:])]
        self.tables.insert(number, rows)

    def take_out(self, number: int) -> None:
        """Remove a whole table; the passages around it become one."""
        rows = self.table(number)
        before, after = self.texts[number : number + 2]
        lines = before.count("\n") + 1 if before else 0
        self.removed = Removed("table", number, lines, rows)
        self.texts[number : number + 2] = ["\n".join(filter(None, [before, after]))]
        del self.tables[number]
        self.focus = f"id_text-{number}"


def apart(content: dict) -> tuple[list[str], list[list[list[str]]]]:
    """The passages of an answer and the tables between them: always one passage more."""
    texts, tables = [""], []
    for block in content.get("blocks", []):
        if "table" in block:
            tables.append([list(row) for row in block["table"]])
            texts.append("")
        else:
            texts[-1] = f"{texts[-1]}\n{block['text']}" if texts[-1] else block["text"]
    return texts, tables


def carry_out(verb: str, target: str, content: dict, brought: Brought) -> Answer | None:
    """Do what the pressed button says; None for a button that text answers do not have."""
    answer = Answer.of(content, brought)
    if verb == "back":
        _put_back(answer)
    elif verb == "fill" and (cell := _CELL.fullmatch(target)):
        _fill(answer, *map(int, cell.groups()))
    elif verb in COMMANDS and (places := _PLACES.fullmatch(target)):
        COMMANDS[verb](answer, int(places[1]), int(places[3]) if places[3] else None)
    else:
        return None
    return answer


# --- commands: each changes the answer and says where the writer goes on ---


def _insert_table(answer: Answer, number: int, line: int | None) -> None:
    rows = [list(row) for row in NEW_TABLE]
    answer.insert(number, blocks.MAX_TEXT if line is None else line, rows)
    answer.focus = f"id_table-{number}-0-0"


def _drop_table(answer: Answer, number: int, _place) -> None:
    answer.take_out(number)


def _add_row(answer: Answer, number: int, after: int | None) -> None:
    rows = answer.table(number)
    place = len(rows) if after is None else _within(rows, after) + 1
    rows.insert(place, [""] * max(map(len, rows)))
    answer.focus = f"id_table-{number}-{place}-0"


def _remove_row(answer: Answer, number: int, row: int | None) -> None:
    rows = answer.table(number)
    gone = rows[_within(rows, row)]
    if len(rows) == 1:
        answer.take_out(number)
        return
    rows.pop(row)
    answer.removed = Removed("row", number, row, [gone])
    answer.focus = f"row-remove-{number}-{min(row, len(rows) - 1)}"


def _move_row(step: int, name: str) -> Callable:
    def move(answer: Answer, number: int, row: int | None) -> None:
        rows = answer.table(number)
        to = min(max(_within(rows, row) + step, 0), len(rows) - 1)
        rows.insert(to, rows.pop(row))
        answer.focus = f"{name}-{number}-{to}"

    return move


def _add_column(answer: Answer, number: int, after: int | None) -> None:
    rows = _squared(answer.table(number))
    place = len(rows[0]) if after is None else _within(rows[0], after) + 1
    for row in rows:
        row.insert(place, "")
    answer.focus = f"id_table-{number}-0-{place}"


def _remove_column(answer: Answer, number: int, column: int | None) -> None:
    rows = _squared(answer.table(number))
    _within(rows[0], column)
    if len(rows[0]) == 1:
        answer.take_out(number)
        return
    answer.removed = Removed("column", number, column, [[row.pop(column)] for row in rows])
    answer.focus = f"col-remove-{number}-{min(column, len(rows[0]) - 1)}"


def _move_column(step: int, name: str) -> Callable:
    def move(answer: Answer, number: int, column: int | None) -> None:
        rows = _squared(answer.table(number))
        to = min(max(_within(rows[0], column) + step, 0), len(rows[0]) - 1)
        for row in rows:
            row.insert(to, row.pop(column))
        answer.focus = f"{name}-{number}-{to}"

    return move


def _paste(answer: Answer, number: int, _place) -> None:
    """Put a clipboard in place of what was chosen of a passage, and the caret after it."""
    if number >= len(answer.texts):
        raise NoSuchPlace(number)
    pasted = read_pasted(answer.brought.html)
    texts, tables = apart({"blocks": pasted.blocks})
    texts[0] = answer.brought.before + texts[0]
    answer.caret = _units(texts[-1].lstrip("\n"))
    texts[-1] += answer.brought.after
    answer.texts[number : number + 1] = texts
    answer.tables[number:number] = tables
    answer.focus = f"id_text-{number + len(tables)}"
    answer.pictures = pasted.pictures


def _fill(answer: Answer, number: int, row: int, column: int) -> None:
    """Write a pasted table over the cells from this one on; the table grows where it is too small."""
    rows = answer.table(number)
    _within(_squared(rows)[_within(rows, row)], column)
    pasted = next((block["table"] for block in read_pasted(answer.brought.html).blocks if "table" in block), None)
    if pasted is None:
        raise NoSuchPlace(number)
    answer.removed = Removed("cells", number, 0, [list(old) for old in rows])
    rows.extend([] for _missing in range(row + len(pasted) - len(rows)))
    rows[row].extend([""] * (column + len(pasted[0]) - len(rows[row])))
    for written, new in zip(_squared(rows)[row:], pasted, strict=False):
        written[column : column + len(new)] = new
    answer.focus = f"id_table-{number}-{row}-{column}"


COMMANDS = {
    "table": _insert_table,
    "drop": _drop_table,
    "row-add": _add_row,
    "row-remove": _remove_row,
    "row-up": _move_row(-1, "row-up"),
    "row-down": _move_row(+1, "row-down"),
    "col-add": _add_column,
    "col-remove": _remove_column,
    "col-left": _move_column(-1, "col-left"),
    "col-right": _move_column(+1, "col-right"),
    "paste": _paste,
}


# --- putting back ---


def _put_back(answer: Answer) -> None:
    removed = Removed.read(answer.brought.removed)
    PUT_BACK[removed.what](answer, removed)


def _table_back(answer: Answer, removed: Removed) -> None:
    number = min(removed.table, len(answer.texts) - 1)
    answer.insert(number, removed.at, removed.rows)
    answer.focus = f"id_table-{number}-0-0"


def _row_back(answer: Answer, removed: Removed) -> None:
    rows = answer.table(removed.table)
    place = min(removed.at, len(rows))
    rows.insert(place, removed.rows[0])
    answer.focus = f"id_table-{removed.table}-{place}-0"


def _column_back(answer: Answer, removed: Removed) -> None:
    rows = _squared(answer.table(removed.table))
    place = min(removed.at, len(rows[0]))
    cells = [row[0] for row in removed.rows] + [""] * len(rows)
    for row, cell in zip(rows, cells, strict=False):
        row.insert(place, cell)
    answer.focus = f"id_table-{removed.table}-0-{place}"


def _cells_back(answer: Answer, removed: Removed) -> None:
    answer.table(removed.table)[:] = removed.rows
    answer.focus = f"id_table-{removed.table}-0-0"


PUT_BACK = {"table": _table_back, "row": _row_back, "column": _column_back, "cells": _cells_back}


def _is_place(given) -> bool:
    return isinstance(given, int) and 0 <= given < MAX_PLACE


def _are_rows(given) -> bool:
    return (
        isinstance(given, list)
        and bool(given)
        and all(isinstance(row, list) and row and all(isinstance(cell, str) for cell in row) for row in given)
    )


def _within(places: list, place: int | None) -> int:
    if place is None or place >= len(places):
        raise NoSuchPlace(place)
    return place


def _squared(rows: list[list[str]]) -> list[list[str]]:
    """The same rows, all as wide as the widest: a column is one only where every row has it."""
    width = max(map(len, rows))
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _units(text: str) -> int:
    """How long a browser thinks the text is."""
    return len(text.encode("utf-16-le")) // 2

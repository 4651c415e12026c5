"""What the buttons of a form's own table do to its rows: pure, answer in, answer out.

``do=VERB:TABLE[:ROW[:PLACE]]``: rows are named by their ids. What a button took away comes along with the page, with
or without JavaScript, until the section is left: so it can be put back with its id where it stood.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from practices import blocks

MOST_REMOVED = 9
_PLACE = re.compile("0|[1-9][0-9]{0,2}")


class NoSuchRow(Exception):
    """The command names a table or a row that the answer does not have, or brings back what no page of ours holds."""


@dataclass(frozen=True)
class Gone:
    """Rows that were taken away: one by its button, or all that stood there when a paste came (`is_table`)."""

    table: str
    at: int
    above: str  # the id of the row above it, which may have moved or gone since
    rows: list[dict]
    is_table: bool = False

    @property
    def key(self) -> str:
        return "*" if self.is_table else self.rows[0]["id"]

    @property
    def words(self) -> str:
        """Its first words, to know it by."""
        return next((cell for name, cell in self.rows[0].items() if name != "id" and cell), "") if self.rows else ""


@dataclass(frozen=True)
class Removed:
    """All that can be put back on this page, the last one last."""

    gone: tuple[Gone, ...]

    def __bool__(self):
        return bool(self.gone)

    @classmethod
    def read(cls, given: str, shape: blocks.Tables) -> "Removed":
        """Out of what a page brought back; `NoSuchRow` for what no page of ours holds."""
        tables = {table.name: table for table in shape.tables}
        try:
            gone = tuple(Gone(**entry) for entry in json.loads(given or "[]"))
            for entry in gone:
                if tables[entry.table].clean(entry.rows) != entry.rows or not (entry.rows or entry.is_table):
                    raise NoSuchRow(entry.table)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NoSuchRow(given[:100]) from error
        if len(gone) > MOST_REMOVED or not all(_is_place(entry) for entry in gone):
            raise NoSuchRow(given[:100])
        return cls(gone)

    @property
    def carried(self) -> str:
        """As the page carries it."""
        return json.dumps([vars(entry) for entry in self.gone], ensure_ascii=False)

    def of(self, table: str) -> list[Gone]:
        return [entry for entry in self.gone if entry.table == table]

    def and_also(self, entry: Gone) -> "Removed":
        return Removed((*self.gone, entry)[-MOST_REMOVED:])

    def without(self, entry: Gone) -> "Removed":
        return Removed(tuple(other for other in self.gone if other is not entry))


def _is_place(entry: Gone) -> bool:
    return (type(entry.at) is int and 0 <= entry.at <= blocks.MAX_ROWS and isinstance(entry.above, str)) and type(
        entry.is_table
    ) is bool


@dataclass(frozen=True)
class Answer:
    """The answer after the command; `row` is the id of the row that it made, moved or brought back, if any."""

    content: dict
    removed: Removed
    row: str = ""
    is_new: bool = False


def carry_out(verb: str, target: str, content: dict, shape: blocks.Tables, removed: Removed) -> Answer:
    """Do what the pressed button says; `NoSuchRow` for what no button of ours says."""
    name, _colon, what = target.partition(":")
    table = next((table for table in shape.tables if table.name == name), None)
    if table is None or verb not in COMMANDS:
        raise NoSuchRow(f"{verb}:{target}")
    rows, row, removed = COMMANDS[verb](table, list(content["tables"][name]), what, removed)
    return Answer({**content, "tables": {**content["tables"], name: rows}}, removed, row, is_new=verb == "add")


# --- commands: rows in, rows out, with the row where the writer goes on ---


def _add(table, rows, row_id, removed):
    """Below the named row, or at the end."""
    row = table.blank_row()
    rows.insert(place_of(rows, row_id) + 1 if row_id else len(rows), row)
    return rows, row["id"], removed


def _step(step: int) -> Callable:
    def move(_table, rows, row_id, removed):
        place = place_of(rows, row_id)
        rows.insert(min(max(place + step, 0), len(rows) - 1), rows.pop(place))
        return rows, row_id, removed

    return move


def _move_to(_table, rows, what, removed):
    """To a place counted from 0, as rows are dragged."""
    row_id, _colon, place = what.partition(":")
    if not _PLACE.fullmatch(place):
        raise NoSuchRow(what)
    row = rows.pop(place_of(rows, row_id))
    rows.insert(min(int(place), len(rows)), row)
    return rows, row_id, removed


def _remove(table, rows, row_id, removed):
    place = place_of(rows, row_id)
    row = rows.pop(place)
    if table.filled([row]):
        above = rows[place - 1]["id"] if place else ""
        removed = removed.and_also(Gone(table.name, place, above, [row]))
    return rows, "", removed


def _put_back(table, rows, what, removed):
    entry = next((entry for entry in removed.of(table.name) if entry.key == what), None)
    if entry is None:
        raise NoSuchRow(what)
    if entry.is_table:
        return entry.rows, "", removed.without(entry)
    (row,) = entry.rows
    rows = [other for other in rows if other["id"] != row["id"]]  # pressed twice, or in two tabs
    above = next((place for place, other in enumerate(rows) if other["id"] == entry.above), None)
    rows.insert(min(entry.at, len(rows)) if above is None else above + 1, row)
    return rows, row["id"], removed.without(entry)


COMMANDS = {
    "add": _add,
    "up": _step(-1),
    "down": _step(+1),
    "to": _move_to,
    "remove": _remove,
    "back": _put_back,
}


def place_of(rows: list[dict], row_id: str) -> int:
    place = next((index for index, row in enumerate(rows) if row["id"] == row_id), None)
    if place is None:
        raise NoSuchRow(row_id)
    return place

"""What the buttons of a section's form do to its answer: pure, content in, content out.

A button sends ``do=VERB`` or ``do=VERB:WHAT[:ROW]`` together with the whole form, so the draft is saved with the
command done to it in one save: without JavaScript nothing typed is lost by pressing any of them.
"""

from dataclasses import dataclass

from practices import blocks


class UnknownCommand(Exception):
    """No button of ours sends this."""


@dataclass(frozen=True)
class Done:
    """The answer after the command, the row that it made or moved, if any, and whether that row is new."""

    content: dict
    row: str = ""
    is_new: bool = False


def carry_out(command: str, content: dict, shape) -> Done:
    """Do what the pressed button says. `save`, `resend` and `go:CODE` change nothing: saving is all that they want."""
    verb, _colon, target = command.partition(":")
    if verb in {"", "save", "resend", "go"}:
        return Done(content)
    if verb == "drop" and isinstance(shape, blocks.Text):
        return Done(_without_held_table(content, target))
    name, _colon, row_id = target.partition(":")
    if not isinstance(shape, blocks.Tables) or name not in content["tables"] or verb not in ROW_COMMANDS:
        raise UnknownCommand(command)
    table = next(table for table in shape.tables if table.name == name)
    rows, row_id = ROW_COMMANDS[verb](table, content["tables"][name], row_id)
    return Done({**content, "tables": {**content["tables"], name: rows}}, row_id, is_new=verb == "add")


def _without_held_table(content, number) -> dict:
    """The answer without its table of this number; the texts around it stay."""
    tables = [index for index, block in enumerate(content["blocks"]) if "table" in block]
    if not number.isascii() or not number.isdecimal() or int(number) >= len(tables):
        raise UnknownCommand(f"drop:{number}")
    gone = tables[int(number)]
    return {**content, "blocks": [block for index, block in enumerate(content["blocks"]) if index != gone]}


def _add(table, rows, _row_id):
    row = table.blank_row()
    return [*rows, row], row["id"]


def _move(step):
    def move(table, rows, row_id):
        place = _place(rows, row_id)
        to = min(max(place + step, 0), len(rows) - 1)
        moved = list(rows)
        moved.insert(to, moved.pop(place))
        return moved, row_id

    return move


def _remove(table, rows, row_id):
    place = _place(rows, row_id)
    return rows[:place] + rows[place + 1 :], ""


def _place(rows, row_id) -> int:
    place = next((index for index, row in enumerate(rows) if row["id"] == row_id), None)
    if place is None:
        raise UnknownCommand(row_id)
    return place


ROW_COMMANDS = {"add": _add, "up": _move(-1), "down": _move(+1), "remove": _remove}

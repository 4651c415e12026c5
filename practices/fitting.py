"""A passport recognised in one edition of the form, laid out in another: by code, and nothing dropped silently.

Pure: contents and shapes in, contents out. What the target has no place for comes back as text to be copied by hand.
The same file always fits the same way, row ids included, so taking it over twice changes nothing the second time.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from practices import blocks

# The form of 2019 asks for one value of a result, later ones for two: the one is most likely the whole period's.
SUCCESSORS = {"value": "value_total", "value_total": "value"}


class Stray(NamedTuple):
    """A piece without a place: under which heading it stood in the file, and its text."""

    code: str
    text: str


@dataclass(frozen=True)
class Fitted:
    """One section in the target's shape; `guessed` names the columns that were filled from another column."""

    content: dict
    guessed: tuple[str, ...] = ()


@dataclass
class Fit:
    """What of a recognised passport found its place, by code of the target, and what did not."""

    sections: dict[str, Fitted] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)


def fit(recognised: dict[str, dict], shapes: dict[str, blocks.Text | blocks.Tables]) -> Fit:
    """Lay recognised sections out in the shapes of another edition, both by section code."""
    result = Fit()
    for code, content in recognised.items():
        shape = shapes.get(code)
        if isinstance(shape, blocks.Text) and "blocks" in content:
            fitted = Fitted(shape.without_blank_rows(shape.clean({"blocks": content["blocks"]})))
        elif isinstance(shape, blocks.Tables) and "tables" in content:
            fitted = _fit_tables(code, content["tables"], shape, result.strays)
        else:
            result.strays.extend(Stray(code, text) for text in _texts(content))
            continue
        if shape.is_answered(fitted.content):
            result.sections[code] = fitted
        elif content.get("nothing") is True:
            result.sections[code] = Fitted({**shape.empty(), "nothing": True})
    return result


def _fit_tables(code, given, shape, strays) -> Fitted:
    tables, guessed = {}, set()
    known = {table.name: table for table in shape.tables}
    for name, rows in given.items():
        table = known.get(name)
        if table is None:
            strays.extend(Stray(code, text) for text in _texts({"tables": {name: rows}}))
            continue
        tables[name] = [_fit_row(code, row, number, table, guessed, strays) for number, row in enumerate(rows, start=1)]
    return Fitted(shape.clean({"tables": tables}), tuple(sorted(guessed)))


def _fit_row(code, row, number, table, guessed, strays) -> dict:
    columns = {column.code for column in table.columns}
    fitted = {"id": f"w{number}"}
    for column, cell in row.items():
        successor = SUCCESSORS.get(column)
        if column in columns:
            fitted[column] = cell
        elif successor in columns and successor not in row and cell.strip():
            fitted[successor] = cell
            guessed.add(successor)
        elif column != "id" and cell.strip():
            strays.append(Stray(code, cell.strip()))
    return fitted


def _texts(content: dict) -> list[str]:
    """Every word of a content of any shape, a table's row in a line."""
    texts = []
    for block in content.get("blocks", []):
        rows = block.get("table", [[block.get("text", "")]])
        texts.append("\n".join(" — ".join(filter(None, row)) for row in rows))
    for rows in content.get("tables", {}).values():
        texts.extend(" — ".join(cell for column, cell in row.items() if column != "id" and cell) for row in rows)
    return [text for text in texts if text.strip()]

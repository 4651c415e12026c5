"""A table to take away: CSV for whatever opens it, XLSX with real types.

What people typed opens as text, never as a formula: `defusedcsv` sees to that in CSV, typed cells in XLSX.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Literal

import xlsxwriter
from defusedcsv import csv
from django.utils import timezone

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format asks for a moment, and knows no time zone
LONGEST_CELL = 32_767  # characters, by the format
FORMATS = {"text": None, "number": "0", "money": '#,##0.00 "₽"', "date": "dd.mm.yyyy"}

Value = str | int | Decimal | date | datetime | None


@dataclass(frozen=True)
class Column:
    """A column and what its cells hold; `width` in characters."""

    title: str
    kind: Literal["text", "number", "money", "date"] = "text"
    width: int = 20


@dataclass(frozen=True)
class Sheet:
    """One table; its rows may come one by one from the database. `None` is an empty cell."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Value, ...]]


class _Echo:
    """A file that hands back what is written into it, so that a row can go out as soon as it is known."""

    def write(self, text: str) -> str:
        return text


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The sheet line by line: a BOM, semicolons and decimal commas, as Excel in Russia opens it by itself."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield BOM + writer.writerow([column.title for column in sheet.columns])
    for row in sheet.rows:
        yield writer.writerow([_written(value) for value in row])


def _written(value: Value) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    # What begins with a space is not defused, and some programs look behind it.
    return "" if value is None else str(value).lstrip()


def write_xlsx(sheets: Iterable[Sheet], stream: BinaryIO) -> None:
    """Write one workbook a row at a time: memory does not grow with it. Equal rows give equal bytes."""
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "remove_timezone": True}) as workbook:
        workbook.set_properties({"created": MADE})
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {kind: workbook.add_format({"num_format": shape} if shape else {}) for kind, shape in FORMATS.items()}
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.title[:31])
            page.freeze_panes(1, 0)
            for place, column in enumerate(sheet.columns):
                page.set_column(place, place, column.width)
                page.write_string(0, place, column.title, heading)
            last = 0
            for last, row in enumerate(sheet.rows, start=1):
                for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                    _write_cell(page, last, place, value, formats[column.kind])
            page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_cell(page, row: int, place: int, value: Value, shape) -> None:
    match value:
        case None | "":
            pass
        case datetime():
            page.write_datetime(row, place, timezone.localtime(value).date(), shape)
        case date():
            page.write_datetime(row, place, value, shape)
        case int() | Decimal():
            page.write_number(row, place, value, shape)
        case _:
            page.write_string(row, place, value[:LONGEST_CELL], shape)

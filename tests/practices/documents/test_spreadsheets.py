import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from practices.documents.spreadsheets import LONGEST_CELL, Column, Sheet, csv_lines, write_xlsx

COLUMNS = (Column("Название"), Column("Людей", "number"), Column("Затраты", "money"), Column("День", "date"))
HOSTILE = ["=1+1", "+7", "-2+3", "@SUM(A1)", "\t=1", "http://example.org/", 'кавычки "ёлочки"; и\nстрока']


def sheet(*rows):
    return Sheet("Практики", COLUMNS, rows)


def in_csv(*rows):
    return list(csv.reader(io.StringIO("".join(csv_lines(sheet(*rows))).removeprefix("\ufeff")), delimiter=";"))


def in_xlsx(*rows):
    stream = io.BytesIO()
    write_xlsx([sheet(*rows)], stream)
    return list(load_workbook(stream).active.iter_rows())


def test_csv_is_what_excel_in_russia_opens_by_itself():
    lines = list(csv_lines(sheet(("Ёж", 5, Decimal("10.50"), date(2021, 5, 1)), (None, None, None, None))))

    assert lines == ["\ufeffНазвание;Людей;Затраты;День\r\n", "Ёж;5;10,5;2021-05-01\r\n", ";;;\r\n"]


def test_xlsx_has_real_types():
    head, row = in_xlsx(("Ёж", 5, Decimal("10.50"), datetime(2021, 4, 30, 22, tzinfo=UTC)))

    assert [cell.value for cell in head] == ["Название", "Людей", "Затраты", "День"]
    assert [(cell.value, cell.data_type) for cell in row] == [
        ("Ёж", "s"),
        (5, "n"),
        (10.5, "n"),
        (datetime(2021, 5, 1), "d"),  # noqa: DTZ001 - a cell knows no time zone; in Moscow it is May already
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_never_a_formula_or_a_link(text):
    (cell, *_rest) = in_xlsx((text, None, None, None))[1]
    (written, *_rest) = in_csv((text, None, None, None))[1]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert written.lstrip()[:1] not in {"=", "+", "-", "@"}
    assert written.endswith(text.lstrip("\t"))


def test_a_text_longer_than_a_cell_may_be_is_cut_not_refused():
    (cell, *_rest) = in_xlsx(("я" * (LONGEST_CELL + 1), None, None, None))[1]

    assert cell.value == "я" * LONGEST_CELL

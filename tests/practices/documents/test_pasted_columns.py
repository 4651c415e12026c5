import pytest

from practices.blocks import Column, Table
from practices.documents.pasted_columns import guess
from practices.pasted import read_html, read_text
from tests.factories import edition
from tests.practices.clipboards import EXCEL_HTML, WORD_HTML

pytestmark = pytest.mark.django_db


def table(code, name="main"):
    return next(table for table in edition().template(code).shape.tables if table.name == name)


def test_table_of_word_finds_its_columns_by_their_headings():
    found = guess(read_html(WORD_HTML), table("costs"))

    assert found.columns == ["", "item", "amount", "source"]
    assert (found.header_rows, found.numbers, found.totals) == (1, 0, [4])


def test_table_without_our_headings_goes_by_order_with_its_heading_known():
    found = guess(read_html(EXCEL_HTML), table("results"))

    assert found.columns == ["indicator", "value_last_year", "value_total"]
    assert (found.header_rows, found.numbers, found.totals) == (1, None, [])


def test_heading_over_two_columns_is_read_in_two_rows():
    found = guess(
        read_html(
            "<table><tr><td rowspan=2>№<td rowspan=2>Показатель, единица измерения"
            "<td colspan=2>Значение показателя</tr>"
            "<tr><td>за последний год реализации практики<td>за весь период реализации</tr>"
            "<tr><td>1<td>Кружков<td>4<td>6</table>"
        ),
        table("results"),
    )

    assert found.columns == ["", "indicator", "value_last_year", "value_total"]
    assert (found.header_rows, found.numbers) == (2, 0)


def test_columns_in_another_order_and_strange_ones():
    found = guess(read_text("Источник финансирования\tПримечание\tСтатья затрат\nГрант\tда\tДоски"), table("costs"))

    assert found.columns == ["source", "", "item"]


@pytest.mark.parametrize(
    ("text", "columns", "numbers"),
    [
        ("1\tДоски\t5 000\tГрант\n2\tКраска\t7 000\tГрант", ["", "item", "amount", "source"], 0),
        ("Доски\t5 000\nКраска\t7 000", ["item", "amount"], None),
        ("а\tб\tв\tг\nд\tе\tж\tз", ["item", "amount", "source", ""], None),
        ("Доски", ["item"], None),
        ("5\t7\n6\t8", ["item", "amount"], None),
    ],
)
def test_without_a_heading_columns_stand_in_their_order(text, columns, numbers):
    found = guess(read_text(text), table("costs"))

    assert (found.columns, found.numbers, found.header_rows) == (columns, numbers, 0)


def test_words_over_a_blank_heading_are_no_row_numbers():
    found = guess(read_text("\tСтатья затрат\tОбъем затрат\nважно\tДоски\t5\nнет\tКраска\t6"), table("costs"))

    assert (found.columns, found.numbers) == (["", "item", "amount"], None)


def test_rows_of_totals_are_known_only_where_there_is_money():
    text = "Доски\t5 000\nИТОГО\t5 000"

    assert guess(read_text(text), table("costs")).totals == [1]
    assert guess(read_text(text), Table("main", (Column("a", "А"), Column("b", "Б", "number")))).totals == []

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings, strategies as st

from practices.blocks import MAX_CELL, MAX_ROWS
from practices.pasted import LONGEST, WIDEST, Cell, Grid, Unreadable, read_clipboard, read_file, read_html, read_text
from tests.practices.clipboards import EXCEL_HTML, EXCEL_TEXT, WORD_HTML, WORD_TEXT


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def html(*rows):
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def test_table_of_word_comes_clean_with_its_merged_cells():
    grid = read_html(WORD_HTML)

    assert texts(grid) == [
        ["№", "Статья затрат", "Объем затрат, руб.", "Источник финансирования"],
        ["1.", "Саженцы и грунт", "35 000", "Грант фонда «Сад»"],
        ["2.", "Афиши\nи листовки", "20 тыс. руб.", ""],
        ["3.", "Чай в саду", "10 000,00", ""],
        ["ИТОГО", "", "65 000", ""],
    ]
    assert [row[3].merged for row in grid.rows] == ["", "", "above", "above", ""]
    assert grid.rows[4][1].merged == "left"
    assert [grid.filled(row, 3) for row in range(5)][1:4] == ["Грант фонда «Сад»"] * 3


def test_table_of_excel_comes_clean():
    assert texts(read_html(EXCEL_HTML)) == [
        ["Показатель", "за год", "всего"],
        ["Встреч с жителями,\nед.", "12", "15"],
        ["Кружков «Умелые руки»", "4", "6"],
    ]


@pytest.mark.parametrize(
    ("markup", "text", "first"),
    [(WORD_HTML, WORD_TEXT, "№"), ("", EXCEL_TEXT, "Показатель"), ("<p>нет</p>", "а\tб", "а")],
)
def test_clipboard_is_read_by_its_table_or_else_by_its_text(markup, text, first):
    assert read_clipboard(markup, text).rows[0][0].text == first


def test_endless_markup_is_left_for_the_text():
    assert texts(read_clipboard("<table><tr><td>" + "x" * 2_000_000, "а\tб")) == [["а", "б"]]


def test_text_of_excel_has_quotes_only_where_it_must():
    assert texts(read_text(EXCEL_TEXT))[1:] == [
        ["Встреч с жителями,\nед.", "12", "15"],
        ["Кружков «Умелые руки»", "4", "6"],
    ]


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ('"Эко драйв" сообщество\t5', ['"Эко драйв" сообщество', "5"]),
        ('"Эко драйв"\t5', ['"Эко драйв"', "5"]),
        ('ООО "Сад\t5', ['ООО "Сад', "5"]),
        ('"ООО ""Сад"""\t5', ['ООО "Сад"', "5"]),
        ('"а\tб"\t5', ["а\tб", "5"]),
        ('"без конца\t5', ['"без конца', "5"]),
    ],
)
def test_quotes_of_an_author_stay(written, cells):
    assert texts(read_text(written)) == [cells]


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("Статья;Сумма\nДоски;9770,5", [["Статья", "Сумма"], ["Доски", "9770,5"]]),
        ("Статья,Сумма\nДоски,5", [["Статья", "Сумма"], ["Доски", "5"]]),
        ('Статья,Сумма\n"Доски, краска",5', [["Статья", "Сумма"], ["Доски, краска", "5"]]),
        ('Статья;Сумма\r\n"Доски\r\nи ""краска""";5\r\n', [["Статья", "Сумма"], ['Доски\nи "краска"', "5"]]),
        ("г. Саров, центр\nг. Лесной, парк", [["г. Саров, центр"], ["г. Лесной, парк"]]),
        ("9770,5\n450,5", [["9770", "5"], ["450", "5"]]),
        ("Доски\nКраска", [["Доски"], ["Краска"]]),
        ("а\tб\n\n\t\nв\t", [["а", "б"], ["в", ""]]),
    ],
)
def test_csv_and_lists(written, rows):
    assert texts(read_text(written)) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_file_is_read_in_the_encodings_of_excel(encoding):
    assert texts(read_file("Статья;Сумма\r\nДоски;5 000\r\n".encode(encoding))) == [
        ["Статья", "Сумма"],
        ["Доски", "5 000"],
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04rest", "office_file"),
        (b"\xd0\xcf\x11\xe0rest", "office_file"),
        (b"%PDF-1.7", "office_file"),
        (b"\x00\x01\x02\x98", "not_text"),
        (b"", "nothing"),
        (b";;\n;;\n", "nothing"),
    ],
)
def test_what_is_no_table_is_told(data, problem):
    with pytest.raises(Unreadable) as refused:
        read_file(data)

    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\t".join("а" * (WIDEST + 1)), "too_wide"),
        ("\n".join(["а\tб"] * (LONGEST + 1)), "too_long"),
        (f"{'а' * (MAX_CELL + 1)}\tб", "long_cell"),
        ("", "nothing"),
        (" \n\t\n", "nothing"),
    ],
)
def test_what_is_too_much_is_told(text, problem):
    with pytest.raises(Unreadable) as refused:
        read_text(text)

    assert refused.value.problem == problem


def test_largest_table_of_the_form_with_its_heading_fits():
    assert len(read_text("\n".join(["а\tб"] * (MAX_ROWS + 2))).rows) == MAX_ROWS + 2


def test_several_tables_become_one_and_the_words_outside_are_told():
    grid = read_html(f"<p>Таблица 1.</p>{html('<td>а<td>б')}<p>и ещё</p>{html('<td>в<td>г<td>д')}")

    assert texts(grid) == [["а", "б", ""], ["в", "г", "д"]]
    assert grid.aside == ["Таблица 1.", "и ещё"]


def test_table_inside_a_cell_is_lines_of_it():
    assert texts(read_html(html(f"<td>до{html('<td>а<td>б', '<td>в<td>г')}после<td>б"))) == [
        ["до\nа б\nв г\nпосле", "б"]
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999", "²"])
def test_strange_spans_are_one_or_bounded(span):
    grid = read_html(html(f"<td colspan='{span}' rowspan='{span}'>а</td><td>б</td>", "<td>в</td><td>г</td>"))

    assert grid.width <= WIDEST
    assert {"а", "б", "в", "г"} <= {cell.text for row in grid.rows for cell in row}


def test_blank_columns_and_rows_go():
    assert texts(read_html(html("<td>&nbsp;<td>а<td>", "<td><td>", "<td><td>б<td>"))) == [["а"], ["б"]]


def test_scripts_and_styles_are_no_words():
    assert texts(read_html(html("<td><style>p{}</style><script>alert(1)</script>а<td>б"))) == [["а", "б"]]


@pytest.mark.parametrize(
    "markup", ["", "<", "<!--", "<p>нет</p>", "<table></table>", "<table><tr></tr></table>", "\x00"]
)
def test_markup_without_a_table_has_none(markup):
    assert read_html(markup) is None


def test_grid_survives_the_page():
    grid = read_html(f"<p>рядом</p>{WORD_HTML}")

    assert Grid.from_json(grid.as_json()) == grid


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"rows": []},
        {"rows": [["а"]]},
        {"rows": [[1]], "aside": []},
        {"rows": [["а"]], "aside": 5},
        {"rows": [[[]]], "aside": []},
        {"rows": [[["up"]]], "aside": []},
        {"rows": "аб", "aside": [[]]},
        {"rows": [[{"а": 1}]], "aside": []},
    ],
)
def test_forged_grid_is_none(data):
    with pytest.raises(Unreadable):
        Grid.from_json(data)


@pytest.mark.parametrize("unit", ['"', '""', '"а\t', "<td>", "<table><tr><td>", "</table>", "а\t\n", "<b>", ";"])
def test_endless_input_takes_no_time(unit):
    begun = time.process_time()
    with suppress(Unreadable):
        read_clipboard(unit * (100_000 // len(unit)), unit * (100_000 // len(unit)))

    assert time.process_time() - begun < 3


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_csv_that_excel_writes_is_read_back(rows):
    quoted = "\n".join(";".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows)
    try:
        grid = read_text(quoted)
    except Unreadable:
        return

    assert all(isinstance(cell, Cell) for row in grid.rows for cell in row)
    assert grid.width <= 2

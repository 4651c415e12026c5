"""A part of a file added to a section of any shape: nothing of it is lost, nothing that stood there is replaced."""

import pytest
from hypothesis import given, strategies as st

from practices import blocks
from practices.blocks import Column, ShapeError, Table, Tables, Text
from practices.taking import appended

TEXT, LINE = Text(), Text(one_line=True)
COSTS = Tables((Table("main", (Column("item", "Статья"), Column("amount", "Объём"), Column("source", "Источник"))),))
PEOPLE = Tables((Table("main", (Column("involved", "Сколько"), Column("affected", "Для кого")), single_row=True),))
ACTS = Tables(
    (
        Table("adopted", (Column("name", "Название"), Column("result", "Итог"))),
        Table("amended", (Column("name", "Название"), Column("changes", "Изменения"), Column("result", "Итог"))),
    )
)
SHAPES = {"text": TEXT, "line": LINE, "costs": COSTS, "people": PEOPLE, "acts": ACTS}


def text(*texts):
    return {"blocks": [{"text": words} for words in texts]}


def rows(content, table="main"):
    return [{code: cell for code, cell in row.items() if code != "id"} for row in content["tables"][table]]


def test_text_goes_on_after_text():
    assert appended(text("Было"), text("Стало"), TEXT) == text("Было\nСтало")


def test_a_table_in_a_text_stays_a_table():
    grid = {"blocks": [{"table": [["а", "б"]]}]}

    assert appended(text("Было"), grid, TEXT) == {"blocks": [{"text": "Было"}, {"table": [["а", "б"]]}]}


def test_a_line_stays_one_line():
    assert appended(text("Ярмарка"), text("соседей\nво дворе"), LINE) == text("Ярмарка соседей во дворе")


def test_rows_of_the_form_become_a_table_in_a_text():
    costs = {"tables": {"main": [{"id": "w1", "item": "Лотки", "amount": "10", "source": "Бюджет"}]}}

    assert appended(text(), costs, TEXT) == {"blocks": [{"table": [["Лотки", "10", "Бюджет"]]}]}


@pytest.mark.parametrize(
    ("piece", "row"),
    [
        (text("Лотки\t10\tБюджет"), ("Лотки", "10", "Бюджет")),
        ({"blocks": [{"table": [["Лотки", "10", "Бюджет"]]}]}, ("Лотки", "10", "Бюджет")),
        ({"blocks": [{"table": [["1", "Лотки", "10", "Бюджет"]]}]}, ("1 — Лотки — 10 — Бюджет", "", "")),
        (text("ИТОГО\n39 500"), ("ИТОГО\n39 500", "", "")),
        ({"tables": {"main": [{"id": "a", "item": "Лотки", "performer": "Колледж"}]}}, ("Лотки", "Колледж", "")),
        ({"tables": {"other": [{"name": "Лотки"}]}}, ("Лотки", "", "")),
    ],
)
def test_a_piece_becomes_a_row_with_its_cells_where_they_fit(piece, row):
    made = appended(COSTS.empty(), piece, COSTS)

    assert rows(made) == [dict(zip(("item", "amount", "source"), row, strict=True))]


def test_a_table_of_the_same_name_keeps_to_it():
    piece = {"tables": {"amended": [{"name": "Правила", "changes": "Раздел 4", "result": "Порядок"}]}}

    made = appended(ACTS.empty(), piece, ACTS)

    assert rows(made, "amended") == [{"name": "Правила", "changes": "Раздел 4", "result": "Порядок"}]
    assert rows(made, "adopted") == []


def test_the_one_row_of_a_table_goes_on():
    before = appended(PEOPLE.empty(), {"tables": {"main": [{"involved": "50", "affected": "100"}]}}, PEOPLE)

    assert rows(appended(before, text("и 7 волонтёров"), PEOPLE)) == [
        {"involved": "50\nи 7 волонтёров", "affected": "100"}
    ]


def test_what_is_too_much_is_refused():
    with pytest.raises(ShapeError):
        appended(text("а" * blocks.MAX_TEXT), text("б"), TEXT)


WORDS = st.text(alphabet="абв где", min_size=1, max_size=12).map(str.strip).filter(bool)
PIECES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=3).map(lambda texts: text(*texts)),
    st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=3).map(lambda t: {"blocks": [{"table": t}]}),
    st.lists(st.fixed_dictionaries({"item": WORDS, "role": WORDS}), min_size=1, max_size=3).map(
        lambda rows: {"tables": {"main": rows}}
    ),
)


@given(st.sampled_from(sorted(SHAPES)), PIECES, PIECES)
def test_no_word_is_lost_or_replaced(name, first, second):
    shape = SHAPES[name]
    made = appended(appended(shape.empty(), first, shape), second, shape)

    written = " ".join(" ".join(shape.words(made)).split())
    for piece in (first, second):
        for word in said(piece):
            assert " ".join(word.split()) in written


def said(piece):
    for block in piece.get("blocks", []):
        yield from (cell for row in block.get("table", [[block.get("text", "")]]) for cell in row)
    for table in piece.get("tables", {}).values():
        yield from (cell for row in table for cell in row.values())

"""The shapes of answers: what is kept as typed, what no database can hold, what is no answer at all."""

import json

import pytest
from hypothesis import given, strategies as st

from practices.blocks import MAX_CELL, MAX_ROWS, Column, ShapeError, Table, Tables, Text, clean_text, shape_from

COSTS = Table("main", (Column("item", "Статья"), Column("amount", "Объём", kind="money")))
SHAPE = Tables((COSTS,))


def rows(*cells):
    return {"tables": {"main": [{"item": item, "amount": amount} for item, amount in cells]}}


# --- Text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("как есть", "как есть"),
        ("две\r\nстроки\rтри", "две\nстроки\nтри"),
        ("табуляция\tстоит", "табуляция\tстоит"),
        ("нуль\x00 и \x07звонок\x1b", "нуль и звонок"),
        ("половина пары \ud83d", "половина пары "),
        ("и\u0306", "й"),
        ("« 10\u00a0000 ₽ » — 5\u202fтыс.", "« 10\u00a0000 ₽ » — 5\u202fтыс."),
        ("\u202eнаоборот\u200b", "\u202eнаоборот\u200b"),
        ("семья 👩‍👧", "семья 👩‍👧"),
    ],
)
def test_clean_text_keeps_what_was_typed_but_for_the_impossible(typed, kept):
    assert clean_text(typed, limit=100) == kept


@pytest.mark.parametrize("value", [None, 5, ["а"], {"text": "а"}, b"a"])
def test_clean_text_takes_text_alone(value):
    with pytest.raises(ShapeError) as error:
        clean_text(value, limit=10)

    assert error.value.problem == "not_text"


@pytest.mark.parametrize(("length", "fits"), [(9, True), (10, True), (11, False)])
def test_clean_text_is_never_cut(length, fits):
    if fits:
        assert clean_text("ы" * length, limit=10) == "ы" * length
        return
    with pytest.raises(ShapeError) as error:
        clean_text("ы" * length, limit=10)
    assert error.value.where == {"limit": 10, "length": 11}


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_clean_text_makes_something_every_database_holds(typed):
    cleaned = clean_text(typed, limit=10_000)

    cleaned.encode()
    assert "\x00" not in cleaned
    assert clean_text(cleaned, limit=10_000) == cleaned


def test_text_keeps_paragraphs_and_tables_in_order():
    content = {"blocks": [{"text": "До"}, {"table": [["а", "б"], ["", "1"]]}, {"text": "После"}]}

    assert Text().clean(content) == content
    assert Text().words(content) == ["До", "а", "б", "1", "После"]


def test_text_drops_texts_that_say_nothing():
    content = {"blocks": [{"text": " \n "}, {"table": []}, {"table": [[]]}, {"text": "Есть"}]}

    assert Text().clean(content) == {"blocks": [{"text": "Есть"}]}


def test_blank_table_may_stand_in_a_draft_and_answers_nothing():
    content = Text().clean({"blocks": [{"table": [["", " "]]}]})

    assert content == {"blocks": [{"table": [["", ""]]}]}
    assert not Text().is_answered(content)
    assert Text().words(content) == []


def test_blank_tables_and_rows_of_a_text_go_at_submission():
    blank = {"table": [["", ""]]}
    content = {"blocks": [blank, {"text": "До"}, {"table": [["", ""], ["а", ""]]}, blank]}

    assert Text().without_blank_rows(content) == {"blocks": [{"text": "До"}, {"table": [["а", ""]]}]}


def test_one_line_has_no_line_breaks():
    assert Text(one_line=True).clean({"blocks": [{"text": " Школа\n чтения "}]}) == {
        "blocks": [{"text": "Школа чтения"}]
    }


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"blocks": "текст"},
        {"blocks": [{"html": "<b>"}]},
        {"blocks": [{"text": "а", "more": "б"}]},
        {"blocks": [{"text": 5}]},
        {"blocks": [{"table": "а"}]},
        {"blocks": [{"table": ["а"]}]},
        {"blocks": [{"table": [[5]]}]},
        {"blocks": [{"table": [["а"] * 51]}]},
        {"blocks": [{"text": "а"}] * 501},
        {"tables": {"main": []}},
    ],
)
def test_text_refuses_what_is_no_text(content):
    with pytest.raises(ShapeError):
        Text().clean(content)


def test_long_table_in_a_text_is_refused_not_cut():
    with pytest.raises(ShapeError) as error:
        Text().clean({"blocks": [{"table": [["а"]] * (MAX_ROWS + 1)}]})

    assert error.value.problem == "too_many_rows"


# --- Tables --------------------------------------------------------------------------------------


def test_table_rows_get_ids_and_all_columns():
    (row,) = COSTS.clean([{"item": " Афиши "}])

    assert row == {"id": row["id"], "item": "Афиши", "amount": ""}
    assert len(row["id"]) == 8


def test_table_rows_keep_their_ids():
    kept = COSTS.clean([{"id": "k3f", "item": "а"}, {"id": "w2", "item": "б"}])

    assert [row["id"] for row in kept] == ["k3f", "w2"]


@pytest.mark.parametrize("bad", [5, "", "Ы", "a" * 17, "a b", '"><script>', None])
def test_table_row_with_a_bad_id_gets_another(bad):
    (row,) = COSTS.clean([{"id": bad, "item": "а"}])

    assert row["id"] != bad
    assert row["item"] == "а"


def test_table_rows_with_one_id_are_told_apart():
    first, second = COSTS.clean([{"id": "k3f", "item": "а"}, {"id": "k3f", "item": "б"}])

    assert first["id"] == "k3f" != second["id"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("строка", "not_rows"),
        ([5], "unknown_column"),
        ([{"item": "а", "price": "1"}], "unknown_column"),
        ([{"item": 5}], "not_text"),
        ([{"item": "ы" * (MAX_CELL + 1)}], "too_long"),
        ([{"item": "а"}] * (MAX_ROWS + 1), "too_many_rows"),
    ],
)
def test_table_refuses_what_is_no_row(given, problem):
    with pytest.raises(ShapeError) as error:
        COSTS.clean(given)

    assert error.value.problem == problem


@pytest.mark.parametrize("content", [None, {}, {"tables": []}, {"tables": {"other": []}}, {"blocks": []}])
def test_tables_refuse_other_tables(content):
    with pytest.raises(ShapeError):
        SHAPE.clean(content)


def test_tables_have_every_table_of_the_form():
    shape = Tables((COSTS, Table("more", (Column("name", "Имя"),))))

    assert shape.clean({"tables": {}}) == {"tables": {"main": [], "more": []}} == shape.empty()


def test_blank_rows_stand_in_a_draft_and_say_nothing():
    content = SHAPE.clean(rows(("Афиши", "5"), ("", " ")))

    assert len(content["tables"]["main"]) == 2
    assert [row["item"] for row in SHAPE.without_blank_rows(content)["tables"]["main"]] == ["Афиши"]
    assert SHAPE.is_answered(content)
    assert not SHAPE.is_answered(SHAPE.clean(rows(("", ""))))
    assert SHAPE.words(content) == ["Афиши", "5"]


# --- Shapes out of the edition ---------------------------------------------------------------------


def test_shape_from_knows_the_closed_set():
    table = {"name": "main", "columns": [{"code": "item", "title": "Статья", "kind": "money", "group": "Затраты"}]}

    assert shape_from({"kind": "text"}) == Text()
    assert shape_from({"kind": "line"}) == Text(one_line=True)
    assert shape_from({"kind": "tables", "tables": [table]}) == Tables(
        (Table("main", (Column("item", "Статья", "money", "Затраты"),)),)
    )


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "html"},
        {"kind": "tables", "tables": [{"name": "a", "columns": [{"code": "a", "title": "", "kind": "date"}]}]},
    ],
)
def test_shape_from_refuses_other_kinds(data):
    with pytest.raises(ShapeError):
        shape_from(data)


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=8))
def test_what_is_cleaned_stays_as_it_is(cells):
    cleaned = SHAPE.clean(rows(*cells))

    assert SHAPE.clean(json.loads(json.dumps(cleaned))) == cleaned

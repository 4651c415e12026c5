"""A file in one year's form, an application in another's: by code, nothing dropped silently."""

import json
from pathlib import Path

import pytest

from practices.blocks import shape_from
from practices.fitting import Stray, fit

EDITIONS = json.loads((Path(__file__).parents[2] / "fixtures" / "editions.json").read_text(encoding="utf-8"))
SHAPES = {
    edition["code"]: {section["code"]: shape_from(section["shape"]) for section in edition["sections"]}
    for edition in EDITIONS
}


def text(words):
    return {"blocks": [{"text": words}]}


def filled(edition):
    """A marked word in every block and column of the edition."""
    sections = {}
    for code, shape in SHAPES[edition].items():
        if hasattr(shape, "tables"):
            sections[code] = {
                "tables": {
                    table.name: [{column.code: f"{code}.{table.name}.{column.code}" for column in table.columns}]
                    for table in shape.tables
                }
            }
        else:
            sections[code] = text(f"{code}.text")
    return sections


def words(sections, shapes):
    return {word for code, content in sections.items() for word in shapes[code].words(content)}


@pytest.mark.parametrize("target", SHAPES)
@pytest.mark.parametrize("source", SHAPES)
def test_every_word_is_placed_or_shown(source, target):
    result = fit(filled(source), SHAPES[target])

    placed = words({code: fitted.content for code, fitted in result.sections.items()}, SHAPES[target])
    stray = {stray.text for stray in result.strays}
    assert placed | stray == words(filled(source), SHAPES[source])
    assert placed.isdisjoint(stray)


@pytest.mark.parametrize("edition", SHAPES)
def test_own_edition_fits_whole(edition):
    result = fit(filled(edition), SHAPES[edition])

    assert list(result.sections) == list(SHAPES[edition])
    assert result.strays == []
    assert not any(fitted.guessed for fitted in result.sections.values())


def test_value_of_2019_goes_to_the_whole_period_to_be_checked():
    results = {"tables": {"main": [{"indicator": "Участники, чел.", "value": "627"}]}}

    fitted = fit({"results": results}, SHAPES["2022"]).sections["results"]

    assert fitted.guessed == ("value_total",)
    assert fitted.content == {
        "tables": {"main": [{"id": "w1", "indicator": "Участники, чел.", "value_last_year": "", "value_total": "627"}]}
    }


def test_two_values_in_a_form_with_one_keep_the_whole_period_and_show_the_year():
    results = {"tables": {"main": [{"indicator": "Встречи", "value_last_year": "49", "value_total": "59"}]}}

    result = fit({"results": results}, SHAPES["2019"])

    (row,) = result.sections["results"].content["tables"]["main"]
    assert row == {"id": "w1", "indicator": "Встречи", "value": "59"}
    assert result.strays == [Stray("results", "49")]


def test_section_without_a_place_is_shown_with_its_code():
    result = fit({"donor": text("Год МАФ"), "goals": text("Цель")}, SHAPES["2023"])

    assert result.strays == [Stray("donor", "Год МАФ")]
    assert list(result.sections) == ["goals"]


def test_tables_without_a_place_are_shown_row_by_row():
    given = {
        "goals": {"tables": {"main": [{"id": "w1", "item": "Афиши", "amount": "5"}]}},
        "costs": {"tables": {"extra": [{"item": "Сцена", "amount": "7"}]}},
        "regulations": {"blocks": [{"table": [["Приказ", "№ 5"], ["", ""]]}]},
    }

    result = fit(given, SHAPES["2022"])

    assert result.sections == {}
    assert [stray.text.strip() for stray in result.strays] == ["Афиши — 5", "Сцена — 7", "Приказ — № 5"]


def test_what_says_nothing_is_not_offered():
    blank = {"tables": {"main": [{"item": "", "amount": " "}]}}

    result = fit({"costs": blank, "goals": {"blocks": []}}, SHAPES["2022"])

    assert (result.sections, result.strays) == ({}, [])


def test_fitting_twice_gives_the_same_rows():
    rows = {"tables": {"main": [{"item": "а", "amount": "1"}, {"item": "б", "amount": "2"}]}}

    assert fit({"costs": rows}, SHAPES["2022"]) == fit({"costs": rows}, SHAPES["2022"])

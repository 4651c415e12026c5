from decimal import Decimal

import pytest

from practices.amounts import (
    is_dash,
    is_total_row,
    read_money,
    read_number,
    read_people,
    read_started_year,
    unit_of,
    with_unit,
)


@pytest.mark.parametrize(
    ("written", "roubles"),
    [
        ("10 000", "10000"),
        ("99 000,00", "99000"),
        ("55 486,4", "55486.4"),
        ("9 770,5 тыс. руб.", "9770500"),
        ("450 тыс. руб.", "450000"),
        ("30\u00a0000\u00a0рублей", "30000"),
        ("2,6 млн ₽", "2600000"),
        ("1,2 миллиарда рублей", "1200000000"),
        ("150 т.р.", "150000"),
        ("9770,5 (тыс. руб.)", "9770500"),
        ("30.000 руб.", "30000"),
        ("1,250 млн руб.", "1250000"),
        ("2 400 000,00 (два миллиона четыреста тысяч) рублей", "2400000"),
        ("450 тыс. руб. в 2021 году", "450000"),
        ("120 000 руб., в том числе 20 000 руб. на призы", "120000"),
        ("1. 30 000 руб.", "30000"),
        ("100 (сто) тыс. руб.", "100000"),
        ("10 (десять) млн рублей", "10000000"),
        ("1.200.000 руб.", "1200000"),
        ("1.200.000,50 руб.", "1200000.50"),
        ("150 тр", "150000"),
        ("150 т руб.", "150000"),
        ("100 000 руб. (50 %)", "100000"),
    ],
)
def test_money_is_read_where_there_is_one_sum(written, roubles):
    assert read_money(written) == Decimal(roubles)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "не требуется",
        "100–150 тыс. руб.",
        "от 5 до 10 тыс. руб.",
        "100 000 руб. и 5 000 руб.",
        "12 3456",
        "2021 год",
        "50 %",
        "50 процентов",
    ],
)
def test_money_is_not_read_where_there_is_doubt(written):
    assert read_money(written) is None


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("5 чел.", 5),
        ("627 человек", 627),
        ("50 человек (команда Главы города)", 50),
        ("10 000 жителей, в том числе 2500 детей и 7500 взрослых", 10_000),
        ("1,5 тыс. человек", 1500),
        ("более 2000", 2000),
        ("на всех жителей округа", None),
        ("2,5 человека", None),
        ("100% жителей", None),
        ("80 % населения города", None),
        ("300 чел. (80 % населения)", 300),
        ("дети до 18 лет", None),
        ("Жители города 65+", None),
        ("учащиеся 9 школ города", None),
        ("12 жилых домов", None),
        ("120 семей", None),
        ("100 млн. просмотров", None),
        ("25,3 тыс.чел.", 25_300),
        ("15 тысяч населения", 15_000),
        ("9 школьников", 9),
        ("30 горожан", 30),
        ("5 годовалых детей", 5),
        ("40 классных руководителей", 40),
        ("10 тренеров", 10),
        ("2500 взрослых жителей", 2500),
    ],
)
def test_people_are_read_as_written(written, people):
    assert read_people(written) == people


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("более 2000", "2000"),
        ("> 1200", "1200"),
        ("57 %", "57"),
        ("627\n120", None),
        ("в 2018–2019 гг.", None),
        ("01.06.2022", None),
    ],
)
def test_number_is_the_only_one_of_its_text(written, number):
    assert read_number(written) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("Май - сентябрь 2021 г.", 2021),
        ("С 2015 года по настоящее время", 2015),
        ("01.06.2022 - по настоящее время", 2022),
        ("2018 год", 2018),
        ("постоянно", None),
        ("12018 дней", None),
    ],
)
def test_started_year_is_the_first_of_the_period(period, year):
    assert read_started_year(period) == year


@pytest.mark.parametrize("cells", [["ИТОГО", "365 000", ""], ["Итого: 365 000 руб.", "", ""], ["", "Всего 5 000", ""]])
def test_total_row_is_known_wherever_its_label_stands(cells):
    assert is_total_row(cells)


def test_row_that_only_mentions_the_total_is_no_total_row():
    assert not is_total_row(["Всегородской праздник", "10 000", "итоговый отчёт"])


@pytest.mark.parametrize(
    ("cell", "dash"), [("-", True), ("— —", True), ("…", True), ("", False), ("нет", False), ("5", False)]
)
def test_dash_says_nothing_in_signs(cell, dash):
    assert is_dash(cell) == dash


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Объем затрат, тыс. руб.", "тыс. руб."),
        ("Сумма (млн ₽)", "млн руб."),
        ("Затраты в тысячах рублей", "тыс. руб."),
        ("Объём затрат, руб.", ""),
        ("Объём затрат", ""),
        ("Тысячелетие города", ""),
    ],
)
def test_unit_of_a_heading(heading, unit):
    assert unit_of(heading) == unit


@pytest.mark.parametrize(
    ("written", "whole"),
    [("9 770,5", "9 770,5 тыс. руб."), ("30 000 руб.", "30 000 руб."), ("", ""), ("—", "—"), ("5–7", "5–7")],
)
def test_sum_takes_the_unit_of_its_heading_unless_it_has_one(written, whole):
    assert with_unit(written, "тыс. руб.") == whole
    assert with_unit(written, "") == written

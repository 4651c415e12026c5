from decimal import Decimal

import pytest

from practices import codes
from practices.blocks import Column, Table
from practices.readings import Reading, read_table

COSTS = Table("main", (Column("item", "Статья"), Column("amount", "Объём", "money"), Column("source", "Источник")))
RESULTS = Table(
    "main",
    (
        Column("indicator", "Показатель"),
        Column(codes.LAST_YEAR, "за год", "number"),
        Column(codes.WHOLE_PERIOD, "за период", "number"),
    ),
)


def one(kind, text):
    return read_table(Table("main", (Column("a", "А", kind),)), [{"id": "r", "a": text}]).cells[0]["a"]


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("9 770,5 тыс. руб.", Reading(roubles=Decimal(9_770_500))),
        ("10 000", Reading(roubles=Decimal(10_000))),
        ("сколько нашли", Reading(is_unread=True)),
        ("от 5 до 10 тыс. руб.", Reading(is_unread=True)),
        ("", Reading()),
        (" — ", Reading()),
    ],
)
def test_money_is_read_beside_the_words(written, reading):
    assert one("money", written) == reading


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,5 тыс. человек", 1500),
        ("10 000 жителей, в том числе 2500 детей", 10_000),
        ("более 2000", None),
        ("627 человек", None),
        ("на всех жителей", None),
        ("627\n120", None),
    ],
)
def test_number_is_said_only_where_it_stands_there_otherwise(written, number):
    assert one("number", written) == Reading(number=number)


def test_links_people_and_contacts_are_read_by_the_kind_of_their_column():
    assert [link.shown for link in one("url", "vk.com/yard").addresses.links] == ["vk.com/yard"]
    assert [person.name for person in one("person", "Снегирёва Анна Петровна, глава").persons] == [
        "Снегирёва Анна Петровна"
    ]
    assert one("contact", "000-00-00").contacts.telephones == ["000-00-00"]
    assert one("text", "vk.com/yard 5 тыс. руб.") == Reading()


def test_costs_are_added_up_and_say_what_they_took_from_above():
    rows = [("Доски", "10", "Грант"), ("Краска", "20", ""), ("ИТОГО", "40", "")]
    read = read_table(COSTS, [dict(zip(("item", "amount", "source"), row, strict=True)) for row in rows])

    assert read.costs.total == 30
    assert read.cells[1]["source"] == Reading(source_above="Грант")
    assert read.cells[2]["amount"] == Reading(roubles=Decimal(40), is_total=True, expected=Decimal(30))
    assert read.warnings == [(3, read.cells[2]["amount"])]


def result(indicator, last_year, whole):
    return {"indicator": indicator, codes.LAST_YEAR: last_year, codes.WHOLE_PERIOD: whole}


def test_whole_period_that_is_less_than_its_last_year_is_noticed():
    read = read_table(RESULTS, [result("Заявок", "1600", "1744"), result("Выполнено заявок, ед.", "638", "75")])

    ((number, reading),) = read.warnings
    assert (number, reading.shrunken.whole, reading.shrunken.last_year) == (2, 75, 638)


@pytest.mark.parametrize(
    "row",
    [
        result("Заявок", "638", "638"),
        result("Заявок", "", "75"),
        result("Заявок", "638", "больше прежнего"),
        result("Заявок", "638", "75\n80"),
        result("Доля довольных, %", "60", "57"),
        result("Доля довольных", "60 %", "57 %"),
        result("Среднее число посетителей", "60", "57"),
        result("", "", ""),
    ],
)
def test_what_need_not_add_up_is_no_warning(row):
    assert read_table(RESULTS, [row]).warnings == []


def test_table_without_sums_or_years_has_neither():
    read = read_table(Table("main", (Column("item", "Статья"),)), [{"item": "Всего 5 000"}, {"item": ""}])

    assert (read.costs, read.warnings) == (None, [])

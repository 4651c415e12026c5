from decimal import Decimal

import pytest

from practices.totals import percents, source_key, tally


def costs(*rows):
    """Rows of (item, amount, source)."""
    return [dict(zip(("id", "item", "amount", "source"), (f"r{n}", *row), strict=True)) for n, row in enumerate(rows)]


def shares(read):
    return [(share.source, share.amount, share.percent) for share in read.costs.shares]


def test_costs_add_up_by_source_and_count_what_cannot_be_read():
    read = tally(
        costs(
            ("Доски", "150 000", "Гранты"),
            ("Краска", "100 тыс. руб.", "Спонсоры"),
            ("Кисти", "55 000 рублей", "Гранты "),
            ("Труд", "силами волонтёров", "—"),
        )
    )

    assert (read.costs.total, read.costs.lines, read.costs.unread) == (Decimal(305_000), 4, 1)
    assert shares(read) == [("Гранты", 205_000, 67), ("Спонсоры", 100_000, 33)]


def test_half_a_sum_is_no_whole():
    assert tally(costs(("Доски", "150 000", ""), ("Труд", "даром", ""))).whole is None
    assert tally(costs(("Доски", "150 000", ""), ("Труд", "0", ""))).whole.total == 150_000


@pytest.mark.parametrize("rows", [(), (("", "", ""),), (("Без затрат", "без затрат", ""), ("", "", "бюджет"))])
def test_costs_without_a_readable_sum_are_none(rows):
    assert tally(costs(*rows)).costs is None


@pytest.mark.parametrize(
    "other", ["бюджет города Лесной", "Бюджет  города\nЛесной", "Бюджет города Лесной.", "Бюджет города «Лесной»"]
)
def test_source_written_otherwise_is_the_same(other):
    read = tally(costs(("а", "1", "Бюджет города Лесной"), ("б", "2", other)))

    assert shares(read) == [("Бюджет города Лесной", 3, 100)]


def test_source_key_forgives_yo_and_dots_without_spaces():
    assert source_key("Средства г. Трёхгорный") == source_key("средства г.Трехгорный")
    assert source_key("Грант") != source_key("Гранты")


def test_source_written_once_goes_on_in_the_rows_below():
    read = tally(
        costs(
            ("Доски", "10", "Грант"), ("Краска", "20", ""), ("", "", ""), ("Кисти", "30", ""), ("Чай", "40", "Спонсоры")
        )
    )

    assert [line.source_above for line in read.lines] == ["", "Грант", "", "Грант", ""]
    assert shares(read) == [("Грант", 60, 60), ("Спонсоры", 40, 40)]
    assert read.costs.continued == 2


@pytest.mark.parametrize("between", [("Звук", "5", "-"), ("Итого", "10", "")])
def test_dashes_and_totals_end_a_source(between):
    read = tally(costs(("Доски", "10", "Грант"), between, ("Краска", "20", "")))

    assert read.lines[-1].source_above == ""


def test_first_rows_without_a_source_name_none():
    assert shares(tally(costs(("Доски", "10", ""), ("Краска", "20", "Грант")))) == [("Грант", 20, 67), ("", 10, 33)]


@pytest.mark.parametrize(
    "total", [("ИТОГО", "30", ""), ("Итого: 30 руб.", "", ""), ("", "Всего 30", ""), ("Всего по 2 статьям", "30", "")]
)
def test_row_of_totals_is_not_counted_twice_and_agrees(total):
    read = tally(costs(("Доски", "10", "Грант"), ("Краска", "20", "Грант"), total))

    assert (read.costs.total, read.costs.lines) == (30, 2)
    assert [line.is_total for line in read.lines] == [False, False, True]
    assert read.lines[-1].expected is None


def test_row_of_totals_that_does_not_agree_is_told_what_it_should_be():
    read = tally(costs(("Доски", "10 000", "Грант"), ("Краска", "20 000", ""), ("ИТОГО", "35 000", "")))

    assert (read.lines[-1].amount, read.lines[-1].expected) == (35_000, 30_000)


def test_row_of_totals_is_not_compared_with_half_a_sum():
    read = tally(costs(("Доски", "10 000", ""), ("Труд", "даром", ""), ("ИТОГО", "35 000", "")))

    assert read.lines[-1].expected is None


@pytest.mark.parametrize(
    "rows",
    [
        (("а", "10", ""), ("Итого", "10", ""), ("б", "20", ""), ("Итого", "20", ""), ("Всего", "30", "")),
        (("а", "10", ""), ("Итого", "10", ""), ("б", "20", ""), ("Всего", "30", "")),
        (("Всего, в том числе:", "30", ""), ("а", "10", ""), ("б", "20", "")),
        (("а", "10", ""), ("Итого без суммы", "", ""), ("б", "20", "")),
    ],
)
def test_subtotals_and_a_total_on_top_agree_too(rows):
    read = tally(costs(*rows))

    assert [line.expected for line in read.lines if line.is_total] == [None] * sum(line.is_total for line in read.lines)
    assert read.costs.total == 30


def test_columns_are_found_by_their_codes():
    read = tally([{"price": "5", "payer": "Грант"}], amount="price", source="payer")

    assert shares(read) == [("Грант", 5, 100)]


def test_percents_always_add_up_to_a_hundred():
    assert percents([Decimal(1), Decimal(1), Decimal(1)]) == [34, 33, 33]

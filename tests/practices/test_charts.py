from decimal import Decimal

import pytest

from practices.charts import LEAST, TALLEST, Bar, Item, Step, bars, columns, scale


@pytest.mark.parametrize(
    ("most", "values"),
    [
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (8, [0, 2, 4, 6, 8]),
        (99, [0, 50, 100]),
        (100, [0, 50, 100]),
        (109, [0, 50, 100, 150]),
        (40_000, [0, 10_000, 20_000, 30_000, 40_000]),
    ],
)
def test_scale_is_round_and_reaches_the_most(most, values):
    assert scale(most) == values


def test_scale_has_few_steps_and_no_room_to_spare():
    scales = {most: scale(most) for most in (*range(1, 300), 999, 1000, 1001, 10**12)}

    assert [most for most, values in scales.items() if not values[-2] < most <= values[-1] or len(values) > 6] == []


def test_longest_bar_takes_all_the_room_and_parts_are_to_its_scale():
    longest, shorter = Item("Саров", 8, part=2), Item("Лесной", 2, part=2)

    assert bars([longest, shorter]) == [Bar(longest, 100.0, 25.0), Bar(shorter, 25.0, 25.0)]


def test_what_is_nought_or_not_known_has_no_bar_and_what_is_tiny_has_one():
    tiny = Item("Грант", Decimal("0.01"))
    shown = bars([Item("Бюджет", Decimal(10**12)), tiny, Item("Ничего", 0), Item("Не известно", None)])

    assert [(bar.item.label, bar.width) for bar in shown] == [("Бюджет", 100.0), ("Грант", LEAST)]


def test_columns_stand_in_their_places_upon_the_ground():
    drawn = columns([Item("2017", 50), Item("2018", None), Item("2019", 100, part=10)])

    first, unknown, last = drawn.columns
    assert [column.middle for column in drawn.columns] == [16.67, 50.0, 83.33]
    assert (first.y, first.height, first.part_height) == (100, 100, 0)
    assert (unknown.y, unknown.height) == (TALLEST, 0)
    assert (last.y, last.height, last.part_y, last.part_height) == (0, 200, 180, 20)
    assert drawn.steps == [Step(0, TALLEST), Step(50, 100), Step(100, 0)]


@pytest.mark.parametrize("items", [[], [Item("2017", None)], [Item("2017", 0)]])
def test_nothing_to_draw_is_no_chart(items):
    assert columns(items) is None
    assert bars(items) == []

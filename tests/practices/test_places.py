"""Cities as people write them in passports."""

from types import SimpleNamespace

import pytest

from practices.places import named_in

PLACES = [
    SimpleNamespace(name=name, full_name=full_name, region=region)
    for name, full_name, region in [
        ("Ангарск", "Ангарский городской округ", "Иркутская область"),
        ("Железногорск", "ЗАТО г. Железногорск", "Красноярский край"),
        ("Заречный", "ЗАТО г. Заречный", "Пензенская область"),
        ("Заречный", "Муниципальный округ Заречный", "Свердловская область"),
        ("Курчатов", "Городской округ «Город Курчатов»", "Курская область"),
        ("Озёрск", "Озёрский городской округ", "Челябинская область"),
        ("Полярные Зори", "Муниципальный округ город Полярные Зори", "Мурманская область"),
        ("Саров", "Городской округ город Саров", "Нижегородская область"),
    ]
]


def regions(text):
    return [place.region for place in named_in(text, PLACES)]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("ЗАТО город Заречный Пензенской области", "Пензенская область"),
        ("г. Заречный, Свердловская обл.", "Свердловская область"),
        ("Муниципальный округ Заречный", "Свердловская область"),
        ("Ангарский городской округ", "Иркутская область"),
        ("Администрация г.Сарова Нижегородской области", "Нижегородская область"),
        ("в Полярных Зорях", "Мурманская область"),
        ("ОЗЕРСК", "Челябинская область"),
        ("Озерский городской округ", "Челябинская область"),
    ],
)
def test_city_is_found_in_any_case_and_spelling(text, region):
    assert regions(text) == [region]


def test_namesakes_without_a_region_are_both_named():
    assert regions("город Заречный") == ["Пензенская область", "Свердловская область"]


@pytest.mark.parametrize("text", ["", "город Москва", "Железногорск Курской области", "полярная ночь"])
def test_city_that_is_not_on_the_list_is_not_guessed(text):
    assert regions(text) == []

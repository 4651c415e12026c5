from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from competition.templatetags.typography import in_zone, moscow, nbsp, number, roubles
from tests.factories import utc


def seen(text):
    """No-break spaces made visible."""
    return text.replace("\u00a0", "·")


@pytest.mark.parametrize(
    ("typed", "set_text"),
    [
        ("Праздник в городе и на селе", "Праздник в·городе и·на·селе"),
        ("И о погоде", "И·о·погоде"),
        ("Глава г. Удомли", "Глава г.·Удомли"),
        ("в 2021 г. проведено", "в·2021·г.·проведено"),
        ("№ 5", "№·5"),
        ("А. С. Пушкин", "А.·С.·Пушкин"),
        ("10 000 жителей, 56 %", "10·000·жителей, 56·%"),
        ("если бы, он же, вряд ли", "если·бы, он·же, вряд·ли"),
        ("Москва - столица", "Москва·— столица"),
        ("Москва — столица", "Москва·— столица"),
        ("2017-2021 годов", "2017–2021·годов"),
        ('Проект "Умный Саров"', "Проект «Умный Саров»"),
        ('НП "Альянс "Атомные города""', "НП «Альянс „Атомные города“»"),
        ('«Центр "Бумеранг"»', "«Центр „Бумеранг“»"),
    ],
)
def test_text_is_set_by_the_rules(typed, set_text):
    assert seen(nbsp(typed)) == set_text


@pytest.mark.parametrize(
    "text",
    [
        "что-то по-прежнему из-за",  # hyphens are no dashes
        "тел. 12-34-56",
        "заявка 2022-041",
        '5" и 7"',  # inches, not quotes
        "- пункт списка",
        "ТОС",
        "",
    ],
)
def test_what_the_author_wrote_stays(text):
    assert nbsp(text).replace("\u00a0", " ") == text


def test_setting_twice_changes_nothing():
    once = nbsp('Проект "Музей в лицее" - в 2019-2021 г. на 10 000 ₽')

    assert nbsp(once) == once


def test_markup_in_a_text_stays_text():
    page = Template("{% load typography %}{{ text|nbsp }}").render(Context({"text": 'в <b class="x">городе</b>'}))

    assert "<b" not in page


@pytest.mark.parametrize(
    ("value", "shown"),
    [(365000, "365·000"), (1600, "1600"), (10000, "10·000"), (-12500, "−12·500"), (Decimal("2.60"), "2,6"), (0, "0")],
)
def test_number_is_grouped_for_reading(value, shown):
    assert seen(number(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (365000, "365·000·₽"),
        (Decimal("9770500.00"), "9·770·500·₽"),
        (Decimal("1234.50"), "1234,50·₽"),
        (Decimal("0.05"), "0,05·₽"),
        (Decimal("0.995"), "1·₽"),
        (0, "0·₽"),
        (None, ""),
    ],
)
def test_sum_shows_kopecks_only_when_there_are_some(value, shown):
    assert seen(roubles(value)) == shown


def test_fraction_follows_the_language():
    with translation.override("en"):
        assert number(Decimal("2.6")) == "2.6"


def test_deadline_is_moscow_time():
    assert seen(moscow(utc(2026, 5, 31, 20, 59))) == "31·мая, 23:59·МСК"
    assert moscow(None) == ""


def test_reader_in_siberia_sees_the_next_day():
    deadline = utc(2026, 5, 31, 20, 59)

    assert seen(in_zone(deadline, "Asia/Krasnoyarsk")) == "1·июня, 03:59 (МСК+4)"
    assert seen(in_zone(deadline, "Europe/Moscow")) == "31·мая, 23:59 (МСК)"
    assert seen(in_zone(deadline, "Europe/Kaliningrad")) == "31·мая, 22:59 (МСК−1)"
    assert in_zone(None, "Europe/Moscow") == ""

"""Where the dots of the drawings stand, and that print wears the colours of the pages."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from competition.models import Territory
from practices.documents import pdf_drawings


def city(pk, name, latitude, longitude, region="Тверская область"):
    return Territory(pk=pk, name=name, region=region, latitude=latitude, longitude=longitude)


ZARECHNY = city(1, "Заречный", "53.1968", "45.1713", "Пензенская область")
NAMESAKE = city(2, "Заречный", "56.8113", "61.3254", "Свердловская область")
OBNINSK = city(3, "Обнинск", "55.0968", "36.6101")
ZELENOGORSK = city(4, "Зеленогорск", "56.1133", "94.5887")


def test_mark_stands_on_the_ring_of_its_distance():
    near, far = pdf_drawings.city_mark(OBNINSK), pdf_drawings.city_mark(ZELENOGORSK)

    assert (near.own_ring, near.other_rings) == ("6.5", ["18.5"])
    assert (far.own_ring, far.other_rings) == ("18.5", ["10.5"])
    assert float(near.dot.x) < 20 < float(near.dot.y)  # to the south-west
    assert float(far.dot.x) > 20 > float(far.dot.y)  # to the north-east


def test_distance_shows_all_four_rings():
    drawing = pdf_drawings.distance_drawing(OBNINSK)

    assert {drawing.own_ring, *drawing.other_rings} == {"7.5", "13", "18.5", "23.7"}


def test_scheme_tells_namesakes_apart_and_fills_whom_it_was_told():
    dots = pdf_drawings.scheme([ZARECHNY, NAMESAKE, OBNINSK], filled={3}).cities

    assert [dot.name for dot in dots] == ["Заречный (Пенз.)", "Заречный (Свердл.)", "Обнинск"]
    assert [dot.filled for dot in dots] == [False, False, True]
    assert [dot.anchor for dot in dots] == ["start", "start", "end"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_numbers_keep_their_point_in_every_language(language):
    with translation.override(language):
        rings, dots = pdf_drawings.divider([OBNINSK])

    assert rings == ["16", "31", "46", "61"]
    assert all(re.fullmatch(r"\d+\.\d", number) for dot in dots for number in (dot.x, dot.y))


def colours(name):
    css = (settings.BASE_DIR / "static/css" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"(--c-[\w-]+): ?(#[0-9a-f]{6})", css[css.index(":root") :].lower().partition("}")[0]))


def test_print_wears_the_colours_of_the_pages():
    printed, pages = colours("print.css"), colours("tokens.css")

    assert len(printed) > 5
    assert printed == {name: pages[name] for name in printed}

import re

import pytest
from django.template import Context, Template

from competition.templatetags.competition_marks import city_mark
from tests.factories import TerritoryFactory


def shapes(mark):
    """The circles of a mark by class: (x, y, radius)."""
    circles = re.findall(r'<circle class="(\w+)" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/>', str(mark))
    return {name: (float(x), float(y), float(radius)) for name, x, y, radius in circles}


@pytest.mark.parametrize(
    ("city", "latitude", "longitude", "orbit", "place"),
    [
        ("Саров", 54.9358, 43.3235, 6.5, (26.4, 21.3)),
        ("Волгодонск", 47.5136, 42.1514, 10.5, (23.7, 29.8)),
        ("Лесной", 58.6348, 59.7981, 14.5, (33.4, 14.4)),
        ("Зеленогорск", 56.1133, 94.5886, 18.5, (36.8, 12.2)),
    ],
)
def test_city_stands_on_its_orbit_in_its_direction(city, latitude, longitude, orbit, place):
    mark = shapes(city_mark(TerritoryFactory.build(name=city, latitude=latitude, longitude=longitude)))

    assert mark["oo"] == (20, 20, orbit)
    assert mark["n"][:2] == (20, 20)
    assert mark["e"][:2] == pytest.approx(place, abs=0.15)
    assert mark["o"][2] != orbit


@pytest.mark.parametrize(("size", "classes"), [("", "cmark"), ("s", "cmark cmark-s"), ("l", "cmark cmark-l")])
def test_fragment_draws_the_mark_in_the_size_asked_for(size, classes):
    page = Template('{% include "components/_city_mark.html" with territory=city size=size only %}').render(
        Context({"city": TerritoryFactory.build(), "size": size})
    )

    assert f'class="{classes}"' in page
    assert 'aria-hidden="true"' in page  # the name of the city stands beside

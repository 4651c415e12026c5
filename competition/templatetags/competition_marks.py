"""Marks of cities: a real distance and a real bearing from Moscow, drawn as nucleus and orbit."""

from functools import lru_cache
from math import cos, radians, sin

from django import template
from django.utils.html import format_html

from competition import geography

register = template.Library()

CENTRE = 20
RADII = (6.5, 10.5, 14.5, 18.5)  # one a shell of `geography.SHELLS_KM`, the last for what lies further
SIZES = {"": "cmark", "s": "cmark cmark-s", "l": "cmark cmark-l"}


@register.simple_tag
def city_mark(territory, size=""):
    """The mark of a territory, in size "s", "l" or the usual one. Two cities may look alike: the name stands beside."""
    return draw(float(territory.latitude), float(territory.longitude), size)


@lru_cache(maxsize=256)
def draw(latitude: float, longitude: float, size: str) -> str:
    """The mark as SVG: its own orbit in blue, one more ring for the eye, the nucleus, the city on its bearing."""
    shell = geography.shell(geography.distance_km(latitude, longitude))
    azimuth = radians(geography.bearing(latitude, longitude))
    own = RADII[shell]
    other = RADII[1] if own == RADII[-1] else RADII[-1]
    return format_html(
        '<svg class="{}" viewBox="0 0 40 40" aria-hidden="true"><circle class="o" cx="{c}" cy="{c}" r="{}"/>'
        '<circle class="oo" cx="{c}" cy="{c}" r="{}"/><circle class="n" cx="{c}" cy="{c}" r="2.6"/>'
        '<circle class="e" cx="{}" cy="{}" r="3.6"/></svg>',
        SIZES[size],
        other,
        own,
        f"{CENTRE + own * sin(azimuth):.1f}",
        f"{CENTRE - own * cos(azimuth):.1f}",
        c=CENTRE,
    )

"""Where circles, dots and names stand in a PDF's drawings. Numbers only, as text: a template would localise a float.

The renderer does not apply our style sheet inside of SVG, so these drawings carry their colours in templates/print.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

from competition import orbits
from competition.models import Territory
from competition.scheme import with_region

# Rings, one a shell of `competition.geography`: of the city mark (a picture of 40), of the distance (of 48), of the
# divider (in millimetres of its page).
CITY_MARK_RADII = (6.5, 10.5, 14.5, 18.5)
DISTANCE_RADII = (7.5, 13, 18.5, 23.7)
DIVIDER_RADII = (16, 31, 46, 61)
BASELINE = 4.5  # from the middle of a name of the scheme to where its letters stand


@dataclass(frozen=True)
class Point:
    x: str
    y: str


@dataclass(frozen=True)
class Mark:
    """A city seen from Moscow: its own ring, the rings drawn beside it, and its dot."""

    own_ring: str
    other_rings: list[str]
    dot: Point


@dataclass(frozen=True)
class NamedDot:
    """A city of the scheme. `anchor` says on which side of the dot its name stands."""

    dot: Point
    name: str
    name_at: Point
    anchor: str
    filled: bool


@dataclass(frozen=True)
class Scheme:
    """All cities around Moscow as `competition.orbits` places them. `captions`: where each ring says its distance."""

    cities: list[NamedDot]
    rings: list[str]
    captions: list[Point]
    centre = Point(*map(str, orbits.CENTRE))
    size = (str(orbits.WIDTH), str(orbits.HEIGHT))


def city_mark(territory: Territory) -> Mark:
    """The city's own ring and one more for the eye."""
    own = CITY_MARK_RADII[territory.shell]
    other = CITY_MARK_RADII[1] if own == CITY_MARK_RADII[-1] else CITY_MARK_RADII[-1]
    return Mark(f"{own}", [f"{other}"], _point(20, 20, own, territory.bearing))


def distance_drawing(territory: Territory) -> Mark:
    """All four rings, with the city on its own."""
    own = DISTANCE_RADII[territory.shell]
    return Mark(f"{own}", [f"{ring}" for ring in DISTANCE_RADII if ring != own], _point(24, 24, own, territory.bearing))


def divider(territories: Iterable[Territory]) -> tuple[list[str], list[Point]]:
    """The rings, and a dot for each territory."""
    dots = [_point(140, 58, DIVIDER_RADII[territory.shell], territory.bearing) for territory in territories]
    return [f"{ring}" for ring in DIVIDER_RADII], dots


def scheme(territories: Iterable[Territory], *, filled: set[int]) -> Scheme:
    """The scheme for a cover; territories whose pk is in `filled` get a filled dot."""
    territories = list(territories)
    cities = [
        orbits.City(city.pk, name, city.shell, city.bearing)
        for city, name in zip(territories, _names(territories), strict=True)
    ]
    spots = orbits.lay_out(tuple(cities))
    return Scheme(
        cities=[_named_dot(city.name, spots[city.key], filled=city.key in filled) for city in cities],
        rings=[str(radius) for radius in orbits.RINGS],
        captions=[Point(f"{x:.1f}", f"{y + BASELINE:.1f}") for x, y in orbits.captions()],
    )


def _named_dot(name: str, spot: orbits.Spot, *, filled: bool) -> NamedDot:
    gap = -orbits.GAP if spot.is_left else orbits.GAP
    return NamedDot(
        dot=Point(f"{spot.x:.1f}", f"{spot.y:.1f}"),
        name=name,
        name_at=Point(f"{spot.x + gap:.1f}", f"{spot.y + BASELINE:.1f}"),
        anchor="end" if spot.is_left else "start",
        filled=filled,
    )


def _point(x: float, y: float, radius: float, bearing: float) -> Point:
    angle = radians(bearing)
    return Point(f"{x + radius * sin(angle):.1f}", f"{y - radius * cos(angle):.1f}")


def _names(territories: list[Territory]) -> list[str]:
    """Names that occur twice get their region."""
    times = Counter(territory.name for territory in territories)
    return [territory.name if times[territory.name] == 1 else with_region(territory) for territory in territories]

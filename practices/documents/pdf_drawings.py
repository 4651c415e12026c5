"""Where circles, dots and names stand in a PDF's drawings. Numbers only, as text: a template would localise a float.

The renderer does not apply our style sheet inside of SVG, so these drawings carry their colours in templates/print.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import cos, degrees, radians, sin

from competition.models import Territory

# Rings, one a shell of `competition.geography`: of the city mark (a picture of 40), of the distance (of 48), of the
# divider (in millimetres of its page), of the scheme.
CITY_MARK_RADII = (6.5, 10.5, 14.5, 18.5)
DISTANCE_RADII = (7.5, 13, 18.5, 23.7)
DIVIDER_RADII = (16, 31, 46, 61)
SCHEME_RADII = (82, 146, 206, 264)

DOT = 6  # of the scheme, in its own units, as the next four
LINE_HEIGHT = 21
CHARACTER_WIDTH = 8.2
NAME_GAP = 10
FLATTEST = 0.35  # near the top and bottom of a ring a small step down takes a long way round
POLE = 3  # degrees that a dot keeps from north and south, so that its name stays on its side
ROUNDS = 600


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


def scheme(territories: Iterable[Territory], *, filled: set[int]) -> list[NamedDot]:
    """All cities on four rings around Moscow at (300, 290), those whose pk is in `filled` with a filled dot.

    A city's ring is its distance. Its bearing gives way as far as the names need it; on a ring the order is kept.
    """
    territories = list(territories)
    names = _names(territories)
    wanted = [(city.shell, city.bearing, len(name)) for city, name in zip(territories, names, strict=True)]
    places = _spread(tuple(wanted))
    return [
        NamedDot(place.dot, name, place.name_at, place.anchor, territory.pk in filled)
        for territory, name, place in zip(territories, names, places, strict=True)
    ]


def _point(x: float, y: float, radius: float, bearing: float) -> Point:
    angle = radians(bearing)
    return Point(f"{x + radius * sin(angle):.1f}", f"{y - radius * cos(angle):.1f}")


def _names(territories: list[Territory]) -> list[str]:
    """Names that occur twice get the beginning of their region: «Заречный (Свердл.)»."""
    times = Counter(territory.name for territory in territories)
    return [
        territory.name if times[territory.name] == 1 else f"{territory.name} ({territory.region[:6]}.)"
        for territory in territories
    ]


class _Place:
    """A dot that may move along its ring, with room for a name beside it."""

    def __init__(self, shell: int, bearing: float, letters: int):
        self.shell = shell
        self.radius = SCHEME_RADII[shell]
        self.bearing = bearing
        self.width = NAME_GAP + CHARACTER_WIDTH * letters
        self.first = 0 if bearing < 180 else 180  # the half of the ring it keeps to
        self.turn_to(bearing)

    def turn_to(self, angle: float) -> None:
        self.angle = min(max(angle, self.first + POLE), self.first + 180 - POLE)
        self.slope = sin(radians(self.angle))
        self.x = 300 + self.radius * self.slope
        self.y = 290 - self.radius * cos(radians(self.angle))

    @property
    def is_east(self) -> bool:
        return self.first == 0

    @property
    def extent(self) -> tuple[float, float]:
        return (self.x - DOT, self.x + self.width) if self.is_east else (self.x - self.width, self.x + DOT)

    def overlaps(self, other: "_Place") -> bool:
        if abs(self.y - other.y) >= LINE_HEIGHT:
            return False
        (left, right), (other_left, other_right) = self.extent, other.extent
        return left < other_right and other_left < right

    def is_above(self, other: "_Place") -> bool:
        """Who gives way upwards: on one side of a ring as the true bearings lie, else whoever is higher now."""
        if self.shell == other.shell and self.first == other.first:
            return (self.bearing < other.bearing) == self.is_east
        return self.y < other.y

    def move_down(self, distance: float) -> None:
        slope = max(abs(self.slope), FLATTEST) * (1 if self.is_east else -1)
        self.turn_to(self.angle + degrees(distance / (self.radius * slope)))

    @property
    def dot(self) -> Point:
        return Point(f"{self.x:.1f}", f"{self.y:.1f}")

    @property
    def name_at(self) -> Point:
        return Point(f"{self.x + (NAME_GAP if self.is_east else -NAME_GAP):.1f}", f"{self.y + 4.5:.1f}")

    @property
    def anchor(self) -> str:
        return "start" if self.is_east else "end"


@lru_cache(maxsize=8)
def _spread(cities: tuple[tuple[int, float, int], ...]) -> list[_Place]:
    """Push apart, a little at a time, the dots whose names would overlap, until none do."""
    places = [_Place(*city) for city in cities]
    for _round in range(ROUNDS):
        crowded = [(one, other) for one, other in combinations(places, 2) if one.overlaps(other)]
        if not crowded:
            break
        for one, other in crowded:
            upper, lower = (one, other) if one.is_above(other) else (other, one)
            step = (LINE_HEIGHT - abs(one.y - other.y)) / 4 + 0.2
            upper.move_down(-step)
            lower.move_down(step)
    return places

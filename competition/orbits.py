"""Where cities and their names stand on the scheme of orbits, so that no name lies on another. Pure: no Django here.

A city stands on the ring of its distance. The order of the cities on a ring is that of their real directions from
Moscow; the angles are spread only as far as the names need room: half of the cities of the nuclear industry lie within
twenty degrees of each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import cos, degrees, radians, sin
from random import Random
from statistics import fmean

RINGS = (90, 161, 227, 290)  # one a shell of `geography.SHELLS_KM`, the last for what lies further
CENTRE = (306, 308)
WIDTH, HEIGHT = 716, 616
CAPTION_ANGLES = (28, 214, 214, 214)  # where each ring says its distance: on the side where few cities lie

DOT = 5.5
GAP = 10  # from the middle of a dot to its name
CLEAR = 13  # and on its other side to whatever comes next
LINE = 26  # height of a name with the room around it: 24 px on a wide page, the least for a target
LETTER = 8.8  # average width of a letter

NUCLEUS = (CENTRE[0] - 72, CENTRE[1] - 11, CENTRE[0] + 9, CENTRE[1] + 11)  # the dot of Moscow, its name to the left
CAPTION = (80, 16)

STEP = 2  # degrees by which a city is moved
FARTHEST = 60  # degrees from its real direction
APART = 4  # degrees that neighbours on a ring keep
SWEEPS = 12
ATTEMPTS = 60
CLASH = (1, 30, 1000)  # stage by stage what a square unit of overlap costs; a squared degree of turning costs 1

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class City:
    """What the scheme must know of a city."""

    key: int
    name: str
    shell: int
    bearing: float


@dataclass(frozen=True)
class Spot:
    """Where a city stands: its dot, and the box around the dot and the name beside it."""

    x: float
    y: float
    box: Box

    @property
    def is_left(self) -> bool:
        """Whether the name stands to the left of the dot."""
        return self.x - self.box[0] > self.box[2] - self.x


def point(angle: float, radius: float) -> tuple[float, float]:
    """The place at this direction and distance from Moscow on the drawing; 0 is up, clockwise."""
    return CENTRE[0] + radius * sin(radians(angle)), CENTRE[1] - radius * cos(radians(angle))


@lru_cache(maxsize=4096)
def spot_at(city: City, angle: float) -> Spot:
    """The city at this angle; its name stands on the outer side, where there is most room."""
    x, y = point(angle, RINGS[city.shell])
    reach = GAP + len(city.name) * LETTER
    left, right = (reach, CLEAR) if sin(radians(angle)) < -0.01 else (CLEAR, reach)
    return Spot(x, y, (x - left, y - LINE / 2, x + right, y + LINE / 2))


def captions() -> list[tuple[float, float]]:
    """The middle of each ring's caption."""
    return [point(angle, radius) for angle, radius in zip(CAPTION_ANGLES, RINGS, strict=True)]


def fixed_boxes() -> list[Box]:
    """What the names of the cities must leave free: Moscow and the captions of the rings."""
    width, height = CAPTION
    return [NUCLEUS, *((x - width / 2, y - height / 2, x + width / 2, y + height / 2) for x, y in captions())]


@lru_cache(maxsize=8)
def lay_out(cities: tuple[City, ...]) -> dict[int, Spot]:
    """A spot for every city by its key. The same cities always give the same scheme.

    Cities look for a better place one after another, and the outcome hangs on whose turn comes first; so several
    orders are tried until one leaves no overlap. With none such, the one with the least overlap is taken.
    """
    best, least = {}, float("inf")
    for attempt in range(ATTEMPTS):
        turns = list(cities)
        Random(attempt).shuffle(turns)  # noqa: S311 - the same dice every time, nothing to guess
        spots = _settle(turns)
        clash = total_overlap(spots.values())
        if clash < least:
            best, least = spots, clash
        if least == 0:
            break
    return best


def total_overlap(spots: Iterable[Spot]) -> float:
    """What names share with each other, with what is fixed, and what hangs over the edge: 0 for a good scheme."""
    boxes = [spot.box for spot in spots]
    return (
        sum(overlap(one, other) for one, other in combinations(boxes, 2))
        + sum(overlap(box, fixed) for box in boxes for fixed in fixed_boxes())
        + sum(_outside(box) for box in boxes)
    )


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0


def _outside(box: Box) -> float:
    """How far a box hangs over the edge of the drawing; it cannot do so upwards or downwards."""
    return LINE * (max(0, -box[0]) + max(0, box[2] - WIDTH))


def _settle(turns: list[City]) -> dict[int, Spot]:
    """Let every city in its turn take the cheapest place it can reach, until nobody wants to move."""
    rings = [in_order(turns, shell) for shell in range(len(RINGS))]
    angles = {key: angle for shell, ring in enumerate(rings) for key, angle in spread(ring, RINGS[shell]).items()}
    spots = {city.key: spot_at(city, angles[city.key]) for city in turns}
    fixed = fixed_boxes()
    for clash in CLASH:
        for _sweep in range(SWEEPS):
            before = dict(angles)
            for city in turns:
                taken = [*fixed, *(spot.box for key, spot in spots.items() if key != city.key)]
                reach = _reach(city, rings[city.shell], angles)
                costs = {angle: clash * _clash(city, angle, taken) + (angle - city.bearing) ** 2 for angle in reach}
                angles[city.key] = min(costs, key=costs.get)
                spots[city.key] = spot_at(city, angles[city.key])
            if angles == before:
                break
    return spots


def in_order(cities: Iterable[City], shell: int) -> list[City]:
    """The cities of a ring clockwise from the north."""
    return sorted((city for city in cities if city.shell == shell), key=lambda city: (city.bearing, city.key))


def spread(ring: list[City], radius: float) -> dict[int, float]:
    """Angles that leave each name of a ring its line, as near to the real directions as can be.

    Least squares under «each at least a step after the one before»: neighbours that are too close share the middle of
    what they want (pool adjacent violators). Past 360 the angles go on.
    """
    step = degrees(LINE / radius)
    pools: list[list[float]] = []
    for place, city in enumerate(ring):
        pools.append([city.bearing - place * step])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    levels = [fmean(pool) for pool in pools for _city in pool]
    return {city.key: levels[place] + place * step for place, city in enumerate(ring)}


def _reach(city: City, ring: list[City], angles: dict[int, float]) -> list[float]:
    """Where a city may move without overtaking a neighbour: its present angle, or some steps from its direction."""
    place = ring.index(city)
    first = angles[ring[place - 1].key] - (360 if place == 0 else 0) + APART
    last = angles[ring[(place + 1) % len(ring)].key] + (360 if place == len(ring) - 1 else 0) - APART
    steps = (city.bearing + offset for offset in range(-FARTHEST, FARTHEST + 1, STEP))
    return [angles[city.key], *(angle for angle in steps if first <= angle <= last)]


def _clash(city: City, angle: float, taken: list[Box]) -> float:
    """How much the city at this angle would stand on others or over the edge."""
    box = spot_at(city, angle).box
    left, top, right, bottom = box
    near = (other for other in taken if other[1] < bottom and other[3] > top and other[0] < right and other[2] > left)
    return sum(overlap(box, other) for other in near) + _outside(box)

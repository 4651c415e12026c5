"""The scheme of orbits as a page draws it: the cities around Moscow, each with a number of practices."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from competition import orbits
from competition.geography import SHELLS_KM
from competition.models import Territory

HOLLOW = orbits.DOT - 1.5
LARGEST = 8  # a dot may not reach its name

REGION_ENDING = re.compile(r"(ов|ев|ен|ин)?ск(ая|ий|ое)\b.*")


@dataclass(frozen=True)
class SchemeCity:
    """A city on the scheme: filled and the larger the more it has to show, hollow with nothing."""

    territory: Territory
    name: str
    spot: orbits.Spot
    count: int
    radius: float

    @property
    def anchor(self) -> str:
        return "end" if self.spot.is_left else "start"

    @property
    def name_x(self) -> float:
        return self.spot.x - orbits.GAP if self.spot.is_left else self.spot.x + orbits.GAP

    @property
    def width(self) -> float:
        left, _top, right, _bottom = self.spot.box
        return right - left


@dataclass(frozen=True)
class Ring:
    """An orbit: how far from Moscow its cities lie at most, `None` for the last, and where that is written."""

    radius: int
    limit_km: int | None
    caption: tuple[float, float]


@dataclass(frozen=True)
class Scheme:
    """The cities of the contest around Moscow."""

    cities: list[SchemeCity]
    rings: list[Ring]
    centre = orbits.CENTRE
    size = (orbits.WIDTH, orbits.HEIGHT)
    line = orbits.LINE


def scheme(territories: Iterable[Territory], counts: dict[int, int], *, by_size: bool = False) -> Scheme:
    """Every city on its orbit. `counts` by primary key; `by_size` lets a dot's area tell its count."""
    territories = list(territories)
    namesakes = {name for name, times in Counter(territory.name for territory in territories).items() if times > 1}
    cities = tuple(
        orbits.City(
            key=territory.pk,
            name=with_region(territory) if territory.name in namesakes else territory.name,
            shell=territory.shell,
            bearing=territory.bearing,
        )
        for territory in territories
    )
    spots = orbits.lay_out(cities)
    most = max(counts.values(), default=0) if by_size else 0
    return Scheme(
        cities=[
            SchemeCity(there, city.name, spots[city.key], count := counts.get(there.pk, 0), _radius(count, most))
            for there, city in zip(territories, cities, strict=True)
        ],
        rings=[
            Ring(radius, limit_km, caption)
            for radius, limit_km, caption in zip(orbits.RINGS, (*SHELLS_KM, None), orbits.captions(), strict=True)
        ],
    )


def with_region(territory: Territory) -> str:
    """«Заречный (Свердл.)»: one of two cities of the same name, with its region as short as Russian abbreviates it."""
    return f"{territory.name} ({REGION_ENDING.sub('.', territory.region)})"


def _radius(count: int, most: int) -> float:
    if not count:
        return HOLLOW
    return HOLLOW + (LARGEST - HOLLOW) * sqrt(count / most) if most else orbits.DOT

"""The scheme of orbits: every city on its ring, in its order, with a name that lies on nothing else."""

import json
from itertools import combinations, pairwise
from math import atan2, degrees, hypot

import pytest
from hypothesis import given, strategies as st

from competition import geography, orbits
from tests.factories import FIXTURES

ON_THE_RING = 1e-6


def city(key, bearing, ring=0):
    return orbits.City(key, "Город", ring, bearing)


def angle_of(spot):
    """Where a spot really lies, clockwise from the north."""
    return degrees(atan2(spot.x - orbits.CENTRE[0], orbits.CENTRE[1] - spot.y)) % 360


@pytest.fixture(scope="module")
def cities():
    """The cities of the contest by their names, the two namesakes with their regions."""
    shipped = json.loads((FIXTURES / "territories.json").read_text(encoding="utf-8"))
    regions = {"zarechny-penza": " (Пенз.)", "zarechny-sverdlovsk": " (Свердл.)"}
    places = [(item, float(item["latitude"]), float(item["longitude"])) for item in shipped]
    return tuple(
        orbits.City(
            key=key,
            name=item["name"] + regions.get(item["slug"], ""),
            shell=geography.shell(geography.distance_km(latitude, longitude)),
            bearing=geography.bearing(latitude, longitude),
        )
        for key, (item, latitude, longitude) in enumerate(sorted(places, key=lambda place: place[0]["name"]))
    )


def test_scheme_of_the_contests_cities_has_no_overlap(cities):
    spots = orbits.lay_out(cities)

    assert set(spots) == {city.key for city in cities}
    for one, other in combinations(spots.values(), 2):
        assert orbits.overlap(one.box, other.box) == 0
    assert orbits.total_overlap(spots.values()) == 0


def test_scheme_keeps_cities_on_their_rings_and_near_their_directions(cities):
    spots = orbits.lay_out(cities)

    for place in cities:
        spot = spots[place.key]
        away = hypot(spot.x - orbits.CENTRE[0], spot.y - orbits.CENTRE[1])
        turned = (angle_of(spot) - place.bearing + 180) % 360 - 180
        assert away == pytest.approx(orbits.RINGS[place.shell])
        assert abs(turned) <= orbits.FARTHEST, place.name


@pytest.mark.parametrize("shell", range(4))
def test_scheme_keeps_the_order_of_directions(cities, shell):
    spots = orbits.lay_out(cities)
    ring = orbits.in_order(cities, shell)

    drawn = sorted(ring, key=lambda place: angle_of(spots[place.key]))

    first = drawn.index(ring[0])
    assert drawn[first:] + drawn[:first] == ring


def test_scheme_of_the_same_cities_is_the_same(cities):
    spots = orbits.lay_out(cities)
    orbits.lay_out.cache_clear()

    assert orbits.lay_out(cities) == spots


def test_city_alone_stands_in_its_real_direction():
    spot = orbits.lay_out((city(1, bearing=90, ring=3),))[1]

    assert (spot.x, spot.y) == pytest.approx((orbits.CENTRE[0] + orbits.RINGS[3], orbits.CENTRE[1]))


def test_scheme_without_cities_is_empty():
    assert orbits.lay_out(()) == {}


@pytest.mark.parametrize(("bearing", "is_left"), [(1, False), (90, False), (180, False), (270, True), (330, True)])
def test_name_stands_on_the_outer_side(bearing, is_left):
    assert orbits.spot_at(city(1, bearing), bearing).is_left == is_left


@given(st.lists(st.floats(min_value=0, max_value=359), min_size=1, max_size=8))
def test_spread_leaves_a_line_between_neighbours(bearings):
    radius = orbits.RINGS[3]
    ring = orbits.in_order([city(key, bearing) for key, bearing in enumerate(bearings)], 0)

    angles = list(orbits.spread(ring, radius).values())

    step = degrees(orbits.LINE / radius)
    assert all(later - earlier >= step - ON_THE_RING for earlier, later in pairwise(angles))


def test_spread_moves_nobody_who_has_room():
    ring = [city(1, 10), city(2, 100), city(3, 300)]

    assert orbits.spread(ring, orbits.RINGS[3]) == pytest.approx({1: 10, 2: 100, 3: 300})


def test_spread_shares_the_middle_among_those_who_crowd():
    angles = orbits.spread([city(1, 90), city(2, 90)], orbits.RINGS[3])

    assert (angles[1] + angles[2]) / 2 == pytest.approx(90)


@pytest.mark.parametrize(
    ("one", "other", "area"),
    [
        ((0, 0, 10, 10), (5, 5, 20, 20), 25),
        ((0, 0, 10, 10), (10, 0, 20, 10), 0),
        ((0, 0, 10, 10), (20, 20, 30, 30), 0),
    ],
)
def test_overlap_is_the_shared_area(one, other, area):
    assert orbits.overlap(one, other) == area

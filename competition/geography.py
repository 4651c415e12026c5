"""Where a city lies, seen from Moscow: the data behind city marks and the scheme of orbits."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
MOSCOW = (55.7558, 37.6173)
SHELLS_KM = (600, 1000, 1500)


def distance_km(latitude: float, longitude: float) -> float:
    """Great-circle distance from Moscow in kilometres (haversine formula)."""
    lat1, lon1, lat2, lon2 = map(radians, (*MOSCOW, latitude, longitude))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def bearing(latitude: float, longitude: float) -> float:
    """Initial bearing from Moscow in degrees, 0 = north, clockwise, in [0, 360)."""
    lat1, lon1, lat2, lon2 = map(radians, (*MOSCOW, latitude, longitude))
    east = sin(lon2 - lon1) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon2 - lon1)
    return degrees(atan2(east, north)) % 360


def shell(distance: float) -> int:
    """The orbit a city stands on: 0 for up to 600 km, then 1000, 1500 and further (3)."""
    return sum(distance > limit for limit in SHELLS_KM)

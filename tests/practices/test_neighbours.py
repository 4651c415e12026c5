from practices.bank import neighbours_of
from tests.factories import TerritoryFactory


def test_ways_on_lead_to_the_region_first_and_along_the_orbit_then():
    places = {
        "sarov": ("Нижегородская область", "54.9333", "43.3167"),
        "zarechny": ("Пензенская область", "53.2000", "45.1667"),
        "kurchatov": ("Курская область", "51.6667", "35.6500"),
        "pevek": ("Чукотский автономный округ", "69.7000", "170.2833"),
        "dzerzhinsk": ("Нижегородская область", "56.2333", "43.4500"),
    }
    cities = [
        TerritoryFactory.build(pk=key, slug=slug, region=region, latitude=latitude, longitude=longitude)
        for key, (slug, (region, latitude, longitude)) in enumerate(places.items())
    ]

    near = neighbours_of(cities[0], cities, limit=3)

    assert [city.slug for city in near] == ["dzerzhinsk", "zarechny", "kurchatov"]

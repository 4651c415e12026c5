"""The scheme of the cities as a view of the bank: what each brings within the present question."""

from dataclasses import dataclass

from competition.models import Territory
from competition.scheme import Scheme, SchemeCity, scheme
from practices.views.facets import BankPage, address


@dataclass(frozen=True)
class City:
    """A city on the map, and where it leads: to its practices of this question, or to its own page if it has none."""

    city: SchemeCity
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class BankMap:
    """The scheme and its equivalent in words: the cities with the most practices first."""

    scheme: Scheme
    cities: list[City]

    @property
    def by_count(self) -> list[City]:
        return sorted(self.cities, key=lambda there: (-there.city.count, there.city.name))

    @property
    def having_some(self) -> int:
        """How many cities the answer is from: where some are chosen, of those alone."""
        asked = [there for there in self.cities if there.is_chosen] or self.cities
        return sum(there.city.count > 0 for there in asked)


def bank_map(asked: BankPage) -> BankMap:
    """Every city of the contest. As beside a facet's options, the count is what choosing this city alone would give."""
    counts = asked.cube.counts("territory")
    territories = list(Territory.objects.order_by("name", "region"))
    drawn = scheme(territories, {there.pk: counts[there.slug] for there in territories}, by_size=True)
    return BankMap(drawn, [_city(asked, city) for city in drawn.cities])


def _city(asked: BankPage, city: SchemeCity) -> City:
    slug = city.territory.slug
    url = address(asked, territory=[slug], view=[]) if city.count else city.territory.get_absolute_url()
    return City(city, url, is_chosen=slug in asked.chosen["territory"])

"""What the whole bank comes to: by year, city, theme and nomination, by source of funding, people reached, adoption.

The database adds up, in the same few queries for any bank. Only what is public counts: applications and winners of
announced years, practices that are published. What no source tells is `None`, never nought.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from competition.models import Application, Contest, Territory
from practices.enums import Award, Funding, PeopleClass
from practices.funding import kind_of
from practices.models import CostShare, Practice, Theme
from practices.tallies import within
from practices.totals import percents

WON = Q(award=Award.WINNER, contest__announced_at__isnull=False)
KOPECK = Decimal("0.01")

_COUNTS = {"practices": Count("pk"), "winners": Count("pk", filter=WON)}
_SUMS = _COUNTS | {
    "cost": Sum("cost_total"),
    "cost_told": Count("cost_total"),
    "people": Sum("people_reached"),
    "people_told": Count("people_reached"),
}


@dataclass(frozen=True)
class Years:
    """The years asked for, both ends included; `None` is an open end."""

    first: int | None = None
    last: int | None = None

    def within(self, path: str) -> Q:
        first = Q(**{f"{path}__gte": self.first}) if self.first else Q()
        return first & Q(**{f"{path}__lte": self.last}) if self.last else first


ALL_YEARS = Years()


@dataclass(frozen=True)
class Sums:
    """What some practices come to. `cost_told` and `people_told`: how many of them tell, the others are unknown."""

    practices: int = 0
    winners: int = 0
    cost: Decimal | None = None
    cost_told: int = 0
    people: int | None = None
    people_told: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            practices=self.practices + other.practices,
            winners=self.winners + other.winners,
            cost=_plus(self.cost, other.cost),
            cost_told=self.cost_told + other.cost_told,
            people=_plus(self.people, other.people),
            people_told=self.people_told + other.people_told,
        )


@dataclass(frozen=True)
class YearNumbers:
    contest: Contest
    filed: int | None  # None before the announcement
    sums: Sums


@dataclass(frozen=True)
class CityNumbers:
    """`filed` counts the years whose applications were filed here; `None` where there are none such."""

    territory: Territory
    filed: int | None
    sums: Sums
    gave: int
    took: int


@dataclass(frozen=True)
class ThemeNumbers:
    theme: Theme | None
    sums: Sums


@dataclass(frozen=True)
class NominationNumbers:
    title: str
    filed: int | None
    sums: Sums


@dataclass(frozen=True)
class FundingNumbers:
    kind: Funding
    amount: Decimal
    percent: int


@dataclass(frozen=True)
class PeopleNumbers:
    reached: PeopleClass
    practices: int


@dataclass(frozen=True)
class Statistics:
    """Everything that the page of statistics shows. `filed_years`: of which years each application is known."""

    years: list[YearNumbers]
    cities: list[CityNumbers]
    themes: list[ThemeNumbers]
    nominations: list[NominationNumbers]
    funding: list[FundingNumbers]
    people: list[PeopleNumbers]
    adoptions: int
    filed_years: list[int]
    winners_without_nomination: int
    sums: Sums = field(default_factory=Sums)

    @property
    def filed(self) -> int:
        return sum(year.filed or 0 for year in self.years)

    @property
    def best_year(self) -> YearNumbers | None:
        """The year with the most applications."""
        return max(self.years, key=lambda year: year.filed or 0, default=None)

    @property
    def winning_cities(self) -> int:
        return sum(bool(city.sums.winners) for city in self.cities)

    @property
    def told_cities(self) -> int:
        return sum(bool(city.sums.practices) for city in self.cities)


@dataclass(frozen=True)
class Group:
    """What practices come to. `took`: how many repeat another city's; `gave`: how many of other cities repeat them."""

    sums: Sums
    cities: int
    years: int
    took: int
    gave: int


def group_of(practices: QuerySet[Practice]) -> Group:
    """What these public practices come to, in two queries. What three cities repeat is given three times."""
    elsewhere = Q(donor__published_at__isnull=False) & ~Q(territory=F("donor__territory"))
    counts = _SUMS | {
        "cities": Count("territory", distinct=True),
        "years": Count("contest", distinct=True),
        "took": Count("pk", filter=elsewhere),
    }
    row = practices.order_by().aggregate(**counts)
    gave = Practice.objects.adopted().filter(donor__in=practices.order_by()).count()
    return Group(_sums(row), row["cities"], row["years"], row["took"], gave)


def years_on_record(contests: Iterable[Contest]) -> list[int]:
    """The years that statistics can tell something of, earliest first."""
    return sorted(contest.year for contest in contests if contest.announced_at)


def statistics(contests: list[Contest], years: Years = ALL_YEARS) -> Statistics:
    """Count everything. `contests`: `contests_with_filed()`, all of them."""
    asked = [contest for contest in reversed(contests) if _is_within(contest.year, years)]
    practices = Practice.objects.published().filter(years.within("contest__year"))
    by_year = _sums_by_year(practices)
    cells = _cells(practices)
    counted = [contest for contest in asked if contest.announced_at and contest.applications_on_record is None]
    filed = _filed(counted)
    exchange = _exchange(years)
    by_nomination = _by(cells, "nomination__title")
    without = by_nomination.pop(None, Sums())
    return Statistics(
        years=_years(asked, by_year),
        cities=_cities(_by(cells, "territory"), filed["territory"] if counted else None, exchange),
        themes=_themes(_by(cells, "theme")),
        nominations=_nominations(by_nomination, filed["nomination__title"] if counted else None),
        funding=_funding(practices),
        people=_people(practices),
        adoptions=exchange.total(),
        filed_years=[contest.year for contest in counted],
        winners_without_nomination=without.winners,
        sums=sum(by_year.values(), Sums()),
    )


def adoption_pairs(years: Years = ALL_YEARS) -> QuerySet[Practice]:
    """Practices that repeat one of another city, newest first, with all that names both."""
    adopted = Practice.objects.adopted().filter(years.within("contest__year"))
    return adopted.select_related("territory", "contest", "donor__territory", "donor__contest").order_by(
        "-contest__year", "order", "pk"
    )


def _is_within(year: int, years: Years) -> bool:
    return (years.first or year) <= year <= (years.last or year)


def _sums_by_year(practices) -> dict[int, Sums]:
    rows = practices.order_by().values("contest__year").annotate(**_SUMS)
    return {row["contest__year"]: _sums(row) for row in rows}


def _cells(practices) -> list[dict]:
    """One GROUP BY over what practices are told apart by: every count by one of these is a sum of some of its rows."""
    return list(practices.order_by().values("territory", "theme", "nomination__title").annotate(**_COUNTS))


def _by(cells: list[dict], name: str) -> dict[Hashable, Sums]:
    practices, winners = Counter(), Counter()
    for cell in cells:
        practices[cell[name]] += cell["practices"]
        winners[cell[name]] += cell["winners"]
    return {key: Sums(number, winners[key]) for key, number in practices.items()}


def _sums(row: dict) -> Sums:
    cost = row["cost"]
    return Sums(**{name: row[name] for name in _SUMS} | {"cost": cost.quantize(KOPECK) if cost is not None else None})


def _plus(one, other):
    return other if one is None else one if other is None else one + other


def _filed(contests: list[Contest]) -> dict[str, Counter]:
    """Applications of the years whose every application was filed here, by city and by nomination."""
    filed = {"territory": Counter(), "nomination__title": Counter()}
    rows = Application.objects.filed().filter(contest__in=contests).order_by().values(*filed)
    for row in rows.annotate(number=Count("pk")):
        for name, counter in filed.items():
            counter[row[name]] += row["number"]
    return filed


def _exchange(years: Years) -> Counter:
    """(city that gave, city that took): how many practices."""
    adopted = Practice.objects.adopted().filter(years.within("contest__year")).order_by()
    rows = adopted.values_list("donor__territory", "territory").annotate(number=Count("pk"))
    return Counter({(giver, taker): number for giver, taker, number in rows})


def _years(contests: list[Contest], sums: dict) -> list[YearNumbers]:
    rows = (
        YearNumbers(contest, contest.filed if contest.announced_at else None, sums.get(contest.year, Sums()))
        for contest in contests
    )
    return [row for row in rows if row.contest.announced_at or row.sums.practices]


def _cities(sums: dict, filed: Counter | None, exchange: Counter) -> list[CityNumbers]:
    gave, took = Counter(), Counter()
    for (giver, taker), number in exchange.items():
        gave[giver] += number
        took[taker] += number
    cities = [
        CityNumbers(
            territory=territory,
            filed=filed[territory.pk] if filed is not None else None,
            sums=sums.get(territory.pk, Sums()),
            gave=gave[territory.pk],
            took=took[territory.pk],
        )
        for territory in Territory.objects.order_by("name", "region")
    ]
    return sorted(cities, key=lambda city: (-city.sums.practices, -city.sums.winners))


def _themes(sums: dict) -> list[ThemeNumbers]:
    themes = [ThemeNumbers(theme, sums.get(theme.pk, Sums())) for theme in Theme.objects.all()]
    unsorted = [ThemeNumbers(None, sums[None])] if None in sums else []
    return sorted(themes, key=lambda row: -row.sums.practices) + unsorted


def _nominations(sums: dict, filed: Counter | None) -> list[NominationNumbers]:
    titles = sorted(title for title in {*sums, *(filed or {})} if title)
    rows = [NominationNumbers(title, (filed or {}).get(title), sums.get(title, Sums())) for title in titles]
    return sorted(rows, key=lambda row: (-row.sums.practices, -(row.filed or 0)))


def _funding(practices) -> list[FundingNumbers]:
    amounts: dict[Funding, Decimal] = {}
    shares = CostShare.objects.filter(practice__in=practices).order_by()
    for source, amount in shares.values_list("source").annotate(sum=Sum("amount")):
        kind = kind_of(source)
        amounts[kind] = amounts.get(kind, Decimal(0)) + amount.quantize(KOPECK)
    known = {kind: amount for kind, amount in amounts.items() if amount > 0}
    parts = percents(list(known.values())) if known else []
    rows = [FundingNumbers(kind, amount, part) for (kind, amount), part in zip(known.items(), parts, strict=True)]
    return sorted(rows, key=lambda row: -row.amount)


def _people(practices) -> list[PeopleNumbers]:
    counts = {option.name: Count("pk", filter=within("people_reached", option)) for option in PeopleClass}
    found = practices.order_by().aggregate(**counts)
    return [PeopleNumbers(option, found[option.name]) for option in PeopleClass]

"""What the home page shows. Every number is counted when it is asked for, in the same few queries for any bank."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils import timezone

from competition import orbits
from competition.geography import SHELLS_KM
from competition.models import Application, Contest, Territory
from portal.season import present_season
from portal.years import chart
from practices.bank import contests_with_numbers, territories_with_numbers, winners_of
from practices.models import Practice, SectionTemplate
from practices.search import match_condition

# Words to begin a search with, as people write in Russian; shown as far as the bank has something for them.
SUGGESTIONS = ("волонтёры", "школьники", "здоровье", "доступная среда")
MOST_WINNERS = 8  # two rows of cards

REGION_ENDING = re.compile(r"(ов|ев|ен|ин)?ск(ая|ий|ое)\b.*")


def home_page(*, user, at: datetime) -> dict:
    """Everything the page needs."""
    contests = list(contests_with_numbers().prefetch_related("tracks"))
    announced = [contest for contest in contests if contest.announced_at]
    latest = next((contest for contest in announced if contest.winners), None)
    season = present_season(contests, at=at)
    return {
        "scheme": scheme(),
        "filed": sum(contest.filed for contest in announced),
        "first_year": announced[-1].year if announced else None,
        "suggestions": suggestions(),
        "season": season,
        "sections": sections_asked_for(season.contest) if season else 0,
        "elsewhere": cities_with_another_clock(user, season.deadline) if season else [],
        "latest": latest,
        "winners": list(winners_of(latest)[:MOST_WINNERS]) if latest else [],
        "chart": chart(contests, at=at),
    }


def suggestions() -> list[str]:
    """The words that find something in the bank as it is now; one query for all of them."""
    counts = {f"found_{place}": Count("pk", filter=match_condition(words)) for place, words in enumerate(SUGGESTIONS)}
    found = Practice.objects.published().aggregate(**counts)
    return [words for place, words in enumerate(SUGGESTIONS) if found[f"found_{place}"]]


def sections_asked_for(contest: Contest) -> int:
    """How many sections the contest's form has; 0 as long as it has no form, and so can take no applications."""
    return SectionTemplate.objects.filter(edition__contest_forms__contest=contest).count()


def cities_with_another_clock(user, deadline: datetime | None) -> list[Territory]:
    """The cities this person applies for whose clocks show something else than Moscow's at the deadline."""
    if deadline is None or not user.is_authenticated:
        return []
    theirs = Q(organisations__members=user) | Q(applications__in=Application.objects.of(user))
    cities = Territory.objects.filter(theirs).distinct().order_by("name", "pk")
    return [city for city in cities if _offset(deadline, ZoneInfo(city.time_zone)) != _offset(deadline)]


def _offset(moment: datetime, zone: ZoneInfo | None = None) -> timedelta:
    """How far the clocks of a zone, or of Moscow, are from UTC at this moment."""
    return timezone.localtime(moment, zone).utcoffset()


@dataclass(frozen=True)
class SchemeCity:
    """A city on the scheme of orbits."""

    territory: Territory
    name: str
    spot: orbits.Spot

    @property
    def anchor(self) -> str:
        return "end" if self.spot.is_left else "start"

    @property
    def name_x(self) -> float:
        return self.spot.x - orbits.GAP if self.spot.is_left else self.spot.x + orbits.GAP

    @property
    def radius(self) -> float:
        return orbits.DOT if self.territory.winners else orbits.DOT - 1.5

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


def scheme() -> Scheme:
    """Every city of the contest on its orbit."""
    territories = list(territories_with_numbers())
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
    return Scheme(
        cities=[SchemeCity(there, city.name, spots[city.key]) for there, city in zip(territories, cities, strict=True)],
        rings=[
            Ring(radius, limit_km, caption)
            for radius, limit_km, caption in zip(orbits.RINGS, (*SHELLS_KM, None), orbits.captions(), strict=True)
        ],
    )


def with_region(territory: Territory) -> str:
    """«Заречный (Свердл.)»: one of two cities of the same name, with its region as short as Russian abbreviates it."""
    return f"{territory.name} ({REGION_ENDING.sub('.', territory.region)})"

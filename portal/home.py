"""What the home page shows. Every number is counted when it is asked for, in the same few queries for any bank."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Q
from django.utils import timezone

from competition.models import Application, Contest, Territory
from competition.scheme import Scheme, scheme
from portal.season import present_season
from portal.years import chart
from practices.bank import contests_with_numbers, territories_with_numbers, winners_of
from practices.models import Practice, SectionTemplate
from practices.search import matching

# Words to begin a search with, as people write in Russian; shown as far as the bank has something for them.
SUGGESTIONS = ("волонтёры", "школьники", "здоровье", "доступная среда")
MOST_WINNERS = 8  # two rows of cards


def home_page(*, user, at: datetime) -> dict:
    """Everything the page needs."""
    contests = list(contests_with_numbers().prefetch_related("tracks"))
    announced = [contest for contest in contests if contest.announced_at]
    latest = next((contest for contest in announced if contest.winners), None)
    season = present_season(contests, at=at)
    return {
        "scheme": scheme_of_winners(),
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
    """The words that find something in the bank as it is now; one query for all of them, which looks for one each."""
    published = Practice.objects.published().order_by()
    found = {f"found_{place}": Exists(matching(published, words)) for place, words in enumerate(SUGGESTIONS)}
    answer = published.values(**found).first() or {}
    return [words for place, words in enumerate(SUGGESTIONS) if answer.get(f"found_{place}")]


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


def scheme_of_winners() -> Scheme:
    """Every city of the contest on its orbit; those that had winners are filled."""
    territories = list(territories_with_numbers())
    return scheme(territories, {territory.pk: territory.winners for territory in territories})

"""Reading the public bank: practices, years and cities with their numbers, all derived, none stored."""

from collections.abc import Iterable

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from competition.models import Application, Contest, Territory
from practices.enums import Award, Sort
from practices.models import DeadHost, Practice, Theme
from practices.search import BY_YEAR, ranked


def in_order(practices: QuerySet[Practice], sort: Sort, *, words: str) -> QuerySet[Practice]:
    """Practices in the order asked for, equals by year; those whose costs nobody knows stand last either way."""
    match sort:
        case Sort.RELEVANCE:
            return ranked(practices, words)
        case Sort.ADOPTED:
            adopted = _count(Practice.objects.adopted(), of="donor")
            return practices.alias(adopted=adopted).order_by("-adopted", *BY_YEAR)
        case Sort.CHEAPEST:
            return practices.order_by(F("cost_total").asc(nulls_last=True), *BY_YEAR)
        case Sort.COSTLIEST:
            return practices.order_by(F("cost_total").desc(nulls_last=True), *BY_YEAR)
    return practices.order_by(*BY_YEAR)


def practice_for_reader(slug: str) -> Practice:
    """The gate to a practice's public page: what is not published does not exist (404)."""
    readable = Practice.objects.published().with_card().select_related("track")
    return get_object_or_404(readable, slug=slug)


def dead_hosts() -> dict[str, str]:
    """The sites that are known not to open, each with what is said of it, for whatever shows links."""
    return dict(DeadHost.objects.values_list("host", "why"))


def winners_of(contest: Contest) -> QuerySet[Practice]:
    return Practice.objects.published().with_card().filter(contest=contest, award=Award.WINNER).order_by("order", "pk")


def contests_with_filed() -> QuerySet[Contest]:
    """Years with their `filed` applications (on record, or counted here), latest first."""
    filed = _count(Application.objects.filed(), of="contest")
    return Contest.objects.annotate(filed=Coalesce("applications_on_record", filed)).order_by("-year")


def contests_with_numbers() -> QuerySet[Contest]:
    """Years with `filed` applications, `winners` and practices `in_bank`, latest first."""
    published = Practice.objects.published()
    return contests_with_filed().annotate(
        winners=_count(published.filter(award=Award.WINNER), of="contest"),
        in_bank=_count(published, of="contest"),
    )


def territories_with_numbers() -> QuerySet[Territory]:
    """Cities with how many practices they have `in_bank` and how many of them are `winners`."""
    published = Practice.objects.published()
    return Territory.objects.annotate(
        in_bank=_count(published, of="territory"),
        winners=_count(published.filter(award=Award.WINNER), of="territory"),
    ).order_by("name", "region")


def themes_with_numbers() -> QuerySet[Theme]:
    """Themes in their order with how many practices they have `in_bank`."""
    return Theme.objects.annotate(in_bank=_count(Practice.objects.published(), of="theme")).order_by("order", "title")


def neighbours_of(territory: Territory, territories: Iterable[Territory], *, limit: int) -> list[Territory]:
    """Where to look on from a city: others of its region first, then those on its orbit in the nearest direction."""

    def distance(other):
        turn = abs(other.bearing - territory.bearing) % 360
        return (other.region != territory.region, abs(other.shell - territory.shell), min(turn, 360 - turn), other.pk)

    return sorted((other for other in territories if other.pk != territory.pk), key=distance)[:limit]


def _count(rows: QuerySet, *, of: str) -> Coalesce:
    """How many rows belong to the outer one; in a subquery, so that several counts do not multiply each other."""
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())

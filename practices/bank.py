"""Reading the public bank: practices, years and cities with their numbers, all derived, none stored."""

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from competition.models import Application, Contest, Territory
from practices.enums import Award
from practices.models import Practice
from practices.search import BY_YEAR

SAME_THEME, SAME_CITY = 2, 1


def practice_for_reader(slug: str) -> Practice:
    """The gate to a practice's public page: what is not published does not exist (404)."""
    readable = Practice.objects.published().with_card().select_related("track", "donor__territory", "donor__contest")
    return get_object_or_404(readable, slug=slug)


def adoptions_of(practice: Practice) -> QuerySet[Practice]:
    """Practices that grew out of this one in other cities."""
    return practice.adoptions.published().select_related("territory", "contest").order_by("contest__year", "pk")


def related_to(practice: Practice, *, limit: int) -> QuerySet[Practice]:
    """Practices of the same theme or city, those that share both first."""
    kinship = Q(territory=practice.territory_id)
    nearness = Case(When(territory=practice.territory_id, then=SAME_CITY), default=0)
    if practice.theme_id:
        kinship |= Q(theme=practice.theme_id)
        nearness += Case(When(theme=practice.theme_id, then=SAME_THEME), default=0)
    others = Practice.objects.published().with_card().filter(kinship).exclude(pk=practice.pk)
    return others.order_by(nearness.desc(), *BY_YEAR)[:limit]


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


def _count(rows: QuerySet, *, of: str) -> Coalesce:
    """How many rows belong to the outer one; in a subquery, so that several counts do not multiply each other."""
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())

"""What the organiser's desk shows of a year: its stage, the way of its applications, the list of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q
from django.utils.translation import gettext_lazy as _

from competition.enums import Status
from competition.models import Application, Contest, Territory
from competition.queries import current_contest
from practices.enums import Award

LISTED = (Status.SUBMITTED, Status.RETURNED, Status.ADMITTED, Status.DECLINED, Status.WITHDRAWN)


def desk_contest() -> Contest | None:
    """The year the organiser works on: the one that runs, or else the last."""
    return current_contest() or Contest.objects.order_by("-year").first()


@dataclass(frozen=True)
class Stage:
    """What is going on in a year now, and until when."""

    title: str
    until: datetime | None = None


def stage_of(contest: Contest, *, at) -> Stage:
    """The stage by the clock; the announcement alone is a deed."""
    if contest.announced_at is not None:
        return Stage(_("Results are announced"))
    windows = contest.tracks.aggregate(opens=Min("opens_at"), closes=Max("closes_at"))
    if contest.is_judging(at=at):
        return Stage(_("Scoring by the jury"), contest.judging_closes_at)
    if windows["opens"] and at < windows["opens"]:
        return Stage(_("Preparation"), windows["opens"])
    if windows["closes"] and at <= windows["closes"]:
        return Stage(_("Taking applications"), windows["closes"])
    if contest.judging_opens_at and at < contest.judging_opens_at:
        return Stage(_("Admission"), contest.judging_opens_at)
    return Stage(_("Summing up"))


@dataclass(frozen=True)
class Funnel:
    """The year in five numbers, each a part of the one before."""

    created: int
    filed: int
    admitted: int
    scored: int
    winners: int
    declined: int
    territories: int
    all_territories: int

    @property
    def unfiled(self) -> int:
        return self.created - self.filed

    @property
    def unscored(self) -> int:
        return self.admitted - self.scored


def funnel_of(contest: Contest) -> Funnel:
    applications = Application.objects.filter(contest=contest)
    counted = applications.aggregate(
        created=Count("pk"),
        filed=Count("pk", filter=Q(submitted_at__isnull=False)),
        admitted=Count("pk", filter=Q(status=Status.ADMITTED)),
        declined=Count("pk", filter=Q(status=Status.DECLINED)),
        winners=Count("pk", filter=Q(result__award=Award.WINNER)),
        territories=Count("territory", distinct=True),
    )
    scored = with_sheets(applications.admitted()).filter(sheets__gt=0, finished=F("sheets")).count()
    return Funnel(scored=scored, all_territories=Territory.objects.count(), **counted)


def with_sheets(applications):
    """Annotate how many sheets stand for an application, and how many of them are finished."""
    standing = Q(assignments__recused_at__isnull=True)
    return applications.annotate(
        sheets=Count("assignments", filter=standing),
        finished=Count("assignments", filter=standing & Q(assignments__finished_at__isnull=False)),
    )


def filed_applications(contest: Contest):
    """Everything the organiser has to do with, the undecided first; a draft is its owner's alone."""
    return (
        with_sheets(Application.objects.filter(contest=contest).filed())
        .select_related("nomination", "track", "territory", "owner")
        .order_by("-submitted_at", "-pk")
    )


def counts_by_status(contest: Contest) -> list[tuple[Status, int]]:
    counted = dict(
        Application.objects.filter(contest=contest).filed().order_by().values_list("status").annotate(Count("pk"))
    )
    return [(status, counted.get(status, 0)) for status in LISTED]

"""The jury of a year: who is on it, who has what, how far they got."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Prefetch, Q

from accounts.verdicts import Verdict
from competition.models import Application
from judging.models import Assignment, Juror
from judging.permissions import conflict_of_interest


@dataclass(frozen=True)
class Progress:
    """How far one juror got, for the organiser. Recused sheets are counted apart: they are no debt."""

    juror: Juror
    assigned: int
    finished: int
    recused: int
    last_saved_at: datetime | None

    @property
    def left(self) -> int:
        return self.assigned - self.finished


@dataclass(frozen=True)
class Candidate:
    """A juror beside one application: has it already, may get it, or may not and why."""

    juror: Juror
    assignment: Assignment | None
    verdict: Verdict


def candidates(applications, jurors) -> list[tuple[Application, list[Candidate]]]:
    """Every juror beside every application; expects both as `jurors_of` and `assigned_applications` read them."""
    jury = list(jurors)
    rows = []
    for application in applications:
        sheets = {assignment.juror_id: assignment for assignment in application.assignments.all()}
        rows.append((application, [Candidate(j, sheets.get(j.pk), conflict_of_interest(j, application)) for j in jury]))
    return rows


def jurors_of(contest):
    """The jury with all that ties a juror to a territory or an organisation, in a constant number of queries."""
    return (
        Juror.objects.filter(contest=contest)
        .select_related("user", "territory", "organisation")
        .prefetch_related("user__memberships__organisation", "user__coordinated")
        .order_by("user__name", "user__email")
    )


def jury_progress(contest) -> list[Progress]:
    """One line a juror. Sheets of withdrawn applications count nowhere."""
    before_the_jury = Q(assignments__application__status="admitted")
    standing = before_the_jury & Q(assignments__recused_at__isnull=True)
    jurors = jurors_of(contest).annotate(
        assigned=Count("assignments", filter=standing, distinct=True),
        finished=Count("assignments", filter=standing & Q(assignments__finished_at__isnull=False), distinct=True),
        recused=Count("assignments", filter=before_the_jury & Q(assignments__recused_at__isnull=False), distinct=True),
        last_saved_at=Max("assignments__scores__saved_at"),
    )
    return [Progress(juror, juror.assigned, juror.finished, juror.recused, juror.last_saved_at) for juror in jurors]


def assigned_applications(contest):
    """The admitted applications with their sheets and all that a conflict of interest is found by."""
    return (
        Application.objects.filter(contest=contest)
        .admitted()
        .select_related("nomination", "territory", "organisation", "passport__donor")
        .prefetch_related(
            "team__user", Prefetch("assignments", Assignment.objects.select_related("juror__user").order_by("pk"))
        )
        .order_by("nomination__order", "nomination__title", "number")
    )

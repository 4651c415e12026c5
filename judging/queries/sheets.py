"""A juror's own sheets: finding, locking and reading them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Max, Prefetch, Q
from django.shortcuts import get_object_or_404

from competition.queries import lock_application
from judging import scoring
from judging.models import Assignment, Comment, Criterion, Score
from judging.permissions import can_see_colleagues


@dataclass(frozen=True)
class CriterionMark:
    """One line of a sheet: the criterion, and what the juror has given and said so far."""

    criterion: Criterion
    value: Decimal | None
    comment: str

    @property
    def options(self) -> range:
        return range(self.criterion.highest + 1)


class Sheet:
    """A juror's sheet with its criteria in order. Expects `scores` and `comments` prefetched."""

    def __init__(self, assignment: Assignment, criteria: list[Criterion]):
        self.assignment = assignment
        self.criteria = criteria

    @cached_property
    def values(self) -> dict[int, Decimal]:
        return {score.criterion_id: score.value for score in self.assignment.scores.all()}

    @cached_property
    def lines(self) -> list[CriterionMark]:
        comments = {comment.criterion_id: comment.text for comment in self.assignment.comments.all()}
        return [
            CriterionMark(criterion, self.values.get(criterion.pk), comments.get(criterion.pk, ""))
            for criterion in self.criteria
        ]

    @property
    def missing(self) -> list[Criterion]:
        return [line.criterion for line in self.lines if line.value is None]

    @property
    def marked(self) -> int:
        return len(self.lines) - len(self.missing)

    @property
    def has_comments(self) -> bool:
        return any(line.comment for line in self.lines)

    @cached_property
    def score(self) -> Decimal | None:
        """The weighted mean so far; the sheet's score once nothing is missing."""
        return scoring.score_so_far(self.values, weights_of(self.criteria))

    @cached_property
    def highest(self) -> Decimal | None:
        return highest_score(self.criteria)

    @property
    def number_of_next_missing(self) -> int | None:
        """The place, as the page numbers them, of the first criterion without a mark."""
        return next((number for number, line in enumerate(self.lines, start=1) if line.value is None), None)

    @property
    def changed_at(self) -> datetime | None:
        written = [row.saved_at for row in (*self.assignment.scores.all(), *self.assignment.comments.all())]
        own = [self.assignment.declared_at, self.assignment.finished_at, self.assignment.recused_at]
        return max((moment for moment in written + own if moment), default=None)


def weights_of(criteria) -> dict[int, Decimal]:
    return {criterion.pk: criterion.weight for criterion in criteria}


def highest_score(criteria) -> Decimal | None:
    """The best score there is: the mean of the scales' ends, ten when all scales are alike."""
    best = {criterion.pk: Decimal(criterion.highest) for criterion in criteria}
    return scoring.sheet_score(best, weights_of(criteria)) if best else None


def criteria_of(contest) -> list[Criterion]:
    return list(Criterion.objects.filter(contest=contest).order_by("order"))


def sheet_for(user, pk: int) -> Assignment:
    """The gate: a juror's own sheet that stands. Anybody else's, and one stepped aside from, does not exist (404)."""
    return get_object_or_404(_with_ties(Assignment.objects.of(user)), pk=pk)


def _with_ties(assignments):
    """Sheets with all that the permissions ask about, a conflict of interest among it."""
    return assignments.select_related(
        "juror__user",
        "juror__organisation",
        "application__contest",
        "application__nomination",
        "application__territory",
        "application__passport__donor",
    ).prefetch_related("juror__user__memberships__organisation", "juror__user__coordinated", "application__team__user")


def lock_sheet(assignment: Assignment) -> Assignment:
    """Re-read the sheet under the lock of its application, which is the lock of all that belongs to it.

    The contest is read after the lock was had: who waited for the announcement sees it.
    """
    lock_application(assignment.application)
    return _with_ties(Assignment.objects.filter(pk=assignment.pk)).get()


def read_sheet(assignment: Assignment) -> Sheet:
    """The sheet with what the juror wrote, freshly read."""
    fresh = Assignment.objects.prefetch_related("scores", "comments").get(pk=assignment.pk)
    return Sheet(fresh, criteria_of(assignment.application.contest))


def desk_rows(user) -> list[Sheet]:
    """A juror's desk: the sheets of the latest contest, unfinished first, those stepped aside from last."""
    latest = user.juries.aggregate(year=Max("contest__year"))["year"]
    assignments = (
        Assignment.objects.filter(juror__user=user, juror__contest__year=latest, application__status="admitted")
        .select_related("juror__contest", "application__nomination", "application__territory")
        .prefetch_related("scores", "comments")
        .order_by("application__nomination__order", "application__number")
    )
    criteria = list(Criterion.objects.filter(contest__year=latest).order_by("order"))
    return sorted((Sheet(assignment, criteria) for assignment in assignments), key=_urgency)


def _urgency(sheet: Sheet) -> int:
    if sheet.assignment.recused_at:
        return 3
    if sheet.assignment.finished_at:
        return 2
    return 0 if sheet.values else 1


def next_sheet(user, *, after: int | None = None) -> Assignment | None:
    """The unfinished sheet whose application the fewest jurors have scored, so that all get their share.

    Only finished sheets are counted: what colleagues write before that moves nothing here.
    """
    finished = Q(application__assignments__finished_at__isnull=False)
    return (
        Assignment.objects.of(user)
        .filter(finished_at__isnull=True, application__contest__announced_at__isnull=True)
        .exclude(pk=after)
        .annotate(scored=Count("application__assignments", filter=finished))
        .order_by("scored", "pk")
        .first()
    )


def colleagues_sheets(user, assignment: Assignment, criteria: list[Criterion]) -> list[Sheet]:
    """The other jurors' finished sheets of the same application; none before one's own is finished."""
    if not can_see_colleagues(user, assignment):
        return []
    others = (
        Assignment.objects.filter(application=assignment.application)
        .standing()
        .finished()
        .exclude(pk=assignment.pk)
        .prefetch_related(Prefetch("scores", Score.objects.all()), Prefetch("comments", Comment.objects.all()))
        .order_by("pk")
    )
    return [Sheet(other, criteria) for other in others]

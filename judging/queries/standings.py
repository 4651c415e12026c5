"""Where the applications of a year stand, nomination by nomination, and what keeps the results from being announced."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch

from competition.enums import Status
from competition.models import Application, Nomination
from judging import scoring
from judging.models import Assignment, Criterion, Result
from judging.queries.sheets import Sheet, criteria_of, weights_of
from practices.enums import Award


@dataclass
class Standing:
    """One application before the announcement: its sheets, what they come to, and its place."""

    application: Application
    sheets: list[Sheet]
    assigned: int
    recused: int
    score: Decimal | None
    spread: Decimal | None
    place: int | None = None
    shares_place: bool = False

    @property
    def finished(self) -> int:
        return len(self.sheets)

    @property
    def waiting(self) -> int:
        return self.assigned - self.finished

    @property
    def sheet_scores(self) -> list[Decimal]:
        return sorted(sheet.score for sheet in self.sheets)

    @property
    def median(self) -> Decimal | None:
        return scoring.median(self.sheet_scores)

    @property
    def proposed_award(self) -> Award:
        """What the places suggest; the organiser decides."""
        return {1: Award.WINNER, 2: Award.LAUREATE, 3: Award.LAUREATE}.get(self.place, Award.PARTICIPANT)


@dataclass
class NominationStandings:
    """One nomination's table, best first; applications without a score stand at its end."""

    nomination: Nomination
    rows: list[Standing] = field(default_factory=list)

    @property
    def has_ties(self) -> bool:
        return any(row.shares_place for row in self.rows)


def standings_of(contest) -> list[NominationStandings]:
    """Every admitted application of the year by nomination, in a constant number of queries."""
    criteria = criteria_of(contest)
    applications = (
        Application.objects.filter(contest=contest)
        .admitted()
        .select_related("nomination", "territory", "owner")
        .prefetch_related(Prefetch("assignments", Assignment.objects.prefetch_related("scores", "comments")))
        .order_by("nomination__order", "nomination__title", "number")
    )
    groups: dict[int, NominationStandings] = {}
    for application in applications:
        group = groups.setdefault(application.nomination_id, NominationStandings(application.nomination))
        group.rows.append(_standing(application, criteria))
    for group in groups.values():
        _rank(group.rows)
    return list(groups.values())


def _standing(application: Application, criteria: list[Criterion]) -> Standing:
    standing = [assignment for assignment in application.assignments.all() if assignment.recused_at is None]
    sheets = [Sheet(assignment, criteria) for assignment in standing if assignment.finished_at]
    values = [sheet.values for sheet in sheets]
    weights = weights_of(criteria)
    return Standing(
        application=application,
        sheets=sheets,
        assigned=len(standing),
        recused=len(application.assignments.all()) - len(standing),
        score=scoring.final_score(values, weights),
        spread=scoring.spread(values, weights),
    )


def _rank(rows: list[Standing]) -> None:
    places = scoring.places({row.application.pk: row.score for row in rows})
    shared = Counter(places.values())
    for row in rows:
        row.place = places.get(row.application.pk)
        row.shares_place = row.place is not None and shared[row.place] > 1
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.application.number))


def fingerprint(groups: list[NominationStandings]) -> str:
    """A short name for exactly these standings: who announces proves to have seen them as they are now."""
    seen = [
        (row.application.key, str(row.score), row.place, row.finished, row.assigned)
        for group in groups
        for row in group.rows
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Obstacles:
    """What stands against announcing now. The first two forbid it, the others want a deliberate yes."""

    empty: bool
    unscored: list[Application]
    waiting_sheets: int
    undecided: int
    judging_goes_on: bool

    @property
    def forbid(self) -> bool:
        return self.empty or bool(self.unscored)

    @property
    def warn(self) -> bool:
        return bool(self.waiting_sheets or self.undecided or self.judging_goes_on)


def obstacles(contest, groups: list[NominationStandings], *, at) -> Obstacles:
    """Without a single finished sheet an application has no result; unfinished sheets are the organiser's to weigh."""
    rows = [row for group in groups for row in group.rows]
    undecided = Application.objects.filter(contest=contest, status__in=[Status.SUBMITTED, Status.RETURNED])
    return Obstacles(
        empty=not rows,
        unscored=[row.application for row in rows if row.score is None],
        waiting_sheets=sum(row.waiting for row in rows),
        undecided=undecided.count(),
        judging_goes_on=bool(contest.judging_closes_at) and at <= contest.judging_closes_at,
    )


def results_of(contest):
    """What was announced, as it was frozen, in the order of nominations and places."""
    return (
        Result.objects.filter(application__contest=contest)
        .select_related("application__nomination", "application__territory", "application__passport__practice")
        .order_by("application__nomination__order", "application__nomination__title", "place", "application__number")
    )

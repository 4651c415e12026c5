"""What the organiser and the jury do: assign, declare, mark, finish, step aside, announce.

Every deed on a sheet takes the lock of its application first, the announcement that of the contest and then those of
its applications: a mark, a recusal and an announcement never cross.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accounts.letters import send_letter
from accounts.verdicts import Refused, require
from competition.enums import Status
from competition.models import Application, Contest
from competition.queries import correspondents, lock_application
from judging.models import Assignment, Comment, Criterion, Juror, Result, Score
from judging.permissions import (
    can_announce,
    can_appoint,
    can_assign,
    can_judge,
    can_mark,
    can_recuse,
    can_unassign,
)
from judging.queries import (
    NominationStandings,
    Obstacles,
    fingerprint,
    lock_sheet,
    obstacles,
    read_sheet,
    standings_of,
)
from practices.enums import Award
from practices.publishing import enter_bank


class WrongMark(ValueError):
    """A mark outside its criterion's scale, or for a criterion of another year."""

    def __init__(self, criterion: Criterion, value):
        super().__init__(f"{criterion}: {value}")
        self.criterion = criterion


class IncompleteSheet(Exception):
    """The sheet cannot be finished yet; `missing` lists the criteria without a mark."""

    def __init__(self, missing: list[Criterion]):
        super().__init__(", ".join(str(criterion) for criterion in missing))
        self.missing = missing


class NotReady(Exception):
    """The results cannot be announced now, or not without a deliberate yes; `obstacles` says why."""

    def __init__(self, obstacles: Obstacles):
        super().__init__(str(obstacles))
        self.obstacles = obstacles


class StandingsChanged(Exception):
    """A sheet or an application changed since the organiser looked: the awards must be chosen anew."""


# --- Assigning -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refusal:
    """One juror who could not get one application, and why."""

    juror: Juror
    application: Application
    reason: str


@transaction.atomic
def assign(juror: Juror, application: Application, *, by, at) -> Assignment:
    """Give the application to the juror. The conflict of interest is looked for here, under the lock, once more."""
    locked = lock_application(application)
    require(can_appoint(by, locked.contest))
    assigned_to = set(locked.assignments.values_list("juror_id", flat=True))
    require(can_assign(_with_ties(juror), locked, assigned_to=assigned_to))
    assignment = Assignment(juror=juror, application=locked, assigned_by=by, assigned_at=at)
    assignment.full_clean()
    assignment.save()
    return assignment


@transaction.atomic
def assign_all(pairs: list[tuple[Juror, Application]], *, by, at) -> tuple[list[Assignment], list[Refusal]]:
    """Assign many at once: what may be assigned is, and every refusal comes back with its reason."""
    assigned, refused = [], []
    for juror, application in sorted(pairs, key=lambda pair: (pair[1].pk, pair[0].pk)):  # one order of locks
        try:
            assigned.append(assign(juror, application, by=by, at=at))
        except Refused as refusal:
            refused.append(Refusal(juror, application, refusal.reason))
    return assigned, refused


def _with_ties(juror: Juror) -> Juror:
    return Juror.objects.select_related("user", "organisation").get(pk=juror.pk)


@transaction.atomic
def unassign(assignment: Assignment, *, by) -> None:
    """Take back an assignment that its juror has not begun."""
    locked = lock_sheet(assignment)
    require(can_unassign(by, locked))
    locked.delete()


# --- The sheet -------------------------------------------------------------------------------------


@transaction.atomic
def declare_no_conflict(assignment: Assignment, *, by, at) -> Assignment:
    """The juror's word, before the first mark, that nothing ties them to the applicant. The first one counts."""
    locked = lock_sheet(assignment)
    require(can_judge(by, locked, at=at))
    if locked.declared_at is None:
        locked.declared_at = at
        locked.save(update_fields=["declared_at"])
    return locked


@transaction.atomic
def recuse(assignment: Assignment, *, reason: str, by, at) -> Assignment:
    """Step aside from an application. Marks given before stay on record and count nowhere, even on a finished sheet."""
    locked = lock_sheet(assignment)
    require(can_recuse(by, locked))
    locked.recused_at, locked.recusal_reason, locked.finished_at = at, reason, None
    locked.full_clean()
    locked.save(update_fields=["recused_at", "recusal_reason", "finished_at"])
    return locked


@transaction.atomic
def save_mark(assignment: Assignment, criterion: Criterion, value: Decimal | int, *, by, at) -> Score:
    """Write one mark, over the earlier one if there is one; the last that came counts, from whichever tab."""
    locked = lock_sheet(assignment)
    require(can_mark(by, locked, at=at))
    value = Decimal(value)
    on_scale = value == value.to_integral_value() and 0 <= value <= criterion.highest
    if criterion.contest_id != locked.application.contest_id or not on_scale:
        raise WrongMark(criterion, value)
    score, _created = Score.objects.update_or_create(
        assignment=locked, criterion=criterion, defaults={"value": value, "saved_at": at}
    )
    return score


@transaction.atomic
def save_comment(assignment: Assignment, criterion: Criterion, text: str, *, by, at) -> None:
    """Write the juror's words to one criterion; words taken back leave no row."""
    locked = lock_sheet(assignment)
    require(can_mark(by, locked, at=at))
    if criterion.contest_id != locked.application.contest_id:
        raise WrongMark(criterion, None)
    if not text.strip():
        Comment.objects.filter(assignment=locked, criterion=criterion).delete()
        return
    Comment.objects.update_or_create(assignment=locked, criterion=criterion, defaults={"text": text, "saved_at": at})


@transaction.atomic
def finish_sheet(assignment: Assignment, *, by, at) -> Assignment:
    """Close the sheet: its marks are final and count from now on. Finishing twice changes nothing."""
    locked = lock_sheet(assignment)
    if locked.finished_at is not None and locked.juror.user_id == by.pk:
        return locked
    require(can_mark(by, locked, at=at))
    sheet = read_sheet(locked)
    if sheet.missing or not sheet.lines:
        raise IncompleteSheet(sheet.missing)
    locked.finished_at = at
    locked.save(update_fields=["finished_at"])
    return locked


# --- The announcement ------------------------------------------------------------------------------


@transaction.atomic
def announce(
    contest: Contest, awards: dict[str, Award | str], *, seen: str, despite_warnings: bool = False, by, at
) -> list[Result]:
    """Make the results of a year public, all at once: results frozen, awards set, admitted practices in the bank.

    `awards` maps the keys of all admitted applications to what the organiser decided, looking at the standings that
    `seen` names. Raises `Refused` when the year is announced already, `StandingsChanged` when they are others now,
    `NotReady` when an application has no score at all, or something is unfinished and `despite_warnings` is not set.
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    require(can_announce(by, contest))
    _lock_applications(contest)
    groups = standings_of(contest)
    if fingerprint(groups) != seen or {row.application.key for group in groups for row in group.rows} != set(awards):
        raise StandingsChanged
    found = obstacles(contest, groups, at=at)
    if found.forbid or (found.warn and not despite_warnings):
        raise NotReady(found)
    results = _freeze(groups, awards, by=by, at=at)
    contest.announced_at = at
    contest.save(update_fields=["announced_at"])
    for result in results:
        enter_bank(result.application, award=result.award, at=at)
        context = {"application": result.application, "result": result, "contest": contest}
        for address in correspondents(result.application):
            send_letter("results_announced", to=address, context=context)
    return results


def _lock_applications(contest: Contest) -> None:
    """Wait for every decision, mark and withdrawal under way; those that come later find the year announced."""
    undecided = [Status.SUBMITTED, Status.RETURNED, Status.ADMITTED]
    in_contest = Application.objects.filter(contest=contest, status__in=undecided)
    list(in_contest.select_for_update().order_by("pk").values_list("pk", flat=True))


def _freeze(groups: list[NominationStandings], awards: dict[str, Award | str], *, by, at) -> list[Result]:
    results = []
    for row in (row for group in groups for row in group.rows):
        result = Result(
            application=row.application,
            score=row.score,
            spread=row.spread,
            place=row.place,
            sheets=row.finished,
            award=awards[row.application.key],
            announced_at=at,
            announced_by=by,
        )
        result.full_clean()
        result.save()
        results.append(result)
    return results

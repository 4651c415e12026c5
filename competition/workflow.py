"""The life of an application: one table of moves and one door that writes the status."""

from django.db import transaction
from django.utils import timezone

from competition.enums import Status
from competition.models import Contest, StatusChange
from competition.queries import lock_application

MOVES = {
    Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.SUBMITTED: {Status.RETURNED, Status.ADMITTED, Status.DECLINED, Status.WITHDRAWN},
    Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.ADMITTED: {Status.WITHDRAWN},
    Status.DECLINED: set(),
    Status.WITHDRAWN: set(),
}


class IllegalMove(Exception):
    """The table of moves has no such step from where the application stands now."""

    def __init__(self, application, to):
        super().__init__(f"{application.key}: {application.status} → {to}")
        self.before = application.status
        self.to = to


@transaction.atomic
def move(application, to, *, by, at=None, reason="", revise_until=None):
    """Move the application one step and record it; the only writer of `status`.

    Returns the application as locked and saved. The first submission also gives the number. Raises `IllegalMove`
    and changes nothing when the table has no such step, a second press of the same button included.
    """
    at = at or timezone.now()
    locked = lock_application(application)
    if to not in MOVES[Status(locked.status)]:
        raise IllegalMove(locked, to)
    before, locked.status = locked.status, to
    if to == Status.SUBMITTED and locked.submitted_at is None:
        locked.submitted_at = at
        locked.number = _next_number(locked.contest_id)
    locked.revise_until = revise_until if to == Status.RETURNED else None
    locked.save(update_fields=["status", "submitted_at", "number", "revise_until"])
    StatusChange.objects.create(application=locked, before=before, after=to, by=by, at=at, reason=reason)
    return locked


def _next_number(contest_id) -> str:
    """The next number of the year's register, e.g. 2026-0041: the contest's row is the lock, so none repeats."""
    contest = Contest.objects.select_for_update().get(pk=contest_id)
    contest.last_number += 1
    contest.save(update_fields=["last_number"])
    return f"{contest.year}-{contest.last_number:04d}"

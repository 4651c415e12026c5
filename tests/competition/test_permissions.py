"""Who may do what with an application: a table for each question, its edges by the second."""

from datetime import timedelta

import pytest

from competition.enums import Status
from competition.permissions import can_apply, can_decide, can_edit, can_withdraw
from tests.competition.conftest import CLOSES, DURING, OPENS
from tests.factories import UserFactory, utc

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def at_status(application, status, **facts):
    application.status = status
    for name, value in facts.items():
        setattr(application, name, value)
    return application


@pytest.mark.parametrize(
    ("at", "allowed"),
    [(OPENS - SECOND, False), (OPENS, True), (DURING, True), (CLOSES, True), (CLOSES + SECOND, False)],
)
def test_can_apply_within_the_window(owner, track, at, allowed):
    assert bool(can_apply(owner, track, at=at)) is allowed


@pytest.mark.usefixtures("english")
def test_can_apply_names_the_moment_in_moscow(owner, track):
    assert "15 February 2026, 03:00" in can_apply(owner, track, at=OPENS - SECOND).reason
    assert "31 May 2026, 23:59" in can_apply(owner, track, at=CLOSES + SECOND).reason


@pytest.mark.parametrize(
    ("status", "at", "allowed"),
    [
        (Status.DRAFT, OPENS - SECOND, False),
        (Status.DRAFT, OPENS, True),
        (Status.DRAFT, CLOSES, True),
        (Status.DRAFT, CLOSES + SECOND, False),
        (Status.SUBMITTED, DURING, False),
        (Status.ADMITTED, DURING, False),
        (Status.DECLINED, DURING, False),
        (Status.WITHDRAWN, DURING, False),
        (Status.RETURNED, DURING, True),
        (Status.RETURNED, CLOSES + SECOND, True),
    ],
)
def test_can_edit_by_status_and_moment(owner, application, status, at, allowed):
    verdict = can_edit(owner, at_status(application, status), at=at)

    assert bool(verdict) is allowed
    assert bool(verdict.reason) is not allowed


@pytest.mark.parametrize(("after", "allowed"), [(timedelta(0), True), (SECOND, False)])
def test_can_edit_a_returned_application_until_its_own_deadline(owner, application, after, allowed):
    until = utc(2026, 6, 10)
    returned = at_status(application, Status.RETURNED, revise_until=until)

    assert bool(can_edit(owner, returned, at=until + after)) is allowed


def test_can_edit_is_the_owners_alone(application, organiser):
    assert can_edit(application.owner, application, at=DURING)
    assert not can_edit(UserFactory(), application, at=DURING)
    assert not can_edit(organiser, application, at=DURING)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (Status.DRAFT, True),
        (Status.SUBMITTED, True),
        (Status.RETURNED, True),
        (Status.ADMITTED, True),
        (Status.DECLINED, False),
        (Status.WITHDRAWN, False),
    ],
)
def test_can_withdraw_by_status_whatever_the_window(owner, application, status, allowed):
    assert bool(can_withdraw(owner, at_status(application, status), at=CLOSES + SECOND)) is allowed


def test_can_withdraw_until_the_announcement(owner, application):
    application.contest.announced_at = DURING

    assert not can_withdraw(owner, application, at=DURING)


def test_can_withdraw_is_the_owners_alone(application, organiser):
    assert not can_withdraw(UserFactory(), application, at=DURING)
    assert not can_withdraw(organiser, application, at=DURING)


@pytest.mark.parametrize("status", Status)
def test_can_decide_on_submitted_ones_only(organiser, application, status):
    assert bool(can_decide(organiser, at_status(application, status))) is (status == Status.SUBMITTED)


def test_can_decide_is_the_organisers_and_never_on_ones_own(organiser, application):
    submitted = at_status(application, Status.SUBMITTED)

    assert can_decide(organiser, submitted)
    assert not can_decide(submitted.owner, submitted)
    assert not can_decide(UserFactory(), submitted)
    submitted.owner_id = organiser.pk
    assert not can_decide(organiser, submitted)


def test_can_decide_until_the_announcement(organiser, application):
    submitted = at_status(application, Status.SUBMITTED)
    submitted.contest.announced_at = DURING

    assert not can_decide(organiser, submitted)


def test_announcement_closes_a_window_that_is_still_open(owner, track, application):
    assert can_apply(owner, track, at=DURING)
    assert can_edit(owner, application, at=DURING)

    track.contest.announced_at = application.contest.announced_at = DURING

    assert not can_apply(owner, track, at=DURING)
    assert not can_edit(owner, application, at=DURING)
    assert not can_edit(owner, at_status(application, Status.RETURNED), at=DURING)

"""The life of an application, told by hand: never by the table that it checks."""

from itertools import product

import pytest
from django.db import transaction

from competition import workflow
from competition.enums import Status
from competition.models import Application, StatusChange
from competition.workflow import IllegalMove, move
from tests.factories import ApplicationFactory, utc

pytestmark = pytest.mark.django_db

AT = utc(2026, 4, 1, 9, 30)

ALLOWED = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "returned"),
    ("submitted", "admitted"),
    ("submitted", "declined"),
    ("submitted", "withdrawn"),
    ("returned", "submitted"),
    ("returned", "withdrawn"),
    ("admitted", "withdrawn"),
}
ALL_PAIRS = list(product(["draft", "submitted", "returned", "admitted", "declined", "withdrawn"], repeat=2))


def standing_at(contest, status):
    if status == "draft":
        return ApplicationFactory(contest=contest)
    return ApplicationFactory(contest=contest, status=status, submitted_at=utc(2026, 3, 1), number="2026-0500")


@pytest.mark.parametrize(("before", "after"), ALL_PAIRS)
def test_move_takes_the_allowed_steps_and_no_other(contest, owner, before, after):
    application = standing_at(contest, before)

    if (before, after) in ALLOWED:
        assert move(application, Status(after), by=owner, at=AT).status == after
    else:
        with pytest.raises(IllegalMove) as refusal:
            move(application, Status(after), by=owner, at=AT)
        assert (refusal.value.before, refusal.value.to) == (before, after)

    application.refresh_from_db()
    assert application.status == (after if (before, after) in ALLOWED else before)


def test_every_status_has_its_moves():
    assert {status.value for status in workflow.MOVES} == {before for before, _after in ALL_PAIRS}


def test_move_records_who_when_and_why(application, owner):
    move(application, Status.WITHDRAWN, by=owner, at=AT, reason="Передумали")

    recorded = StatusChange.objects.values("application", "before", "after", "by", "at", "reason")
    assert list(recorded) == [
        {
            "application": application.pk,
            "before": "draft",
            "after": "withdrawn",
            "by": owner.pk,
            "at": AT,
            "reason": "Передумали",
        }
    ]


def test_illegal_move_changes_nothing(application, organiser):
    with pytest.raises(IllegalMove):
        move(application, Status.ADMITTED, by=organiser, at=AT)

    assert not StatusChange.objects.exists()
    application.refresh_from_db()
    assert (application.status, application.submitted_at, application.number) == (Status.DRAFT, None, "")


def test_first_submission_gives_moment_and_number(application, owner):
    filed = move(application, Status.SUBMITTED, by=owner, at=AT)

    assert (filed.submitted_at, filed.number) == (AT, "2026-0001")


def test_numbers_follow_one_another_within_a_year(contest, owner):
    first, second = ApplicationFactory(contest=contest), ApplicationFactory(contest=contest)
    elsewhere = ApplicationFactory()

    numbers = [move(one, Status.SUBMITTED, by=owner, at=AT).number for one in (second, first, elsewhere)]

    assert numbers == ["2026-0001", "2026-0002", "2021-0001"]


def test_withdrawn_draft_leaves_no_gap_in_the_register(contest, owner):
    move(ApplicationFactory(contest=contest), Status.WITHDRAWN, by=owner, at=AT)

    assert move(ApplicationFactory(contest=contest), Status.SUBMITTED, by=owner, at=AT).number == "2026-0001"


def test_failed_submission_gives_its_number_back(contest, application, owner):
    with transaction.atomic():
        move(application, Status.SUBMITTED, by=owner, at=AT)
        transaction.set_rollback(True)

    assert move(ApplicationFactory(contest=contest), Status.SUBMITTED, by=owner, at=AT).number == "2026-0001"


def test_second_submission_keeps_moment_and_number(application, owner, organiser):
    move(application, Status.SUBMITTED, by=owner, at=AT)
    returned = move(application, Status.RETURNED, by=organiser, at=utc(2026, 4, 2), revise_until=utc(2026, 4, 12))
    again = move(application, Status.SUBMITTED, by=owner, at=utc(2026, 4, 3))

    assert returned.revise_until == utc(2026, 4, 12)
    assert (again.submitted_at, again.number, again.revise_until) == (AT, "2026-0001", None)


def test_move_looks_at_the_stored_status_not_at_a_stale_one(application, owner):
    stale = Application.objects.get(pk=application.pk)
    move(application, Status.SUBMITTED, by=owner, at=AT)

    with pytest.raises(IllegalMove):
        move(stale, Status.SUBMITTED, by=owner, at=AT)

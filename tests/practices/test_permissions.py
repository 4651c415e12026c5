"""A returned application opens only what has a remark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from competition.enums import Status
from practices.models import Remark
from practices.permissions import can_edit_section
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(whole, organiser, now):
    """Returned with an open remark at the costs and an answered one at the goals."""
    application = whole.application
    application.status, application.submitted_at, application.number = Status.RETURNED, now, "2026-0001"
    application.revise_until = now + timedelta(days=1)
    application.save()
    for code, answered_at in (("costs", None), ("goals", now)):
        Remark.objects.create(
            passport=whole, code=code, text="Уточните.", by=organiser, at=now, answered_at=answered_at
        )
    return whole


@pytest.mark.parametrize(("code", "allowed"), [("costs", True), ("goals", False), ("title", False)])
def test_only_sections_with_open_remarks_are_open(returned, applicant, now, code, allowed):
    verdict = can_edit_section(applicant, returned, code, at=now)

    assert bool(verdict) is allowed
    assert bool(verdict.reason) is not allowed


def test_everything_is_closed_after_the_revisions_deadline(returned, applicant, now):
    assert not can_edit_section(applicant, returned, "costs", at=now + timedelta(days=1, seconds=1))


def test_sections_of_a_draft_are_open_to_the_owner_alone(draft, applicant, organiser):
    at = timezone.now()

    assert can_edit_section(applicant, draft, "goals", at=at)
    assert not can_edit_section(UserFactory(), draft, "goals", at=at)
    assert not can_edit_section(organiser, draft, "goals", at=at)


def test_nothing_is_open_once_it_is_filed(whole, applicant, now):
    whole.application.status = Status.SUBMITTED

    assert not can_edit_section(applicant, whole, "goals", at=now)

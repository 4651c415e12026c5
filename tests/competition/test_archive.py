"""Applications of the past: admitted from the first moment, and outside of the year's register."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.verdicts import Refused
from competition.enums import Status
from competition.models import Application
from competition.services import record_application
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    TerritoryFactory,
    TrackFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory(is_staff=True)


@pytest.fixture
def record(organiser):
    def record(contest, **more):
        told = {"territory": TerritoryFactory(), "title": "Школа чтения", "by": organiser, "at": timezone.now(), **more}
        return record_application(contest, **told)

    return record


def test_old_application_is_admitted_and_says_how_it_came(record, organiser):
    application = record(ContestFactory(year=2019), reason="Из архива")

    assert application.status == Status.ADMITTED
    assert (application.track, application.nomination) == (None, None)
    (move,) = application.moves.all()
    assert (move.after, move.by, move.reason) == (Status.ADMITTED, organiser, "Из архива")
    assert mail.outbox == []


def test_old_applications_have_numbers_of_their_own_and_leave_the_register_alone(record):
    contest = ContestFactory(year=2019)
    other = record(ContestFactory(year=2020))

    assert [record(contest).number, record(contest).number] == ["2019-A0001", "2019-A0002"]
    assert other.number == "2020-A0001"
    contest.refresh_from_db()
    assert contest.last_number == 0


def test_track_of_practices_is_taken_where_the_year_has_tracks(record):
    contest = ContestFactory(year=2022)
    track = TrackFactory(contest=contest)

    assert record(contest).track == track


def test_year_that_is_not_announced_asks_for_a_nomination(record):
    contest = ContestFactory(year=2022, announced_at=None)
    TrackFactory(contest=contest)

    with pytest.raises(ValidationError):
        record(contest)
    assert not Application.objects.exists()
    assert record(contest, nomination=NominationFactory(contest=contest)).status == Status.ADMITTED


def test_nomination_of_another_year_is_refused(record):
    with pytest.raises(ValidationError):
        record(ContestFactory(year=2019), nomination=NominationFactory(contest=ContestFactory(year=2020)))


def test_only_the_organiser_brings_them_in(record):
    with pytest.raises(Refused):
        record(ContestFactory(year=2019), by=UserFactory())


@pytest.mark.parametrize("missing", ["track", "nomination"])
def test_draft_without_track_or_nomination_cannot_be_stored(missing):
    with pytest.raises(IntegrityError):
        ApplicationFactory(**{missing: None})

"""An applicant's cabinet: a contest whose window is open at this moment, and a draft in the 23-section form."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from competition.enums import TrackCode
from practices.queries import passport_for, section_for
from practices.services import save_section
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    ContestFormFactory,
    NominationFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
    whole_answers,
)

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def season(db, now):
    """The contest that takes applications."""
    contest = ContestFactory(year=now.year, announced_at=None, consent_text="Согласен на обработку.")
    ContestFormFactory(contest=contest)
    return contest


@pytest.fixture
def open_track(season, now):
    return TrackFactory(contest=season, opens_at=now - 10 * DAY, closes_at=now + 10 * DAY)


@pytest.fixture
def adoption_track(season, now):
    return TrackFactory(
        contest=season,
        code=TrackCode.ADOPTION,
        title="Внедрение практик",
        opens_at=now - 10 * DAY,
        closes_at=now + 20 * DAY,
    )


@pytest.fixture
def nomination(season):
    return NominationFactory(contest=season)


@pytest.fixture
def applicant(db):
    return UserFactory(email="clerk@example.org", name="Анна")


@pytest.fixture
def organiser(db):
    return UserFactory(is_staff=True)


@pytest.fixture
def draft(open_track, nomination, applicant):
    """A passport of the applicant's with nothing but its name."""
    application = ApplicationFactory(contest=open_track.contest, track=open_track, owner=applicant)
    return PassportFactory(application=application)


@pytest.fixture
def whole(open_track, nomination, applicant):
    """A passport that can be submitted as it is."""
    application = ApplicationFactory(contest=open_track.contest, track=open_track, owner=applicant)
    return PassportFactory(application=application, answers=whole_answers())


@pytest.fixture
def write(applicant, now):
    """Save a section from what is stored: `write(passport, "goals", "Текст")`, rows or content as in the factory."""

    def write(passport, code, answer, **more):
        section = passport.sections.get(code=code)
        content = {"blocks": [{"text": answer}]} if isinstance(answer, str) else answer
        content = {"tables": {"main": content}} if isinstance(content, list) else content
        return save_section(
            passport, code, content, **{"seen": section.version, "by": applicant, "at": now, **more}
        ).section

    return write


@pytest.fixture
def read(applicant):
    """A section of a passport as a page reads it, fresh from the database."""
    return lambda passport, code: section_for(passport_for(applicant, passport.application.key), code)


@pytest.fixture
def clerk(applicant):
    """The applicant at a browser without JavaScript."""
    client = Client()
    client.force_login(applicant)
    return client


@pytest.fixture
def url():
    """The address of a page about an application."""
    return lambda name, passport, *more: reverse(f"practices:{name}", args=[passport.application.key, *more])


@pytest.fixture
def english():
    """Reasons and words as the code has them."""
    with translation.override("en"):
        yield

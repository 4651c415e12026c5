"""An open contest of 2026 and the people around one application. Moments are given, never read from a clock."""

import pytest
from django.utils import translation

from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    TerritoryFactory,
    TrackFactory,
    UserFactory,
    utc,
)

OPENS, CLOSES = utc(2026, 2, 15), utc(2026, 5, 31, 20, 59, 59)
DURING = utc(2026, 4, 1)


@pytest.fixture
def contest(db):
    return ContestFactory(year=2026, announced_at=None, consent_text="Согласен на обработку.")


@pytest.fixture
def track(contest):
    return TrackFactory(contest=contest, opens_at=OPENS, closes_at=CLOSES)


@pytest.fixture
def nomination(contest):
    return NominationFactory(contest=contest)


@pytest.fixture
def territory(db):
    return TerritoryFactory()


@pytest.fixture
def owner(db):
    return UserFactory(email="owner@example.org")


@pytest.fixture
def organiser(db):
    return UserFactory(is_staff=True)


@pytest.fixture
def application(contest, track, owner):
    """A draft in the open window."""
    return ApplicationFactory(contest=contest, track=track, owner=owner, title="Школа чтения")


@pytest.fixture
def english():
    """Reasons as the code words them."""
    with translation.override("en"):
        yield

"""A year in the jury's hands: two criteria, one of which weighs three times as much, and people for every role."""

import pytest
from django.utils import translation

from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContestFactory,
    CriterionFactory,
    JurorFactory,
    PassportFactory,
    UserFactory,
    utc,
)

DURING = utc(2021, 9, 15)


@pytest.fixture
def at():
    """A moment within the jury's window."""
    return DURING


@pytest.fixture
def contest(db):
    return ContestFactory(
        announced_at=None, judging_opens_at=utc(2021, 9, 1), judging_closes_at=utc(2021, 10, 1, 20, 59, 59)
    )


@pytest.fixture
def criteria(contest):
    return [
        CriterionFactory(contest=contest, order=1, title="Результативность", weight="3.00"),
        CriterionFactory(contest=contest, order=2, title="Тиражируемость", weight="1.00"),
    ]


@pytest.fixture
def organiser(db):
    return UserFactory(name="Организатор", is_staff=True)


@pytest.fixture
def application(contest):
    """An admitted application with its passport."""
    application = ApplicationFactory(contest=contest, admitted=True)
    PassportFactory(application=application)
    return application


@pytest.fixture
def juror(contest):
    return JurorFactory(contest=contest)


@pytest.fixture
def sheet(juror, application, criteria):
    """The juror's sheet, declared free of conflicts, without a mark."""
    return AssignmentFactory(juror=juror, application=application, declared=True)


@pytest.fixture
def english():
    """Reasons as the code words them."""
    with translation.override("en"):
        yield

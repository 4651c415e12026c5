import pytest
from django.db import connection, transaction
from django.http import Http404

from competition.models import Application
from competition.queries import application_for, current_contest, lock_application
from tests.factories import ApplicationFactory, ContestFactory, UserFactory, utc

pytestmark = pytest.mark.django_db


def test_application_for_is_a_gate(application, owner, organiser):
    assert application_for(owner, application.key) == application
    for stranger in (UserFactory(), organiser):
        with pytest.raises(Http404):
            application_for(stranger, application.key)


def test_application_for_shows_filed_ones_to_the_organiser(organiser):
    filed = ApplicationFactory(admitted=True)

    assert application_for(organiser, filed.key) == filed


def test_application_for_brings_what_pages_show_at_once(application, owner, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = application_for(owner, application.key)
        assert [found.contest, found.track, found.nomination, found.territory, found.owner]


def test_lock_application_reads_anew(application):
    Application.objects.filter(pk=application.pk).update(title="Новое имя")

    with transaction.atomic():
        assert lock_application(application).title == "Новое имя"


@pytest.mark.postgresql
def test_lock_application_locks_the_row(application, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1) as queries:
        lock_application(application)

    assert "FOR UPDATE" in queries.captured_queries[0]["sql"]
    assert connection.vendor == "postgresql"


def test_current_contest_is_the_latest_without_results():
    ContestFactory(year=2021)
    assert current_contest() is None

    ContestFactory(year=2022, announced_at=None)
    running = ContestFactory(year=2023, announced_at=None)
    ContestFactory(year=2024, announced_at=utc(2024, 12, 1))

    assert current_contest() == running

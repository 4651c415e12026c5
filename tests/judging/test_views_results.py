from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from judging.models import Result
from practices.models import Practice
from tests.factories import ApplicationFactory, AssignmentFactory, ContestFactory, JurorFactory, PassportFactory


@pytest.fixture
def client(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def results_url(contest):
    return reverse("admin:results", args=[contest.year])


@pytest.fixture
def judged(contest, criteria):
    """Two scored applications, the better one first."""
    jurors = [JurorFactory(contest=contest) for _index in range(2)]
    applications = []
    for title, marks in (("Лучшая", [9, 9]), ("Вторая", [8, 4])):
        application = ApplicationFactory(contest=contest, admitted=True, title=title)
        PassportFactory(application=application)
        for juror in jurors:
            AssignmentFactory(juror=juror, application=application, finished=True, marks=marks)
        applications.append(application)
    return applications


def awards(*applications, award="participant"):
    return {f"award-{application.key}": award for application in applications}


def seen(client, url):
    return client.get(url).context["form"]["seen"].value()


def test_standings_propose_awards_by_place(client, results_url, judged):
    ((group, rows),) = client.get(results_url).context["groups"]

    assert group.nomination == judged[0].nomination
    assert [(row.application.title, row.place, field.value()) for row, field in rows] == [
        ("Лучшая", 1, "winner"),
        ("Вторая", 2, "laureate"),
    ]


def test_announcement_follows_what_was_chosen_and_happens_once(
    client, results_url, judged, contest, django_capture_on_commit_callbacks
):
    data = {
        **awards(judged[0], award="winner"),
        **awards(judged[1]),
        "seen": seen(client, results_url),
    }

    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(results_url, data) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 200]  # the second press sees what was announced
    assert dict(Result.objects.values_list("application__title", "award")) == {
        "Лучшая": "winner",
        "Вторая": "participant",
    }
    assert Practice.objects.published().count() == 2
    assert len(mail.outbox) == 2
    contest.refresh_from_db()
    assert contest.announced_at is not None
    body = client.get(results_url).content.decode()
    assert "Лучшая" in body
    assert 'name="seen"' not in body


def test_announcement_on_changed_standings_is_shown_them_first(client, results_url, judged, contest):
    data = {**awards(*judged), "seen": seen(client, results_url)}
    AssignmentFactory(juror=JurorFactory(contest=contest), application=judged[0], finished=True, marks=[0, 0])

    assert client.post(results_url, data).status_code == 409
    assert not Result.objects.exists()


@pytest.mark.parametrize("forged", [{}, {"seen": "x"}, {"award-x": "winner"}])
def test_forged_announcement_changes_nothing(client, results_url, judged, forged):
    assert client.post(results_url, forged).status_code == 409
    broken = {**awards(*judged, award="king"), "seen": seen(client, results_url)}
    assert client.post(results_url, broken).status_code == 409
    assert not Result.objects.exists()


def test_warnings_want_a_tick_and_keep_the_choice(client, results_url, judged, contest):
    contest.judging_closes_at = timezone.now() + timedelta(days=1)
    contest.save()
    data = {**awards(*judged, award="laureate"), "seen": seen(client, results_url)}

    refused = client.post(results_url, data)
    assert refused.status_code == 422
    ((_group, rows),) = refused.context["groups"]
    assert [field.value() for _row, field in rows] == ["laureate", "laureate"]
    assert not Result.objects.exists()

    assert client.post(results_url, {**data, "despite_warnings": "on"}).status_code == 302
    assert Result.objects.count() == 2


def test_unscored_practice_forbids_the_announcement(client, results_url, judged, contest):
    empty = ApplicationFactory(contest=contest, admitted=True)
    data = {**awards(*judged, empty), "despite_warnings": "on", "seen": seen(client, results_url)}

    assert client.post(results_url, data).status_code == 422
    assert "disabled" in client.get(results_url).content.decode()
    assert not Result.objects.exists()


def test_year_on_record_says_so(client):
    ContestFactory(year=2017)

    assert client.get(reverse("admin:results", args=[2017])).status_code == 200
    assert client.get(reverse("admin:results", args=[1999])).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(("announced", "queries"), [(False, 10), (True, 5)])
def test_results_cost_the_same_for_one_and_for_many(
    announced, queries, count, client, results_url, contest, criteria, django_assert_num_queries
):
    applications = [ApplicationFactory(contest=contest, admitted=True) for _index in range(count)]
    for application in applications:
        PassportFactory(application=application)
        for _index in range(count):
            AssignmentFactory(juror=JurorFactory(contest=contest), application=application, finished=True, marks=[5, 6])
    if announced:
        client.post(results_url, {**awards(*applications), "seen": seen(client, results_url)})

    with django_assert_num_queries(queries):
        assert client.get(results_url).status_code == 200

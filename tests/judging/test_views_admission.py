from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from competition.enums import Status
from competition.models import StatusChange
from judging.models import Assignment
from practices.models import Remark
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    JurorFactory,
    PassportFactory,
    TeamMemberFactory,
    utc,
)


@pytest.fixture
def client(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def submitted(contest):
    """A submitted application with one over-long answer and its required sections missing."""
    application = ApplicationFactory(
        contest=contest, status=Status.SUBMITTED, submitted_at=utc(2021, 5, 1), number="2021-0700", title="Школа чтения"
    )
    PassportFactory(
        application=application,
        answers={"background": "я" * 1900, "contacts": [{"person": "Заявитель Первый", "contact": "+7 000 000-00-00"}]},
    )
    return application


def review(application):
    return reverse("admin:application_review", args=[application.key])


def deed(name, application):
    return reverse(f"admin:application_{name}", args=[application.key])


def status_of(application):
    application.refresh_from_db()
    return application.status


def until(days=10):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_desk_lists_what_was_submitted_by_status_with_counts(client, contest, submitted):
    ApplicationFactory(contest=contest, title="Чужой черновик")
    admitted = ApplicationFactory(contest=contest, admitted=True)
    url = reverse("admin:application_desk")

    everything = client.get(url)
    some = client.get(url, {"status": "submitted"})
    nonsense = client.get(url, {"status": "draft' --", "page": "x", "year": "٢٠٢١"})

    assert {row.pk for row in everything.context["page"]} == {submitted.pk, admitted.pk}
    assert [(status.value, count) for status, _label, count in everything.context["counts"]] == [
        ("submitted", 1),
        ("returned", 0),
        ("admitted", 1),
        ("declined", 0),
        ("withdrawn", 0),
    ]
    assert [row.pk for row in some.context["page"]] == [submitted.pk]
    assert nonsense.status_code == 200
    assert "Чужой черновик" not in everything.content.decode()


def test_review_shows_the_whole_passport_and_what_the_machine_finds(client, submitted):
    response = client.get(review(submitted))

    body = response.content.decode()
    assert "Заявитель Первый" in body  # the organiser reads contacts
    assert [section.code for section in response.context["over_limit"]] == ["background"]
    assert "contacts" not in [section.code for section in response.context["missing"]]
    assert "description" in [section.code for section in response.context["missing"]]


def test_review_of_a_foreign_draft_does_not_exist(client, contest):
    draft = ApplicationFactory(contest=contest)
    PassportFactory(application=draft)

    assert client.get(review(draft)).status_code == 404
    for name in ("admit", "decline", "return"):
        assert client.post(deed(name, draft), {"reason": "Нет"}).status_code == 404
    assert status_of(draft) == Status.DRAFT


def test_admit_moves_records_and_writes_one_letter(client, submitted, organiser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(deed("admit", submitted))
        second = client.post(deed("admit", submitted))

    assert [first.url, second.url] == [review(submitted)] * 2
    assert status_of(submitted) == Status.ADMITTED
    assert list(StatusChange.objects.values_list("before", "after", "by")) == [("submitted", "admitted", organiser.pk)]
    assert [letter.to for letter in mail.outbox] == [[submitted.owner.email]]


def test_decline_wants_a_reason_and_tells_it(client, submitted, django_capture_on_commit_callbacks):
    assert client.post(deed("decline", submitted), {"reason": "  "}).status_code == 422
    assert status_of(submitted) == Status.SUBMITTED

    with django_capture_on_commit_callbacks(execute=True):
        client.post(deed("decline", submitted), {"reason": "Отказано"})

    assert status_of(submitted) == Status.DECLINED
    assert "Отказано" in mail.outbox[0].body
    assert "Отказано" in client.get(review(submitted)).content.decode()


def test_return_pins_remarks_to_sections_until_the_end_of_a_day_in_moscow(client, submitted, organiser):
    response = client.post(
        deed("return", submitted), {"remark-results": "Строка 4: проверьте", "remark-costs": " ", "until": until(10)}
    )

    assert response.status_code == 302
    assert list(Remark.objects.values_list("code", "text", "by")) == [("results", "Строка 4: проверьте", organiser.pk)]
    assert status_of(submitted) == Status.RETURNED
    last = timezone.localtime(submitted.revise_until)
    assert (last.date().isoformat(), last.hour, last.minute, last.second) == (until(10), 23, 59, 59)


@pytest.mark.parametrize(
    "data",
    [
        {"until": until()},
        {"remark-results": "", "until": until()},
        {"remark-results": "Проверьте", "until": until(-1)},
        {"remark-results": "Проверьте", "until": "завтра"},
        {"remark-results": "я" * 3001, "until": until()},
        {"remark-unknown": "Нет такого раздела", "until": until()},
    ],
)
def test_return_refuses_nonsense_and_keeps_what_was_written(client, submitted, data):
    response = client.post(deed("return", submitted), data)

    assert response.status_code == 422
    assert status_of(submitted) == Status.SUBMITTED
    assert not Remark.objects.exists()
    assert data.get("remark-results", "") in response.content.decode()


def test_decided_application_is_decided(client, contest):
    admitted = ApplicationFactory(contest=contest, admitted=True)
    PassportFactory(application=admitted)

    assert client.post(deed("decline", admitted), {"reason": "Поздно"}).status_code == 403
    assert client.post(deed("return", admitted), {"remark-title": "Поздно", "until": until()}).status_code == 403
    assert status_of(admitted) == Status.ADMITTED
    assert 'id="return-form"' not in client.get(review(admitted)).content.decode()


def test_organiser_decides_on_no_application_of_their_own(client, submitted, organiser):
    submitted.owner = organiser
    submitted.save()

    assert client.post(deed("admit", submitted)).status_code == 403
    assert status_of(submitted) == Status.SUBMITTED


def test_organiser_decides_on_nothing_they_once_worked_on(client, submitted, organiser):
    TeamMemberFactory(application=submitted, user=organiser, left_at=submitted.submitted_at)

    assert client.post(deed("admit", submitted)).status_code == 403
    assert status_of(submitted) == Status.SUBMITTED


# --- The jury --------------------------------------------------------------------------------------


def assign_url(contest):
    return reverse("admin:jury_assign", args=[contest.year])


def test_assign_page_offers_who_may_and_says_why_not(client, contest, application, juror):
    neighbour = JurorFactory(contest=contest, territory=application.territory)

    ((shown, candidates),) = client.get(assign_url(contest)).context["rows"]

    assert shown == application
    assert {candidate.juror: str(candidate.verdict.reason) for candidate in candidates} == {
        juror: "",
        neighbour: "Эксперт с той же территории.",
    }


def test_assign_gives_the_ticked_ones_and_reports_the_refused(client, contest, application, juror, organiser):
    neighbour = JurorFactory(contest=contest, territory=application.territory)
    pairs = [f"{application.key}:{juror.pk}", f"{application.key}:{neighbour.pk}"]

    response = client.post(assign_url(contest), {"pair": pairs}, follow=True)

    assert list(Assignment.objects.values_list("juror", "application", "assigned_by")) == [
        (juror.pk, application.pk, organiser.pk)
    ]
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]


@pytest.mark.parametrize("pair", ["", "x", "key:0", "key:9999999999999999999"])
def test_assign_refuses_forged_pairs(client, contest, application, juror, pair):
    data = {"pair": pair.replace("key", application.key)} if pair else {}

    response = client.post(assign_url(contest), data, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not Assignment.objects.exists()


def test_assign_comes_back_to_where_it_was_pressed_but_not_elsewhere(client, contest, application, juror):
    pair = {"pair": f"{application.key}:{juror.pk}"}

    assert client.post(assign_url(contest), {**pair, "next": review(application)}).url == review(application)
    assert client.post(assign_url(contest), {**pair, "next": "https://example.org/"}).url == assign_url(contest)


def test_take_back_only_what_is_not_begun(client, application, juror):
    sheet = AssignmentFactory(juror=juror, application=application)
    url = reverse("admin:assignment_withdraw", args=[sheet.pk])
    sheet.declared_at = sheet.assigned_at
    sheet.save()
    assert client.post(url).status_code == 403

    Assignment.objects.update(declared_at=None)
    assert client.post(url).status_code == 302
    assert not Assignment.objects.exists()


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(("page", "queries"), [("desk", 6), ("review", 16), ("jury", 12), ("index", 10)])
def test_pages_cost_the_same_for_one_and_for_many(
    page, queries, count, client, contest, criteria, django_assert_num_queries
):
    jurors = [JurorFactory(contest=contest) for _index in range(count)]
    for _index in range(count):
        application = ApplicationFactory(contest=contest, admitted=True)
        PassportFactory(application=application)
        for juror in jurors:
            AssignmentFactory(juror=juror, application=application, finished=True, marks=[5, 6])
    url = {
        "desk": reverse("admin:application_desk"),
        "review": review(application),
        "jury": assign_url(contest),
        "index": reverse("admin:index"),
    }[page]

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200

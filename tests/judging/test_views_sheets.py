import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from judging.models import Comment, Score
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContestFactory,
    CriterionFactory,
    JurorFactory,
    PassportFactory,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _during_the_jury(contest):
    """Views ask the real clock, so the window is laid around it."""
    contest.judging_opens_at, contest.judging_closes_at = (
        timezone.now() - timedelta(days=10),
        timezone.now() + timedelta(days=10),
    )
    contest.save()


@pytest.fixture
def client(client, juror):
    client.force_login(juror.user)
    return client


def page(sheet):
    return reverse("admin:score_sheet", args=[sheet.pk])


def save_url(sheet, criterion):
    return reverse("admin:score_save", args=[sheet.pk, criterion.pk])


def deed(name, sheet):
    return reverse(f"admin:sheet_{name}", args=[sheet.pk])


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_sheet_shows_the_passport_without_contacts_and_the_criteria(client, juror, contest, criteria):
    application = ApplicationFactory(contest=contest, admitted=True, title="Школа чтения")
    PassportFactory(
        application=application,
        answers={
            "goals": "Чтение вслух",
            "team": "Команда из пяти человек",
            "contacts": [{"person": "Заявитель Первый", "contact": "+7 000 000-00-00"}],
        },
    )
    sheet = AssignmentFactory(juror=juror, application=application, declared=True)

    body = client.get(page(sheet)).content.decode()

    for shown in ("Школа чтения", "Чтение вслух", "Результативность", "Тиражируемость"):
        assert shown in body
    for hidden in ("Заявитель Первый", "+7 000 000-00-00"):
        assert hidden not in body


def test_sheet_of_somebody_else_does_not_exist(client, contest, sheet, criteria):
    other = AssignmentFactory(juror=JurorFactory(contest=contest), application=sheet.application, declared=True)

    assert client.get(page(sheet)).status_code == 200
    assert client.get(page(other)).status_code == 404
    for url in [save_url(other, criteria[0]), *(deed(name, other) for name in ("declare", "recuse", "finish"))]:
        assert client.post(url, {"value": 5, "reason": "Нет"}).status_code == 404
    assert not Score.objects.exists()


def test_declaration_comes_first(client, juror, application, criteria):
    sheet = AssignmentFactory(juror=juror, application=application)

    before = client.get(page(sheet)).content.decode()
    refused = client.post(save_url(sheet, criteria[0]), {"value": 5})
    declared = client.post(deed("declare", sheet))
    after = client.get(page(sheet)).content.decode()

    assert 'name="value"' not in before
    assert refused.status_code == 403
    assert (declared.status_code, declared.url) == (302, page(sheet))
    assert 'name="value"' in after
    assert not Score.objects.exists()


def test_mark_by_htmx_answers_with_what_changed(client, sheet, criteria):
    response = client.post(save_url(sheet, criteria[0]), {"value": 0}, headers=HTMX)

    assert response.status_code == 200
    assert [(score.criterion_id, score.value) for score in sheet.scores.all()] == [(criteria[0].pk, 0)]
    body = response.content.decode()
    assert f'id="value-{criteria[0].pk}" hx-swap-oob="true"' in body
    assert 'id="total" hx-swap-oob="true"' in body
    assert f"criterion-{criteria[1].pk}" in body  # the way to what is missing
    assert "<html" not in body


def test_mark_and_comment_travel_alone(client, sheet, criteria):
    """What the request does not name stays: another tab may have just written it."""
    client.post(save_url(sheet, criteria[0]), {"comment": "Убедительно"}, headers=HTMX)
    client.post(save_url(sheet, criteria[0]), {"value": 9}, headers=HTMX)
    client.post(save_url(sheet, criteria[0]), {"value": 8}, headers=HTMX)

    assert list(sheet.scores.values_list("value", flat=True)) == [8]
    assert list(sheet.comments.values_list("text", flat=True)) == ["Убедительно"]


def test_without_javascript_one_button_saves_both_and_opens_the_next(client, sheet, criteria):
    response = client.post(save_url(sheet, criteria[0]), {"value": 9, "comment": "Убедительно"})

    assert response.status_code == 302
    assert response.url == f"{page(sheet)}?criterion={criteria[1].pk}#criterion-{criteria[1].pk}"
    assert (sheet.scores.count(), sheet.comments.count()) == (1, 1)
    opened = client.get(response.url).context["open_criterion"]
    assert opened == criteria[1].pk


@pytest.mark.parametrize("value", ["11", "-1", "7.5", "семь", "", "1e1", "٣٣"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_forged_mark_is_refused_and_changes_nothing(client, sheet, criteria, value, headers):
    Score.objects.create(assignment=sheet, criterion=criteria[0], value=4, saved_at=sheet.assigned_at)

    response = client.post(save_url(sheet, criteria[0]), {"value": value}, headers=headers)

    assert response.status_code == 422
    assert list(sheet.scores.values_list("value", flat=True)) == [4]


def test_overlong_comment_is_refused_and_named(client, sheet, criteria):
    response = client.post(save_url(sheet, criteria[0]), {"comment": "я" * 5001}, headers=HTMX)

    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_request_without_mark_and_comment_is_refused(client, sheet, criteria):
    assert client.post(save_url(sheet, criteria[0]), {}, headers=HTMX).status_code == 422


def test_criterion_of_another_year_does_not_exist(client, sheet):
    foreign = CriterionFactory(contest=ContestFactory(year=2020))

    assert client.post(save_url(sheet, foreign), {"value": 5}).status_code == 404


@pytest.mark.parametrize(("headers", "template"), [({}, "403.html"), (HTMX, "judging/_score_saved.html")])
def test_closed_window_is_said_in_a_sentence(client, sheet, criteria, contest, headers, template, english):
    contest.judging_closes_at = timezone.now() - timedelta(seconds=1)
    contest.save()

    response = client.post(save_url(sheet, criteria[0]), {"value": 5}, headers=headers)

    assert response.status_code == 403
    assert template in [used.name for used in response.templates]
    assert not Score.objects.exists()
    read_only = client.get(page(sheet)).content.decode()
    assert 'name="value"' not in read_only


def test_finish_asks_for_every_criterion_and_closes_the_sheet(client, sheet, criteria):
    client.post(save_url(sheet, criteria[0]), {"value": 9}, headers=HTMX)
    early = client.post(deed("finish", sheet), follow=True)
    sheet.refresh_from_db()
    assert sheet.finished_at is None
    assert len(messages_of(early)) == 1

    client.post(save_url(sheet, criteria[1]), {"value": 7}, headers=HTMX)
    assert client.post(deed("finish", sheet)).status_code == 302
    assert client.post(deed("finish", sheet)).status_code == 302
    sheet.refresh_from_db()
    assert sheet.finished_at is not None
    assert client.post(save_url(sheet, criteria[0]), {"value": 1}, headers=HTMX).status_code == 403
    assert 'name="value"' not in client.get(page(sheet)).content.decode()


def test_recusal_wants_a_reason_and_takes_the_practice_away(client, sheet, criteria):
    assert client.post(deed("recuse", sheet), {"reason": ""}).status_code == 422
    sheet.refresh_from_db()
    assert sheet.recused_at is None

    response = client.post(deed("recuse", sheet), {"reason": "Работали вместе"}, follow=True)

    assert response.redirect_chain == [(reverse("admin:jury_desk"), 302)]
    sheet.refresh_from_db()
    assert sheet.recusal_reason == "Работали вместе"
    assert client.get(page(sheet)).status_code == 404
    assert page(sheet) not in response.content.decode()


# --- What colleagues do is not to be seen ----------------------------------------------------------


@pytest.fixture
def colleague(contest, sheet, criteria):
    """A colleague's finished sheet of the same application, and an open one of another that both judge."""
    juror = JurorFactory(contest=contest)
    finished = AssignmentFactory(juror=juror, application=sheet.application, finished=True, marks=[10, 10])
    Comment.objects.create(
        assignment=finished, criterion=criteria[0], text="Слово коллеги", saved_at=finished.assigned_at
    )
    other = ApplicationFactory(contest=contest, admitted=True)
    PassportFactory(application=other)
    AssignmentFactory(juror=sheet.juror, application=other, declared=True)
    AssignmentFactory(juror=juror, application=other, declared=True, marks=[3])
    return juror


def seen_by(client, sheet):
    """Every page and every answer that a juror can get, byte for byte, but for the token against forgery."""
    client.cookies["csrftoken"] = "x" * 32
    urls = [reverse("admin:jury_desk"), reverse("admin:sheet_next"), page(sheet), page(sheet) + "?criterion=1"]
    urls += [reverse("admin:jury_desk") + "?state=" + state for state in ("open", "draft", "finished")]
    answers = [client.get(url) for url in urls]
    return [(a.status_code, a.get("Location"), a.get("ETag"), _without_tokens(a.content)) for a in answers]


def _without_tokens(content):
    return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", content)


def change_everything(colleague):
    """Other marks, other words, other moments, one mark more."""
    later = timezone.now()
    Score.objects.filter(assignment__juror=colleague).update(value=1, saved_at=later)
    Comment.objects.filter(assignment__juror=colleague).update(text="Другие слова", saved_at=later)
    for open_sheet in colleague.assignments.filter(finished_at__isnull=True):
        Score.objects.create(
            assignment=open_sheet,
            criterion=colleague.contest.criteria.order_by("order").last(),
            value=9,
            saved_at=later,
        )


def test_colleagues_marks_leave_no_trace_before_the_end_and_show_after_it(client, sheet, criteria, colleague):
    before = seen_by(client, sheet)
    change_everything(colleague)
    assert seen_by(client, sheet) == before
    assert "Другие слова" not in before[2][3].decode()

    for criterion in criteria:
        Score.objects.update_or_create(
            assignment=sheet, criterion=criterion, defaults={"value": 5, "saved_at": sheet.assigned_at}
        )
    client.post(deed("finish", sheet))
    after = client.get(page(sheet)).content.decode()

    assert "Другие слова" in after
    assert client.get(page(sheet)).context["colleagues"][0].score == 1


def test_colleagues_unfinished_sheets_stay_unseen_even_then(client, sheet, contest, criteria):
    AssignmentFactory(juror=JurorFactory(contest=contest), application=sheet.application, declared=True, marks=[3, 3])
    for criterion in criteria:
        client.post(save_url(sheet, criterion), {"value": 5}, headers=HTMX)
    client.post(deed("finish", sheet))

    assert client.get(page(sheet)).context["colleagues"] == []


# --- The desk --------------------------------------------------------------------------------------


def test_desk_lists_ones_own_by_urgency_and_links_no_recused_one(client, juror, contest, criteria):
    def assignment(**state):
        return AssignmentFactory(juror=juror, application=ApplicationFactory(contest=contest, admitted=True), **state)

    recused = assignment(recused_at=timezone.now(), recusal_reason="Знакомы")
    finished = assignment(finished=True, marks=[1, 2])
    fresh = assignment()
    begun = assignment(declared=True, marks=[1])
    withdrawn = assignment()
    withdrawn.application.status = "withdrawn"
    withdrawn.application.save()
    AssignmentFactory(juror=JurorFactory(contest=contest), application=fresh.application)

    response = client.get(reverse("admin:jury_desk"))

    assert [sheet.assignment.pk for sheet in response.context["rows"]] == [begun.pk, fresh.pk, finished.pk, recused.pk]
    assert response.context["counts"] == {"all": 4, "open": 2, "draft": 1, "finished": 1}
    assert page(recused) not in response.content.decode()
    drafts = client.get(reverse("admin:jury_desk"), {"state": "draft"}).context["rows"]
    assert [sheet.assignment.pk for sheet in drafts] == [begun.pk]


def test_next_leads_to_the_least_scored_and_home_when_all_is_done(client, juror, contest, criteria):
    popular, lonely = (ApplicationFactory(contest=contest, admitted=True) for _index in range(2))
    own = [AssignmentFactory(juror=juror, application=application) for application in (popular, lonely)]
    AssignmentFactory(juror=JurorFactory(contest=contest), application=popular, finished=True, marks=[1, 1])

    url = reverse("admin:sheet_next")
    assert client.get(url).url == page(own[1])
    assert client.get(url, {"after": own[1].pk}).url == page(own[0])
    assert client.get(url, {"after": "нет"}).url == page(own[1])

    juror.assignments.update(declared_at=timezone.now(), finished_at=timezone.now())
    assert client.get(url).url == reverse("admin:jury_desk")


@pytest.mark.parametrize("count", [1, 5])
def test_desk_costs_the_same_for_one_and_for_many(count, client, juror, contest, criteria, django_assert_num_queries):
    for _index in range(count):
        AssignmentFactory(
            juror=juror, application=ApplicationFactory(contest=contest, admitted=True), declared=True, marks=[1, 2]
        )

    with django_assert_num_queries(11):
        client.get(reverse("admin:jury_desk"))


@pytest.mark.parametrize("count", [1, 5])
def test_sheet_costs_the_same_beside_one_and_many_colleagues(
    count, client, sheet, contest, criteria, django_assert_num_queries
):
    for _index in range(count):
        AssignmentFactory(
            juror=JurorFactory(contest=contest), application=sheet.application, finished=True, marks=[1, 2]
        )
    sheet.finished_at = sheet.declared_at
    sheet.save()

    with django_assert_num_queries(25):
        client.get(page(sheet))

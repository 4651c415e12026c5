"""The organiser's way in Chromium: read, return, admit, assign, announce; and how the pages look on every width."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from competition.enums import Status
from judging.models import Assignment, Score
from practices.models import Practice, Remark
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContestFactory,
    CriterionFactory,
    JurorFactory,
    PassportFactory,
    TrackFactory,
    UserFactory,
)


@pytest.fixture
def contest():
    now = timezone.now()
    contest = ContestFactory(
        year=2026,
        announced_at=None,
        judging_opens_at=now - timedelta(days=20),
        judging_closes_at=now - timedelta(days=1),
    )
    TrackFactory(contest=contest, opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=30))
    CriterionFactory(contest=contest, order=1, title="Результативность")
    return contest


@pytest.fixture
def submitted(contest):
    application = ApplicationFactory(
        contest=contest,
        status=Status.SUBMITTED,
        submitted_at=timezone.now(),
        number="2026-0700",
        title="Школа чтения для всех дворов",
    )
    PassportFactory(application=application, answers={"background": "я" * 2000, "goals": "Читать вслух."})
    return application


@pytest.fixture
def page(new_context, live_server):
    client = Client()
    client.force_login(UserFactory(is_staff=True, name="Организатор"))
    context = new_context()
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return context.new_page()


def test_application_is_returned_with_a_remark(page, live_server, submitted):
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_role("link", name="Рассмотреть заявки").click()
    page.get_by_role("link", name="Школа чтения для всех дворов").click()
    page.get_by_text("Вернуть на доработку").click()
    page.get_by_role("button", name="Вернуть с замечаниями").click()
    expect(page.get_by_role("alert")).to_contain_text("Напишите замечание")

    page.locator("summary", has_text="Замечание к разделу 7").click()
    page.get_by_label("Замечание к разделу 7").fill("Назовите срок")
    page.get_by_role("button", name="Вернуть с замечаниями").click()

    expect(page.get_by_role("status").first).to_contain_text("возвращена")
    expect(page.locator("#s7")).to_contain_text("Назовите срок")
    assert list(Remark.objects.values_list("code", "text")) == [("goals", "Назовите срок")]


def test_application_goes_from_admission_to_the_bank(page, live_server, submitted, contest):
    juror = JurorFactory(contest=contest, user=UserFactory(name="Эксперт Первый"))
    JurorFactory(contest=contest, user=UserFactory(name="Сосед"), territory=submitted.territory)

    page.goto(live_server.url + reverse("admin:application_review", args=[submitted.key]))
    page.get_by_role("button", name="Допустить заявку").click()
    expect(page.get_by_label("Сосед")).to_be_disabled()
    page.get_by_label("Эксперт Первый").check()
    page.get_by_role("button", name="Назначить отмеченных").click()
    expect(page.get_by_text("Эксперт Первый: не начал")).to_be_visible()

    page.get_by_role("link", name="Итоги", exact=True).click()
    expect(page.get_by_role("button", name="Объявить итоги")).to_be_disabled()
    sheet = Assignment.objects.get(juror=juror)
    Score.objects.create(assignment=sheet, criterion=contest.criteria.get(), value=8, saved_at=timezone.now())
    Assignment.objects.update(declared_at=timezone.now(), finished_at=timezone.now())
    page.reload()
    page.get_by_label("Награда: Школа чтения для всех дворов").select_option("Лауреат")
    page.get_by_role("button", name="Объявить итоги").click()

    expect(page.get_by_role("status").first).to_contain_text("Итоги объявлены")
    assert list(Practice.objects.published().values_list("title", "award")) == [
        ("Школа чтения для всех дворов", "laureate")
    ]


def test_nothing_scrolls_sideways_and_axe_is_content(page, live_server, contest, submitted, faults):
    jurors = [JurorFactory(contest=contest) for _index in range(3)]
    for _index in range(2):
        application = ApplicationFactory(contest=contest, admitted=True, title="Дружные соседи — дружный город")
        PassportFactory(application=application)
        for juror, mark in zip(jurors, (7, 9, 4), strict=True):
            AssignmentFactory(juror=juror, application=application, finished=True, marks=[mark])
        AssignmentFactory(juror=JurorFactory(contest=contest), application=application)

    for name, *arguments in [
        ("index",),
        ("application_desk",),
        ("application_review", submitted.key),
        ("application_review", application.key),
        ("jury_assign", 2026),
        ("results", 2026),
        ("result_sheets", 2026, application.key),
    ]:
        page.goto(live_server.url + reverse(f"admin:{name}", args=arguments))
        assert faults(page) == [], name


def test_plain_pages_run_under_the_strict_policy(page, live_server, contest):
    """The listening context complains of every refusal; axe is left out, for it is refused itself beside jQuery."""
    page.goto(live_server.url + reverse("admin:competition_contest_changelist"))
    page.get_by_role("link", name="2026", exact=True).first.click()
    page.get_by_text("Добавить еще один Номинация").click()
    page.locator("#id_nominations-0-title").fill("Экология")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("2026")
    assert list(contest.nominations.values_list("title", flat=True)) == ["Экология"]

    page.goto(live_server.url + reverse("admin:judging_juror_add"))
    expect(page.locator("#id_user")).to_be_visible()

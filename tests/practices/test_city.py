"""The coordinator of a city: sees what the owners agree to, without what is personal, and writes to owners."""

from datetime import timedelta

import lxml.html
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from competition.enums import Role, Status
from competition.models import Application
from competition.services import hide_from_city, show_to_city
from practices.models import PassportSection
from tests.factories import (
    ApplicationFactory,
    CoordinatorFactory,
    PassportFactory,
    TeamMemberFactory,
    UserFactory,
    whole_answers,
)

pytestmark = pytest.mark.django_db

CITY = reverse("practices:city_list")


def main(response):
    return " ".join(lxml.html.fromstring(response.content.decode()).get_element_by_id("main").text_content().split())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def shown(whole, applicant, now):
    """A draft that its owner shows to the city."""
    show_to_city(whole.application, by=applicant, at=now)
    return whole


@pytest.fixture
def coordinator(whole):
    return CoordinatorFactory(territory=whole.application.territory, user__name="Координатор").user


@pytest.fixture
def desk(coordinator):
    return signed_in(coordinator)


@pytest.fixture
def page_url(whole):
    return reverse("practices:city_application", args=[whole.application.key])


def test_owner_shows_and_hides_by_the_page_of_the_team(clerk, desk, whole, page_url):
    consent = reverse("competition:city_consent", args=[whole.application.key])
    assert desk.get(page_url).status_code == 404

    clerk.post(consent, {"do": "show"})
    assert desk.get(page_url).status_code == 200
    assert whole.application.title in main(desk.get(CITY))

    clerk.post(consent, {"do": "hide"})
    assert desk.get(page_url).status_code == 404
    assert whole.application.title not in main(desk.get(CITY))


def test_owner_reads_who_will_see_it(clerk, coordinator, whole):
    team = reverse("competition:team", args=[whole.application.key])

    text = main(clerk.get(team))
    assert "Координатор" in text
    assert "Показать координатору города" in text


def test_a_coordinator_of_another_city_sees_nothing(shown, page_url):
    elsewhere = signed_in(CoordinatorFactory().user)

    assert elsewhere.get(page_url).status_code == 404
    assert shown.application.title not in main(elsewhere.get(CITY))


@pytest.mark.parametrize("who", ["stranger", "owner", "editor", "organiser"])
def test_the_pages_are_the_coordinators(who, shown, applicant, page_url):
    person = {
        "stranger": UserFactory,
        "owner": lambda: applicant,
        "editor": lambda: TeamMemberFactory(application=shown.application).user,
        "organiser": lambda: UserFactory(is_staff=True),
    }[who]()

    assert signed_in(person).get(CITY).status_code == 403
    assert signed_in(person).get(page_url).status_code == 404


def test_coordinator_opens_no_other_page_of_the_application(desk, shown):
    names = ["application_detail", "passport_preview", "application_withdraw", "import_upload"]

    for name in names:
        assert desk.get(reverse(f"practices:{name}", args=[shown.application.key])).status_code == 404
    for code in ("goals", "contacts"):
        assert desk.get(reverse("practices:section_edit", args=[shown.application.key, code])).status_code == 404
    assert desk.get(reverse("competition:team", args=[shown.application.key])).status_code == 404


def test_coordinator_reads_neither_team_nor_contacts_nor_addresses(applicant, open_track, now):
    contacts = [{"person": "Тайна", "contact": "t@example.org"}]
    answers = {**whole_answers(), "goals": "Цель", "team": "Секретная команда", "contacts": contacts}
    application = ApplicationFactory(contest=open_track.contest, track=open_track, owner=applicant)
    PassportFactory(application=application, answers=answers)
    show_to_city(application, by=applicant, at=now)
    desk = signed_in(CoordinatorFactory(territory=application.territory).user)

    read = desk.get(reverse("practices:city_application", args=[application.key])).content.decode()
    listed = desk.get(CITY).content.decode()

    assert "Цель" in read
    assert applicant.name in listed
    assert not {word for word in ("Секретная", "Тайна", "t@example.org", applicant.email) if word in read + listed}


def test_stuck_ones_come_first(desk, coordinator, shown, applicant, open_track, now):
    busy = ApplicationFactory(
        contest=open_track.contest,
        track=open_track,
        territory=shown.application.territory,
        owner=applicant,
        title="А пишется",
    )
    stuck = ApplicationFactory(
        contest=open_track.contest,
        track=open_track,
        territory=shown.application.territory,
        owner=applicant,
        title="Я застряла",
    )
    for application in (busy, stuck):
        PassportFactory(application=application)
        show_to_city(application, by=applicant, at=now)
    Application.objects.filter(pk=stuck.pk).update(created_at=now - timedelta(days=7))

    rows = lxml.html.fromstring(desk.get(CITY).content.decode()).xpath("//tbody/tr")

    texts = [" ".join(row.text_content().split()) for row in rows]
    assert "Я застряла" in texts[0]
    assert "Застряла" in texts[0]
    assert "7 дней назад" in texts[0]
    assert all("Застряла" not in text for text in texts[1:])


def test_coordinator_writes_to_the_owner_a_few_times(
    desk, shown, applicant, page_url, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(page_url, {"text": "Помочь с показателями?"})

    assert response.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [applicant.email]
    assert "Помочь с показателями?" in letter.body
    for _again in range(2):
        desk.post(page_url, {"text": "Ещё"})
    refused = desk.post(page_url, {"text": "Ещё раз"})
    assert refused.status_code == 422
    assert "Напишите завтра" in main(refused)
    assert desk.post(page_url, {"text": " "}).status_code == 422


def test_writing_ends_with_the_consent(desk, shown, applicant, page_url):
    hide_from_city(shown.application, by=applicant)

    assert desk.post(page_url, {"text": "Ещё тут?"}).status_code == 404
    assert not shown.application.notes.exists()


def test_filed_and_withdrawn_ones_show_their_state(desk, shown, page_url, now):
    Application.objects.filter(pk=shown.application.pk).update(status=Status.WITHDRAWN)

    assert "Отозвана" in main(desk.get(page_url))
    assert "Что осталось" not in main(desk.get(page_url))


def test_list_leads_the_coordinator_to_the_city(desk, shown):
    links = lxml.html.fromstring(desk.get(reverse("practices:application_list")).content.decode()).xpath("//@href")

    assert CITY in links


def test_removed_coordinator_sees_nothing(desk, coordinator, shown, page_url):
    coordinator.coordinated.all().delete()

    assert desk.get(page_url).status_code == 404
    assert desk.get(CITY).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_many(
    desk, whole, applicant, open_track, now, count, django_assert_num_queries
):
    for _index in range(count):
        application = ApplicationFactory(
            contest=open_track.contest, track=open_track, territory=whole.application.territory, owner=applicant
        )
        PassportFactory(application=application, answers=whole_answers())
        TeamMemberFactory(application=application, role=Role.READER)
        show_to_city(application, by=applicant, at=now)

    with django_assert_num_queries(8):
        response = desk.get(CITY)

    assert len(lxml.html.fromstring(response.content.decode()).xpath("//tbody/tr")) == count


def test_reading_writes_nothing(desk, shown, page_url):
    before = list(PassportSection.objects.values_list("version", flat=True))

    desk.get(page_url)

    assert list(PassportSection.objects.values_list("version", flat=True)) == before

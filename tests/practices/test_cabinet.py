"""The applicant's cabinet page by page, as a browser without JavaScript sees it."""

from datetime import timedelta

import lxml.html
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from competition.enums import OrganisationKind, Status
from competition.models import Application, Membership, Organisation
from practices.models import Passport
from practices.services import return_with_remarks, submit_passport
from tests.factories import (
    ApplicationFactory,
    NominationFactory,
    OrganisationFactory,
    PassportFactory,
    PracticeFactory,
    TerritoryFactory,
    UserFactory,
    whole_answers,
)

pytestmark = pytest.mark.django_db

LIST, START = reverse("practices:application_list"), reverse("practices:application_start")


def page(response):
    return lxml.html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def main(response):
    return words(page(response).get_element_by_id("main"))


# --- The list --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_many(clerk, open_track, applicant, count, django_assert_num_queries):
    for _index in range(count):
        application = ApplicationFactory(contest=open_track.contest, track=open_track, owner=applicant)
        PassportFactory(application=application, answers=whole_answers())

    with django_assert_num_queries(9):  # session, person, five of the passports with their teams, tracks, cities
        response = clerk.get(LIST)

    assert len(page(response).xpath("//tbody/tr")) == count


def test_list_shows_own_applications_with_state_and_progress(clerk, draft, whole, applicant, now):
    PassportFactory(application=ApplicationFactory(title="Чужая"))
    filed = submit_passport(whole, consent=True, by=applicant, at=now)

    rows = [words(row) for row in page(clerk.get(LIST)).xpath("//tbody/tr")]

    assert len(rows) == 2
    assert "Отправлена" in rows[0]
    assert filed.number in rows[0]
    assert "1 из 22 разделов" in rows[1]
    assert "Черновик" in rows[1]


def test_empty_list_shows_the_two_ways_to_begin(clerk, open_track):
    links = page(clerk.get(LIST)).xpath("//div[@class='empty']//a/@href")

    assert links == [f"{START}?way=word", START]


def test_empty_list_without_a_window_leads_to_the_bank(clerk, applicant):
    response = clerk.get(LIST)

    assert "Сейчас приёма заявок нет" in main(response)
    assert reverse("practices:bank") in page(response).xpath("//div[@class='empty']//a/@href")


def test_list_names_returned_applications_first(clerk, whole, applicant, organiser, now):
    filed = submit_passport(whole, consent=True, by=applicant, at=now)
    return_with_remarks(filed, {"costs": "Уточните."}, by=organiser, at=now)

    assert "Организатор вернул заявку: 1 раздел с замечаниями" in main(clerk.get(LIST))


# --- Starting --------------------------------------------------------------------------------------


@pytest.fixture
def answers(open_track, nomination):
    """What a person fills in to start."""
    return {
        "track": open_track.pk,
        "title": "  Ярмарка\tсоседей ",
        "nomination": nomination.pk,
        "territory": TerritoryFactory().pk,
        "organisation": "nobody",
    }


def test_start_makes_a_draft_with_an_empty_passport(clerk, answers, applicant):
    response = clerk.post(START, answers)

    passport = Passport.objects.get()
    assert response.url == reverse("practices:application_detail", args=[passport.application.key])
    assert (passport.application.owner, passport.application.title) == (applicant, "Ярмарка соседей")
    assert passport.application.organisation is None
    assert passport.sections.count() == 23


def test_start_with_word_leads_to_the_upload(clerk, answers):
    response = clerk.post(START, {**answers, "way": "word"})

    assert response.url == reverse("practices:import_upload", args=[Application.objects.get().key])


def test_start_registers_a_new_organisation(clerk, answers, applicant):
    new = {"organisation": "new", "organisation_name": " ТОС  «Берег» ", "organisation_kind": "self_government"}

    clerk.post(START, {**answers, **new})

    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.kind) == ("ТОС «Берег»", OrganisationKind.SELF_GOVERNMENT)
    assert list(organisation.members.all()) == [applicant]
    assert Application.objects.get().organisation == organisation


def test_start_offers_own_organisations_only(clerk, answers, applicant):
    own, foreign = OrganisationFactory(), OrganisationFactory()
    Membership.objects.create(organisation=own, user=applicant)

    offered = page(clerk.get(START)).xpath("//input[@name='organisation']/@value")
    refused = clerk.post(START, {**answers, "organisation": foreign.pk})
    clerk.post(START, {**answers, "organisation": own.pk})

    assert offered == [str(own.pk), "new", "nobody"]
    assert refused.status_code == 422
    assert Application.objects.get().organisation == own


def test_start_of_an_adoption_needs_a_practice_of_the_bank(clerk, answers, adoption_track):
    hidden, donor = PracticeFactory(published_at=None), PracticeFactory(title="Год МАФ")
    adopting = {**answers, "track": adoption_track.pk}

    for wrong in ({}, {"donor": hidden.pk}, {"donor": "год маф"}):
        assert clerk.post(START, {**adopting, **wrong}).status_code == 422
    assert not Application.objects.exists()

    clerk.post(START, {**adopting, "donor": donor.pk})
    assert Passport.objects.get().donor == donor


def test_start_takes_no_donor_in_the_other_track(clerk, answers, adoption_track):
    clerk.post(START, {**answers, "donor": PracticeFactory().pk})

    assert Passport.objects.get().donor is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " "},
        {"title": "о" * 501},
        {"title": "а\x00б"},
        {"nomination": ""},
        {"nomination": "\x00"},
        {"nomination": "9" * 30},
        {"territory": "Певек"},
        {"track": "-1"},
        {"organisation": "всё равно"},
        {"organisation": "new"},
        {"organisation": "new", "organisation_name": "ТОС", "organisation_kind": "government"},
        {"organisation": "new", "organisation_name": "о" * 301, "organisation_kind": "ngo"},
    ],
)
def test_start_with_bad_input_says_what_is_wrong_and_makes_nothing(clerk, answers, wrong):
    response = clerk.post(START, {**answers, **wrong})

    assert response.status_code == 422
    assert page(response).xpath("//*[@role='alert']")
    assert (Application.objects.count(), Organisation.objects.count()) == (0, 0)


def test_start_refuses_a_nomination_of_another_year(clerk, answers):
    response = clerk.post(START, {**answers, "nomination": NominationFactory().pk})

    assert response.status_code == 422
    assert not Application.objects.exists()


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 403)])
def test_start_without_an_open_window(clerk, open_track, answers, now, method, status):
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()

    response = getattr(clerk, method)(START, answers)

    assert response.status_code == status
    assert "Сейчас приёма заявок нет" in main(response)
    assert not Application.objects.exists()


# --- The overview ----------------------------------------------------------------------------------


def test_overview_lists_the_sections_with_their_states(clerk, draft, url):
    rows = [words(row) for row in page(clerk.get(url("application_detail", draft))).xpath("//ol[@class='slist']/li")]

    assert len(rows) == 23
    assert rows[0] == "1 Наименование практики Готов"
    assert rows[2].endswith("Для этого направления не нужен, можно не заполнять Не требуется")
    assert rows[6] == "7 Цели и задачи Ещё не начат Пусто"
    assert "Контакты увидит только организатор" in rows[22]


def test_overview_names_what_is_left_with_links(clerk, draft, write, url):
    write(draft, "background", "ы" * 2000)

    left = page(clerk.get(url("application_detail", draft))).xpath("//ul[contains(@class,'checks')]/li")
    links = {link for item in left for link in item.xpath(".//a/@href")}

    assert "Заполнить: Раздел 2. Наименование территории" in words(left[0])
    assert url("section_edit", draft, "contacts") in links
    assert url("section_edit", draft, "title") not in links
    assert "Длиннее нормы. Отправить можно" in words(left[-1])


def test_overview_counts_what_the_track_asks_for(clerk, whole, url):
    panel = page(clerk.get(url("application_detail", whole))).xpath("//div[@class='panel']")[0]

    assert "из 22 разделов готово" in words(panel)
    assert "Всё обязательное заполнено" in words(panel)
    assert "не требуется: 1" in words(panel)


@pytest.mark.parametrize(("zone", "told"), [("Europe/Moscow", False), ("Asia/Anadyr", True)])
def test_overview_tells_the_deadline_on_the_citys_clock_where_it_differs(clerk, draft, url, zone, told):
    city = draft.application.territory
    city.time_zone = zone
    city.save()

    panel = words(page(clerk.get(url("application_detail", draft))).xpath("//div[@class='panel']")[0])

    assert "МСК" in panel
    assert ("(МСК+9)" in panel) is told


def test_overview_shows_the_consent_in_full(clerk, draft, url):
    response = clerk.get(url("application_detail", draft))

    assert "Согласен на обработку." in main(response)
    assert "в том числе в разделах 21, 23" in main(response)


def test_overview_of_a_returned_application_begins_with_the_remarks(clerk, whole, applicant, organiser, now, url):
    filed = submit_passport(whole, consent=True, by=applicant, at=now)
    return_with_remarks(filed, {"costs": "Назовите единицу."}, by=organiser, at=now, reason="Почти готово.")

    response = clerk.get(url("application_detail", whole))

    (callout,) = page(response).xpath("//div[contains(@class,'callout-bad')]")
    assert words(callout) == (
        "1 раздел с замечаниями организатора Почти готово. Раздел 19. Затраты на реализацию — Назовите единицу."
    )
    assert page(response).xpath("//button[contains(., 'Отправить заявку снова')]")


def test_overview_of_a_closed_draft_says_why_and_offers_no_button(clerk, draft, open_track, now, url):
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()

    response = clerk.get(url("application_detail", draft))

    assert "закончился" in main(response)
    assert not page(response).xpath("//form[contains(@action, 'submit')]")


def test_overview_costs_a_constant_number_of_queries(clerk, whole, applicant, organiser, now, url):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            clerk.get(url("application_detail", whole))
        return len(captured)

    before = queries()
    filed = submit_passport(whole, consent=True, by=applicant, at=now)
    return_with_remarks(filed, {"costs": "Раз.", "goals": "Два."}, by=organiser, at=now)

    assert queries() == before <= 16


def test_preview_shows_every_answer(clerk, whole, url):
    text = main(clerk.get(url("passport_preview", whole)))

    assert "Ответ: Цели и задачи" in text
    assert "Объём затрат, 1" in text
    assert "В разделах 21, 23 персональные данные" in text


# --- Filing ----------------------------------------------------------------------------------------


def test_submitting_gives_number_letter_and_a_page_that_says_so(clerk, whole, url, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = clerk.post(url("application_submit", whole), {"consent": "on"}, follow=True)

    whole.application.refresh_from_db()
    assert whole.application.status == Status.SUBMITTED
    assert whole.application.number in words(page(response).xpath("//div[@class='panel']")[0])
    assert "Отправлена" in main(response)
    assert page(response).xpath("//a[contains(., 'Отозвать заявку')]")
    assert len(mail.outbox) == 1


def test_submitting_twice_files_one_and_both_see_it_filed(clerk, whole, url, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pages = [clerk.post(url("application_submit", whole), {"consent": "on"}, follow=True) for _press in range(2)]

    whole.application.refresh_from_db()
    assert all(whole.application.number in main(response) for response in pages)
    assert "Заявка уже отправлена" in main(pages[1])
    assert whole.application.moves.count() == 1
    assert len(mail.outbox) == 1


def test_submitting_an_unfinished_one_names_the_sections(clerk, draft, url):
    response = clerk.post(url("application_submit", draft), {"consent": "on"})

    assert response.status_code == 422
    (alert,) = page(response).xpath("//div[@role='alert']")
    assert "Заявка не отправлена" in words(alert)
    assert url("section_edit", draft, "goals") in alert.xpath(".//a/@href")
    draft.application.refresh_from_db()
    assert draft.application.status == Status.DRAFT


def test_submitting_without_the_consent_asks_for_it(clerk, whole, url):
    response = clerk.post(url("application_submit", whole))

    assert response.status_code == 422
    assert "Без согласия" in words(page(response).xpath("//div[@role='alert']")[0])
    whole.application.refresh_from_db()
    assert whole.application.status == Status.DRAFT


def test_submitting_after_the_deadline_is_refused_with_the_reason(clerk, whole, open_track, now, url):
    open_track.closes_at = now - timedelta(seconds=1)
    open_track.save()

    response = clerk.post(url("application_submit", whole), {"consent": "on"})

    assert response.status_code == 403
    assert "закончился" in main(response)
    whole.application.refresh_from_db()
    assert whole.application.number == ""


def test_filing_is_asked_for_by_post_alone(clerk, whole, url):
    assert clerk.get(url("application_submit", whole)).status_code == 405


# --- Withdrawing -----------------------------------------------------------------------------------


def test_withdrawing_asks_first_and_then_does(clerk, draft, url):
    assert "Отозвать заявку?" in main(clerk.get(url("application_withdraw", draft)))
    draft.application.refresh_from_db()
    assert draft.application.status == Status.DRAFT

    for _press in range(2):
        response = clerk.post(url("application_withdraw", draft), {"reason": "Передумали"}, follow=True)

    assert "Отозвана" in main(response)
    assert "Передумали" in main(response)
    assert draft.application.moves.count() == 1


@pytest.mark.parametrize("reason", ["а" * 1001, "а\x00"])
def test_withdrawing_with_a_bad_reason_changes_nothing(clerk, draft, url, reason):
    assert clerk.post(url("application_withdraw", draft), {"reason": reason}).status_code == 422

    draft.application.refresh_from_db()
    assert draft.application.status == Status.DRAFT


def test_withdrawing_after_the_announcement_is_refused(clerk, draft, season, url):
    season.announced_at = timezone.now()
    season.save()

    assert clerk.post(url("application_withdraw", draft)).status_code == 403


# --- Strangers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "application_detail"),
        ("get", "passport_preview"),
        ("post", "application_submit"),
        ("get", "application_withdraw"),
        ("post", "application_withdraw"),
        ("get", "import_upload"),
        ("post", "import_upload"),
    ],
)
def test_an_application_does_not_exist_for_strangers(client, whole, url, method, name):
    client.force_login(UserFactory())

    assert getattr(client, method)(url(name, whole), {"consent": "on"}).status_code == 404

    whole.application.refresh_from_db()
    assert whole.application.status == Status.DRAFT


def test_organiser_reads_a_filed_application_and_cannot_write_it(client, whole, applicant, organiser, now, url):
    submit_passport(whole, consent=True, by=applicant, at=now)
    client.force_login(organiser)

    assert client.get(url("application_detail", whole)).status_code == 200
    assert client.post(url("application_withdraw", whole)).status_code == 403
    assert client.post(url("section_edit", whole, "goals"), {"version": 0, "text-0": "Чужое"}).status_code == 403


@pytest.mark.parametrize("is_strict", [False, True])
def test_over_long_answer_stops_the_submission_only_where_the_form_is_strict(whole, write, clerk, url, is_strict):
    write(whole, "background", {"blocks": [{"text": "ы" * 1000}, {"table": [["ы" * 801]]}]})
    whole.edition.sections.filter(code="background").update(limit_is_strict=is_strict)

    response = clerk.post(url("application_submit", whole), {"consent": "on"})

    assert response.status_code == (422 if is_strict else 302)
    assert whole.sections.get(code="background").content["blocks"][1] == {"table": [["ы" * 801]]}
    if is_strict:
        assert "Сократить:" in response.content.decode()

"""Consents on their pages and at submission, and what comes of them in the bank."""

import pytest
from django.urls import reverse

from competition.enums import Category, Status
from competition.models import Application, Consent, ConsentClause, TeamMember
from practices import services
from practices.documents.pdf import practice_document
from tests.factories import PassportFactory, PracticeFactory, UserFactory, whole_answers
from tests.person import Person

pytestmark = pytest.mark.django_db

TEAM = "Команда: Агния Ветлугина"


@pytest.fixture
def clauses(season):
    season.publication_text = "Я разрешаю публикацию."
    season.save()
    for category, text in ((Category.TEAM, "Можно назвать команду."), (Category.PHOTOS, "Можно показать снимки.")):
        ConsentClause.objects.create(contest=season, category=category, text=text)


@pytest.fixture
def owner(applicant):
    person = Person()
    person.client.force_login(applicant)
    return person


@pytest.fixture
def public(whole, season, now):
    """A practice in the bank whose passport names its team."""
    Application.objects.filter(pk=whole.application.pk).update(
        status=Status.ADMITTED, submitted_at=now, number="2026-0001"
    )
    whole.sections.filter(code="team").update(content={"blocks": [{"text": TEAM}]})
    return PracticeFactory(passport=whole, contest=season, published_at=now)


def agree(application, *categories, by, at):
    return services.choose_publication(application, categories, by=by, at=at)


# --- At submission -----------------------------------------------------------------------------------


def test_filing_asks_for_the_publication_apart_and_ticks_nothing(owner, whole, clauses):
    owner.open(whole.application.get_absolute_url())

    boxes = owner.page.xpath("//input[@type='checkbox']")
    assert {box.get("value", box.get("name")) for box in boxes} == {"consent", "team", "photos"}
    assert [box for box in boxes if box.get("checked") is not None] == []
    owner.press("Отправить заявку", consent="on")

    assert [consent.kind for consent in Consent.objects.all()] == ["processing"]


def test_filing_accepts_the_categories_that_were_ticked(owner, whole, clauses):
    owner.open(whole.application.get_absolute_url()).press("Отправить заявку", consent="on", categories="team")

    processing, publication = Consent.objects.order_by("kind")
    assert processing.text == "Согласен на обработку."
    assert publication.text == "Я разрешаю публикацию.\n\nМожно назвать команду."
    assert publication.categories == ["team"]


def test_publication_without_the_processing_files_nothing(owner, whole, clauses):
    owner.open(whole.application.get_absolute_url()).press("Отправить заявку", categories="team")

    assert owner.status == 422
    assert not Consent.objects.exists()
    assert owner.page.xpath("//input[@value='team']/@checked")


def test_words_that_changed_meanwhile_are_read_anew(owner, whole, clauses, season):
    owner.open(whole.application.get_absolute_url())
    season.consent_text = "Согласен на всё."
    season.save()

    owner.press("Отправить заявку", consent="on")

    assert owner.status == 422
    assert "изменился" in owner.text
    assert not Consent.objects.exists()
    owner.press("Отправить заявку", consent="on")
    assert Consent.objects.get().text == "Согласен на всё."


def test_filing_again_leaves_the_publication_as_it_was_chosen(owner, whole, clauses, applicant, organiser, now):
    agree(whole.application, "team", by=applicant, at=now)

    owner.open(whole.application.get_absolute_url())
    assert not owner.page.xpath("//input[@value='team']")
    owner.press("Отправить заявку", consent="on")

    assert Consent.objects.to_publication().in_force().get().categories == ["team"]


# --- The page of consents --------------------------------------------------------------------------


def test_the_owner_gives_changes_and_takes_back(owner, whole, clauses, url):
    owner.open(url("consent_list", whole))
    assert not owner.page.xpath("//input[@type='checkbox'][@checked]")

    owner.press("Сохранить согласие", categories="team")
    assert owner.page.xpath("//input[@checked]/@value") == ["team"]
    owner.press("Сохранить согласие", categories=["team", "photos"])
    owner.follow("Отозвать согласие").press("Отозвать согласие")

    texts = [" ".join(article.text_content().split()) for article in owner.page.xpath("//article")]
    assert len(texts) == 2
    assert "Отозвано" in texts[0]
    assert "Можно показать снимки." in texts[0]
    assert "Заменено более поздним" in texts[1]
    assert "Можно показать снимки." not in texts[1]
    assert not owner.page.xpath("//input[@type='checkbox'][@checked]")


def test_the_documents_stay_as_accepted(owner, whole, clauses, applicant, now, url):
    services.submit_passport(whole, consent=True, publication=["photos"], by=applicant, at=now)
    ConsentClause.objects.all().delete()
    Consent.objects.filter(kind="processing")
    whole.application.contest.consent_text = "Иначе."
    whole.application.contest.save()

    owner.open(url("consent_list", whole))

    assert "Согласен на обработку." in owner.text
    assert "Можно показать снимки." in owner.text
    assert str(applicant) in owner.text


def test_a_contest_without_clauses_publishes_nothing(owner, whole, url):
    owner.open(url("consent_list", whole))

    assert not owner.page.xpath("//main//input[@type='checkbox']")
    assert "не попадают в банк" in owner.text


def test_taking_back_what_is_not_given_leads_to_the_page(clerk, whole, clauses, url):
    assert clerk.get(url("consent_withdraw", whole)).url == url("consent_list", whole)


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_the_team_reads_the_consents_and_gives_none(client, whole, clauses, applicant, now, url, role):
    agree(whole.application, "team", by=applicant, at=now)
    colleague = UserFactory()
    TeamMember.objects.create(application=whole.application, user=colleague, role=role, joined_at=now)
    client.force_login(colleague)

    page = client.get(url("consent_list", whole))

    assert "Можно назвать команду." in page.text
    assert b'type="checkbox"' not in page.content
    assert client.post(url("consent_list", whole), {"categories": "photos"}).status_code == 403
    assert client.post(url("consent_withdraw", whole)).status_code == 403
    assert Consent.objects.get().categories == ["team"]


# --- The bank --------------------------------------------------------------------------------------


def seen_by_everybody(client, practice) -> dict[str, bool]:
    """Through which doors of the bank the team shows."""
    found = client.get(reverse("practices:api_practices"), {"q": "Ветлугина"}).json()["count"]
    return {
        "page": "Ветлугина" in client.get(practice.get_absolute_url()).text,
        "search": bool(found),
        "pdf": "Ветлугина" in practice_document(practice).html,
    }


def test_the_team_is_public_while_there_is_a_consent(client, public, whole, clauses, applicant, now):
    hidden, shown = ({"page": is_it, "search": is_it, "pdf": is_it} for is_it in (False, True))
    assert seen_by_everybody(client, public) == hidden

    agree(whole.application, "photos", by=applicant, at=now)
    assert seen_by_everybody(client, public) == hidden

    agree(whole.application, "team", by=applicant, at=now)
    assert seen_by_everybody(client, public) == shown

    agree(whole.application, by=applicant, at=now)
    assert seen_by_everybody(client, public) == hidden


def test_contacts_are_never_public(client, public, whole, clauses, applicant, now):
    whole.sections.filter(code="contacts").update(
        content={"tables": {"main": [{"id": "1", "person": "Ветлугина", "contact": "a@example.org"}]}}
    )
    whole.sections.filter(code="team").update(content={"blocks": []})

    agree(whole.application, *Category, by=applicant, at=now)

    assert set(seen_by_everybody(client, public).values()) == {False}


def test_a_consent_given_before_publication_counts_from_the_first_day(client, season, open_track, clauses, now):
    application = PassportFactory(
        application__contest=season, application__admitted=True, answers={**whole_answers(), "team": TEAM}
    ).application
    agree(application, "team", by=application.owner, at=now)

    practice = PracticeFactory(passport=application.passport, contest=season, published_at=now)

    assert set(seen_by_everybody(client, practice).values()) == {True}

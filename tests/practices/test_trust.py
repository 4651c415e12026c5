from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.verdicts import Refused
from competition.enums import Category, Role
from practices.models import Practice
from practices.services import confirm_practice
from practices.trust import confirmation_of
from tests.concurrency import at_once
from tests.factories import (
    ApplicationFactory,
    AttachmentFactory,
    ConsentFactory,
    ContestFactory,
    PassportFactory,
    PracticeFactory,
    TeamMemberFactory,
    UserFactory,
    utc,
)
from tests.page import Page

NOW = utc(2026, 5, 12)


@pytest.fixture
def practice():
    application = ApplicationFactory(admitted=True)
    return PracticeFactory(slug="yard", passport=PassportFactory(application=application, answers={"goals": "Цель"}))


# --- Last confirmed ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published", "announced", "said"),
    [
        (utc(2021, 12, 1), utc(2021, 12, 1), utc(2021, 12, 1)),
        (utc(2026, 1, 1), utc(2019, 12, 1), utc(2019, 12, 1)),  # brought in years later: it tells of its own year
        (utc(2026, 1, 1), None, utc(2026, 1, 1)),  # published before its year is announced
    ],
)
def test_publication_is_the_first_confirmation_but_never_later_than_its_year(published, announced, said):
    practice = PracticeFactory(published_at=published, contest=ContestFactory(announced_at=announced))

    assert confirmation_of(practice, at=NOW).at == said


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "is_old"), [(timedelta(days=729), False), (timedelta(days=731), True)])
def test_confirmation_grows_old_in_two_years(age, is_old):
    practice = PracticeFactory(confirmed_at=NOW - age, confirmed_by="team")

    assert confirmation_of(practice, at=NOW).is_old == is_old


@pytest.mark.django_db
def test_owner_editor_and_organiser_confirm_in_their_roles_and_nobody_else(practice):
    application, told = practice.passport.application, {}
    editor, reader = UserFactory(), UserFactory()
    TeamMemberFactory(application=application, role=Role.EDITOR, user=editor)
    TeamMemberFactory(application=application, role=Role.READER, user=reader)
    people = {"owner": application.owner, "editor": editor, "organiser": UserFactory(is_staff=True)}

    for day, (name, person) in enumerate(people.items()):
        assert confirm_practice(practice, by=person, at=NOW + timedelta(days=2 * day))
        told[name] = Practice.objects.get().confirmed_by
    for person in (reader, UserFactory()):
        with pytest.raises(Refused):
            confirm_practice(practice, by=person, at=NOW + timedelta(days=9))

    assert told == {"owner": "team", "editor": "team", "organiser": "organiser"}


@pytest.mark.django_db
def test_practice_is_confirmed_once_a_day_and_only_while_it_is_public(practice):
    owner = practice.passport.application.owner

    said = [confirm_practice(practice, by=owner, at=NOW + timedelta(hours=hours)) for hours in (0, 23, 24)]
    Practice.objects.update(published_at=None)
    said.append(confirm_practice(practice, by=owner, at=NOW + timedelta(days=9)))

    assert said == [True, False, True, False]
    assert Practice.objects.get().confirmed_at == NOW + timedelta(days=1)


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_say_it_once(practice):
    owner, organiser = practice.passport.application.owner, UserFactory(is_staff=True)

    said = at_once(*[lambda by=by: confirm_practice(practice, by=by, at=NOW) for by in (owner, organiser)])

    assert sorted(said) == [False, True]


@pytest.mark.django_db
def test_page_tells_the_day_and_the_role_but_no_name(client, practice):
    owner = practice.passport.application.owner
    owner.name = "Снегирёва"
    owner.save()
    client.force_login(owner)
    assert "Практика действует" in client.get("/bank/yard/").content.decode()

    client.post("/bank/yard/confirm/")
    client.logout()
    page = Page(client.get("/bank/yard/"))

    assert "команда практики" in page.text
    assert "Снегирёва" not in page.text
    assert "Практика действует" not in page.text


@pytest.mark.django_db
def test_owner_confirms_from_the_cabinet(client, practice):
    application = practice.passport.application
    client.force_login(application.owner)

    assert "/bank/yard/confirm/" in client.get(application.get_absolute_url()).content.decode()


# --- How full, with whose consent -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_completeness_counts_what_the_public_may_read_and_names_what_is_empty(client, practice):
    completeness = client.get("/bank/yard/").context["completeness"]

    templates = [template for template in practice.passport.edition.templates if template.readers == "everyone"]
    asked = [template for template in templates if template.applies_to("practices")]
    empty = [section.code for section in completeness.empty]
    assert completeness.asked == len(asked)
    assert completeness.filled == len(asked) - len(empty)
    assert "goals" not in empty
    assert {"background", "costs"} <= set(empty)
    assert not {"team", "contacts"} & set(empty)


@pytest.mark.django_db
def test_page_says_what_is_published_with_consent_and_since_when(client, practice):
    application = practice.passport.application
    AttachmentFactory(passport=practice.passport, photo=True, previewed=True, for_publication=True)
    assert client.get("/bank/yard/").context["published"].categories == []

    ConsentFactory(application=application, categories=list(Category), accepted_at=NOW)
    page = client.get("/bank/yard/")

    assert page.context["published"].categories == [Category.PHOTOS]  # there are no papers, and nothing of the team
    assert "Фотографии опубликованы с согласия заявителя от 12.05.2026" in page.content.decode().replace("\xa0", " ")


@pytest.mark.django_db
def test_card_has_no_passport_to_be_full_or_consented_to(client):
    PracticeFactory(slug="card", published_at=timezone.now())

    page = client.get("/bank/card/")

    assert not page.context.get("completeness")
    assert "Как сослаться" in page.content.decode()

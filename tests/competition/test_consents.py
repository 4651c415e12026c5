"""Consents as documents: in the words that were accepted, one in force of each kind, the earlier ones on record."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.verdicts import Refused
from competition.enums import Category, ConsentKind
from competition.models import Application, Consent, ConsentClause, TeamMember
from competition.queries import publication_text, published_categories
from competition.services import choose_publication, file_application, return_for_revision
from tests.competition.conftest import DURING
from tests.concurrency import at_once
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TEAM, PHOTOS = "Можно назвать команду.", "Можно показать фотографии."


@pytest.fixture
def clauses(contest):
    contest.publication_text = "Согласен на публикацию."
    contest.save()
    for category, text in ((Category.PHOTOS, PHOTOS), (Category.TEAM, TEAM)):
        ConsentClause.objects.create(contest=contest, category=category, text=text)


def fresh(application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_filing_accepts_the_processing_and_nothing_else(application, owner):
    filed = file_application(application, by=owner, at=DURING)

    (consent,) = filed.consents.all()
    assert (consent.kind, consent.text, consent.categories) == ("processing", "Согласен на обработку.", [])
    assert (consent.accepted_by, consent.accepted_at, consent.is_in_force) == (owner, DURING, True)
    assert published_categories(filed) == frozenset()


def test_filing_again_keeps_the_consent_of_the_first_time(application, owner, organiser):
    filed = file_application(application, by=owner, at=DURING)
    return_for_revision(filed, by=organiser, at=DURING)
    filed.contest.consent_text = "Согласен на обработку, иначе."
    filed.contest.save()

    file_application(fresh(application), by=owner, at=DURING + DAY)

    latest, first = Consent.objects.all()
    assert (first.text, first.withdrawn_by, first.withdrawn_at) == ("Согласен на обработку.", owner, DURING + DAY)
    assert (latest.text, latest.is_in_force) == ("Согласен на обработку, иначе.", True)


def test_publication_is_agreed_to_by_category_in_the_words_of_the_contest(application, clauses, owner):
    consent = choose_publication(application, [Category.TEAM], by=owner, at=DURING)

    assert (consent.kind, consent.categories) == (ConsentKind.PUBLICATION, ["team"])
    assert consent.text == f"Согласен на публикацию.\n\n{TEAM}"
    assert published_categories(fresh(application)) == {Category.TEAM}


def test_a_change_of_mind_is_a_consent_of_its_own(application, clauses, owner):
    choose_publication(application, ["team"], by=owner, at=DURING)

    choose_publication(application, ["team", "photos"], by=owner, at=DURING + DAY)

    latest, first = Consent.objects.all()
    assert (first.categories, first.withdrawn_at) == (["team"], DURING + DAY)
    assert (latest.categories, latest.text) == (["team", "photos"], f"Согласен на публикацию.\n\n{TEAM}\n\n{PHOTOS}")


def test_the_consent_is_taken_back_at_any_time(application, clauses, owner, organiser):
    choose_publication(application, ["team"], by=owner, at=DURING)

    assert choose_publication(application, [], by=owner, at=DURING + 900 * DAY) is None

    consent = Consent.objects.get()
    assert (consent.withdrawn_by, consent.withdrawn_at) == (owner, DURING + 900 * DAY)
    assert published_categories(fresh(application)) == frozenset()


def test_choosing_the_same_changes_nothing(application, clauses, owner):
    first = choose_publication(application, ["team"], by=owner, at=DURING)

    assert choose_publication(application, ["team"], by=owner, at=DURING + DAY) == first
    assert Consent.objects.count() == 1


def test_the_same_choice_in_new_words_is_accepted_anew(application, clauses, owner):
    choose_publication(application, ["team"], by=owner, at=DURING)
    ConsentClause.objects.filter(category="team").update(text="Можно назвать всех.")

    consent = choose_publication(fresh(application), ["team"], by=owner, at=DURING + DAY)

    assert consent.text.endswith("Можно назвать всех.")
    assert Consent.objects.count() == 2


def test_what_the_contest_has_no_words_for_cannot_be_agreed_to(application, clauses, owner):
    assert choose_publication(application, ["documents"], by=owner, at=DURING) is None
    assert choose_publication(application, ["documents", "team"], by=owner, at=DURING).categories == ["team"]
    assert publication_text(application.contest, ["documents"]) == "Согласен на публикацию."


def test_consents_are_the_owners_alone(application, clauses, owner, organiser):
    editor = UserFactory()
    TeamMember.objects.create(application=application, user=editor, role="editor", joined_at=DURING)
    choose_publication(application, ["team"], by=owner, at=DURING)

    for person in (editor, organiser, UserFactory()):
        for categories in (["photos"], []):
            with pytest.raises(Refused):
                choose_publication(fresh(application), categories, by=person, at=DURING)

    assert published_categories(fresh(application)) == {Category.TEAM}


def test_the_database_holds_one_consent_in_force_of_each_kind(application, clauses, owner):
    choose_publication(application, ["team"], by=owner, at=DURING)

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            application=application, kind="publication", text="Ещё одно", accepted_by=owner, accepted_at=DURING
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.update(withdrawn_at=DURING)


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_choices_at_once_leave_one_in_force(application, clauses, owner):
    choices = [["team"], ["photos"], ["team", "photos"], ["team"]]

    answers = at_once(*[lambda c=c: choose_publication(fresh(application), c, by=owner, at=DURING) for c in choices])

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Consent.objects.in_force().count() == 1

"""What people do with applications: each deed with its record, its letter and its refusals."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.verdicts import Refused
from competition import services
from competition.enums import OrganisationKind, Status
from competition.models import Application, Consent, Organisation
from competition.workflow import IllegalMove
from tests.competition.conftest import CLOSES, DURING
from tests.factories import ContestFactory, NominationFactory, OrganisationFactory, TerritoryFactory, UserFactory, utc

pytestmark = pytest.mark.django_db

LATER = DURING + timedelta(days=1)


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Do something and return the letters that its commit sends."""

    def sent_by(deed, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            deed(*args, **kwargs)
        return mail.outbox

    return sent_by


@pytest.fixture
def filed(application, owner):
    return services.file_application(application, by=owner, at=DURING)


# --- Starting ------------------------------------------------------------------------------------


def test_open_application_makes_a_draft_of_its_owner(track, nomination, territory, owner):
    application = services.open_application(
        track=track, nomination=nomination, territory=territory, title="Сад", by=owner, at=DURING
    )

    stored = Application.objects.get()
    assert stored == application
    assert (stored.owner, stored.contest, stored.status, stored.title) == (owner, track.contest, Status.DRAFT, "Сад")


def test_open_application_is_refused_after_the_window(track, nomination, territory, owner):
    with pytest.raises(Refused):
        services.open_application(
            track=track, nomination=nomination, territory=territory, by=owner, at=CLOSES + timedelta(seconds=1)
        )

    assert not Application.objects.exists()


def test_open_application_refuses_a_nomination_of_another_year(track, territory, owner):
    elsewhere = NominationFactory(contest=ContestFactory(year=2020))

    with pytest.raises(ValidationError):
        services.open_application(track=track, nomination=elsewhere, territory=territory, by=owner, at=DURING)

    assert not Application.objects.exists()


def test_register_organisation_makes_its_founder_a_member(territory, owner):
    organisation = services.register_organisation(
        name="ТОС «Берег»", kind=OrganisationKind.SELF_GOVERNMENT, territory=territory, by=owner
    )

    assert (organisation.name, organisation.kind) == ("ТОС «Берег»", "self_government")
    assert list(organisation.members.all()) == [owner]


def test_register_organisation_joins_the_one_on_the_list(territory, owner):
    listed = OrganisationFactory(name="Музей", territory=territory, kind=OrganisationKind.ENTERPRISE)

    for _press in range(2):
        services.register_organisation(name="Музей", kind=OrganisationKind.NGO, territory=territory, by=owner)

    assert Organisation.objects.get().kind == OrganisationKind.ENTERPRISE
    assert list(listed.members.all()) == [owner]


def test_register_organisation_keeps_cities_apart(territory, owner):
    listed = OrganisationFactory(name="Музей", territory=TerritoryFactory())

    services.register_organisation(name="Музей", kind=OrganisationKind.NGO, territory=territory, by=owner)

    assert Organisation.objects.count() == 2
    assert not listed.members.exists()


# --- Filing --------------------------------------------------------------------------------------


def test_file_application_keeps_the_consent_as_accepted(application, owner):
    filed = services.file_application(application, by=owner, at=DURING)

    filed.contest.consent_text = "Другой текст."
    filed.contest.save()
    consent = Consent.objects.get()
    assert (consent.application, consent.text) == (filed, "Согласен на обработку.")
    assert (consent.accepted_by, consent.accepted_at) == (owner, DURING)


def test_file_application_sends_one_letter_with_number_and_address(letters, application, owner):
    (letter,) = letters(services.file_application, application, by=owner, at=DURING)

    assert letter.to == ["owner@example.org"]
    assert letter.subject == "Заявка № 2026-0001 принята"
    assert "«Школа чтения»" in letter.body
    assert f"/applications/{application.key}/" in letter.body
    assert "&" not in letter.body


def test_file_application_twice_files_one(letters, application, owner, filed):
    with pytest.raises(IllegalMove):
        services.file_application(application, by=owner, at=LATER)

    application.refresh_from_db()
    assert (application.number, application.submitted_at) == ("2026-0001", DURING)
    assert application.moves.count() == 1


def test_no_letter_leaves_when_the_filing_is_rolled_back(django_capture_on_commit_callbacks, application, owner):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        services.file_application(application, by=owner, at=DURING)
        transaction.set_rollback(True)

    assert callbacks == []
    assert mail.outbox == []


def test_name_application_fits_its_column(application):
    services.name_application(application, "о" * 700)

    application.refresh_from_db()
    assert application.title == "о" * 500


# --- Withdrawing ---------------------------------------------------------------------------------


def test_withdraw_records_the_reason(application, owner):
    services.withdraw(application, by=owner, at=DURING, reason="Передумали")

    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN
    assert application.moves.get().reason == "Передумали"


def test_withdraw_is_refused_to_strangers_and_organisers(application, organiser):
    for person in (UserFactory(), organiser):
        with pytest.raises(Refused):
            services.withdraw(application, by=person, at=DURING)

    application.refresh_from_db()
    assert application.status == Status.DRAFT


def test_withdraw_is_refused_after_the_announcement(filed, owner):
    filed.contest.announced_at = LATER
    filed.contest.save()

    with pytest.raises(Refused):
        services.withdraw(filed, by=owner, at=LATER)


# --- Deciding ------------------------------------------------------------------------------------


def test_admit_tells_the_applicant(letters, filed, organiser):
    (letter,) = letters(services.admit, filed, by=organiser, at=LATER)

    assert letter.subject == "Заявка № 2026-0001 допущена"
    filed.refresh_from_db()
    assert filed.status == Status.ADMITTED


def test_decline_tells_the_applicant_why(letters, filed, organiser):
    (letter,) = letters(services.decline, filed, by=organiser, at=LATER, reason="Практика ещё не начата & не описана.")

    assert letter.subject == "Заявка № 2026-0001 отклонена"
    assert "Практика ещё не начата & не описана." in letter.body
    assert filed.moves.last().reason == "Практика ещё не начата & не описана."


def test_return_tells_the_applicant_until_when(letters, filed, organiser):
    (letter,) = letters(
        services.return_for_revision, filed, by=organiser, at=LATER, reason="Уточните.", until=utc(2026, 4, 20, 20, 59)
    )

    assert letter.subject == "Заявка № 2026-0001 возвращена на доработку"
    assert "Уточните." in letter.body
    assert "20 апреля, 23:59 МСК" in letter.body.replace("\u00a0", " ")


def test_return_gives_ten_days_unless_told_otherwise(filed, organiser):
    services.return_for_revision(filed, by=organiser, at=LATER)

    filed.refresh_from_db()
    assert filed.revise_until == LATER + timedelta(days=10)


@pytest.mark.parametrize("decide", ["admit", "decline", "return_for_revision"])
def test_deciding_is_the_organisers(filed, owner, decide):
    more = {"reason": "Нет."} if decide == "decline" else {}

    for person in (owner, UserFactory()):
        with pytest.raises(Refused):
            getattr(services, decide)(filed, by=person, at=LATER, **more)

    filed.refresh_from_db()
    assert filed.status == Status.SUBMITTED
    assert mail.outbox == []

"""Two at once around a team: one link used twice, a colleague removed while saving, two heirs of one application."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.verdicts import Refused
from competition import services
from competition.enums import InvitationState, Role
from competition.models import Application, TeamMember
from practices.models import PassportSection
from practices.services import Saved, note_presence, save_section, sections
from tests.concurrency import PATIENCE, at_once
from tests.factories import InvitationFactory, TeamMemberFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]


def confirmed(email):
    user = UserFactory(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def outcomes(answers) -> list:
    return sorted(type(answer).__name__ for answer in answers)


def test_one_link_is_accepted_once(draft, now):
    invitation = InvitationFactory(application=draft.application, email="anna@example.org")
    anna = confirmed("anna@example.org")

    answers = at_once(*[lambda: services.accept_invitation(invitation, by=anna, at=now)] * 3)

    assert outcomes(answers) == ["Application", "Refused", "Refused"]
    assert TeamMember.objects.get().user == anna


def test_accepting_against_calling_back_ends_in_one_of_both(draft, applicant, now):
    invitation = InvitationFactory(application=draft.application, email="anna@example.org")
    anna = confirmed("anna@example.org")

    accepted, _withdrawn = at_once(
        lambda: services.accept_invitation(invitation, by=anna, at=now),
        lambda: services.withdraw_invitation(invitation, by=applicant, at=now),
    )

    invitation.refresh_from_db()
    is_in = TeamMember.objects.filter(user=anna).exists()
    assert is_in == isinstance(accepted, Application) == (invitation.state == InvitationState.ACCEPTED)


def test_one_application_has_one_heir(draft, now):
    offers = []
    for name in ("first", "second"):
        person = confirmed(f"{name}@example.org")
        TeamMemberFactory(application=draft.application, user=person)
        offers.append((InvitationFactory(application=draft.application, email=person.email, role=Role.OWNER), person))

    answers = at_once(*[lambda o=o, p=p: services.accept_invitation(o, by=p, at=now) for o, p in offers])

    assert outcomes(answers) == ["Application", "Refused"]


def test_two_invitations_to_one_address_leave_one_open(draft, applicant, now):
    def invite():
        return services.invite(draft.application, email="anna@example.org", role=Role.EDITOR, by=applicant, at=now)

    assert outcomes(at_once(invite, invite)) == ["Invitation", "Invitation"]
    assert draft.application.invitations.open().count() == 1


def removal_and_save(draft, applicant, now):
    """The owner removes a colleague who saves meanwhile; returns what came of the save."""
    member = TeamMemberFactory(application=draft.application)
    removed = Event()

    def remove():
        with transaction.atomic():
            services.remove_member(member, by=applicant, at=now)
            removed.set()
            sleep(PATIENCE / 2)

    def save():
        removed.wait(PATIENCE)
        return save_section(
            draft, "goals", {"blocks": [{"text": "Успею"}]}, seen=0, by=member.user, at=now + timedelta(seconds=1)
        )

    _removed, saved = at_once(remove, save)
    return saved


def test_a_save_waits_for_the_removal_and_is_refused(draft, applicant, now):
    assert isinstance(removal_and_save(draft, applicant, now), Refused)
    assert PassportSection.objects.get(passport=draft, code="goals").version == 0


@pytest.mark.postgresql
def test_control_without_the_lock_the_save_slips_through(draft, applicant, now, monkeypatch):
    monkeypatch.setattr(sections, "lock_application", lambda application: Application.objects.get(pk=application.pk))

    assert isinstance(removal_and_save(draft, applicant, now), Saved)


def test_presence_from_two_tabs_is_one_row(draft, applicant, now):
    TeamMemberFactory(application=draft.application)

    answers = at_once(*[lambda c=c: note_presence(draft, c, by=applicant, at=now) for c in ("goals", "period")])

    assert answers == [None, None]
    assert draft.presences.count() == 1

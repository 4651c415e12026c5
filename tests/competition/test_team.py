"""The team of an application: invited by letter, joined by the right person, gone when removed; refusals say why."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.verdicts import Refused
from competition import services
from competition.enums import InvitationState, Role, Status
from competition.models import Application, Invitation, Note, TeamMember
from competition.permissions import (
    can_accept,
    can_decide,
    can_edit,
    can_leave,
    can_manage_team,
    can_see_team,
    can_share,
    can_submit,
    can_withdraw,
    can_write_to_owner,
)
from competition.queries import correspondents, members_of, role_of, took_part
from tests.competition.conftest import DURING
from tests.factories import ApplicationFactory, CoordinatorFactory, InvitationFactory, TeamMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def confirmed(email, **more):
    """A person who has proved that the address is theirs."""
    user = UserFactory(email=email, **more)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@pytest.fixture
def editor(application):
    return TeamMemberFactory(application=application, user__email="editor@example.org").user


@pytest.fixture
def reader(application):
    return TeamMemberFactory(application=application, role=Role.READER, user__email="reader@example.org").user


@pytest.fixture
def former(application):
    return TeamMemberFactory(application=application, left_at=DURING).user


@pytest.fixture
def coordinator(application):
    return CoordinatorFactory(territory=application.territory).user


@pytest.fixture
def people(owner, editor, reader, former, coordinator, organiser):
    return {
        "owner": owner,
        "editor": editor,
        "reader": reader,
        "former": former,
        "coordinator": coordinator,
        "organiser": organiser,
        "stranger": UserFactory(),
    }


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Do something and return the letters that its commit sends, by addressee."""

    def sent_by(deed, *args, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed(*args, **kwargs)
        assert all(len(letter.to) == 1 and not letter.cc and not letter.bcc for letter in mail.outbox)
        return {letter.to[0]: letter for letter in mail.outbox}

    return sent_by


def allowed(people, verdict_of) -> set[str]:
    verdicts = {name: verdict_of(person) for name, person in people.items()}
    assert all(bool(verdict.reason) is not bool(verdict) for verdict in verdicts.values())
    return {name for name, verdict in verdicts.items() if verdict}


# --- Who may ---------------------------------------------------------------------------------------

MAY = {
    "edit": (can_edit, {"owner", "editor"}),
    "submit": (can_submit, {"owner"}),
    "withdraw": (can_withdraw, {"owner"}),
}


@pytest.mark.parametrize("deed", MAY)
def test_deeds_on_a_draft_by_role(deed, people, application):
    verdict, expected = MAY[deed]

    assert allowed(people, lambda person: verdict(person, application, at=DURING)) == expected


def test_deeds_around_the_team_by_role(people, application):
    assert allowed(people, lambda person: can_manage_team(person, application)) == {"owner"}
    assert allowed(people, lambda person: can_see_team(person, application)) == {"owner", "editor", "reader"}
    assert allowed(people, lambda person: can_leave(person, application)) == {"editor", "reader"}
    assert allowed(people, lambda person: can_share(person, application)) == {"owner"}
    assert allowed(people, lambda person: can_write_to_owner(person, application, at=DURING)) == {"editor"}


def test_a_coordinator_writes_to_the_owner_of_what_is_shown(people, application):
    application.shared_with_city_at = DURING

    assert allowed(people, lambda person: can_write_to_owner(person, application, at=DURING)) == {
        "editor",
        "coordinator",
    }


def test_visibility_by_role(people, application):
    def sees(person):
        return Application.objects.visible_to(person).filter(pk=application.pk).exists()

    assert {name for name, person in people.items() if sees(person)} == {"owner", "editor", "reader"}

    filed = services.file_application(application, by=people["owner"], at=DURING)
    assert filed.status == Status.SUBMITTED
    assert {name for name, person in people.items() if sees(person)} == {"owner", "editor", "reader", "organiser"}


def test_a_withdrawn_draft_stays_hidden_from_the_organiser(application, owner, organiser):
    services.withdraw(application, by=owner, at=DURING)

    assert not Application.objects.visible_to(organiser).exists()


def test_a_list_shows_an_application_once(application, editor):
    TeamMemberFactory(application=application)
    TeamMemberFactory(user=editor)

    assert Application.objects.of(editor).count() == 2


def test_shown_to_coordinator_needs_the_consent_and_the_city(application, coordinator, owner):
    assert not Application.objects.shown_to_coordinator(coordinator).exists()

    services.show_to_city(application, by=owner, at=DURING)
    assert list(Application.objects.shown_to_coordinator(coordinator)) == [application]
    assert not Application.objects.shown_to_coordinator(CoordinatorFactory().user).exists()
    assert not Application.objects.shown_to_coordinator(owner).exists()

    services.hide_from_city(application, by=owner)
    assert not Application.objects.shown_to_coordinator(coordinator).exists()


def test_consent_for_the_city_is_the_owners_and_keeps_its_moment(application, owner, editor):
    services.show_to_city(application, by=owner, at=DURING)
    services.show_to_city(application, by=owner, at=DURING + DAY)

    application.refresh_from_db()
    assert application.shared_with_city_at == DURING
    for deed in (lambda: services.show_to_city(application, by=editor, at=DURING), lambda: hide(application, editor)):
        with pytest.raises(Refused):
            deed()


def hide(application, by):
    services.hide_from_city(application, by=by)


@pytest.mark.parametrize("left_at", [None, DURING])
def test_nobody_decides_on_what_they_worked_on(application, organiser, left_at):
    application.status = Status.SUBMITTED
    assert can_decide(organiser, application)

    TeamMemberFactory(application=application, user=organiser, role=Role.READER, left_at=left_at)

    fresh = Application.objects.get(pk=application.pk)
    fresh.status = Status.SUBMITTED
    assert not can_decide(organiser, fresh)
    assert took_part(organiser, fresh)


def test_team_is_read_once_for_any_size(application, django_assert_num_queries):
    TeamMemberFactory.create_batch(4, application=application)
    person = UserFactory()

    with django_assert_num_queries(2):
        assert role_of(person, application) is None
        assert not took_part(person, application)
        assert len(members_of(application)) == 4


# --- Inviting --------------------------------------------------------------------------------------


def invite(application, owner, email="anna@example.org", role=Role.EDITOR, at=DURING):
    return services.invite(application, email=email, role=role, by=owner, at=at)


def token_in(letter) -> str:
    return letter.body.split("/invitations/")[1].split("/")[0]


def test_invite_sends_a_link_of_which_only_a_digest_is_kept(letters, application, owner):
    sent = letters(invite, application, owner, " Anna@Example.org ")

    stored = Invitation.objects.get()
    assert (stored.email, stored.role, stored.invited_by) == ("anna@example.org", Role.EDITOR, owner)
    assert stored.expires_at == DURING + 7 * DAY
    token = token_in(sent["anna@example.org"])
    assert len(token) >= 43
    assert token not in [getattr(stored, field.attname) for field in Invitation._meta.concrete_fields]
    assert "owner@example.org" in sent["anna@example.org"].body
    assert "&" not in sent["anna@example.org"].body


def test_invite_does_the_same_for_a_known_and_an_unknown_address(letters, application, owner):
    confirmed("known@example.org", name="Известная")

    known = letters(invite, application, owner, "known@example.org")["known@example.org"]
    unknown = letters(invite, application, owner, "nobody@example.org")["nobody@example.org"]

    def form(letter):
        return letter.subject, letter.body.replace(token_in(letter), "")

    assert form(known) == form(unknown)


def test_invite_is_the_owners(application, people):
    for name in people.keys() - {"owner"}:
        with pytest.raises(Refused):
            invite(application, people[name])

    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["owner@example.org", "OWNER@example.org", "editor@example.org"])
def test_invite_refuses_oneself_and_the_team(application, owner, editor, email):
    with pytest.raises(Refused):
        invite(application, owner, email)


def test_invite_again_voids_the_earlier_link(letters, application, owner):
    first = invite(application, owner)
    second = invite(application, owner, role=Role.READER, at=DURING + DAY)

    first.refresh_from_db()
    assert first.state == InvitationState.WITHDRAWN
    assert list(application.invitations.open()) == [second]


def test_invite_has_a_limit_of_open_ones(application, owner):
    for number in range(10):
        invite(application, owner, f"a{number}@example.org")

    with pytest.raises(Refused):
        invite(application, owner, "one-more@example.org")
    invite(application, owner, "a3@example.org")  # once more to somebody waiting

    services.withdraw_invitation(application.invitations.open().first(), by=owner, at=DURING)
    invite(application, owner, "one-more@example.org")


def test_invite_has_a_limit_of_letters_a_day_over_all_applications(application, owner):
    for number in range(3):
        other = ApplicationFactory(owner=owner)
        for place in range(10):
            invite(other, owner, f"a{number}-{place}@example.org")

    with pytest.raises(Refused):
        invite(application, owner)
    invite(application, owner, at=DURING + DAY + timedelta(seconds=1))


def test_database_keeps_one_open_invitation_an_address(application):
    InvitationFactory(application=application, email="anna@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(application=application, email="Anna@example.org")
    InvitationFactory(application=application, email="anna@example.org", state="declined", answered_at=DURING)


def test_database_knows_when_an_invitation_was_answered():
    for wrong in ({"state": "accepted"}, {"answered_at": DURING}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvitationFactory(**wrong)


# --- Accepting -------------------------------------------------------------------------------------


@pytest.fixture
def anna(db):
    return confirmed("anna@example.org")


@pytest.fixture
def invitation(application, owner):
    return invite(application, owner)


def test_accept_joins_once_and_tells_the_owner(letters, invitation, application, anna):
    sent = letters(services.accept_invitation, invitation, by=anna, at=DURING + DAY)

    member = TeamMember.objects.get()
    assert (member.application, member.user, member.role) == (application, anna, Role.EDITOR)
    assert member.joined_at == DURING + DAY
    assert set(sent) == {"owner@example.org"}
    assert "anna@example.org" in sent["owner@example.org"].body

    with pytest.raises(Refused):
        services.accept_invitation(invitation, by=anna, at=DURING + DAY)


@pytest.mark.parametrize(("after", "works"), [(7 * DAY, True), (7 * DAY + timedelta(seconds=1), False)])
def test_accept_within_seven_days(invitation, anna, after, works):
    assert bool(can_accept(anna, invitation, at=DURING + after)) is works


def test_accept_is_for_the_confirmed_address_alone(invitation):
    other = confirmed("other@example.org")
    unproved = UserFactory(email="anna@example.org")
    EmailAddress.objects.create(user=unproved, email="anna@example.org", verified=False, primary=True)

    for person in (other, unproved):
        with pytest.raises(Refused):
            services.accept_invitation(invitation, by=person, at=DURING)

    assert not TeamMember.objects.exists()


@pytest.mark.parametrize("deed", ["withdraw", "decline"])
def test_accept_what_was_called_back_or_declined_is_refused(invitation, owner, anna, deed):
    if deed == "withdraw":
        services.withdraw_invitation(invitation, by=owner, at=DURING)
    else:
        services.decline_invitation(invitation, at=DURING)

    with pytest.raises(Refused):
        services.accept_invitation(invitation, by=anna, at=DURING)


def test_an_answer_stays_what_it_was(invitation, owner, anna):
    services.accept_invitation(invitation, by=anna, at=DURING)

    services.withdraw_invitation(invitation, by=owner, at=DURING + DAY)
    services.decline_invitation(invitation, at=DURING + DAY)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_at) == (InvitationState.ACCEPTED, DURING)


def test_who_left_may_be_invited_again(application, owner, anna):
    TeamMemberFactory(application=application, user=anna, role=Role.READER, left_at=DURING)

    services.accept_invitation(invite(application, owner), by=anna, at=DURING + DAY)

    member = TeamMember.objects.get()
    assert (member.role, member.left_at) == (Role.EDITOR, None)


# --- Handing over ----------------------------------------------------------------------------------


@pytest.fixture
def heir(application):
    return TeamMemberFactory(application=application, user=confirmed("heir@example.org")).user


def test_hand_over_changes_places_when_accepted(letters, application, owner, heir):
    offer = invite(application, owner, "heir@example.org", Role.OWNER)
    assert role_of(heir, application) == Role.EDITOR

    sent = letters(services.accept_invitation, offer, by=heir, at=DURING)

    application.refresh_from_db()
    fresh = Application.objects.get()
    assert (fresh.owner, role_of(owner, fresh), role_of(heir, fresh)) == (heir, Role.EDITOR, Role.OWNER)
    assert set(sent) == {"owner@example.org"}
    assert can_submit(heir, fresh, at=DURING)
    assert not can_submit(owner, fresh, at=DURING)


@pytest.mark.parametrize("email", ["reader@example.org", "nobody@example.org", "owner@example.org"])
def test_hand_over_is_offered_to_editors_only(application, owner, reader, email):
    with pytest.raises(Refused):
        invite(application, owner, email, Role.OWNER)


def test_hand_over_is_void_once_the_editor_has_gone(application, owner, heir):
    offer = invite(application, owner, "heir@example.org", Role.OWNER)
    services.remove_member(application.team.get(), by=owner, at=DURING)

    with pytest.raises(Refused):
        services.accept_invitation(offer, by=heir, at=DURING)

    assert Application.objects.get().owner == owner


def test_hand_over_voids_the_other_offers(application, owner, heir):
    second = TeamMemberFactory(application=application, user=confirmed("second@example.org")).user
    offers = [invite(application, owner, user.email, Role.OWNER) for user in (heir, second)]

    services.accept_invitation(offers[0], by=heir, at=DURING)

    with pytest.raises(Refused):
        services.accept_invitation(offers[1], by=second, at=DURING)


# --- Changing, removing, leaving -------------------------------------------------------------------


def test_change_role_is_the_owners(application, owner, editor):
    member = application.team.get()
    with pytest.raises(Refused):
        services.change_role(member, Role.READER, by=editor)

    services.change_role(member, Role.READER, by=owner)

    assert not can_edit(editor, Application.objects.get(), at=DURING)


def test_database_knows_no_owner_on_the_team(application):
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMemberFactory(application=application, role=Role.OWNER)


def test_remove_member_ends_everything_and_tells(letters, application, owner, editor):
    sent = letters(services.remove_member, application.team.get(), by=owner, at=DURING)

    assert set(sent) == {"editor@example.org"}
    fresh = Application.objects.get()
    assert role_of(editor, fresh) is None
    assert not Application.objects.visible_to(editor).exists()
    assert letters(services.remove_member, application.team.get(), by=owner, at=DURING) == {}


def test_remove_member_is_the_owners(application, editor, reader):
    with pytest.raises(Refused):
        services.remove_member(application.team.get(user=reader), by=editor, at=DURING)


def test_leave_team_tells_the_owner(letters, application, reader):
    sent = letters(services.leave_team, application, by=reader, at=DURING)

    assert set(sent) == {"owner@example.org"}
    assert not Application.objects.visible_to(reader).exists()


def test_owner_cannot_leave(application, owner):
    with pytest.raises(Refused):
        services.leave_team(application, by=owner, at=DURING)


# --- Letters ---------------------------------------------------------------------------------------


def test_letters_go_to_owner_and_editors_each_on_their_own(application, people):
    TeamMemberFactory(application=application, user__is_active=False)

    assert correspondents(application) == ["owner@example.org", "editor@example.org"]


def test_every_move_writes_to_owner_and_editors(letters, application, owner, editor, reader, organiser):
    both = {"owner@example.org", "editor@example.org"}

    assert set(letters(services.file_application, application, by=owner, at=DURING)) == both
    assert set(letters(services.return_for_revision, application, by=organiser, at=DURING)) == both
    assert set(letters(services.file_application, application, by=owner, at=DURING)) == both
    assert set(letters(services.admit, application, by=organiser, at=DURING)) == both
    sent = letters(services.withdraw, application, by=owner, at=DURING, reason="Передумали & ушли")
    assert set(sent) == both
    assert "Передумали & ушли" in sent["editor@example.org"].body


def test_write_to_owner_keeps_the_words_and_has_a_limit(letters, application, owner, editor):
    sent = letters(services.write_to_owner, application, "Готово & проверено", by=editor, at=DURING)

    assert set(sent) == {"owner@example.org"}
    assert "Готово & проверено" in sent["owner@example.org"].body
    assert "editor@example.org" in sent["owner@example.org"].body
    for _again in range(2):
        services.write_to_owner(application, "", by=editor, at=DURING)
    with pytest.raises(Refused):
        services.write_to_owner(application, "", by=editor, at=DURING)
    services.write_to_owner(application, "", by=editor, at=DURING + DAY + timedelta(seconds=1))
    assert Note.objects.count() == 4

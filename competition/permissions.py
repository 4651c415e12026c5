"""Who may do what with an application, and why not. Pages and views ask the same functions."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.verdicts import YES, Verdict, no
from competition.enums import InvitationState, Role, Status
from competition.models import Invitation
from competition.queries import members_of, role_of, took_part

MOST_OPEN_INVITATIONS = 10  # of an application
MOST_LETTERS_A_DAY = 30  # that one person's invitations send
MOST_NOTES_A_DAY = 3  # of one person to the owner of an application
DAY = timedelta(days=1)


def in_moscow(at) -> str:
    """A moment as a sentence names it: «31 мая 2026 г., 23:59»; the portal's own zone is Moscow's."""
    return date_format(timezone.localtime(at), "j E Y, H:i")


def can_apply(user, track, *, at) -> Verdict:
    """A new application may be started while the track's window is open."""
    if at < track.opens_at:
        return no(_("Applications open on %(moment)s, Moscow time.") % {"moment": in_moscow(track.opens_at)})
    if at > track.closes_at:
        return no(_("Applications closed on %(moment)s, Moscow time.") % {"moment": in_moscow(track.closes_at)})
    if track.contest.announced_at is not None:
        return no(_("The results of this year are announced already."))
    return YES


def can_edit(user, application, *, at) -> Verdict:
    """Owner and editors write while the application is a draft in an open window, or returned and in time."""
    role = role_of(user, application)
    if role == Role.READER:
        return no(_("You may read this application. Its owner and the editors write it."))
    if role is None:
        return no(_("Only the applicant may change this application."))
    if application.is_editable and application.contest.announced_at is not None:
        return no(_("The results of this year are announced already."))
    if application.status == Status.RETURNED:
        if application.revise_until and at > application.revise_until:
            return no(
                _("The time for revision ended on %(moment)s, Moscow time. The text can be read.")
                % {"moment": in_moscow(application.revise_until)}
            )
        return YES
    if application.status == Status.WITHDRAWN:
        return no(_("The application is withdrawn: its text can be read."))
    if application.status != Status.DRAFT:
        return no(_("A submitted application can no longer be changed."))
    if not application.track.is_open(at=at):
        return no(
            _("Applications closed on %(moment)s, Moscow time. The draft can be read.")
            % {"moment": in_moscow(application.track.closes_at)}
            if at > application.track.closes_at
            else _("Applications open on %(moment)s, Moscow time.") % {"moment": in_moscow(application.track.opens_at)}
        )
    return YES


def can_submit(user, application, *, at) -> Verdict:
    """Filing, and whatever else binds the applicant (donor, consents), is the owner's while the text may be written."""
    if application.owner_id != user.pk:
        return no(_("Only its owner may send the application."))
    return can_edit(user, application, at=at)


def can_consent(user, application) -> Verdict:
    """To agree to a publication, and to take that back at any time, is the owner's alone."""
    return YES if application.owner_id == user.pk else no(_("Only the owner of the application gives consents for it."))


def can_withdraw(user, application, *, at) -> Verdict:
    """The owner may step back at any time until the results are announced, drafts included."""
    if application.owner_id != user.pk:
        return no(_("Only its owner may withdraw the application."))
    if application.status in {Status.DECLINED, Status.WITHDRAWN}:
        return no(_("This application is closed already."))
    if application.contest.announced_at is not None:
        return no(_("The results are announced: the application can no longer be withdrawn."))
    return YES


def can_decide(user, application) -> Verdict:
    """Admit, decline or return: the organiser's, for a submitted application."""
    if not user.is_organiser:
        return no(_("Only the organiser decides on admission."))
    if took_part(user, application):
        return no(_("Nobody decides on an application of their own."))
    if application.status != Status.SUBMITTED:
        return no(_("Only a submitted application can be decided on."))
    if application.contest.announced_at is not None:
        return no(_("The results are announced: admission is closed."))
    return YES


def can_record(user) -> Verdict:
    """Old applications are brought in by the organiser."""
    return YES if user.is_organiser else no(_("Only the organiser brings in old applications."))


def can_see_team(user, application) -> Verdict:
    """Who works on an application is its team's to know."""
    return YES if role_of(user, application) else no(_("Only those who work on the application see its team."))


def can_manage_team(user, application) -> Verdict:
    """Who writes and who reads is for the owner to say."""
    return YES if application.owner_id == user.pk else no(_("Only its owner decides who works on the application."))


def can_invite(user, application, *, email: str, role, at) -> Verdict:
    """So many invitations at a time and letters a day: enough for any team, too few to pester people with."""
    verdict = can_manage_team(user, application)
    if not verdict:
        return verdict
    member = next((m for m in members_of(application) if m.user.email.lower() == email), None)
    if role == Role.OWNER and (member is None or member.role != Role.EDITOR):
        return no(_("The application can be handed over to one of its editors."))
    if email == user.email.lower():
        return no(_("This is your own address."))
    if member and role != Role.OWNER:
        return no(_("This person is on the team already."))
    elsewhere = application.invitations.open().exclude(email=email)
    if elsewhere.count() >= MOST_OPEN_INVITATIONS:
        return no(
            _("%(count)s invitations are waiting for an answer already. Call back one that is not needed.")
            % {"count": MOST_OPEN_INVITATIONS}
        )
    if Invitation.objects.filter(invited_by=user, sent_at__gt=at - DAY).count() >= MOST_LETTERS_A_DAY:
        return no(_("You have sent too many invitations in a day. Go on tomorrow."))
    return YES


def can_accept(user, invitation, *, at) -> Verdict:
    """An open invitation, in time, by the person whose confirmed address it went to."""
    if invitation.state != InvitationState.OPEN:
        return no(_("This invitation has been answered or called back already."))
    if invitation.is_expired(at=at):
        return no(_("The time of this invitation is over. Ask for a new one."))
    if not user.owns_address(invitation.email):
        return no(_("The invitation was sent to another address than yours."))
    application = invitation.application
    if application.owner_id == user.pk:
        return no(_("You own this application already."))
    if invitation.role == Role.OWNER and (
        application.owner_id != invitation.invited_by_id or role_of(user, application) != Role.EDITOR
    ):
        return no(_("The application can no longer be handed over by this invitation."))
    return YES


def can_leave(user, application) -> Verdict:
    """Everybody but the owner, who hands the application over instead."""
    if application.owner_id == user.pk:
        return no(_("The owner cannot leave: hand the application over to an editor first."))
    return can_see_team(user, application)


def can_write_to_owner(user, application, *, at) -> Verdict:
    """Editors and the coordinator of the city have a word with the owner, a few times a day."""
    is_coordinator = application.shared_with_city_at and _coordinates(user, application)
    if role_of(user, application) != Role.EDITOR and not is_coordinator:
        return no(_("Only an editor or the coordinator of the city writes to the owner."))
    if application.notes.filter(by=user, at__gt=at - DAY).count() >= MOST_NOTES_A_DAY:
        return no(_("The owner got several letters from you today. Write again tomorrow."))
    return YES


def _coordinates(user, application) -> bool:
    return user.is_active and user.coordinated.filter(territory=application.territory_id).exists()


def can_coordinate(user) -> Verdict:
    """The list of a city's applications is for those whom the organiser made its coordinators."""
    return YES if user.coordinated.exists() else no(_("This page is for the coordinators of cities."))


def can_share(user, application) -> Verdict:
    """Whether the coordinator of the city sees the application is the owner's to say."""
    return YES if application.owner_id == user.pk else no(_("Only its owner shows the application to the coordinator."))

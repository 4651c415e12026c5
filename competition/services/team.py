"""Who works on an application: invited by letter, joined, left, and what they tell the owner.

Every deed takes the application's lock first, as a save of a section does: whoever is removed while a save is under
way either saved before, or is refused.
"""

from datetime import timedelta

from django.db import transaction

from accounts.letters import send_letter
from accounts.verdicts import require
from competition.enums import InvitationState, Role
from competition.models import Application, Invitation, Note, TeamMember
from competition.models.team import digest_of, new_token
from competition.permissions import can_accept, can_invite, can_leave, can_manage_team, can_write_to_owner
from competition.queries import lock_application

VALID_FOR = timedelta(days=7)


@transaction.atomic
def invite(application, *, email: str, role: Role, by, at) -> Invitation:
    """Send an invitation that is worth something for a week; an earlier open one to the address is called back.

    What happens is the same whether or not the address has an account, so inviting tells nothing about it.
    """
    locked = lock_application(application)
    email = email.strip().lower()
    require(can_invite(by, locked, email=email, role=role, at=at))
    locked.invitations.open().filter(email=email).update(state=InvitationState.WITHDRAWN, answered_at=at)
    token = new_token()
    invitation = Invitation(
        application=locked,
        email=email,
        role=role,
        token_digest=digest_of(token),
        invited_by=by,
        sent_at=at,
        expires_at=at + VALID_FOR,
    )
    invitation.full_clean()
    invitation.save()
    context = {"application": locked, "invitation": invitation, "inviter": by, "token": token}
    send_letter("invitation", to=email, context=context)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation, *, by, at) -> None:
    """Call an invitation back: its link stops working. One that was answered meanwhile stays as answered."""
    application = lock_application(invitation.application)
    require(can_manage_team(by, application))
    application.invitations.open().filter(pk=invitation.pk).update(state=InvitationState.WITHDRAWN, answered_at=at)


@transaction.atomic
def accept_invitation(invitation, *, by, at) -> Application:
    """Join the team or, where that was offered, become the owner. Works once; the owner hears of it."""
    application = lock_application(invitation.application)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    locked.application = application
    require(can_accept(by, locked, at=at))
    locked.state, locked.answered_at = InvitationState.ACCEPTED, at
    locked.save(update_fields=["state", "answered_at"])
    former_owner = application.owner
    if locked.role == Role.OWNER:
        _hand_over(application, to=by, at=at)
    else:
        TeamMember.objects.update_or_create(
            application=application, user=by, defaults={"role": locked.role, "joined_at": at, "left_at": None}
        )
    context = {"application": application, "invitation": locked, "person": by}
    send_letter("invitation_accepted", to=former_owner.email, context=context)
    return application


def _hand_over(application, *, to, at) -> None:
    """The new owner's row on the team goes, the former owner gets one; other offers of ownership are void."""
    application.team.filter(user=to).delete()
    TeamMember.objects.update_or_create(
        application=application,
        user=application.owner,
        defaults={"role": Role.EDITOR, "joined_at": at, "left_at": None},
    )
    application.invitations.open().filter(role=Role.OWNER).update(state=InvitationState.WITHDRAWN, answered_at=at)
    application.owner = to
    application.save(update_fields=["owner"])


@transaction.atomic
def decline_invitation(invitation, *, at) -> None:
    """Say no. Whoever holds the link may: it went to the person invited and to nobody else."""
    application = lock_application(invitation.application)
    application.invitations.open().filter(pk=invitation.pk).update(state=InvitationState.DECLINED, answered_at=at)


@transaction.atomic
def change_role(member, role: Role, *, by) -> None:
    """Make a reader an editor or the other way round."""
    application = lock_application(member.application)
    require(can_manage_team(by, application))
    application.team.active().filter(pk=member.pk).update(role=role)


@transaction.atomic
def remove_member(member, *, by, at) -> None:
    """End somebody's work on the application; they hear of it. Their next request finds nothing."""
    application = lock_application(member.application)
    require(can_manage_team(by, application))
    if application.team.active().filter(pk=member.pk).update(left_at=at):
        send_letter("team_removed", to=member.user.email, context={"application": application})


@transaction.atomic
def leave_team(application, *, by, at) -> None:
    """Step down from the team; the owner hears of it."""
    locked = lock_application(application)
    require(can_leave(by, locked))
    locked.team.active().filter(user=by).update(left_at=at)
    send_letter("team_left", to=locked.owner.email, context={"application": locked, "person": by})


@transaction.atomic
def write_to_owner(application, text: str, *, by, at) -> Note:
    """Carry a few words of an editor or of the city's coordinator to the owner, and keep them on record."""
    locked = lock_application(application)
    require(can_write_to_owner(by, locked, at=at))
    note = Note.objects.create(application=locked, by=by, text=text, at=at)
    send_letter("note_to_owner", to=locked.owner.email, context={"application": locked, "note": note})
    return note

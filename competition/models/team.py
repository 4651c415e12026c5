"""Who works on an application beside its owner, who is asked to, and what they tell the owner."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from competition.enums import TEAM_ROLES, InvitationState, Role


def new_token() -> str:
    """What stands in the link of an invitation: 256 bits, so that nobody guesses one."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot make the link of it."""
    return hashlib.sha256(token.encode()).hexdigest()


class TeamMemberQuerySet(models.QuerySet):
    def active(self):
        return self.filter(left_at__isnull=True)


class TeamMember(models.Model):
    """A colleague who writes or reads an application. The row outlives the work: who took part once never judges it."""

    application = models.ForeignKey(
        "competition.Application", on_delete=models.CASCADE, related_name="team", verbose_name=_("application")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teams", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=[(role, role.label) for role in TEAM_ROLES])
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="teammember_one_per_application_and_person",
                fields=["application", "user"],
                violation_error_message=_("This person is on the team already."),
            ),
            models.CheckConstraint(name="teammember_role_is_known", condition=Q(role__in=TEAM_ROLES)),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither answered nor called back; whether in time is `expires_at`'s to say."""
        return self.filter(state=InvitationState.OPEN)


class Invitation(models.Model):
    """An offer by letter to join an application's team or, made to an editor, to become its owner.

    The link in the letter works once, for the address it went to, until `expires_at`. It proves that address, so only
    a digest of its token is kept. Sending it again makes a new invitation and calls the earlier one back.
    """

    application = models.ForeignKey(
        "competition.Application", on_delete=models.CASCADE, related_name="invitations", verbose_name=_("application")
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("invited by")
    )
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("valid until"))
    state = models.CharField(_("state"), max_length=20, choices=InvitationState, default=InvitationState.OPEN)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="invitation_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(name="invitation_state_is_known", condition=Q(state__in=InvitationState.values)),
            models.CheckConstraint(
                name="invitation_is_answered_unless_open",
                condition=Q(state=InvitationState.OPEN, answered_at__isnull=True)
                | (~Q(state=InvitationState.OPEN) & Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                "application",
                Lower("email"),
                name="invitation_one_open_per_application_and_email",
                condition=Q(state=InvitationState.OPEN),
                violation_error_message=_("This address is invited already."),
            ),
        ]

    def __str__(self):
        return f"{self.email} – {self.get_role_display()}"

    def is_expired(self, *, at) -> bool:
        return at > self.expires_at


class Note(models.Model):
    """A few words of an editor or of the city's coordinator to the owner; a letter carried them."""

    application = models.ForeignKey(
        "competition.Application", on_delete=models.CASCADE, related_name="notes", verbose_name=_("application")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who"))
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("note to the owner")
        verbose_name_plural = _("notes to the owner")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.by}: {self.text[:60]}"

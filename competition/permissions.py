"""Who may do what with an application, and why not. Pages and views ask the same functions."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.verdicts import YES, Verdict, no
from competition.enums import Status


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
    """The owner writes while the application is a draft in an open window, or returned and in time."""
    if application.owner_id != user.pk:
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


def can_withdraw(user, application, *, at) -> Verdict:
    """The owner may step back at any time until the results are announced, drafts included."""
    if application.owner_id != user.pk:
        return no(_("Only the applicant may withdraw this application."))
    if application.status in {Status.DECLINED, Status.WITHDRAWN}:
        return no(_("This application is closed already."))
    if application.contest.announced_at is not None:
        return no(_("The results are announced: the application can no longer be withdrawn."))
    return YES


def can_decide(user, application) -> Verdict:
    """Admit, decline or return: the organiser's, for a submitted application."""
    if not user.is_organiser:
        return no(_("Only the organiser decides on admission."))
    if application.owner_id == user.pk:
        return no(_("Nobody decides on an application of their own."))
    if application.status != Status.SUBMITTED:
        return no(_("Only a submitted application can be decided on."))
    if application.contest.announced_at is not None:
        return no(_("The results are announced: admission is closed."))
    return YES

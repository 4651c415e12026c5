"""Who may write which section of a passport, and why not."""

from django.utils.translation import gettext as _

from accounts.verdicts import YES, Verdict, no
from competition.enums import Role, Status
from competition.permissions import can_edit, can_submit
from competition.queries import role_of
from practices import codes
from practices.carrying import continuation_of
from practices.enums import Confirmer


def can_edit_section(user, passport, code, *, at) -> Verdict:
    """As the application allows; a returned one opens only the sections with an open remark."""
    verdict = can_edit(user, passport.application, at=at)
    if not verdict or passport.application.status != Status.RETURNED:
        return verdict
    if any(remark.code == code and remark.answered_at is None for remark in passport.remarks.all()):
        return YES
    return no(_("The application was returned for revision: only the sections with remarks are open."))


def can_choose_donor(user, passport, *, at) -> Verdict:
    """Whose practice was adopted is for the owner to say, while the section that names it is open."""
    if passport.application.track is None or not passport.application.track.needs_donor:
        return no(_("Only an adoption has a donor."))
    verdict = can_submit(user, passport.application, at=at)
    return can_edit_section(user, passport, codes.DONOR, at=at) if verdict else verdict


def can_confirm(user, practice) -> Verdict:
    """Whether a practice still stands as it is told is known to those who wrote it, and to the organiser."""
    return YES if confirmer(user, practice) else no(_("Only the practice's team and the organiser confirm it."))


def confirmer(user, practice) -> Confirmer | None:
    """As who the person may confirm the practice. The organiser, who owns what came from old files, is no team."""
    if user.is_organiser:
        return Confirmer.ORGANISER
    application = practice.passport.application if practice.passport_id else None
    if application and role_of(user, application) in {Role.OWNER, Role.EDITOR}:
        return Confirmer.TEAM
    return None


def can_continue(user, application) -> Verdict:
    """The owner goes on with an application of a year that is over, once; whether a window is open is the start's."""
    if application.owner_id != user.pk:
        return no(_("Only the owner of the application can go on with it in another year."))
    if application.contest.announced_at is None:
        return no(_("The results of its year are not announced yet: the application itself can still change."))
    if application.status == Status.WITHDRAWN and application.submitted_at is None:
        return no(_("A draft that was withdrawn cannot be gone on with."))
    if continuation_of(application):
        return no(_("There is an application already that goes on with this one."))
    return YES


def can_see_carried(user, application) -> Verdict:
    """What an application began with is known to those who write it."""
    return (
        YES if role_of(user, application) else no(_("Only those who work on the application see what it began with."))
    )


def can_see_history(user, application) -> Verdict:
    """How a text came about is known to those who write it; everybody else reads what it came to."""
    return YES if role_of(user, application) else no(_("Only those who work on the application see its history."))

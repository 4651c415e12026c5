"""Who may write which section of a passport, and why not."""

from django.utils.translation import gettext as _

from accounts.verdicts import YES, Verdict, no
from competition.enums import Status
from competition.permissions import can_edit
from competition.queries import role_of


def can_edit_section(user, passport, code, *, at) -> Verdict:
    """As the application allows; a returned one opens only the sections with an open remark."""
    verdict = can_edit(user, passport.application, at=at)
    if not verdict or passport.application.status != Status.RETURNED:
        return verdict
    if any(remark.code == code and remark.answered_at is None for remark in passport.remarks.all()):
        return YES
    return no(_("The application was returned for revision: only the sections with remarks are open."))


def can_see_history(user, application) -> Verdict:
    """How a text came about is known to those who write it; everybody else reads what it came to."""
    return YES if role_of(user, application) else no(_("Only those who work on the application see its history."))

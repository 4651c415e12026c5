"""What people do with applications. Every status goes through `competition.workflow.move`."""

from datetime import timedelta

from django.db import transaction

from accounts.letters import send_letter
from accounts.verdicts import require
from competition import workflow
from competition.enums import Status
from competition.models import Application, Membership, Organisation
from competition.permissions import can_apply, can_decide, can_withdraw
from competition.queries import correspondents, lock_application
from competition.services.consents import accept_processing

REVISION_TIME = timedelta(days=10)


@transaction.atomic
def register_organisation(*, name, kind, territory, by) -> Organisation:
    """Put an organisation on the list with this person as a member.

    Colleagues write one name, so an organisation that stands on the list of its city already is joined, its kind
    kept. A membership opens nobody's application: it says whom a juror must not judge.
    """
    organisation, created = Organisation.objects.get_or_create(name=name, territory=territory, defaults={"kind": kind})
    if created:
        organisation.full_clean()
    Membership.objects.get_or_create(organisation=organisation, user=by)
    return organisation


@transaction.atomic
def open_application(
    *, track, nomination, territory, organisation=None, title="", continues=None, by, at
) -> Application:
    """Start a draft in a track whose window is open. Raises `Refused` outside it, `ValidationError` on a mismatch.

    `continues` is the application of an earlier year that this one goes on with.
    """
    require(can_apply(by, track, at=at))
    application = Application(
        contest=track.contest,
        track=track,
        nomination=nomination,
        territory=territory,
        organisation=organisation,
        owner=by,
        title=title,
        continues=continues,
    )
    application.full_clean()
    application.save()
    return application


def name_application(application, title: str) -> None:
    """Keep the application's title equal to the practice's name in its passport."""
    Application.objects.filter(pk=application.pk).update(title=title[:500])


def file_application(application, *, by, at) -> Application:
    """Move to *submitted* with the consent as accepted, and confirm it by letter.

    Called by `practices`, which alone knows that the passport is complete. Whoever presses twice gets
    `IllegalMove` the second time: one application is filed, one letter sent.
    """
    with transaction.atomic():
        moved = workflow.move(application, Status.SUBMITTED, by=by, at=at)
        accept_processing(moved, by=by, at=at)
        _tell(moved)
        return moved


@transaction.atomic
def withdraw(application, *, by, at, reason="") -> Application:
    """The applicant steps back, before the results are announced."""
    require(can_withdraw(by, lock_application(application), at=at))
    moved = workflow.move(application, Status.WITHDRAWN, by=by, at=at, reason=reason)
    _tell(moved, reason)
    return moved


@transaction.atomic
def admit(application, *, by, at) -> Application:
    """Let the application go before the jury."""
    return _decide(application, Status.ADMITTED, by=by, at=at)


@transaction.atomic
def decline(application, *, by, at, reason) -> Application:
    """Refuse admission; the reason goes to the applicant."""
    return _decide(application, Status.DECLINED, by=by, at=at, reason=reason)


@transaction.atomic
def return_for_revision(application, *, by, at, reason="", until=None) -> Application:
    """Give the application back with remarks; only the remarked sections open again, until `until`."""
    return _decide(application, Status.RETURNED, by=by, at=at, reason=reason, revise_until=until or at + REVISION_TIME)


def _decide(application, to, *, by, at, reason="", revise_until=None):
    require(can_decide(by, lock_application(application)))
    moved = workflow.move(application, to, by=by, at=at, reason=reason, revise_until=revise_until)
    _tell(moved, reason)
    return moved


def _tell(application, reason="") -> None:
    """Write to owner and editors where the application stands now, to each on their own."""
    for address in correspondents(application):
        context = {"application": application, "reason": reason}
        send_letter(f"application_{application.status}", to=address, context=context)

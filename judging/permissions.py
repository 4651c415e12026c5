"""Who may judge what, see what and announce what, and why not. Pages and services ask the same functions."""

from django.utils.translation import gettext as _

from accounts.verdicts import YES, Verdict, no
from competition.enums import Status
from competition.permissions import in_moscow
from competition.queries import took_part


def conflict_of_interest(juror, application) -> Verdict:
    """A no names the tie between the juror and the application that a machine can see.

    A juror belongs to the territory and organisation of the appointment, to those of every organisation that the
    person files applications for, and to the cities that the person coordinates. Whoever once worked on an application
    stays tied to it. What no register knows, the juror declares (`services.recuse`).
    """
    if application.owner_id == juror.user_id:
        return no(_("The juror filed this application."))
    if took_part(juror.user, application):
        return no(_("The juror works on this application or did so."))
    organisations = _organisations_of(juror)
    if application.organisation_id in {organisation.pk for organisation in organisations}:
        return no(_("The juror belongs to the applicant's organisation."))
    territories = {juror.territory_id, *(organisation.territory_id for organisation in organisations)} - {None}
    territories |= {post.territory_id for post in juror.user.coordinated.all()}
    if application.territory_id in territories:
        return no(_("The juror is from the same territory."))
    donor = getattr(getattr(application, "passport", None), "donor", None)
    if donor and donor.territory_id in territories:
        return no(_("The juror is from the territory of the donor practice."))
    return YES


def _organisations_of(juror) -> list:
    own = [juror.organisation] if juror.organisation else []
    return own + [membership.organisation for membership in juror.user.memberships.all()]


def can_enter(user) -> Verdict:
    """The dashboard: organisers by their mark, jurors by their appointment to any year's jury."""
    if user.is_active and (user.is_staff or user.juries.exists()):
        return YES
    return no(_("The dashboard is for the organiser and the jury."))


def can_organise(user) -> Verdict:
    """The pages on which the contest is run."""
    return YES if user.is_organiser else no(_("This page is the organiser's."))


def can_sit_on_a_jury(user) -> Verdict:
    """The desk of those who were appointed to a jury, this year's or an earlier one."""
    return YES if user.juries.exists() else no(_("This page is for the members of the jury."))


def can_appoint(user, contest) -> Verdict:
    """The organiser says who judges what, until the results are announced."""
    if not user.is_organiser:
        return no(_("Only the organiser assigns the jury."))
    if contest.announced_at is not None:
        return no(_("The results are announced: the jury's work is over."))
    return YES


def can_assign(juror, application, *, assigned_to=frozenset()) -> Verdict:
    """Whether this juror may get this application. `assigned_to` holds the jurors (ids) that have it already."""
    if juror.contest_id != application.contest_id:
        return no(_("The juror is on the jury of another year."))
    if application.status != Status.ADMITTED:
        return no(_("Only an admitted application goes before the jury."))
    if juror.pk in assigned_to:
        return no(_("The juror has this application already."))
    return conflict_of_interest(juror, application)


def can_unassign(user, assignment) -> Verdict:
    """An assignment may be taken back as long as the juror has not begun: what was written stays."""
    verdict = can_appoint(user, assignment.application.contest)
    if not verdict:
        return verdict
    if assignment.declared_at or assignment.recused_at:
        return no(_("The juror has begun already."))
    return YES


def can_judge(user, assignment, *, at) -> Verdict:
    """Whether a juror may act on a sheet at all: it is theirs, it stands, and the jury's time is now."""
    application, contest = assignment.application, assignment.application.contest
    if assignment.juror.user_id != user.pk:
        return no(_("This score sheet belongs to another juror."))
    if assignment.recused_at is not None:
        return no(_("You have stepped aside from this application."))
    if application.status != Status.ADMITTED:
        return no(_("The application has left the contest."))
    if contest.announced_at is not None:
        return no(_("The results are announced: marks can no longer be changed."))
    if not contest.is_judging(at=at):
        return _outside_the_window(contest, at=at)
    return conflict_of_interest(assignment.juror, application)


def _outside_the_window(contest, *, at) -> Verdict:
    if contest.judging_opens_at is None:
        return no(_("The time of the jury is not set yet."))
    if at < contest.judging_opens_at:
        return no(_("The jury starts on %(moment)s, Moscow time.") % {"moment": in_moscow(contest.judging_opens_at)})
    return no(
        _("The jury ended on %(moment)s, Moscow time. Your marks can be read.")
        % {"moment": in_moscow(contest.judging_closes_at)}
    )


def can_mark(user, assignment, *, at) -> Verdict:
    """Marks and comments are written between the declaration and the end of the sheet."""
    verdict = can_judge(user, assignment, at=at)
    if not verdict:
        return verdict
    if assignment.finished_at is not None:
        return no(_("The sheet is finished: its marks are final."))
    if assignment.declared_at is None:
        return no(_("First declare that you have no conflict of interest."))
    return YES


def can_recuse(user, assignment) -> Verdict:
    """A conflict may be declared late, a finished sheet then counts no more; after the announcement nothing moves."""
    if assignment.juror.user_id != user.pk:
        return no(_("This score sheet belongs to another juror."))
    if assignment.recused_at is not None:
        return no(_("You have stepped aside from this application."))
    if assignment.application.contest.announced_at is not None:
        return no(_("The results are announced: marks can no longer be changed."))
    return YES


def can_see_colleagues(user, assignment) -> Verdict:
    """Nobody reads the others' marks before giving all of their own."""
    if assignment.juror.user_id == user.pk and assignment.finished_at is not None:
        return YES
    return no(_("You will see your colleagues' marks when your own sheet is finished."))


def can_read_sheets(user, application) -> Verdict:
    """The organiser reads who gave what, but not of an application of their own: to an applicant the names stay hidden.

    An organiser who sits on the jury, too, gives all marks before reading the others'.
    """
    if not user.is_organiser:
        return no(_("This page is the organiser's."))
    if took_part(user, application):
        return no(_("Nobody reads the score sheets of an application of their own."))
    own = application.assignments.filter(juror__user=user).first()
    if own is None or application.contest.announced_at is not None:
        return YES
    return no(_("You have stepped aside from this application.")) if own.recused_at else can_see_colleagues(user, own)


def can_announce(user, contest) -> Verdict:
    """The organiser announces a year once. Whether it is ready is `queries.standings`' to say."""
    if not user.is_organiser:
        return no(_("Only the organiser announces the results."))
    if contest.announced_at is not None:
        return no(_("The results of this year are announced already."))
    return YES

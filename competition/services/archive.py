"""Applications of years before the portal, or that came on paper: they enter it as what they have become long since."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.verdicts import require
from competition.enums import Status, TrackCode
from competition.models import Application, Contest, StatusChange
from competition.permissions import can_record

ARCHIVE_MARK = "A"  # 2019-A001: no number of the year's register, which counts what was filed here


@transaction.atomic
def record_application(contest, *, territory, title, nomination=None, by, at, reason="") -> Application:
    """Put an application of the past on the list, admitted, under a number of its own; nobody gets a letter.

    Its track is that of practices if the year has tracks. A year whose results are not announced is judged by
    nomination, so there one must be named: `ValidationError` says so.
    """
    require(can_record(by))
    contest = Contest.objects.select_for_update().get(pk=contest.pk)  # the lock under which numbers are given
    if contest.announced_at is None and nomination is None:
        raise ValidationError(_("Choose a nomination: the results of this year are not announced yet."))
    application = Application(
        contest=contest,
        track=contest.tracks.filter(code=TrackCode.PRACTICES).first(),
        nomination=nomination,
        territory=territory,
        owner=by,
        title=title[:500],
        status=Status.ADMITTED,
        submitted_at=at,
        number=_archive_number(contest),
    )
    application.full_clean()
    application.save()
    StatusChange.objects.create(
        application=application, before=Status.DRAFT, after=Status.ADMITTED, by=by, at=at, reason=reason
    )
    return application


def _archive_number(contest) -> str:
    given = contest.applications.filter(number__startswith=f"{contest.year}-{ARCHIVE_MARK}")
    last = given.order_by("number").values_list("number", flat=True).last()
    following = int(last.rpartition(ARCHIVE_MARK)[2]) + 1 if last else 1
    return f"{contest.year}-{ARCHIVE_MARK}{following:04d}"

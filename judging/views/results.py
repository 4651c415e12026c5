"""The results of a year: standings before the announcement, the announcement itself, frozen rows after it."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.verdicts import Refused, require
from competition.models import Contest
from judging import services
from judging.forms import AnnounceForm
from judging.permissions import can_announce, can_organise, can_read_sheets
from judging.queries import (
    criteria_of,
    fingerprint,
    highest_score,
    judged_application,
    obstacles,
    results_of,
    sheets_on,
    standings_of,
)

WIDE_SPREAD = 3  # of ten: from here on the organiser is told that the jury disagrees


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, year: int) -> HttpResponse:
    """Where the applications stand; by POST the announcement; afterwards what was announced."""
    require(can_organise(request.user))
    contest = get_object_or_404(Contest, year=year)
    if contest.announced_at is not None:
        return _announced(request, contest)
    groups = standings_of(contest)
    if request.method == "POST":
        return _announce(request, contest, groups)
    return _standings(request, contest, groups)


def _standings(request: HttpRequest, contest, groups, *, form=None, status=200) -> HttpResponse:
    form = form or AnnounceForm(groups, initial={"seen": fingerprint(groups)})
    context = {
        "nav": "results",
        "contest": contest,
        "groups": [(group, [(row, form.field_of(row.application.key)) for row in group.rows]) for group in groups],
        "form": form,
        "obstacles": obstacles(contest, groups, at=timezone.now()),
        "verdict": can_announce(request.user, contest),
        "highest": highest_score(criteria_of(contest)),
        "wide_spread": WIDE_SPREAD,
    }
    return render(request, "judging/results.html", context, status=status)


def _announce(request: HttpRequest, contest, groups) -> HttpResponse:
    form = AnnounceForm(groups, request.POST)
    if not form.is_valid():
        messages.error(request, _("The standings have changed since you opened the page. Look at them again."))
        return _standings(request, contest, groups, status=409)
    try:
        services.announce(
            contest,
            form.awards,
            seen=form.cleaned_data["seen"],
            despite_warnings=form.cleaned_data["despite_warnings"],
            by=request.user,
            at=timezone.now(),
        )
    except services.StandingsChanged:
        messages.error(request, _("The standings have changed since you opened the page. Look at them again."))
        return _standings(request, contest, standings_of(contest), status=409)
    except services.NotReady:
        messages.error(request, _("The results are not announced: see what stands in the way."))
        return _standings(request, contest, groups, form=form, status=422)
    except Refused:
        contest.refresh_from_db(fields=["announced_at"])
        if contest.announced_at is None:
            raise
    else:
        messages.success(request, _("The results are announced. The admitted practices are in the bank."))
    return redirect("admin:results", year=contest.year)


def _announced(request: HttpRequest, contest) -> HttpResponse:
    frozen = results_of(contest)
    groups = groupby(frozen, key=lambda result: result.application.nomination)
    context = {
        "nav": "results",
        "contest": contest,
        "groups": [(nomination, list(rows)) for nomination, rows in groups],
        "highest": highest_score(criteria_of(contest)),
    }
    return render(request, "judging/results_announced.html", context)


@require_safe
def result_sheets(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Who gave one application what, and why. Of an unfinished sheet only its state is told, before and after."""
    require(can_organise(request.user))
    contest = get_object_or_404(Contest, year=year)
    application = judged_application(contest, key)
    require(can_read_sheets(request.user, application))
    criteria = criteria_of(contest)
    sheets = sheets_on(application, criteria)
    context = {
        "nav": "results",
        "contest": contest,
        "application": application,
        "sheets": sheets,
        "finished": [sheet for sheet in sheets if sheet.assignment.finished_at],
        "criteria": criteria,
        "highest": highest_score(criteria),
    }
    return render(request, "judging/result_sheets.html", context)

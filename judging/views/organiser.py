"""The organiser's desk: where the year stands, and the ways to everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.verdicts import require
from judging.permissions import can_organise
from judging.queries import desk_contest, funnel_of, jury_progress, stage_of


@require_safe
def organiser_desk(request: HttpRequest, app_list=()) -> HttpResponse:
    """Stage, funnel and jury of the current year. `app_list` are the plain lists of the admin site."""
    require(can_organise(request.user))
    contest = desk_contest()
    context = {"nav": "desk", "contest": contest, "app_list": app_list}
    if contest:
        context |= {
            "stage": stage_of(contest, at=timezone.now()),
            "funnel": funnel_of(contest),
            "jury": jury_progress(contest),
        }
    return render(request, "judging/organiser_desk.html", context)

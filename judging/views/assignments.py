"""Who judges what: the organiser's page of the jury, and taking back what was not begun."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.verdicts import require
from competition.models import Contest
from judging.forms import AssignForm
from judging.models import Assignment
from judging.permissions import can_appoint, can_organise
from judging.queries import assigned_applications, candidates, jurors_of, jury_progress
from judging.services import assign_all, unassign


@require_http_methods(["GET", "HEAD", "POST"])
def jury_assign(request: HttpRequest, year: int) -> HttpResponse:
    """The jury of a year: how far each juror got, and who judges which application."""
    require(can_organise(request.user))
    contest = get_object_or_404(Contest, year=year)
    applications, jurors = list(assigned_applications(contest)), list(jurors_of(contest))
    form = AssignForm(applications, jurors, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(can_appoint(request.user, contest))
        if form.is_valid():
            assigned, refused = assign_all(form.chosen(), by=request.user, at=timezone.now())
            _tell(request, assigned, refused)
        else:
            messages.error(request, form.errors["pair"][0])
        return _back(request, contest)
    context = {
        "nav": "jury",
        "contest": contest,
        "jury": jury_progress(contest),
        "rows": candidates(applications, jurors),
        "may_assign": can_appoint(request.user, contest),
    }
    return render(request, "judging/jury_assign.html", context)


def _tell(request: HttpRequest, assigned, refused) -> None:
    if assigned:
        said = ngettext("%(count)s application was assigned.", "%(count)s applications were assigned.", len(assigned))
        messages.success(request, said % {"count": len(assigned)})
    for refusal in refused:
        said = _("Not assigned: %(juror)s, application %(number)s. %(reason)s")
        messages.warning(
            request,
            said % {"juror": refusal.juror, "number": refusal.application.number, "reason": refusal.reason},
        )


def _back(request: HttpRequest, contest: Contest) -> HttpResponse:
    """To the page the form stood on: an application's or the whole jury's."""
    came_from = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        came_from = reverse("admin:jury_assign", args=[contest.year])
    return HttpResponseRedirect(came_from)  # `redirect` would look for a view called by a forged word


@require_POST
def assignment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back from a juror who has not begun."""
    require(can_organise(request.user))
    assignment = get_object_or_404(Assignment.objects.select_related("application__contest", "juror__user"), pk=pk)

    unassign(assignment, by=request.user)
    said = _("%(juror)s no longer judges application %(number)s.")
    messages.success(request, said % {"juror": assignment.juror, "number": assignment.application.number})
    return _back(request, assignment.application.contest)

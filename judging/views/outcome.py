"""The applicant's outcome: what the jury decided on one application, and what it wrote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from judging.queries import comments_by_criterion, criteria_of, highest_score, result_for
from practices.models import Practice


@require_safe
def outcome(request: HttpRequest, key: str) -> HttpResponse:
    """The award, the score and the comments without names. The page does not exist before the announcement."""
    result = result_for(request.user, key)
    application = result.application
    criteria = criteria_of(application.contest)
    context = {
        "nav": "applications",
        "application": application,
        "result": result,
        "highest": highest_score(criteria),
        "comments": comments_by_criterion(application, criteria),
        "practice": Practice.objects.published().filter(passport__application=application).first(),
    }
    return render(request, "judging/outcome.html", context)

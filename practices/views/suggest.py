"""What the box of the search proposes while somebody types in it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.filters import LONGEST_QUERY
from practices.suggesting import suggestions
from practices.version import for_everybody


@login_not_required
@require_safe
@for_everybody
def bank_suggest(request: HttpRequest) -> HttpResponse:
    """The options of the box as a fragment of a page; 204 when nothing begins like that."""
    typed = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "")
    found = suggestions(typed)
    if not found:
        return HttpResponse(status=204)
    return render(request, "practices/_suggestions.html", {"suggestions": found})

"""The save of somebody who was taken off the team while writing: the application is gone, what they typed is not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap, retarget

from competition.models import TeamMember
from practices.forms.sections import BUTTONS


def was_on_the_team(user, key: str) -> bool:
    return TeamMember.objects.filter(user=user, application__key=key, left_at__isnull=False).exists()


def kept_out(request: HttpRequest) -> HttpResponse:
    """403 with the reason and the typed texts. A page with scripts keeps its fields, so it gets the reason alone."""
    if request.htmx:
        response = render(request, "practices/_section_kept_out.html", status=403)
        return retarget(reswap(response, "innerHTML"), "#notice")
    return render(request, "practices/section_kept_out.html", {"texts": _typed(request.POST)}, status=403)


def _typed(data) -> list[str]:
    """What stood in the fields, in their order; the ids of rows are ours."""
    return [text for name, text in data.items() if name not in BUTTONS and not name.endswith("-id") and text.strip()]

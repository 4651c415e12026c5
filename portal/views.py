from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.i18n import set_language


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the contest is, what stage it is at, and the way into the bank."""
    return render(request, "portal/home.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For watchdogs: the web server answers and its database does. Raises what the database raises, so a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Where a person starts after signing in: the dashboard for organiser and jury, one's applications for the rest."""
    if request.user.is_organiser or request.user.juries.exists():
        return redirect("admin:index")
    return redirect("practices:application_list")


language_choose = login_not_required(set_language)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason of the verdict, for a person who is known but may not."""
    return render(request, "403.html", {"reason": getattr(exception, "reason", "")}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the portal's look, with ways out."""
    return render(request, "404.html", status=404)

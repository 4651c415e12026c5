from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from portal import appearance
from portal.harmless import harmless_form
from portal.home import home_page
from portal.models import Worker
from practices.version import for_this_minute


@login_not_required
@require_safe
@for_this_minute
def home(request: HttpRequest) -> HttpResponse:
    """What the contest is, what stage it is at, and the way into the bank."""
    return render(request, "portal/home.html", home_page(user=request.user, at=timezone.now()))


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For watchdogs: the web server answers and its database does. Raises what the database raises, so a 500.

    `workers` is how many were heard of lately: with none, pages are served and background work waits.
    """
    return JsonResponse({"status": "ok", "workers": Worker.objects.alive().count()})


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Where a person starts after signing in: the dashboard for organiser and jury, one's applications for the rest."""
    if request.user.is_organiser or request.user.juries.exists():
        return redirect("admin:index")
    return redirect("practices:application_list")


language_choose = login_not_required(harmless_form(set_language))


@login_not_required
@require_POST
@harmless_form
def appearance_choose(request: HttpRequest) -> HttpResponse:
    """One button of the low-vision bar: the new look goes into the cookie, the person back to the page they read."""
    back = request.POST.get("next", "")
    # SECURITY: only our own addresses, otherwise this form would lead people anywhere.
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("portal:home")
    response = HttpResponseRedirect(back)
    if "usual" in request.POST:
        response.delete_cookie(appearance.COOKIE, samesite="Lax")
        return response
    current = appearance.from_cookie(request.COOKIES.get(appearance.COOKIE))
    chosen = appearance.changed(current, size=request.POST.get("size"), scheme=request.POST.get("scheme"))
    response.set_cookie(
        appearance.COOKIE,
        str(chosen),
        max_age=appearance.COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def misunderstood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for a broken or forged request, 413 for one that is larger than the settings allow."""
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return render(request, "400.html", {"too_large": too_large}, status=413 if too_large else 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason of the verdict, for a person who is known but may not."""
    return render(request, "403.html", {"reason": getattr(exception, "reason", "")}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the portal's look, with ways out."""
    return render(request, "404.html", status=404)

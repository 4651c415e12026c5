"""Next year's application out of this one: what is to be chosen anew, and what came over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.verdicts import require
from practices import services
from practices.carrying import carried_into, continuation_of
from practices.forms.start import StartForm, chosen_before
from practices.models import Passport
from practices.permissions import can_continue, can_see_carried
from practices.queries import open_tracks, passport_for
from practices.views.cabinet import begin, closed


@require_http_methods(["GET", "HEAD", "POST"])
def application_continue(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what a new year asks anew, offer the earlier answers, and carry the passport over."""
    now = timezone.now()
    earlier = passport_for(request.user, key)
    if (later := continuation_of(earlier.application)) and later.owner_id == request.user.pk:
        return redirect("practices:application_detail", key=later.key)  # pressed twice, it begins one
    require(can_continue(request.user, earlier.application))
    tracks = open_tracks(at=now)
    if not tracks:
        return closed(request)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, user=request.user, at=now, initial=chosen_before(earlier, tracks, user=request.user))
    if form.is_valid() and (passport := _continue(form, earlier, by=request.user, at=now)):
        return redirect("practices:application_carried", key=passport.application.key)
    context = {"form": form, "tracks": tracks, "earlier": earlier, "nav": "applications"}
    return render(request, "practices/application_continue.html", context, status=422 if form.is_bound else 200)


def _continue(form: StartForm, earlier: Passport, *, by, at) -> Passport | None:
    def carry_over(**chosen):
        return services.continue_passport(earlier, **chosen)

    return begin(form, carry_over, by=by, at=at)


@require_safe
def application_carried(request: HttpRequest, key: str) -> HttpResponse:
    """What came over from the earlier application, what to check, and what found no place."""
    passport = passport_for(request.user, key)
    require(can_see_carried(request.user, passport.application))
    carried = carried_into(passport)
    if carried is None:
        raise Http404
    context = {"application": passport.application, "carried": carried, "nav": "applications"}
    return render(request, "practices/application_carried.html", context)

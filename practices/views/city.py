"""The coordinator of a city: which of its applications need help, as far as their owners agreed to show them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.verdicts import Refused, require
from competition import services
from competition.forms import NoteForm
from competition.models import Application
from competition.permissions import can_coordinate
from competition.queries import cities_of
from practices.models import Passport
from practices.queries import Audience, city_passport_for, city_passports, read_sections
from practices.views.cabinet import STATES
from practices.views.progress import Deadline, Progressed

STUCK_AFTER_DAYS = 7


@dataclass(frozen=True)
class Watched:
    """An application as the coordinator watches it: how far it is, how long it has, since when nobody wrote."""

    application: Application
    progress: Progressed
    saved_at: datetime
    deadline: Deadline | None
    now: datetime

    @classmethod
    def of(cls, passport: Passport, *, now: datetime) -> "Watched":
        sections = read_sections(passport, audience=Audience.OWNER)
        application = passport.application
        saved_at = max((s.section.saved_at for s in sections if s.section.saved_at), default=application.created_at)
        return cls(application, Progressed(sections), saved_at, Deadline.of(application, now=now), now)

    @property
    def state(self) -> str:
        return STATES[self.application.status]

    @property
    def idle_days(self) -> int:
        return (timezone.localtime(self.now).date() - timezone.localtime(self.saved_at).date()).days

    @property
    def is_stuck(self) -> bool:
        """Time is left, sections are missing, and nobody has written for a week."""
        is_open = self.deadline is not None and not self.deadline.is_over
        return is_open and bool(self.progress.missing) and self.idle_days >= STUCK_AFTER_DAYS


@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    """The city's applications, those that got stuck first."""
    require(can_coordinate(request.user))
    now = timezone.now()
    watched = [Watched.of(passport, now=now) for passport in city_passports(request.user)]
    context = {
        "cities": cities_of(request.user),
        "rows": sorted(watched, key=lambda row: not row.is_stuck),
        "nav": "applications",
    }
    return render(request, "practices/city_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def city_application(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: what is left to do, the sections that may become public, and a letter to its owner."""
    passport = city_passport_for(request.user, key)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.write_to_owner(passport.application, form.cleaned_data["text"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("text", refusal.reason)
        else:
            messages.success(request, _("The owner gets a letter."))
            return redirect("practices:city_application", key=key)
    context = {
        "watched": Watched.of(passport, now=timezone.now()),
        "application": passport.application,
        "edition": passport.edition,
        "sections": read_sections(passport, audience=Audience.PUBLIC),
        "form": form,
        "nav": "applications",
    }
    return render(request, "practices/city_application.html", context, status=422 if form.errors else 200)

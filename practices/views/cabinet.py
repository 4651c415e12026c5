"""The applicant's cabinet: the list, starting an application, the overview of one, filing and withdrawing it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.verdicts import Refused, require
from competition import services as applications
from competition.enums import Role, Status
from competition.permissions import can_edit, can_submit, can_withdraw
from competition.queries import application_for, cities_of, members_of, published_categories, role_of
from practices import services
from practices.adoption import can_read_requests, requests_for
from practices.carrying import carried_into, continuation_of
from practices.donors import comparisons_of
from practices.forms.filing import SubmitForm, WithdrawForm
from practices.forms.start import StartForm
from practices.models import Passport, Practice
from practices.permissions import can_choose_donor, can_confirm, can_continue, can_see_carried
from practices.presence import colleagues_at_work
from practices.queries import Audience, attachments_of, open_tracks, own_passports, passport_for, read_sections
from practices.views.progress import Deadline, Progressed
from practices.views.wording import reason

STATES = {
    Status.DRAFT: "draft",
    Status.SUBMITTED: "ok",
    Status.RETURNED: "bad",
    Status.ADMITTED: "ok",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "none",
}


@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """Everything this person applied with or helps with, and the ways to begin anew."""
    now = timezone.now()
    rows = [_list_row(passport, request.user, now) for passport in own_passports(request.user)]
    tracks = open_tracks(at=now)
    context = {
        "rows": [row for row in rows if row["role"] == Role.OWNER],
        "shared": [row for row in rows if row["role"] != Role.OWNER],
        "cities": cities_of(request.user),
        "tracks": tracks,
        "ways": _ways(bool(tracks)),
        "nav": "applications",
    }
    return render(request, "practices/application_list.html", context)


def _ways(can_begin: bool) -> list[tuple[str, str]]:
    """Where to go from an empty cabinet: the ways to begin while a window is open, the bank otherwise."""
    if not can_begin:
        return [
            (reverse("practices:bank"), _("Bank of practices")),
            (reverse("practices:contest_list"), _("Results by year")),
        ]
    start = reverse("practices:application_start")
    return [(f"{start}?way=word", _("Upload a passport from Word")), (start, _("Create an empty application"))]


def _list_row(passport: Passport, user, now) -> dict:
    sections = read_sections(passport, audience=Audience.OWNER)
    application = passport.application
    return {
        "application": application,
        "role": role_of(user, application),
        "progress": Progressed(sections),
        "state": STATES[application.status],
        "saved_at": max((s.section.saved_at for s in sections if s.section.saved_at), default=application.created_at),
        "deadline": Deadline.of(application, now=now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def application_start(request: HttpRequest) -> HttpResponse:
    """Begin: everything that must be known before the first section, then an empty passport or a Word file."""
    now = timezone.now()
    tracks = open_tracks(at=now)
    if not tracks:
        return closed(request)
    form = StartForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        at=now,
        initial=_from_donor(request, tracks),
    )
    if form.is_valid() and (passport := begin(form, services.start_passport, by=request.user, at=now)):
        way = "practices:import_upload" if request.POST.get("way") == "word" else "practices:application_detail"
        return redirect(way, key=passport.application.key)
    context = {"form": form, "tracks": tracks, "wants_word": request.GET.get("way") == "word", "nav": "applications"}
    return render(request, "practices/application_start.html", context, status=422 if form.is_bound else 200)


def closed(request: HttpRequest) -> HttpResponse:
    """No window is open: where to go instead."""
    context = {"ways": _ways(can_begin=False), "nav": "applications"}
    status = 403 if request.method == "POST" else 200
    return render(request, "practices/application_closed.html", context, status=status)


def _from_donor(request: HttpRequest, tracks) -> dict:
    """Whoever comes from the page of a practice to adopt it finds its track and the donor chosen."""
    slug = request.GET.get("donor", "")
    donor = Practice.objects.published().filter(slug=slug).first() if slug_re.match(slug) else None
    track = next((track for track in tracks if track.needs_donor), None)
    return {"track": track, "donor": donor} if donor and track else {}


def begin(form: StartForm, start: Callable[..., Passport], *, by, at) -> Passport | None:
    """Register the organisation, if it is a new one, and start the passport; None with the form's error if it fails."""
    chosen = form.cleaned_data
    try:
        with transaction.atomic():
            organisation = form.organisation_of_mine
            if form.new_organisation:
                organisation = applications.register_organisation(**form.new_organisation, by=by)
            return start(
                track=chosen["track"],
                nomination=chosen["nomination"],
                territory=chosen["territory"],
                organisation=organisation,
                donor=chosen.get("donor"),
                title=chosen["title"],
                by=by,
                at=at,
            )
    except (Refused, ValidationError) as error:
        form.add_error(None, error.reason if isinstance(error, Refused) else error)
        return None


@require_safe
def application_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The overview: remarks first, then the sections, what is left to do and the way to file."""
    passport = passport_for(request.user, key)
    return _overview(request, passport, SubmitForm(contest=passport.application.contest))


def _overview(request, passport, form, *, status=200) -> HttpResponse:
    now = timezone.now()
    application = passport.application
    sections = read_sections(passport, audience=Audience.OWNER)
    moves = list(application.moves.select_related("by"))
    at_work = colleagues_at_work(passport, request.user, at=now)
    context = {
        "application": application,
        "passport": passport,
        "progress": Progressed(sections),
        "rows": [(section, reason(section), at_work.get(section.code, [])) for section in sections],
        "state": STATES[application.status],
        "deadline": Deadline.of(application, now=now),
        "edit": can_edit(request.user, application, at=now),
        "submit": can_submit(request.user, application, at=now),
        "role": role_of(request.user, application),
        "members": members_of(application),
        "withdraw": can_withdraw(request.user, application, at=now),
        "moves": moves,
        "last_move": moves[-1] if moves else None,
        "form": form,
        "published": sorted(published_categories(application)),
        "attachments": attachments_of(passport),
        **_in_bank(passport, request.user),
        "requests": requests_for(passport, at=now) if can_read_requests(request.user, application) else [],
        "may_choose_donor": can_choose_donor(request.user, passport, at=now),
        **_neighbours(passport, request.user, now),
        "nav": "applications",
    }
    return render(request, "practices/application_detail.html", context, status=status)


def _in_bank(passport, user) -> dict:
    """The public practice that the passport became, and whether this person may confirm it."""
    practice = Practice.objects.published().filter(passport=passport).first()
    if practice is None:
        return {}
    practice.passport = passport
    return {"in_bank": practice, "may_confirm": can_confirm(user, practice)}


def _neighbours(passport, user, now) -> dict:
    """The application of an earlier year that this one goes on with, and the later one that goes on with this."""
    application = passport.application
    later = continuation_of(application) if application.owner_id == user.pk else None
    tracks = open_tracks(at=now) if can_continue(user, application) else []
    return {
        "later": later,
        "next_year": tracks[0].contest.year if tracks else None,
        "carried": carried_into(passport) if can_see_carried(user, application) else None,
    }


@require_POST
def application_submit(request: HttpRequest, key: str) -> HttpResponse:
    """File the passport. Pressed twice, or in two tabs, it files one application, and both see it filed."""
    passport = passport_for(request.user, key)
    form = SubmitForm(request.POST, contest=passport.application.contest)
    is_agreed, now = form.is_valid(), timezone.now()
    publication = form.cleaned_data.get("categories", ())
    try:
        filed = services.submit_passport(passport, consent=is_agreed, publication=publication, by=request.user, at=now)
    except Refused:
        if application_for(request.user, key).status != Status.SUBMITTED:
            raise
        messages.info(request, _("The application is filed already."))
    except services.IncompletePassport:
        return _overview(request, passport, form, status=422)
    except services.ConsentMissing:
        return _overview(request, passport, form, status=422)
    else:
        messages.success(request, _("The application is filed under the number %(number)s.") % {"number": filed.number})
    return redirect("practices:application_detail", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Step back, after a question: there is no way back from it."""
    application = application_for(request.user, key)
    if application.status == Status.WITHDRAWN:
        return redirect("practices:application_detail", key=key)
    require(can_withdraw(request.user, application, at=timezone.now()))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        applications.withdraw(application, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("The application is withdrawn."))
        return redirect("practices:application_detail", key=key)
    context = {"application": application, "form": form, "nav": "applications"}
    return render(request, "practices/application_withdraw.html", context, status=422 if form.errors else 200)


@require_safe
def passport_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The passport as it is read; which sections stay private is said above them."""
    passport = passport_for(request.user, key)
    sections = read_sections(passport, audience=Audience.OWNER)
    context = {
        "application": passport.application,
        "edition": passport.edition,
        "sections": sections,
        "compared": comparisons_of(passport),
        "donor": passport.donor,
        "private": Progressed(sections).personal_numbers,
        "nav": "applications",
    }
    return render(request, "practices/passport_preview.html", context)

"""Admission: the list of applications, and one application read, decided on and given to the jury."""

import re
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.verdicts import Refused, require
from competition import services as competition_services
from competition.enums import Status
from competition.models import Contest
from competition.permissions import can_decide
from competition.queries import application_for
from judging.forms import DeclineForm, RemarksForm
from judging.permissions import can_appoint, can_organise
from judging.queries import (
    assigned_applications,
    candidates,
    counts_by_status,
    desk_contest,
    filed_applications,
    jurors_of,
)
from practices import services as practices_services
from practices.donors import comparisons_of
from practices.history import changes_since_remarks
from practices.queries import Audience, attachments_of, missing_sections, passport_for, read_sections

PAGE_SIZE = 50


@require_safe
def application_desk(request: HttpRequest) -> HttpResponse:
    """Every application of a year that was submitted, by status."""
    require(can_organise(request.user))
    contest = _chosen_contest(request)
    chosen = request.GET.get("status", "")
    if chosen not in Status.values:
        chosen = ""
    applications = filed_applications(contest) if contest else []
    if contest and chosen:
        applications = applications.filter(status=chosen)
    counts = counts_by_status(contest) if contest else []
    context = {
        "nav": "applications",
        "contest": contest,
        "page": Paginator(applications, PAGE_SIZE).get_page(request.GET.get("page")),
        "counts": [(status, status.label, count) for status, count in counts],
        "total": sum(count for _status, count in counts),
        "chosen": chosen,
    }
    return render(request, "judging/application_desk.html", context)


def _chosen_contest(request: HttpRequest) -> Contest | None:
    year = request.GET.get("year", "")
    return get_object_or_404(Contest, year=year) if re.fullmatch("[0-9]{4}", year) else desk_contest()


@require_safe
def application_review(request: HttpRequest, key: str) -> HttpResponse:
    """One application as it was submitted, with what the machine finds and the decisions open to the organiser."""
    require(can_organise(request.user))
    return _review(request, passport_for(request.user, key))


def _review(request: HttpRequest, passport, *, remarks_form=None, decline_form=None) -> HttpResponse:
    application = passport.application
    sections = read_sections(passport, audience=Audience.ORGANISER)
    until = timezone.localdate() + competition_services.REVISION_TIME
    remarks_form = remarks_form or RemarksForm(sections, initial={"until": until})
    changes = changes_since_remarks(passport)
    context = {
        "nav": "applications",
        "contest": application.contest,
        "application": application,
        "passport": passport,
        "files": _files(passport),
        "compared": comparisons_of(passport),
        "sections": [(section, remarks_form.field_of(section.code), changes.get(section.code)) for section in sections],
        "missing": missing_sections(passport),
        "changed": [section for section in sections if section.code in changes],
        "over_limit": [section for section in sections if section.is_over_limit],
        "verdict": can_decide(request.user, application),
        "remarks_form": remarks_form,
        "decline_form": decline_form or DeclineForm(),
        "moves": application.moves.select_related("by"),
        "may_assign": can_appoint(request.user, application.contest),
        "candidates": _candidates(application),
    }
    failed = remarks_form.errors or (decline_form and decline_form.errors)
    return render(request, "judging/application_review.html", context, status=422 if failed else 200)


def _files(passport) -> list[tuple]:
    """The attachments with where they are read: in the cabinet, which knows the organiser."""
    return [
        (
            attachment,
            reverse("practices:attachment_file", args=[passport.application.key, attachment.token]),
            reverse("practices:attachment_preview", args=[passport.application.key, attachment.token]),
        )
        for attachment in attachments_of(passport)
    ]


def _candidates(application) -> list:
    admitted = assigned_applications(application.contest).filter(pk=application.pk)
    return [rows for _application, rows in candidates(admitted, jurors_of(application.contest))]


@require_POST
def application_admit(request: HttpRequest, key: str) -> HttpResponse:
    """Let the application go before the jury."""
    require(can_organise(request.user))
    application = application_for(request.user, key)

    deed = partial(competition_services.admit, application, by=request.user, at=timezone.now())
    return _decide(request, application, deed, Status.ADMITTED, _("The application is admitted, a letter is sent."))


@require_POST
def application_decline(request: HttpRequest, key: str) -> HttpResponse:
    """Refuse admission, with a reason for the applicant."""
    require(can_organise(request.user))
    passport = passport_for(request.user, key)

    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _review(request, passport, decline_form=form)
    deed = partial(
        competition_services.decline,
        passport.application,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    said = _("The application is declined, a letter with the reason is sent.")
    return _decide(request, passport.application, deed, Status.DECLINED, said)


@require_POST
def application_return(request: HttpRequest, key: str) -> HttpResponse:
    """Give the application back: only the remarked sections open for revision."""
    require(can_organise(request.user))
    passport = passport_for(request.user, key)

    form = RemarksForm(read_sections(passport, audience=Audience.ORGANISER), request.POST)
    if not form.is_valid():
        return _review(request, passport, remarks_form=form)
    deed = partial(
        practices_services.return_with_remarks,
        passport.application,
        form.remarks,
        until=form.last_moment,
        by=request.user,
        at=timezone.now(),
    )
    said = _("The application is returned with your remarks, a letter is sent.")
    return _decide(request, passport.application, deed, Status.RETURNED, said)


def _decide(request: HttpRequest, application, deed, status: Status, said: str) -> HttpResponse:
    """Do it and say so. A second press of the same button finds it done and says nothing new."""
    try:
        deed()
    except Refused:
        application.refresh_from_db(fields=["status"])
        if application.status != status:
            raise
    else:
        messages.success(request, said)
    return redirect("admin:application_review", key=application.key)

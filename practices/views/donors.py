"""The donor of an adoption: chosen anew, and compared section by section."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.verdicts import Refused, require
from competition.permissions import in_moscow
from practices import codes, services
from practices.donors import DonorBeside, donor_beside
from practices.forms.donors import ChooseDonorForm, ComparisonForm, DonorSearchForm
from practices.models import Passport
from practices.permissions import can_choose_donor, can_edit_section
from practices.queries import ReadSection, passport_for, section_for


@require_http_methods(["GET", "HEAD", "POST"])
def application_donor(request: HttpRequest, key: str) -> HttpResponse:
    """Choose which practice of the bank was adopted, out of those that a search finds."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    require(can_choose_donor(request.user, passport, at=now))
    search = DonorSearchForm(request.GET)
    data = request.POST if request.method == "POST" else None
    form = ChooseDonorForm(data, words=search.words, initial={"donor": passport.donor_id})
    if form.is_valid():
        is_in_step = services.choose_donor(passport, form.cleaned_data["donor"], by=request.user, at=now)
        messages.success(request, _("The donor practice is chosen."))
        if not is_in_step:
            messages.warning(request, _("The section on the donor was written by hand and stays as it is. Check it."))
        return redirect("practices:application_detail", key=key)
    context = {
        "application": passport.application,
        "passport": passport,
        "search": search,
        "form": form,
        "nav": "applications",
    }
    return render(request, "practices/application_donor.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def section_donor(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """The donor's section beside the new one, and what was done with it: a page of its own, or a word to a script."""
    passport = passport_for(request.user, key)
    section = section_for(passport, code)
    beside = donor_beside(passport, section.template)
    if beside is None:
        raise Http404
    if request.method == "POST":
        return _compare(request, passport, section, beside)
    return _page(request, passport, section, beside, _form(beside))


def _compare(request: HttpRequest, passport: Passport, section: ReadSection, beside: DonorBeside) -> HttpResponse:
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    form = _form(beside, request.POST)
    now = timezone.now()
    if not form.is_valid():
        if by_script:
            return _word(" ".join(error for errors in form.errors.values() for error in errors), status=422)
        return _page(request, passport, section, beside, form, status=422)
    try:
        services.compare_with_donor(passport, section.code, form.changes, by=request.user, at=now)
    except Refused as refusal:
        if by_script:
            return _word(refusal.reason, status=403)
        raise
    if by_script:
        return _word(_("Saved: %(moment)s") % {"moment": in_moscow(now)}, status=200)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('practices:section_edit', args=[passport.application.key, section.code])}#donor")


def _word(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _page(request, passport, section, beside, form, *, status=200) -> HttpResponse:
    context = {
        "application": passport.application,
        "section": section,
        "beside": beside,
        "comparison_form": form,
        "verdict": can_edit_section(request.user, passport, section.code, at=timezone.now()),
        "nav": "applications",
    }
    return render(request, "practices/section_donor.html", context, status=status)


def beside_context(passport: Passport, section: ReadSection, user, *, at) -> dict:
    """For the editor's page: the donor's section, and the form to say what was done with it."""
    if section.code == codes.DONOR:
        return {"may_choose_donor": can_choose_donor(user, passport, at=at)}
    beside = donor_beside(passport, section.template)
    return {"beside": beside, "comparison_form": _form(beside)} if beside else {}


def _form(beside: DonorBeside, data=None) -> ComparisonForm:
    stored = {"choice": beside.comparison.choice, "why": beside.comparison.why}
    return ComparisonForm(data, initial=stored, auto_id="donor_%s")

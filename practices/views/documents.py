"""Passports as files: the bank as PDF and the blank form as Word for everybody, the draft as both for who writes it."""

import hashlib
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from competition.models import Contest
from practices.documents import catalogues, pdf, word_out, word_out_practice
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from practices.enums import Award
from practices.forms.brochure import BrochureForm
from practices.models import ContestForm, Practice
from practices.queries import passport_for
from practices.views.unavailable import unavailable

LONGEST_NAME = 100
RETRY_AFTER_SECONDS = 60
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WHY_NOT = {
    Reason.NO_ENGINE: gettext_lazy("PDF is switched off on this server for now. The page itself prints well, too."),
    Reason.TOO_LONG: gettext_lazy("This document is longer than the portal can set. The page itself prints well, too."),
    Reason.TOO_HARD: gettext_lazy("The portal could not set this document in time. Read it on its page for now."),
    Reason.FAILED: gettext_lazy("The portal could not make this PDF. Read the page for now; we know of the failure."),
    Reason.BUSY: gettext_lazy("Many documents are being made right now. Try again in a minute."),
}


@login_not_required
@require_safe
def practice_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice of the bank as a file."""
    practices = Practice.objects.published().select_related("territory", "contest", "nomination", "theme")
    practice = get_object_or_404(practices, slug=slug)
    name = f"{practice.card_title}, {practice.contest.year}"
    return pdf_answer(request, lambda: pdf.practice_document(practice), name=name, read_at=practice.get_absolute_url())


@login_not_required
@require_safe
def practice_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice of the bank in the official form, to begin one's own from; a card alone as a simple document."""
    practice = get_object_or_404(Practice.objects.published().with_card().select_related("track"), slug=slug)
    name = f"{practice.card_title}, {practice.contest.year}"
    response = _word(request, word_out_practice.practice_docx(practice), name=name)
    patch_cache_control(response, no_cache=True)
    return response


@login_not_required
@require_safe
def catalogue_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The practices of a year as one file; a year without published practices has no catalogue."""
    contest = get_object_or_404(Contest, year=year)
    if not contest.practices.published().exists():
        raise Http404
    name = _("Best municipal practices, %(year)s") % {"year": contest.year}
    return pdf_answer(
        request,
        lambda: catalogues.catalogue_document(contest),
        name=name,
        read_at=contest.get_absolute_url(),
        table=f"{reverse('practices:bank_export', args=['xlsx'])}?year={contest.year}",
    )


@login_not_required
@require_safe
def brochure_pdf(request: HttpRequest) -> HttpResponse:
    """The winners of several years as one file: `?from=2017&to=2021`, by default of all announced years."""
    contests = list(Contest.objects.announced().order_by("year"))
    crumbs = [(reverse("practices:contest_list"), _("Results by year")), (None, _("Brochure"))]
    if not contests:
        return unavailable(request, [_("No results are announced yet.")], status=404, crumbs=crumbs)
    form = BrochureForm(request.GET, contests=contests)
    if not form.is_valid():
        return unavailable(request, form.problems, status=400, crumbs=crumbs)
    chosen = form.chosen_contests
    years = "–".join(dict.fromkeys(str(contest.year) for contest in (chosen[0], chosen[-1])))
    name = _("Best municipal practices, %(year)s") % {"year": years}
    asked = urlencode({"award": Award.WINNER, "year": [contest.year for contest in chosen]}, doseq=True)
    return pdf_answer(
        request,
        lambda: catalogues.brochure_document(chosen),
        name=name,
        read_at=reverse("practices:contest_list"),
        table=f"{reverse('practices:bank_export', args=['xlsx'])}?{asked}",
    )


@login_not_required
@require_safe
def form_docx(request: HttpRequest, year: int) -> HttpResponse:
    """The blank form of a year's passport, for whoever begins in Word."""
    form = get_object_or_404(ContestForm.objects.select_related("edition", "contest"), contest__year=year)
    name = _("Passport of a practice, form of %(year)s") % {"year": year}
    response = _word(request, word_out.blank_docx(form.edition), name=name)
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def passport_docx(request: HttpRequest, key: str) -> HttpResponse:
    """The passport in the official form, for the head's signature; personal sections included."""
    passport = passport_for(request.user, key)
    response = _word(request, word_out.passport_docx(passport), name=_passport_name(passport))
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def passport_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same passport to be read and printed, marked as what it is until it is filed."""
    passport = passport_for(request.user, key)
    return pdf_answer(
        request,
        lambda: pdf.draft_document(passport),
        name=_passport_name(passport),
        read_at=passport.application.get_absolute_url(),
        is_private=True,
    )


def _passport_name(passport) -> str:
    application = passport.application
    return f"{_('Passport of a practice')} {application.number} {application.title}"


def _word(request: HttpRequest, data: bytes, *, name: str) -> HttpResponse:
    """The file, or 304 when the reader has it already: the same passport gives the same bytes."""
    etag = quote_etag(hashlib.sha256(data).hexdigest())
    disposition = content_disposition_header(as_attachment=True, filename=f"{_file_name(name)}.docx")
    whole = HttpResponse(data, content_type=WORD, headers={"Content-Disposition": disposition})
    response = get_conditional_response(request, etag=etag) or whole
    response.headers["ETag"] = etag
    return response


def pdf_answer(
    request: HttpRequest,
    make: Callable[[], PrintedDocument],
    *,
    name: str,
    read_at: str,
    table: str = "",
    is_private: bool = False,
) -> HttpResponse:
    """The file, or 304 when the reader has it already, or a page that says why there is none.

    `read_at`: the address of the page that says the same; `table`: where its practices can be had as a table.
    """
    try:
        document = make()
        etag = quote_etag(document.digest)
        response = get_conditional_response(request, etag=etag) or _file(document, name)
    except PdfUnavailable as error:
        return _no_pdf(request, error.reason, {"read_at": read_at, "table": table})
    response.headers["ETag"] = etag
    if is_private:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, no_cache=True)  # ask every time: what leaves the bank leaves at once
    return response


def _no_pdf(request: HttpRequest, reason: Reason, context: dict) -> HttpResponse:
    """What is too long stays so: only of the rest it is said to ask again."""
    status = 422 if reason is Reason.TOO_LONG else 503
    response = render(request, "practices/pdf_unavailable.html", context | {"why": WHY_NOT[reason]}, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    patch_cache_control(response, no_store=True)
    return response


def _file(document: PrintedDocument, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=False, filename=f"{_file_name(name)}.pdf")
    return HttpResponse(
        document.path().read_bytes(), content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


def _file_name(name: str) -> str:
    """A name that every system takes: no slashes, quotes or line ends, not too long."""
    return "".join(c for c in name if c.isalnum() or c in " -–—,.()№«»")[:LONGEST_NAME].strip()

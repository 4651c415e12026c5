"""The bank on paper: a practice and a year's catalogue as PDF, for everybody, and only what is published."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from competition.models import Contest
from practices.documents import pdf
from practices.documents.pdf_store import PdfUnavailable, PrintedDocument, Reason
from practices.models import Practice

LONGEST_NAME = 100
RETRY_AFTER_SECONDS = 60

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
    return _answer(request, lambda: pdf.practice_document(practice), name=name, page=practice)


@login_not_required
@require_safe
def catalogue_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The practices of a year as one file; a year without published practices has no catalogue."""
    contest = get_object_or_404(Contest, year=year)
    if not contest.practices.published().exists():
        raise Http404
    name = _("Best municipal practices, %(year)s") % {"year": contest.year}
    return _answer(request, lambda: pdf.catalogue_document(contest), name=name, page=contest)


def _answer(request: HttpRequest, make: Callable[[], PrintedDocument], *, name: str, page) -> HttpResponse:
    """The file, or 304 when the reader has it already, or a page that says why there is none."""
    try:
        document = make()
        etag = quote_etag(document.digest)
        response = get_conditional_response(request, etag=etag) or _file(document, name)
    except PdfUnavailable as error:
        context = {"why": WHY_NOT[error.reason], "page": page}
        response = render(request, "practices/pdf_unavailable.html", context, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        patch_cache_control(response, no_store=True)
        return response
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)  # ask every time: what leaves the bank leaves at once
    return response


def _file(document: PrintedDocument, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=False, filename=f"{_file_name(name)}.pdf")
    return HttpResponse(
        document.path().read_bytes(), content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


def _file_name(name: str) -> str:
    """A name that every system takes: no slashes, quotes or line ends, not too long."""
    return "".join(c for c in name if c.isalnum() or c in " -–—,.()№«»")[:LONGEST_NAME].strip()

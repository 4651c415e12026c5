"""Taking a selection of the bank away: as tables and as one PDF, at once or, where that takes long, by a link."""

from collections.abc import Iterable
from tempfile import TemporaryFile

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from practices import background, tasks
from practices.documents import bank_tables, spreadsheets
from practices.enums import ExportKind
from practices.forms.selection import Selection
from practices.models import Export
from practices.services import exports
from practices.views.files import export_response

SHORT_TABLE = 2_000  # rows of a workbook that are written while its reader waits
RETRY_AFTER_SECONDS = 600
IN_BACKGROUND = (ExportKind.XLSX,)


@login_not_required
@require_safe
def bank_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The practices that the bank finds for this query string, as a file; a long one has to be ordered."""
    selection = Selection(request.GET)
    if selection.problems:
        return _unavailable(request, selection.problems, status=400)
    if kind == ExportKind.XLSX and selection.count > SHORT_TABLE:
        return _to_be_ordered(request, selection, kind)
    response = _table(selection, kind)
    patch_cache_control(response, no_cache=True)  # ask every time: what leaves the bank leaves at once
    return response


@login_not_required
@require_POST
def export_order(request: HttpRequest) -> HttpResponse:
    """Have a long selection made in the background, or find the one that is made already."""
    kind, selection = request.POST.get("kind"), Selection(QueryDict(request.POST.get("question", "")))
    if kind not in IN_BACKGROUND:
        return _unavailable(request, [_("There is no such kind of file.")], status=400)
    if selection.problems:
        return _unavailable(request, selection.problems, status=400)
    if not ratelimit.consume(request, action="export"):
        return _unavailable(request, [_("You have ordered many files. Try again in an hour.")], status=429)
    try:
        export = tasks.order_export(selection, kind=kind, at=timezone.now())
    except exports.TooManyWaiting:
        busy = _("Many selections are being made right now. Try again in ten minutes.")
        return _unavailable(request, [busy], status=503)
    return redirect("practices:export_detail", token=export.token)


@login_not_required
@require_safe
def export_detail(request: HttpRequest, token) -> HttpResponse:
    """How far the file is, and then the file: for whoever has the link."""
    export = get_object_or_404(Export, token=token)
    is_given_out = exports.is_given_out(export, at=timezone.now())
    if export.finished_at and not is_given_out:
        return _gone(request, export)
    context = {
        "crumbs": _crumbs(_("Selection from the bank")),
        "export": export,
        "progress": background.progress_of(export),
        "words": Selection(QueryDict(export.question)).words,
        "is_given_out": is_given_out,
    }
    response = render(request, "practices/export_detail.html", context)
    patch_cache_control(response, no_store=True)
    return response


@login_not_required
@require_safe
def export_file(request: HttpRequest, token) -> HttpResponse:
    """The file itself, as long as it may be given out."""
    export = get_object_or_404(Export, token=token)
    if not exports.is_given_out(export, at=timezone.now()):
        return _gone(request, export)
    response = export_response(export, name=_file_name(export.kind))
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _table(selection: Selection, kind: str) -> HttpResponse:
    found = bank_tables.rows(selection.keys)
    if kind == ExportKind.XLSX:
        stream = TemporaryFile()  # noqa: SIM115 - the response closes it
        bank_tables.write_xlsx(found, stream, words=selection.words, question=selection.question, count=selection.count)
        stream.seek(0)
        return FileResponse(stream, as_attachment=True, filename=_file_name(kind), content_type=spreadsheets.XLSX)
    if kind == ExportKind.CSV:
        pieces, content_type = spreadsheets.csv_lines(bank_tables.as_sheet(found)), spreadsheets.CSV
    else:
        pieces, content_type = bank_tables.as_json(found, question=selection.question), "application/json"
    disposition = content_disposition_header(as_attachment=True, filename=_file_name(kind))
    return StreamingHttpResponse(pieces, content_type=content_type, headers={"Content-Disposition": disposition})


def _to_be_ordered(request: HttpRequest, selection: Selection, kind: str) -> HttpResponse:
    context = {
        "crumbs": _crumbs(_("Selection from the bank")),
        "selection": selection,
        "kind": ExportKind(kind),
    }
    response = render(request, "practices/export_order.html", context)
    patch_cache_control(response, no_cache=True)
    return response


def _gone(request: HttpRequest, export: Export) -> HttpResponse:
    if timezone.now() >= export.expires_at:
        why = _("A file is kept for a week, and that week is over.")
    else:
        why = _("The bank has changed since this file was made: a practice in it is not public any more.")
    again = reverse("practices:bank_export", args=[export.kind])
    return _unavailable(request, [why], status=410, again=f"{again}?{export.question}" if export.question else again)


def _unavailable(request: HttpRequest, sentences: Iterable[str], *, status: int, again: str = "") -> HttpResponse:
    context = {"crumbs": _crumbs(_("Selection from the bank")), "sentences": sentences, "again": again}
    response = render(request, "practices/export_unavailable.html", context, status=status)
    if status in {429, 503}:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    patch_cache_control(response, no_store=True)
    return response


def _crumbs(title: str) -> list[tuple]:
    return [(reverse("practices:bank"), _("Bank of practices")), (None, title)]


def _file_name(kind: str) -> str:
    return f"{_('Practices')} {timezone.localdate():%Y-%m-%d}.{kind}"

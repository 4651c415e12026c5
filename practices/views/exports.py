"""Taking a selection of the bank away: as tables and as one PDF, at once or, where that takes long, by a link."""

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

from competition.templatetags.typography import number
from practices import background, tasks
from practices.documents import bank_tables, spreadsheets
from practices.documents.catalogues import MOST_CARDS, selection_document
from practices.enums import ExportKind
from practices.forms.selection import Selection
from practices.models import Export
from practices.services import exports
from practices.views.documents import pdf_answer
from practices.views.files import export_response
from practices.views.unavailable import unavailable

# How many practices are made into a file while its reader waits; more of them in the background. What is not named
# here goes out line by line, however long it is.
SHORT = {ExportKind.PDF: 30, ExportKind.XLSX: 2_000}


@login_not_required
@require_safe
def bank_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The practices that the bank finds for this query string, as a file; a long one has to be ordered."""
    selection = Selection(request.GET)
    if problems := selection.problems or _problems_of(kind, selection):
        return _unavailable(request, problems, status=400, instead=_tables(kind, selection))
    if selection.count > SHORT.get(kind, selection.count):
        return _to_be_ordered(request, selection, kind)
    if kind == ExportKind.PDF:
        return _book(request, selection)
    response = _table(selection, kind)
    patch_cache_control(response, no_cache=True)  # ask every time: what leaves the bank leaves at once
    return response


@login_not_required
@require_POST
def export_order(request: HttpRequest) -> HttpResponse:
    """Have a long selection made in the background, or find the one that is made already."""
    kind, selection = request.POST.get("kind"), Selection(QueryDict(request.POST.get("question", "")))
    if kind not in SHORT:
        return _unavailable(request, [_("There is no such kind of file.")], status=400)
    if problems := selection.problems or _problems_of(kind, selection):
        return _unavailable(request, problems, status=400, instead=_tables(kind, selection))
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
        "crumbs": _crumbs(),
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


def _book(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Kept under the hash of what is in it, as every PDF: the second reader waits milliseconds."""
    return pdf_answer(
        request,
        lambda: selection_document(selection.practices(), words=selection.words, made_on=timezone.localdate()),
        name=f"{_('Practices')} {timezone.localdate():%Y-%m-%d}",
        read_at=selection.address,
    )


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
        "crumbs": _crumbs(),
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
    return _unavailable(request, [why], status=410, again=_address(export.kind, export.question))


def _problems_of(kind: str, selection: Selection) -> list[str]:
    """Why a selection that was understood makes no book; a table may be as long, or as empty, as it is."""
    if kind != ExportKind.PDF or 0 < selection.count <= MOST_CARDS:
        return []
    if not selection.count:
        return [_("Nothing in the bank answers this question.")]
    return [
        _("A book has room for %(most)s practices, and here are %(count)s. Narrow the selection or take it as a table.")
        % {"most": number(MOST_CARDS), "count": number(selection.count)}
    ]


def _tables(kind: str, selection: Selection) -> list[tuple[str, str]]:
    """What can be had instead of a book that is too long."""
    if kind != ExportKind.PDF or selection.problems or not selection.count:
        return []
    return [(_address(table, selection.question), table.label) for table in (ExportKind.XLSX, ExportKind.CSV)]


def _address(kind: str, question: str) -> str:
    address = reverse("practices:bank_export", args=[kind])
    return f"{address}?{question}" if question else address


def _unavailable(request: HttpRequest, sentences: list[str], *, status: int, **more) -> HttpResponse:
    return unavailable(request, sentences, status=status, crumbs=_crumbs(), **more)


def _crumbs() -> list[tuple]:
    return [(reverse("practices:bank"), _("Bank of practices")), (None, _("Selection from the bank"))]


def _file_name(kind: str) -> str:
    return f"{_('Practices')} {timezone.localdate():%Y-%m-%d}.{kind}"

"""The organiser's page for passports of past years: many files at once, read in the background, with a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practices import background, import_report, tasks
from practices.documents import word_sentences
from practices.documents.archive import files_in
from practices.documents.refused import Refused
from practices.enums import Outcome
from practices.forms.old_passports import ARCHIVE, OldPassportsForm, ReadAgainForm
from practices.import_report import Line
from practices.models import OldPassportBatch, OldPassportFile, WordImport

LATEST = 20
SHOWN_AS = {  # the glyph of an outcome, as components/_state.html knows them
    Outcome.PLACED: "ok",
    Outcome.DOUBTFUL: "warn",
    Outcome.DUPLICATE: "none",
    Outcome.UNPLACED: "bad",
    Outcome.REFUSED: "bad",
}
UNFINISHED = {background.WAITING: "none", background.RUNNING: "draft", background.FAILED: "bad"}


@require_http_methods(["GET", "HEAD", "POST"])
def old_passports(request: HttpRequest) -> HttpResponse:
    """Upload files, and find the earlier uploads."""
    form = OldPassportsForm(request.POST, request.FILES) if request.method == "POST" else OldPassportsForm()
    if form.is_valid() and (batch := _bring_in(request, form)):
        return redirect("admin:old_passport_batch", token=batch.token)
    batches = OldPassportBatch.objects.select_related("contest", "uploaded_by").annotate(
        total=Count("files"), done=Count("files", filter=Q(files__finished_at__isnull=False))
    )
    context = {**admin.site.each_context(request), "form": form, "batches": batches[:LATEST]}
    return render(request, "practices/old_passports.html", context, status=422 if form.errors else 200)


def _bring_in(request: HttpRequest, form: OldPassportsForm) -> OldPassportBatch | None:
    """The upload as it is kept; None, with the sentence at the form's field, for an archive that is not taken."""
    chosen = form.cleaned_data
    try:
        return tasks.bring_in(
            _unpacked(chosen["files"]),
            contest=chosen["contest"],
            nomination=chosen["nomination"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error("files", word_sentences.refusal(refusal.reason))
        return None


def _unpacked(files) -> Iterator[tuple[str, bytes]]:
    for file in files:
        if file.name.lower().endswith(ARCHIVE):
            yield from files_in(file)
        else:
            yield file.name, file.read()


@dataclass(frozen=True)
class Row:
    """One file on the page: how far it is, and what became of it."""

    kept: OldPassportFile
    line: Line
    state: str

    @property
    def mark(self) -> str:
        return SHOWN_AS.get(self.line.outcome, UNFINISHED.get(self.state, "draft"))

    @property
    def label(self) -> str:
        match self.state:
            case background.WAITING:
                return _("waits for its turn")
            case background.FAILED:
                return _("the portal failed, see its log")
        return self.line.label

    @property
    def word_import(self) -> WordImport | None:
        """The file beside what was read of it, where this file was brought in."""
        if self.line.outcome not in {Outcome.PLACED, Outcome.DOUBTFUL}:
            return None
        return next(iter(self.line.passport.word_imports.all()), None) if self.line.passport else None

    @property
    def may_be_read_again(self) -> bool:
        return bool(self.kept.file) and self.state in {background.DONE, background.FAILED}


@require_safe
def old_passport_batch(request: HttpRequest, token) -> HttpResponse:
    """How far an upload is, file by file; asks again by itself until all is done."""
    batch = _batch(token)
    rows = _rows(batch)
    left = [row for row in rows if row.state in {background.WAITING, background.RUNNING}]
    state = background.RUNNING if left else background.DONE
    context = {
        **admin.site.each_context(request),
        "batch": batch,
        "rows": rows,
        "progress": background.Progress(state, done=len(rows) - len(left), total=len(rows)),
        "counts": import_report.counted(row.line for row in rows),
        "again": None if left else ReadAgainForm(auto_id=False),  # the page would take away what is being chosen
    }
    return render(request, "practices/old_passport_batch.html", context)


@require_safe
def old_passport_report(request: HttpRequest, token) -> HttpResponse:
    """The report as a table for Excel."""
    batch = _batch(token)
    report = import_report.as_csv(row.line for row in _rows(batch))
    name = f"passports-{batch.contest.year}-{batch.uploaded_at:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(report, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def old_passport_again(request: HttpRequest, token, file_token) -> HttpResponse:
    """Read a file that was not brought in once more, if need be with the city that it does not tell."""
    batch = _batch(token)
    kept = get_object_or_404(batch.files, token=file_token)
    form = ReadAgainForm(request.POST)
    if form.is_valid() and tasks.read_again(kept, territory=form.cleaned_data["territory"], by=request.user):
        messages.info(request, _("“%(name)s” is read once more.") % {"name": kept.name})
    else:
        messages.error(request, _("There is nothing to read once more in “%(name)s”.") % {"name": kept.name})
    return redirect("admin:old_passport_batch", token=batch.token)


def _batch(token) -> OldPassportBatch:
    return get_object_or_404(OldPassportBatch.objects.select_related("contest", "uploaded_by"), token=token)


def _rows(batch: OldPassportBatch) -> list[Row]:
    files = batch.files.select_related("passport__application", "passport__practice")
    files = list(files.prefetch_related("passport__word_imports"))
    states = background.states_of(files)
    return [Row(kept, _line(kept), states[kept.pk]) for kept in files]


def _line(kept: OldPassportFile) -> Line:
    return Line(file=kept.name, outcome=kept.outcome, passport=kept.passport, **kept.findings)

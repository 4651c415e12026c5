"""A passport out of Word: the upload, the wait for what takes longer, the file itself. Its review: `import_review`."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.verdicts import require
from competition.permissions import can_edit
from practices import services, tasks
from practices.documents import word_in
from practices.documents.word_kinds import Kind
from practices.forms.word import MEGABYTE, UploadForm
from practices.models import Edition, Passport, WordImport
from practices.queries import passport_for, word_import_for, word_imports_of
from practices.views import files


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a Word file with what was recognised in it, now or soon; the passport stays as it is."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    require(can_edit(request.user, passport.application, at=now))
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid() and (kept := _keep(form, passport, by=request.user, at=now)):
        return redirect("practices:import_review", key=key, token=kept.token)
    context = {
        "application": passport.application,
        "form": form,
        "word_imports": word_imports_of(passport),
        "megabytes": settings.MAX_WORD_FILE_BYTES // MEGABYTE,
        "nav": "applications",
    }
    return render(request, "practices/import_upload.html", context, status=422 if form.errors else 200)


def _keep(form: UploadForm, passport: Passport, *, by, at) -> WordImport | None:
    """The file, read at once or handed to a worker; None, with the sentence at the field, for one that is not taken."""
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        kind = word_in.look_through(data)
        if kind is not Kind.DOCX:
            return _hand_to_worker(passport, data=data, file_name=file.name, kind=kind, by=by, at=at)
        editions = Edition.objects.prefetch_related("sections")
        read = word_in.read_passport(data, editions, shapes=passport.edition.shapes)
    except word_in.RefusedFile as refusal:
        form.add_error("file", refusal.sentence)
        return None
    recognised = read.with_merged_cells().as_json()
    return services.keep_word_file(passport, data=data, file_name=file.name, recognised=recognised, by=by, at=at)


@transaction.atomic
def _hand_to_worker(passport: Passport, **file) -> WordImport:
    """The file and its task are kept together or not at all."""
    kept = services.keep_word_file(passport, **file)
    tasks.read_word_file.enqueue(kept.pk)
    return kept


@require_safe
def import_file(request: HttpRequest, key: str, token) -> HttpResponse:
    """The file as it was uploaded."""
    word_import = word_import_for(passport_for(request.user, key), token)
    return files.kept_privately(files.word_response(word_import))

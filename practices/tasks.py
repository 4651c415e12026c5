"""What a worker does while its person waits, or has gone on. Each task may run twice and is then done once."""

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.dispatch import receiver
from django.http import QueryDict
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.signals import task_finished

from practices import background, search, services
from practices.forms.selection import Selection
from practices.models import AdoptionRequest, Attachment, Export, OldPassportBatch, OldPassportFile, WordImport
from practices.services import exports, old_passports, words
from practices.watching import send_due_searches


@task()
def read_word_file(import_pk: int) -> None:
    """Read an uploaded file that takes longer than a page may: an old Word file, an .odt, an .rtf, a PDF."""
    word_import = WordImport.objects.select_related("passport__edition").filter(pk=import_pk).first()
    if word_import is not None:  # its application may be gone
        services.read_waiting_file(word_import)


@receiver(task_finished)
def tell_of_failure(task_result, **_more) -> None:
    """Whoever waits for a file is told when it was given up; every other end the reading itself writes down."""
    if task_result.status == TaskResultStatus.FAILED and task_result.task.func is read_word_file.func:
        words.give_up_reading(*task_result.args)


@task()
def draw_preview(attachment_pk: int) -> None:
    """Draw the first page of an attached document, and read its words."""
    attachment = Attachment.objects.select_related("passport__application").filter(pk=attachment_pk).first()
    if attachment is not None:  # it may be removed already
        services.draw_preview(attachment)
        services.read_text(attachment)


@task()
def read_old_passport(file_pk: int) -> None:
    """Read one of an organiser's files with passports of past years, and bring it in."""
    old_passports.read_kept_passport(file_pk)


@transaction.atomic
def bring_in(files: Iterable[tuple[str, bytes]], *, contest, nomination=None, by, at) -> OldPassportBatch:
    """Keep the organiser's files and queue the reading of each."""
    batch = old_passports.keep_old_passports(files, contest=contest, nomination=nomination, by=by, at=at)
    for kept in batch.files.all():
        background.send(read_old_passport, kept)
    return batch


@transaction.atomic
def read_again(kept: OldPassportFile, *, territory=None, by) -> bool:
    """Queue a file that was not brought in once more; whether there was anything to read."""
    opened = old_passports.open_again(kept, territory=territory, by=by)
    if opened is not None:
        background.send(read_old_passport, opened)
    return opened is not None


@task()
def index_renamed(model: str, pk: int) -> None:
    """Make the practices of a city, a nomination or a theme found by its new name."""
    fact = apps.get_model(model).objects.filter(pk=pk).first()
    if fact is not None:
        search.index_renamed(fact)


def index_if_renamed(instance, created: bool, raw: bool, **_more) -> None:
    """Queue that when it is due; for the signal of a saved row. A theme may have half of the bank."""
    if not created and not raw and search.named_otherwise(instance).exists():
        index_renamed.enqueue(instance._meta.label, instance.pk)


@task()
def send_saved_searches() -> None:
    """Write to those who follow a search and whose next letter is due."""
    send_due_searches(at=timezone.now())


@task()
def forget_old_requests() -> None:
    """A question to a team was to be kept for a year: so its writer was told."""
    AdoptionRequest.objects.outdated(at=timezone.now()).delete()


def are_requests_outdated(*, at: datetime) -> bool:
    return AdoptionRequest.objects.outdated(at=at).exists()


@task()
def make_export(export_pk: int) -> None:
    """Make a long selection of the bank into its file; take away what is kept no longer."""
    export = Export.objects.filter(pk=export_pk, finished_at=None).first()
    if export is not None:  # made already by another worker, or swept
        selection = Selection(QueryDict(export.question))
        exports.make_export(export, selection.keys, words=selection.words)
    exports.sweep_exports(at=timezone.now())


@transaction.atomic
def order_export(selection: Selection, *, kind: str, at) -> Export:
    """The export of a selection, queued unless it is there already; raises `exports.TooManyWaiting`."""
    export, is_to_be_made = exports.open_export(kind, selection.question, at=at)
    if is_to_be_made:
        background.send(make_export, export)
    return export

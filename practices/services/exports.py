"""Selections made into files in the background: ordered by anybody, made once, kept for a week."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from practices import background
from practices.documents import bank_tables, catalogues
from practices.documents.bank_tables import CHUNK, Row
from practices.enums import ExportKind
from practices.models import Export, Practice
from practices.version import bank_version

LIVES = timedelta(days=7)
REMEMBERED = timedelta(days=30)  # that long a link says that its file is gone, before it is an unknown one
MOST_WAITING = 10
PATIENCE_SECONDS = 300  # for one of the places where PDFs are set


class TooManyWaiting(Exception):
    """So many exports wait for a worker that another one would have to wait too long."""


@transaction.atomic
def open_export(kind: str, question: str, *, at: datetime) -> tuple[Export, bool]:
    """The export of this question to the bank as it is, and whether it is still to be made.

    Whoever asks for the same gets the same one, made, being made or waiting. Raises `TooManyWaiting`.
    """
    digest = hashlib.sha256(f"{kind}?{question} {bank_version()}".encode()).hexdigest()
    fresh = {"created_at": at, "expires_at": at + LIVES, "finished_at": None, "done": 0, "total": 0}
    export, is_new = Export.objects.get_or_create(digest=digest, defaults={**fresh, "kind": kind, "question": question})
    export = Export.objects.select_for_update().get(pk=export.pk)
    if not is_new and (background.progress_of(export).is_going or is_given_out(export, at=at)):
        return export, False
    if _waiting(but=export) >= MOST_WAITING:
        raise TooManyWaiting
    export.file.delete(save=False)
    Export.objects.filter(pk=export.pk).update(**fresh, file="")
    export.refresh_from_db()
    return export, True


def is_given_out(export: Export, *, at: datetime) -> bool:
    """Whether there is a file that may be given out: finished, not past its week, all its practices still public."""
    return bool(export.file) and at < export.expires_at and export.practices.published().count() == export.total


def make_export(export: Export, keys: Sequence[int], *, words: str) -> None:
    """Write the file of these practices and finish the export; the file of a second worker is thrown away."""
    made = _book(keys, words) if export.kind == ExportKind.PDF else _workbook(export, keys, words)
    with made as file, background.unfinished(Export, export.pk) as record:
        if record:
            record.file.save("export", File(file), save=False)
            record.done = record.total = len(keys)
            _remember(record, keys)


def _workbook(export: Export, keys: Sequence[int], words: str) -> BinaryIO:
    Export.objects.filter(pk=export.pk).update(total=len(keys), done=0)
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    found = _counted(export, bank_tables.rows(keys))
    bank_tables.write_xlsx(found, stream, words=words, question=export.question, count=len(keys))
    stream.seek(0)
    return stream


def _book(keys: Sequence[int], words: str) -> BinaryIO:
    """Set in one go, which tells nobody how far it is; it may wait long for its place."""
    found = Practice.objects.published().with_card().in_bulk(keys)
    practices = [found[key] for key in keys if key in found]
    book = catalogues.selection_document(
        practices, words=words, made_on=timezone.localdate(), limits=catalogues.LONG_LIMITS
    )
    return book.path(patience=PATIENCE_SECONDS).open("rb")


def _counted(export: Export, found: Iterable[Row]) -> Iterator[Row]:
    """The rows, told to whoever waits for them."""
    for number, row in enumerate(found, start=1):
        yield row
        if number % CHUNK == 0:
            Export.objects.filter(pk=export.pk).update(done=number)


def _remember(export: Export, keys: Iterable[int]) -> None:
    """Which practices are in the file."""
    inside = Export.practices.through
    inside.objects.filter(export=export).delete()
    inside.objects.bulk_create((inside(export=export, practice_id=key) for key in keys), batch_size=CHUNK)


def sweep_exports(*, at: datetime) -> int:
    """Take away what nobody is given any more; returns how many files went."""
    swept = 0
    for export in Export.objects.exclude(file="").order_by("pk"):
        if not is_given_out(export, at=at):
            export.file.delete(save=False)
            Export.objects.filter(pk=export.pk).update(file="")
            export.practices.clear()
            swept += 1
    Export.objects.filter(expires_at__lt=at - REMEMBERED).delete()
    return swept


def _waiting(*, but: Export) -> int:
    unfinished = Export.objects.filter(finished_at=None).exclude(pk=but.pk)
    states = background.states_of(unfinished)
    return sum(state in {background.WAITING, background.RUNNING} for state in states.values())

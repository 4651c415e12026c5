"""Whether the private folder and the database agree: a crash between the two leaves files that nobody knows."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField

from practices.models import Attachment

GRACE = timedelta(days=1)  # a file is written before its row, in a request or a task that is still at work


@dataclass
class Findings:
    """What disagrees, by name. `strays` belong to no row and may go; the rest is for a backup to mend."""

    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def look_over_files(*, at) -> Findings:
    """Compare every file with its row. An attachment is also read, and its checksum compared."""
    named = set(_names_in_rows())
    found = Findings(missing=sorted(name for name in named if not default_storage.exists(name)))
    for name, checksum in Attachment.objects.values_list("file", "sha256").iterator():
        if name not in found.missing and _checksum(name) != checksum:
            found.changed.append(name)
    for name in _names_on_disk():
        if name not in named and default_storage.get_modified_time(name) < at - GRACE:
            found.strays.append(name)
    return found


def delete_strays(found: Findings) -> None:
    for name in found.strays:
        default_storage.delete(name)


def _names_in_rows() -> Iterator[str]:
    for model in apps.get_app_config("practices").get_models():
        for column in model._meta.get_fields():
            if isinstance(column, FileField):
                yield from model.objects.exclude(**{column.name: ""}).values_list(column.name, flat=True).iterator()


def _names_on_disk(folder: str = "") -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from _names_on_disk(f"{folder}{name}/")


def _checksum(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

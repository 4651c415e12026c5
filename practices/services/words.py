"""A Word file beside a passport: kept with what was recognised, taken over by a person's tick."""

import uuid

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.verdicts import require
from competition.permissions import can_edit
from competition.queries import lock_application
from practices import blocks, fitting
from practices.models import WordImport
from practices.services.sections import save_section

MAX_FILE_NAME = 255


@transaction.atomic
def keep_word_file(passport, *, data: bytes, file_name: str, recognised: dict, by, at) -> WordImport:
    """Store a Word file privately with what was recognised in it; the passport itself stays as it is."""
    require(can_edit(by, lock_application(passport.application), at=at))
    token = uuid.uuid4()
    return WordImport.objects.create(
        passport=passport,
        token=token,
        file=ContentFile(data, name=f"{token}.docx"),
        file_name=blocks.clean_text(file_name, limit=3 * MAX_FILE_NAME)[:MAX_FILE_NAME],  # NFC may lengthen it
        recognised=recognised,
        uploaded_at=at,
        uploaded_by=by,
    )


@transaction.atomic
def take_over(word_import, chosen: dict[str, int], *, by, at) -> list[str]:
    """Move the ticked sections of a Word file into the passport, laid out in the passport's own edition.

    `chosen` maps a section's code to the version its reviewer saw. All or nothing: a `Conflict` in one section
    leaves every other untouched. Returns the codes taken over, in the order of the form.
    """
    passport = word_import.passport
    found = fitting.fit(word_import.recognised["sections"], passport.edition.shapes).sections
    ordered = [code for code in passport.edition.shapes if code in chosen and code in found]
    for code in ordered:
        save_section(passport, code, found[code].content, seen=chosen[code], by=by, at=at)
    word_import.taken_over_at = at
    word_import.save(update_fields=["taken_over_at"])
    return ordered

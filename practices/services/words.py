"""A Word file beside a passport: kept with what was recognised, taken over by a person's tick."""

import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.verdicts import require
from competition.permissions import can_edit
from competition.queries import lock_application
from practices import blocks, fitting
from practices.documents import word_in, word_sentences
from practices.enums import Reading
from practices.models import Edition, WordImport
from practices.services.sections import Conflict, save_section
from practices.taking import Choice, Part, appended, parts_of

MAX_FILE_NAME = 255


@transaction.atomic
def keep_word_file(passport, *, data: bytes, file_name: str, kind: str = "docx", recognised=None, by, at) -> WordImport:
    """Store a Word file privately with what was recognised in it; the passport itself stays as it is.

    Without `recognised` the file waits to be read (`read_waiting_file`).
    """
    require(can_edit(by, lock_application(passport.application), at=at))
    token = uuid.uuid4()
    return WordImport.objects.create(
        passport=passport,
        token=token,
        file=ContentFile(data, name=f"{token}.{kind}"),
        file_name=blocks.clean_text(file_name, limit=3 * MAX_FILE_NAME)[:MAX_FILE_NAME],  # NFC may lengthen it
        kind=kind,
        reading=Reading.WAITING if recognised is None else Reading.READ,
        recognised=recognised or {},
        uploaded_at=at,
        uploaded_by=by,
    )


def read_waiting_file(word_import) -> None:
    """Read a file that waits, and put down what was recognised or why it is not taken. Doing it again changes nothing.

    Holds no lock while it reads: that takes seconds. Of two readers the first to finish is the one who wrote.
    """
    if not word_import.is_waiting:
        return
    with word_import.file.open() as file:
        data = file.read()
    try:
        editions = Edition.objects.prefetch_related("sections")
        read = word_in.read_passport(data, editions, shapes=word_import.passport.edition.shapes)
    except word_in.RefusedFile as refusal:
        _finish(word_import, reading=Reading.REFUSED, refusal=refusal.sentence)
    except Exception:
        _finish(word_import, reading=Reading.REFUSED, refusal=word_sentences.refusal("unreadable"))
        raise
    else:
        _finish(
            word_import, reading=Reading.READ, recognised=read.with_merged_cells().as_json(), converted=read.converted
        )


def give_up_reading(import_pk: int) -> None:
    """Say of a file that nobody could read, because reading it ends every worker, that it is not taken."""
    word_import = WordImport.objects.filter(pk=import_pk).first()
    if word_import is not None:
        _finish(word_import, reading=Reading.REFUSED, refusal=word_sentences.refusal("unreadable"))


@transaction.atomic
def _finish(word_import, *, converted: bytes = b"", **outcome) -> None:
    if not WordImport.objects.filter(pk=word_import.pk, reading=Reading.WAITING).update(**outcome):
        return
    word_import.refresh_from_db()
    if converted:
        word_import.converted.save(f"{word_import.token}.docx", ContentFile(converted))


@transaction.atomic
def take_over(word_import, choices: Iterable[Choice], *, seen: dict[str, int], by, at) -> list[Choice]:
    """Move the chosen parts of a Word file into the passport, laid out in the passport's own edition.

    `seen` maps the code of each section that is written to the version its reviewer saw. All or nothing: a `Conflict`
    in one section leaves every other untouched. What was taken over is written down; the same request once more
    changes nothing. Returns what was asked for, as far as the file and the form have it.
    """
    passport = word_import.passport
    lock_application(passport.application)
    word_import.refresh_from_db(fields=["deeds"])
    shapes = passport.edition.shapes
    parts = parts_of(word_import.recognised, fitting.fit(word_import.recognised["sections"], shapes))
    known = [choice for choice in choices if choice.part in parts and choice.to in shapes]
    if any(not choice.append and choice.part != choice.to for choice in known):
        raise ValueError("only a section of its own takes the place of what is written")
    fresh = [choice for choice in known if _as_deed(choice, seen) not in map(_deed, word_import.deeds)]
    for code in shapes:
        of_section = [choice for choice in fresh if choice.to == code]
        if of_section:
            _write(passport, code, of_section, parts, seen=seen[code], by=by, at=at)
    if fresh:
        word_import.deeds += [{**_as_deed(choice, seen), "by": by.pk, "at": at.isoformat()} for choice in fresh]
        word_import.taken_over_at = at
        word_import.save(update_fields=["deeds", "taken_over_at"])
    return known


def _write(passport, code: str, choices: list[Choice], parts: dict[str, Part], *, seen: int, by, at) -> None:
    """One section with all that goes into it: first what takes the place of its text, then what goes on after it."""
    section = passport.sections.get(code=code)
    content, shape = section.content, passport.edition.shapes[code]
    for choice in sorted(choices, key=lambda choice: choice.append):
        piece = parts[choice.part].content
        content = appended(content, piece, shape) if choice.append else piece
    if section.version != seen and any(choice.append for choice in choices):
        raise Conflict(yours=content, theirs=section)  # what was added to is not what the reviewer saw
    save_section(passport, code, content, seen=seen, by=by, at=at)


def _as_deed(choice: Choice, seen: dict[str, int]) -> dict:
    return {"part": choice.part, "to": choice.to, "append": choice.append, "seen": seen[choice.to]}


def _deed(written: dict) -> dict:
    return {name: written[name] for name in ("part", "to", "append", "seen")}

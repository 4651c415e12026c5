"""Files beside a passport. What is done to them holds the application's lock; the disk follows the rows."""

import hashlib
import logging
import uuid
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Sum

from accounts.verdicts import require
from competition.permissions import can_consent, can_edit
from competition.queries import lock_application
from practices import blocks
from practices.documents import attached
from practices.enums import PICTURES, AttachmentKind
from practices.models import Attachment, Practice
from practices.search import index_practice

logger = logging.getLogger(__name__)

MIB = 1024 * 1024
MAX_FILE_BYTES, MAX_APPLICATION_BYTES, MAX_FILES = 20 * MIB, 100 * MIB, 30
MAX_FILE_NAME, MAX_CAPTION = 255, 300


class AttachmentExists(Exception):
    """The same file is attached already; `attachment` is the one that stands."""

    def __init__(self, attachment: Attachment):
        super().__init__(str(attachment))
        self.attachment = attachment


class NoRoom(Exception):
    """The application holds as much as it may: `size` bytes in `count` files stand already."""

    def __init__(self, *, size: int, count: int):
        super().__init__(f"{size} bytes in {count} files")
        self.size = size
        self.count = count


def attach_file(
    passport, *, data: bytes, file_name: str, kind: AttachmentKind | str | None, by, at, word_import=None
) -> Attachment:
    """Keep a file beside the passport, privately. Without a `kind` a picture is a photo, the rest documents.

    Raises `documents.attached.RefusedAttachment` for a file that is not taken, `AttachmentExists` for one that stands
    already, `NoRoom`, or `Refused` when the application is closed to this person.
    """
    if len(data) > MAX_FILE_BYTES:
        raise attached.RefusedAttachment("too_large")
    accepted = attached.look_into(data)  # a second's work, and so before the lock
    attachment = Attachment(
        passport=passport,
        token=uuid.uuid4(),
        file_name=_clean_name(file_name),
        kind=_kind(kind, accepted.content_type),
        content_type=accepted.content_type,
        size=len(accepted.data),
        sha256=hashlib.sha256(accepted.data).hexdigest(),
        source_sha256=hashlib.sha256(data).hexdigest(),
        uploaded_at=at,
        uploaded_by=by,
        word_import=word_import,
    )
    try:
        attachment.file.save("", ContentFile(accepted.data), save=False)
        if accepted.preview:
            attachment.preview.save("", ContentFile(accepted.preview), save=False)
        with transaction.atomic():
            require(can_edit(by, lock_application(passport.application), at=at))
            _require_room(attachment)
            attachment.save()
    except BaseException:
        _delete_stored(_stored(attachment))
        raise
    return attachment


@transaction.atomic
def describe_attachment(attachment, *, caption: str, kind: AttachmentKind | str, by, at) -> Attachment:
    """Say what the file shows and what it is."""
    require(can_edit(by, lock_application(attachment.passport.application), at=at))
    attachment.caption = blocks.clean_text(caption, limit=3 * MAX_CAPTION)[:MAX_CAPTION]
    attachment.kind = kind
    attachment.clean_fields(exclude=["file", "preview"])
    attachment.validate_constraints()
    attachment.save(update_fields=["caption", "kind"])
    _index_anew(attachment.passport)
    return attachment


@transaction.atomic
def offer_attachment(attachment, *, for_publication: bool, by, at) -> Attachment:
    """The owner offers the file to the bank, or takes the offer back, at any time."""
    require(can_consent(by, lock_application(attachment.passport.application)))
    attachment.for_publication = for_publication
    attachment.save(update_fields=["for_publication"])
    _index_anew(attachment.passport)
    return attachment


@transaction.atomic
def remove_attachment(attachment, *, by, at) -> None:
    """Take the file away: the row now, the files once that is certain."""
    require(can_edit(by, lock_application(attachment.passport.application), at=at))
    stored = _stored(attachment)
    attachment.delete()
    _index_anew(attachment.passport)
    transaction.on_commit(partial(_delete_stored, stored))


def draw_preview(attachment: Attachment) -> None:
    """Make the small picture of a document's first page, where there is none yet and one can be made."""
    if attachment.preview:
        return
    try:
        drawn = attached.draw_first_page(attachment.content_type, _content_of(attachment))
    except attached.RefusedAttachment as refusal:
        logger.info("No preview of attachment %s: %s", attachment.pk, refusal.reason)
        return
    if drawn is None:
        return
    attachment.preview.save("", ContentFile(drawn), save=False)
    standing = Attachment.objects.filter(pk=attachment.pk, preview="")
    if not standing.update(preview=attachment.preview.name):  # removed meanwhile, or drawn by another worker
        attachment.preview.storage.delete(attachment.preview.name)


def read_text(attachment: Attachment) -> None:
    """Keep the words of a document, so that it is found once it is public."""
    if attachment.is_picture or attachment.text:
        return
    try:
        text = attached.read_text(_content_of(attachment))
    except attached.RefusedAttachment as refusal:
        logger.info("No words of attachment %s: %s", attachment.pk, refusal.reason)
        return
    with transaction.atomic():
        lock_application(attachment.passport.application)
        Attachment.objects.filter(pk=attachment.pk).update(text=text)
        _index_anew(attachment.passport)


def _index_anew(passport) -> None:
    """What the public may see of the files has changed: the search finds that and nothing else."""
    if practice := Practice.objects.published().filter(passport=passport).first():
        index_practice(practice)


def _content_of(attachment: Attachment) -> bytes:
    with attachment.file.open("rb") as file:
        return file.read()


def _require_room(attachment: Attachment) -> None:
    """Raise when the file stands already or there is no room for it. Under the lock: two files do not pass at once."""
    standing = Attachment.objects.filter(passport=attachment.passport)
    if same := standing.filter(source_sha256=attachment.source_sha256).first():
        raise AttachmentExists(same)
    held = standing.aggregate(size=Sum("size", default=0), count=Count("pk"))
    is_too_much = held["size"] + attachment.size > MAX_APPLICATION_BYTES
    if is_too_much or held["count"] >= MAX_FILES:
        raise NoRoom(**held)


def _clean_name(file_name: str) -> str:
    """What the person calls the file, for people to read: never a path, never on the disk."""
    name = "".join(sign for sign in file_name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return blocks.clean_text(name, limit=3 * MAX_FILE_NAME)[:MAX_FILE_NAME] or str(AttachmentKind.DOCUMENT.label)


def _kind(kind: AttachmentKind | str | None, content_type: str) -> AttachmentKind:
    is_picture = content_type in PICTURES
    if kind is None:
        return AttachmentKind.PHOTO if is_picture else AttachmentKind.DOCUMENT
    kind = AttachmentKind(kind)
    return kind if is_picture or kind != AttachmentKind.PHOTO else AttachmentKind.DOCUMENT


def _stored(attachment: Attachment) -> list[tuple]:
    return [(file.storage, file.name) for file in (attachment.file, attachment.preview) if file]


def _delete_stored(stored) -> None:
    for storage, name in stored:
        storage.delete(name)

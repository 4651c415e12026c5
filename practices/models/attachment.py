from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import PICTURES, AttachmentKind, FileType

SUFFIXES = {FileType.PDF: "pdf", FileType.JPEG: "jpg", FileType.PNG: "png", FileType.DOCX: "docx"}


def private_path(attachment, _filename) -> str:
    """Under a name of ours: what a person calls a file never reaches the disk."""
    return f"attachments/{attachment.passport.application.key}/{attachment.token}.{attachment.suffix}"


def private_preview_path(attachment, _filename) -> str:
    return f"attachments/{attachment.passport.application.key}/{attachment.token}-preview.jpg"


class Attachment(models.Model):
    """A letter, a photo or a document beside a passport: private until its owner offers it and consents to it.

    What lies in `file` is not always what came: pictures are written anew, without where they were taken.
    """

    passport = models.ForeignKey("practices.Passport", on_delete=models.CASCADE, related_name="attachments")
    token = models.UUIDField(unique=True)
    file = models.FileField(_("file"), upload_to=private_path, max_length=200)
    preview = models.FileField(_("preview"), upload_to=private_preview_path, max_length=200, blank=True)
    file_name = models.CharField(_("file name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=AttachmentKind)
    content_type = models.CharField(_("type"), max_length=100, choices=FileType)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, help_text=_("Of the file as it is stored."))
    source_sha256 = models.CharField(max_length=64, help_text=_("Of the file as it came: one is not kept twice."))
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    text = models.TextField(
        _("text"), blank=True, help_text=_("The words of a document, for the search of what is published.")
    )
    for_publication = models.BooleanField(
        _("may be published"),
        default=False,
        help_text=_("The owner's choice. Without a consent to publish in force it opens nothing."),
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    word_import = models.ForeignKey(
        "practices.WordImport",
        on_delete=models.SET_NULL,
        related_name="attachments",
        verbose_name=_("out of the Word file"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="attachment_one_per_passport_and_source",
                fields=["passport", "source_sha256"],
                violation_error_message=_("This file is attached already."),
            ),
            models.CheckConstraint(name="attachment_kind_is_known", condition=Q(kind__in=AttachmentKind.values)),
            models.CheckConstraint(name="attachment_type_is_known", condition=Q(content_type__in=FileType.values)),
            models.CheckConstraint(
                name="attachment_photo_is_a_picture",
                condition=~Q(kind=AttachmentKind.PHOTO) | Q(content_type__in=PICTURES),
                violation_error_message=_("Only a picture is a photo."),
            ),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self):
        return self.file_name

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.content_type]

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURES

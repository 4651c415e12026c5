from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import Reading


def private_path(instance, _filename) -> str:
    """Under a name of ours: what a person calls a file never reaches the disk."""
    return f"word/{instance.passport.application.key}/{instance.token}.{instance.kind}"


def private_docx_path(instance, _filename) -> str:
    return f"word/{instance.passport.application.key}/{instance.token}-converted.docx"


class WordImport(models.Model):
    """A Word file that an applicant uploaded and what was recognised in it. Nothing moves over by itself.

    `deeds` remembers what was taken over, {"part", "to", "append", "seen", "by", "at"} each (`services.words`). What
    no deed names was left in the file.
    """

    passport = models.ForeignKey("practices.Passport", on_delete=models.CASCADE, related_name="word_imports")
    token = models.UUIDField(unique=True)
    file = models.FileField(_("file"), upload_to=private_path, max_length=200)
    file_name = models.CharField(_("file name"), max_length=255)
    converted = models.FileField(
        _("the same as .docx"),
        upload_to=private_docx_path,
        max_length=200,
        blank=True,
        help_text=_("Made by LibreOffice of an older kind of file; its pictures are taken from here."),
    )
    kind = models.CharField(_("kind"), max_length=10, default="docx", help_text=_("As files of this kind end."))
    reading = models.CharField(_("reading"), max_length=10, choices=Reading, default=Reading.READ)
    refusal = models.TextField(_("why it was not taken"), blank=True)
    recognised = models.JSONField(_("recognised"), default=dict)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_over_at = models.DateTimeField(_("taken over"), null=True, blank=True)
    deeds = models.JSONField(_("what was taken over"), default=list, blank=True)

    class Meta:
        verbose_name = _("Word file")
        verbose_name_plural = _("Word files")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(name="word_import_reading_is_known", condition=Q(reading__in=Reading.values)),
            models.CheckConstraint(
                name="word_import_refusal_has_its_sentence", condition=~Q(reading=Reading.REFUSED, refusal="")
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        return self.reading == Reading.WAITING

    @property
    def is_refused(self) -> bool:
        return self.reading == Reading.REFUSED

    @property
    def docx(self):
        """The file in which its pictures are, if it has any."""
        return self.converted or self.file

    @property
    def taken_parts(self) -> set[str]:
        return {deed["part"] for deed in self.deeds}

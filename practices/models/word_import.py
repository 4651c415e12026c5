from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_path(instance, _filename) -> str:
    """Under a name of ours: what a person calls a file never reaches the disk."""
    return f"word/{instance.passport.application.key}/{instance.token}.docx"


class WordImport(models.Model):
    """A Word file that an applicant uploaded and what was recognised in it. Nothing moves over by itself."""

    passport = models.ForeignKey("practices.Passport", on_delete=models.CASCADE, related_name="word_imports")
    token = models.UUIDField(unique=True)
    file = models.FileField(_("file"), upload_to=private_path, max_length=200)
    file_name = models.CharField(_("file name"), max_length=255)
    recognised = models.JSONField(_("recognised"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_over_at = models.DateTimeField(_("taken over"), null=True, blank=True)

    class Meta:
        verbose_name = _("Word file")
        verbose_name_plural = _("Word files")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.file_name

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import Outcome


class OldPassport(models.Model):
    """Which file a passport of a past year was read from, so that no file is brought in twice."""

    sha256 = models.CharField(_("checksum"), max_length=64, primary_key=True)
    passport = models.OneToOneField("practices.Passport", on_delete=models.CASCADE, related_name="old_passport")

    class Meta:
        verbose_name = _("old passport")
        verbose_name_plural = _("old passports")

    def __str__(self):
        return self.sha256


class OldPassportBatch(models.Model):
    """Files with old passports that an organiser uploaded together, for one year."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey("competition.Contest", on_delete=models.CASCADE, related_name="old_passport_batches")
    nomination = models.ForeignKey("competition.Nomination", on_delete=models.SET_NULL, null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("upload of old passports")
        verbose_name_plural = _("uploads of old passports")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return f"{self.contest} {self.uploaded_at:%Y-%m-%d %H:%M}"


def private_path(instance, _filename) -> str:
    return f"old/{instance.batch.token}/{instance.token}"


class OldPassportFile(models.Model):
    """One file of an upload: read in the background, kept only as long as somebody may want it read again."""

    batch = models.ForeignKey(OldPassportBatch, on_delete=models.CASCADE, related_name="files")
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), upload_to=private_path, max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=255)
    territory = models.ForeignKey(
        "competition.Territory",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Chosen by the organiser where the passport does not tell it."),
    )
    task_id = models.CharField(max_length=36, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    findings = models.JSONField(_("findings"), default=dict, blank=True)
    passport = models.ForeignKey(
        "practices.Passport", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("file with an old passport")
        verbose_name_plural = _("files with old passports")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="old_passport_file_has_an_outcome_when_finished",
                condition=Q(finished_at__isnull=True, outcome="")
                | Q(finished_at__isnull=False, outcome__in=Outcome.values),
            ),
        ]

    def __str__(self):
        return self.name

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices.enums import ExportKind


def private_path(export, _filename) -> str:
    return f"exports/{export.token}.{export.kind}"


class Export(models.Model):
    """A selection of the bank that takes longer to make than a page may, for whoever has its link, for a week.

    The same question to the same bank is made once (`digest`). `practices` are those in the file: when one of them
    leaves the bank, nobody is given the file any more.
    """

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ExportKind)
    question = models.TextField(_("question"), blank=True, help_text=_("As the address of the bank has it."))
    created_at = models.DateTimeField(_("ordered"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("kept until"))
    task_id = models.CharField(max_length=36, blank=True, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.FileField(_("file"), upload_to=private_path, max_length=200, blank=True)
    practices = models.ManyToManyField("practices.Practice", related_name="+", blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="export_kind_is_known", condition=Q(kind__in=ExportKind.values)),
            models.CheckConstraint(name="export_expires_later", condition=Q(expires_at__gt=F("created_at"))),
        ]

    def __str__(self):
        return f"{self.kind} {self.token}"

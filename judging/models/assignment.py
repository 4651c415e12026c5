from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AssignmentQuerySet(models.QuerySet):
    def of(self, user):
        """A juror's own desk: assignments that stand, of applications that are still before the jury."""
        return self.filter(juror__user=user).standing()

    def standing(self):
        """Neither recused nor of an application that left the jury's table (withdrawn since)."""
        return self.filter(recused_at__isnull=True, application__status="admitted")

    def finished(self):
        return self.filter(finished_at__isnull=False)


class Assignment(models.Model):
    """A juror's score sheet for one application, from the appointment to the finished sheet."""

    juror = models.ForeignKey("judging.Juror", on_delete=models.PROTECT, related_name="assignments")
    application = models.ForeignKey("competition.Application", on_delete=models.PROTECT, related_name="assignments")
    assigned_at = models.DateTimeField(_("assigned"))
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(
        _("no conflict declared"), null=True, blank=True, help_text=_("Precedes the first mark.")
    )
    recused_at = models.DateTimeField(_("recused"), null=True, blank=True)
    recusal_reason = models.TextField(_("reason of recusal"), blank=True)
    finished_at = models.DateTimeField(_("sheet finished"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="assignment_one_per_juror_and_application",
                fields=["juror", "application"],
                violation_error_message=_("This juror has this application already."),
            ),
            models.CheckConstraint(
                name="assignment_recusal_has_a_reason",
                condition=Q(recused_at__isnull=True) | ~Q(recusal_reason=""),
                violation_error_message=_("Say why the juror steps aside."),
            ),
            models.CheckConstraint(
                name="assignment_is_finished_or_recused_not_both",
                condition=Q(finished_at__isnull=True) | Q(recused_at__isnull=True),
            ),
            models.CheckConstraint(
                name="assignment_finished_after_declaration",
                condition=Q(finished_at__isnull=True) | Q(declared_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.juror} – {self.application}"

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import Award


class Result(models.Model):
    """What the jury decided on one application, frozen at the announcement: pages read it, nothing recomputes it."""

    application = models.OneToOneField("competition.Application", on_delete=models.PROTECT, related_name="result")
    score = models.DecimalField(_("weighted mean"), max_digits=6, decimal_places=3, null=True, blank=True)
    spread = models.DecimalField(_("spread"), max_digits=6, decimal_places=3, null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(_("finished sheets"))
    award = models.CharField(_("award"), max_length=20, choices=Award)
    announced_at = models.DateTimeField(_("announced"))
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["application__nomination", "place"]
        constraints = [
            models.CheckConstraint(name="result_award_is_known", condition=Q(award__in=Award.values)),
            models.CheckConstraint(
                name="result_has_a_score_when_it_has_a_place",
                condition=Q(place__isnull=True) | Q(score__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.award}"

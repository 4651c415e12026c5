from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Criterion(models.Model):
    """What the jury of a year marks, how much it weighs, and what a low, middle and high mark mean in words."""

    contest = models.ForeignKey(
        "competition.Contest", on_delete=models.CASCADE, related_name="criteria", verbose_name=_("contest")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=200)
    hint = models.TextField(_("hint"), blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    highest = models.PositiveSmallIntegerField(_("highest mark"), default=10, validators=[MinValueValidator(1)])
    anchor_low = models.CharField(_("what the lowest mark means"), max_length=200)
    anchor_middle = models.CharField(_("what a middle mark means"), max_length=200)
    anchor_high = models.CharField(_("what the highest mark means"), max_length=200)
    evidence = models.JSONField(
        _("sections to look at"), default=list, blank=True, help_text=_("Codes of the sections that prove it.")
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["contest", "order"]
        constraints = [
            models.UniqueConstraint(
                name="criterion_one_per_contest_and_place",
                fields=["contest", "order"],
                violation_error_message=_("Another criterion stands at this place."),
            ),
            models.CheckConstraint(
                name="criterion_weighs_something",
                condition=Q(weight__gt=0),
                violation_error_message=_("A weight is greater than zero."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if not isinstance(self.evidence, list) or not all(isinstance(code, str) for code in self.evidence):
            raise ValidationError({"evidence": _("Name sections by their codes.")})

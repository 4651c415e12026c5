from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import DonorChoice


class DonorComparison(models.Model):
    """What a city that adopts a practice did with one section of its donor: kept, changed or did without it, and why.

    It belongs to that donor: whoever chooses another one, and then the first one again, finds it as it was.
    """

    passport = models.ForeignKey("practices.Passport", on_delete=models.CASCADE, related_name="donor_comparisons")
    donor = models.ForeignKey(
        "practices.Practice", on_delete=models.CASCADE, related_name="+", verbose_name=_("donor practice")
    )
    code = models.SlugField(_("section"))
    choice = models.CharField(_("what was done"), max_length=10, choices=DonorChoice, blank=True)
    why = models.TextField(_("why"), blank=True)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("comparison with the donor")
        verbose_name_plural = _("comparisons with the donor")
        constraints = [
            models.UniqueConstraint(name="donor_comparison_one_per_section", fields=["passport", "donor", "code"]),
            models.CheckConstraint(
                name="donor_comparison_choice_is_known", condition=Q(choice__in=["", *DonorChoice.values])
            ),
        ]

    def __str__(self):
        return f"{self.passport_id}/{self.code}: {self.choice}"

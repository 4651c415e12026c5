from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Juror(models.Model):
    """A person appointed to the jury of one year. City and organisation tell where a conflict of interest lies."""

    contest = models.ForeignKey(
        "competition.Contest", on_delete=models.CASCADE, related_name="jurors", verbose_name=_("contest")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juries", verbose_name=_("person")
    )
    territory = models.ForeignKey(
        "competition.Territory",
        on_delete=models.PROTECT,
        related_name="jurors",
        verbose_name=_("territory"),
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        "competition.Organisation",
        on_delete=models.PROTECT,
        related_name="jurors",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ["contest", "user__email"]
        constraints = [
            models.UniqueConstraint(
                name="juror_one_per_contest_and_person",
                fields=["contest", "user"],
                violation_error_message=_("This person is on the jury already."),
            ),
        ]

    def __str__(self):
        return str(self.user)

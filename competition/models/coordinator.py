from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Coordinator(models.Model):
    """Who helps a city's applicants. Sees of their applications those whose owners agreed, and nothing personal."""

    territory = models.ForeignKey(
        "competition.Territory", on_delete=models.CASCADE, related_name="coordinators", verbose_name=_("territory")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coordinated", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("city coordinator")
        verbose_name_plural = _("city coordinators")
        ordering = ["territory", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="coordinator_one_per_territory_and_person",
                fields=["territory", "user"],
                violation_error_message=_("This person coordinates this city already."),
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.territory}"

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Favourite(models.Model):
    """A practice that a signed-in person put aside to come back to. What visitors put aside stays in their browser."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites", verbose_name=_("person")
    )
    practice = models.ForeignKey(
        "practices.Practice", on_delete=models.CASCADE, related_name="favourites", verbose_name=_("practice")
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="favourite_one_per_person_and_practice", fields=["user", "practice"]),
        ]

    def __str__(self):
        return f"{self.user} – {self.practice}"

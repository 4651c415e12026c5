from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=365)


class AdoptionRequestQuerySet(models.QuerySet):
    def kept(self, *, at):
        """Younger than a year: an older one is nobody's to read."""
        return self.filter(sent_at__gt=at - KEPT)

    def outdated(self, *, at):
        """What the workers take away; nobody reads it meanwhile."""
        return self.filter(sent_at__lte=at - KEPT)


class AdoptionRequest(models.Model):
    """Somebody who would adopt a practice, and what they ask its team. A letter carried it; here it cannot be lost.

    Of people's data it has what they agreed to pass on, in the words of `consent`, and is kept for a year.
    """

    token = models.UUIDField(unique=True, editable=False, help_text="Of the form: what was pressed twice comes once.")
    practice = models.ForeignKey(
        "practices.Practice", on_delete=models.CASCADE, related_name="adoption_requests", verbose_name=_("practice")
    )
    name = models.CharField(_("your name"), max_length=200)
    city = models.CharField(_("city"), max_length=200)
    city_key = models.CharField(max_length=200, editable=False, help_text="By which cities are counted.")
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail for the answer"))
    text = models.TextField(_("what you need"), max_length=3000)
    consent = models.TextField(_("consent as accepted"), editable=False)
    sent_at = models.DateTimeField(_("sent"), editable=False)

    objects = AdoptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to adopt")
        verbose_name_plural = _("requests to adopt")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.city}: {self.name}"

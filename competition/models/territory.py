from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competition import geography


class Territory(models.Model):
    """A city of the nuclear industry, where practices come from. The region tells the two cities of one name apart."""

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    full_name = models.CharField(_("official name"), max_length=200)
    status = models.CharField(_("status"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=100)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Moscow")

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["name", "region"]
        constraints = [
            models.UniqueConstraint(
                name="territory_one_per_name_and_region",
                fields=["name", "region"],
                violation_error_message=_("This territory is on the list already."),
            ),
            models.CheckConstraint(
                name="territory_lies_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_("Latitude goes from −90 to 90, longitude from −180 to 180."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.region})"

    def get_absolute_url(self):
        return reverse("practices:territory_detail", args=[self.slug])

    def clean(self):
        """A clock that does not exist would stop every page that tells this city's time."""
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": _("There is no such time zone; one is Asia/Yekaterinburg.")})

    @property
    def distance_km(self) -> float:
        return geography.distance_km(float(self.latitude), float(self.longitude))

    @property
    def bearing(self) -> float:
        return geography.bearing(float(self.latitude), float(self.longitude))

    @property
    def shell(self) -> int:
        return geography.shell(self.distance_km)

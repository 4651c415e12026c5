from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.links import host_of


class DeadHost(models.Model):
    """A host that is known not to open, by the organiser's word: addresses on it are shown and not linked to."""

    host = models.CharField(
        _("site"), max_length=253, unique=True, help_text=_("With all that stands below it: example.org, пример.рф.")
    )
    why = models.CharField(
        _("what the page says of it"),
        max_length=200,
        blank=True,
        help_text=_("After the words “named in the passport”. Left empty: “the resource is not available”."),
    )

    class Meta:
        verbose_name = _("site that does not open")
        verbose_name_plural = _("sites that do not open")
        ordering = ["host"]

    def __str__(self):
        return self.host

    def clean(self):
        """Kept as hosts are compared, so that one site cannot stand here twice."""
        super().clean()
        self.host = host_of(self.host.strip().lower())
        if "." not in self.host:
            raise ValidationError({"host": _("Write the address of a site, such as example.org.")})

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankVersion(models.Model):
    """How often what the public sees has changed: the sum of all rows. Written by `practices.version` alone.

    One row is enough until two transactions change something at once; the second then takes a row of its own, so that
    no writer waits for another one here.
    """

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("version of the bank")
        verbose_name_plural = _("versions of the bank")

    def __str__(self):
        return str(self.number)

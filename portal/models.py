from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class WorkerQuerySet(models.QuerySet):
    def alive(self):
        """Those heard of within the lease, by the clock of the database: hosts need not agree on the time."""
        return self.filter(heard_at__gt=Now() - timedelta(seconds=settings.WORKER_LEASE_SECONDS))


class Worker(models.Model):
    """A process that does background work, and when it was last heard of. Gone with it, unless it was killed."""

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    heard_at = models.DateTimeField(_("last heard of"))

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self):
        return self.key

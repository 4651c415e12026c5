from datetime import timedelta

from django.conf import settings
from django.db import models

LASTS = timedelta(seconds=45)


class PresenceQuerySet(models.QuerySet):
    def fresh(self, *, at):
        """People whose page said a moment ago that it is open."""
        return self.filter(seen_at__gt=at - LASTS)

    def stale(self, *, at):
        return self.filter(seen_at__lte=at - LASTS)


class Presence(models.Model):
    """Which section a person has open for writing, so that two colleagues do not write the same one.

    One row a person and passport, written anew by the open page every few seconds; an old one means nothing.
    """

    passport = models.ForeignKey("practices.Passport", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.SlugField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="presence_one_per_passport_and_person", fields=["passport", "user"]),
        ]

    def __str__(self):
        return f"{self.passport_id}/{self.code} {self.user_id}"

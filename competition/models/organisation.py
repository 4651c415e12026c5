from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from competition.enums import OrganisationKind


class Organisation(models.Model):
    """Whoever stands behind an application: an administration, an enterprise, an NGO, a group of citizens."""

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.MUNICIPALITY)
    territory = models.ForeignKey(
        "competition.Territory", on_delete=models.PROTECT, related_name="organisations", verbose_name=_("territory")
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="competition.Membership",
        related_name="organisations",
        verbose_name=_("members"),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="organisation_one_per_name_and_territory",
                fields=["name", "territory"],
                violation_error_message=_("This organisation is on the list already."),
            ),
        ]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """Who works for which organisation: an applicant files in its name, a juror never scores its practices."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                name="membership_one_per_person_and_organisation",
                fields=["organisation", "user"],
                violation_error_message=_("This person is a member already."),
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation}"

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competition.enums import Category, ConsentKind


class ConsentClause(models.Model):
    """What exactly is agreed to in one category of publication: the words of a contest's organiser."""

    contest = models.ForeignKey(
        "competition.Contest", on_delete=models.CASCADE, related_name="clauses", verbose_name=_("contest")
    )
    category = models.CharField(_("what is published"), max_length=20, choices=Category)
    text = models.TextField(_("words of the consent"))

    class Meta:
        verbose_name = _("clause of the consent to publication")
        verbose_name_plural = _("clauses of the consent to publication")
        ordering = ["contest", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="consentclause_one_per_contest_and_category",
                fields=["contest", "category"],
                violation_error_message=_("This contest has a clause of this category already."),
            ),
            models.CheckConstraint(name="consentclause_category_is_known", condition=Q(category__in=Category.values)),
        ]

    def __str__(self):
        return self.get_category_display()


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)

    def to_publication(self):
        return self.filter(kind=ConsentKind.PUBLICATION)


class Consent(models.Model):
    """A document of its own: what was agreed to, in the words that were read, by whom and until when.

    The processing of personal data is agreed to at submission (152-FZ, art. 9), their publication apart from it and by
    category (art. 10.1). A changed consent is a new one; the earlier stay as they were.
    """

    application = models.ForeignKey(
        "competition.Application", on_delete=models.CASCADE, related_name="consents", verbose_name=_("application")
    )
    kind = models.CharField(_("to what"), max_length=20, choices=ConsentKind, default=ConsentKind.PROCESSING)
    categories = models.JSONField(_("categories"), default=list, blank=True, help_text=_("Of what is published."))
    text = models.TextField(_("text as accepted"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    accepted_at = models.DateTimeField(_("accepted"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-accepted_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="consent_kind_is_known", condition=Q(kind__in=ConsentKind.values)),
            models.UniqueConstraint(
                name="consent_one_in_force_per_application_and_kind",
                fields=["application", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("There is such a consent already."),
            ),
            models.CheckConstraint(
                name="consent_knows_who_withdrew_it",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawn_at__gte=F("accepted_at")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.accepted_at:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None

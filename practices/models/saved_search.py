import hashlib
from uuid import uuid4

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import Frequency

LEAVING = signing.Signer(salt="practices.saved_search.leave")


def digest_of_question(question: str) -> str:
    """Stands for a question in the constraint: a long one does not fit into an index of PostgreSQL."""
    return hashlib.sha256(question.encode()).hexdigest()


class SavedSearchQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def of_leaving_token(self, token: str):
        """The search of the link in a letter; none for a link that we did not make, or whose search is gone."""
        try:
            return self.filter(key=LEAVING.unsign(token))
        except signing.BadSignature:
            return self.none()


class SavedSearch(models.Model):
    """A question to the bank whose new answers go to an address by letter. It needs no account.

    `question` is a query string, understood anew each time. Nothing goes out until the address has confirmed it by
    a link, of whose token only a digest is kept. Practices published until `told_until` have been told; the next letter
    is due at `next_at`; `claimed_at` says since when somebody is at work on it. Leaving deletes the row.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mail"))
    question = models.TextField(_("question"), blank=True)
    question_digest = models.CharField(max_length=64, editable=False)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told_until = models.DateTimeField(_("told until"), null=True, blank=True)
    next_at = models.DateTimeField(_("next letter"), null=True, blank=True, db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="saved_search_once_for_an_address", fields=["email", "question_digest"]),
            models.CheckConstraint(name="saved_search_frequency_is_known", condition=Q(frequency__in=Frequency.values)),
            models.CheckConstraint(
                name="saved_search_tells_only_when_confirmed",
                condition=Q(confirmed_at__isnull=True, told_until__isnull=True, next_at__isnull=True)
                | Q(confirmed_at__isnull=False, told_until__isnull=False, next_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.question or "—"

    @property
    def leaving_token(self) -> str:
        """What stands in the link of each letter by which it is left; made of the key, so that it need not be kept."""
        return LEAVING.sign(str(self.key))

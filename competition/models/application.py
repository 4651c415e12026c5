import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competition.enums import EDITABLE, Status, TrackCode

KEY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no look-alikes: the key is read aloud on the telephone


def new_key() -> str:
    """An address for an application that can be told but not guessed (31^10 possibilities)."""
    return "".join(secrets.choice(KEY_ALPHABET) for _index in range(10))


def _part_of(user) -> Q:
    return Q(owner=user) | Q(pk__in=user.teams.active().values("application"))


class ApplicationQuerySet(models.QuerySet):
    def of(self, user):
        """Applications that this person owns or is on the team of."""
        return self.filter(_part_of(user))

    def visible_to(self, user):
        """Applications that exist for this person: one's own and the team's; for the organiser all that were filed."""
        if user.is_organiser:
            return self.filter(Q(submitted_at__isnull=False) | _part_of(user))
        return self.of(user)

    def shown_to_coordinator(self, user):
        """Applications of the cities that this person coordinates whose owners agreed to it."""
        return self.filter(territory__in=user.coordinated.values("territory"), shared_with_city_at__isnull=False)

    def admitted(self):
        return self.filter(status=Status.ADMITTED)

    def filed(self):
        """Everything that was submitted once, whatever became of it."""
        return self.filter(submitted_at__isnull=False)


class Application(models.Model):
    """A promise to take part: who applies, in which nomination, and how far it got.

    `status` is written by `competition.workflow.move` alone. `number` is given at the first submission, so the
    register of a year has no gaps; until then the application is known by its `key`.
    """

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    number = models.CharField(_("number"), max_length=20, blank=True, editable=False)
    title = models.CharField(_("practice"), max_length=500, blank=True)
    contest = models.ForeignKey(
        "competition.Contest", on_delete=models.PROTECT, related_name="applications", verbose_name=_("contest")
    )
    track = models.ForeignKey(
        "competition.Track",
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("track"),
        null=True,
        blank=True,
        help_text=_("None in a year before there were tracks."),
    )
    nomination = models.ForeignKey(
        "competition.Nomination",
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("nomination"),
        null=True,
        blank=True,
        help_text=_("None where an old passport does not tell it."),
    )
    territory = models.ForeignKey(
        "competition.Territory", on_delete=models.PROTECT, related_name="applications", verbose_name=_("territory")
    )
    organisation = models.ForeignKey(
        "competition.Organisation",
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications", verbose_name=_("applicant")
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="continued_by",
        verbose_name=_("continues the application"),
        null=True,
        blank=True,
        editable=False,
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    revise_until = models.DateTimeField(
        _("revision until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A returned application has a deadline of its own, past the track's if need be."),
    )

    shared_with_city_at = models.DateTimeField(
        _("shown to the city's coordinator since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("By the owner's consent, which may be taken back."),
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="application_status_is_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="application_number_comes_with_submission",
                condition=Q(submitted_at__isnull=True, number="") | (Q(submitted_at__isnull=False) & ~Q(number="")),
                violation_error_message=_("A number is given at submission, not before."),
            ),
            models.CheckConstraint(
                name="application_was_submitted_unless_draft_or_withdrawn",
                condition=(
                    Q(status=Status.DRAFT, submitted_at__isnull=True)
                    | Q(status=Status.WITHDRAWN)
                    | (~Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) & Q(submitted_at__isnull=False))
                ),
                violation_error_message=_("Only a draft may lack a submission time."),
            ),
            models.CheckConstraint(
                name="application_lacks_track_or_nomination_only_from_the_archive",
                condition=(
                    Q(track__isnull=False, nomination__isnull=False) | Q(status__in=[Status.ADMITTED, Status.WITHDRAWN])
                ),
                violation_error_message=_("Choose a track and a nomination of the same contest."),
            ),
            models.UniqueConstraint(
                name="application_number_is_unique",
                fields=["number"],
                condition=~Q(number=""),
                violation_error_message=_("This number is taken."),
            ),
        ]

    def __str__(self):
        return f"{self.number or self.key} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("practices:application_detail", args=[self.key])

    def clean(self):
        """Nomination and track are those of the contest: what the schema cannot say, said once for form and service."""
        if any(choice and choice.contest_id != self.contest_id for choice in (self.nomination, self.track)):
            raise ValidationError(_("Choose a track and a nomination of the same contest."))

    @property
    def track_code(self) -> str:
        """Before there were tracks, what was filed was a practice."""
        return self.track.code if self.track else TrackCode.PRACTICES

    @property
    def is_editable(self) -> bool:
        """Whether its status lets the applicant write; the deadline is `permissions.can_edit`'s to check."""
        return self.status in EDITABLE


class StatusChange(models.Model):
    """One move of an application: what, who, when and why. Written with the move, never changed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(_("status before"), max_length=20, choices=Status)
    after = models.CharField(_("status after"), max_length=20, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.before} → {self.after}"

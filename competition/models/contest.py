from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competition.enums import TrackCode


class ContestQuerySet(models.QuerySet):
    def announced(self):
        """Years whose results are public, the years on record among them."""
        return self.filter(announced_at__isnull=False)

    def with_open_track(self, *, at):
        """Contests that take applications at this moment in at least one track."""
        return self.filter(tracks__opens_at__lte=at, tracks__closes_at__gte=at).distinct()


class Contest(models.Model):
    """One year of the contest. Its windows are its tracks'; its results become public all at once, at `announced_at`.

    Years before the portal have days instead of windows, and the number of applications on record.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    judging_opens_at = models.DateTimeField(_("jury starts"), null=True, blank=True)
    judging_closes_at = models.DateTimeField(_("jury ends"), null=True, blank=True)
    announced_at = models.DateTimeField(_("results announced"), null=True, blank=True, editable=False)
    applications_on_record = models.PositiveIntegerField(
        _("applications on record"),
        null=True,
        blank=True,
        help_text=_("For years before the portal: how many applications the brochure counts."),
    )
    note = models.TextField(_("note"), blank=True)
    consent_text = models.TextField(
        _("consent to processing"),
        blank=True,
        help_text=_("The applicant accepts exactly this text when submitting."),
    )
    publication_text = models.TextField(
        _("consent to publication"),
        blank=True,
        help_text=_("Stands above the clauses below, of which the applicant accepts as many as they wish, or none."),
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="contest_closes_after_it_opens",
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                name="contest_judging_ends_after_it_starts",
                condition=(
                    Q(judging_opens_at__isnull=True, judging_closes_at__isnull=True)
                    # Said with isnull: half a window compares to neither true nor false, and would pass.
                    | Q(
                        judging_opens_at__isnull=False,
                        judging_closes_at__isnull=False,
                        judging_closes_at__gt=F("judging_opens_at"),
                    )
                ),
                violation_error_message=_("The jury must end after it starts."),
            ),
        ]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self):
        return reverse("practices:contest_detail", args=[self.year])

    def is_judging(self, *, at) -> bool:
        return bool(self.judging_opens_at) and self.judging_opens_at <= at <= self.judging_closes_at


class Track(models.Model):
    """One of the ways («направления») to take part in a year, with a window of its own."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="tracks", verbose_name=_("contest"))
    code = models.CharField(_("code"), max_length=20, choices=TrackCode, default=TrackCode.PRACTICES)
    title = models.CharField(_("title"), max_length=300)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["contest", "-code"]
        constraints = [
            models.UniqueConstraint(
                name="track_one_per_contest_and_code",
                fields=["contest", "code"],
                violation_error_message=_("This contest has such a track already."),
            ),
            models.CheckConstraint(
                name="track_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The track must close after it opens."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def needs_donor(self) -> bool:
        return self.code == TrackCode.ADOPTION

    def is_open(self, *, at) -> bool:
        """Whether applications are taken at this moment; the deadline's last second still counts."""
        return self.opens_at <= at <= self.closes_at

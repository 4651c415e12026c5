from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from practices.enums import Award, Confirmer, Mark


class Theme(models.Model):
    """The portal's own stable subject, across years. Editorial, and labelled so: a nomination is a fact of a year."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=100, unique=True)
    mark = models.CharField(_("sign"), max_length=4, choices=Mark, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "title"]

    def __str__(self):
        return self.title


class PracticeQuerySet(models.QuerySet):
    def published(self):
        """The public bank. Everything outside it starts here."""
        return self.filter(published_at__isnull=False)

    def adopted(self):
        """Public practices that repeat a public one of another city."""
        return self.published().filter(donor__published_at__isnull=False).exclude(territory=F("donor__territory"))

    def with_card(self):
        """All that a card, a row or the API shows, in a constant number of queries."""
        return self.select_related("territory", "contest", "nomination", "theme").prefetch_related("key_figures")


class Practice(models.Model):
    """An entry of the public bank: a whole passport (2018 on) or only a card (winners known from the brochure)."""

    slug = models.SlugField(_("address"), max_length=120, unique=True, help_text=_("Set once: links to it live on."))
    title = models.CharField(_("title"), max_length=500)
    short_title = models.CharField(_("title on cards"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("For an entry without a passport."))
    territory = models.ForeignKey(
        "competition.Territory", on_delete=models.PROTECT, related_name="practices", verbose_name=_("territory")
    )
    contest = models.ForeignKey(
        "competition.Contest", on_delete=models.PROTECT, related_name="practices", verbose_name=_("contest")
    )
    nomination = models.ForeignKey(
        "competition.Nomination",
        on_delete=models.PROTECT,
        related_name="practices",
        verbose_name=_("nomination"),
        null=True,
        blank=True,
    )
    track = models.ForeignKey(
        "competition.Track",
        on_delete=models.PROTECT,
        related_name="practices",
        verbose_name=_("track"),
        null=True,
        blank=True,
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="practices", verbose_name=_("theme"), null=True, blank=True
    )
    award = models.CharField(_("award"), max_length=20, choices=Award, blank=True)
    started_year = models.PositiveSmallIntegerField(_("started in"), null=True, blank=True)
    donor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="adoptions",
        verbose_name=_("donor practice"),
        null=True,
        blank=True,
    )
    passport = models.OneToOneField(
        "practices.Passport",
        on_delete=models.PROTECT,
        related_name="practice",
        verbose_name=_("passport"),
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField(_("order within the year"), default=0)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Blank until somebody says so after it was published: practices/trust.py
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=20, choices=Confirmer, blank=True)
    # Read of the passport when the practice is published; null where no honest number can be read.
    cost_total = models.DecimalField(_("costs, roubles"), max_digits=14, decimal_places=2, null=True, blank=True)
    people_reached = models.PositiveIntegerField(_("people reached"), null=True, blank=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-contest__year", "order", "pk"]
        constraints = [
            models.CheckConstraint(name="practice_award_is_known", condition=Q(award__in=["", *Award.values])),
            models.CheckConstraint(
                name="practice_is_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | Q(confirmed_at__isnull=False, confirmed_by__in=Confirmer.values),
            ),
            models.CheckConstraint(
                name="practice_is_not_its_own_donor",
                condition=Q(donor__isnull=True) | ~Q(donor=F("id")),
                violation_error_message=_("A practice cannot be its own donor."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("practices:practice_detail", args=[self.slug])

    @property
    def card_title(self) -> str:
        return self.short_title or self.title


class KeyFigure(models.Model):
    """A number that says at a glance what the practice achieved, as written: «> 1200 слушателей»."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="key_figures")
    value = models.CharField(_("value"), max_length=100)
    label = models.CharField(_("of what"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["practice", "order"]
        constraints = [
            models.UniqueConstraint(name="key_figure_one_per_place", fields=["practice", "order"]),
        ]

    def __str__(self):
        return f"{self.value} {self.label}"


class CostShare(models.Model):
    """What one source of funding gave to a practice, in roubles: read of its passport, for sums over many practices."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="cost_shares")
    source = models.CharField(_("source of funding"), max_length=300, blank=True)
    amount = models.DecimalField(_("amount, roubles"), max_digits=14, decimal_places=2)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("source of funding")
        verbose_name_plural = _("sources of funding")
        ordering = ["practice", "order"]
        constraints = [
            models.UniqueConstraint(name="cost_share_one_per_place", fields=["practice", "order"]),
        ]

    def __str__(self):
        return f"{self.source}: {self.amount}"


class SearchEntry(models.Model):
    """A practice's words as lemmas: the narrow table that both databases index. Written by `practices.search` alone."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self):
        return str(self.practice_id)


class SearchText(models.Model):
    """A practice's public words as they follow each other: for phrases, snippets and suggestions.

    Beside the narrow table, not in it, for ranking reads that one whole. Written by `practices.search` alone.
    """

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    title = models.TextField(help_text="The words of the titles in lower case, a space before and after each.")
    run = models.TextField(help_text="All words in order, a lemma for each.")
    text = models.TextField(help_text="What a snippet is cut from, a paragraph or a cell a line.")

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")

    def __str__(self):
        return str(self.practice_id)

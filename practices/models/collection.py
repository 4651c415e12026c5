from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CollectionQuerySet(models.QuerySet):
    def published(self, *, at):
        """What the public may read by now."""
        return self.filter(published_at__lte=at)


class Collection(models.Model):
    """Practices that the organiser has put together for readers, with a word on why each is there."""

    slug = models.SlugField(_("address"), max_length=120, unique=True, help_text=_("Set once: links to it live on."))
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Until then, or while it is blank, nobody sees it.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["order", "title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("practices:collection_detail", args=[self.slug])


class CollectedPractice(models.Model):
    """A practice's place in a collection. When the practice leaves the bank its place stays, but is not shown."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="places", verbose_name=_("collection")
    )
    practice = models.ForeignKey(
        "practices.Practice", on_delete=models.CASCADE, related_name="collected", verbose_name=_("practice")
    )
    note = models.TextField(_("why it is here"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("practice of the collection")
        verbose_name_plural = _("practices of the collection")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="collected_once_in_a_collection",
                fields=["collection", "practice"],
                violation_error_message=_("This practice is in the collection already."),
            ),
        ]

    def __str__(self):
        return f"{self.collection}: {self.practice}"

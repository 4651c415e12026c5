from django.db import models
from django.utils.translation import gettext_lazy as _


class Nomination(models.Model):
    """A prize category of one year. Nominations change yearly; the bank's stable order is by theme."""

    contest = models.ForeignKey(
        "competition.Contest", on_delete=models.CASCADE, related_name="nominations", verbose_name=_("contest")
    )
    title = models.CharField(_("title"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["contest", "order", "title"]
        constraints = [
            models.UniqueConstraint(
                name="nomination_one_per_contest_and_title",
                fields=["contest", "title"],
                violation_error_message=_("This contest has such a nomination already."),
            ),
        ]

    def __str__(self):
        return self.title

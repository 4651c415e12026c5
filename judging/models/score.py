from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Score(models.Model):
    """One juror's mark for one criterion. Zero is a mark, no mark is no row; editable until the sheet is finished."""

    assignment = models.ForeignKey("judging.Assignment", on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("judging.Criterion", on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(_("mark"), max_digits=4, decimal_places=1)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(
                name="score_one_per_assignment_and_criterion",
                fields=["assignment", "criterion"],
                violation_error_message=_("This criterion has a mark already."),
            ),
            models.CheckConstraint(
                name="score_is_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("A mark is zero or more."),
            ),
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.value}"


class Comment(models.Model):
    """A juror's words to one criterion. A row of its own, since a comment may be written before the mark."""

    assignment = models.ForeignKey("judging.Assignment", on_delete=models.CASCADE, related_name="comments")
    criterion = models.ForeignKey("judging.Criterion", on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("comment"))
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["criterion__order"]
        constraints = [
            models.UniqueConstraint(
                name="comment_one_per_assignment_and_criterion", fields=["assignment", "criterion"]
            ),
        ]

    def __str__(self):
        return self.text[:60]

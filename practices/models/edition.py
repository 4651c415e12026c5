from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from competition.enums import TrackCode
from practices import blocks
from practices.enums import Chapter, Readers


class Edition(models.Model):
    """A year's form of the passport. Forms are data: next year's is a changed copy, old passports stay as they were."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    annex = models.CharField(_("annex line"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("edition of the form")
        verbose_name_plural = _("editions of the form")
        ordering = ["-code"]

    def __str__(self):
        return self.title

    @cached_property
    def templates(self) -> list["SectionTemplate"]:
        """The sections in the order of the form; every page, PDF and importer walks this list."""
        return list(self.sections.all())

    def template(self, code: str) -> "SectionTemplate | None":
        return next((template for template in self.templates if template.code == code), None)

    @property
    def shapes(self) -> dict[str, blocks.Text | blocks.Tables]:
        """The shape of every section by its code, in the order of the form."""
        return {template.code: template.shape for template in self.templates}


class SectionTemplate(models.Model):
    """One section of a form: its official number, words and shape. A section's number belongs to its edition alone."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(_("code"))
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=100)
    hint = models.TextField(_("hint"), blank=True)
    shape_data = models.JSONField(_("shape"))
    example = models.JSONField(
        _("example"),
        default=dict,
        blank=True,
        help_text=_("An invented answer in the section's shape, shown where no winner has a passport to learn from."),
    )
    required = models.BooleanField(_("required"), default=False)
    limit = models.PositiveIntegerField(_("limit in characters"), null=True, blank=True)
    limit_is_strict = models.BooleanField(_("over the limit cannot be submitted"), default=False)
    readers = models.CharField(_("who may read it"), max_length=20, choices=Readers, default=Readers.EVERYONE)
    tracks = models.JSONField(_("tracks"), default=list, blank=True, help_text=_("Empty: for every track."))
    chapter = models.CharField(_("chapter"), max_length=20, choices=Chapter, default=Chapter.CARD)

    class Meta:
        verbose_name = _("section of the form")
        verbose_name_plural = _("sections of the form")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                name="section_template_one_per_code",
                fields=["edition", "code"],
                violation_error_message=_("This edition has such a section already."),
            ),
            models.UniqueConstraint(
                name="section_template_one_per_number",
                fields=["edition", "number"],
                violation_error_message=_("This edition has a section with such a number already."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def clean(self):
        try:
            shape = blocks.shape_from(self.shape_data)
        except (blocks.ShapeError, KeyError, TypeError, AttributeError) as error:
            raise ValidationError({"shape_data": _("This is no shape that the portal knows.")}) from error
        try:
            self.example = shape.clean(self.example) if self.example else {}
        except blocks.ShapeError as error:
            raise ValidationError({"example": _("The example does not have the section's shape.")}) from error
        if not isinstance(self.tracks, list) or any(track not in TrackCode.values for track in self.tracks):
            raise ValidationError({"tracks": _("Name tracks by their codes.")})

    @cached_property
    def shape(self) -> blocks.Text | blocks.Tables:
        return blocks.shape_from(self.shape_data)

    @property
    def is_personal(self) -> bool:
        """Personal data, which needs a consent of its own to be published."""
        return self.readers != Readers.EVERYONE

    @property
    def may_wait_in_browser(self) -> bool:
        """Contacts of people are kept on the server alone, never in a browser that others may use (152-FZ)."""
        return self.readers != Readers.ORGANISER

    @property
    def is_tables(self) -> bool:
        return isinstance(self.shape, blocks.Tables)

    def applies_to(self, track_code: str) -> bool:
        return not self.tracks or track_code in self.tracks

    def is_required_for(self, track_code: str) -> bool:
        return self.required and self.applies_to(track_code)

    def length(self, content) -> int:
        """Characters of the answer as the limit counts them («не более 0,5 страницы» is 1,800)."""
        return sum(len(piece) for piece in self.shape.words(content))

    def is_over_limit(self, content) -> bool:
        return self.limit is not None and self.length(content) > self.limit


class ContestForm(models.Model):
    """Which edition of the form a contest uses. Stands here because the contest never learns what a passport is."""

    contest = models.OneToOneField("competition.Contest", on_delete=models.CASCADE, related_name="form")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="contest_forms", verbose_name=_("edition")
    )

    class Meta:
        verbose_name = _("form of the contest")
        verbose_name_plural = _("forms of the contests")

    def __str__(self):
        return f"{self.contest}: {self.edition}"

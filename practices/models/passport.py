from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Passport(models.Model):
    """The passport of a practice: the document an application consists of, in the shape of its edition."""

    application = models.OneToOneField(
        "competition.Application", on_delete=models.CASCADE, related_name="passport", verbose_name=_("application")
    )
    edition = models.ForeignKey(
        "practices.Edition", on_delete=models.PROTECT, related_name="passports", verbose_name=_("edition")
    )
    donor = models.ForeignKey(
        "practices.Practice",
        on_delete=models.SET_NULL,
        related_name="adopting_passports",
        verbose_name=_("donor practice"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("passport")
        verbose_name_plural = _("passports")

    def __str__(self):
        return str(self.application)

    @cached_property
    def sections_by_code(self) -> dict[str, "PassportSection"]:
        return {section.code: section for section in self.sections.all()}


class PassportSection(models.Model):
    """One answer of a passport. Written only by `practices.services.save_section`, which counts `version` up by one."""

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(_("code"))
    content = models.JSONField(_("content"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(name="section_one_per_passport_and_code", fields=["passport", "code"]),
            models.CheckConstraint(
                name="section_knows_when_it_was_saved",
                condition=Q(version=0, saved_at__isnull=True) | Q(version__gt=0, saved_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.passport_id}/{self.code} v{self.version}"


class SectionRevision(models.Model):
    """A version of a section as it was saved; every one is kept, the current one included."""

    section = models.ForeignKey(PassportSection, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tab = models.CharField(
        _("open page"), max_length=32, blank=True, help_text=_("Random; another one at each opening.")
    )
    turn = models.PositiveIntegerField(_("save of that page"), default=0)

    class Meta:
        verbose_name = _("version of a section")
        verbose_name_plural = _("versions of sections")
        ordering = ["section", "-version"]
        constraints = [
            models.UniqueConstraint(name="revision_one_per_section_and_version", fields=["section", "version"]),
        ]

    def __str__(self):
        return f"{self.section_id} v{self.version}"


class Remark(models.Model):
    """The organiser's remark pinned to a section; on return only the sections with open remarks can be written."""

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="remarks")
    code = models.SlugField(_("section"))
    text = models.TextField(_("remark"))
    version = models.PositiveIntegerField(
        _("version"), default=0, help_text=_("What the section said when the remark was made.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="remark_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write what should be changed."),
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.text[:60]}"

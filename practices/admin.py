from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.admin import LegibleJSONField, PlainAdmin
from practices.models import (
    AdoptionRequest,
    CollectedPractice,
    Collection,
    ContestForm,
    DeadHost,
    Edition,
    KeyFigure,
    Practice,
    SavedSearch,
    SectionTemplate,
    Theme,
)
from practices.search import index_practice


class SectionTemplateInline(admin.StackedInline):
    """Sections of a form. What passports rest on cannot change once there is one; words may still be mended."""

    model = SectionTemplate
    extra = 0
    formfield_overrides = {models.JSONField: {"form_class": LegibleJSONField}}
    words = ["title", "short_title", "hint", "example"]

    def get_readonly_fields(self, request, obj=None):
        if not _is_in_use(obj):
            return []
        return [
            field.name for field in SectionTemplate._meta.fields if field.name not in {"id", "edition", *self.words}
        ]

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and not _is_in_use(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_in_use(obj)


def _is_in_use(edition: Edition | None) -> bool:
    return edition is not None and edition.passports.exists()


@admin.register(Edition)
class EditionAdmin(PlainAdmin):
    """The forms of the passport, a year's form each."""

    list_display = ["title", "code", "annex"]
    inlines = [SectionTemplateInline]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if _is_in_use(obj) else []

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_in_use(obj)


@admin.register(ContestForm)
class ContestFormAdmin(PlainAdmin):
    """Which form a year uses; fixed by its first application."""

    list_display = ["contest", "edition"]
    list_select_related = ["contest", "edition"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.contest.applications.exists())

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


@admin.register(Theme)
class ThemeAdmin(PlainAdmin):
    list_display = ["title", "mark", "order"]

    def get_readonly_fields(self, request, obj=None):
        """The address is set once: links to it live on."""
        return ["slug"] if obj else []


@admin.register(AdoptionRequest)
class AdoptionRequestAdmin(PlainAdmin):
    """What was asked of the teams. To read, and to delete: each goes by itself after a year."""

    list_display = ["sent_at", "practice", "city", "name"]
    list_select_related = ["practice"]
    fields = readonly_fields = ["practice", "sent_at", "name", "city", "organisation", "email", "text", "consent"]

    def has_add_permission(self, request):
        return False


@admin.register(DeadHost)
class DeadHostAdmin(PlainAdmin):
    """Links to these sites are shown as text, on the page and in the PDF. Nobody asks the sites themselves."""

    list_display = ["host", "why"]
    search_fields = ["host"]


class KeyFigureInline(admin.StackedInline):
    model = KeyFigure
    fields = [("value", "label", "order")]
    extra = 0


@admin.register(Practice)
class PracticeAdmin(PlainAdmin):
    """The editor's work on a bank entry: words and figures of its card. It comes, goes and wins elsewhere."""

    list_display = ["title", "contest", "territory", "theme", "award", "published_at"]
    list_filter = ["contest", "theme", "award"]
    list_select_related = ["contest", "territory", "theme"]
    search_fields = ["title", "territory__name"]
    inlines = [KeyFigureInline]
    raw_id_fields = ["donor"]
    fields = [
        "title",
        "short_title",
        "summary",
        "description",
        "theme",
        "started_year",
        "donor",
        "order",
        ("slug", "published_at", "award"),
        ("contest", "nomination", "track", "territory", "application"),
    ]
    readonly_fields = ["slug", "published_at", "award", "contest", "nomination", "track", "territory", "application"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        """The words are saved by now, the figures among them: what is public is found by them from here on."""
        super().save_related(request, form, formsets, change)
        if form.instance.published_at:
            index_practice(form.instance)

    @admin.display(description=_("application"))
    def application(self, practice):
        return practice.passport.application if practice.passport else "—"


class CollectedPracticeInline(admin.StackedInline):
    model = CollectedPractice
    fields = [("practice", "order"), "note"]
    autocomplete_fields = ["practice"]
    extra = 0


@admin.register(Collection)
class CollectionAdmin(PlainAdmin):
    """Practices put together for readers. What leaves the bank leaves the public page by itself."""

    list_display = ["title", "published_at", "order"]
    search_fields = ["title"]
    inlines = [CollectedPracticeInline]
    fields = ["title", "slug", "introduction", ("published_at", "order")]

    def get_readonly_fields(self, request, obj=None):
        """The address is set once: links to it live on."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}


@admin.register(SavedSearch)
class SavedSearchAdmin(PlainAdmin):
    """What people follow, without who: their addresses are theirs, and the organiser has no use for them."""

    list_display = ["question", "frequency", "asked_at", "confirmed_at"]
    list_filter = ["frequency"]
    fields = ["question", "frequency", "asked_at", "confirmed_at", "told_until", "next_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

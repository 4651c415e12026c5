from django import forms
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin import PlainAdmin
from competition.enums import Category
from competition.models import (
    Application,
    ConsentClause,
    Contest,
    Coordinator,
    Invitation,
    Membership,
    Nomination,
    Organisation,
    TeamMember,
    Territory,
    Track,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100


class MomentField(forms.DateTimeField):
    """A moment of a contest. One at the end of all times is on no other clock: 9999 in Moscow, none in Kamchatka."""

    def to_python(self, value):
        moment = super().to_python(value)
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("The year is between %(first)s and %(last)s."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return moment


# One native field a day or a moment: Django's boxes have no labels. Seconds, for a day ends at 23:59:59.
MOMENTS = {
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
    models.DateTimeField: {
        "form_class": MomentField,
        "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": 1}),
    },
}


@admin.register(Territory)
class TerritoryAdmin(PlainAdmin):
    list_display = ["name", "region", "status", "time_zone"]
    list_filter = ["region"]
    search_fields = ["name", "full_name", "region"]
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        """The address is set once: links to it live on."""
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


class MembershipInline(admin.StackedInline):
    model = Membership
    raw_id_fields = ["user"]
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(PlainAdmin):
    """Membership decides two things: in whose name a person applies, and whose practices a juror never scores."""

    list_display = ["name", "kind", "territory"]
    list_filter = ["kind"]
    list_select_related = ["territory"]
    search_fields = ["name"]
    inlines = [MembershipInline]


class TrackInline(admin.StackedInline):
    model = Track
    fields = [("title", "code"), ("opens_at", "closes_at")]
    extra = 0
    formfield_overrides = MOMENTS


class NominationInline(admin.StackedInline):
    model = Nomination
    fields = [("title", "order")]
    extra = 0


class ConsentClauseInline(admin.StackedInline):
    model = ConsentClause
    fields = ["category", "text"]
    extra = 0
    max_num = len(Category)


@admin.register(Contest)
class ContestAdmin(PlainAdmin):
    """A year with its windows. Results are announced on the page of results, never by a field here."""

    list_display = ["year", "judging_opens_at", "judging_closes_at", "announced_at"]
    fields = [
        "year",
        ("opens_on", "closes_on"),
        ("judging_opens_at", "judging_closes_at"),
        "announced_at",
        "applications_on_record",
        "note",
        "consent_text",
        "publication_text",
    ]
    readonly_fields = ["announced_at"]
    formfield_overrides = MOMENTS
    inlines = [TrackInline, NominationInline, ConsentClauseInline]


@admin.register(Coordinator)
class CoordinatorAdmin(PlainAdmin):
    """Who helps the applicants of which city. Coordinators see what the owners of applications agree to show."""

    list_display = ["user", "territory"]
    list_select_related = ["user", "territory"]
    list_filter = ["territory"]
    search_fields = ["user__email", "user__name"]
    raw_id_fields = ["user"]


class OfTeam(PlainAdmin):
    """Registers around an application: to look up, never to change, and nothing of drafts that are not one's own."""

    list_select_related = ["application"]

    def get_queryset(self, request):
        visible = Application.objects.visible_to(request.user)
        return super().get_queryset(request).filter(application__in=visible)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(TeamMember)
class TeamMemberAdmin(OfTeam):
    """Who works on which application or did so: whoever did takes no part in judging it."""

    list_display = ["user", "application", "role", "joined_at", "left_at"]
    list_select_related = ["user", "application"]
    list_filter = ["role"]
    search_fields = ["user__email", "application__number"]


@admin.register(Invitation)
class InvitationAdmin(OfTeam):
    """Letters of invitation and what became of them. The link is in the letter alone."""

    list_display = ["email", "application", "role", "state", "sent_at", "expires_at"]
    list_filter = ["state", "role"]
    search_fields = ["email", "application__number"]
    fields = ["email", "application", "role", "state", "invited_by", "sent_at", "expires_at", "answered_at"]


@admin.register(Application)
class ApplicationAdmin(PlainAdmin):
    """The register of applications, to look things up. Decisions are taken on the desk, where the passport is."""

    list_display = ["number_or_key", "title", "contest", "territory", "status", "submitted_at", "desk"]
    list_filter = ["contest", "status", "nomination"]
    list_select_related = ["contest", "territory"]
    search_fields = ["number", "title", "owner__email"]
    date_hierarchy = "submitted_at"

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("number"), ordering="number")
    def number_or_key(self, application):
        return application.number or application.key

    @admin.display(description=_("desk"))
    def desk(self, application):
        address = reverse("admin:application_review", args=[application.key])
        return format_html('<a href="{}">{}</a>', address, _("Open the passport"))

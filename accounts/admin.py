import json

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LegibleJSONField(forms.JSONField):
    """JSON that every database can hold. Django's own field lets through what only Python reads as JSON, too."""

    def to_python(self, value):
        try:
            decoded = super().to_python(value)
            text = json.dumps(decoded, ensure_ascii=False, allow_nan=False)
            text.encode()  # half of a character that is written as two
        except (RecursionError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], params={"value": value}) from error
        if "\\u0000" in text:
            raise ValidationError(self.error_messages["invalid"], params={"value": value})
        return decoded


class PlainAdmin(admin.ModelAdmin):
    """What every plain list of the dashboard rests on: an address asks it what its own filters ask, and no more."""

    def lookup_allowed(self, lookup, value, request):
        """Django's rule lets any column be asked by address: `?password__startswith=` would guess a hash bit by bit."""
        asked = {f"{field}{tail}" for field in self.list_filter for tail in ("", "__exact", "__id__exact", "__isnull")}
        if self.date_hierarchy:
            asked |= {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        return lookup in asked

    def get_changelist_instance(self, request):
        """A value that the database cannot even be asked about is a wrong filter, and Django says so in the list."""
        try:
            return super().get_changelist_instance(request)
        except (DataError, OverflowError) as error:
            raise IncorrectLookupParameters from error

    def changeform_view(self, request, *args, **kwargs):
        """Two tabs that add the same row both pass the form's check; the database takes the first."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            messages.error(request, _("Somebody saved the same in the meantime. See what stands here now."))
            return HttpResponseRedirect(request.get_full_path())


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "is_active", "is_staff"]
        labels = {"is_active": _("may sign in"), "is_staff": _("organiser")}
        help_texts = {
            "is_active": _("Switch it off instead of deleting: the person's deeds stay on record."),
            "is_staff": _("Sees every application, admits, assigns the jury, announces the results."),
        }


@admin.register(User)
class UserAdmin(PlainAdmin):
    """People as the organiser sees them. They register themselves, and set address and password by letters."""

    form = UserForm
    list_display = ["email", "name", "organiser", "is_active", "last_login"]
    search_fields = ["email", "name"]
    list_filter = ["is_staff", "is_active"]
    fields = ["email", "name", "is_active", "is_staff", "last_login", "date_joined"]
    readonly_fields = ["email", "last_login", "date_joined"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("organiser"), boolean=True, ordering="is_staff")
    def organiser(self, user):
        return user.is_staff

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User


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
class UserAdmin(admin.ModelAdmin):
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

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People as the organiser sees them; passwords are set by their owners through the reset letter."""

    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    search_fields = ["email", "name"]
    list_filter = ["is_staff", "is_active"]
    fields = ["email", "name", "is_active", "is_staff", "last_login", "date_joined"]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description=_("organiser"), boolean=True)
    def is_staff(self, user):
        return user.is_staff

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    """The dashboard of organisers and jurors: Django's admin with our desks, our roles and allauth's sign-in."""

    site_title = site_header = _("Dashboard")
    index_title = _("Desk")

    def has_permission(self, request):
        """Organisers by their mark, jurors by their appointment; what each may open, each page asks itself."""
        user = request.user
        return user.is_active and (user.is_staff or user.juries.exists())

from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts.verdicts import Refused
from judging.queries import desk_contest
from judging.urls import desk_urls
from judging.views.organiser import organiser_desk

KEPT_BY_ALLAUTH = {"logout", "password_change", "password_change_done"}


class PortalAdminSite(admin.AdminSite):
    """The dashboard of organisers and jurors: Django's admin with our desks, our roles and allauth's sign-in."""

    site_title = site_header = _("Dashboard")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Organisers by their mark, jurors by their appointment; what each may open, each page asks itself."""
        user = request.user
        return user.is_active and (user.is_staff or user.juries.exists())

    def admin_view(self, view, cacheable=False):
        """Turn a person without any business here away at once: signing in once more would not help."""
        guarded = super().admin_view(view, cacheable)

        def gate(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Refused(_("The dashboard is for the organiser and the jury."))
            return guarded(request, *args, **kwargs)

        return update_wrapper(gate, view)

    def get_urls(self):
        """Our desks before the plain pages. Signing out and passwords are allauth's, so its rules hold here too."""
        plain = [url for url in super().get_urls() if getattr(url, "name", None) not in KEPT_BY_ALLAUTH]
        return desk_urls(self.admin_view) + plain

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def index(self, request, extra_context=None):
        """The organiser's desk, or the juror's own."""
        if not request.user.is_organiser:
            return redirect("admin:jury_desk")
        return organiser_desk(request, app_list=self.get_app_list(request))

    def each_context(self, request):
        """The plain pages carry the organiser's menu, which leads to the year at hand."""
        return {**super().each_context(request), "contest": desk_contest(), "nav": "data"}

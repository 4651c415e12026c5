from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts.verdicts import require
from judging.permissions import can_enter, can_organise
from judging.queries import desk_contest
from judging.urls import desk_urls
from judging.views.organiser import organiser_desk
from practices.desk_urls import desk_urls as passport_desk_urls

KEPT_BY_ALLAUTH = {"logout", "password_change", "password_change_done"}


class PortalAdminSite(admin.AdminSite):
    """The dashboard of organisers and jurors: Django's admin with our desks, our roles and allauth's sign-in."""

    site_title = site_header = _("Dashboard")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Organisers by their mark, jurors by their appointment."""
        return bool(can_enter(request.user))

    def admin_view(self, view, cacheable=False):
        """The gate of Django's plain pages: the organiser's alone."""
        return self._gate(view, can_organise, cacheable)

    def desk_view(self, view):
        """The gate of our desks, for both roles; each desk then asks for its own."""
        return self._gate(view, can_enter)

    def _gate(self, view, may, cacheable=False):
        """Turn a person who may not away at once, with the reason: signing in anew would not help."""
        guarded = super().admin_view(view, cacheable)

        def gate(request, *args, **kwargs):
            if request.user.is_authenticated:
                require(may(request.user))
            return guarded(request, *args, **kwargs)

        return update_wrapper(gate, view)

    def get_urls(self):
        """Our desks before the plain pages. Signing out and passwords are allauth's, so its rules hold here too."""
        plain = [url for url in super().get_urls() if getattr(url, "name", None) not in {"index", *KEPT_BY_ALLAUTH}]
        index = path("", self.desk_view(self.index), name="index")
        return [index, *desk_urls(self.desk_view), *passport_desk_urls(self.admin_view), *plain]

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

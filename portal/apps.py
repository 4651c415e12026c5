from django.apps import AppConfig
from django.contrib.admin import apps

from portal.turnstile import open_turnstile


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        open_turnstile()


class PortalAdminConfig(apps.AdminConfig):
    """Django's admin with the portal's own site, so that every ModelAdmin registers there."""

    default = False  # named in INSTALLED_APPS for "django.contrib.admin"
    default_site = "portal.site.PortalAdminSite"

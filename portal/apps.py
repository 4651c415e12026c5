from django.contrib.admin import apps


class PortalAdminConfig(apps.AdminConfig):
    """Django's admin with the portal's own site, so that every ModelAdmin registers there."""

    default = False  # named in INSTALLED_APPS for "django.contrib.admin"; the portal itself needs no config
    default_site = "portal.site.PortalAdminSite"

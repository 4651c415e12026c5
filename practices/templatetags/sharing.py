"""What other sites and search engines are told of a page."""

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def public(path: str) -> str:
    """The address that a path of the portal has for the world, whichever name it was asked by."""
    return settings.PUBLIC_URL.rstrip("/") + path

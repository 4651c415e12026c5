"""Icons of the sprite. A page has dozens of them, so each is written once for a process."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> str:
    """An icon, decorative: its meaning stands in words beside it. `css` is a class of its own."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f"i {css}".rstrip(),
        static("img/icons.svg"),
        name,
    )

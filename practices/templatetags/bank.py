"""What the pages of the bank need of templates."""

from math import cos, radians, sin

from django import template
from django.utils.html import format_html, format_html_join

from practices.lemmas import mark

register = template.Library()

YEAR_RADII = (90, 160, 230, 290)  # one a shell of `competition.geography`, around (300, 300)


@register.filter
def found(text: str, query: str):
    """A plain text with the words that a query finds in it marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text,)
            for piece in mark(text, query)
        ),
    )


@register.simple_tag
def year_orbits(cities):
    """The year's cities on their real orbits, beside its title. Decoration: the names stand in the list below."""
    rings = format_html_join("", '<circle cx="300" cy="300" r="{}"/>', ((radius,) for radius in YEAR_RADII))
    dots = format_html_join(
        "",
        '<circle class="dot" cx="{}" cy="{}" r="7"/>',
        (
            (
                f"{300 + YEAR_RADII[city.shell] * sin(radians(city.bearing)):.1f}",
                f"{300 - YEAR_RADII[city.shell] * cos(radians(city.bearing)):.1f}",
            )
            for city in cities
        ),
    )
    return format_html(
        '<svg class="year-orbits" viewBox="0 0 600 600" aria-hidden="true">{}'
        '<circle class="nucleus" cx="300" cy="300" r="9"/>{}</svg>',
        rings,
        dots,
    )

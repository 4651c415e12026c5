"""How marks and scores are shown: numbers with the comma of the language, and the spread of a jury as dots."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _, ngettext

register = template.Library()

WIDTH, MARGIN = 150, 6


@register.filter
def score(value: Decimal | None) -> str:
    """A score without idle zeros: 7, 7,5 and 7,333."""
    if value is None:
        return ""
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)))


@register.filter
def left(moment: datetime) -> str:
    """How much time is left, in whole days, on the last day in hours."""
    seconds = max((moment - timezone.now()).total_seconds(), 0)
    days, hours = int(seconds // 86_400), int(seconds // 3600)
    if days:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}


@register.filter
def by_key(mapping: dict, key):
    """The mapping's value for the key, None when it has none."""
    return mapping.get(key)


@register.simple_tag
def spread(scores, median, highest) -> str:
    """The sheets' scores as dots on the scale, the median filled; words tell the same to those who do not see."""
    if not scores:
        return ""
    dots = format_html_join("", '<circle class="d" cx="{}" cy="10" r="3.6"/>', ((_x(s, highest),) for s in scores))
    label = _("Scores: %(scores)s") % {"scores": "; ".join(score(s) for s in scores)}
    return format_html(
        '<svg class="spread" viewBox="0 0 {} 20" role="img" aria-label="{}"><line x1="0" y1="10" x2="{}" y2="10"/>{}'
        '<circle cx="{}" cy="10" r="4.4"/></svg>',
        WIDTH,
        label,
        WIDTH,
        dots,
        _x(median, highest),
    )


def _x(value: Decimal, highest: Decimal) -> str:
    return f"{MARGIN + float(value / highest) * (WIDTH - 2 * MARGIN):.1f}"

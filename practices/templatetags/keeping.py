"""The two marks that stand beside a practice, put aside and chosen to be compared; the way to the collections."""

from django import template
from django.utils import timezone

from practices.collecting import collections_with_numbers
from practices.keeping import kept_keys

register = template.Library()

COLLECTIONS_NAMED = 3


def _kept(context) -> frozenset[int] | None:
    """What the reader keeps, asked once for a page; None for a visitor, whose browser knows it and we do not."""
    request = context.request
    if not hasattr(request, "kept_practices"):
        request.kept_practices = kept_keys(request.user) if request.user.is_authenticated else None
    return request.kept_practices


@register.inclusion_tag("practices/_keep.html", takes_context=True)
def keep(context, practice, *, with_words=False):
    kept = _kept(context)
    return {
        "practice": practice,
        "is_ours": kept is not None,
        "is_kept": kept is not None and practice.pk in kept,
        "with_words": with_words,
    }


@register.inclusion_tag("practices/_kept_link.html", takes_context=True)
def kept_link(context):
    kept = _kept(context)
    return {"is_ours": kept is not None, "count": len(kept or ())}


@register.inclusion_tag("practices/_keep_page.html", takes_context=True)
def keep_page(context):
    """What the marks of a page need once: the form behind them, and the bar of what is to be compared."""
    request = context.request
    return {
        "is_ours": context["user"].is_authenticated,  # there is no request.user on a page for a refused host
        "path": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("practices/_collections.html")
def collections_line():
    """The first few of the organiser's collections; nothing while there are none."""
    return {"collections": collections_with_numbers(at=timezone.now())[:COLLECTIONS_NAMED]}

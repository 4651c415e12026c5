"""The cities of the contest and what each of them gave to the bank."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.bank import neighbours_of, territories_with_numbers
from practices.models import Practice
from practices.search import BY_YEAR
from practices.statistics import adoption_pairs, group_of
from practices.version import for_everybody

MOST_PRACTICES = 24  # cards on the page of a city; the bank shows the rest
MOST_PAIRS = 10
NEIGHBOURS = 4


@login_not_required
@require_safe
@for_everybody
def territory_list(request: HttpRequest) -> HttpResponse:
    """Every city of the contest by its name, with how many practices it has in the bank."""
    return render(
        request,
        "practices/territory_list.html",
        {"crumbs": [(None, _("Cities"))], "territories": list(territories_with_numbers())},
    )


@login_not_required
@require_safe
@for_everybody
def territory_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A city: what its practices come to, what it gave to others and took from them, and its practices by year."""
    territories = list(territories_with_numbers())
    territory = next((territory for territory in territories if territory.slug == slug), None)
    if territory is None:
        raise Http404
    practices = Practice.objects.published().filter(territory=territory)
    group = group_of(practices)
    pairs = adoption_pairs()
    return render(
        request,
        "practices/territory_detail.html",
        {
            "crumbs": [(reverse("practices:territory_list"), _("Cities")), (None, territory.name)],
            "territory": territory,
            "group": group,
            "practices": list(practices.with_card().order_by(*BY_YEAR)[:MOST_PRACTICES]),
            "gave": list(pairs.filter(donor__territory=territory)[:MOST_PAIRS]) if group.gave else [],
            "took": list(pairs.filter(territory=territory)[:MOST_PAIRS]) if group.took else [],
            "neighbours": neighbours_of(territory, territories, limit=NEIGHBOURS),
        },
    )

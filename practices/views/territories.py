"""The cities of the contest and what each of them gave to the bank."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competition.models import Territory
from practices.bank import territories_with_numbers
from practices.models import Practice
from practices.search import BY_YEAR


@login_not_required
@require_safe
def territory_list(request: HttpRequest) -> HttpResponse:
    """Every city of the contest by its name, with how many practices it has in the bank."""
    return render(
        request,
        "practices/territory_list.html",
        {"crumbs": [(None, _("Cities"))], "territories": list(territories_with_numbers())},
    )


@login_not_required
@require_safe
def territory_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A city and its practices, newest years first."""
    territory = get_object_or_404(Territory, slug=slug)
    practices = Practice.objects.published().with_card().filter(territory=territory).order_by(*BY_YEAR)
    return render(
        request,
        "practices/territory_detail.html",
        {
            "crumbs": [(reverse("practices:territory_list"), _("Cities")), (None, territory.name)],
            "territory": territory,
            "practices": list(practices),
        },
    )

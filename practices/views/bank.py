"""The public bank: the list with its search and facets."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.filters import BankFilter
from practices.search import add_snippets
from practices.views import facets

ON_A_PAGE = 12


@login_not_required
@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """Practices found by words and facets. The question stands in the address; htmx gets the changed parts alone."""
    asked = BankFilter(request.GET)
    shown = facets.facets(asked)
    paginator = Paginator(asked.practices(), ON_A_PAGE)
    paginator.count = asked.cube.found  # known from the facets: the database is not asked again
    page = paginator.get_page(request.GET.get("page"))
    add_snippets(page.object_list, asked.sought)
    years = sorted(cell.facts["year"] for cell in asked.cube.cells)
    context = {
        "crumbs": [(None, _("Bank of practices"))],
        "words": asked.words,
        "sought": asked.sought,
        "shown_for": asked.shown_for,
        "problems": asked.problems,
        "facets": shown,
        "chips": facets.chips(asked, shown),
        "ways_out": facets.ways_out(asked, shown),
        "words_alone": facets.words_alone(asked),
        "query": facets.query_string(asked),
        "page": page,
        "total": asked.cube.total,
        "years": (years[0], years[-1]) if years else None,
    }
    is_swap = request.htmx and not request.htmx.history_restore_request
    template = "practices/_bank_swap.html" if is_swap else "practices/bank.html"
    response = render(request, template, context, status=400 if asked.problems else 200)
    if is_swap:
        response["HX-Push-Url"] = facets.address(asked)
    patch_vary_headers(response, ["HX-Request"])
    return response

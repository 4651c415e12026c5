"""The public bank: the list with its search and facets."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.enums import View
from practices.search import add_snippets
from practices.version import for_everybody
from practices.views import facets
from practices.views.bank_map import bank_map

ON_A_PAGE = {View.CARDS: 12, View.LIST: 30, View.MAP: 1}


@login_not_required
@require_safe
@for_everybody
def bank(request: HttpRequest) -> HttpResponse:
    """Practices found by words and facets. The question stands in the address; htmx gets the changed parts alone."""
    asked = facets.BankPage(request.GET)
    shown = facets.facets(asked)
    page = _page(asked, request.GET.get("page"))
    years = sorted(asked.cube.counts("year"))
    context = {
        "crumbs": [(None, _("Bank of practices"))],
        "words": asked.words,
        "sought": asked.sought,
        "shown_for": asked.shown_for,
        "problems": asked.problems,
        "facets": shown,
        "chosen": sum(len(facet.chosen) for facet in shown),
        "chips": facets.chips(asked, shown),
        "reset": facets.reset(asked),
        "view": asked.shown_as,
        "views": facets.views(asked),
        "sorts": facets.sorts(asked),
        "ways_out": [] if asked.cube.found else facets.ways_out(asked, shown),
        "words_alone": None if asked.cube.found else facets.words_alone(asked),
        "shorter_words": [] if asked.cube.found else facets.shorter_words(asked),
        "query": facets.query_string(asked),
        "page": page,
        "more": min(page.paginator.per_page, page.paginator.count - page.end_index()),
        "map": bank_map(asked) if asked.shown_as == View.MAP else None,
        "total": asked.cube.total,
        "years": (years[0], years[-1]) if years else None,
    }
    is_swap = request.htmx and not request.htmx.history_restore_request
    template = "practices/_bank_swap.html" if is_swap else "practices/bank.html"
    response = render(request, template, context, status=400 if asked.problems else 200)
    if is_swap and page.number == 1:  # more of an answer stays under its address, which brings its beginning back
        response["HX-Push-Url"] = facets.address(asked)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(asked: facets.BankPage, number: str | None) -> Page:
    """A page of the answer. How many there are is known from the facets: the database is not asked again."""
    paginator = Paginator(asked.practices(), ON_A_PAGE[asked.shown_as])
    paginator.count = asked.cube.found
    page = paginator.get_page(number)
    if asked.shown_as != View.MAP:
        add_snippets(page.object_list, asked.sought)
    return page

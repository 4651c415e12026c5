"""The organiser's collections as the public reads them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.collecting import collection_for_reader, collections_with_numbers, places_of
from practices.comparing import FEWEST, MOST
from practices.version import for_everybody


@login_not_required
@require_safe
@for_everybody
def collection_list(request: HttpRequest) -> HttpResponse:
    context = {
        "crumbs": [(reverse("practices:bank"), _("Bank of practices")), (None, _("Collections"))],
        "collections": collections_with_numbers(at=timezone.now()),
    }
    return render(request, "practices/collection_list.html", context)


@login_not_required
@require_safe
@for_everybody
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    collection = collection_for_reader(slug, at=timezone.now())
    places = places_of(collection)
    crumbs = [
        (reverse("practices:bank"), _("Bank of practices")),
        (reverse("practices:collection_list"), _("Collections")),
        (None, collection.title),
    ]
    can_be_compared = FEWEST <= len(places) <= MOST
    context = {"crumbs": crumbs, "collection": collection, "places": places, "can_be_compared": can_be_compared}
    return render(request, "practices/collection_detail.html", context)

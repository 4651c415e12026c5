"""A page in place of a file: what stands in the way, a sentence each, and the ways on."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

RETRY_AFTER_SECONDS = 600


def unavailable(
    request: HttpRequest,
    sentences: Iterable[str],
    *,
    status: int,
    crumbs: list[tuple],
    again: str = "",
    instead: Iterable[tuple[str, str]] = (),
) -> HttpResponse:
    """`again`: where the same may be asked for anew; `instead`: (address, label) of what can be had."""
    context = {"crumbs": crumbs, "sentences": sentences, "again": again, "instead": instead}
    response = render(request, "practices/export_unavailable.html", context, status=status)
    if status in {429, 503}:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    patch_cache_control(response, no_store=True)
    return response

"""Public pages, kept as they were made for the first visitor and given to all, until what they show changes.

A page is kept by the version of the bank that it was made of, so nothing is ever forgotten or taken out: what leaves
the bank leaves at once. Only a view that is marked (`practices.version.for_everybody`) is kept, and only an answer that
is the same for all who ask so; docs/decisions/0032-pages-for-everybody.md tells what must not happen.
"""

import hashlib

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from portal import appearance
from practices.version import bank_version

LONGEST = 512 * 1024  # bytes; what is longer is made anew
MINUTE = 60  # pages tell the time to the minute; nothing is kept longer, whatever else went wrong
# Headers that an answer may depend on: each stands in the key, or keeps the request from being answered here.
KNOWN = {"cookie", "hx-request", "accept-encoding"}
A_TOKEN = b"csrfmiddlewaretoken"


class KeptPagesMiddleware:
    """Stands before sessions and all that they cost."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _asks_as_everybody(request):
            return self.get_response(request)
        # The version is read before the page is made: what changes meanwhile is a newer page under an old key.
        key = _key(request) if settings.KEEP_PAGES else None
        page = caches["pages"].get(key) if key else None
        if page:
            return _as_asked(request, HttpResponse(page[0], headers=page[1]))
        response = self.get_response(request)
        if not _is_for_everybody(request, response):
            return response
        _head(response)
        if key and len(response.content) <= LONGEST:
            caches["pages"].set(key, (response.content, dict(response.headers)), MINUTE)
        return _as_asked(request, response)


def _head(response: HttpResponse) -> None:
    """A browser may keep it too, but asks each time whether it still is what it was."""
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Cookie"])
    digest = hashlib.sha256(response.content, usedforsecurity=False).hexdigest()[:32]
    response.headers.setdefault("ETag", quote_etag(digest))


def _as_asked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page, or that the browser has it already."""
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _asks_as_everybody(request: HttpRequest) -> bool:
    """Nobody who signed in, and nobody we know anything of but how the page should look. The swaps of htmx are made."""
    looks = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME, appearance.COOKIE}
    return (
        request.method == "GET"
        and request.COOKIES.keys() <= looks
        and not any(name == "HTTP_AUTHORIZATION" or name.startswith("HTTP_HX_") for name in request.META)
    )


def _key(request: HttpRequest) -> str:
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = (
        bank_version(),
        int(timezone.now().timestamp() // MINUTE),
        request.scheme,
        request.get_host(),  # raises what a refused host raises
        request.get_full_path(),
        language if language in dict(settings.LANGUAGES) else "",
        str(appearance.from_cookie(request.COOKIES.get(appearance.COOKIE)) or ""),
    )
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Marked, as it was asked for, and with nothing in it that is one visitor's."""
    match = request.resolver_match
    varies, control = _words_of(response, "Vary"), _words_of(response, "Cache-Control")
    return (
        match is not None
        and getattr(match.func, "is_for_everybody", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Set-Cookie")
        and varies <= KNOWN
        and not {"private", "no-store"} & control
        and A_TOKEN not in response.content
    )


def _words_of(response: HttpResponse, header: str) -> set[str]:
    return {word.strip().lower() for word in response.get(header, "").split(",") if word.strip()}

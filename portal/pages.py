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
from practices.version import MINUTE, TEN_MINUTES, bank_version

LONGEST = 512 * 1024  # bytes; what is longer is made anew
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
        keys = _keys(request) if settings.KEEP_PAGES else {}
        for page in caches["pages"].get_many(keys.values()).values():
            return _as_asked(request, HttpResponse(page[0], headers=page[1]))
        response = self.get_response(request)
        if not _is_for_everybody(request, response):
            return response
        _head(response)
        if keys and request.method == "GET" and len(response.content) <= LONGEST:
            seconds = _kept_for(request)
            caches["pages"].set(keys[seconds], (response.content, dict(response.headers)), seconds)
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
        request.method in {"GET", "HEAD"}
        and request.COOKIES.keys() <= looks
        and not any(name == "HTTP_AUTHORIZATION" or name.startswith("HTTP_HX_") for name in request.META)
    )


def _keys(request: HttpRequest) -> dict[int, str]:
    """Where the answer lies if its view lets it be kept for so many seconds. They all end by the clock, at once: when a
    contest opens on the hour, every page of it knows."""
    question, now = repr(_question(request)).encode("utf-8", "surrogatepass"), timezone.now().timestamp()
    times = {seconds: f"{seconds} {now // seconds} ".encode() for seconds in (MINUTE, TEN_MINUTES)}
    return {
        seconds: hashlib.sha256(time + question, usedforsecurity=False).hexdigest() for seconds, time in times.items()
    }


def _question(request: HttpRequest) -> tuple:
    """All that an answer for everybody may depend on."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return (
        bank_version(),
        request.scheme,
        request.get_host(),  # raises what a refused host raises
        request.get_full_path(),
        language if language in dict(settings.LANGUAGES) else "",
        str(appearance.from_cookie(request.COOKIES.get(appearance.COOKIE)) or ""),
    )


def _kept_for(request: HttpRequest) -> int:
    """How many seconds the answer may be given to others; 0 unless its view is marked."""
    return getattr(request.resolver_match.func, "kept_for", 0) if request.resolver_match else 0


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Marked, as it was asked for, and with nothing in it that is one visitor's."""
    varies, control = _words_of(response, "Vary"), _words_of(response, "Cache-Control")
    return bool(
        _kept_for(request)
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

"""What every answer of the API has in common: JSON whatever happens, for every site, the same until it changes."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from practices.forms.api import LONGEST_ADDRESS

METHODS = "GET, HEAD, OPTIONS"


class Misasked(Exception):
    """The question cannot be understood; the message is a sentence for whoever asked."""


def open_data(view: Callable) -> Callable:
    """Make an address of the API of a view that returns data and raises `Misasked` or `Http404`.

    Nobody is recognised here and nothing can be changed, so that any page of any site may read: no session is touched.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, **arguments) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in {"GET", "HEAD"}:
            response = _refusal(405, _("This is read with GET; nothing can be changed here."))
        elif len(request.get_full_path()) > LONGEST_ADDRESS:
            response = _refusal(414, _("The address is longer than %(limit)s characters.") % {"limit": LONGEST_ADDRESS})
        else:
            response = _answered(request, view, arguments)
        response.headers["Allow"] = METHODS
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    return answer


def same_until_changed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a reader keep an answer but ask each time whether it still holds: what leaves the bank is gone at once.

    304 to whoever has it already. For what everybody may read and is the same for everybody.
    """
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    kept = get_conditional_response(request, etag=etag, response=response)
    if kept is not response:
        for name in ("Link", "Vary"):
            if response.has_header(name):
                kept.headers[name] = response.headers[name]
    return kept


def in_json(data: dict, *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _answered(request: HttpRequest, view: Callable, arguments: dict) -> HttpResponse:
    try:
        return same_until_changed(request, view(request, **arguments))
    except Misasked as problem:
        return _refusal(400, str(problem))
    except Http404:
        return _refusal(404, _("There is nothing at this address of the API."))


def _refusal(status: int, sentence: str) -> JsonResponse:
    response = in_json({"error": sentence}, status=status)
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie"])  # the sentence is in the reader's language
    return response

"""Forms that change nothing but how pages look to whoever presses them: they need no token against forgery.

A token would make every public page another for every visitor: no page could be kept for all, and everybody would get
a cookie. Instead the browser is asked where the form stood (docs/decisions/0032-pages-for-everybody.md).
"""

from functools import wraps

from django.http import HttpRequest
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import csrf_exempt


def harmless_form(view):
    """Take a form without a token unless the browser says that it stood on another site."""

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not _stood_here(request):
            return csrf_failure(request, reason="a form on another site")
        return view(request, *args, **kwargs)

    return guarded


def _stood_here(request: HttpRequest) -> bool:
    """What the browser says by itself, no page can: by Sec-Fetch-Site, before 2023 by Origin. One that says nothing
    of the two is a script, which has nobody's cookies."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.get_host()

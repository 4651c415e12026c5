from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

from accounts.carrying import CarriedForm, is_by_script, is_carried, is_written_by_another
from accounts.views import ask_to_sign_in, hand_over


class CookieLocaleMiddleware(LocaleMiddleware):
    """Language from the cookie alone: the portal is Russian until a person asks for English.

    Django's own middleware also reads the browser's Accept-Language, which would greet a clerk
    whose browser happens to be English in English.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = {code for code, _name in settings.LANGUAGES}
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends a visitor to sign in and then back to a page. An address that only takes forms is none.

    A script is told by the status; a form that must not be lost goes along (`accounts.carrying`).
    """

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if request.method == "POST" and request.user.is_authenticated and is_carried(view_func):
            return self._let_through_unless_of_another(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if is_by_script(request):
            return _unauthorised("signed_out")
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        if is_carried(view_func):
            return ask_to_sign_in(request, CarriedForm.of(request))
        # The page the form stood on; the browser tells it to us and to nobody else (SECURE_REFERRER_POLICY).
        page = urlsplit(request.headers.get("Referer", ""))
        back = page.path if page.netloc == request.get_host() else reverse("portal:desk")
        return redirect_to_login(back, self.get_login_url(view_func))

    def _let_through_unless_of_another(self, request: HttpRequest) -> HttpResponse | None:
        """What one person wrote is not saved under another's name, though both sat at this browser."""
        if not is_written_by_another(request):
            return None
        if is_by_script(request):
            return _unauthorised("another_person")
        return hand_over(request, CarriedForm.of(request))


def _unauthorised(reason: str) -> JsonResponse:
    return JsonResponse({"reason": reason}, status=401, headers={"WWW-Authenticate": 'Session realm="portal"'})


class WrongMethodMiddleware(MiddlewareMixin):
    """A page in place of Django's empty 405, for a person who opens by hand an address that only takes forms."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not isinstance(response, HttpResponseNotAllowed) or request.method not in {"GET", "POST"}:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class PrivatePagesMiddleware(MiddlewareMixin):
    """What a signed-in person sees is theirs: no cache on the way may keep it."""

    def process_response(self, request, response):
        if hasattr(request, "user") and request.session.accessed and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin


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


class PrivatePagesMiddleware(MiddlewareMixin):
    """What a signed-in person sees is theirs: no cache on the way may keep it."""

    def process_response(self, request, response):
        if hasattr(request, "user") and request.session.accessed and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

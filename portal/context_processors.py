from django.conf import settings

from portal import appearance


def portal(request):
    """What every page needs: its look, and the pause after which an editor saves by itself, in milliseconds."""
    return {
        "appearance": appearance.from_cookie(request.COOKIES.get(appearance.COOKIE)),
        "autosave_delay_ms": settings.AUTOSAVE_DELAY_MS,
    }

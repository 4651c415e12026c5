from django.conf import settings


def portal(request):
    """What every page of the portal needs: the pause after which an editor saves by itself, in milliseconds."""
    return {"autosave_delay_ms": settings.AUTOSAVE_DELAY_MS}

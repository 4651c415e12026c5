"""The owner's consent that the coordinator of the city sees the application."""

from django.db import transaction

from accounts.verdicts import require
from competition.models import Application
from competition.permissions import can_share
from competition.queries import lock_application


@transaction.atomic
def show_to_city(application, *, by, at) -> Application:
    """Let the coordinators of the application's city see it; the moment of the first yes stays."""
    locked = lock_application(application)
    require(can_share(by, locked))
    if locked.shared_with_city_at is None:
        locked.shared_with_city_at = at
        locked.save(update_fields=["shared_with_city_at"])
    return locked


@transaction.atomic
def hide_from_city(application, *, by) -> Application:
    """Take the consent back: from the next request on the application does not exist for the coordinators."""
    locked = lock_application(application)
    require(can_share(by, locked))
    locked.shared_with_city_at = None
    locked.save(update_fields=["shared_with_city_at"])
    return locked

"""Reading and locking."""

from django.shortcuts import get_object_or_404

from competition.models import Application, Contest


def lock_application(application) -> Application:
    """Re-read the application with its row locked: it is the lock of all that belongs to it.

    Must run inside a transaction. On SQLite the transaction itself is the lock (IMMEDIATE). Contest and track are
    not joined but read afterwards: a join would show them as they were before the wait for the lock.
    """
    return Application.objects.select_for_update().get(pk=application.pk)


def application_for(user, key) -> Application:
    """The gate: views get an application here and nowhere else. What is not yours does not exist (404)."""
    visible = Application.objects.visible_to(user).select_related(
        "contest", "track", "nomination", "territory", "organisation", "owner"
    )
    return get_object_or_404(visible, key=key)


def current_contest() -> Contest | None:
    """The contest the portal works on now: the latest whose results are not announced yet."""
    return Contest.objects.filter(announced_at__isnull=True).order_by("-year").first()

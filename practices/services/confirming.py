"""The word of those who know that a practice still stands as the bank tells it."""

from datetime import timedelta

from django.db.models import Q

from accounts.verdicts import require
from practices.models import Practice
from practices.permissions import can_confirm, confirmer

ONCE_IN = timedelta(days=1)


def confirm_practice(practice: Practice, *, by, at) -> bool:
    """Note that the practice stands as of this moment; whether there was anything to note.

    One conditional update: pressed twice, by one or by two, it is said once a day.
    """
    require(can_confirm(by, practice))
    unsaid = Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=at - ONCE_IN)
    published = Practice.objects.published().filter(unsaid, pk=practice.pk)
    return bool(published.update(confirmed_at=at, confirmed_by=confirmer(by, practice)))

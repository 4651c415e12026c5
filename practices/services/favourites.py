from collections.abc import Iterable

from practices.models import Favourite, Practice


def keep(practices: Iterable[Practice], *, by, at) -> None:
    """Put practices aside. Keeping one twice, from two tabs or by a double click, keeps it once."""
    Favourite.objects.bulk_create(
        [Favourite(user=by, practice=practice, added_at=at) for practice in practices], ignore_conflicts=True
    )


def let_go(practices: Iterable[Practice], *, by) -> None:
    Favourite.objects.filter(user=by, practice__in=list(practices)).delete()

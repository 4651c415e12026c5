"""An open page says that its section is being written."""

from django.db import transaction

from practices.models import Passport, Presence


@transaction.atomic
def note_presence(passport: Passport, code: str, *, by, at) -> None:
    """Write down that this person has the section open now; whoever has gone since is forgotten on the way."""
    mine = Presence.objects.filter(passport=passport, user=by)
    if mine.update(code=code, seen_at=at):
        return
    passport.presences.stale(at=at).delete()
    Presence.objects.get_or_create(passport=passport, user=by, defaults={"code": code, "seen_at": at})

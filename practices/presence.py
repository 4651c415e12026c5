"""Which colleagues have which section open at this moment. Whoever works alone, or only looks on, is told nothing."""

from collections import defaultdict
from datetime import datetime

from competition.queries import members_of, role_of
from practices.models import Passport


def has_colleagues(user, application) -> bool:
    """Whether this person works on the application together with somebody."""
    return role_of(user, application) is not None and bool(members_of(application))


def colleagues_at_work(passport: Passport, user, *, at: datetime) -> dict[str, list[str]]:
    """The names of the others on the team by the section that they have open for writing."""
    application = passport.application
    if not has_colleagues(user, application):
        return {}
    team = {application.owner_id, *(member.user_id for member in members_of(application))}
    rows = passport.presences.fresh(at=at).filter(user__in=team - {user.pk}).select_related("user")
    names = defaultdict(list)
    for presence in rows.order_by("user__name", "user__email"):
        names[presence.code].append(str(presence.user))
    return dict(names)

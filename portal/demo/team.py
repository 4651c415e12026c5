"""The colleagues of an application of the demonstration, who were invited and came, and what its city sees."""

from datetime import timedelta

from accounts.models import User
from competition.models import Application
from competition.services import accept_invitation, invite, show_to_city


def gather_team(application: Application, item: dict, *, started_at) -> None:
    owner = application.owner
    for place, colleague in enumerate(item.get("team", []), start=1):
        invited_at = started_at + timedelta(hours=place)
        invitation = invite(application, email=colleague["email"], role=colleague["role"], by=owner, at=invited_at)
        person = User.objects.get(email=colleague["email"])
        accept_invitation(invitation, by=person, at=invited_at + timedelta(minutes=40))
    if item.get("shown_to_city"):
        show_to_city(application, by=owner, at=started_at + timedelta(hours=5))
